package org.superstep.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.superstep.checkpoint.CheckpointFolder;
import org.superstep.checkpoint.JobIdentity;
import org.superstep.checkpoint.Manifest;
import org.superstep.checkpoint.MasterState;
import org.superstep.checkpoint.SavedPartition;
import org.superstep.checkpoint.Segment;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.Edges;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongEdgeColumn;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.graph.RecordOutput;
import org.superstep.graph.io.VertexSource;
import org.superstep.net.Delivery;
import org.superstep.net.Fault;
import org.superstep.net.Placement;
import org.superstep.net.ToMaster;
import org.superstep.net.ToPeer;
import org.superstep.net.ToWorker;

/** What workers write of a checkpoint and make of it, file by file and message by message. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CheckpointTest {
    private static final Placement ONE_EACH = WorkerTest.ONE_EACH;
    private static final ArrayEdges TRIANGLE = WorkerTest.TRIANGLE;

    @TempDir
    private Path path;

    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    /** Vertices talk by all means that there are: by broadcast, by letter, to those who come up later, and in records. */
    private static final class Talk extends LongProgram {
        final LongColumn heard = longColumn("heard", -1);
        private final DoubleColumn doubled = doubleColumn("doubled", 0.5);
        private final RecordOutput words = recordOutput("words", "id", "superstep");
        private final Edges out = outEdges();
        private final boolean changes;

        /** {@code changes} says whether vertices take their edges away. */
        Talk(boolean changes) {
            this.changes = changes;
        }

        @Override public boolean changesGraph() {
            return changes;
        }

        @Override public LongCombiner combiner() {
            return LongCombiner.NONE;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            long hash = v.get(heard);
            while (in.next()) {
                hash = hash * 1_000_003 + in.value() + in.senderId();
            }
            v.set(heard, hash);
            v.set(doubled, v.get(doubled) + hash);
            if (v.random().nextInt(3) > 0) {
                v.broadcast(hash + v.id());
            }
            for (var e = v.edges(out); e.next();) {
                if (v.random().nextInt(3) == 0) {
                    v.send(e.target(), hash);
                    v.send(e.target() + 1, hash + 1);
                } else if (changes && v.random().nextInt(4) == 0) {
                    e.remove();
                }
            }
            if (v.random().nextInt(5) == 0) {
                v.emit(words, v.id(), v.superstep());
                v.haltForGood();
            } else if (v.random().nextInt(3) == 0) {
                v.halt();
            }
        }
    }

    private CheckpointFolder folder() {
        return new CheckpointFolder(path);
    }

    private WorkerGroup group(LongProgram program, ArrayEdges edges, int workers, int threads, long seed) {
        return WorkerGroup.saved(program, edges, Optional.empty(), LoadPlan.of(program, false, false, false), workers, threads, seed,
            folder(), Disturbance.NONE);
    }

    private static List<SavedPartition> partitions(List<ToMaster> answers) {
        assertThat(answers).allMatch(ToMaster.Checkpointed.class::isInstance);
        var partitions = new ArrayList<SavedPartition>();
        answers.forEach(answer -> partitions.addAll(((ToMaster.Checkpointed) answer).partitions()));
        partitions.sort((left, right) -> Integer.compare(left.partition(), right.partition()));
        return partitions;
    }

    /** Commits what was saved as a whole, and returns the manifest's name. */
    private String commit(int superstep, Placement placement, boolean delivered, List<SavedPartition> partitions) throws IOException {
        CheckpointFolder folder = folder();
        long leader = folder.lead();
        return folder.commit(new Manifest("test", new JobIdentity("token", "talk", List.of(), List.of(), 1), 0, leader, superstep,
            placement.firsts(), new MasterState(0, 0, 0, 0, 0, 0, delivered, 0, 0, 0, 0, 0, new long[0], new long[0], new long[0][]),
            partitions.stream().map(part -> new Manifest.Entry(part.vertices(), part.edges(), part.neededBytes(), part.topology(),
                part.state(), part.records() == null ? List.of() : List.of(part.records()))).toList()));
    }

    private static List<Integer> checksums(List<SavedPartition> partitions) {
        return partitions.stream().flatMap(part -> Stream.of(part.topology(), part.state(), part.records()))
            .map(segment -> segment == null ? 0 : segment.checksum()).toList();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aPartitionIsTheSameBytesWhoeverWritesIt(long seed) {
        var random = new SplittableRandom(seed);
        long[] ids = Ids.random(random, 1 + random.nextInt(80));
        ArrayEdges edges = ArrayEdges.random(random, ids);
        Placement drawn = Ids.placement(random, ids, 1);
        boolean changes = random.nextBoolean();
        int supersteps = random.nextInt(4);
        List<Integer> expected = null;
        for (int workers : new int[] {1, 2, 5}) {
            var owners = random.ints(drawn.partitions(), 0, workers).toArray();
            try (var group = group(new Talk(changes), edges, workers, 1 + random.nextInt(3), seed)) {
                group.load(new Placement(drawn.firsts(), owners));
                for (int superstep = 0; superstep < supersteps; superstep++) {
                    group.run(superstep, random.nextBoolean() ? Delivery.PULL : Delivery.PUSH);
                    if (group.changes() > 0) {
                        group.change(superstep, 0, random.nextBoolean() ? Delivery.PULL : Delivery.PUSH);
                    }
                }
                List<Integer> found = checksums(partitions(group.save(supersteps, supersteps + "-" + workers + "-1", true)));
                assertThat(found).as("seed %d, %d workers", seed, workers).isEqualTo(expected == null ? found : expected);
                expected = found;
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsRestoredIsSavedAsTheSameBytesAgainAndGoesOnAlike(long seed) throws IOException {
        var random = new SplittableRandom(seed);
        long[] ids = Ids.random(random, 1 + random.nextInt(80));
        ArrayEdges edges = ArrayEdges.random(random, ids);
        boolean changes = random.nextBoolean();
        Placement placement = Ids.placement(random, ids, 3);
        var program = new Talk(changes);
        try (var group = group(program, edges, 3, 1, seed)) {
            group.load(placement);
            boolean delivered = false;
            for (int superstep = 0; superstep < 2; superstep++) {
                group.run(superstep, Delivery.PULL);
                delivered = group.changes() > 0;
                if (delivered) {
                    group.change(superstep, 0, Delivery.PULL);
                }
            }
            List<SavedPartition> first = partitions(group.save(2, "2-1-1", true));
            String manifest = commit(2, placement, delivered, first);
            var after = new ArrayList<TreeMap<Long, Long>>();
            for (int workers : new int[] {1, 2, 5}) {
                try (var others = group(program, edges, workers, 1 + random.nextInt(3), seed)) {
                    var owners = random.ints(placement.partitions(), 0, workers).toArray();
                    others.restore(manifest, new Placement(placement.firsts(), owners), group);
                    List<SavedPartition> again = partitions(others.save(2, "2-2-" + workers, true));
                    assertThat(checksums(again)).as("seed %d, %d workers", seed, workers).isEqualTo(checksums(first));
                    others.run(2, random.nextInt(3) > 0 ? Delivery.PUSH : Delivery.PULL);
                    after.add(others.values(program.heard));
                }
            }
            group.run(2, Delivery.PULL);
            assertThat(after).as("seed %d", seed).hasSize(3).allMatch(group.values(program.heard)::equals);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 64, 65, 129})
    void verticesThatNoEdgeNamesAreThereAgain(int count) throws IOException {
        VertexSource vertices = (share, shares, columns, sink) -> {
            for (int id = share; id < count; id += shares) {
                sink.vertex(id * 1_000_000_007L);
            }
        };
        for (ArrayEdges edges : List.of(ArrayEdges.of(), ArrayEdges.of(3, 4, 4, 3))) {
            var program = new Talk(false);
            LoadPlan plan = LoadPlan.of(program, false, false, false);
            var placement = new Placement(new long[] {5, 5, count * 500_000_000L}, new int[] {0, 1, 0, 1});
            String stem = count + "-" + edges.size();
            try (var group = WorkerGroup.saved(program, edges, Optional.of(vertices), plan, 2, 2, 0, folder(), Disturbance.NONE);
                    var others = WorkerGroup.saved(program, edges, Optional.of(vertices), plan, 3, 1, 0, folder(), Disturbance.NONE)) {
                group.load(placement);
                group.run(0, Delivery.PULL);
                String manifest = commit(1, placement, false, partitions(group.save(1, stem, true)));
                others.restore(manifest, new Placement(placement.firsts(), new int[] {2, 0, 1, 0}), group);
                group.run(1, Delivery.PUSH);
                others.run(1, Delivery.PULL);
                TreeMap<Long, Long> expected = group.values(program.heard);
                assertThat(expected).hasSize(count + (edges.size() == 0 ? 0 : 2));
                assertThat(others.values(program.heard)).isEqualTo(expected);
            }
        }
    }

    @Test
    void topologyIsWrittenOnceAndThenWhereItHasChanged() {
        var program = new LongProgram() {
            final LongColumn nothing = longColumn("nothing", 0);

            @Override public boolean changesGraph() {
                return true;
            }

            @Override public LongCombiner combiner() {
                return LongCombiner.SUM;
            }

            @Override public void compute(LongVertex v, LongMessages in) {
                if (v.id() == 1 && v.superstep() == 1) {
                    v.removeEdges(2);
                }
            }
        };
        try (var group = group(program, TRIANGLE, 3, 1, 0)) {
            group.load(ONE_EACH);
            assertThat(partitions(group.save(0, "0-1-1", false))).allMatch(part -> part.topology() != null);
            group.run(0, Delivery.PULL);
            assertThat(partitions(group.save(1, "1-1-1", false))).allMatch(part -> part.topology() == null);
            group.run(1, Delivery.PULL);
            group.change(1, 0, Delivery.PULL);
            List<SavedPartition> changed = partitions(group.save(2, "2-1-1", false));
            assertThat(changed).extracting(part -> part.topology() != null).containsExactly(true, true, false);
            assertThat(changed).extracting(SavedPartition::edges).containsExactly(1L, 2L, 2L);
            assertThat(partitions(group.save(2, "3-1-1", true))).allMatch(part -> part.topology() != null);
        }
    }

    @Test
    void recordsAreWrittenOnce() throws IOException {
        long[] ids = LongStream.range(0, 64).toArray();
        var edges = new ArrayEdges(ids, Arrays.stream(ids).map(id -> id * 7 % 64).toArray(), null, true);
        var placement = new Placement(new long[] {}, new int[] {0});
        try (var group = group(new Talk(false), edges, 1, 1, 0)) {
            group.load(placement);
            assertThat(partitions(group.save(0, "0-1-1", false)).get(0).records()).isNull();
            group.run(0, Delivery.PULL);
            Segment first = partitions(group.save(1, "1-1-1", false)).get(0).records();
            assertThat(first).isNotNull();
            assertThat(partitions(group.save(1, "2-1-1", false)).get(0).records()).isNull();
            assertThat(partitions(group.save(1, "3-1-1", true)).get(0).records().checksum()).isEqualTo(first.checksum());
        }
    }

    /** 8 bytes an edge at every checkpoint would be many times what else there is. */
    @Test
    void whatEdgesHoldIsWrittenAgainOnlyOnceItIsSet() {
        var program = new LongProgram() {
            private final LongEdgeColumn cargo = longEdgeColumn("cargo", 7);
            private final Edges out = outEdges();

            @Override public LongCombiner combiner() {
                return LongCombiner.SUM;
            }

            @Override public void compute(LongVertex v, LongMessages in) {
                for (var e = v.edges(out); e.next();) {
                    if (v.id() == 2 && v.superstep() == 1) {
                        e.set(cargo, e.get(cargo) + 1);
                    }
                }
            }
        };
        try (var group = group(program, TRIANGLE, 3, 1, 0)) {
            group.load(ONE_EACH);
            long[] sizes = stateBytes(partitions(group.save(0, "0-1-1", false)));
            group.run(0, Delivery.PULL);
            assertThat(stateBytes(partitions(group.save(1, "1-1-1", false)))).isEqualTo(sizes);
            group.run(1, Delivery.PULL);
            // Of the middle one its two edges, behind their number.
            sizes[1] += 2 * Long.BYTES + Integer.BYTES;
            assertThat(stateBytes(partitions(group.save(2, "2-1-1", false)))).isEqualTo(sizes);
            group.run(2, Delivery.PULL);
            assertThat(stateBytes(partitions(group.save(3, "3-1-1", true)))).isEqualTo(sizes);
        }
    }

    private static long[] stateBytes(List<SavedPartition> partitions) {
        return partitions.stream().mapToLong(part -> part.state().bytes()).toArray();
    }

    @Test
    void aCheckpointThatCannotBeWrittenIsToldAndTheJobGoesOn() throws IOException {
        try (var group = group(new Talk(false), TRIANGLE, 3, 1, 0)) {
            group.load(ONE_EACH);
            Files.createDirectory(path.resolve("0-1-1-w1.state"));
            List<ToMaster> answers = group.save(0, "0-1-1", false);
            assertThat(answers.get(0)).isInstanceOf(ToMaster.Checkpointed.class);
            assertThat(answers.get(2)).isInstanceOf(ToMaster.Checkpointed.class);
            assertThat(answers.get(1)).isInstanceOfSatisfying(ToMaster.NotCheckpointed.class, answer -> {
                assertThat(answer.superstep()).isZero();
                assertThat(answer.reason()).contains(path.resolve("0-1-1-w1.state").toString()).doesNotContain("\n");
            });
            assertThat(files()).as("what was begun has gone").contains("0-1-1-w0.topology").doesNotContain("0-1-1-w1.topology");
            group.run(0, Delivery.PULL);
            assertThat(partitions(group.save(1, "1-1-1", true))).allMatch(part -> part.topology() != null);
            assertThat(files()).as("what nobody needs leaves its room on a full disk").noneMatch(name -> name.startsWith("0-1-1-w0"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"state", "topology", "records"})
    void aDamagedFileIsToldAndNothingElse(String kind) throws IOException {
        long[] ids = LongStream.range(0, 64).toArray();
        var edges = new ArrayEdges(ids, Arrays.stream(ids).map(id -> id * 7 % 64).toArray(), null, true);
        var placement = new Placement(new long[] {32}, new int[] {0, 1});
        try (var group = group(new Talk(false), edges, 2, 1, 0); var others = group(new Talk(false), edges, 2, 2, 0)) {
            group.load(placement);
            group.run(0, Delivery.PULL);
            String manifest = commit(1, placement, false, partitions(group.save(1, "1-1-1", true)));
            Path file = path.resolve("1-1-1-w1." + kind);
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 4;
            Files.write(file, bytes);
            List<ToMaster> answers = others.tell(new ToWorker.Restore(manifest, placement, OptionalInt.empty()));
            assertThat(answers).hasSize(1).first().isInstanceOfSatisfying(ToMaster.NotRestored.class, answer -> {
                assertThat(answer.worker()).isEqualTo(1);
                assertThat(answer.reason()).contains(file.toString()).doesNotContain("\n");
            });
            others.workers[1].on(new ToWorker.Write());
            assertThat(others.answers()).isEmpty();
        }
    }

    @Test
    void aManifestThatIsNotThereIsTold() {
        try (var group = group(new Talk(false), TRIANGLE, 1, 1, 0)) {
            var placement = new Placement(new long[] {2, 3}, new int[3]);
            assertThat(group.tell(new ToWorker.Restore("manifest-00000005-00000001", placement, OptionalInt.empty()))).hasSize(1).first()
                .isInstanceOfSatisfying(ToMaster.NotRestored.class,
                    answer -> assertThat(answer.reason()).contains("manifest-00000005-00000001"));
        }
    }

    @Test
    void aProgramOfOtherColumnsIsRefused() throws IOException {
        try (var group = group(new Talk(false), TRIANGLE, 3, 1, 0)) {
            group.load(ONE_EACH);
            String manifest = commit(0, ONE_EACH, false, partitions(group.save(0, "0-1-1", true)));
            var other = new LongProgram() {
                final LongColumn heard = longColumn("overheard", -1);

                @Override public LongCombiner combiner() {
                    return LongCombiner.SUM;
                }

                @Override public void compute(LongVertex v, LongMessages in) {
                    v.set(heard, 1);
                }
            };
            try (var others = group(other, TRIANGLE, 1, 1, 0)) {
                var allToOne = new Placement(ONE_EACH.firsts(), new int[3]);
                assertThat(others.tell(new ToWorker.Restore(manifest, allToOne, OptionalInt.empty()))).hasSize(1).first()
                    .isInstanceOfSatisfying(ToMaster.Failed.class, failed -> {
                        assertThat(failed.fault().kind()).isEqualTo(Fault.Kind.INPUT);
                        assertThat(failed.fault().message()).contains("\"heard\"");
                    });
            }
        }
    }

    /** What a peer has said may be there before this worker knows who hears it. */
    @Test
    void outboxesThatComeBeforeAllIsKnownAreKept() throws IOException {
        var program = new Talk(false);
        try (var group = group(program, TRIANGLE, 3, 1, 0); var others = group(program, TRIANGLE, 3, 1, 0)) {
            group.load(ONE_EACH);
            group.run(0, Delivery.PULL);
            String manifest = commit(1, ONE_EACH, false, partitions(group.save(1, "1-1-1", true)));
            // The others have each other's word of what is heard, and worker 0's, whose own mail lies unread: it ships, then waits.
            for (int worker = 0; worker < 3; worker++) {
                others.workers[worker].on(new ToWorker.Restore(manifest, ONE_EACH, OptionalInt.empty()));
            }
            for (int worker = 1; worker < 3; worker++) {
                while (others.handleOne(worker)) {
                    continue;
                }
            }
            assertThat(others.answers()).isEmpty();
            var hears = new ArrayList<ToPeer>();
            for (Object message = others.transport.pollForWorker(0); message != null; message = others.transport.pollForWorker(0)) {
                if (message instanceof ToPeer.Hears heard) {
                    hears.add(heard);
                } else {
                    others.workers[0].on((ToPeer) message);
                }
            }
            assertThat(hears).hasSize(2);
            hears.forEach(others.workers[0]::on);
            others.settle();
            assertThat(others.answers()).hasSize(3).allMatch(ToMaster.Restored.class::isInstance);
        }
    }

    @Test
    void aWorkerIsDisturbedAtEachOfItsMoments() throws IOException {
        var moments = new ArrayList<String>();
        var program = new Talk(false);
        LoadPlan plan = LoadPlan.of(program, false, false, false);
        var placement = new Placement(ONE_EACH.firsts(), new int[3]);
        Disturbance note = (moment, superstep) -> moments.add(moment + " " + superstep);
        String manifest;
        try (var group = WorkerGroup.saved(program, TRIANGLE, Optional.empty(), plan, 1, 1, 0, folder(), note)) {
            group.load(placement);
            group.save(0, "0-1-1", false);
            group.run(0, Delivery.PULL);
            manifest = commit(1, placement, false, partitions(group.save(1, "1-1-1", true)));
            group.tell(new ToWorker.Write());
        }
        assertThat(moments).containsExactly("LOAD 0", "CHECKPOINT 0", "COMPUTE 0", "EXCHANGE 0", "BARRIER 0", "CHECKPOINT 1", "WRITE 1");
        moments.clear();
        try (var group = WorkerGroup.saved(program, TRIANGLE, Optional.empty(), plan, 1, 1, 0, folder(), note)) {
            group.tell(new ToWorker.Restore(manifest, placement, OptionalInt.empty()));
            group.tell(new ToWorker.Write());
        }
        assertThat(moments).containsExactly("RECOVER 1", "WRITE 1");
    }

    /** Over and over, because a moment decides whether the worker is still writing when it is closed. */
    @Test
    void aWorkerThatIsClosedAnswersWhollyOrNotAtAllAndNeverLater() throws IOException {
        long[] ids = LongStream.range(0, 20_000).toArray();
        var edges = new ArrayEdges(ids, Arrays.stream(ids).map(id -> id * 7 % 20_000).toArray(), null, true);
        for (int i = 0; i < 20; i++) {
            var group = group(new Talk(false), edges, 1, 1, 0);
            group.load(new Placement(new long[] {10_000}, new int[2]));
            List<ToMaster> answers = new ArrayList<>(group.tell(new ToWorker.Checkpoint(0, 0, false, "0-1-" + i, false)));
            group.close();
            answers.addAll(group.answers());
            assertThat(answers).hasSizeLessThan(2).allMatch(ToMaster.Checkpointed.class::isInstance);
            if (!answers.isEmpty()) {
                assertThat(files()).contains("0-1-" + i + "-w0.state", "0-1-" + i + "-w0.topology");
            }
        }
    }
}
