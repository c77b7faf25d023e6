package org.superstep.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.net.Delivery;
import org.superstep.net.Fault;
import org.superstep.net.Placement;
import org.superstep.net.ToMaster;
import org.superstep.net.ToWorker;

/** The coordinator's transition table, row by row, stepped by hand with one worker and with three that answer in any order. */
class CoordinatorTest {
    private static final List<Object> GLOBALS = List.of(-7L, 2.5);
    private static final MasterCommand WRITE = new MasterCommand.Announce(new ToWorker.Write());

    static Stream<int[]> orders() {
        return Stream.of(new int[] {0}, new int[] {0, 1, 2}, new int[] {0, 2, 1}, new int[] {1, 0, 2}, new int[] {1, 2, 0},
            new int[] {2, 0, 1}, new int[] {2, 1, 0});
    }

    private static SteeredProgram still() {
        return new SteeredProgram((program, master) -> { });
    }

    @Test
    void startAnnouncesTheSample() {
        assertThat(Workers.of(still(), 0).coordinator.start(0)).containsExactly(new MasterCommand.Announce(new ToWorker.Sample()));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void theLastSampleLeadsToCutsAndLoading(int[] order) {
        var program = new VertexProgram();
        program.source.set(-3);
        program.target.set(8);
        Workers cluster = Workers.of(program, order);
        cluster.coordinator.start(0);
        List<ToWorker> announced = Workers.announcements(cluster.sampled());
        assertThat(announced).hasSize(1);
        var load = (ToWorker.Load) announced.get(0);
        assertThat(load.wantedVertices()).containsExactly(-3, 8);
        Placement placement = load.placement();
        assertThat(placement.partitions()).isEqualTo(4);
        assertThat(placement.owners()).isEqualTo(order.length == 1 ? new int[] {0, 0, 0, 0} : new int[] {0, 0, 1, 2});
        assertThat(placement.firsts()).isEqualTo(order.length == 1 ? new long[] {0, 10, 20} : new long[] {2, 11, 20});
    }

    @Test
    void withoutAWishThereAreAsManyPartitionsAsSuitTheEstimatedEdges() {
        for (boolean undirected : new boolean[] {false, true}) {
            var coordinator = new Coordinator(new JobPlan(still(), undirected, 2, 4, 0, Delivery.AUTO, 0, false));
            coordinator.start(0);
            coordinator.on(new ToMaster.Sampled(1, "", 40_000, 0, new long[] {1}), 0);
            var load = (ToWorker.Load) Workers.announcements(
                coordinator.on(new ToMaster.Sampled(0, "", 10_000, 0, new long[] {2}), 0)).get(0);
            assertThat(load.placement().partitions()).isEqualTo(Cuts.suitable(undirected ? 100_000 : 50_000, 4, 2));
        }
    }

    @Test
    void aGraphThatTheWorkersHaveNoRoomForEndsTheJobBeforeItIsLoaded() {
        var plan = new JobPlan(still(), false, List.of(new Capacity(1, 1 << 20), new Capacity(1, 2 << 20)), 4, Delivery.AUTO, 0, false,
            false, Optional.empty(), new long[0]);
        Workers cluster = Workers.of(plan, 1, 0);
        cluster.coordinator.start(0);
        List<MasterCommand> commands = cluster.answer(worker ->
            new ToMaster.Sampled(worker, "", 1000, 5 << 20, new long[] {10 + worker, 20 + worker}));
        assertThat(commands).singleElement().isInstanceOfSatisfying(MasterCommand.Abort.class, abort ->
            assertThat(abort.fault().message()).startsWith("the input holds about 2000 edges, which need about 10 MB").contains("worker"));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void theLastLoadedLeadsToTheFirstSuperstep(int[] order) {
        Workers cluster = Workers.of(still(), order);
        List<MasterCommand> commands = cluster.startAndLoad();
        int n = order.length;
        assertThat(commands).hasSize(2);
        assertThat(commands.get(0)).isEqualTo(new MasterCommand.GraphLoaded(10L * n, 40L * n, 3L * n, 4));
        assertThat(Workers.superstep(commands)).usingRecursiveComparison().isEqualTo(new ToWorker.RunSuperstep(0, 0, 0, 0, Delivery.PUSH, 0,
            false, false, false, 10L * n, false, 10L * n, 40L * n, new long[] {0, 0, 1}, new long[] {-7, Double.doubleToRawLongBits(2.5)}));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void theLastSuperstepDoneLeadsToTheNextSuperstep(int[] order) {
        SteeredProgram program = still();
        Workers cluster = Workers.of(program, order);
        ToWorker.RunSuperstep first = Workers.superstep(cluster.startAndLoad());
        // Every worker reports other figures, so that a sum that misses one shows.
        List<MasterCommand> commands = cluster.answer(worker -> new ToMaster.SuperstepDone(worker, 0, 7 + worker, 3 + worker, 30 + worker,
            worker, 0, 0, 0, 0, program.tally(0.1, 1 + worker, worker != 2), effort(worker)));
        boolean one = order.length == 1;
        assertThat(commands).hasSize(2);
        assertThat(commands.get(0)).isEqualTo(new MasterCommand.SuperstepEnded(first, one ? 7 : 24, one ? 3 : 12, one ? 30 : 93,
            List.of(one ? 0.1 : 0.30000000000000004, one ? 1L : 6L, one), List.of(-7L, 2.5),
            IntStream.range(0, order.length).mapToObj(CoordinatorTest::effort).toList()));
        long rank = Double.doubleToRawLongBits(one ? 0.1 : 0.30000000000000004);
        assertThat(Workers.superstep(commands)).usingRecursiveComparison().isEqualTo(new ToWorker.RunSuperstep(1, 0, 0, 0, Delivery.PULL,
            one ? 30 : 93, false, false, !one, one ? 3 : 12, false, one ? 10 : 30, one ? 40 : 120,
            new long[] {rank, one ? 1 : 6, one ? 1 : 0}, new long[] {-7, Double.doubleToRawLongBits(2.5)}));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void whenAllHaveHaltedAndNothingIsInFlightTheOutputIsWrittenAndCommitted(int[] order) {
        Workers cluster = Workers.of(still(), order);
        cluster.startAndLoad();
        cluster.done(0, 1, 0, 0);
        List<MasterCommand> commands = cluster.answer(worker ->
            new ToMaster.SuperstepDone(worker, 1, 1, 0, 0, 0, 0, 5, 0, 0, new long[0][]));
        assertThat(commands).hasSize(2).last().isEqualTo(WRITE);
        assertThat(commands.get(0)).isInstanceOf(MasterCommand.SuperstepEnded.class);
        assertThat(cluster.answer(worker -> new ToMaster.Written(worker, 10))).containsExactly(
            new MasterCommand.CommitOutput(written(order.length, 10)), new MasterCommand.Finish(2, 5L * order.length, GLOBALS));
    }

    private static ToMaster.Effort effort(int worker) {
        return new ToMaster.Effort(100 + worker, 10, 1, 1000, 2000);
    }

    /** What workers have written, by worker whatever the order in which they told. */
    private static List<ToMaster.Written> written(int workers, long rows) {
        return IntStream.range(0, workers).mapToObj(worker -> new ToMaster.Written(worker, rows)).toList();
    }

    @ParameterizedTest
    @MethodSource("orders")
    void withoutAnOutputTheJobEndsAtOnce(int[] order) {
        Workers cluster = Workers.of(still(), Delivery.AUTO, 0, false, order);
        cluster.startAndLoad();
        assertThat(cluster.done(0, 0, 0, 0)).hasSize(2).last().isEqualTo(new MasterCommand.Finish(1, 0, GLOBALS));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void aGraphWithoutVerticesEndsBeforeTheFirstSuperstep(int[] order) {
        Workers cluster = Workers.of(still(), order);
        cluster.coordinator.start(0);
        cluster.sampled();
        assertThat(cluster.answer(worker -> cluster.loaded(worker, 0)))
            .containsExactly(new MasterCommand.GraphLoaded(0, 0, 3L * cluster.workers(), 4), WRITE);
        assertThat(cluster.answer(worker -> new ToMaster.Written(worker, 0)))
            .containsExactly(new MasterCommand.CommitOutput(written(order.length, 0)), new MasterCommand.Finish(0, 0, GLOBALS));
    }

    @Test
    void oneVertexAwakeOnOneWorkerKeepsTheJobGoing() {
        Workers cluster = Workers.of(still(), 2, 0, 1);
        cluster.startAndLoad();
        List<MasterCommand> commands = cluster.answer(worker ->
            new ToMaster.SuperstepDone(worker, 0, 1, worker == 2 ? 1 : 0, 0, 0, 0, 0, 0, 0, new long[0][]));
        assertThat(Workers.superstep(commands).awake()).isEqualTo(1);
    }

    @Test
    void oneMessageOnOneWorkerKeepsTheJobGoing() {
        Workers cluster = Workers.of(still(), 2, 0, 1);
        cluster.startAndLoad();
        List<MasterCommand> commands = cluster.answer(worker ->
            new ToMaster.SuperstepDone(worker, 0, 1, 0, worker == 2 ? 1 : 0, worker == 2 ? 1 : 0, 0, 0, 0, 0, new long[0][]));
        assertThat(Workers.superstep(commands).messages()).isEqualTo(1);
        assertThat(Workers.superstep(commands).hasSends()).isTrue();
    }

    @Test
    void countsBeginAnewInEverySuperstep() {
        Workers cluster = Workers.of(still(), 0, 1);
        cluster.startAndLoad();
        cluster.done(0, 5, 20, 3);
        List<MasterCommand> commands = cluster.done(1, 2, 4, 0);
        assertThat(((MasterCommand.SuperstepEnded) commands.get(0)).messages()).isEqualTo(8);
        assertThat(Workers.superstep(commands).messages()).isEqualTo(8);
        assertThat(Workers.superstep(commands).awake()).isEqualTo(4);
        assertThat(Workers.superstep(commands).hasSends()).isFalse();
    }

    @Test
    void aParameterWithoutAValueIsRefusedBeforeAnythingIsRead() {
        var program = new VertexProgram();
        program.source.set(1);
        Workers cluster = Workers.of(program, 0);
        Fault fault = Workers.fault(cluster.coordinator.start(0));
        assertThat(fault).isEqualTo(new Fault(Fault.Kind.INPUT, "route needs target: where it ends (--target VERTEX)"));
        assertThat(cluster.coordinator.on(new ToMaster.Written(0, 1), 0)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("orders")
    void aVertexThatOneWorkerOwnsIsFound(int[] order) {
        var program = new VertexProgram();
        program.source.set(1);
        program.target.set(2);
        Workers cluster = Workers.of(program, order);
        cluster.coordinator.start(0);
        cluster.sampled();
        int last = order.length - 1;
        List<MasterCommand> commands = cluster.answer(worker -> cluster.loaded(worker, 10, worker == 0, worker == last));
        assertThat(Workers.superstep(commands).superstep()).isZero();
    }

    @ParameterizedTest
    @MethodSource("orders")
    void aVertexThatNoWorkerOwnsIsRefusedByName(int[] order) {
        var program = new VertexProgram();
        program.source.set(1);
        program.target.set(-99);
        Workers cluster = Workers.of(program, order);
        cluster.coordinator.start(0);
        cluster.sampled();
        Fault fault = Workers.fault(cluster.answer(worker -> cluster.loaded(worker, 10, true, false)));
        assertThat(fault).isEqualTo(new Fault(Fault.Kind.INPUT, "target -99 is no vertex of the graph, which has "
            + 10 * order.length + " vertices; name one that occurs in the input"));
        assertThat(cluster.done(0, 1, 1, 1)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("orders")
    void eachOfSeveralVerticesMustBeOwnedByAWorker(int[] order) {
        var found = new boolean[][] {{true, true, true}, {true, false, true}, {true, false, false}};
        for (int missing = 0; missing < found.length; missing++) {
            var program = new VertexProgram(true);
            program.source.set(4);
            program.target.set(5);
            program.others.set(9, -2, 7);
            Workers cluster = Workers.of(program, order);
            cluster.coordinator.start(0);
            var load = (ToWorker.Load) Workers.announcements(cluster.sampled()).get(0);
            assertThat(load.wantedVertices()).containsExactly(4, 5, -2, 7, 9);
            boolean[] others = found[missing];
            List<MasterCommand> commands = cluster.answer(worker -> cluster.loaded(worker, 10, true, true, others[0],
                worker == 0 && others[1], others[2]));
            if (missing == 0) {
                assertThat(Workers.superstep(commands).superstep()).isZero();
            } else {
                assertThat(Workers.fault(commands)).isEqualTo(new Fault(Fault.Kind.INPUT, "others 7 "
                    + (missing == 1 ? "is no vertex of the graph, which has " + 10 * order.length + " vertices; name one that occurs"
                    : "and 1 more are no vertices of the graph, which has " + 10 * order.length + " vertices; name such as occur")
                    + " in the input"));
            }
        }
    }

    /** Brings a cluster of two workers, of which no one has answered, to a state. */
    private enum Stage {
        NEW(cluster -> { }),
        SAMPLING(cluster -> cluster.coordinator.start(0)),
        HALF_SAMPLED(cluster -> {
            SAMPLING.reach.accept(cluster);
            cluster.coordinator.on(new ToMaster.Sampled(1, "", 1, 0, new long[0]), 0);
        }),
        LOADING(cluster -> {
            SAMPLING.reach.accept(cluster);
            cluster.sampled();
        }),
        COMPUTING(cluster -> {
            LOADING.reach.accept(cluster);
            cluster.loaded();
        }),
        CHANGING(cluster -> {
            COMPUTING.reach.accept(cluster);
            assertThat(Workers.announcements(cluster.doneWithChanges(0, 1))).hasSize(1).first().isInstanceOf(ToWorker.ChangeGraph.class);
        }),
        WRITING(cluster -> {
            COMPUTING.reach.accept(cluster);
            assertThat(cluster.done(0, 0, 0, 0)).last().isEqualTo(WRITE);
        }),
        DONE(cluster -> {
            WRITING.reach.accept(cluster);
            assertThat(cluster.answer(worker -> new ToMaster.Written(worker, 1))).hasSize(2);
        });

        private final Consumer<Workers> reach;

        Stage(Consumer<Workers> reach) {
            this.reach = reach;
        }

        Workers cluster() {
            Workers cluster = Workers.of(still(), 0, 1);
            reach.accept(cluster);
            return cluster;
        }
    }

    private static List<ToMaster> events(Workers cluster) {
        return List.of(new ToMaster.Sampled(0, "", 1, 0, new long[0]), cluster.loaded(0),
            new ToMaster.SuperstepDone(0, 0, 1, 1, 0, 0, 0, 0, 0, 0, new long[0][]), cluster.changed(0), new ToMaster.Written(0, 1));
    }

    @Test
    void aFailureAbortsTheJobInEveryState() {
        for (Stage stage : Stage.values()) {
            Workers cluster = stage.cluster();
            var fault = new Fault(Fault.Kind.FAILURE, "vertex 7 fell over");
            List<MasterCommand> commands = cluster.coordinator.on(new ToMaster.Failed(1, fault), 0);
            if (stage == Stage.DONE) {
                assertThat(commands).as("%s", stage).isEmpty();
            } else {
                assertThat(commands).as("%s", stage)
                    .containsExactly(new MasterCommand.Abort(fault));
            }
        }
    }

    @Test
    void afterTheEndNothingIsDone() {
        for (Stage stage : Stage.values()) {
            Workers cluster = stage.cluster();
            cluster.coordinator.on(new ToMaster.Failed(0, new Fault(Fault.Kind.FAILURE, "first")), 0);
            for (ToMaster event : events(cluster)) {
                assertThat(cluster.coordinator.on(event, 0)).as("%s, then %s", stage, event).isEmpty();
            }
            var second = new ToMaster.Failed(1, new Fault(Fault.Kind.FAILURE, "second"));
            assertThat(cluster.coordinator.on(second, 0)).as("%s", stage).isEmpty();
        }
    }

    @Test
    void anEventThatDoesNotFitTheStateIsAnError() {
        for (Stage stage : Stage.values()) {
            for (ToMaster event : events(stage.cluster())) {
                boolean fits = switch (stage) {
                    case NEW -> false;
                    case SAMPLING, HALF_SAMPLED -> event instanceof ToMaster.Sampled;
                    case LOADING -> event instanceof ToMaster.Loaded;
                    case COMPUTING -> event instanceof ToMaster.SuperstepDone;
                    case CHANGING -> event instanceof ToMaster.GraphChanged;
                    case WRITING -> event instanceof ToMaster.Written;
                    case DONE -> true;
                };
                Workers cluster = stage.cluster();
                if (!fits) {
                    String state = stage == Stage.HALF_SAMPLED ? "SAMPLING" : stage.name();
                    assertThatThrownBy(() -> cluster.coordinator.on(event, 0)).as("%s, then %s", stage, event)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageStartingWith("worker 0 reported " + event.getClass().getSimpleName())
                        .hasMessageEndingWith("while the job was " + state);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("orders")
    void changesOfOneWorkerLeadToAChangeOfAllAndThenToTheNextSuperstep(int[] order) {
        Workers cluster = Workers.of(still(), order);
        ToWorker.RunSuperstep first = Workers.superstep(cluster.startAndLoad());
        int n = order.length;
        List<MasterCommand> commands = cluster.answer(worker -> new ToMaster.SuperstepDone(worker, 0, 7, 3, 30, 2, worker == n - 1 ? 1 : 0,
            5, 8, 9, new long[0][]));
        // Delivered as it would have been: by the counts of the graph in which it was said.
        assertThat(commands).containsExactly(new MasterCommand.Announce(new ToWorker.ChangeGraph(0, 0, Delivery.PULL, 30L * n, false, true,
            10L * n, 40L * n)));
        commands = cluster.answer(worker -> new ToMaster.GraphChanged(worker, 11 + worker, 50, 6, new long[] {50, 50, 50, 50}, 4, 1, 2));
        long vertices = n == 1 ? 11 : 36;
        assertThat(commands).hasSize(2);
        assertThat(commands.get(0)).isEqualTo(new MasterCommand.SuperstepEnded(first, 7L * n, 6L * n, 30L * n, List.of(0.0, 0L, true),
            GLOBALS, IntStream.range(0, n).mapToObj(worker -> ToMaster.Effort.NONE).toList()));
        assertThat(Workers.superstep(commands)).usingRecursiveComparison().isEqualTo(new ToWorker.RunSuperstep(1, 0, 0, 0, Delivery.PULL,
            30L * n, true, false, true, 6L * n, false, vertices, 50L * n, new long[] {0, 0, 1},
            new long[] {-7, Double.doubleToRawLongBits(2.5)}));
    }

    @Test
    void afterASuperstepWithoutChangesNothingIsDeliveredAheadAnyMore() {
        Workers cluster = Stage.CHANGING.cluster();
        assertThat(Workers.superstep(cluster.changed()).delivered()).isTrue();
        ToWorker.RunSuperstep next = Workers.superstep(cluster.done(1, 1, 8, 0));
        assertThat(next.superstep()).isEqualTo(2);
        assertThat(next.delivered()).isFalse();
    }

    @Test
    void aGraphMayChangeAfterEverySuperstep() {
        Workers cluster = Stage.CHANGING.cluster();
        cluster.changed();
        List<MasterCommand> commands = cluster.doneWithChanges(1, 3);
        assertThat(((ToWorker.ChangeGraph) Workers.announcements(commands).get(0)).superstep()).isEqualTo(1);
        assertThat(Workers.superstep(cluster.changed()).delivered()).isTrue();
    }

    /** What everyone's broadcast comes to is told anew with every change: the old counts would call half a graph everyone. */
    @Test
    void hearingsAreThoseOfTheChangedGraph() {
        for (long hearings : new long[] {Workers.HEARINGS, 20}) {
            Workers cluster = Stage.CHANGING.cluster();
            cluster.answer(worker -> new ToMaster.GraphChanged(worker, 10, 40, 10, new long[] {hearings, 1, 1, 1}, 0, 0, 0));
            ToWorker.RunSuperstep next = Workers.superstep(cluster.done(1, 10, 20, 0));
            assertThat(next.everyoneSpoke()).as("%d hearings", hearings).isEqualTo(hearings == 20);
        }
    }

    @Test
    void whoeverComesAwakeKeepsTheJobGoingAndWhoeverIsGoneForGoodIsCountedAnew() {
        for (long awake = 0; awake < 2; awake++) {
            long awakeNow = awake;
            Workers cluster = Stage.COMPUTING.cluster();
            cluster.answer(worker -> new ToMaster.SuperstepDone(worker, 0, 10, 0, 0, 0, 1, 0, Workers.HEARINGS, 0, new long[0][]));
            List<MasterCommand> commands = cluster.answer(worker ->
                new ToMaster.GraphChanged(worker, 10, 40, worker == 1 ? awakeNow : 0, new long[] {80, 80, 80, 80}, 0, 0, 0));
            if (awake == 0) {
                assertThat(commands).last().isEqualTo(WRITE);
            } else {
                assertThat(Workers.superstep(commands).awake()).isEqualTo(1);
                // With the edges into vertices gone for good, 2 x 3 messages would be pulled.
                assertThat(Workers.superstep(cluster.done(1, 1, 3, 0)).delivery()).isEqualTo(Delivery.PUSH);
            }
        }
    }

    @Test
    void whatAChangeDropsIsAddedToWhatSuperstepsDrop() {
        Workers cluster = Workers.of(still(), Delivery.AUTO, 0, false, 0, 1);
        cluster.startAndLoad();
        cluster.answer(worker -> new ToMaster.SuperstepDone(worker, 0, 10, 0, 0, 0, 1, 3, 0, 0, new long[0][]));
        List<MasterCommand> commands = cluster.answer(worker ->
            new ToMaster.GraphChanged(worker, 10, 40, 0, new long[] {80, 80, 80, 80}, 20 + worker, 0, 0));
        assertThat(commands).last().isEqualTo(new MasterCommand.Finish(1, 47, GLOBALS));
    }

    @Test
    void aGraphThatHasLostAllItsVerticesEndsTheJob() {
        Workers cluster = Stage.CHANGING.cluster();
        assertThat(cluster.answer(worker -> new ToMaster.GraphChanged(worker, 0, 0, 0, new long[4], 0, 0, 0))).last().isEqualTo(WRITE);
    }

    @Test
    void aJobBeginsOnce() {
        Workers cluster = Stage.SAMPLING.cluster();
        assertThatThrownBy(() -> cluster.coordinator.start(0)).isInstanceOf(IllegalStateException.class)
            .hasMessage("the attempt has begun already");
    }

    @Test
    void aPlanNeedsAProgramAndADelivery() {
        assertThatThrownBy(() -> new JobPlan(null, false, 1, 1, 1, Delivery.AUTO, 0, false)).hasMessage("program");
        assertThatThrownBy(() -> new JobPlan(still(), false, 1, 1, 1, null, 0, false)).hasMessage("delivery");
    }
}
