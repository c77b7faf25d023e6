package org.superstep.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superstep.checkpoint.JobIdentity;
import org.superstep.checkpoint.Manifest;
import org.superstep.checkpoint.SavedPartition;
import org.superstep.checkpoint.Segment;
import org.superstep.graph.Program;
import org.superstep.net.Delivery;
import org.superstep.net.Fault;
import org.superstep.net.ToMaster;
import org.superstep.net.ToWorker;

/**
 * How the coordinator lets lost partitions compute again by themselves, and when it does not. Three workers have two of six partitions
 * each; the job is saved before superstep 0, and then every fourth one; a worker is lost, and the others go on.
 */
class ConfinementTest {
    private static final int PARTITIONS = 6;
    private static final JobIdentity JOB = new JobIdentity("7-1", "steered", List.of(), List.of(), 1);

    private final Chronicle chronicle = new Chronicle();
    /** Before which supersteps the hook has been asked, over all attempts. */
    private final List<Integer> asked = new ArrayList<>();
    private Optional<Manifest> latest = Optional.empty();
    private long memoryBytes = 1L << 40;
    private boolean isAwaited;
    private int attempt;
    /** What was announced last in each superstep. */
    private final List<ToWorker.RunSuperstep> announced = new ArrayList<>();

    /** An attempt of so many workers. */
    private Workers attempt(int workers) {
        attempt++;
        Program program = new SteeredProgram((steered, master) -> {
            asked.add(master.superstep());
            master.set(steered.turn, master.superstep() * 10L + master.get(steered.count));
        });
        var plan = new JobPlan(program, false, Collections.nCopies(workers, new Capacity(1, memoryBytes)), PARTITIONS, Delivery.AUTO, 0,
            true, false, Optional.of(new CheckpointPlan("1.0", JOB, 3, attempt, 4, 1_000_000_000_000L, isAwaited, 1_000_000)),
            new long[0]);
        return Workers.of(plan, latest, chronicle, IntStream.range(0, workers).toArray());
    }

    private static Segment segment(int superstep, int partition) {
        return new Segment(superstep + "-3-1-w" + partition + ".state", 0, 10, superstep);
    }

    private List<MasterCommand> checkpointed(Workers cluster, int superstep) {
        written(cluster, superstep);
        return cluster.coordinator.committed(0);
    }

    /** All workers have written their parts, and the manifest is there; the coordinator has not heard of that. */
    private void written(Workers cluster, int superstep) {
        List<MasterCommand> commands = cluster.answer(worker -> new ToMaster.Checkpointed(worker, superstep,
            IntStream.range(0, PARTITIONS).filter(p -> p * cluster.workers() / PARTITIONS == worker).mapToObj(p -> new SavedPartition(p, 5,
                20, p == 4 ? 3 << 20 : 1 << 20, segment(superstep, p), segment(superstep, p), null)).toList(), 1, 1));
        latest = Optional.of(((MasterCommand.Commit) commands.get(0)).manifest());
    }

    /** What a worker reports of a superstep; the first ones more than the others. */
    private static ToMaster.SuperstepDone report(int worker, int superstep, long computed, long changes) {
        return new ToMaster.SuperstepDone(worker, superstep, computed, 4, 30, 2, changes, 1, 0, 0,
            new SteeredProgram((steered, master) -> { }).tally(0.5, superstep + 1, true));
    }

    private List<MasterCommand> done(Workers cluster, int superstep) {
        return noted(cluster.answer(worker -> report(worker, superstep, 10, 0)));
    }

    private List<MasterCommand> noted(List<MasterCommand> commands) {
        Workers.announcements(commands).stream().filter(ToWorker.RunSuperstep.class::isInstance)
            .forEach(run -> announced.add((ToWorker.RunSuperstep) run));
        return commands;
    }

    /** Three workers run until this superstep has been announced. */
    private Workers runningUntil(int superstep) {
        Workers cluster = attempt(3);
        noted(cluster.startAndLoad());
        for (int i = 0; i <= superstep; i++) {
            if (i % 4 == 0) {
                checkpointed(cluster, i);
            }
            if (i < superstep) {
                done(cluster, i);
            }
        }
        asked.clear();
        return cluster;
    }

    /** Begins the next attempt, of so many workers. */
    private Workers recalling(int workers) {
        Workers cluster = attempt(workers);
        assertThat(cluster.coordinator.start(0)).containsExactly(new MasterCommand.Announce(new ToWorker.Recall()));
        return cluster;
    }

    private static ToMaster.Kept kept(int worker, int superstep, int... partitions) {
        return new ToMaster.Kept(worker, partitions, superstep, partitions.length * 5L, 0, "");
    }

    /** The first two workers have kept what they had. */
    private static ToMaster.Kept kept(int worker, int superstep) {
        return worker < 2 ? kept(worker, superstep, 2 * worker, 2 * worker + 1) : kept(worker, 0, new int[0]);
    }

    private static List<MasterCommand> restored(Workers cluster) {
        return cluster.answer(worker -> new ToMaster.Restored(worker, 10, 40, 3, new long[] {80, 80, 80, 80}));
    }

    private static ToWorker.Restore restore(List<MasterCommand> commands) {
        return (ToWorker.Restore) Workers.announcements(commands).get(0);
    }

    private ToWorker.RunSuperstep first(int superstep) {
        return announced.stream().filter(run -> run.superstep() == superstep).findFirst().orElseThrow();
    }

    private static void assertSame(ToWorker.RunSuperstep expected, List<MasterCommand> commands) {
        assertThat(Workers.superstep(commands)).usingRecursiveComparison().isEqualTo(expected);
    }

    @Test
    void lostPartitionsComputeAgainWhatWasAnnouncedAndTheOthersGoOnWithTheLastSuperstep() {
        Workers before = runningUntil(3);
        before.coordinator.on(report(0, 3, 10, 0), 0);
        Workers cluster = recalling(2);
        assertThat(cluster.coordinator.on(kept(0, 3), 0)).isEmpty();
        List<MasterCommand> commands = cluster.coordinator.on(kept(1, 3), 0);
        assertThat(commands).first().usingRecursiveComparison()
            .isEqualTo(new MasterCommand.Confined(0, 3, new int[] {4, 5}, new int[] {0, 0, 1, 1, 0, 1}, 10));
        assertThat(restore(commands).manifest()).isEqualTo(latest.orElseThrow().name());
        assertThat(restore(commands).until()).isEqualTo(OptionalInt.of(3));
        assertThat(restore(commands).placement().owners()).containsExactly(0, 0, 1, 1, 0, 1);
        commands = restored(cluster);
        assertThat(commands).first().isEqualTo(new MasterCommand.GraphRestored(3, 30, 120, 6, PARTITIONS));
        for (int superstep = 0; superstep < 3; superstep++) {
            assertSame(first(superstep), commands);
            assertThat(asked).as("what is announced once more is not decided once more").isEmpty();
            int now = superstep;
            // Figures of those that compute again count for nothing, and what they do was told.
            assertThat(cluster.coordinator.on(new ToMaster.Traced(0, new long[] {1}, List.of("told")), 0)).isEmpty();
            commands = cluster.answer(worker -> report(worker, now, 4, 0));
            assertThat(commands).hasSize(1);
        }
        assertThat(asked).containsExactly(3);
        assertSame(first(3), commands);
        cluster.coordinator.on(new ToMaster.Traced(1, new long[] {7}, List.of("seven")), 0);
        commands = cluster.answer(worker -> report(worker, 3, 15, 0));
        assertThat(commands.get(0)).isEqualTo(new MasterCommand.Recovered(3, 3 * 8 + 10, 3 * 30 + 30));
        assertThat(commands.get(1)).isEqualTo(new MasterCommand.Tell(List.of("seven")));
        assertThat(commands.get(2)).isInstanceOfSatisfying(MasterCommand.SuperstepEnded.class, ended -> {
            assertThat(ended.superstep().superstep()).isEqualTo(3);
            assertThat(ended.computed()).isEqualTo(30);
        });
        assertThat(Workers.announcements(commands)).first().as("it is saved where it would have been")
            .isEqualTo(new ToWorker.Checkpoint(4, 0, false, "4-3-2", false));
        checkpointed(cluster, 4);
        assertThat(Workers.superstep(done(cluster, 4)).superstep()).isEqualTo(5);
        assertThat(cluster.answer(worker -> new ToMaster.SuperstepDone(worker, 5, 1, 0, 0, 0, 0, 0, 0, 0, new long[0][]))).last()
            .isEqualTo(new MasterCommand.Announce(new ToWorker.Write()));
        // One dropped by each of three workers in supersteps 0 to 2, by each of two in 3 and 4, and none that was lost and found again.
        assertThat(cluster.answer(worker -> new ToMaster.Written(worker, 1))).last()
            .isEqualTo(new MasterCommand.Finish(6, 3 * 3 + 2 * 2, List.of(60L, 2.5)));
    }

    @Test
    void whereOnlyTheSuperstepBehindTheCheckpointIsLostItIsAnnouncedAtABarrier() {
        runningUntil(0);
        Workers cluster = recalling(2);
        cluster.answer(worker -> kept(worker, 0));
        assertSame(first(0), restored(cluster));
        assertThat(asked).containsExactly(0);
        assertThat(done(cluster, 0)).first().isEqualTo(new MasterCommand.Recovered(0, 20 - 20, 20));
    }

    @Test
    void aSecondLossWidensWhatIsLost() {
        runningUntil(3);
        Workers second = recalling(2);
        second.answer(worker -> kept(worker, 3));
        restored(second);
        second.answer(worker -> report(worker, 0, 4, 0));
        // Worker 1 is lost as well, while superstep 1 runs again; a new one takes its place.
        Workers third = recalling(2);
        third.coordinator.on(kept(0, 3), 0);
        List<MasterCommand> commands = third.coordinator.on(kept(1, 0, new int[0]), 0);
        assertThat(commands).first().usingRecursiveComparison()
            .isEqualTo(new MasterCommand.Confined(0, 3, new int[] {2, 3, 4, 5}, new int[] {0, 0, 0, 0, 1, 1}, 20));
        commands = restored(third);
        for (int superstep = 0; superstep < 3; superstep++) {
            assertSame(first(superstep), commands);
            int now = superstep;
            commands = third.answer(worker -> report(worker, now, 10, 0));
        }
        assertSame(first(3), commands);
        assertThat(third.answer(worker -> report(worker, 3, 15, 0))).first()
            .isEqualTo(new MasterCommand.Recovered(3, 3 * 20 + 20, 3 * 30 + 30));
    }

    @Test
    void whoeverStandsBehindTheOthersHasKeptNothing() {
        runningUntil(3);
        Workers second = recalling(3);
        second.answer(worker -> kept(worker, 3));
        restored(second);
        // The third worker, which had nothing, has restored partitions 4 and 5; they have computed superstep 1 when another one is lost.
        Workers third = recalling(2);
        third.coordinator.on(kept(0, 1, 4, 5), 0);
        List<MasterCommand> commands = third.coordinator.on(kept(1, 3, 2, 3), 0);
        assertThat(commands).first().isInstanceOfSatisfying(MasterCommand.Confined.class, confined -> {
            assertThat(confined.lost()).containsExactly(0, 1, 4, 5);
            assertThat(confined.owners()).containsExactly(0, 0, 1, 1, 0, 1);
        });
        assertThat(restore(commands).until()).isEqualTo(OptionalInt.of(3));
    }

    /** A worker is lost while the hook is asked: when that has answered, the attempt is over, and what is announced reaches nobody. */
    @Test
    void whatWasAnnouncedToNobodyIsAnnouncedLater() {
        runningUntil(3);
        Workers cluster = recalling(2);
        assertThat(cluster.answer(worker -> kept(worker, 2))).first().usingRecursiveComparison()
            .isEqualTo(new MasterCommand.Confined(0, 2, new int[] {4, 5}, new int[] {0, 0, 1, 1, 0, 1}, 10));
        List<MasterCommand> commands = restored(cluster);
        for (int superstep = 0; superstep < 2; superstep++) {
            assertSame(first(superstep), commands);
            int now = superstep;
            commands = cluster.answer(worker -> report(worker, now, 4, 0));
        }
        assertSame(first(2), commands);
        commands = cluster.answer(worker -> report(worker, 2, 15, 0));
        assertThat(commands).first().isEqualTo(new MasterCommand.Recovered(2, 2 * 8 + 10, 2 * 30 + 30));
        assertThat(Workers.superstep(commands).superstep()).isEqualTo(3);
        assertThat(asked).containsExactly(2, 3);
    }

    /** An attempt of which all have computed superstep 3, and wait for the checkpoint behind that. */
    private Workers awaitingTheSecondCheckpoint() {
        isAwaited = true;
        Workers first = attempt(3);
        first.startAndLoad();
        checkpointed(first, 0);
        for (int superstep = 0; superstep < 4; superstep++) {
            done(first, superstep);
        }
        return first;
    }

    @Test
    void whereWhatWasAnnouncedToNobodyWasTheSuperstepBehindTheCheckpoint() {
        Workers first = awaitingTheSecondCheckpoint();
        checkpointed(first, 4);
        Workers cluster = recalling(2);
        assertThat(cluster.answer(worker -> kept(worker, 3))).first().isEqualTo(new MasterCommand.AllGoBack(4, OptionalInt.empty(),
            "that is later than what was kept"));
    }

    @Test
    void aLossBehindTheNextCheckpointGoesBackToThat() {
        runningUntil(6);
        assertThat(latest.orElseThrow().superstep()).isEqualTo(4);
        Workers cluster = recalling(2);
        assertThat(cluster.answer(worker -> kept(worker, 6))).first().isInstanceOfSatisfying(MasterCommand.Confined.class, confined -> {
            assertThat(confined.from()).isEqualTo(4);
            assertThat(confined.to()).isEqualTo(6);
        });
        assertSame(first(4), restored(cluster));
        assertSame(first(5), cluster.answer(worker -> report(worker, 4, 4, 0)));
    }

    @Test
    void whoLosesAWorkerWhileAllIsHeldGoesOnBeforeTheCheckpoint() {
        isAwaited = true;
        Workers first = attempt(3);
        first.startAndLoad();
        noted(checkpointed(first, 0));
        for (int superstep = 0; superstep < 4; superstep++) {
            done(first, superstep);
        }
        assertThat(announced).hasSize(4);
        asked.clear();
        Workers cluster = recalling(2);
        assertThat(cluster.answer(worker -> kept(worker, 3))).first().isInstanceOf(MasterCommand.Confined.class);
        List<MasterCommand> commands = restored(cluster);
        for (int superstep = 0; superstep < 3; superstep++) {
            int now = superstep;
            commands = cluster.answer(worker -> report(worker, now, 4, 0));
        }
        assertSame(first(3), commands);
        commands = cluster.answer(worker -> report(worker, 3, 15, 0));
        assertThat(Workers.announcements(commands)).containsExactly(new ToWorker.Checkpoint(4, 0, false, "4-3-2", false));
        assertThat(Workers.superstep(checkpointed(cluster, 4).stream().filter(command -> !(command instanceof MasterCommand.Announce saved
            && saved.command() instanceof ToWorker.Saved)).toList()).superstep()).isEqualTo(4);
        assertThat(asked).containsExactly(3, 4);
    }

    @Test
    void whatIsWishedDuringARecoveryIsGrantedBehindIt() {
        runningUntil(2);
        Workers cluster = recalling(2);
        cluster.coordinator.suspend();
        cluster.answer(worker -> kept(worker, 2));
        assertSame(first(0), restored(cluster));
        cluster.answer(worker -> report(worker, 0, 4, 0));
        assertSame(first(2), cluster.answer(worker -> report(worker, 1, 4, 0)));
        List<MasterCommand> commands = cluster.answer(worker -> report(worker, 2, 15, 0));
        assertThat(Workers.announcements(commands)).containsExactly(new ToWorker.Checkpoint(3, 0, false, "3-3-2", false));
        assertThat(checkpointed(cluster, 3)).last().isEqualTo(new MasterCommand.Suspended(3));
    }

    @Test
    void aChangeOfTheGraphInTheLastSuperstepIsMadeByAll() {
        runningUntil(1);
        Workers cluster = recalling(2);
        cluster.answer(worker -> kept(worker, 1));
        restored(cluster);
        cluster.answer(worker -> report(worker, 0, 4, 0));
        List<MasterCommand> commands = cluster.answer(worker -> report(worker, 1, 15, worker));
        assertThat(commands.get(0)).isInstanceOf(MasterCommand.Recovered.class);
        assertThat(Workers.announcements(commands)).singleElement().isInstanceOf(ToWorker.ChangeGraph.class);
        assertThat(chronicle.isEmpty()).isTrue();
    }

    // All go back.

    private void assertAllGoBack(Workers cluster, List<MasterCommand> commands, String why) {
        assertAllGoBack(cluster, commands, OptionalInt.empty(), why);
    }

    private void assertAllGoBack(Workers cluster, List<MasterCommand> commands, OptionalInt worker, String why) {
        assertThat(commands).hasSize(2).first().isEqualTo(new MasterCommand.AllGoBack(0, worker, why));
        assertRestoredByAll(cluster, commands);
    }

    private void assertRestoredByAll(Workers cluster, List<MasterCommand> commands) {
        assertThat(Workers.announcements(commands)).hasSize(1);
        assertThat(restore(commands).isConfined()).isFalse();
        assertThat(Workers.superstep(restored(cluster)).superstep()).isZero();
        assertThat(asked).containsExactly(0);
        assertThat(done(cluster, 0)).first().isInstanceOf(MasterCommand.SuperstepEnded.class);
    }

    @ParameterizedTest
    @CsvSource({"1, '', has a log that begins with superstep 1", "3, it is full, has a log that begins with superstep 3: it is full"})
    void whereALogDoesNotReachBack(int from, String hindrance, String told) {
        runningUntil(3);
        Workers cluster = recalling(2);
        cluster.coordinator.on(kept(0, 3), 0);
        assertAllGoBack(cluster, cluster.coordinator.on(new ToMaster.Kept(1, new int[] {2, 3}, 3, 10, from, hindrance), 0),
            OptionalInt.of(1), told);
    }

    @Test
    void aLogMustReachBackToTheSuperstepBeforeTheCheckpoint() {
        runningUntil(6);
        Workers cluster = recalling(2);
        cluster.coordinator.on(new ToMaster.Kept(0, new int[] {0, 1}, 6, 10, 3, ""), 0);
        List<MasterCommand> commands = cluster.coordinator.on(new ToMaster.Kept(1, new int[] {2, 3}, 6, 10, 4, "a disk is full"), 0);
        assertThat(commands).first().isEqualTo(new MasterCommand.AllGoBack(4, OptionalInt.of(1), "has a log that begins with superstep 4: a"
            + " disk is full"));
        Workers another = attempt(2);
        assertThat(restore(another.coordinator.start(0)).isConfined()).as("what was announced is forgotten").isFalse();
    }

    @Test
    void whereTheGraphHasChangedSince() {
        Workers before = runningUntil(1);
        before.answer(worker -> report(worker, 1, 10, 1));
        noted(before.changed());
        done(before, 2);
        asked.clear();
        Workers cluster = recalling(2);
        cluster.coordinator.on(kept(0, 3), 0);
        assertAllGoBack(cluster, cluster.coordinator.on(kept(1, 3), 0), "the graph has changed in superstep 1");
    }

    @Test
    void whereTheGraphChanges() {
        Workers before = runningUntil(1);
        before.answer(worker -> report(worker, 1, 10, 1));
        Workers cluster = attempt(2);
        assertThat(chronicle.isEmpty()).isTrue();
        assertThat(chronicle.hindrance(0)).isEqualTo("the graph has changed in superstep 1");
        assertRestoredByAll(cluster, cluster.coordinator.start(0));
    }

    @Test
    void aChangeOfTheGraphBeforeTheCheckpointHindersNobody() {
        Workers before = runningUntil(3);
        before.answer(worker -> report(worker, 3, 10, 1));
        noted(before.changed());
        checkpointed(before, 4);
        done(before, 4);
        Workers cluster = recalling(2);
        // What was said in superstep 3 was delivered before it was saved: nobody has to say it again.
        List<MasterCommand> commands = cluster.answer(worker -> new ToMaster.Kept(worker, new int[] {2 * worker, 2 * worker + 1}, 5, 10, 4,
            "the graph has changed in superstep 3"));
        assertThat(commands).first().isInstanceOf(MasterCommand.Confined.class);
        assertSame(first(4), restored(cluster));
    }

    @Test
    void whereTheWorkersHaveNoRoom() {
        memoryBytes = 9 << 19;
        runningUntil(3);
        // Each has 2.5 of its 4.5 MB left, and partition 4 needs 3; where all begin anew, it has another neighbour.
        Workers cluster = recalling(2);
        cluster.coordinator.on(kept(0, 3), 0);
        assertAllGoBack(cluster, cluster.coordinator.on(kept(1, 3), 0),
            "the workers have no room for what is lost beside what they have kept");
    }

    @Test
    void whereNobodyHasKeptAnything() {
        runningUntil(3);
        Workers cluster = recalling(2);
        assertAllGoBack(cluster, cluster.answer(worker -> kept(worker, 0, new int[0])), "none was kept");
    }

    @Test
    void whereAllStandWhereTheJobWasSaved() {
        Workers first = awaitingTheSecondCheckpoint();
        // It is committed, and nobody was told to go on.
        written(first, 4);
        Workers cluster = recalling(2);
        List<MasterCommand> commands = cluster.answer(worker -> kept(worker, 3));
        assertThat(commands).hasSize(2).first().isEqualTo(new MasterCommand.AllGoBack(4, OptionalInt.empty(), "that is later than what was"
            + " kept"));
        assertThat(restore(commands).isConfined()).isFalse();
    }

    @Test
    void aLogThatCannotBeReadEndsTheAttempt() {
        runningUntil(2);
        for (int answered = 0; answered < 4; answered++) {
            Workers cluster = recalling(2);
            cluster.answer(worker -> kept(worker, 2));
            List<Runnable> steps = List.of(() -> restored(cluster), () -> cluster.answer(worker -> report(worker, 0, 4, 0)),
                () -> cluster.answer(worker -> report(worker, 1, 4, 0)));
            steps.subList(0, answered).forEach(Runnable::run);
            assertThat(cluster.coordinator.on(new ToMaster.NotReplayed(1, "/tmp/log-1: a block is damaged"), 0))
                .containsExactly(new MasterCommand.NotConfined(1, "/tmp/log-1: a block is damaged"));
            assertThat(cluster.coordinator.on(new ToMaster.NotReplayed(0, "as well"), 0)).isEmpty();
        }
        Workers late = recalling(2);
        late.answer(worker -> kept(worker, 2));
        restored(late);
        IntStream.range(0, 3).forEach(superstep -> late.answer(worker -> report(worker, superstep, 15, 0)));
        assertThatThrownBy(() -> late.coordinator.on(new ToMaster.NotReplayed(0, "late"), 0)).isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("while the job was COMPUTING");
    }

    @Test
    void aCheckpointThatIsDamagedEndsTheAttempt() {
        runningUntil(2);
        Workers cluster = recalling(2);
        cluster.answer(worker -> kept(worker, 2));
        assertThat(cluster.coordinator.on(new ToMaster.NotRestored(0, "short"), 0)).containsExactly(new MasterCommand.Damaged("short"));
        // Nobody keeps anything then.
        Workers next = recalling(2);
        assertAllGoBack(next, next.answer(worker -> kept(worker, 0, new int[0])), "none was kept");
    }

    @Test
    void aFaultDuringARecoveryEndsTheJob() {
        runningUntil(2);
        Workers cluster = recalling(2);
        cluster.answer(worker -> kept(worker, 2));
        restored(cluster);
        var fault = new Fault(Fault.Kind.FAILURE, "no memory");
        assertThat(cluster.coordinator.on(new ToMaster.Failed(1, fault), 0)).containsExactly(new MasterCommand.Abort(fault));
    }

    @Test
    void aCheckpointLetsWorkersForgetWhatWasSaidBefore() {
        Workers cluster = attempt(3);
        cluster.startAndLoad();
        assertThat(checkpointed(cluster, 0)).containsExactly(new MasterCommand.Announce(new ToWorker.Saved(0)));
        for (int superstep = 0; superstep < 4; superstep++) {
            done(cluster, superstep);
        }
        assertThat(chronicle.reaches(0)).isTrue();
        assertThat(checkpointed(cluster, 4)).containsExactly(new MasterCommand.Announce(new ToWorker.Saved(4)));
        assertThat(chronicle.reaches(3)).isFalse();
        assertThat(chronicle.reaches(4)).isTrue();
        assertThat(chronicle.reaches(5)).isFalse();
    }

    @Test
    void aCheckpointBehindTheEndIsNobodysBusiness() {
        Workers cluster = attempt(3);
        cluster.startAndLoad();
        written(cluster, 0);
        cluster.coordinator.on(new ToMaster.Failed(1, new Fault(Fault.Kind.FAILURE, "it is over")), 0);
        assertThat(cluster.coordinator.committed(0)).isEmpty();
    }

    @Test
    void anAttemptThatBeginsWithTheInputForgetsAll() {
        runningUntil(3);
        latest = Optional.empty();
        Workers cluster = attempt(2);
        assertThat(cluster.coordinator.start(0)).containsExactly(new MasterCommand.Announce(new ToWorker.Sample()));
        assertThat(chronicle.isEmpty()).isTrue();
    }
}
