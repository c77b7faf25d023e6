package org.superstep.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.checkpoint.CheckpointFolder;
import org.superstep.checkpoint.JobIdentity;
import org.superstep.checkpoint.Manifest;
import org.superstep.checkpoint.MasterState;
import org.superstep.checkpoint.SavedPartition;
import org.superstep.graph.Direction;
import org.superstep.graph.Edges;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongEdgeColumn;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.graph.RecordOutput;
import org.superstep.net.Delivery;
import org.superstep.net.Placement;
import org.superstep.net.ToMaster;
import org.superstep.net.ToWorker;

/** What workers keep when one of three is lost, and how two go on with it: what they save then is what three would have saved. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RemainsTest {
    @TempDir
    private Path path;

    static LongStream seeds() {
        return LongStream.range(0, 30);
    }

    /** Vertices talk over edges of any direction and by letter, set what edges hold, leave for good, and may take edges away. */
    private static final class Talk extends LongProgram {
        private final LongColumn heard = longColumn("heard", -1);
        private final LongEdgeColumn cargo = longEdgeColumn("cargo", 7);
        private final RecordOutput words = recordOutput("words", "id", "superstep");
        private final Edges out = outEdges();
        private final Direction direction;
        private final boolean changes;

        Talk(Direction direction, boolean changes) {
            this.direction = direction;
            this.changes = changes;
        }

        @Override public Direction direction() {
            return direction;
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
            for (var e = v.edges(out); e.next();) {
                hash += e.get(cargo);
                if (v.random().nextInt(4) == 0) {
                    e.set(cargo, hash);
                    v.send(e.target(), hash);
                    v.send(e.target() + 1, hash + 1);
                } else if (changes && v.superstep() > 1 && v.random().nextInt(6) == 0) {
                    e.remove();
                }
            }
            v.set(heard, hash);
            if (v.random().nextInt(3) > 0) {
                v.broadcast(hash + v.id());
            }
            if (v.random().nextInt(7) == 0) {
                v.emit(words, v.id(), v.superstep());
                v.haltForGood();
            } else if (v.random().nextInt(3) == 0) {
                v.halt();
            }
        }
    }

    private WorkerGroup group(Talk program, ArrayEdges edges, int workers, int threads, long seed, List<Remains> remains) {
        return WorkerGroup.logged(program, edges, LoadPlan.of(program, false, false, false), workers, threads, seed,
            new CheckpointFolder(path), new LogPlan(path.resolve("log"), 1 << 20, 1 << 20), remains);
    }

    private static List<SavedPartition> partitions(List<ToMaster> answers) {
        var partitions = new ArrayList<SavedPartition>();
        answers.forEach(answer -> partitions.addAll(((ToMaster.Checkpointed) answer).partitions()));
        partitions.sort((left, right) -> Integer.compare(left.partition(), right.partition()));
        return partitions;
    }

    private String commit(int superstep, Placement placement, List<SavedPartition> partitions) throws IOException {
        var folder = new CheckpointFolder(path);
        return folder.commit(new Manifest("test", new JobIdentity("token", "talk", List.of(), List.of(), 1), 0, folder.lead(), superstep,
            placement.firsts(), new MasterState(0, 0, 0, 0, 0, 0, false, 0, 0, 0, 0, 0, new long[0], new long[0], new long[0][]),
            partitions.stream().map(part -> new Manifest.Entry(part.vertices(), part.edges(), part.neededBytes(), part.topology(),
                part.state(), part.records() == null ? List.of() : List.of(part.records()))).toList()));
    }

    private static List<Integer> checksums(List<SavedPartition> partitions) {
        return partitions.stream().flatMap(part -> Stream.of(part.topology(), part.state(), part.records()))
            .map(segment -> segment == null ? 0 : segment.checksum()).toList();
    }

    private static long sum(List<ToMaster.SuperstepDone> reports, ToLongFunction<ToMaster.SuperstepDone> figure) {
        return reports.stream().mapToLong(figure).sum();
    }

    private static List<ToMaster.SuperstepDone> reports(List<ToMaster> answers) {
        return answers.stream().map(ToMaster.SuperstepDone.class::cast).toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void twoWorkersGoOnAsThreeWouldHave(long seed) throws IOException {
        var random = new SplittableRandom(seed);
        long[] ids = Ids.random(random, 1 + random.nextInt(120));
        ArrayEdges edges = ArrayEdges.random(random, ids);
        Placement placement = Ids.placement(random, ids, 3);
        Direction direction = Direction.values()[random.nextInt(3)];
        boolean changes = random.nextBoolean();
        int saved = random.nextInt(3);
        int last = saved + random.nextInt(3);
        int lost = random.nextInt(3);
        String how = "seed " + seed + ", saved before " + saved + ", worker " + lost + " lost in " + last + ", " + direction;
        var commands = new ArrayList<ToWorker.RunSuperstep>();
        List<ToMaster.SuperstepDone> expected = List.of();
        String manifest = null;
        List<Integer> savedBehind;
        try (var whole = group(new Talk(direction, changes), edges, 3, 1, seed, List.of())) {
            whole.load(placement);
            for (int superstep = 0; superstep <= last; superstep++) {
                if (superstep == saved) {
                    manifest = commit(saved, placement, partitions(whole.save(saved, "whole", true)));
                }
                commands.add(whole.command(superstep, 0, 0, random.nextBoolean() ? Delivery.PULL : Delivery.PUSH, false));
                expected = whole.done(whole.tell(commands.get(superstep)));
                if (whole.changes() > 0) {
                    last = superstep;
                }
            }
            if (last < saved) {
                return;
            }
            savedBehind = checksums(partitions(whole.save(last + 1, "behind", false)));
        }
        var remains = new ArrayList<Remains>();
        var owners = new int[placement.partitions()];
        try (var before = group(new Talk(direction, changes), edges, 3, 1 + random.nextInt(2), seed + 1, List.of())) {
            before.load(placement);
            for (int superstep = 0; superstep < last; superstep++) {
                before.tell(commands.get(superstep));
            }
            for (int worker = 0; worker < 3; worker++) {
                before.transport.toWorker(worker, commands.get(last));
            }
            // The lost one has come somewhere, or nowhere.
            for (int i = random.nextInt(4); i > 0; i--) {
                before.handleOne(lost);
            }
            for (int worker = 0; worker < 3; worker++) {
                while (worker != lost && before.handleOne(worker)) {
                    continue;
                }
            }
            for (int worker = 0; worker < 3; worker++) {
                if (worker != lost) {
                    remains.add(before.workers[worker].keep().orElseThrow());
                }
            }
        }
        for (int partition = 0; partition < owners.length; partition++) {
            int owner = placement.owners()[partition];
            owners[partition] = owner == lost ? random.nextInt(2) : owner - (owner > lost ? 1 : 0);
        }
        try (var two = group(new Talk(direction, changes), edges, 2, 1 + random.nextInt(2), seed + 2, remains)) {
            List<ToMaster> kept = two.tell(new ToWorker.Recall());
            for (int i = 0; i < 2; i++) {
                var told = (ToMaster.Kept) kept.get(i);
                assertThat(told.partitions()).as(how).isEqualTo(placement.ownedBy(i < lost ? i : i + 1));
                assertThat(told.superstep()).as(how).isEqualTo(last);
                assertThat(told.loggedFrom()).as(how).isZero();
                assertThat(told.computed()).as(how).isEqualTo(expected.get(i < lost ? i : i + 1).computed());
            }
            assertThat(two.tell(new ToWorker.Restore(manifest, new Placement(placement.firsts(), owners), OptionalInt.of(last))))
                .as(how).hasSize(2).allMatch(ToMaster.Restored.class::isInstance);
            List<ToMaster.SuperstepDone> found = List.of();
            for (int superstep = saved; superstep <= last; superstep++) {
                found = reports(two.tell(commands.get(superstep)));
            }
            assertThat(figures(found)).as(how).isEqualTo(figures(expected));
            assertThat(checksums(partitions(two.save(last + 1, "two", false)))).as(how).isEqualTo(savedBehind);
        }
    }

    private static List<Long> figures(List<ToMaster.SuperstepDone> reports) {
        return List.of(sum(reports, ToMaster.SuperstepDone::computed), sum(reports, ToMaster.SuperstepDone::awake),
            sum(reports, ToMaster.SuperstepDone::messages), sum(reports, ToMaster.SuperstepDone::sends),
            sum(reports, ToMaster.SuperstepDone::changes), sum(reports, ToMaster.SuperstepDone::dropped),
            sum(reports, ToMaster.SuperstepDone::goneInEdges), sum(reports, ToMaster.SuperstepDone::goneOutEdges));
    }

    @Test
    void whoHasComputedNothingKeepsNothing() {
        Placement placement = WorkerTest.ONE_EACH;
        for (int steps = 0; steps < 2; steps++) {
            try (var group = group(new Talk(Direction.OUT, false), WorkerTest.TRIANGLE, 3, 1, 0, List.of())) {
                if (steps == 1) {
                    group.load(placement);
                }
                assertThat(Arrays.stream(group.workers).map(Worker::keep)).containsOnly(Optional.empty());
            }
        }
    }

    @Test
    void whatWasKeptStaysUntilItIsUsedOrAllGoBack() throws IOException {
        Placement placement = WorkerTest.ONE_EACH;
        var remains = new ArrayList<Remains>();
        String manifest;
        try (var group = group(new Talk(Direction.OUT, false), WorkerTest.TRIANGLE, 3, 1, 0, List.of())) {
            group.load(placement);
            manifest = commit(0, placement, partitions(group.save(0, "0-1-1", true)));
            group.run(0, Delivery.PULL);
            remains.add(group.workers[0].keep().orElseThrow());
            remains.add(group.workers[1].keep().orElseThrow());
        }
        try (var recalled = group(new Talk(Direction.OUT, false), WorkerTest.TRIANGLE, 2, 1, 0, remains)) {
            recalled.tell(new ToWorker.Recall());
            assertThat(recalled.workers[0].keep()).as("another loss before it was used").containsSame(remains.get(0));
            recalled.workers[1].on(new ToWorker.Restore(manifest, new Placement(placement.firsts(), new int[] {0, 1, 0}),
                OptionalInt.of(0)));
            assertThat(recalled.workers[1].keep()).as("another loss before others have restored").containsSame(remains.get(1));
        }
        var owners = new Placement(placement.firsts(), new int[] {1, 0, 1});
        try (var all = group(new Talk(Direction.OUT, false), WorkerTest.TRIANGLE, 2, 1, 0, remains.subList(0, 1))) {
            assertThat(all.tell(new ToWorker.Restore(manifest, owners, OptionalInt.empty())))
                .allMatch(ToMaster.Restored.class::isInstance);
            assertThat(all.workers[0].keep()).as("it was let go of").isEmpty();
        }
        try (var behind = group(new Talk(Direction.OUT, false), WorkerTest.TRIANGLE, 2, 1, 0, remains.subList(1, 2))) {
            assertThat(behind.tell(new ToWorker.Restore(manifest, owners, OptionalInt.of(1)))).as("what stands behind does not stay")
                .allMatch(ToMaster.Restored.class::isInstance);
            behind.run(0, Delivery.PULL);
            assertThat(behind.workers[0].keep()).as("nor does what has not come as far").isEmpty();
        }
    }
}
