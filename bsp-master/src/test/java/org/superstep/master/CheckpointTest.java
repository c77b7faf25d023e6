package org.superstep.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.superstep.checkpoint.JobIdentity;
import org.superstep.checkpoint.Manifest;
import org.superstep.checkpoint.MasterState;
import org.superstep.checkpoint.SavedPartition;
import org.superstep.checkpoint.Segment;
import org.superstep.graph.Aggregator;
import org.superstep.graph.Codecs;
import org.superstep.graph.DoubleCombiner;
import org.superstep.graph.DoubleMessages;
import org.superstep.graph.DoubleProgram;
import org.superstep.graph.DoubleVertex;
import org.superstep.graph.LongAggregator;
import org.superstep.graph.Master;
import org.superstep.graph.ObjectGlobal;
import org.superstep.graph.Program;
import org.superstep.graph.internal.Tally;
import org.superstep.net.Delivery;
import org.superstep.net.Fault;
import org.superstep.net.ToMaster;
import org.superstep.net.ToWorker;

/** How the coordinator has a job saved, goes on from what was saved, and lets go of a job that is. */
class CheckpointTest {
    private static final int PARTITIONS = 4;
    private static final JobIdentity JOB = new JobIdentity("7-1", "still", List.of(), List.of(), 1);
    private static final long ORIGIN = 1_000_000;

    /** Two of whose workers answer in this order, saved every so many supersteps. */
    private static JobPlan plan(Program program, int every, int attempt, int maxSupersteps, int workers) {
        return new JobPlan(program, false, Capacity.equal(workers, workers, 1L << 40), PARTITIONS, Delivery.AUTO, maxSupersteps, true,
            false, Optional.of(new CheckpointPlan("1.0", JOB, 3, attempt, every, 1_000_000_000_000L, false, ORIGIN)), new long[0]);
    }

    private static Workers saved(int every) {
        return Workers.of(plan(still(), every, 1, 0, 2), 1, 0);
    }

    private static Program still() {
        return new SteeredProgram((program, master) -> { });
    }

    private static Segment segment(int superstep, int partition, String what) {
        return new Segment(superstep + "-3-1-w" + partition % 2 + "." + what, 100L * partition, 10, superstep);
    }

    /** Partitions go by turns; of topology and records there is something where the caller says so. */
    private static ToMaster.Checkpointed part(int worker, int superstep, boolean topology, boolean records) {
        return new ToMaster.Checkpointed(worker, superstep, IntStream.range(0, PARTITIONS).filter(p -> p % 2 == worker)
            .mapToObj(p -> new SavedPartition(p, 5 + p, 20 + p, 1000, topology ? segment(superstep, p, "topology") : null,
                segment(superstep, p, "state"), records ? segment(superstep, p, "records") : null)).toList(), 1_000_000, 8_000_000);
    }

    private static List<MasterCommand> checkpointed(Workers cluster, int superstep, boolean topology, boolean records) {
        return cluster.answer(worker -> part(worker, superstep, topology, records));
    }

    private static MasterCommand.Commit commit(List<MasterCommand> commands) {
        assertThat(commands).hasSize(1).first().isInstanceOf(MasterCommand.Commit.class);
        return (MasterCommand.Commit) commands.get(0);
    }

    /** The superstep before which these commands have the job saved; empty where they do not. Nothing else comes but a superstep. */
    private static Optional<ToWorker.Checkpoint> checkpoint(List<MasterCommand> commands) {
        List<ToWorker> announced = Workers.announcements(commands);
        if (announced.size() == 1) {
            Workers.superstep(commands);
            return Optional.empty();
        }
        assertThat(announced).hasSize(2);
        assertThat(announced.get(1)).isInstanceOf(ToWorker.RunSuperstep.class);
        return Optional.of((ToWorker.Checkpoint) announced.get(0));
    }

    /** All vertices stay awake and say this much. */
    private static List<MasterCommand> done(Workers cluster, int superstep) {
        return cluster.done(superstep, 10, 0, 0);
    }

    @Test
    void theFirstCheckpointIsBeforeSuperstepZeroAndHoldsAll() {
        List<MasterCommand> commands = saved(5).startAndLoad();
        assertThat(checkpoint(commands)).contains(new ToWorker.Checkpoint(0, 0, false, "0-3-1", true));
    }

    @Test
    void aCheckpointIsTakenEveryFewSuperstepsAndOnlyOneIsUnderWay() {
        Workers cluster = saved(2);
        cluster.startAndLoad();
        MasterCommand.Commit first = commit(checkpointed(cluster, 0, true, false));
        assertThat(first.manifest().superstep()).isZero();
        assertThat(cluster.coordinator.committed(0)).isEmpty();
        assertThat(checkpoint(done(cluster, 0))).isEmpty();
        assertThat(checkpoint(done(cluster, 1))).contains(new ToWorker.Checkpoint(2, 0, false, "2-3-1", false));
        // It is slow: nothing is saved before superstep 4, and when it has been for long the user is told so once.
        done(cluster, 2);
        assertThat(done(cluster, 3)).hasSize(2);
        cluster.nanos = 5_500_000_000L;
        List<MasterCommand> late = done(cluster, 4);
        assertThat(late).contains(new MasterCommand.Notice("the checkpoint before superstep 2 has been under way for 5 s, and the next one"
            + " is due before superstep 5: checkpoints are farther apart than was asked for"));
        assertThat(checkpoint(late)).isEmpty();
        cluster.nanos = 6_500_000_000L;
        assertThat(done(cluster, 5)).hasSize(2);
        commit(checkpointed(cluster, 2, false, false));
        // While it is being committed, it is under way.
        assertThat(checkpoint(done(cluster, 6))).isEmpty();
        cluster.coordinator.committed(0);
        assertThat(checkpoint(done(cluster, 7))).map(ToWorker.Checkpoint::superstep).contains(8);
        checkpointed(cluster, 8, false, false);
        cluster.coordinator.committed(0);
        assertThat(checkpoint(done(cluster, 8))).isEmpty();
        assertThat(checkpoint(done(cluster, 9))).map(ToWorker.Checkpoint::superstep).contains(10);
    }

    @Test
    void aCheckpointThatIsAwaitedHoldsTheSuperstep() {
        JobPlan plan = new JobPlan(still(), false, Capacity.equal(2, 2, 1L << 40), PARTITIONS, Delivery.AUTO, 0, true, false,
            Optional.of(new CheckpointPlan("1.0", JOB, 3, 1, 2, 1_000_000_000_000L, true, ORIGIN)), new long[0]);
        Workers cluster = Workers.of(plan, 1, 0);
        assertThat(Workers.announcements(cluster.startAndLoad())).containsExactly(new ToWorker.Checkpoint(0, 0, false, "0-3-1", true));
        commit(checkpointed(cluster, 0, true, false));
        assertThat(cluster.coordinator.awaitsCommit()).isTrue();
        assertThat(Workers.superstep(cluster.coordinator.committed(0)).superstep()).isZero();
        assertThat(Workers.superstep(done(cluster, 0)).superstep()).isEqualTo(1);
        assertThat(Workers.announcements(done(cluster, 1))).containsExactly(new ToWorker.Checkpoint(2, 0, false, "2-3-1", false));
        List<MasterCommand> failed = cluster.answer(worker -> new ToMaster.NotCheckpointed(worker, 2, "the disk is full"));
        assertThat(failed).hasSize(2).first().asString().contains("the disk is full");
        assertThat(Workers.superstep(failed).superstep()).as("one that cannot be written is not waited for for ever").isEqualTo(2);
        // What is wanted meanwhile is had with it.
        done(cluster, 2);
        assertThat(Workers.announcements(done(cluster, 3))).hasSize(1);
        cluster.coordinator.suspend();
        commit(checkpointed(cluster, 4, true, false));
        assertThat(cluster.coordinator.committed(0)).containsExactly(new MasterCommand.Suspended(4));
    }

    @Test
    void whatWasNotWrittenAgainStandsWhereItDid() {
        Workers cluster = saved(1);
        cluster.startAndLoad();
        cluster.nanos = 5_000_000;
        Manifest first = commit(checkpointed(cluster, 0, true, true)).manifest();
        assertThat(first.createdMillis()).isEqualTo(ORIGIN + 5);
        assertThat(first.version()).isEqualTo("1.0");
        assertThat(first.job()).isEqualTo(JOB);
        assertThat(first.leader()).isEqualTo(3);
        cluster.coordinator.committed(0);
        done(cluster, 0);
        MasterCommand.Commit second = commit(checkpointed(cluster, 1, false, true));
        assertThat(second.bytes()).isEqualTo(PARTITIONS * 20);
        assertThat(second.copyNanos()).isEqualTo(1_000_000);
        assertThat(second.writeNanos()).isEqualTo(8_000_000);
        for (int p = 0; p < PARTITIONS; p++) {
            assertThat(second.manifest().partitions().get(p)).isEqualTo(new Manifest.Entry(5 + p, 20 + p, 1000, segment(0, p, "topology"),
                segment(1, p, "state"), List.of(segment(0, p, "records"), segment(1, p, "records"))));
        }
    }

    @Test
    void aDiskThatStaysFullIsToldMoreAndMoreSeldom() {
        Workers cluster = saved(1);
        cluster.startAndLoad();
        List<Integer> told = new ArrayList<>();
        for (int superstep = 0; superstep < 10; superstep++) {
            int before = superstep;
            List<MasterCommand> commands = cluster.answer(worker -> new ToMaster.NotCheckpointed(worker, before, "full"));
            if (!commands.isEmpty()) {
                told.add(superstep);
                assertThat(commands).hasSize(1).first().asString().contains("before superstep " + superstep + " could not be written: full;"
                    + " the job goes on without one" + (superstep > 1 ? "; that is so for " + (superstep + 1) + " in a row" : ""));
            }
            done(cluster, superstep);
        }
        assertThat(told).containsExactly(0, 1, 3, 7);
        commit(checkpointed(cluster, 10, true, false));
        cluster.coordinator.committed(0);
        done(cluster, 10);
        assertThat(cluster.answer(worker -> new ToMaster.NotCheckpointed(worker, 11, "full again"))).hasSize(1);
    }

    @Test
    void oneThatCannotBeWrittenIsToldAndTheNextOneHoldsAll() {
        Workers cluster = saved(1);
        cluster.startAndLoad();
        checkpointed(cluster, 0, true, true);
        cluster.coordinator.committed(0);
        done(cluster, 0);
        List<MasterCommand> told = cluster.answer(worker -> worker == 0 ? part(0, 1, false, true)
            : new ToMaster.NotCheckpointed(1, 1, "/ck/1-3-1-w1.state: No space left on device"));
        assertThat(told).containsExactly(new MasterCommand.Notice("the checkpoint before superstep 1 could not be written:"
            + " /ck/1-3-1-w1.state: No space left on device; the job goes on, and could go back to that before superstep 0"));
        assertThat(checkpoint(done(cluster, 1))).contains(new ToWorker.Checkpoint(2, 0, false, "2-3-1", true));
        Manifest whole = commit(checkpointed(cluster, 2, true, true)).manifest();
        assertThat(whole.partitions()).allSatisfy(entry -> assertThat(entry.records()).hasSize(1));
        // The manifest itself cannot be written.
        assertThat(cluster.coordinator.notCommitted("quota", 0)).containsExactly(new MasterCommand.Notice("the checkpoint before superstep"
            + " 2 could not be written: quota; the job goes on, and could go back to that before superstep 0"));
        assertThat(checkpoint(done(cluster, 2))).contains(new ToWorker.Checkpoint(3, 0, false, "3-3-1", true));
    }

    @Test
    void answersComeWheneverTheyCome() {
        // Before the superstep has ended, between two workers' answers, while the graph changes, while the output is written.
        Workers cluster = saved(100);
        cluster.startAndLoad();
        cluster.coordinator.on(part(0, 0, true, false), 0);
        done(cluster, 0);
        cluster.doneWithChanges(1, 1);
        cluster.coordinator.on(cluster.changed(0), 0);
        assertThat(cluster.coordinator.on(part(1, 0, true, false), 0)).hasSize(1);
        assertThat(cluster.coordinator.committed(0)).isEmpty();
        assertThat(Workers.superstep(cluster.coordinator.on(cluster.changed(1), 0)).superstep()).isEqualTo(2);
        Workers late = saved(100);
        late.startAndLoad();
        late.done(0, 0, 0, 0);
        commit(checkpointed(late, 0, true, false));
        late.answer(worker -> new ToMaster.Written(worker, 1));
        assertThat(late.coordinator.committed(0)).isEmpty();
    }

    @Test
    void anAnswerToWhatWasNotAskedIsAnError() {
        Workers cluster = saved(5);
        cluster.startAndLoad();
        assertThatThrownBy(() -> cluster.coordinator.on(part(0, 1, true, true), 0)).isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("worker 0 reported").hasMessageEndingWith("while the checkpoint before superstep 0 was WRITING");
        checkpointed(cluster, 0, true, true);
        assertThatThrownBy(() -> cluster.coordinator.on(part(0, 0, true, true), 0)).isInstanceOf(IllegalStateException.class);
        Workers unsaved = Workers.of(still(), 0);
        unsaved.startAndLoad();
        assertThatThrownBy(() -> unsaved.coordinator.on(part(0, 0, true, true), 0)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(unsaved.coordinator::suspend).isInstanceOf(IllegalStateException.class)
            .hasMessage("the job is not saved: it is not suspended");
    }

    @Test
    void aJobThatEndsIsNotSavedOnceMore() {
        Workers cluster = saved(1);
        cluster.startAndLoad();
        checkpointed(cluster, 0, true, true);
        cluster.coordinator.committed(0);
        assertThat(cluster.done(0, 0, 0, 0)).last().isEqualTo(new MasterCommand.Announce(new ToWorker.Write()));
    }

    @Test
    void aSuspendedJobIsSavedFirst() {
        Workers cluster = saved(100);
        cluster.startAndLoad();
        checkpointed(cluster, 0, true, true);
        cluster.coordinator.committed(0);
        cluster.coordinator.suspend();
        assertThat(Workers.announcements(done(cluster, 0))).containsExactly(new ToWorker.Checkpoint(1, 0, false, "1-3-1", false));
        assertThat(cluster.coordinator.awaitsCommit()).isFalse();
        assertThat(commit(checkpointed(cluster, 1, false, false)).manifest().superstep()).isEqualTo(1);
        assertThat(cluster.coordinator.awaitsCommit()).isTrue();
        assertThat(cluster.coordinator.committed(0)).containsExactly(new MasterCommand.Suspended(1));
        // Nothing is done any more.
        assertThat(cluster.coordinator.on(new ToMaster.Failed(0, new Fault(Fault.Kind.FAILURE, "late")), 0)).isEmpty();
    }

    @Test
    void whatIsUnderWayIsWaitedForBeforeAJobIsSavedForItsPartitionsToMove() {
        Workers cluster = saved(100);
        cluster.startAndLoad();
        cluster.coordinator.regroup("a worker has joined");
        assertThat(done(cluster, 0)).hasSize(1).first().isInstanceOf(MasterCommand.SuperstepEnded.class);
        commit(checkpointed(cluster, 0, true, true));
        assertThat(Workers.announcements(cluster.coordinator.committed(0)))
            .containsExactly(new ToWorker.Checkpoint(1, 0, false, "1-3-1", false));
        commit(checkpointed(cluster, 1, false, false));
        assertThat(cluster.coordinator.committed(0)).containsExactly(new MasterCommand.Regroup("a worker has joined"));
    }

    @Test
    void aJobThatCannotBeSavedGoesOnWhereItIs() {
        Workers cluster = saved(100);
        cluster.startAndLoad();
        checkpointed(cluster, 0, true, true);
        cluster.coordinator.committed(0);
        cluster.coordinator.regroup("a worker has joined");
        done(cluster, 0);
        List<MasterCommand> commands = cluster.answer(worker -> new ToMaster.NotCheckpointed(worker, 1, "disk " + worker));
        assertThat(commands).contains(new MasterCommand.Notice("the job could not be saved before superstep 1: its partitions stay where"
            + " they are (a worker has joined)"));
        assertThat(Workers.superstep(commands).superstep()).isEqualTo(1);
        cluster.coordinator.suspend();
        done(cluster, 1);
        checkpointed(cluster, 2, true, true);
        commands = cluster.coordinator.notCommitted("quota", 0);
        assertThat(commands).contains(new MasterCommand.Notice("the job could not be saved before superstep 2: it is not suspended"));
        assertThat(Workers.superstep(commands).superstep()).isEqualTo(2);
    }

    @Test
    void aJobAtItsEndEndsThoughItIsToBeSuspended() {
        Workers cluster = saved(100);
        cluster.startAndLoad();
        checkpointed(cluster, 0, true, true);
        cluster.coordinator.committed(0);
        cluster.coordinator.suspend();
        assertThat(cluster.done(0, 0, 0, 0)).last().isEqualTo(new MasterCommand.Announce(new ToWorker.Write()));
    }

    /** Adds up, sometimes for good; its hook keeps everything that a master can, and writes down all that it is shown. */
    private static final class Ledger extends DoubleProgram {
        private final LongAggregator count = count("count");
        private final LongAggregator ever = count("ever").persistent();
        private final ObjectGlobal<String> diary = objectGlobal("diary", Codecs.STRING, "");

        @Override public DoubleCombiner combiner() {
            return DoubleCombiner.SUM;
        }

        @Override public void beforeSuperstep(Master m) {
            m.set(diary, m.get(diary) + "[" + m.superstep() + ": " + m.get(count) + " of " + m.get(ever) + ", " + m.awakeCount()
                + " awake, " + m.messageCount() + " messages, " + m.vertexCount() + " vertices, " + m.edgeCount() + " edges]");
        }

        @Override public void compute(DoubleVertex v, DoubleMessages in) {
            throw new AssertionError("the master computes no vertex");
        }

        long[][] tally(long added) {
            var tally = new Tally(declarations().aggregators());
            tally.add(((Aggregator) count).index(), added);
            tally.add(((Aggregator) ever).index(), added);
            return tally.states();
        }

        String told(List<MasterCommand> commands) {
            ToWorker.RunSuperstep run = (ToWorker.RunSuperstep) Workers.announcements(commands)
                .get(Workers.announcements(commands).size() - 1);
            return run.toString().replaceAll("\\[J@[0-9a-f]+", "") + " " + Arrays.toString(run.aggregates()) + " "
                + Arrays.toString(run.globals());
        }
    }

    /** Workers of which each says something else in every superstep; every third changes the graph. */
    private static List<MasterCommand> superstep(Workers cluster, Ledger program, int superstep) {
        boolean changes = superstep % 3 == 2;
        List<MasterCommand> commands = cluster.answer(worker -> new ToMaster.SuperstepDone(worker, superstep, 10, 7 + worker,
            30 + superstep, superstep % 2, changes ? 1 : 0, 1, superstep, 2, program.tally(superstep + worker)));
        return changes ? cluster.changed() : commands;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 6, 7})
    void anAttemptThatGoesOnFromACheckpointAsksAndSaysTheSame(int from) {
        var first = new Ledger();
        Workers undisturbed = Workers.of(plan(first, 1, 1, 0, 2), 1, 0);
        List<MasterCommand> commands = undisturbed.startAndLoad();
        Manifest manifest = null;
        var expected = new ArrayList<String>();
        for (int superstep = 0; superstep < 9; superstep++) {
            int now = superstep;
            assertThat(checkpoint(commands)).isPresent();
            Manifest committed = commit(checkpointed(undisturbed, now, now == 0, false)).manifest();
            undisturbed.coordinator.committed(0);
            if (superstep == from) {
                manifest = committed;
            }
            if (superstep >= from) {
                expected.add(first.told(commands));
            }
            commands = superstep(undisturbed, first, superstep);
        }
        var second = new Ledger();
        Workers restored = Workers.of(plan(second, 1, 2, 0, 2), manifest, 0, 1);
        var restore = (ToWorker.Restore) Workers.announcements(restored.coordinator.start(0)).get(0);
        assertThat(restore.manifest()).isEqualTo(manifest.name());
        assertThat(restore.placement().firsts()).isEqualTo(manifest.firsts());
        commands = restored.answer(worker -> new ToMaster.Restored(worker, 10, 40, Workers.MIRRORS, new long[] {Workers.HEARINGS}));
        assertThat(commands).startsWith(new MasterCommand.GraphRestored(from, 20, 80, 6, PARTITIONS));
        var seen = new ArrayList<String>();
        for (int superstep = from; superstep < 9; superstep++) {
            seen.add(second.told(commands));
            commands = superstep(restored, second, superstep);
        }
        assertThat(seen).isEqualTo(expected);
    }

    private static Manifest manifest(int superstep, long neededBytes, long edges) {
        var entries = IntStream.range(0, PARTITIONS).mapToObj(p -> new Manifest.Entry(5, edges, neededBytes, segment(0, p, "topology"),
            segment(superstep, p, "state"), List.of())).toList();
        var known = new MasterState(0, 0, 0, 20, 6, 2, true, 0, 0, 1, 20, 4 * edges, new long[] {0, 0, 1}, new long[] {-7, 0},
            new long[3][]);
        return new Manifest("1.0", JOB, 1, 2, superstep, new long[] {10, 20, 30}, known, entries);
    }

    @Test
    void aRestoredAttemptIsNotSavedWhereItIs() {
        Workers cluster = Workers.of(plan(still(), 3, 2, 0, 2), manifest(3, 1000, 20), 0, 1);
        cluster.coordinator.start(0);
        List<MasterCommand> commands = restored(cluster);
        assertThat(Workers.superstep(commands).superstep()).isEqualTo(3);
        assertThat(Workers.superstep(commands).delivered()).isTrue();
        done(cluster, 3);
        done(cluster, 4);
        assertThat(Workers.announcements(cluster.done(5, 1, 0, 0))).contains(new ToWorker.Checkpoint(6, 0, false, "6-3-2", false));
    }

    private static List<MasterCommand> restored(Workers cluster) {
        return cluster.answer(worker -> new ToMaster.Restored(worker, 10, 40, 3, new long[4]));
    }

    @Test
    void aJobThatIsSavedAsItStandsIsSuspendedAtOnce() {
        Workers cluster = Workers.of(plan(still(), 3, 2, 0, 2), manifest(3, 1000, 20), 0, 1);
        cluster.coordinator.start(0);
        cluster.coordinator.suspend();
        assertThat(restored(cluster)).last().isEqualTo(new MasterCommand.Suspended(3));
    }

    @Test
    void aDamagedCheckpointEndsTheAttemptAndNotTheJob() {
        Workers cluster = Workers.of(plan(still(), 3, 2, 0, 2), manifest(3, 1000, 20), 0, 1);
        cluster.coordinator.start(0);
        cluster.coordinator.on(new ToMaster.Restored(0, 10, 40, 3, new long[4]), 0);
        assertThat(cluster.coordinator.on(new ToMaster.NotRestored(1, "3-3-1-w0.state is short"), 0))
            .containsExactly(new MasterCommand.Damaged("3-3-1-w0.state is short"));
        assertThat(cluster.coordinator.on(new ToMaster.NotRestored(0, "as well"), 0)).isEmpty();
    }

    @Test
    void workersWithoutRoomForACheckpointAreRefusedWithWhatTheyLack() {
        long mega = 1 << 20;
        var plan = new JobPlan(still(), false, Collections.nCopies(1, new Capacity(1, 10 * mega)), 0, Delivery.AUTO, 0, true, false,
            Optional.empty(), new long[0]);
        Workers alone = Workers.of(plan, manifest(3, 4 * mega, 1000), 0);
        assertThat(Workers.fault(alone.coordinator.start(0)).message()).isEqualTo("the checkpoint holds about 4000 edges, which need about"
            + " 16 MB, and the only worker has 10 MB: take more workers, or give it more memory");
        var two = new JobPlan(still(), false, List.of(new Capacity(1, 13 * mega), new Capacity(7, 5 * mega)), 0, Delivery.AUTO, 0, true,
            false, Optional.empty(), new long[0]);
        Workers both = Workers.of(two, manifest(3, 4 * mega, 1000), 0, 1);
        var restore = (ToWorker.Restore) Workers.announcements(both.coordinator.start(0)).get(0);
        assertThat(restore.placement().owners()).containsExactly(0, 0, 0, 1);
    }

    @Test
    void aGraphWithoutEdgesIsSharedOutAsWell() {
        Workers cluster = Workers.of(plan(still(), 3, 2, 0, 2), manifest(3, 0, 0), 0, 1);
        var restore = (ToWorker.Restore) Workers.announcements(cluster.coordinator.start(0)).get(0);
        assertThat(restore.placement().owners()).containsExactly(0, 0, 1, 1);
    }

    @Test
    void aLowerLimitThanTheCheckpointIsToldAtOnce() {
        Workers cluster = Workers.of(plan(still(), 3, 2, 2, 2), manifest(3, 1000, 20), 0, 1);
        cluster.coordinator.start(0);
        assertThat(Workers.fault(restored(cluster)).message()).contains("has not halted after 3 supersteps, the limit");
    }
}
