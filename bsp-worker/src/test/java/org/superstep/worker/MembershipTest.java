package org.superstep.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.superstep.net.Fault;
import org.superstep.net.FromMember;
import org.superstep.net.JobSpec;
import org.superstep.net.ToMaster;
import org.superstep.net.ToMember;

/** The rows of {@link Membership}'s table, one after the other; what it wants done is told in short lines. */
class MembershipTest {
    private static final String JAR = "a".repeat(64);
    private static final long MILLISECOND = 1_000_000;
    private static final long SECOND = 1_000_000_000;

    private final Membership membership = new Membership(new FromMember.Join("host", 7001, 2, 1 << 30, 101),
        Membership.PATIENCE_NANOS, Membership.LOSS_PATIENCE_NANOS);
    private final List<String> logged = new ArrayList<>();
    private long nanos;

    private List<String> on(MembershipEvent event) {
        var lines = new ArrayList<String>();
        for (MembershipCommand command : membership.on(event, nanos)) {
            if (command instanceof MembershipCommand.Log log) {
                logged.add(log.line());
            } else {
                lines.add(shown(command));
            }
        }
        return lines;
    }

    private static String shown(MembershipCommand command) {
        if (command instanceof MembershipCommand.Tell tell) {
            return shown(tell.message());
        } else if (command instanceof MembershipCommand.ConnectPeer connect) {
            return "connect " + connect.attempt() + " worker " + connect.worker() + " at " + connect.peer().port();
        } else if (command instanceof MembershipCommand.ClosePeer close) {
            return "close " + close.connection() + ": " + close.reason();
        } else if (command instanceof MembershipCommand.Make make) {
            return "make " + make.attempt() + " worker " + make.worker() + " of " + make.workers() + ", threads " + make.threads();
        } else if (command instanceof MembershipCommand.Stop stop) {
            return (stop.keeps() ? "stop and keep " : "stop ") + stop.attempt();
        } else if (command instanceof MembershipCommand.TakeEpoch take) {
            return "epoch " + take.epoch();
        } else if (command instanceof MembershipCommand.Exit exit) {
            return (exit.isFailure() ? "fail: " : "exit: ") + exit.reason();
        } else if (command instanceof MembershipCommand.Connect) {
            return "connect";
        }
        throw new AssertionError(command);
    }

    private static String shown(FromMember message) {
        if (message instanceof FromMember.Join join) {
            return "join from " + join.host() + ":" + join.port();
        } else if (message instanceof FromMember.WantsJar wanted) {
            return "wants jar " + wanted.sha256().charAt(0) + " of " + wanted.attempt();
        } else if (message instanceof FromMember.Prepared prepared) {
            return "prepared " + prepared.attempt();
        } else if (message instanceof FromMember.Released released) {
            return "released " + released.attempt();
        } else if (message instanceof FromMember.Leaving leaving) {
            return "leaving: " + leaving.reason();
        } else if (message instanceof FromMember.LostPeer lost) {
            return "lost peer " + lost.worker() + " of " + lost.attempt() + ": " + lost.reason();
        } else if (message instanceof FromMember.Says says && says.message() instanceof ToMaster.Failed failed) {
            return "failed " + says.attempt() + ": " + failed.fault().message();
        }
        throw new AssertionError(message);
    }

    private List<String> tick(long moreNanos) {
        nanos += moreNanos;
        return on(new MembershipEvent.Tick());
    }

    private List<String> said(ToMember message) {
        return on(new MembershipEvent.MasterSaid(message));
    }

    private void join() {
        tick(SECOND);
        on(new MembershipEvent.Connected());
        said(new ToMember.Welcome(3, 7));
    }

    /** Worker {@code worker} of so many of this job; members have the numbers from 1. */
    private static ToMember.Prepare prepare(long job, int worker, int workers, JobSpec.Jar... jars) {
        return new ToMember.Prepare(job, job, 1, new JobSpec("one", List.of("one"), List.of(jars), List.of(), workers, 0), worker, 2,
            IntStream.range(0, workers).mapToObj(i -> new ToMember.Peer(i + 1, "host", 7001 + i)).toList());
    }

    /** Worker 1 of 3 works on job 1, connected with worker 0 over 10 and with worker 2 over 12. */
    private void work() {
        join();
        said(prepare(1, 1, 3));
        on(new MembershipEvent.Made(1));
        on(new MembershipEvent.PeerConnected(10, 1, 0));
        assertThat(on(new MembershipEvent.PeerConnected(12, 1, 2))).containsExactly("prepared 1");
    }

    // The master.

    @Test
    void itConnectsAtTheFirstTickAndJoins() {
        assertThat(tick(0)).containsExactly("connect");
        assertThat(tick(SECOND)).as("it is at it").isEmpty();
        assertThat(on(new MembershipEvent.Connected())).containsExactly("join from host:7001");
        assertThat(said(new ToMember.Welcome(3, 7))).containsExactly("epoch 7");
        assertThat(logged).containsExactly("this is worker 3 of the cluster");
    }

    @Test
    void itTriesAgainLaterAndLaterAndSaysSoNowAndThen() {
        var waits = new ArrayList<Long>();
        long before = 0;
        while (nanos < 50 * SECOND) {
            if (tick(100 * MILLISECOND).contains("connect")) {
                waits.add((nanos - before) / (100 * MILLISECOND));
                before = nanos;
                assertThat(on(new MembershipEvent.NotConnected("nobody there", false))).isEmpty();
            }
        }
        assertThat(waits).startsWith(1L, 5L, 10L, 20L, 20L, 20L).containsOnly(1L, 5L, 10L, 20L).hasSize(27);
        assertThat(logged).hasSize(5).containsOnly("nobody there; trying again");
    }

    @Test
    void itGivesUpAfterItsPatience() {
        List<String> last = List.of();
        while (last.isEmpty() && nanos < 100 * SECOND) {
            if (tick(100 * MILLISECOND).contains("connect")) {
                last = on(new MembershipEvent.NotConnected("nobody there", false));
            }
        }
        assertThat(last).containsExactly("fail: nobody there; no master was found in 61 s");
        assertThat(tick(SECOND)).isEmpty();
    }

    @Test
    void aMemberLooksForAMasterThatItHasLostOftenAtFirstAndThenSeldom() {
        join();
        assertThat(on(new MembershipEvent.Disconnected("reset"))).isEmpty();
        var waits = new ArrayList<Long>();
        long lost = nanos;
        long before = nanos;
        List<String> last = List.of();
        while (last.isEmpty() && nanos - lost < 1000 * SECOND) {
            if (tick(100 * MILLISECOND).contains("connect")) {
                waits.add((nanos - before) / (100 * MILLISECOND));
                before = nanos;
                last = on(new MembershipEvent.NotConnected("nobody there", false));
            }
        }
        assertThat(waits).startsWith(5L, 5L, 10L, 20L, 20L).endsWith(100L, 100L, 100L);
        assertThat(last).containsExactly("fail: nobody there; no master was found in 604 s");
        assertThat(nanos - lost).isBetween(600 * SECOND, 610 * SECOND);
    }

    @Test
    void whoHasAllThePatienceLooksForEver() {
        var patient = new Membership(new FromMember.Join("host", 7001, 2, 1 << 30, 101), 1, Long.MAX_VALUE);
        patient.on(new MembershipEvent.Tick(), 0);
        patient.on(new MembershipEvent.Connected(), 0);
        patient.on(new MembershipEvent.MasterSaid(new ToMember.Welcome(3, 7)), 0);
        patient.on(new MembershipEvent.Disconnected("reset"), 0);
        for (int i = 1; i <= 1000; i++) {
            assertThat(patient.on(new MembershipEvent.Tick(), i * 10 * SECOND)).as("try %d", i)
                .containsExactly(new MembershipCommand.Connect());
            assertThat(patient.on(new MembershipEvent.NotConnected("nobody there", false), i * 10 * SECOND))
                .allMatch(command -> command instanceof MembershipCommand.Log);
        }
    }

    @Test
    void aFinalRefusalEndsIt() {
        tick(0);
        assertThat(on(new MembershipEvent.NotConnected("another version", true))).containsExactly("fail: another version");
    }

    @Test
    void aRefusalByTheMasterEndsIt() {
        tick(0);
        on(new MembershipEvent.Connected());
        assertThat(said(new ToMember.Refused("too many"))).containsExactly("fail: too many");
    }

    @Test
    void aConnectionThatIsLostBeforeItsWelcomeIsTriedAgain() {
        tick(0);
        on(new MembershipEvent.Connected());
        assertThat(on(new MembershipEvent.Disconnected("reset"))).isEmpty();
        assertThat(tick(499 * MILLISECOND)).isEmpty();
        assertThat(tick(MILLISECOND)).containsExactly("connect");
    }

    // A job.

    @Test
    void itMakesItsPartAndConnectsWithWorkersOfLowerNumbers() {
        join();
        assertThat(said(prepare(1, 2, 4)))
            .containsExactly("make 1 worker 2 of 4, threads 2", "connect 1 worker 0 at 7001", "connect 1 worker 1 at 7002");
        assertThat(on(new MembershipEvent.PeerConnected(10, 1, 0))).isEmpty();
        assertThat(on(new MembershipEvent.PeerConnected(13, 1, 3))).isEmpty();
        assertThat(on(new MembershipEvent.PeerConnected(11, 1, 1))).isEmpty();
        assertThat(on(new MembershipEvent.Made(1))).containsExactly("prepared 1");
        assertThat(on(new MembershipEvent.Made(1))).as("said twice").isEmpty();
    }

    @Test
    void itAsksForJarsBeforeItMakesItsPart() {
        join();
        assertThat(said(prepare(1, 0, 1, new JobSpec.Jar("user.jar", JAR, 10)))).containsExactly("wants jar a of 1");
        assertThat(on(new MembershipEvent.JarStored("b".repeat(64)))).isEmpty();
        assertThat(on(new MembershipEvent.JarStored(JAR))).containsExactly("make 1 worker 0 of 1, threads 2");
    }

    @Test
    void aSpoiltJarFailsTheJob() {
        join();
        said(prepare(1, 0, 1, new JobSpec.Jar("user.jar", JAR, 10)));
        assertThat(on(new MembershipEvent.JarSpoilt(JAR, "the disk is full"))).containsExactly("failed 1: the disk is full");
    }

    @Test
    void aPartThatCannotBeMadeFailsTheJobOnce() {
        join();
        said(prepare(1, 0, 2));
        var fault = new Fault(Fault.Kind.INPUT, "no such file");
        assertThat(on(new MembershipEvent.NotMade(1, fault))).containsExactly("failed 1: no such file");
        assertThat(on(new MembershipEvent.NotMade(1, fault))).isEmpty();
        on(new MembershipEvent.PeerConnected(11, 1, 1));
        assertThat(on(new MembershipEvent.Made(1))).as("never prepared").isEmpty();
        assertThat(said(new ToMember.Release(1, false))).containsExactly("stop 1", "close 11: job 1 is over");
    }

    @Test
    void aPeerThatConnectsBeforeTheJobIsKnownIsKept() {
        join();
        assertThat(on(new MembershipEvent.PeerConnected(11, 1, 1))).isEmpty();
        said(prepare(1, 0, 2));
        assertThat(on(new MembershipEvent.Made(1))).containsExactly("prepared 1");
    }

    @Test
    void aPeerThatWasKeptAndGoesAwayIsForgotten() {
        join();
        on(new MembershipEvent.PeerConnected(11, 1, 1));
        assertThat(on(new MembershipEvent.PeerClosed(11, "reset"))).isEmpty();
        said(prepare(1, 0, 2));
        assertThat(on(new MembershipEvent.Made(1))).as("the other worker connects again").isEmpty();
        assertThat(on(new MembershipEvent.PeerConnected(12, 1, 1))).containsExactly("prepared 1");
    }

    @Test
    void aPeerOfAJobThatWasLetGoOfIsClosed() {
        work();
        said(new ToMember.Release(1, false));
        assertThat(on(new MembershipEvent.PeerConnected(97, 1, 2))).containsExactly("close 97: attempt 1 has no place for it");
        on(new MembershipEvent.Stopped(1));
        assertThat(on(new MembershipEvent.PeerConnected(98, 1, 2))).containsExactly("close 98: attempt 1 has no place for it");
    }

    @Test
    void jobsComeInAnyOrder() {
        work();
        on(new MembershipEvent.PeerConnected(22, 2, 1));
        on(new MembershipEvent.PeerConnected(31, 3, 1));
        said(new ToMember.Release(1, false));
        on(new MembershipEvent.Stopped(1));
        said(prepare(3, 0, 2));
        assertThat(on(new MembershipEvent.Made(3))).containsExactly("prepared 3");
        said(new ToMember.Release(3, false));
        on(new MembershipEvent.Stopped(3));
        said(prepare(2, 0, 2));
        assertThat(on(new MembershipEvent.Made(2))).as("the connection was kept").containsExactly("prepared 2");
    }

    @Test
    void aPeerThatNoWorkerOfTheJobCanBeIsClosed() {
        join();
        said(prepare(1, 1, 3));
        assertThat(on(new MembershipEvent.PeerConnected(11, 1, 1))).containsExactly("close 11: attempt 1 has no place for it");
        assertThat(on(new MembershipEvent.PeerConnected(13, 1, 3))).containsExactly("close 13: attempt 1 has no place for it");
    }

    @Test
    void aPeerThatCouldNotBeReachedIsTriedAgain() {
        join();
        said(prepare(1, 1, 2));
        assertThat(on(new MembershipEvent.PeerNotConnected(1, 0, "refused"))).isEmpty();
        assertThat(tick(499 * MILLISECOND)).isEmpty();
        assertThat(tick(MILLISECOND)).containsExactly("connect 1 worker 0 at 7001");
        assertThat(tick(SECOND)).as("once").isEmpty();
    }

    @Test
    void aPeerThatIsNotThereInTimeIsToldOnce() {
        join();
        said(prepare(1, 1, 2));
        assertThat(tick(29 * SECOND)).isEmpty();
        assertThat(tick(SECOND)).containsExactly("lost peer 0 of 1: it could not be connected with within 30 s; see that workers reach each"
            + " other there");
        assertThat(tick(SECOND)).as("once").isEmpty();
    }

    @Test
    void whyAPeerCouldNotBeConnectedWithIsTold() {
        join();
        said(prepare(1, 1, 2));
        tick(29 * SECOND);
        assertThat(on(new MembershipEvent.PeerNotConnected(1, 0, "nobody listens at host:7001"))).isEmpty();
        assertThat(tick(SECOND)).last().asString().endsWith("workers reach each other there (nobody listens at host:7001)");
    }

    @Test
    void aPeerThatIsToConnectByItselfIsNotPressed() {
        join();
        said(prepare(1, 0, 2));
        assertThat(tick(59 * SECOND)).as("its jars may be on their way").isEmpty();
    }

    @Test
    void aPeerThatConnectsAnewHasGivenTheOldConnectionUp() {
        work();
        assertThat(on(new MembershipEvent.PeerConnected(14, 1, 2))).containsExactly("close 12: there is a newer one");
        assertThat(on(new MembershipEvent.PeerClosed(12, "there is a newer one"))).isEmpty();
    }

    @Test
    void aPeerThatIsLostIsToldOnceAndItsAttemptIsHeldOnTo() {
        work();
        assertThat(on(new MembershipEvent.PeerClosed(12, "reset"))).containsExactly("lost peer 2 of 1: reset");
        assertThat(on(new MembershipEvent.PeerConnected(14, 1, 2))).as("too late").isEmpty();
        assertThat(on(new MembershipEvent.PeerClosed(14, "reset"))).as("once").isEmpty();
        assertThat(on(new MembershipEvent.PeerClosed(10, "closed"))).containsExactly("lost peer 0 of 1: closed");
        assertThat(on(new MembershipEvent.PeerClosed(77, "reset"))).isEmpty();
        assertThat(said(new ToMember.Release(1, false))).containsExactly("stop 1");
    }

    @Test
    void aPeerThatIsLostWhilePreparingIsToldToo() {
        join();
        said(prepare(1, 0, 3));
        on(new MembershipEvent.PeerConnected(11, 1, 1));
        on(new MembershipEvent.PeerConnected(12, 1, 2));
        assertThat(on(new MembershipEvent.PeerClosed(11, "reset"))).containsExactly("lost peer 1 of 1: reset");
        on(new MembershipEvent.PeerConnected(13, 1, 1));
        assertThat(on(new MembershipEvent.Made(1))).as("the master has been told that it cannot go on").isEmpty();
    }

    @Test
    void aReleasedJobIsStoppedAndThenToldReleased() {
        work();
        assertThat(said(new ToMember.Release(9, false))).as("another job").isEmpty();
        assertThat(said(new ToMember.Release(1, false)))
            .containsExactlyInAnyOrder("stop 1", "close 10: job 1 is over", "close 12: job 1 is over")
            .first().isEqualTo("stop 1");
        assertThat(said(new ToMember.Release(1, false))).as("said twice").isEmpty();
        assertThat(on(new MembershipEvent.PeerClosed(10, "job 1 is over"))).isEmpty();
        assertThat(on(new MembershipEvent.Stopped(9))).isEmpty();
        assertThat(on(new MembershipEvent.Stopped(1))).containsExactly("released 1");
        assertThat(on(new MembershipEvent.Stopped(1))).isEmpty();
    }

    @Test
    void aReleaseOfAJobThatItDoesNotHoldIsAnswered() {
        join();
        assertThat(said(new ToMember.Release(1, false))).containsExactly("released 1");
    }

    @Test
    void theNextJobWaitsUntilThisOneIsLetGoOf() {
        work();
        assertThat(said(prepare(2, 0, 1))).isEmpty();
        assertThat(on(new MembershipEvent.PeerConnected(21, 2, 1))).as("kept").isEmpty();
        said(new ToMember.Release(1, false));
        assertThat(said(prepare(2, 0, 1))).as("said twice").isEmpty();
        assertThat(on(new MembershipEvent.Stopped(1)))
            .containsExactly("released 1", "close 21: attempt 2 has no place for it", "make 2 worker 0 of 1, threads 2");
        assertThat(on(new MembershipEvent.Made(2))).containsExactly("prepared 2");
        assertThat(said(prepare(1, 0, 1))).as("an old job").isEmpty();
    }

    @Test
    void aJobThatWaitsCanBeReleased() {
        work();
        said(prepare(2, 0, 1));
        on(new MembershipEvent.PeerConnected(21, 2, 1));
        assertThat(said(new ToMember.Release(2, false))).containsExactly("released 2", "close 21: attempt 2 has no place for it");
        said(new ToMember.Release(1, false));
        assertThat(on(new MembershipEvent.Stopped(1))).containsExactly("released 1");
    }

    @Test
    void whoLosesItsMasterStopsTheJobAndJoinsAnewEmpty() {
        work();
        on(new MembershipEvent.PeerConnected(21, 2, 1));
        assertThat(on(new MembershipEvent.Disconnected("reset"))).startsWith("stop 1").hasSize(3);
        assertThat(tick(SECOND)).as("not before it has let go").isEmpty();
        assertThat(on(new MembershipEvent.Stopped(1))).containsExactly("close 21: the master is lost");
        assertThat(tick(SECOND)).containsExactly("connect");
        assertThat(on(new MembershipEvent.Connected())).containsExactly("join from host:7001");
        said(new ToMember.Welcome(1, 8));
        assertThat(said(prepare(1, 0, 1))).as("a new master counts anew").containsExactly("make 1 worker 0 of 1, threads 2");
    }

    @Test
    void whoLosesItsMasterWhileItLetsGoJoinsAnew() {
        work();
        said(new ToMember.Release(1, false));
        assertThat(on(new MembershipEvent.Disconnected("reset"))).isEmpty();
        assertThat(on(new MembershipEvent.Stopped(1))).isEmpty();
        assertThat(tick(SECOND)).containsExactly("connect");
    }

    // What is kept of an attempt.

    /** It has stopped its part of attempt 4, at job 2, and keeps what it has computed. */
    private void keep() {
        workOnSavedJob();
        assertThat(said(new ToMember.Release(4, true))).startsWith("stop and keep 4").contains("close 10: job 2, attempt 2 is over");
        assertThat(on(new MembershipEvent.Stopped(4))).containsExactly("released 4");
    }

    @Test
    void whatIsKeptGoesIntoTheNextAttempt() {
        keep();
        assertThat(said(prepare(5, 0, 1))).containsExactly("make 5 worker 0 of 1, threads 2");
        assertThat(on(new MembershipEvent.Made(5))).containsExactly("prepared 5");
        assertThat(said(new ToMember.Release(4, false))).as("it is in attempt 5 now").isEmpty();
        assertThat(said(new ToMember.Release(5, true))).containsExactly("stop and keep 5");
        assertThat(on(new MembershipEvent.Stopped(5))).containsExactly("released 5");
        assertThat(said(new ToMember.Release(5, false))).containsExactly("stop 5", "released 5");
    }

    @Test
    void whatIsKeptGoesWhenTheMasterHasNoUseForIt() {
        keep();
        assertThat(said(new ToMember.Release(3, false))).as("another attempt").containsExactly("released 3");
        assertThat(said(new ToMember.Release(4, true))).as("said twice").containsExactly("released 4");
        assertThat(said(new ToMember.Release(4, false))).containsExactly("stop 4", "released 4");
        assertThat(on(new MembershipEvent.Stopped(4))).as("answered already").isEmpty();
        assertThat(said(new ToMember.Release(4, false))).as("said twice").containsExactly("released 4");
    }

    @Test
    void whoIsToKeepAndThenIsNotJustStops() {
        workOnSavedJob();
        said(new ToMember.Release(4, true));
        assertThat(said(new ToMember.Release(4, true))).as("said twice").isEmpty();
        assertThat(said(new ToMember.Release(4, false))).containsExactly("stop 4");
        assertThat(said(new ToMember.Release(4, false))).as("said twice").isEmpty();
        assertThat(on(new MembershipEvent.Stopped(4))).containsExactly("released 4");
        assertThat(said(new ToMember.Release(4, false))).as("nothing was kept").containsExactly("released 4");
    }

    @Test
    void theNextAttemptWaitsUntilAllIsComputedThatIsToBeKept() {
        workOnSavedJob();
        said(new ToMember.Release(4, true));
        assertThat(said(prepare(5, 0, 1))).isEmpty();
        assertThat(tick(3600 * SECOND)).as("a superstep may take long").isEmpty();
        assertThat(on(new MembershipEvent.Stopped(4))).containsExactly("released 4", "make 5 worker 0 of 1, threads 2");
    }

    @Test
    void nothingIsKeptForAnotherMaster() {
        keep();
        assertThat(on(new MembershipEvent.Disconnected("reset"))).containsExactly("stop 4");
        assertThat(on(new MembershipEvent.Stopped(4))).isEmpty();
        assertThat(tick(SECOND)).containsExactly("connect");
        on(new MembershipEvent.Connected());
        assertThat(on(new MembershipEvent.Disconnected("reset"))).as("once").isEmpty();
    }

    @Test
    void whoLosesItsMasterWhileItKeepsJustStops() {
        workOnSavedJob();
        said(new ToMember.Release(4, true));
        assertThat(on(new MembershipEvent.Disconnected("reset"))).containsExactly("stop 4");
        assertThat(on(new MembershipEvent.Stopped(4))).isEmpty();
        assertThat(tick(SECOND)).containsExactly("connect");
    }

    @Test
    void whoIsToLeaveWhileItKeepsJustStops() {
        workOnSavedJob();
        said(new ToMember.Release(4, true));
        assertThat(on(new MembershipEvent.Leave("told to"))).containsExactly("leaving: told to", "stop 4");
        assertThat(on(new MembershipEvent.Stopped(4))).containsExactly("released 4", "exit: told to");
    }

    @Test
    void whoHandsOverKeepsNothing() {
        workOnSavedJob();
        on(new MembershipEvent.Leave("told to"));
        assertThat(said(new ToMember.Release(4, true))).startsWith("stop 4");
        assertThat(on(new MembershipEvent.Stopped(4))).containsExactly("released 4", "exit: told to");
    }

    // The end.

    @Test
    void whoLeavesIdleEndsAtOnce() {
        join();
        assertThat(on(new MembershipEvent.Leave("told to"))).containsExactly("leaving: told to", "exit: told to");
        assertThat(tick(SECOND)).isEmpty();
    }

    @Test
    void whoLeavesWithoutAMasterEndsAtOnce() {
        assertThat(on(new MembershipEvent.Leave("told to"))).containsExactly("exit: told to");
    }

    @Test
    void whoLeavesAJobLetsGoOfItFirst() {
        work();
        assertThat(on(new MembershipEvent.Leave("told to"))).startsWith("leaving: told to", "stop 1").hasSize(4);
        assertThat(on(new MembershipEvent.Leave("told to"))).isEmpty();
        assertThat(said(new ToMember.Release(1, false))).isEmpty();
        assertThat(on(new MembershipEvent.Stopped(1))).containsExactly("released 1", "exit: told to");
    }

    @Test
    void whoCannotLetGoEndsAllTheSame() {
        work();
        on(new MembershipEvent.Leave("told to"));
        assertThat(tick(9 * SECOND)).isEmpty();
        assertThat(tick(SECOND)).containsExactly("fail: told to; job 1 did not stop in time");
    }

    /** Worker 1 of 3 works on attempt 4, the second at job 2, which is saved. */
    private void workOnSavedJob() {
        join();
        var spec = new JobSpec("one", List.of("one"), List.of(), List.of(), 3, 0, new JobSpec.Recovery(2, true, false, false));
        said(new ToMember.Prepare(4, 2, 2, spec, 1, 2, prepare(4, 1, 3).peers()));
        on(new MembershipEvent.Made(4));
        on(new MembershipEvent.PeerConnected(10, 4, 0));
        assertThat(on(new MembershipEvent.PeerConnected(12, 4, 2))).containsExactly("prepared 4");
    }

    @Test
    void whoLeavesAJobThatIsSavedHandsItOverFirst() {
        workOnSavedJob();
        assertThat(on(new MembershipEvent.Leave("told to"))).containsExactly("leaving: told to");
        assertThat(tick(29 * SECOND)).isEmpty();
        assertThat(said(new ToMember.Release(4, false))).startsWith("stop 4").contains("close 10: job 2, attempt 2 is over");
        assertThat(on(new MembershipEvent.Stopped(4))).containsExactly("released 4", "exit: told to");
    }

    @Test
    void whoCannotHandOverInTimeLeavesAllTheSame() {
        workOnSavedJob();
        on(new MembershipEvent.Leave("told to"));
        assertThat(tick(30 * SECOND)).startsWith("stop 4").hasSize(3);
        assertThat(logged).last().isEqualTo("what it holds of job 2, attempt 2 was not handed over within 30 s");
        assertThat(tick(10 * SECOND)).containsExactly("fail: told to; job 2, attempt 2 did not stop in time");
    }

    @Test
    void whoIsToldTwiceToLeaveDoesNotWait() {
        workOnSavedJob();
        on(new MembershipEvent.Leave("told to"));
        assertThat(on(new MembershipEvent.Leave("told again"))).startsWith("stop 4").hasSize(3);
        assertThat(on(new MembershipEvent.Stopped(4))).containsExactly("released 4", "exit: told again");
    }

    @Test
    void whoLosesItsMasterWhileItHandsOverEnds() {
        workOnSavedJob();
        on(new MembershipEvent.Leave("told to"));
        assertThat(on(new MembershipEvent.Disconnected("reset"))).startsWith("stop 4").hasSize(3);
        assertThat(on(new MembershipEvent.Stopped(4))).containsExactly("exit: told to");
        assertThat(logged).last().isEqualTo("the master is lost, and job 2, attempt 2 with it: reset");
    }

    @Test
    void whoLosesItsMasterWhileItLetsGoAndIsToLeaveEnds() {
        workOnSavedJob();
        on(new MembershipEvent.Leave("told to"));
        said(new ToMember.Release(4, false));
        on(new MembershipEvent.Disconnected("reset"));
        assertThat(on(new MembershipEvent.Stopped(4))).containsExactly("exit: told to");
    }

    @Test
    void whoIsDismissedEndsWell() {
        join();
        assertThat(said(new ToMember.Dismissed())).containsExactly("exit: it was drained");
    }

    @Test
    void aFarewellEndsItWhenTheJobIsLetGoOf() {
        work();
        assertThat(said(new ToMember.Farewell("told to"))).startsWith("stop 1").hasSize(3);
        on(new MembershipEvent.Disconnected("closed"));
        assertThat(on(new MembershipEvent.Stopped(1))).containsExactly("exit: the master has ended: told to");
    }

    @Test
    void aFarewellEndsAnIdleMemberAtOnce() {
        join();
        assertThat(said(new ToMember.Farewell("told to"))).containsExactly("exit: the master has ended: told to");
    }

    @Test
    void whatIsSaidOutOfPlaceIsIgnored() {
        assertThat(on(new MembershipEvent.Connected())).isEmpty();
        assertThat(on(new MembershipEvent.NotConnected("nobody there", false))).isEmpty();
        assertThat(on(new MembershipEvent.Disconnected("reset"))).isEmpty();
        assertThat(said(prepare(1, 0, 1))).isEmpty();
        assertThat(on(new MembershipEvent.PeerConnected(5, 1, 1))).containsExactly("close 5: attempt 1 has no place for it");
        join();
        assertThat(said(new ToMember.Welcome(4, 8))).isEmpty();
        assertThat(said(new ToMember.Refused("too late"))).isEmpty();
        assertThat(on(new MembershipEvent.Made(1))).isEmpty();
        assertThat(on(new MembershipEvent.NotMade(1, new Fault(Fault.Kind.INPUT, "no such file")))).isEmpty();
        assertThat(on(new MembershipEvent.Stopped(1))).isEmpty();
        assertThat(on(new MembershipEvent.JarStored(JAR))).isEmpty();
        assertThat(on(new MembershipEvent.JarSpoilt(JAR, "spoilt"))).isEmpty();
        assertThat(on(new MembershipEvent.PeerNotConnected(1, 0, "refused"))).isEmpty();
    }
}
