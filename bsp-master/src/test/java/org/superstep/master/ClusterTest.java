package org.superstep.master;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.superstep.net.Delivery;
import org.superstep.net.Fault;
import org.superstep.net.FromClient;
import org.superstep.net.FromMember;
import org.superstep.net.JobSpec;
import org.superstep.net.ToClient;

/** The rows of {@link Cluster}'s tables, one after the other. */
class ClusterTest {
    private final ClusterRig rig = new ClusterRig();

    // Members.

    @Test
    void whoJoinsIsNumberedFromOne() {
        assertThat(rig.join(11, 2, true)).containsExactly("11 welcome 1 epoch 7");
        assertThat(rig.join(5, 2, true)).containsExactly("5 welcome 2 epoch 7");
        assertThat(rig.logged).containsExactly("worker 1 (host:7011) has joined: 2 threads, 1073 MB",
            "worker 2 (host:7005) has joined: 2 threads, 1073 MB");
    }

    @Test
    void aJoinFromWhereAMemberIsEndsThatMember() {
        rig.join(1, 2, true);
        rig.on(new ClusterEvent.MemberConnected(2, true));
        assertThat(rig.says(2, new FromMember.Join("host", 7001, 2, 1 << 30, 102)))
            .containsExactly("1 closed: it has joined anew", "2 welcome 2 epoch 7");
    }

    @Test
    void aSecondJoinOfAMemberIsIgnored() {
        rig.join(1, 2, true);
        assertThat(rig.says(1, new FromMember.Join("host", 7001, 2, 1 << 30, 101))).isEmpty();
    }

    @Test
    void whoTellsNonsenseOfItselfIsRefused() {
        rig.on(new ClusterEvent.MemberConnected(1, true));
        assertThat(rig.says(1, new FromMember.Join("host", 0, 2, 1 << 30, 101))).hasSize(2).first().asString()
            .startsWith("1 refused: a worker needs an address");
    }

    @Test
    void whoSpeaksBeforeItHasJoinedIsClosed() {
        rig.on(new ClusterEvent.MemberConnected(1, true));
        assertThat(rig.says(1, new FromMember.Prepared(1))).containsExactly("1 closed: a worker has to join first");
        assertThat(rig.says(1, new FromMember.Prepared(1))).isEmpty();
    }

    @Test
    void whoDoesNotJoinIsClosed() {
        rig.on(new ClusterEvent.MemberConnected(1, true));
        assertThat(rig.tick(9)).isEmpty();
        assertThat(rig.tick(1)).containsExactly("1 closed: it has not joined within 10 s");
    }

    @Test
    void anIdleMemberThatIsLostIsForgotten() {
        rig.members(2).clients(1);
        assertThat(rig.on(new ClusterEvent.Closed(1, "gone"))).isEmpty();
        assertThat(rig.asks(91, new FromClient.AskStatus())).containsExactly("91 members [2 idle], running none, queued []");
    }

    @Test
    void anIdleMemberThatLeavesGetsNoJob() {
        rig.members(1).clients(1);
        assertThat(rig.says(1, new FromMember.Leaving("told to"))).isEmpty();
        assertThat(rig.submit(91, "t", ClusterRig.spec("one", 1)))
            .containsExactly("91 accepted 1", "91 waits 1: waiting for workers: 0 of 1 are there");
        assertThat(rig.asks(91, new FromClient.AskStatus())).containsExactly("91 members [1 leaving], running none, queued [1]");
    }

    @Test
    void onlyWhoOwesAnAnswerIsSilent() {
        rig.members(2).clients(1);
        rig.tick(3600);
        rig.submit(91, "t", ClusterRig.spec("one", 2));
        rig.says(1, new FromMember.Prepared(1));
        rig.tick(5);
        assertThat(rig.asks(91, new FromClient.AskStatus())).containsExactly(
            "91 members [1 working on job 1, 2 preparing job 1 5 s], running 1 1 of 2 workers are ready, queued []");
    }

    // A job's way from its submission to its end.

    @Test
    void aJobGoesThroughAllItsStates() {
        rig.members(2).clients(1);
        assertThat(rig.submit(91, "t", ClusterRig.spec("one", 2))).containsExactly("91 accepted 1",
            "1 prepare 1 worker 0 threads 2 of [1, 2]", "2 prepare 1 worker 1 threads 2 of [1, 2]");
        assertThat(rig.says(2, new FromMember.Prepared(1))).isEmpty();
        assertThat(rig.asks(91, new FromClient.AskStatus()))
            .containsExactly("91 members [1 preparing job 1, 2 working on job 1], running 1 1 of 2 workers are ready, queued []");
        assertThat(rig.says(1, new FromMember.Prepared(1))).containsExactly("begin 1 on [1x2, 2x2]");
        assertThat(rig.on(new ClusterEvent.JobTold(1, new ToClient.Loaded(1, 5, 6)))).containsExactly("91 loaded");
        assertThat(rig.on(new ClusterEvent.JobOver(1, ClusterRig.done(1))))
            .containsExactly("remember 1 DONE", "91 done 1", "1 release 1", "2 release 1");
        assertThat(rig.says(1, new FromMember.Released(1))).isEmpty();
        assertThat(rig.says(2, new FromMember.Released(1))).containsExactly("let go 1");
        assertThat(rig.asks(91, new FromClient.AskStatus())).containsExactly("91 members [1 idle, 2 idle], running none, queued []");
    }

    @Test
    void aJobTakesTheWorkersWithMostThreads() {
        rig.join(1, 2, true);
        rig.join(2, 8, true);
        rig.join(3, 4, true);
        rig.join(4, 4, true);
        rig.clients(1);
        var spec = new JobSpec("one", List.of(), List.of(), List.of(), 2, 3);
        assertThat(rig.submit(91, "t", spec)).containsExactly("91 accepted 1", "2 prepare 1 worker 0 threads 1 of [2, 3]",
            "3 prepare 1 worker 1 threads 1 of [2, 3]");
    }

    @Test
    void aJobForAllWorkersTakesAllThatAreThere() {
        rig.members(3).clients(1);
        assertThat(rig.submit(91, "t", ClusterRig.spec("one", 0))).hasSize(4).contains("3 prepare 1 worker 2 threads 2 of [1, 2, 3]");
    }

    @Test
    void aJobWaitsForWorkersAndTellsOnlyNewReasons() {
        rig.members(1).clients(1);
        assertThat(rig.submit(91, "t", ClusterRig.spec("one", 3)))
            .containsExactly("91 accepted 1", "91 waits 1: waiting for workers: 1 of 3 is there");
        assertThat(rig.tick(1)).isEmpty();
        assertThat(rig.join(2, 1, true)).containsExactly("2 welcome 2 epoch 7", "91 waits 1: waiting for workers: 2 of 3 are there");
        assertThat(rig.join(3, 1, true)).hasSize(4).contains("3 prepare 1 worker 2 threads 1 of [1, 2, 3]");
    }

    @Test
    void jobsTakeTheirTurnsAndTheNextBeginsWhenAllHaveLetGo() {
        var rig = ClusterRig.running();
        assertThat(rig.submit(92, "t2", ClusterRig.spec("two", 1)))
            .containsExactly("92 accepted 2", "92 waits 2: waiting for job 1 to end");
        assertThat(rig.submit(92, "t3", ClusterRig.spec("three", 1)))
            .containsExactly("92 accepted 3", "92 waits 3: waiting for 2 jobs to end");
        rig.on(new ClusterEvent.JobOver(1, ClusterRig.done(1)));
        assertThat(rig.says(1, new FromMember.Released(1))).isEmpty();
        assertThat(rig.says(2, new FromMember.Released(1))).containsExactly("let go 1", "1 prepare 2 worker 0 threads 2 of [1]",
            "92 waits 3: waiting for job 2 to end");
    }

    @Test
    void aDetachedSubmitterHearsNoMoreThanThatItWasAccepted() {
        rig.clients(1);
        assertThat(rig.asks(91, new FromClient.Submit("t", ClusterRig.spec("one", 1), true))).containsExactly("91 accepted 1");
    }

    @Test
    void theSameTokenIsTheSameJob() {
        rig.clients(2);
        rig.submit(91, "t", ClusterRig.spec("one", 1));
        rig.on(new ClusterEvent.Closed(91, "gone"));
        assertThat(rig.submit(92, "t", ClusterRig.spec("one", 1)))
            .containsExactly("92 accepted 1", "92 waits 1: waiting for workers: 0 of 1 are there");
        assertThat(rig.asks(92, new FromClient.Submit("t", ClusterRig.spec("one", 1), true))).containsExactly("92 accepted 1");
    }

    @Test
    void theTokenOfAJobThatIsOverTellsItsEnd() {
        var rig = ClusterRig.running();
        rig.on(new ClusterEvent.JobOver(1, ClusterRig.done(1)));
        assertThat(rig.submit(92, "t1", ClusterRig.spec("one", 2))).containsExactly("92 accepted 1", "92 done 1");
    }

    @Test
    void twoJobsDoNotWriteTheSame() {
        var rig = ClusterRig.running();
        var same = new JobSpec("two", List.of(), List.of(), List.of("/other", "/out/one/"), 1, 0);
        assertThat(rig.submit(92, "t2", same))
            .containsExactly("92 refused: /out/one is written by job 1 (one) already; wait for its end, or choose another output");
        rig.on(new ClusterEvent.JobOver(1, ClusterRig.done(1)));
        assertThat(rig.submit(92, "t2", same)).first().isEqualTo("92 accepted 2");
    }

    @Test
    void theQueueIsBounded() {
        rig.clients(1);
        for (int i = 0; i < Submissions.MOST_QUEUED; i++) {
            rig.asks(91, new FromClient.Submit("t" + i, ClusterRig.spec("p" + i, 1), true));
        }
        assertThat(rig.submit(91, "t", ClusterRig.spec("p", 1)))
            .containsExactly("91 refused: 1000 jobs wait already, the most there may be; submit it later");
    }

    @Test
    void numbersBelowZeroAreRefused() {
        rig.clients(1);
        assertThat(rig.submit(91, "t", ClusterRig.spec("one", -1)))
            .containsExactly("91 refused: workers and threads must be at least 0, were -1 and 0");
    }

    // Jars.

    @Test
    void aJobWaitsForItsJarsAndAMemberGetsThem() {
        rig.members(1).clients(1);
        assertThat(rig.submit(91, "t", ClusterRig.jarSpec("one", 1))).containsExactly("91 wants jar a", "91 waits 1: waiting for jars");
        assertThat(rig.on(new ClusterEvent.JarStored(ClusterRig.JAR)))
            .containsExactly("91 accepted 1", "1 prepare 1 worker 0 threads 2 of [1]");
        rig.tick(50);
        assertThat(rig.says(1, new FromMember.WantsJar(1, ClusterRig.JAR))).containsExactly("1 gets jar a");
        assertThat(rig.tick(50)).as("the minute begins anew").isEmpty();
        assertThat(rig.says(1, new FromMember.WantsJar(1, "b".repeat(64)))).isEmpty();
        rig.says(1, new FromMember.Prepared(1));
        assertThat(rig.on(new ClusterEvent.JobOver(1, ClusterRig.done(1)))).doesNotContain("forget jar a");
        assertThat(rig.says(1, new FromMember.Released(1))).containsExactly("let go 1", "forget jar a");
    }

    @Test
    void aJarIsAskedForOnceAndThenOfTheNextWhoHasIt() {
        rig.clients(2);
        rig.submit(91, "t1", ClusterRig.jarSpec("one", 1));
        assertThat(rig.submit(92, "t2", ClusterRig.jarSpec("two", 1))).containsExactly("92 waits 2: waiting for jars");
        assertThat(rig.on(new ClusterEvent.Closed(91, "gone"))).containsExactly("92 wants jar a");
        assertThat(rig.on(new ClusterEvent.JarStored(ClusterRig.JAR)))
            .containsExactly("92 accepted 2", "92 waits 2: waiting for workers: 0 of 1 are there");
    }

    @Test
    void aSpoiltJarRefusesItsJob() {
        rig.clients(1);
        rig.submit(91, "t1", ClusterRig.jarSpec("one", 1));
        assertThat(rig.on(new ClusterEvent.JarSpoilt(91, ClusterRig.JAR, "user.jar is not what it was")))
            .containsExactly("91 refused: user.jar is not what it was");
        assertThat(rig.submit(91, "t1", ClusterRig.jarSpec("one", 1))).first().isEqualTo("91 wants jar a");
    }

    @Test
    void aSubmissionThatComesAgainOverANewConnectionIsAskedForTheJarsAgain() {
        rig.clients(2);
        rig.submit(91, "t1", ClusterRig.jarSpec("one", 1));
        assertThat(rig.submit(92, "t1", ClusterRig.jarSpec("one", 1))).containsExactly("92 wants jar a");
        assertThat(rig.on(new ClusterEvent.Closed(91, "gone"))).isEmpty();
        assertThat(rig.on(new ClusterEvent.JarStored(ClusterRig.JAR))).first().isEqualTo("92 accepted 1");
    }

    @Test
    void aJarThatNobodyNeedsAnyMoreIsForgotten() {
        rig.clients(1);
        rig.submit(91, "t1", ClusterRig.jarSpec("one", 1));
        rig.on(new ClusterEvent.Closed(91, "gone"));
        assertThat(rig.on(new ClusterEvent.JarStored(ClusterRig.JAR))).containsExactly("forget jar a");
    }

    @Test
    void aJarTravelsOnlyToSafeMembers() {
        rig.join(1, 8, false);
        rig.clients(1);
        assertThat(rig.submit(91, "t", ClusterRig.jarSpec("one", 1))).containsExactly("91 refused: a jar (user.jar) travels to other"
            + " machines only over TLS, and worker 1 (host:7001) is connected without;"
            + " start master and workers with --tls-cert, --tls-key and --tls-ca");
        rig.join(2, 1, true);
        rig.submit(91, "t", ClusterRig.jarSpec("one", 1));
        assertThat(rig.on(new ClusterEvent.JarStored(ClusterRig.JAR)))
            .containsExactly("91 accepted 1", "2 prepare 1 worker 0 threads 1 of [2]");
    }

    @Test
    void aJobWithAJarFailsWhereItsTurnComesAndOnlyUnsafeMembersAreThere() {
        rig.clients(1);
        rig.submit(91, "t", ClusterRig.jarSpec("one", 1));
        rig.on(new ClusterEvent.JarStored(ClusterRig.JAR));
        assertThat(rig.join(1, 8, false)).hasSize(4).contains("remember 1 FAILED", "forget jar a").element(2).asString()
            .startsWith("91 failed 1: a jar (user.jar) travels");
    }

    // What goes wrong.

    @Test
    void aWorkerThatCannotPrepareFailsTheJobWithItsName() {
        rig.members(2).clients(1);
        rig.submit(91, "t", ClusterRig.spec("one", 2));
        assertThat(rig.fails(2, 1, "no such file")).containsExactly("remember 1 FAILED",
            "91 failed 1: on worker 2 (host:7002): no such file", "1 release 1", "2 release 1");
        assertThat(rig.says(1, new FromMember.Prepared(1))).as("too late").isEmpty();
    }

    @Test
    void aFailureThatOvertakesTheBeginningOfTheRunBreaksItOff() {
        var rig = ClusterRig.running();
        assertThat(rig.fails(2, 1, "no memory")).containsExactly("break off 1: on worker 2 (host:7002): no memory");
        assertThat(rig.fails(2, 1, "no memory")).as("said twice").isEmpty();
    }

    @Test
    void aWorkerThatIsLostWhilePreparingFailsTheJob() {
        rig.members(2).clients(1);
        rig.submit(91, "t", ClusterRig.spec("one", 2));
        assertThat(rig.on(new ClusterEvent.Closed(1, "connection reset"))).containsExactly("remember 1 FAILED",
            "91 failed 1: worker 1 (host:7001) was lost: connection reset; the job can be submitted again", "2 release 1");
        assertThat(rig.says(2, new FromMember.Released(1))).containsExactly("let go 1");
    }

    @Test
    void aWorkerThatIsLostBreaksTheRunOff() {
        var rig = ClusterRig.running();
        assertThat(rig.on(new ClusterEvent.Closed(1, "connection reset")))
            .containsExactly("break off 1: worker 1 (host:7001) was lost: connection reset; the job can be submitted again");
        assertThat(rig.on(new ClusterEvent.Closed(2, "connection reset"))).isEmpty();
        assertThat(rig.on(new ClusterEvent.JobTold(1, new ToClient.Loaded(1, 5, 6)))).containsExactly("91 loaded");
        assertThat(rig.on(new ClusterEvent.JobOver(1, ClusterRig.failed(1, "broken off"))))
            .containsExactly("remember 1 FAILED", "91 failed 1: broken off", "let go 1");
    }

    @Test
    void aWorkerThatLeavesBreaksTheRunOffAndIsReleasedLikeTheOthers() {
        var rig = ClusterRig.running();
        assertThat(rig.says(2, new FromMember.Leaving("told to")))
            .containsExactly("break off 1: worker 2 (host:7002) was lost: told to; the job can be submitted again");
        assertThat(rig.on(new ClusterEvent.JobOver(1, ClusterRig.failed(1, "broken off")))).contains("1 release 1", "2 release 1");
    }

    @Test
    void aMemberThatDoesNotPrepareInTimeIsClosedAndTheJobFails() {
        rig.members(2).clients(1);
        rig.submit(91, "t", ClusterRig.spec("one", 2));
        rig.says(2, new FromMember.Prepared(1));
        assertThat(rig.tick(59)).isEmpty();
        assertThat(rig.tick(1)).containsExactly("1 closed: it has not prepared the job within 60 s", "remember 1 FAILED",
            "91 failed 1: worker 1 (host:7001) was lost: it has not prepared the job within 60 s; the job can be submitted again",
            "2 release 1");
    }

    @Test
    void aMemberThatDoesNotLetGoInTimeIsClosed() {
        var rig = ClusterRig.running();
        rig.on(new ClusterEvent.JobOver(1, ClusterRig.done(1)));
        rig.says(1, new FromMember.Released(1));
        assertThat(rig.tick(29)).isEmpty();
        assertThat(rig.tick(1)).containsExactly("2 closed: it has not let go of the job within 30 s", "let go 1");
    }

    @Test
    void aMemberThatIsLostWhileItLetsGoHoldsNobodyUp() {
        var rig = ClusterRig.running();
        rig.on(new ClusterEvent.JobOver(1, ClusterRig.done(1)));
        rig.says(1, new FromMember.Released(1));
        assertThat(rig.on(new ClusterEvent.Closed(2, "gone"))).containsExactly("let go 1");
    }

    @Test
    void whatIsSaidTwiceOrTooLateOrByStrangersIsIgnored() {
        var rig = ClusterRig.running();
        assertThat(rig.says(1, new FromMember.Prepared(1))).isEmpty();
        assertThat(rig.says(1, new FromMember.Prepared(9))).isEmpty();
        assertThat(rig.says(1, new FromMember.Released(1))).isEmpty();
        assertThat(rig.says(77, new FromMember.Released(1))).isEmpty();
        assertThat(rig.fails(1, 9, "of another job")).isEmpty();
        assertThat(rig.asks(77, new FromClient.AskStatus())).isEmpty();
        assertThat(rig.on(new ClusterEvent.JobTold(9, new ToClient.Loaded(9, 1, 1)))).isEmpty();
        assertThat(rig.on(new ClusterEvent.JobOver(9, ClusterRig.done(9)))).isEmpty();
        assertThat(rig.on(new ClusterEvent.Closed(77, "gone"))).isEmpty();
        assertThat(rig.on(new ClusterEvent.JarSpoilt(77, ClusterRig.JAR, "spoilt"))).isEmpty();
        rig.on(new ClusterEvent.JobOver(1, ClusterRig.done(1)));
        assertThat(rig.on(new ClusterEvent.JobOver(1, ClusterRig.done(1)))).isEmpty();
        assertThat(rig.on(new ClusterEvent.JobTold(1, new ToClient.Loaded(1, 1, 1)))).isEmpty();
        rig.says(1, new FromMember.Released(1));
        assertThat(rig.says(1, new FromMember.Released(1))).isEmpty();
    }

    // Those who watch.

    @Test
    void whoWatchesFromLateOnHearsWhereTheJobStands() {
        var rig = ClusterRig.running();
        rig.on(new ClusterEvent.JobTold(1, new ToClient.Opened(1, "edges", 100)));
        rig.on(new ClusterEvent.JobTold(1, new ToClient.Read(1, 60, 6)));
        rig.on(new ClusterEvent.JobTold(1, new ToClient.Read(1, 40, 4)));
        rig.on(new ClusterEvent.JobTold(1, new ToClient.Loaded(1, 5, 10)));
        for (int superstep = 0; superstep < 3; superstep++) {
            rig.on(new ClusterEvent.JobTold(1, new ToClient.SuperstepEnded(1, superstep, "main", Delivery.PULL, 1_234, 5, 56_789, 1,
                Map.of())));
        }
        assertThat(rig.asks(92, new FromClient.Attach(1)))
            .containsExactly("92 accepted 1", "92 opened", "92 read 100 10", "92 loaded", "92 superstep 2");
        assertThat(rig.asks(92, new FromClient.AskStatus())).singleElement().asString()
            .contains("running 1 superstep 2: 1,234 active, 56,789 messages,");
        assertThat(rig.on(new ClusterEvent.JobTold(1, new ToClient.Writing(1)))).containsExactly("91 writing", "92 writing");
        rig.on(new ClusterEvent.Closed(91, "gone"));
        assertThat(rig.on(new ClusterEvent.JobOver(1, ClusterRig.done(1)))).contains("92 done 1").doesNotContain("91 done 1");
        assertThat(rig.logged).last().asString().startsWith("job 1 (").endsWith(") has ended well: 3 supersteps");
    }

    @Test
    void whoAttachesToAJobThatNobodyKnowsIsRefused() {
        rig.clients(1);
        assertThat(rig.asks(91, new FromClient.Attach(3))).containsExactly("91 refused: there has been no job 3, nor any other");
        rig.submit(91, "t", ClusterRig.spec("one", 1));
        assertThat(rig.asks(91, new FromClient.Attach(3))).containsExactly("91 refused: there has been no job 3; the last one is 1");
    }

    @Test
    void theLastThousandJobsAreRememberedWithTheirEnds() {
        rig.clients(1);
        for (int i = 1; i <= PastJobs.MOST + 1; i++) {
            rig.submit(91, "t" + i, ClusterRig.spec("one", 1));
            rig.asks(91, new FromClient.Cancel(i));
        }
        assertThat(rig.asks(91, new FromClient.Attach(1))).containsExactly("91 refused: job 1 is not remembered any more");
        assertThat(rig.asks(91, new FromClient.Attach(2))).containsExactly("91 accepted 2", "91 failed 2: job 2 was cancelled");
        assertThat(rig.submit(91, "t1", ClusterRig.spec("one", 1))).as("its token is forgotten too").first()
            .isEqualTo("91 accepted " + (PastJobs.MOST + 2));
    }

    @Test
    void longReportsAreForgottenSooner() {
        var past = new PastJobs();
        var job = new ToClient.Job(1, "one", ToClient.JobState.DONE, "", 0, 0);
        var end = new ToClient.Done(1, "", "", new byte[(int) (PastJobs.MOST_BYTES / 2)], "");
        assertThat(past.add(new PastJob("t1", job, end))).isEmpty();
        assertThat(past.add(new PastJob("t2", job, end))).isEmpty();
        assertThat(past.add(new PastJob("t3", job, end))).extracting(PastJob::token).containsExactly("t1");
    }

    @Test
    void allJobsAreToldInTheOrderOfTheirNumbers() {
        var rig = ClusterRig.running();
        rig.nanos += 5 * ClusterRig.SECOND;
        rig.submit(92, "t2", ClusterRig.spec("two", 2));
        rig.submit(92, "t3", ClusterRig.spec("three", 2));
        rig.asks(92, new FromClient.Cancel(2));
        assertThat(rig.asks(92, new FromClient.AskJobs()))
            .containsExactly("92 [1 RUNNING 1000000, 2 CANCELLED 1005000, 3 QUEUED 1005000]");
    }

    // Cancelling.

    @Test
    void aQueuedJobIsCancelledAtOnce() {
        rig.clients(2);
        rig.submit(91, "t", ClusterRig.spec("one", 1));
        assertThat(rig.asks(92, new FromClient.Cancel(1)))
            .containsExactly("92 cancelling 1", "remember 1 CANCELLED", "91 failed 1: job 1 was cancelled");
        assertThat(rig.asks(92, new FromClient.Cancel(1))).containsExactly("92 refused: job 1 is over already: it was cancelled");
    }

    @Test
    void aJobWhoseJarsAreOnTheirWayIsForgottenWhenItIsCancelled() {
        rig.clients(2);
        rig.asks(91, new FromClient.Submit("t", ClusterRig.jarSpec("one", 1), true));
        assertThat(rig.asks(92, new FromClient.Cancel(1))).containsExactly("92 cancelling 1", "91 refused: job 1 was cancelled");
        assertThat(rig.on(new ClusterEvent.JarStored(ClusterRig.JAR))).containsExactly("forget jar a");
    }

    @Test
    void aJobThatIsPreparedIsCancelledAtOnceAndReleased() {
        rig.members(1).clients(1);
        rig.submit(91, "t", ClusterRig.spec("one", 1));
        assertThat(rig.asks(91, new FromClient.Cancel(1)))
            .containsExactly("91 cancelling 1", "remember 1 CANCELLED", "91 failed 1: job 1 was cancelled", "1 release 1");
        assertThat(rig.logged).last().isEqualTo("job 1 (one) was cancelled: no superstep");
    }

    @Test
    void aRunningJobIsBrokenOffOnce() {
        var rig = ClusterRig.running();
        assertThat(rig.asks(92, new FromClient.Cancel(1))).containsExactly("92 cancelling 1", "break off 1: job 1 was cancelled");
        assertThat(rig.asks(92, new FromClient.Cancel(1))).containsExactly("92 cancelling 1");
        assertThat(rig.on(new ClusterEvent.JobOver(1, new ToClient.Failed(1, new Fault(Fault.Kind.CANCELLED, "cancelled")))))
            .containsExactly("remember 1 CANCELLED", "91 failed 1: cancelled", "1 release 1", "2 release 1");
    }

    @Test
    void aJobThatEndsBeforeItCouldBeBrokenOffHasEndedWell() {
        var rig = ClusterRig.running();
        rig.asks(92, new FromClient.Cancel(1));
        assertThat(rig.on(new ClusterEvent.JobOver(1, ClusterRig.done(1)))).contains("remember 1 DONE", "91 done 1");
        assertThat(rig.asks(92, new FromClient.Cancel(1))).containsExactly("92 refused: job 1 is over already: it has ended well");
    }

    @Test
    void aJobThatNobodyKnowsIsNotCancelled() {
        rig.clients(1);
        assertThat(rig.asks(91, new FromClient.Cancel(3))).containsExactly("91 refused: there has been no job 3, nor any other");
    }

    // The end.

    @Test
    void aMasterWithoutAJobEndsAtOnce() {
        rig.members(1);
        assertThat(rig.on(new ClusterEvent.End("told to")))
            .containsExactly("1 farewell: told to", "1 closed: the master ends: told to", "exit");
        assertThat(rig.join(2, 1, true)).as("after its end").isEmpty();
    }

    @Test
    void aMasterThatEndsBreaksTheJobOffAndLetsItsWorkersLetGo() {
        var rig = ClusterRig.running();
        rig.submit(92, "t2", ClusterRig.spec("two", 2));
        rig.submit(92, "t3", ClusterRig.jarSpec("three", 2));
        assertThat(rig.on(new ClusterEvent.End("told to"))).containsExactly("remember 2 FAILED",
            "92 failed 2: the master ends: told to; the job can be submitted again",
            "92 refused: the master ends: told to; the job can be submitted again",
            "break off 1: the master ends: told to; the job can be submitted again");
        assertThat(rig.on(new ClusterEvent.End("told to twice"))).isEmpty();
        assertThat(rig.submit(92, "t4", ClusterRig.spec("four", 2))).containsExactly("92 refused: the master ends: told to");
        assertThat(rig.on(new ClusterEvent.MemberConnected(3, true)))
            .containsExactly("3 farewell: told to", "3 closed: the master ends: told to");
        assertThat(rig.on(new ClusterEvent.JobOver(1, ClusterRig.failed(1, "broken off")))).doesNotContain("exit");
        rig.says(1, new FromMember.Released(1));
        assertThat(rig.says(2, new FromMember.Released(1))).startsWith("let go 1").endsWith("exit").hasSize(6);
    }

    @Test
    void aMasterEndsInTimeThoughTheJobDoesNot() {
        var rig = ClusterRig.running();
        rig.on(new ClusterEvent.End("told to"));
        assertThat(rig.tick(9)).isEmpty();
        assertThat(rig.tick(1)).endsWith("exit").contains("remember 1 FAILED",
            "91 failed 1: the master ends: told to, and the job did not end in time");
    }
}
