package org.superstep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.checkpoint.CheckpointFolder;
import org.superstep.checkpoint.JobIdentity;
import org.superstep.checkpoint.Manifest;
import org.superstep.checkpoint.MasterState;
import org.superstep.checkpoint.SavedPartition;
import org.superstep.checkpoint.Segment;
import org.superstep.graph.Column;
import org.superstep.graph.Parameter;
import org.superstep.graph.Program;
import org.superstep.graph.RecordOutput;
import org.superstep.graph.internal.RecordList;
import org.superstep.master.Coordinator;
import org.superstep.master.JobPlan;
import org.superstep.master.MasterCommand;
import org.superstep.net.Delivery;
import org.superstep.net.InProcessTransport;
import org.superstep.net.Placement;
import org.superstep.net.ToMaster;
import org.superstep.net.ToPeer;
import org.superstep.net.ToWorker;
import org.superstep.net.Transport;
import org.superstep.worker.Disturbance;
import org.superstep.worker.LoadPlan;
import org.superstep.worker.Rows;
import org.superstep.worker.SavedVertices;
import org.superstep.worker.Worker;
import org.superstep.worker.WorkerJob;

/**
 * Before every superstep of a job its workers are saved, and then, as the seed says, all thrown away: others, with other threads, own other
 * partitions and go on from the checkpoint. The answer must be that of a job to which nothing happens.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RestorationTest {
    private static final int GRAPHS = 2;

    @TempDir
    private Path folder;

    static Stream<Named<Supplier<Program>>> programs() {
        return DeterminismTest.programs();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void whatIsRestoredBeforeEverySuperstepGivesTheSerialAnswer(Supplier<Program> programs) throws IOException {
        for (int i = 0; i < GRAPHS; i++) {
            long seed = programs.get().name().hashCode() * 1000L + i;
            var random = new SplittableRandom(seed);
            var sample = DeterminismTest.fit(RandomGraphs.any(seed), programs.get());
            var expected = SerialPregel.run(DeterminismTest.program(programs, sample), sample, seed, 1000);
            int workers = i == 0 ? 1 : 1 + random.nextInt(4);
            String what = programs.get().name() + " on " + sample + ", seed " + seed + ", " + workers + " workers";
            var job = new SavedJob(() -> DeterminismTest.program(programs, sample), sample, seed, workers, random, folder.resolve("" + i));
            try {
                assertThat(expected.difference(job.run())).as(what).isEmpty();
            } catch (RuntimeException e) {
                throw new AssertionError(what + ": " + e, e);
            }
        }
    }

    /** One job, a step at a time. */
    private static final class SavedJob {
        private final Supplier<Program> programs;
        private final Sample sample;
        private final long seed;
        private final int count;
        private final SplittableRandom random;
        private final CheckpointFolder folder;
        private final Program program;
        private final Coordinator coordinator;
        private final List<MasterCommand.SuperstepEnded> supersteps = new ArrayList<>();
        private final LinkedBlockingQueue<ToMaster> saved = new LinkedBlockingQueue<>();
        private final Queue<ToMaster> events = new ArrayDeque<>();
        private List<Worker> workers;
        private InProcessTransport transport;
        private Placement placement;
        private Manifest latest;
        private long leader;
        private int attempt;
        private long dropped;
        private boolean over;

        SavedJob(Supplier<Program> programs, Sample sample, long seed, int count, SplittableRandom random, Path folder) {
            this.programs = programs;
            this.sample = sample;
            this.seed = seed;
            this.count = count;
            this.random = random;
            this.folder = new CheckpointFolder(folder);
            program = frozen();
            int partitions = count + random.nextInt(20);
            coordinator = new Coordinator(new JobPlan(program, sample.undirected(), count, count, partitions,
                Delivery.values()[random.nextInt(3)], 1000, false));
            employ();
        }

        private Program frozen() {
            Program made = programs.get();
            made.declarations().parameters().forEach(Parameter::freeze);
            return made;
        }

        /** Workers that know nothing, with a program of their own. */
        private void employ() {
            attempt++;
            transport = new InProcessTransport(count);
            Program theirs = frozen();
            var graph = sample.graph();
            var plan = LoadPlan.of(theirs, graph.isUndirected(), graph.isDeduped(), graph.isWithoutSelfLoops());
            int threads = 1 + random.nextInt(3);
            workers = IntStream.range(0, count).mapToObj(i -> new Worker(i, count, threads, new WorkerJob(theirs, graph.source(),
                graph.vertices(), plan, seed, Optional.empty(), Optional.empty(), List.of(), 0, 1L << 28, random.nextBoolean(),
                Optional.empty(), Optional.of(folder), Optional.empty(), Disturbance.NONE, new Deaf()), new Sender(transport))).toList();
        }

        Answer run() throws IOException {
            leader = folder.lead();
            try {
                obey(coordinator.start(0));
                while (!over) {
                    settle();
                    ToMaster event = events.poll();
                    assertThat(event).as("nothing is under way, and the job has not ended").isNotNull();
                    obey(coordinator.on(event, 0));
                }
                return answer();
            } finally {
                workers.forEach(Worker::close);
            }
        }

        /** Lets workers handle what is said, until there is nothing left; whose message comes next is up to the seed. */
        private void settle() {
            var left = new ArrayList<>(IntStream.range(0, count).boxed().toList());
            while (!left.isEmpty()) {
                int place = random.nextInt(left.size());
                int worker = left.get(place);
                Object message = transport.pollForWorker(worker);
                if (message == null) {
                    left.remove(place);
                    continue;
                }
                if (message instanceof ToWorker command) {
                    workers.get(worker).on(command);
                } else {
                    workers.get(worker).on((ToPeer) message);
                }
                left = new ArrayList<>(IntStream.range(0, count).boxed().toList());
            }
        }

        private void obey(List<MasterCommand> commands) throws IOException {
            for (MasterCommand command : commands) {
                if (command instanceof MasterCommand.Announce announce) {
                    if (announce.command() instanceof ToWorker.Load load) {
                        placement = load.placement();
                    } else if (announce.command() instanceof ToWorker.RunSuperstep next) {
                        save(next);
                        if (random.nextInt(4) > 0) {
                            replace();
                        }
                    }
                    announce(announce.command());
                } else if (command instanceof MasterCommand.SuperstepEnded ended) {
                    supersteps.add(ended);
                } else if (command instanceof MasterCommand.Finish finish) {
                    dropped = finish.droppedMessages();
                    over = true;
                } else if (command instanceof MasterCommand.Abort abort) {
                    throw new AssertionError(abort.fault().message(), abort.fault().cause());
                }
            }
        }

        private void announce(ToWorker command) {
            IntStream.range(0, count).forEach(worker -> transport.toWorker(worker, command));
        }

        private void save(ToWorker.RunSuperstep next) throws IOException {
            boolean isWhole = latest == null || random.nextInt(4) == 0;
            announce(new ToWorker.Checkpoint(next.superstep(), next.spokenPhase(), next.delivered(),
                next.superstep() + "-" + leader + "-" + attempt, isWhole));
            settle();
            var partitions = new Manifest.Entry[placement.partitions()];
            for (int i = 0; i < count; i++) {
                ToMaster answer;
                try {
                    answer = saved.poll(30, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                assertThat(answer).isInstanceOf(ToMaster.Checkpointed.class);
                for (SavedPartition part : ((ToMaster.Checkpointed) answer).partitions()) {
                    var records = new ArrayList<Segment>(isWhole ? List.of() : latest.partitions().get(part.partition()).records());
                    if (part.records() != null) {
                        records.add(part.records());
                    }
                    Segment topology = part.topology() != null ? part.topology() : latest.partitions().get(part.partition()).topology();
                    partitions[part.partition()] = new Manifest.Entry(part.vertices(), part.edges(), part.neededBytes(), topology,
                        part.state(), records);
                }
            }
            var master = new MasterState(next.phase(), next.phaseBegan(), next.spokenPhase(), next.awake(), next.messages(), 0,
                next.delivered(), 0, 0, 0, next.vertices(), next.edges(), next.aggregates(), next.globals(), new long[0][]);
            var identity = new JobIdentity("token", program.name(), List.of(), List.of(), seed);
            latest = new Manifest("test", identity, 0, leader, next.superstep(), placement.firsts(), master, Arrays.asList(partitions));
            look(next);
        }

        /** Whoever looks at the checkpoint without any worker finds the same vertices. */
        private void look(ToWorker.RunSuperstep next) throws IOException {
            long vertices = 0;
            long edges = 0;
            long awake = 0;
            for (int partition = 0; partition < placement.partitions(); partition++) {
                var saved = new SavedVertices(folder, latest, partition, program);
                vertices += saved.ids().length;
                for (int index = 0; index < saved.ids().length; index++) {
                    edges += saved.outDegree(index);
                    awake += saved.isAwake(index) ? 1 : 0;
                    assertThat(saved.indexOf(saved.ids()[index])).isEqualTo(index);
                    assertThat(saved.messages(index) == 0 || !saved.hasHaltedForGood(index)).isTrue();
                    for (Column column : program.declarations().columns()) {
                        assertThat(saved.isEqual(index, saved, index, column)).isTrue();
                        assertThat(saved.text(index, column)).isNotNull();
                    }
                }
            }
            assertThat(vertices).isEqualTo(next.vertices());
            assertThat(edges).isEqualTo(next.edges());
            assertThat(awake).isEqualTo(next.awake());
        }

        /** Others take over; some of them may own nothing. */
        private void replace() throws IOException {
            workers.forEach(Worker::close);
            employ();
            placement = new Placement(placement.firsts(), random.ints(placement.partitions(), 0, count).toArray());
            announce(new ToWorker.Restore(folder.commit(latest), placement, OptionalInt.empty()));
            settle();
            for (int i = 0; i < count; i++) {
                assertThat(events.poll()).isInstanceOf(ToMaster.Restored.class);
            }
        }

        private Answer answer() {
            var parts = new ArrayList<Part>();
            for (Worker worker : workers) {
                Rows rows = worker.rows();
                IntStream.range(0, rows.partitions()).forEach(partition -> parts.add(new Part(rows, partition)));
            }
            parts.sort(Comparator.comparingInt(part -> part.rows.number(part.partition)));
            long[] ids = parts.stream().flatMapToLong(part -> Arrays.stream(part.rows.ids(part.partition))).toArray();
            var columns = new LinkedHashMap<String, long[]>();
            for (Column column : program.declarations().columns()) {
                columns.put(column.name(), parts.stream().flatMapToLong(part ->
                    Arrays.stream(ColumnBits.of(column, part.rows.values(part.partition, column)))).toArray());
            }
            Map<String, List<String>> records = new LinkedHashMap<>();
            for (RecordOutput output : program.declarations().recordOutputs()) {
                // Stable: of one superstep they are in the order of partitions.
                records.put(output.name(), parts.stream().flatMap(part -> part.rows.records(part.partition, output.index()).stream())
                    .sorted(Comparator.comparingInt(RecordList.Run::superstep)).flatMap(SavedJob::texts).toList());
            }
            List<Answer.Figures> figures = supersteps.stream().map(ended -> new Answer.Figures(ended.superstep().superstep(),
                program.declarations().phaseName(ended.superstep().phase()), ended.computed(), ended.awake(), ended.messages(),
                ended.aggregates(), ended.globals())).toList();
            return new Answer(ids, columns, figures, dropped, records);
        }

        private static Stream<String> texts(RecordList.Run run) {
            var texts = new ArrayList<String>();
            run.records().forEach(values -> texts.add(Answer.recordBits(values)));
            return texts.stream();
        }

        /** What one worker holds of one partition. */
        private record Part(Rows rows, int partition) {
        }

        /** Takes what workers say; what they say of checkpoints comes from threads of theirs. */
        private final class Sender implements Transport {
            private final InProcessTransport peers;

            Sender(InProcessTransport peers) {
                this.peers = peers;
            }

            @Override public void toMaster(ToMaster message) {
                if (message instanceof ToMaster.Checkpointed || message instanceof ToMaster.NotCheckpointed) {
                    saved.add(message);
                } else {
                    events.add(message);
                }
            }

            @Override public void toPeer(int worker, ToPeer message) {
                peers.toPeer(worker, message);
            }
        }
    }

    /** Hears nothing of the reading. */
    private static final class Deaf implements WorkerJob.ReadListener {
        @Override public void opened(String description, long bytes) {
        }

        @Override public void advanced(long bytes, long edges) {
        }
    }
}
