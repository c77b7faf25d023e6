package org.superstep.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.superstep.graph.Direction;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.graph.io.EdgeSource;
import org.superstep.graph.io.InputException;
import org.superstep.net.Delivery;
import org.superstep.net.Fault;
import org.superstep.net.InProcessTransport;
import org.superstep.net.Placement;
import org.superstep.net.ToMaster;
import org.superstep.net.ToPeer;
import org.superstep.net.ToWorker;

/** The worker's protocol: every row of its table, messages that come too early, failures. */
class WorkerTest {
    private static final LoadPlan DIRECTED = new LoadPlan(false, false, false, Set.of(Direction.OUT));
    static final Placement ONE_EACH = new Placement(new long[] {2, 3}, new int[] {0, 1, 2});
    /** Each of 1, 2 and 3 is heard by the two others. */
    static final ArrayEdges TRIANGLE = ArrayEdges.of(1, 2, 2, 1, 2, 3, 3, 2, 1, 3, 3, 1);

    static LongStream seeds() {
        return LongStream.range(0, 150);
    }

    private static WorkerGroup group(EdgeSource source, int workers) {
        return new WorkerGroup(new Neighbourhood(Direction.OUT), source, DIRECTED, workers, 1, 0);
    }

    private static TreeMap<Long, Long> expected(PlainGraph plain, ToLongFunction<Long> value) {
        var values = new TreeMap<Long, Long>();
        plain.vertices.forEach(id -> values.put(id, value.applyAsLong(id)));
        return values;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void workersLoadAndHearAsTheGraphSaysInWhateverOrderTheirMessagesAreHandled(long seed) {
        var random = new SplittableRandom(seed);
        int workers = 1 + random.nextInt(3);
        long[] ids = Ids.random(random, 1 + random.nextInt(60));
        ArrayEdges edges = ArrayEdges.random(random, ids);
        Direction direction = Direction.values()[random.nextInt(3)];
        var program = new Neighbourhood(direction);
        LoadPlan plan = LoadPlan.of(program, random.nextBoolean(), random.nextBoolean(), false);
        Direction structure = LoadPlan.structureOf(program, plan.undirected());
        var plain = new PlainGraph(edges, plan);
        Placement placement = Ids.placement(random, ids, workers);
        try (var group = new WorkerGroup(program, edges, plan, workers, 1 + random.nextInt(3), seed)) {
            long present = ids[random.nextInt(ids.length)];
            long absent = random.nextLong();
            List<ToMaster.Loaded> loaded = group.load(placement, present, absent);
            String words = "seed " + seed + ", " + workers + " workers, " + placement + ", " + plan;
            assertThat(loaded.stream().mapToLong(ToMaster.Loaded::vertices).sum()).as(words).isEqualTo(plain.vertices.size());
            assertThat(loaded.stream().mapToLong(ToMaster.Loaded::edges).sum()).as(words)
                .isEqualTo(plain.arcs(Direction.OUT).size());
            assertThat(loaded.stream().mapToLong(answer -> answer.hearings()[0]).sum()).as(words)
                .isEqualTo(plain.arcs(structure).size());
            for (ToMaster.Loaded answer : loaded) {
                boolean owns = placement.owners()[placement.partitionOf(present)] == answer.worker();
                assertThat(answer.foundVertices()).as(words).containsExactly(owns && plain.vertices.contains(present),
                    plain.vertices.contains(absent) && placement.owners()[placement.partitionOf(absent)] == answer.worker());
            }
            group.run(0, Delivery.PULL);
            group.run(1, random.nextBoolean() ? Delivery.PULL : Delivery.PUSH);
            assertThat(group.values(program.outDegree)).as(words).isEqualTo(expected(plain, plain::outDegree));
            assertThat(group.values(program.inDegree)).as(words).isEqualTo(expected(plain, plain::inDegree));
            assertThat(group.values(program.heard)).as(words).isEqualTo(expected(plain, id -> {
                List<PlainGraph.Neighbour> heard = plain.heardBy(id, structure);
                return heard.isEmpty() ? -1 : Neighbourhood.hash(heard.stream().mapToLong(PlainGraph.Neighbour::id));
            }));
        }
    }

    @Test
    void aWorkerThatWaitsForOnePeerKeepsWhatAnotherHearsAlready() {
        // Worker 1 has all arcs and says what it hears, while worker 2's end of arcs is still on its way to worker 0.
        var transport = new InProcessTransport(3);
        var job = new WorkerJob(new Neighbourhood(Direction.OUT), TRIANGLE, Optional.empty(), DIRECTED, 1, Optional.empty(),
            Optional.empty(), Long.MAX_VALUE, false, new Deaf());
        try (var worker = new Worker(0, 3, 1, job, transport)) {
            worker.on(new ToWorker.Sample());
            worker.on(new ToWorker.Load(ONE_EACH, new long[0]));
            assertThat(transport.pollForMaster()).isInstanceOf(ToMaster.Sampled.class);
            worker.on(new ToPeer.ArcsEnd(1));
            worker.on(new ToPeer.Hears(1, new long[0], new int[0], new int[0]));
            worker.on(new ToPeer.ArcsEnd(2));
            worker.on(new ToPeer.Hears(2, new long[0], new int[0], new int[0]));
            assertThat(transport.pollForMaster()).isInstanceOf(ToMaster.Loaded.class);
        }
    }

    /** Hands to worker 0, between the pieces of its share, what the others have said. */
    @Test
    void whatOthersReadIsTakenWhileTheOwnShareIsRead() {
        long[] ids = LongStream.range(0, 500).toArray();
        var transport = new InProcessTransport(2);
        var received = new ArrayList<ToPeer>();
        var workers = new Worker[1];
        var listener = new WorkerJob.ReadListener() {
            @Override public void opened(String description, long bytes) {
            }

            @Override public void advanced(long bytes, long edges) {
                received.forEach(workers[0]::on);
                received.clear();
            }
        };
        var job = new WorkerJob(new Neighbourhood(Direction.OUT), new ArrayEdges(ids, ids, null, true), Optional.empty(), DIRECTED, 1,
            Optional.empty(), Optional.empty(), Long.MAX_VALUE, false, listener);
        try (var worker = new Worker(0, 2, 1, job, transport)) {
            workers[0] = worker;
            worker.on(new ToWorker.Sample());
            assertThat(transport.pollForMaster()).isInstanceOf(ToMaster.Sampled.class);
            // Some arcs come too early. The peer's end comes while the share is read, and must neither end the reading nor overtake them.
            worker.on(new ToPeer.Arcs(1, 0, false, new long[] {7}, new long[] {600}, null, new long[0][]));
            received.add(new ToPeer.Arcs(1, 0, false, new long[] {8}, new long[] {601}, null, new long[0][]));
            received.add(new ToPeer.ArcsEnd(1));
            worker.on(new ToWorker.Load(new Placement(new long[] {1000}, new int[] {0, 1}), new long[0]));
            assertThat(received).isEmpty();
            worker.on(new ToPeer.Hears(1, new long[0], new int[0], new int[0]));
            assertThat(transport.pollForMaster()).isInstanceOfSatisfying(ToMaster.Loaded.class, loaded -> {
                // Its own share are the ids 0 to 249, each with a self-loop.
                assertThat(loaded.vertices()).isEqualTo(252);
                assertThat(loaded.hearings()[0]).isEqualTo(252);
            });
        }
    }

    @Test
    void allThatPeersSayBeforeTheLoadCommandIsKept() {
        try (var group = group(TRIANGLE, 3)) {
            group.tell(new ToWorker.Sample());
            var load = new ToWorker.Load(ONE_EACH, new long[0]);
            // Workers 1 and 2 are done with reading before worker 0 is told to begin.
            group.workers[1].on(load);
            group.workers[2].on(load);
            group.settle();
            assertThat(group.answers()).isEmpty();
            group.workers[0].on(load);
            group.settle();
            assertThat(group.answers()).hasSize(3).allMatch(ToMaster.Loaded.class::isInstance);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void anOutboxThatComesBeforeItsSuperstepIsKept(int late) {
        try (var group = group(TRIANGLE, 3)) {
            group.load(ONE_EACH);
            for (int superstep = 0; superstep < 3; superstep++) {
                ToWorker.RunSuperstep command = group.command(superstep, 0, 0, Delivery.PULL, false);
                for (int worker = 0; worker < 3; worker++) {
                    if (worker != late) {
                        group.workers[worker].on(command);
                    }
                }
                group.settle();
                assertThat(group.answers()).as("before worker %d has computed", late).isEmpty();
                group.workers[late].on(command);
                group.settle();
                group.done(group.answers());
            }
            var program = new Neighbourhood(Direction.OUT);
            assertThat(group.values(program.heard)).containsEntry(1L, Neighbourhood.hash(LongStream.of(2, 3)))
                .containsEntry(2L, Neighbourhood.hash(LongStream.of(1, 3))).containsEntry(3L, Neighbourhood.hash(LongStream.of(1, 2)));
        }
    }

    @Test
    void anOutboxOfTheNextSuperstepDoesNotStandInForOneOfThis() {
        try (var group = group(TRIANGLE, 2)) {
            group.load(new Placement(new long[] {3}, new int[] {0, 1}));
            Worker worker = group.workers[0];
            worker.on(group.command(0, 0, 0, Delivery.PULL, false));
            worker.on(new ToPeer.Outbox(1, 1, 1, new byte[16]));
            worker.on(new ToPeer.OutboxesEnd(1, 1, 1));
            assertThat(group.answers()).isEmpty();
            worker.on(new ToPeer.OutboxesEnd(1, 0, 0));
            assertThat(group.answers()).hasSize(1).first().isInstanceOf(ToMaster.SuperstepDone.class);
            worker.on(group.command(1, 0, 0, Delivery.PULL, false));
            assertThat(group.answers()).hasSize(1).first().isInstanceOf(ToMaster.SuperstepDone.class);
        }
    }

    @Test
    void aSuperstepIsReportedOnceAllOutboxesAreThereAndNotBefore() {
        try (var group = group(TRIANGLE, 3)) {
            group.load(ONE_EACH);
            ToWorker.RunSuperstep command = group.command(0, 0, 0, Delivery.PULL, false);
            for (Worker worker : group.workers) {
                worker.on(command);
            }
            // From each of two peers an outbox and its end.
            for (int message = 0; message < 4; message++) {
                assertThat(group.answers()).isEmpty();
                assertThat(group.handleOne(0)).isTrue();
            }
            assertThat(group.answers()).hasSize(1).allMatch(answer -> answer.worker() == 0);
            assertThat(group.handleOne(0)).isFalse();
        }
    }

    @Test
    void aSuperstepIsReportedOnlyWhenAsManyOutboxesHaveComeAsTheirSendersName() {
        try (var group = group(TRIANGLE, 2)) {
            group.load(new Placement(new long[] {2, 3}, new int[] {0, 1, 1}));
            Worker worker = group.workers[0];
            worker.on(group.command(0, 0, 0, Delivery.PULL, false));
            worker.on(new ToPeer.Outbox(1, 0, 1, new byte[16]));
            assertThat(group.answers()).as("nobody has said how many there are").isEmpty();
            worker.on(new ToPeer.OutboxesEnd(1, 0, 2));
            assertThat(group.answers()).as("one is still under way").isEmpty();
            worker.on(new ToPeer.Outbox(1, 0, 2, new byte[16]));
            assertThat(group.answers()).hasSize(1).first().isInstanceOf(ToMaster.SuperstepDone.class);
        }
    }

    /** Vertex 1 broadcasts, and sends a message to vertex 3; the others are silent. */
    private static final class OneSpeaks extends LongProgram {
        final LongColumn heard = longColumn("heard", 0);

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            v.set(heard, v.get(heard) + in.combined());
            if (v.id() == 1 && v.superstep() == 0) {
                v.broadcast(10);
                v.send(3, 100);
            }
            v.halt();
        }
    }

    @Test
    void aPartitionThatHasNothingToSayToAWorkerSendsItNothing() {
        // 1 is heard by 2 alone, on worker 1; worker 2 owns 3, to which it sends; worker 3 owns nothing.
        var program = new OneSpeaks();
        try (var group = new WorkerGroup(program, ArrayEdges.of(1, 2, 2, 3, 3, 1), DIRECTED, 4, 1, 0)) {
            group.load(new Placement(new long[] {1, 2, 3}, new int[] {0, 0, 1, 2}));
            ToWorker.RunSuperstep command = group.command(0, 0, 0, Delivery.PULL, false);
            group.workers[0].on(command);
            assertThat(List.of(mail(group, 1), mail(group, 2), mail(group, 3)))
                .isEqualTo(List.of(List.of("Outbox 1", "1 outboxes"), List.of("Outbox 1", "1 outboxes"), List.of("0 outboxes")));
            group.workers[1].on(command);
            assertThat(List.of(mail(group, 0), mail(group, 2), mail(group, 3)))
                .isEqualTo(List.of(List.of("0 outboxes"), List.of("0 outboxes"), List.of("0 outboxes")));
        }
        try (var group = new WorkerGroup(program, ArrayEdges.of(1, 2, 2, 3, 3, 1), DIRECTED, 4, 1, 0)) {
            group.load(new Placement(new long[] {1, 2, 3}, new int[] {0, 0, 1, 2}));
            List<ToMaster.SuperstepDone> done = group.run(0, Delivery.PULL);
            assertThat(done).extracting(ToMaster.SuperstepDone::messages).containsExactly(2L, 0L, 0L, 0L);
            assertThat(done).extracting(ToMaster.SuperstepDone::sends).containsExactly(1L, 0L, 0L, 0L);
            group.run(1, Delivery.PUSH);
            assertThat(group.values(program.heard)).containsExactly(Map.entry(1L, 0L), Map.entry(2L, 10L), Map.entry(3L, 100L));
        }
    }

    /** What waits for a worker, in words. */
    private static List<String> mail(WorkerGroup group, int worker) {
        var words = new ArrayList<String>();
        for (Object message = group.transport.pollForWorker(worker); message != null; message = group.transport.pollForWorker(worker)) {
            words.add(message instanceof ToPeer.Outbox outbox ? "Outbox " + outbox.partition()
                : ((ToPeer.OutboxesEnd) message).outboxes() + " outboxes");
        }
        return words;
    }

    @Test
    void theReportCountsWhatWasSaidAndWhoIsAwake() {
        try (var group = group(TRIANGLE, 2)) {
            group.load(new Placement(new long[] {3}, new int[] {0, 1}));
            List<ToMaster.SuperstepDone> done = group.run(0, Delivery.PULL);
            assertThat(done.get(0)).usingRecursiveComparison().ignoringFields("effort")
                .isEqualTo(new ToMaster.SuperstepDone(0, 0, 2, 2, 4, 0, 0, 0, 0, 0, new long[0][]));
            assertThat(done.get(1)).usingRecursiveComparison().ignoringFields("effort")
                .isEqualTo(new ToMaster.SuperstepDone(1, 0, 1, 1, 2, 0, 0, 0, 0, 0, new long[0][]));
        }
    }

    @Test
    void theReportTellsWhereTheTimeWentAndWhatWasExchanged() {
        try (var group = group(TRIANGLE, 3)) {
            group.load(ONE_EACH);
            long begun = System.nanoTime();
            List<ToMaster.SuperstepDone> done = group.run(0, Delivery.PULL);
            long taken = System.nanoTime() - begun;
            // One vertex each, which both others hear: a header, a place and a value for each of them.
            assertThat(done).allSatisfy(report -> {
                assertThat(report.effort().sentBytes()).isEqualTo(2 * 28);
                assertThat(report.effort().receivedBytes()).isEqualTo(2 * 28);
                assertThat(report.effort().computeNanos()).isPositive();
                assertThat(report.effort().networkNanos()).isPositive();
                assertThat(report.effort().waitNanos()).isNotNegative();
                assertThat(report.effort().computeNanos() + report.effort().networkNanos() + report.effort().waitNanos())
                    .isLessThanOrEqualTo(taken);
            });
        }
        try (var group = group(TRIANGLE, 1)) {
            group.load(new Placement(new long[0], new int[] {0}));
            assertThat(group.run(0, Delivery.PULL).get(0).effort()).as("of one that is alone").isEqualTo(ToMaster.Effort.NONE);
        }
    }

    /** Hears nothing. */
    private static final class Deaf implements WorkerJob.ReadListener {
        @Override public void opened(String description, long bytes) {
        }

        @Override public void advanced(long bytes, long edges) {
        }
    }

    private static ToMaster failed(Fault.Kind kind, Exception cause) {
        return new ToMaster.Failed(0, new Fault(kind, cause.getMessage(), List.of(), cause));
    }

    @Test
    void aFailureIsReportedOnceAndTheWorkerThenIgnoresEverything() {
        var cause = new InputException("edges.txt is missing");
        try (var group = group((share, shares, weights) -> {
            throw cause;
        }, 1)) {
            assertThat(group.tell(new ToWorker.Sample())).containsExactly(failed(Fault.Kind.INPUT, cause));
            assertIgnoresEverything(group);
        }
    }

    private static void assertIgnoresEverything(WorkerGroup group) {
        Worker worker = group.workers[0];
        worker.on(new ToWorker.Sample());
        worker.on(new ToWorker.Load(ONE_EACH, new long[0]));
        worker.on(new ToPeer.ArcsEnd(1));
        worker.on(new ToPeer.Outbox(1, 0, 0, new byte[0]));
        worker.on(new ToPeer.OutboxesEnd(1, 0, 1));
        worker.on(group.command(0, 0, 0, Delivery.PULL, false));
        worker.on(new ToWorker.Write());
        assertThat(group.answers()).isEmpty();
    }

    private static List<ToMaster> sampled(boolean canLookAhead, int workers, long heapBytes) {
        long[] ends = LongStream.range(0, 2000).toArray();
        var transport = new InProcessTransport(workers);
        var job = new WorkerJob(new Neighbourhood(Direction.OUT), new ArrayEdges(ends, ends, null, canLookAhead), Optional.empty(),
            DIRECTED, 1, Optional.empty(), Optional.empty(), heapBytes, false, new Deaf());
        try (var worker = new Worker(0, workers, 1, job, transport)) {
            worker.on(new ToWorker.Sample());
            return List.of(transport.pollForMaster());
        }
    }

    @Test
    void oneOfSeveralReadsAShareThatItsOwnHeapWouldNotHoldAndOneAloneDoesNot() {
        assertThat(sampled(true, 1, 8 << 20)).singleElement().isInstanceOfSatisfying(ToMaster.Failed.class, failed ->
            assertThat(failed.fault().message()).startsWith("the input holds about 2000 edges, which need about "));
        assertThat(sampled(true, 2, 1)).singleElement().isInstanceOfSatisfying(ToMaster.Sampled.class, sampled ->
            assertThat(sampled.neededBytes()).isBetween(1000 * 12L, 1000 * 14L));
    }

    @Test
    void whatHasToBeReadAheadMustFit() {
        // 1,000 edges of 8 bytes, in blocks of which the last may be half empty.
        assertThat(sampled(false, 2, 16_000)).singleElement().isInstanceOf(ToMaster.Sampled.class);
        assertThat(sampled(false, 2, 7_000)).singleElement().isInstanceOfSatisfying(ToMaster.Failed.class, failed ->
            assertThat(failed.fault().message()).startsWith("worker 1 of 2 reads compressed input").contains(" edges so far, and its heap"
                + " has 1 MB; give it more"));
    }

    @Test
    void anInputThatCannotBeReadIsAFailure() {
        var cause = new IOException("device gone");
        try (var group = group((share, shares, weights) -> {
            throw cause;
        }, 1)) {
            assertThat(group.tell(new ToWorker.Sample())).containsExactly(failed(Fault.Kind.FAILURE, cause));
        }
    }

    /** A program that is broken at one vertex. */
    private static final class Broken extends LongProgram {
        private final Throwable what;

        Broken(Throwable what) {
            this.what = what;
            longColumn("nothing", 0);
        }

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            if (v.id() == 2) {
                if (what instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) what;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aProgramThatFailsFailsItsWorkerOnce(boolean isError) {
        Throwable cause = isError ? new StackOverflowError() : new IllegalStateException("vertex 2 does not like this");
        try (var group = new WorkerGroup(new Broken(cause), TRIANGLE, DIRECTED, 1, 2, 0)) {
            group.load(new Placement(new long[] {2, 3}, new int[3]));
            List<ToMaster> answers = group.tell(group.command(0, 0, 0, Delivery.PULL, false));
            assertThat(answers).hasSize(1).first().isInstanceOf(ToMaster.Failed.class);
            assertThat(((ToMaster.Failed) answers.get(0)).fault().cause()).rootCause().isSameAs(cause);
            assertIgnoresEverything(group);
        }
    }

    @Test
    void aCommandThatComesTooEarlyIsAFailureNotASilence() {
        for (ToWorker command : List.of(new ToWorker.Load(ONE_EACH, new long[0]), new ToWorker.Write())) {
            try (var group = group(TRIANGLE, 1)) {
                assertThat(group.tell(command)).as("%s", command).hasSize(1).first().isInstanceOf(ToMaster.Failed.class);
                assertIgnoresEverything(group);
            }
        }
    }

    @Test
    void aSampleNamesTheEndsThatHear() {
        ArrayEdges edges = ArrayEdges.of(1, 11, 2, 12, 3, 13, 4, 14);
        assertThat(hearers(edges, DIRECTED)).containsExactlyInAnyOrder(11, 14);
        assertThat(hearers(edges, new LoadPlan(false, false, false, Set.of(Direction.IN)))).containsExactlyInAnyOrder(1, 4);
        assertThat(hearers(edges, new LoadPlan(true, false, false, Set.of(Direction.OUT)))).containsExactlyInAnyOrder(1, 4, 11, 14);
    }

    private static long[] hearers(ArrayEdges edges, LoadPlan plan) {
        try (var group = new WorkerGroup(new Neighbourhood(Direction.OUT), edges, plan, 1, 1, 0)) {
            var sampled = (ToMaster.Sampled) group.tell(new ToWorker.Sample()).get(0);
            assertThat(sampled.estimatedEdges()).isEqualTo(4);
            return sampled.hearers();
        }
    }

    @Test
    void whatCannotBeSampledIsReadAheadAndCountedExactly() {
        long[] ids = LongStream.range(0, 1000).toArray();
        var edges = new ArrayEdges(ids, ids, null, false);
        try (var group = new WorkerGroup(new Neighbourhood(Direction.OUT), edges, DIRECTED, 2, 2, 0)) {
            List<ToMaster> sampled = group.tell(new ToWorker.Sample());
            assertThat(sampled).extracting(answer -> ((ToMaster.Sampled) answer).estimatedEdges()).containsExactly(500L, 500L);
            assertThat(((ToMaster.Sampled) sampled.get(1)).hearers()).containsExactlyInAnyOrder(LongStream.range(500, 1000).toArray());
        }
    }

    @Test
    void everyWorkerWritesItsRowsAndOnlyTheFirstTheHeader(@TempDir Path folder) throws IOException {
        var program = new Neighbourhood(Direction.OUT);
        try (var group = new WorkerGroup(program, TRIANGLE, DIRECTED, 2, 2, 0, Optional.of(folder), Optional.of(new PlainRows()))) {
            group.load(new Placement(new long[] {3}, new int[] {0, 1}));
            group.run(0, Delivery.PULL);
            List<ToMaster> written = group.tell(new ToWorker.Write());
            assertThat(written).extracting(part -> ((ToMaster.Written) part).rows()).containsExactly(2L, 1L);
            assertThat(written).extracting(part -> ((ToMaster.Written) part).rowRuns())
                .containsExactly(List.of(new ToMaster.RowRun(0, 34)), List.of(new ToMaster.RowRun(1, 9)));
            assertThat(Files.readString(folder.resolve("part0"), StandardCharsets.UTF_8))
                .isEqualTo("id out in heard\n1 2 2 -1\n2 2 2 -1\n");
            assertThat(Files.readString(folder.resolve("part1"), StandardCharsets.UTF_8)).isEqualTo("3 2 2 -1\n");
        }
    }

    @Test
    void partitionsThatAreNoNeighboursAreWrittenToFilesOfTheirOwn(@TempDir Path folder) throws IOException {
        var program = new Neighbourhood(Direction.OUT);
        try (var group = new WorkerGroup(program, TRIANGLE, DIRECTED, 3, 2, 0, Optional.of(folder), Optional.of(new PlainRows()))) {
            group.load(new Placement(new long[] {2, 2, 3}, new int[] {1, 0, 0, 1}));
            group.run(0, Delivery.PULL);
            List<ToMaster> written = group.tell(new ToWorker.Write());
            assertThat(written).extracting(part -> ((ToMaster.Written) part).rowRuns()).containsExactly(
                List.of(new ToMaster.RowRun(1, 9)), List.of(new ToMaster.RowRun(0, 25), new ToMaster.RowRun(3, 9)), List.of());
            assertThat(Files.readString(folder.resolve("part1"))).isEqualTo("id out in heard\n1 2 2 -1\n");
            assertThat(Files.readString(folder.resolve("part0"))).isEqualTo("2 2 2 -1\n");
            assertThat(Files.readString(folder.resolve("part1-1"))).isEqualTo("3 2 2 -1\n");
            assertThat(folder.resolve("part2")).doesNotExist();
        }
    }

    @Test
    void anOutputThatCannotBeWrittenIsAFailure(@TempDir Path folder) {
        try (var group = new WorkerGroup(new Neighbourhood(Direction.OUT), TRIANGLE, DIRECTED, 1, 1, 0,
            Optional.of(folder.resolve("no such folder")), Optional.of(new PlainRows()))) {
            group.load(new Placement(new long[0], new int[1]));
            assertThat(group.tell(new ToWorker.Write())).hasSize(1).first().isInstanceOf(ToMaster.Failed.class);
        }
    }
}
