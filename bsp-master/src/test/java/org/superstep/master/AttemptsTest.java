package org.superstep.master;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.superstep.net.Delivery;
import org.superstep.net.Fault;
import org.superstep.net.FromClient;
import org.superstep.net.FromMember;
import org.superstep.net.JobSpec;
import org.superstep.net.ToClient;

/** The rows of {@link Attempts}' table, one after the other; and what clients and masters before this one have to do with them. */
class AttemptsTest {
    private static final JobSpec.Recovery TWICE = new JobSpec.Recovery(2, false, false, false);
    private static final JobSpec.Recovery SAVED = new JobSpec.Recovery(2, true, false, false);
    private static final JobSpec.Recovery CONFINED = new JobSpec.Recovery(2, true, false, true);
    private static final JobSpec.Recovery ELASTIC = new JobSpec.Recovery(2, true, true, false);
    private static final String LOST_1 = "worker 1 (host:7001) was lost: connection reset";

    // A worker is lost.

    @Test
    void aJobThatLosesAWorkerGoesOnWithTheOthers() {
        var rig = ClusterRig.running(3, TWICE);
        assertThat(rig.closed(1)).containsExactly("pause 1 attempt 1: " + LOST_1, "2 release 1", "3 release 1");
        assertThat(rig.status()).singleElement().asString().contains("2 letting go of job 1", "running 1 going on with other workers");
        assertThat(rig.released(2, 1)).isEmpty();
        assertThat(rig.released(3, 1)).as("others may come").isEmpty();
        assertThat(rig.tick(1)).containsExactly("2 prepare 2 worker 0 threads 2 of [2, 3]", "3 prepare 2 worker 1 threads 2 of [2, 3]");
        assertThat(rig.says(2, new FromMember.Prepared(1))).as("of the old attempt").isEmpty();
        assertThat(rig.says(2, new FromMember.Prepared(2))).isEmpty();
        assertThat(rig.says(3, new FromMember.Prepared(2))).containsExactly("begin 1 attempt 2 its 2 on [2x2, 3x2]");
        assertThat(rig.on(new ClusterEvent.JobOver(1, ClusterRig.done(1)))).containsExactly("remember 1 DONE", "91 done 1", "2 release 2",
            "3 release 2");
        assertThat(rig.kept).containsExactly("job 1 t1 1000000", "attempt 1 is job 1's 1 of 3", "attempt 2 is job 1's 2 of 2");
    }

    @Test
    void whoComesInThePlaceOfALostWorkerIsTakenAtOnce() {
        var rig = ClusterRig.running(2, TWICE);
        rig.closed(1);
        rig.released(2, 1);
        assertThat(rig.join(3, 2, true)).containsExactly("3 welcome 3 epoch 7", "2 prepare 2 worker 0 threads 2 of [2, 3]",
            "3 prepare 2 worker 1 threads 2 of [2, 3]");
    }

    @Test
    void aSpareWorkerIsTakenAtOnceToo() {
        var rig = new ClusterRig().members(3).clients(1);
        rig.submit(91, "t1", ClusterRig.spec("one", 2, TWICE));
        rig.prepared(1, 2);
        rig.closed(1);
        assertThat(rig.released(2, 1)).contains("3 prepare 2 worker 1 threads 2 of [2, 3]");
    }

    @Test
    void nobodyIsPreparedBeforeAllHaveLetGoOfTheAttemptBefore() {
        var rig = ClusterRig.running(3, TWICE);
        rig.closed(1);
        rig.released(2, 1);
        assertThat(rig.tick(20)).isEmpty();
        assertThat(rig.closed(3)).as("others may come in its place").isEmpty();
        assertThat(rig.tick(1)).containsExactly("2 prepare 2 worker 0 threads 2 of [2]");
    }

    @Test
    void aJobWithoutAnyWorkerWaitsAndThenForTheOthersALittle() {
        var rig = ClusterRig.running(2, TWICE);
        rig.closed(1);
        assertThat(rig.closed(2)).containsExactly("91 waits 1: waiting for workers: 0 of 1 are there");
        assertThat(rig.tick(3600)).isEmpty();
        assertThat(rig.status()).containsExactly(
            "91 members [], running 1 waiting for workers: 0 of 1 are there, queued []");
        assertThat(rig.join(3, 2, true)).containsExactly("3 welcome 3 epoch 7");
        assertThat(rig.join(4, 2, true)).contains("3 prepare 2 worker 0 threads 2 of [3, 4]");
    }

    @Test
    void aJobThatIsPreparedGoesOnTooAndItsWatchersAreTold() {
        var rig = new ClusterRig().members(2).clients(1);
        rig.submit(91, "t1", ClusterRig.spec("one", 2, TWICE));
        rig.says(2, new FromMember.Prepared(1));
        assertThat(rig.closed(1)).containsExactly("91 notice 1: " + LOST_1 + "; the job is prepared anew", "2 release 1");
        assertThat(rig.released(2, 1)).isEmpty();
        assertThat(rig.tick(1)).containsExactly("2 prepare 2 worker 0 threads 2 of [2]");
        assertThat(rig.says(2, new FromMember.Prepared(2))).containsExactly("begin 1 attempt 2 its 2 on [2x2]");
    }

    @Test
    void aWorkerThatDoesNotPrepareInTimeIsReplaced() {
        var rig = new ClusterRig().members(2).clients(1);
        rig.submit(91, "t1", ClusterRig.spec("one", 2, TWICE));
        rig.says(2, new FromMember.Prepared(1));
        assertThat(rig.tick(60)).first().isEqualTo("1 closed: it has not prepared the job within 60 s");
        rig.released(2, 1);
        assertThat(rig.tick(1)).containsExactly("2 prepare 2 worker 0 threads 2 of [2]");
    }

    @Test
    void twoWorkersThatAreLostTogetherAreOneLoss() {
        var rig = ClusterRig.running(3, new JobSpec.Recovery(1, false, false, false));
        rig.closed(1);
        assertThat(rig.closed(2)).isEmpty();
        rig.released(3, 1);
        assertThat(rig.tick(1)).containsExactly("3 prepare 2 worker 0 threads 2 of [3]");
    }

    @Test
    void aJobFailsWhereTooManyAreLostWithoutACheckpointInBetween() {
        var rig = ClusterRig.running(3, new JobSpec.Recovery(1, false, false, false));
        rig.closed(1);
        rig.released(2, 1);
        rig.released(3, 1);
        rig.tick(1);
        rig.says(2, new FromMember.Prepared(2));
        rig.says(3, new FromMember.Prepared(2));
        assertThat(rig.closed(2)).containsExactly("break off 1: worker 2 (host:7002) was lost: connection reset; that was loss 2 without a"
            + " checkpoint in between, and --max-restarts is 1; see why workers are lost, and then submit the job again");
    }

    @Test
    void aCheckpointMakesLossesForgotten() {
        var rig = ClusterRig.running(3, new JobSpec.Recovery(1, true, false, false));
        rig.closed(1);
        rig.released(2, 1);
        rig.released(3, 1);
        rig.tick(1);
        rig.says(2, new FromMember.Prepared(2));
        rig.says(3, new FromMember.Prepared(2));
        assertThat(rig.on(new ClusterEvent.Advanced(1, 4))).isEmpty();
        assertThat(rig.status()).singleElement().asString().contains("loading; checkpoint before superstep 4; attempt 2");
        assertThat(rig.closed(2)).first().asString().startsWith("pause 1 attempt 2: worker 2");
        rig.released(3, 2);
        rig.tick(1);
        rig.says(3, new FromMember.Prepared(3));
        assertThat(rig.closed(3)).singleElement().asString().startsWith("break off 1: worker 3")
            .endsWith("--max-restarts is 1; see why workers are lost, and then go on with superstep resume");
    }

    @Test
    void aJobThatMayNotBeginAnewFailsAtTheFirstLoss() {
        var rig = new ClusterRig().members(2).clients(1);
        rig.submit(91, "t1", ClusterRig.spec("one", 2));
        assertThat(rig.closed(1)).containsExactly("remember 1 FAILED", "91 failed 1: " + LOST_1 + "; the job can be submitted again",
            "2 release 1");
    }

    @Test
    void aProgramsOwnFaultIsNoLoss() {
        var rig = ClusterRig.running(2, TWICE);
        assertThat(rig.fails(2, 1, "no memory")).containsExactly("break off 1: on worker 2 (host:7002): no memory");
        assertThat(rig.closed(1)).as("while it is broken off").isEmpty();
        assertThat(rig.on(new ClusterEvent.JobOver(1, ClusterRig.failed(1, "no memory"))))
            .containsExactly("remember 1 FAILED", "91 failed 1: no memory", "2 release 1");
    }

    @Test
    void aPartThatFailsBecauseItsAttemptIsOverIsNobodysFault() {
        var rig = ClusterRig.running(2, TWICE);
        rig.closed(1);
        assertThat(rig.fails(2, 1, "worker 1 does not answer")).isEmpty();
        rig.released(2, 1);
        assertThat(rig.tick(1)).hasSize(1);
        assertThat(rig.fails(2, 1, "worker 1 does not answer")).isEmpty();
    }

    @Test
    void aJobThatEndsWhileItsWorkerIsLostHasEnded() {
        var rig = ClusterRig.running(2, TWICE);
        rig.closed(1);
        assertThat(rig.on(new ClusterEvent.JobOver(1, ClusterRig.done(1)))).containsExactly("remember 1 DONE", "91 done 1");
        assertThat(rig.released(2, 1)).containsExactly("let go 1");
    }

    // Workers keep what they have computed.

    /** A job of so many workers runs whose graph is loaded, and of which only lost partitions compute again. */
    private static ClusterRig confined(int workers) {
        var rig = ClusterRig.running(workers, CONFINED);
        rig.on(new ClusterEvent.JobTold(1, new ToClient.Loaded(1, 10, 20)));
        return rig;
    }

    @Test
    void whoStaysWhenAnotherIsLostKeepsWhatItHasComputed() {
        var rig = confined(3);
        assertThat(rig.closed(1)).containsExactly("pause 1 attempt 1: " + LOST_1, "2 release 1, to be kept", "3 release 1, to be kept");
        rig.released(2, 1);
        rig.nanos += 3600 * 1_000_000_000L;
        assertThat(rig.status()).singleElement().asString().contains("2 idle", "3 keeping its part of job 1]");
        assertThat(rig.tick(0)).as("a superstep may take long").isEmpty();
        assertThat(rig.released(3, 1)).containsExactly("2 prepare 2 worker 0 threads 2 of [2, 3]",
            "3 prepare 2 worker 1 threads 2 of [2, 3]");
        rig.says(2, new FromMember.Prepared(2));
        assertThat(rig.says(3, new FromMember.Prepared(2))).containsExactly("begin 1 attempt 2 its 2 on [2x2, 3x2]");
        assertThat(rig.on(new ClusterEvent.JobOver(1, ClusterRig.done(1)))).as("what was kept is in attempt 2")
            .containsExactly("remember 1 DONE", "91 done 1", "2 release 2", "3 release 2");
    }

    @Test
    void whoStaysWhenAnotherIsLostInPreparingTheNextAttemptKeepsOn() {
        var rig = confined(3);
        rig.closed(1);
        rig.released(2, 1);
        rig.released(3, 1);
        rig.tick(1);
        rig.says(2, new FromMember.Prepared(2));
        assertThat(rig.closed(3)).containsExactly("91 notice 1: worker 3 (host:7003) was lost: connection reset; the job is prepared anew",
            "2 release 2, to be kept");
        rig.released(2, 2);
        assertThat(rig.tick(1)).containsExactly("2 prepare 3 worker 0 threads 2 of [2]");
    }

    @Test
    void whoKeepsAndIsLostIsNotWaitedFor() {
        var rig = confined(3);
        rig.closed(1);
        rig.released(2, 1);
        assertThat(rig.closed(3)).as("others may come in its place").isEmpty();
        assertThat(rig.tick(1)).containsExactly("2 prepare 2 worker 0 threads 2 of [2]");
    }

    @Test
    void whoCannotHearAPeerThatIsThereKeepsAsThePeerDoes() {
        var rig = confined(2);
        rig.says(1, new FromMember.LostPeer(1, 1, "connection reset"));
        assertThat(rig.tick(1)).containsExactly("pause 1 attempt 1: worker 1 (host:7001) cannot hear worker 2 (host:7002): connection"
            + " reset", "1 release 1, to be kept", "2 release 1, to be kept");
    }

    @Test
    void whoKeepsSomethingGoesOnRatherThanWhoHasMoreThreads() {
        var rig = confined(2);
        rig.join(3, 8, true);
        rig.join(4, 8, true);
        rig.closed(1);
        assertThat(rig.released(2, 1)).containsExactly("2 prepare 2 worker 0 threads 2 of [2, 3]",
            "3 prepare 2 worker 1 threads 8 of [2, 3]");
    }

    @Test
    void whoKeepsSomethingAndIsDrainedTakesItWithIt() {
        var rig = confined(3);
        rig.asks(92, new FromClient.Drain(3));
        assertThat(rig.closed(1)).contains("2 release 1, to be kept", "3 release 1");
    }

    @Test
    void whoKeepsSomethingAndIsNotWantedLetsGoOfIt() {
        var rig = new ClusterRig().members(2).clients(1);
        rig.join(3, 2, true);
        rig.submit(91, "t1", ClusterRig.spec("one", 2, CONFINED));
        rig.prepared(1, 2);
        rig.on(new ClusterEvent.JobTold(1, new ToClient.Loaded(1, 10, 20)));
        rig.says(1, new FromMember.LostPeer(1, 1, "connection reset"));
        rig.tick(1);
        rig.released(1, 1);
        rig.says(1, new FromMember.Leaving("told to"));
        assertThat(rig.released(2, 1)).containsExactly("1 release 1", "2 prepare 2 worker 0 threads 2 of [2, 3]",
            "3 prepare 2 worker 1 threads 2 of [2, 3]");
        assertThat(rig.released(1, 1)).as("nobody waits for it").isEmpty();
    }

    @Test
    void nothingIsKeptOfAJobThatIsOver() {
        var rig = confined(3);
        rig.closed(1);
        rig.released(2, 1);
        assertThat(rig.asks(91, new FromClient.Cancel(1))).contains("break off 1: job 1 was cancelled");
        assertThat(rig.on(new ClusterEvent.JobOver(1, ClusterRig.failed(1, "job 1 was cancelled"))))
            .endsWith("2 release 1", "3 release 1");
        assertThat(rig.released(2, 1)).as("the other is at it").isEmpty();
        assertThat(rig.tick(30)).startsWith("3 closed: it has not let go of the job within 30 s").contains("let go 1");
    }

    @Test
    void nothingIsKeptOfAJobThatHasReadNothingYet() {
        var rig = ClusterRig.running(2, CONFINED);
        assertThat(rig.closed(1)).contains("2 release 1");
    }

    @Test
    void aMoveOnPurposeKeepsNothing() {
        var rig = confined(2);
        assertThat(rig.on(new ClusterEvent.Regroup(1, 1, "a log cannot be read"))).containsExactly("1 release 1", "2 release 1");
    }

    // Workers that do not hear each other.

    @Test
    void whoCannotHearAPeerIsBelievedWhereNobodyIsFoundToBeLost() {
        var rig = ClusterRig.running(2, TWICE);
        assertThat(rig.says(1, new FromMember.LostPeer(1, 1, "connection reset"))).isEmpty();
        assertThat(rig.says(2, new FromMember.LostPeer(1, 0, "connection reset"))).isEmpty();
        assertThat(rig.tick(1)).containsExactly("pause 1 attempt 1: worker 1 (host:7001) cannot hear worker 2 (host:7002): connection"
            + " reset", "1 release 1", "2 release 1");
        rig.released(1, 1);
        assertThat(rig.released(2, 1)).as("both are there").contains("1 prepare 2 worker 0 threads 2 of [1, 2]");
        assertThat(rig.says(1, new FromMember.LostPeer(1, 1, "connection reset"))).as("too late").isEmpty();
        assertThat(rig.tick(1)).isEmpty();
    }

    @Test
    void whoIsLostIsNamedRatherThanWhoMissesIt() {
        var rig = ClusterRig.running(2, TWICE);
        rig.says(2, new FromMember.LostPeer(1, 0, "closed"));
        assertThat(rig.closed(1)).first().isEqualTo("pause 1 attempt 1: " + LOST_1);
        rig.released(2, 1);
        assertThat(rig.tick(1)).as("one loss, not two").containsExactly("2 prepare 2 worker 0 threads 2 of [2]");
        assertThat(rig.tick(5)).isEmpty();
    }

    @Test
    void whoCannotHearAPeerFailsAJobThatMayNotBeginAnew() {
        var rig = ClusterRig.running();
        rig.says(2, new FromMember.LostPeer(1, 0, "nothing was heard from host:7001 for 10 s"));
        assertThat(rig.tick(1)).containsExactly("break off 1: worker 2 (host:7002) cannot hear worker 1 (host:7001): nothing was heard from"
            + " it for 10 s; the job can be submitted again");
    }

    @Test
    void aComplaintOfAStrangerOrAboutNobodyIsIgnored() {
        var rig = ClusterRig.running(2, TWICE);
        rig.join(3, 2, true);
        rig.says(3, new FromMember.LostPeer(1, 0, "reset"));
        rig.says(1, new FromMember.LostPeer(1, 7, "reset"));
        rig.says(1, new FromMember.LostPeer(9, 0, "reset"));
        assertThat(rig.tick(5)).isEmpty();
    }

    // Moves on purpose.

    @Test
    void aRunThatWantsOtherWorkersGetsThemWithoutALoss() {
        var rig = ClusterRig.running(2, new JobSpec.Recovery(0, true, false, false));
        assertThat(rig.on(new ClusterEvent.Regroup(1, 1, "the checkpoint is damaged"))).containsExactly("1 release 1", "2 release 1");
        rig.released(1, 1);
        assertThat(rig.released(2, 1)).containsExactly("1 prepare 2 worker 0 threads 2 of [1, 2]",
            "2 prepare 2 worker 1 threads 2 of [1, 2]");
        assertThat(rig.prepared(2, 2)).containsExactly("begin 1 attempt 2 its 2 on [1x2, 2x2]");
        assertThat(rig.on(new ClusterEvent.Regroup(1, 1, "too late"))).isEmpty();
    }

    @Test
    void aWorkerThatLeavesASavedJobHandsOver() {
        var rig = ClusterRig.running(2, SAVED);
        assertThat(rig.says(1, new FromMember.Leaving("told to"))).containsExactly("regroup 1: worker 1 (host:7001) is leaving");
        assertThat(rig.tick(9)).isEmpty();
        assertThat(rig.tick(1)).as("again").containsExactly("regroup 1: worker 1 (host:7001) is leaving");
        assertThat(rig.on(new ClusterEvent.Regroup(1, 1, "worker 1 is leaving"))).containsExactly("1 release 1", "2 release 1");
        rig.released(1, 1);
        assertThat(rig.released(2, 1)).containsExactly("2 prepare 2 worker 0 threads 2 of [2]");
    }

    @Test
    void aWorkerThatLeavesWhileASavedJobIsPreparedIsNoLoss() {
        var rig = new ClusterRig().members(2).clients(1);
        rig.submit(91, "t1", ClusterRig.spec("one", 2, new JobSpec.Recovery(0, true, false, false)));
        assertThat(rig.says(1, new FromMember.Leaving("told to"))).containsExactly("1 release 1", "2 release 1");
        rig.released(1, 1);
        assertThat(rig.released(2, 1)).containsExactly("2 prepare 2 worker 0 threads 2 of [2]");
    }

    @Test
    void aWorkerThatLeavesAJobThatIsNotSavedIsLost() {
        var rig = ClusterRig.running(2, TWICE);
        assertThat(rig.says(1, new FromMember.Leaving("told to"))).containsExactly(
            "pause 1 attempt 1: worker 1 (host:7001) was lost: told to", "1 release 1", "2 release 1");
    }

    @Test
    void anElasticJobTakesWhoJoins() {
        var rig = new ClusterRig().members(1).clients(1);
        rig.submit(91, "t1", ClusterRig.spec("one", 0, ELASTIC));
        rig.prepared(1, 1);
        assertThat(rig.join(2, 2, true)).as("more may be right behind").containsExactly("2 welcome 2 epoch 7");
        rig.join(3, 2, true);
        assertThat(rig.tick(9)).isEmpty();
        assertThat(rig.tick(1)).containsExactly("regroup 1: 2 workers have joined");
        rig.on(new ClusterEvent.Regroup(1, 1, "2 workers have joined"));
        assertThat(rig.released(1, 1)).contains("3 prepare 2 worker 2 threads 2 of [1, 2, 3]");
        rig.prepared(2, 3);
        rig.tick(5);
        assertThat(rig.join(4, 2, true)).hasSize(1);
        assertThat(rig.tick(5)).containsExactly("regroup 1: worker 4 (host:7004) has joined");
    }

    @Test
    void aJobThatHasAsManyWorkersAsItWantsDoesNotMove() {
        var rig = ClusterRig.running(2, ELASTIC);
        rig.join(3, 2, true);
        assertThat(rig.tick(60)).isEmpty();
    }

    @Test
    void aJobThatIsNotElasticDoesNotMove() {
        var rig = new ClusterRig().members(1).clients(1);
        rig.submit(91, "t1", ClusterRig.spec("one", 0, SAVED));
        rig.prepared(1, 1);
        rig.join(2, 2, true);
        assertThat(rig.tick(60)).isEmpty();
    }

    // Draining.

    @Test
    void anIdleWorkerThatIsDrainedIsLetGoOfAtOnce() {
        var rig = new ClusterRig().members(1).clients(1);
        assertThat(rig.asks(91, new FromClient.Drain(1))).containsExactly("91 draining 1", "1 dismissed", "1 closed: it was drained");
        assertThat(rig.asks(91, new FromClient.Drain(1))).containsExactly("91 refused: there is no worker 1 in the cluster; superstep"
            + " status lists those that there are");
    }

    @Test
    void aWorkerThatIsDrainedHandsOverAndIsLetGoOf() {
        var rig = ClusterRig.running(2, SAVED);
        assertThat(rig.asks(92, new FromClient.Drain(2))).containsExactly("92 draining 2", "regroup 1: worker 2 (host:7002) is drained");
        assertThat(rig.asks(92, new FromClient.Drain(2))).as("asked twice").containsExactly("92 draining 2");
        assertThat(rig.status()).singleElement().asString().contains("2 working on job 1, draining");
        rig.on(new ClusterEvent.Regroup(1, 1, "worker 2 is drained"));
        assertThat(rig.released(2, 1)).containsExactly("2 dismissed", "2 closed: it was drained");
        assertThat(rig.released(1, 1)).containsExactly("1 prepare 2 worker 0 threads 2 of [1]");
    }

    @Test
    void aWorkerWhoseJobIsNotSavedIsDrainedAtItsEnd() {
        var rig = ClusterRig.running(2, TWICE);
        assertThat(rig.asks(92, new FromClient.Drain(2))).containsExactly("92 draining 2");
        assertThat(rig.tick(60)).isEmpty();
        rig.on(new ClusterEvent.JobOver(1, ClusterRig.done(1)));
        assertThat(rig.released(2, 1)).containsExactly("2 dismissed", "2 closed: it was drained");
    }

    @Test
    void theLastWorkerIsDrainedAtTheEndOfItsJobOrWhenAnotherCanGoOn() {
        var rig = ClusterRig.running(1, SAVED);
        assertThat(rig.asks(92, new FromClient.Drain(1))).containsExactly("92 draining 1");
        assertThat(rig.tick(60)).isEmpty();
        assertThat(rig.join(2, 2, true)).containsExactly("2 welcome 2 epoch 7", "regroup 1: worker 1 (host:7001) is drained");
    }

    // Suspending.

    @Test
    void aJobThatIsSavedIsSuspended() {
        var rig = ClusterRig.running(2, SAVED);
        assertThat(rig.asks(92, new FromClient.Suspend(1))).containsExactly("92 suspending 1", "suspend 1");
        assertThat(rig.asks(92, new FromClient.Suspend(1))).as("asked twice").containsExactly("92 suspending 1");
        var fault = new Fault(Fault.Kind.SUSPENDED, "go on with superstep resume /saved");
        assertThat(rig.on(new ClusterEvent.JobOver(1, new ToClient.Failed(1, fault)))).containsExactly("remember 1 SUSPENDED",
            "91 failed 1: go on with superstep resume /saved", "1 release 1", "2 release 1");
        assertThat(rig.asks(92, new FromClient.Suspend(1)))
            .containsExactly("92 refused: job 1 is over already: it was suspended");
    }

    @Test
    void aJobThatIsNotAtASuperstepIsSuspendedWhenItRunsAgain() {
        var rig = ClusterRig.running(2, SAVED);
        rig.closed(1);
        assertThat(rig.asks(92, new FromClient.Suspend(1))).containsExactly("92 suspending 1");
        rig.released(2, 1);
        rig.tick(1);
        assertThat(rig.says(2, new FromMember.Prepared(2))).containsExactly("begin 1 attempt 2 its 2 on [2x2]", "suspend 1");
    }

    @Test
    void whatCannotBeSuspendedIsRefusedWithWhatCanBeDone() {
        var rig = ClusterRig.running(2, TWICE);
        rig.submit(92, "t2", ClusterRig.spec("two", 1, SAVED));
        assertThat(rig.asks(92, new FromClient.Suspend(1))).containsExactly("92 refused: job 1 is not saved; submit it with"
            + " --checkpoint-dir, so that it can go on later, or end it with superstep cancel 1");
        assertThat(rig.asks(92, new FromClient.Suspend(2))).containsExactly("92 refused: job 2 has not begun, so that there is nothing"
            + " to save; end it with superstep cancel 2");
        assertThat(rig.asks(92, new FromClient.Suspend(3))).containsExactly("92 refused: there has been no job 3; the last one is 2");
    }

    // Cancelling, and the end of the master.

    @Test
    void aJobThatRegroupsIsBrokenOffWhenItIsCancelled() {
        var rig = ClusterRig.running(2, TWICE);
        rig.closed(1);
        assertThat(rig.asks(92, new FromClient.Cancel(1))).containsExactly("92 cancelling 1", "break off 1: job 1 was cancelled");
        assertThat(rig.released(2, 1)).isEmpty();
        assertThat(rig.tick(5)).as("no other attempt").isEmpty();
        assertThat(rig.on(new ClusterEvent.JobOver(1, ClusterRig.failed(1, "cancelled"))))
            .containsExactly("remember 1 CANCELLED", "91 failed 1: cancelled", "let go 1");
    }

    @Test
    void aJobThatIsPreparedAgainIsBrokenOffBecauseItHasARun() {
        var rig = ClusterRig.running(2, TWICE);
        rig.closed(1);
        rig.released(2, 1);
        rig.tick(1);
        assertThat(rig.asks(92, new FromClient.Cancel(1))).containsExactly("92 cancelling 1", "break off 1: job 1 was cancelled");
        assertThat(rig.says(2, new FromMember.Prepared(2))).as("it does not run").isEmpty();
        assertThat(rig.on(new ClusterEvent.JobOver(1, ClusterRig.failed(1, "cancelled")))).contains("2 release 2");
        assertThat(rig.released(2, 2)).containsExactly("let go 1");
    }

    @Test
    void aJobThatHasNeverRunIsOverAtOnceWhereItIsCancelledBetweenTwoAttempts() {
        var rig = new ClusterRig().members(2).clients(1);
        rig.submit(91, "t1", ClusterRig.spec("one", 2, TWICE));
        rig.closed(1);
        assertThat(rig.asks(91, new FromClient.Cancel(1)))
            .containsExactly("91 cancelling 1", "remember 1 CANCELLED", "91 failed 1: job 1 was cancelled");
        assertThat(rig.released(2, 1)).containsExactly("let go 1");
    }

    // Those who watch.

    @Test
    void whoWatchesFromLateOnHearsTheLastNoticeAndNothingOfAnOldReading() {
        var rig = ClusterRig.running(2, TWICE);
        rig.on(new ClusterEvent.JobTold(1, new ToClient.Opened(1, "edges", 100)));
        rig.on(new ClusterEvent.JobTold(1, new ToClient.SuperstepEnded(1, 3, "main", Delivery.PULL, 1, 5, 6, 1, Map.of())));
        rig.closed(1);
        assertThat(rig.on(new ClusterEvent.JobTold(1, new ToClient.Notice(1, "back to superstep 2"))))
            .containsExactly("91 notice 1: back to superstep 2");
        rig.released(2, 1);
        rig.tick(1);
        rig.says(2, new FromMember.Prepared(2));
        assertThat(rig.asks(92, new FromClient.Attach(1)))
            .containsExactly("92 accepted 1", "92 superstep 3", "92 notice 1: back to superstep 2");
        assertThat(rig.status()).singleElement().asString().contains("superstep 3: 1 active, 6 messages; attempt 2");
    }

    // A master that is started again.

    private static ClusterEvent.RecalledJob kept(long job, JobSpec spec, int attempts, int workers) {
        return new ClusterEvent.RecalledJob(job, "t" + job, spec, 500_000, attempts, workers);
    }

    private static ClusterEvent.Recalled recalled(ClusterEvent.RecalledJob... jobs) {
        var over = new PastJob("t3", new ToClient.Job(3, "three", ToClient.JobState.DONE, "", 400_000, 5), ClusterRig.done(3));
        return new ClusterEvent.Recalled(List.of(jobs), List.of(over), Set.of(), 8, 17);
    }

    @Test
    void aRecalledJobThatHadBegunGoesOnFirst() {
        var rig = new ClusterRig().clients(1);
        var five = kept(5, ClusterRig.spec("five", 1, SAVED), 0, 0);
        assertThat(rig.on(recalled(five, kept(6, ClusterRig.spec("six", 2, SAVED), 2, 2)))).isEmpty();
        rig.nanos += 2 * ClusterRig.SECOND;
        rig.members(1);
        assertThat(rig.tick(2)).as("the other may come").isEmpty();
        assertThat(rig.join(2, 2, true)).containsExactly("2 welcome 2 epoch 7", "1 prepare 18 worker 0 threads 2 of [1, 2]",
            "2 prepare 18 worker 1 threads 2 of [1, 2]");
        assertThat(rig.prepared(18, 2)).containsExactly("begin 6 attempt 18 its 3 on [1x2, 2x2]");
        rig.on(new ClusterEvent.JobOver(6, ClusterRig.done(6)));
        rig.released(1, 18);
        assertThat(rig.released(2, 18)).containsExactly("let go 6", "1 prepare 19 worker 0 threads 2 of [1]");
        assertThat(rig.kept).containsExactly("attempt 18 is job 6's 3 of 2", "attempt 19 is job 5's 1 of 1");
    }

    @Test
    void aRecalledJobGoesOnWithFewerWhereTheOthersDoNotCome() {
        var rig = new ClusterRig();
        rig.on(recalled(kept(6, ClusterRig.spec("six", 2, SAVED), 2, 2)));
        rig.members(1);
        assertThat(rig.tick(11)).isEmpty();
        assertThat(rig.tick(1)).containsExactly("1 prepare 18 worker 0 threads 2 of [1]");
    }

    @Test
    void clientsFindRecalledJobsByNumberAndByToken() {
        var rig = new ClusterRig().clients(3);
        rig.on(recalled(kept(6, ClusterRig.spec("six", 2, SAVED), 2, 2)));
        assertThat(rig.asks(91, new FromClient.Attach(6)))
            .containsExactly("91 accepted 6", "91 waits 6: waiting for workers: 0 of 1 are there");
        assertThat(rig.submit(92, "t6", ClusterRig.spec("six", 2, SAVED))).first().isEqualTo("92 accepted 6");
        assertThat(rig.submit(93, "t3", ClusterRig.spec("three", 2, SAVED))).containsExactly("93 accepted 3", "93 done 3");
        assertThat(rig.submit(93, "t9", ClusterRig.spec("nine", 2, SAVED))).first().isEqualTo("93 accepted 9");
        assertThat(rig.asks(91, new FromClient.AskJobs())).containsExactly("91 [3 DONE 400000, 6 PREPARING 500000, 9 QUEUED 1000000]");
    }

    @Test
    void aRecalledJobThatMayNotBeginAnewHasFailed() {
        var rig = new ClusterRig().clients(1);
        assertThat(rig.on(recalled(kept(6, ClusterRig.spec("six", 2), 1, 2), kept(7, ClusterRig.spec("seven", 1), 0, 0))))
            .containsExactly("remember 6 FAILED", "let go 6");
        assertThat(rig.asks(91, new FromClient.Attach(6))).containsExactly("91 accepted 6",
            "91 failed 6: the master was started again while the job ran; it can be submitted again");
        assertThat(rig.join(1, 2, true)).as("one that had not begun").contains("1 prepare 18 worker 0 threads 2 of [1]");
    }

    @Test
    void aRecalledJobWhoseJarIsGoneHasFailedAndOneWhoseJarIsThereHasNot() {
        var job = kept(6, ClusterRig.jarSpec("six", 1), 0, 0);
        var rig = new ClusterRig().clients(1);
        assertThat(rig.on(recalled(job))).containsExactly("remember 6 FAILED");
        assertThat(rig.asks(91, new FromClient.Attach(6))).last().asString().contains("user.jar is not there any more");
        rig = new ClusterRig();
        assertThat(rig.on(new ClusterEvent.Recalled(List.of(job), List.of(), Set.of(ClusterRig.JAR, "b".repeat(64)), 6, 0)))
            .containsExactly("forget jar b");
        rig.join(1, 2, true);
        assertThat(rig.says(1, new FromMember.WantsJar(1, ClusterRig.JAR))).containsExactly("1 gets jar a");
    }

    @Test
    void aJarStaysThatARecalledJobNeedsThoughAnotherIsOver() {
        var rig = new ClusterRig();
        var jars = Set.of(ClusterRig.JAR);
        var jobs = List.of(kept(6, ClusterRig.spec("six", 1), 1, 1), kept(7, ClusterRig.jarSpec("seven", 1), 0, 0));
        assertThat(rig.on(new ClusterEvent.Recalled(jobs, List.of(), jars, 7, 3))).containsExactly("remember 6 FAILED", "let go 6");
        rig.join(1, 2, true);
        assertThat(rig.says(1, new FromMember.WantsJar(4, ClusterRig.JAR))).containsExactly("1 gets jar a");
    }
}
