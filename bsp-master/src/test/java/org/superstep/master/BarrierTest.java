package org.superstep.master;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superstep.graph.Master;
import org.superstep.net.Delivery;
import org.superstep.net.Fault;
import org.superstep.net.ToMaster;
import org.superstep.net.ToWorker;

/** What is decided at a barrier: by the hook, by counts, by the rules about phases and limits. */
class BarrierTest {
    private static final MasterCommand WRITE = new MasterCommand.Announce(new ToWorker.Write());

    private static Workers cluster(BiConsumer<SteeredProgram, Master> hook) {
        return Workers.of(new SteeredProgram(hook), 1, 0);
    }

    /** A hook that acts before one superstep and lets the others pass. */
    private static BiConsumer<SteeredProgram, Master> before(int superstep, BiConsumer<SteeredProgram, Master> what) {
        return (program, master) -> {
            if (master.superstep() == superstep) {
                what.accept(program, master);
            }
        };
    }

    @Test
    void theHookSeesWhatTheSuperstepBeforeCameTo() {
        var seen = new ArrayList<String>();
        var program = new SteeredProgram((p, m) -> seen.add(m.superstep() + ": " + m.vertexCount() + " vertices, " + m.edgeCount()
            + " edges, " + m.awakeCount() + " awake, " + m.messageCount() + " messages, quiescent " + m.isQuiescent() + ", rank "
            + m.get(p.rank) + ", count " + m.get(p.count) + ", all " + m.get(p.all) + ", turn " + m.get(p.turn) + ", scale "
            + m.get(p.scale) + ", phase " + p.declarations().phaseName(p.declarations().indexOf(m.phase()))));
        Workers cluster = Workers.of(program, 1, 0);
        cluster.startAndLoad();
        cluster.answer(worker -> new ToMaster.SuperstepDone(worker, 0, 10, worker, 6, 0, 0, 0, 0, 0, program.tally(0.5, 3, false)));
        cluster.done(1, 0, 0, 0);
        assertThat(seen).containsExactly(
            "0: 20 vertices, 80 edges, 20 awake, 0 messages, quiescent false, rank 0.0, count 0, all true, turn -7, scale 2.5, phase walk",
            "1: 20 vertices, 80 edges, 1 awake, 12 messages, quiescent false, rank 1.0, count 6, all false, turn -7, scale 2.5, phase walk",
            "2: 20 vertices, 80 edges, 0 awake, 0 messages, quiescent true, rank 0.0, count 0, all true, turn -7, scale 2.5, phase walk");
    }

    @Test
    void theHookHaltsTheJobThoughMessagesAreInFlight() {
        Workers cluster = cluster(before(1, (program, master) -> master.halt()));
        cluster.startAndLoad();
        assertThat(cluster.done(0, 10, 80, 0)).last().isEqualTo(WRITE);
    }

    @Test
    void theHookHaltsTheJobBeforeItHasBegun() {
        Workers cluster = Workers.of(new SteeredProgram((program, master) -> master.halt()), Delivery.AUTO, 0, false, 0, 1);
        assertThat(cluster.startAndLoad()).containsExactly(new MasterCommand.GraphLoaded(20, 80, 6, 4),
            new MasterCommand.Finish(0, 0, List.of(-7L, 2.5)));
    }

    @Test
    void haltingWinsOverWakingAndStarting() {
        Workers cluster = cluster((program, master) -> {
            master.halt();
            master.wakeAll();
            master.startPhase(program.hum);
        });
        assertThat(cluster.startAndLoad()).last().isEqualTo(WRITE);
    }

    @Test
    void theHookIsAskedWhenAllHaveHaltedAndMayWakeThem() {
        Workers cluster = cluster(before(1, (program, master) -> master.wakeAll()));
        assertThat(Workers.superstep(cluster.startAndLoad()).wakeAll()).isFalse();
        ToWorker.RunSuperstep woken = Workers.superstep(cluster.done(0, 0, 0, 0));
        assertThat(woken.wakeAll()).isTrue();
        assertThat(woken.superstep()).isEqualTo(1);
        // Waking them once is no standing order.
        assertThat(cluster.done(1, 0, 0, 0)).last().isEqualTo(WRITE);
    }

    @Test
    void wakingIsForgottenWithTheSuperstepThatItWasFor() {
        Workers cluster = cluster(before(1, (program, master) -> master.wakeAll()));
        cluster.startAndLoad();
        assertThat(Workers.superstep(cluster.done(0, 5, 0, 0)).wakeAll()).isTrue();
        assertThat(Workers.superstep(cluster.done(1, 5, 0, 0)).wakeAll()).isFalse();
    }

    @Test
    void aPhaseThatStartsAwakeWakesAllAndGoesOnFromQuiescence() {
        Workers cluster = cluster(before(1, (program, master) -> master.startPhase(program.counting)));
        cluster.startAndLoad();
        ToWorker.RunSuperstep next = Workers.superstep(cluster.done(0, 0, 0, 0));
        assertThat(next.phase()).isEqualTo(SteeredProgram.COUNT);
        assertThat(next.spokenPhase()).isEqualTo(SteeredProgram.WALK);
        assertThat(next.wakeAll()).isTrue();
        ToWorker.RunSuperstep after = Workers.superstep(cluster.done(1, 1, 0, 0));
        assertThat(after.phase()).isEqualTo(SteeredProgram.COUNT);
        assertThat(after.spokenPhase()).isEqualTo(SteeredProgram.COUNT);
    }

    @Test
    void aPhaseThatStartsAsleepWakesNobodyButIsRun() {
        Workers cluster = cluster(before(1, (program, master) -> master.startPhase(program.rest)));
        cluster.startAndLoad();
        ToWorker.RunSuperstep next = Workers.superstep(cluster.done(0, 0, 0, 0));
        assertThat(next.phase()).isEqualTo(SteeredProgram.REST);
        assertThat(next.wakeAll()).isFalse();
        assertThat(next.awake()).isZero();
        assertThat(cluster.done(1, 0, 0, 0)).last().isEqualTo(WRITE);
    }

    /** Counted from the superstep with which a phase was started last, though it is the one that has been running. */
    @Test
    void aPhaseKnowsHowLongItHasRun() {
        var seen = new ArrayList<String>();
        Workers cluster = cluster((program, master) -> {
            String before = master.superstep() + ":" + master.phaseSuperstep();
            if (master.superstep() == 0 || master.superstep() == 4) {
                master.startPhase(program.walk);
            } else if (master.superstep() == 2) {
                master.startPhase(program.rest);
            }
            seen.add(before + ">" + master.phaseSuperstep());
        });
        var began = new ArrayList<Integer>();
        began.add(Workers.superstep(cluster.startAndLoad()).phaseBegan());
        for (int superstep = 0; superstep < 6; superstep++) {
            began.add(Workers.superstep(cluster.done(superstep, 1, 0, 0)).phaseBegan());
        }
        assertThat(seen).containsExactly("0:0>0", "1:1>1", "2:2>0", "3:1>1", "4:2>0", "5:1>1", "6:2>2");
        assertThat(began).containsExactly(0, 0, 2, 2, 4, 4, 4);
    }

    @Test
    void thePhaseChosenLastRuns() {
        Workers cluster = cluster(before(0, (program, master) -> {
            master.startPhase(program.counting);
            master.startPhase(program.rest);
        }));
        assertThat(Workers.superstep(cluster.startAndLoad()).phase()).isEqualTo(SteeredProgram.REST);
    }

    @Test
    void aProgramWhoseFirstPhaseStartsAsleepEndsUnlessTheHookBegins() {
        assertThat(Workers.of(new SleepingProgram(false), 0, 1).startAndLoad()).last().isEqualTo(WRITE);
        ToWorker.RunSuperstep begun = Workers.superstep(Workers.of(new SleepingProgram(true), 0, 1).startAndLoad());
        assertThat(begun.awake()).isZero();
        assertThat(begun.wakeAll()).isTrue();
    }

    @Test
    void whatTheHookSetsIsWhatVerticesRead() {
        Workers cluster = cluster((program, master) -> {
            if (master.superstep() == 1) {
                master.set(program.turn, 41);
                master.set(program.scale, -0.5);
                master.set(program.rank, master.get(program.rank) * 2);
                master.set(program.count, -1);
                master.set(program.all, true);
            } else if (master.superstep() == 2) {
                master.set(program.turn, master.get(program.turn) + 1);
            }
        });
        var program = new SteeredProgram((p, m) -> { });
        ToWorker.RunSuperstep first = Workers.superstep(cluster.startAndLoad());
        ToWorker.RunSuperstep second = Workers.superstep(cluster.answer(worker ->
            new ToMaster.SuperstepDone(worker, 0, 10, 1, 0, 0, 0, 0, 0, 0, program.tally(0.75, 9, false))));
        assertThat(second.globals()).containsExactly(41, Double.doubleToRawLongBits(-0.5));
        assertThat(second.aggregates()).containsExactly(Double.doubleToRawLongBits(3), -1, 1);
        // Globals stay; an aggregate is that of the superstep before, or nothing.
        ToWorker.RunSuperstep third = Workers.superstep(cluster.done(1, 1, 0, 0));
        assertThat(third.globals()).containsExactly(42, Double.doubleToRawLongBits(-0.5));
        assertThat(third.aggregates()).containsExactly(0, 0, 1);
        // What was announced does not change under those who were told.
        assertThat(first.globals()).containsExactly(-7, Double.doubleToRawLongBits(2.5));
        assertThat(second.globals()[0]).isEqualTo(41);
    }

    @Test
    void sumsOfDoublesAreExactAcrossWorkersInWhateverOrderTheyAnswer() {
        double[] added = {1e300, 1, -1e300};
        for (int[] order : CoordinatorTest.orders().filter(o -> o.length == 3).toList()) {
            var program = new SteeredProgram((p, m) -> { });
            Workers cluster = Workers.of(program, order);
            cluster.startAndLoad();
            ToWorker.RunSuperstep next = Workers.superstep(cluster.answer(worker ->
                new ToMaster.SuperstepDone(worker, 0, 10, 1, 0, 0, 0, 0, 0, 0, program.tally(added[worker], 1, true))));
            assertThat(Double.longBitsToDouble(next.aggregates()[0])).as("order %s", List.of(order[0], order[1], order[2])).isEqualTo(1);
        }
    }

    @Test
    void aWorkerThatAddedNothingLeavesTheAggregatesAlone() {
        var program = new SteeredProgram((p, m) -> { });
        Workers cluster = Workers.of(program, 0, 1);
        cluster.startAndLoad();
        ToWorker.RunSuperstep next = Workers.superstep(cluster.answer(worker -> new ToMaster.SuperstepDone(worker, 0, 10, 1, 0, 0, 0, 0,
            0, 0,
            worker == 0 ? new long[3][] : program.tally(0.25, 2, false))));
        assertThat(next.aggregates()).containsExactly(Double.doubleToRawLongBits(0.25), 2, 0);
    }

    /** Two workers, each of 80 messages when all broadcast: 160 in all. */
    @ParameterizedTest(name = "{0} messages each, of them {1} sends: {2}, everyone spoke: {3}")
    @CsvSource({
        "80, 0, PULL, true",
        "79, 0, PULL, false",
        "40, 0, PULL, false",
        "3, 0, PUSH, false",
        "1, 1, PUSH, false",
        "80, 1, PULL, false",
        "81, 1, PULL, true",
        "40, 40, PULL, false"})
    void deliveryFollowsTheCounts(long messages, long sends, Delivery delivery, boolean everyoneSpoke) {
        Workers cluster = cluster((program, master) -> { });
        cluster.startAndLoad();
        ToWorker.RunSuperstep next = Workers.superstep(cluster.done(0, 0, messages, sends));
        assertThat(next.delivery()).isEqualTo(delivery);
        assertThat(next.everyoneSpoke()).isEqualTo(everyoneSpoke);
        assertThat(next.hasSends()).isEqualTo(sends > 0);
        assertThat(next.messages()).isEqualTo(2 * messages);
    }

    /** Where the threshold lies is a matter of measurements; that there is one is not. */
    @Test
    void littleIsPushedAndMuchIsPulledWithOneThresholdBetween() {
        Delivery before = Delivery.PUSH;
        for (long messages = 1; messages <= Workers.HEARINGS; messages++) {
            Workers cluster = cluster((program, master) -> { });
            cluster.startAndLoad();
            Delivery delivery = Workers.superstep(cluster.done(0, 0, messages, 0)).delivery();
            assertThat(delivery == Delivery.PUSH && before == Delivery.PULL).as("%d messages", messages).isFalse();
            before = delivery;
        }
        assertThat(before).isEqualTo(Delivery.PULL);
    }

    /** Vertices halted for good have nothing gathered for them, so a few messages are worth a pull where few still listen. */
    @Test
    void whatEntersVerticesGoneForGoodMakesPullingCheaper() {
        for (long gone : new long[] {0, Workers.HEARINGS}) {
            Workers cluster = cluster((program, master) -> { });
            cluster.startAndLoad();
            ToWorker.RunSuperstep next = Workers.superstep(cluster.answer(worker ->
                new ToMaster.SuperstepDone(worker, 0, 10, 0, 3, 0, 0, 0, gone, 0, new long[0][])));
            assertThat(next.delivery()).isEqualTo(gone == 0 ? Delivery.PUSH : Delivery.PULL);
        }
    }

    @Test
    void deliveryIsDecidedByTheSumNotByWhereTheMessagesAre() {
        for (int loud = 0; loud < 2; loud++) {
            int speaker = loud;
            Workers cluster = cluster((program, master) -> { });
            cluster.startAndLoad();
            ToWorker.RunSuperstep next = Workers.superstep(cluster.answer(worker ->
                new ToMaster.SuperstepDone(worker, 0, 10, 0, worker == speaker ? 60 : 0, 0, 0, 0, 0, 0, new long[0][])));
            assertThat(next.delivery()).isEqualTo(Delivery.PULL);
        }
    }

    @ParameterizedTest
    @CsvSource({"PULL, 1", "PULL, 80", "PUSH, 1", "PUSH, 80"})
    void forcedDeliveryIsObeyed(Delivery forced, long messages) {
        Workers cluster = Workers.of(new SteeredProgram((program, master) -> { }), forced, 0, true, 0, 1);
        assertThat(Workers.superstep(cluster.startAndLoad()).delivery()).isEqualTo(forced);
        assertThat(Workers.superstep(cluster.done(0, 0, messages, 0)).delivery()).isEqualTo(forced);
    }

    @Test
    void whatAPhaseInWhichEveryoneSpeaksHasSaidIsPulledHoweverLittleItIs() {
        Workers cluster = cluster((program, master) -> {
            if (master.superstep() == 0) {
                master.startPhase(program.hum);
            } else if (master.superstep() == 2) {
                master.startPhase(program.walk);
            }
        });
        cluster.startAndLoad();
        assertThat(Workers.superstep(cluster.done(0, 1, 1, 0)).delivery()).isEqualTo(Delivery.PULL);
        // The phase that spoke decides, not the one that hears.
        assertThat(Workers.superstep(cluster.done(1, 1, 1, 0)).delivery()).isEqualTo(Delivery.PULL);
        assertThat(Workers.superstep(cluster.done(2, 1, 1, 0)).delivery()).isEqualTo(Delivery.PUSH);
    }

    @Test
    void anotherMessageTypeWhileMessagesAreInFlightIsTheProgramsFault() {
        Workers cluster = cluster(before(1, (program, master) -> master.startPhase(program.counting)));
        cluster.startAndLoad();
        Fault fault = Workers.fault(cluster.done(0, 1, 3, 0));
        assertThat(fault).isEqualTo(new Fault(Fault.Kind.FAILURE, "steered-program starts phase \"count\" before superstep 1 while"
            + " 6 messages of phase \"walk\" are in flight, which have another type (double, not long); end \"walk\" with a superstep"
            + " in which nothing is"
            + " said"));
        assertThat(cluster.done(1, 1, 1, 0)).isEmpty();
    }

    @Test
    void anotherPhaseOfTheSameMessageTypeMayHearWhatIsInFlight() {
        Workers cluster = cluster(before(1, (program, master) -> master.startPhase(program.rest)));
        cluster.startAndLoad();
        ToWorker.RunSuperstep next = Workers.superstep(cluster.done(0, 0, 3, 0));
        assertThat(next.phase()).isEqualTo(SteeredProgram.REST);
        assertThat(next.spokenPhase()).isEqualTo(SteeredProgram.WALK);
        assertThat(next.messages()).isEqualTo(6);
    }

    @Test
    void aJobThatDoesNotHaltIsEndedAtTheLimit() {
        Workers cluster = Workers.of(new SteeredProgram((program, master) -> { }), Delivery.AUTO, 2, true, 0, 1);
        assertThat(Workers.superstep(cluster.startAndLoad()).superstep()).isZero();
        assertThat(Workers.superstep(cluster.done(0, 4, 3, 0)).superstep()).isEqualTo(1);
        Fault fault = Workers.fault(cluster.done(1, 4, 3, 0));
        assertThat(fault).isEqualTo(new Fault(Fault.Kind.FAILURE, "steered-program has not halted after 2 supersteps, the limit:"
            + " 8 vertices are awake and 6 messages in flight; raise --max-supersteps, or let vertices halt"));
    }

    @Test
    void aJobThatIsToBeCutAtTheLimitWritesWhatThereIs() {
        var plan = new JobPlan(new SteeredProgram((program, master) -> { }), false, Capacity.equal(2, 2, Long.MAX_VALUE), 4,
            Delivery.AUTO, 2, true, true, Optional.empty(), new long[0]);
        Workers cluster = Workers.of(plan, 0, 1);
        cluster.startAndLoad();
        assertThat(Workers.superstep(cluster.done(0, 4, 3, 0)).superstep()).isEqualTo(1);
        assertThat(cluster.done(1, 4, 3, 0)).endsWith(new MasterCommand.LimitReached("steered-program has not halted after 2 supersteps,"
            + " the limit: 8 vertices are awake and 6 messages in flight; raise --max-supersteps, or let vertices halt"), WRITE);
    }

    @Test
    void aJobThatHaltsJustAtTheLimitEndsWell() {
        Workers cluster = Workers.of(new SteeredProgram((program, master) -> { }), Delivery.AUTO, 2, true, 0, 1);
        cluster.startAndLoad();
        cluster.done(0, 4, 3, 0);
        assertThat(cluster.done(1, 0, 0, 0)).last().isEqualTo(WRITE);
    }

    @Test
    void aHookThatFailsIsTheProgramsFault() {
        var cause = new IllegalArgumentException("no such thing");
        Workers cluster = cluster(before(1, (program, master) -> {
            throw cause;
        }));
        cluster.startAndLoad();
        List<MasterCommand> commands = cluster.done(0, 1, 1, 0);
        assertThat(commands.get(0)).isInstanceOf(MasterCommand.SuperstepEnded.class);
        Fault fault = Workers.fault(commands);
        assertThat(fault.kind()).isEqualTo(Fault.Kind.FAILURE);
        assertThat(fault.message()).isEqualTo("steered-program failed in beforeSuperstep before superstep 1:"
            + " java.lang.IllegalArgumentException: no such thing");
        assertThat(fault.cause()).isSameAs(cause);
    }

    @Test
    void aHookThatStartsAPhaseOfAnotherProgramIsTheProgramsFault() {
        var stranger = new SteeredProgram((p, m) -> { });
        // Records of equal contents are equal, so only identity tells a stranger's phase.
        Workers cluster = cluster(before(0, (program, master) -> master.startPhase(stranger.counting)));
        assertThat(Workers.fault(cluster.startAndLoad()).message())
            .contains("steered-program starts a phase that it has not declared");
    }

    @Test
    void droppedMessagesAreCountedOverAllSuperstepsAndWorkers() {
        Workers cluster = Workers.of(new SteeredProgram((program, master) -> { }), Delivery.AUTO, 0, false, 0, 1);
        cluster.startAndLoad();
        cluster.answer(worker -> new ToMaster.SuperstepDone(worker, 0, 1, 1, 0, 0, 0, 2 + worker, 0, 0, new long[0][]));
        List<MasterCommand> commands = cluster.answer(worker -> new ToMaster.SuperstepDone(worker, 1, 1, 0, 0, 0, 0, 10, 0, 0,
            new long[0][]));
        assertThat(commands).last().isEqualTo(new MasterCommand.Finish(2, 25, List.of(-7L, 2.5)));
    }
}
