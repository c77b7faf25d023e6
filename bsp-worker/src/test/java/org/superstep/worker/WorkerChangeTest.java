package org.superstep.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.net.Delivery;
import org.superstep.net.Placement;
import org.superstep.net.ToMaster;
import org.superstep.net.ToPeer;
import org.superstep.net.ToWorker;

/** How workers change the graph together, message by message. */
class WorkerChangeTest {
    private static final Placement ONE_EACH = WorkerTest.ONE_EACH;
    private static final ArrayEdges TRIANGLE = WorkerTest.TRIANGLE;

    /** In superstep 0 vertex 1 asks that its edges to 3 be gone; later nobody asks for anything. */
    private static final class Cutting extends LongProgram {
        final LongColumn heard = longColumn("heard", -1);

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public boolean changesGraph() {
            return true;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            v.set(heard, in.combined());
            v.broadcast(v.id());
            if (v.superstep() == 0 && v.id() == 1) {
                v.removeEdges(3);
            }
        }
    }

    /** Whatever a peer says of the change while a worker has yet to compute, to be told of the change, or to take part in it. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void whatAPeerSaysOfAChangeBeforeItsTimeIsKept(int late) {
        var program = new Cutting();
        LoadPlan plan = LoadPlan.of(program, false, false, false);
        try (var group = new WorkerGroup(program, TRIANGLE, plan, 3, 1, late)) {
            group.load(ONE_EACH);
            group.run(0, Delivery.PULL);
            assertThat(group.changes()).isEqualTo(1);
            var change = new ToWorker.ChangeGraph(0, 0, Delivery.PULL, 6, true, false, 3, 6);
            for (int worker = 0; worker < 3; worker++) {
                if (worker != late) {
                    group.workers[worker].on(change);
                }
            }
            // The late one, still READY, is told the changed arcs of both others.
            group.settle();
            assertThat(group.answers()).as("before worker %d is told of the change", late).isEmpty();
            group.workers[late].on(change);
            group.settle();
            assertThat(group.answers()).hasSize(3).allMatch(ToMaster.GraphChanged.class::isInstance);
        }
    }

    @Test
    void aPeerThatHasAllChangedArcsMayNameItsVerticesWhileAnothersArcsAreAwaited() {
        var program = new Cutting();
        LoadPlan plan = LoadPlan.of(program, false, false, false);
        try (var group = new WorkerGroup(program, TRIANGLE, plan, 3, 1, 0)) {
            group.load(ONE_EACH);
            group.run(0, Delivery.PULL);
            Worker worker = group.workers[0];
            var nothing = new ToPeer.ChangedArcs(1, new long[0], new long[0], new int[0], new double[0]);
            // READY: kept. CHANGING: taken. CHANGED: the last of all is taken.
            worker.on(nothing);
            worker.on(new ToPeer.Hears(1, new long[] {1}, new int[0], new int[0]));
            assertThat(group.answers()).isEmpty();
            worker.on(new ToWorker.ChangeGraph(0, 0, Delivery.PULL, 6, true, false, 3, 6));
            assertThat(group.answers()).isEmpty();
            worker.on(new ToPeer.ChangedArcs(2, new long[0], new long[0], new int[0], new double[0]));
            assertThat(group.answers()).isEmpty();
            worker.on(new ToPeer.Hears(2, new long[] {1}, new int[0], new int[0]));
            assertThat(group.answers()).hasSize(1).first().isInstanceOf(ToMaster.GraphChanged.class);
        }
    }

    /** While a worker reads, sorts, computes or waits for outboxes, what is said of a change is none of its business yet. */
    @Test
    void whatIsSaidOfAChangeNeverStandsInForWhatIsAwaited() {
        var program = new Cutting();
        LoadPlan plan = LoadPlan.of(program, false, false, false);
        var arcs = new ToPeer.ChangedArcs(1, new long[0], new long[0], new int[0], new double[0]);
        try (var group = new WorkerGroup(program, TRIANGLE, plan, 2, 1, 0)) {
            Worker worker = group.workers[0];
            worker.on(arcs);
            worker.on(new ToWorker.Sample());
            assertThat(group.answers()).hasSize(1).first().isInstanceOf(ToMaster.Sampled.class);
            worker.on(new ToWorker.Load(new Placement(new long[] {3}, new int[] {0, 1}), new long[0]));
            assertThat(group.answers()).isEmpty();
            worker.on(new ToPeer.ArcsEnd(1));
            assertThat(group.answers()).isEmpty();
            worker.on(new ToPeer.Hears(1, new long[] {1, 2}, new int[] {1, 1}, new int[] {0, 0}));
            assertThat(group.answers()).hasSize(1).first().isInstanceOf(ToMaster.Loaded.class);
            worker.on(group.command(0, 0, 0, Delivery.PULL, false));
            worker.on(new ToPeer.Hears(1, new long[] {1, 2}, new int[0], new int[0]));
            assertThat(group.answers()).as("waits for an outbox").isEmpty();
            worker.on(new ToPeer.OutboxesEnd(1, 0, 0));
            assertThat(group.answers()).hasSize(1).first().isInstanceOf(ToMaster.SuperstepDone.class);
            // All that was too early has its time now.
            worker.on(new ToWorker.ChangeGraph(0, 0, Delivery.PULL, 2, false, false, 3, 6));
            assertThat(group.answers()).hasSize(1).first().isInstanceOf(ToMaster.GraphChanged.class);
        }
    }

    @Test
    void messagesTravelOverTheGraphInWhichTheyWereSaidAndThenItHasChanged() {
        for (int workers = 1; workers <= 3; workers++) {
            var program = new Cutting();
            LoadPlan plan = LoadPlan.of(program, false, false, false);
            var placement = new Placement(new long[] {2, 3}, new int[] {0, workers / 2, workers - 1});
            try (var group = new WorkerGroup(program, TRIANGLE, plan, workers, 1, 0)) {
                group.load(placement);
                group.run(0, Delivery.PUSH);
                List<ToMaster.GraphChanged> changed = group.change(0, 0, Delivery.PUSH);
                assertThat(changed.stream().mapToLong(ToMaster.GraphChanged::edges).sum()).isEqualTo(5);
                assertThat(changed.stream().mapToLong(answer -> answer.hearings()[0]).sum()).isEqualTo(5);
                group.run(1, Delivery.PULL);
                assertThat(group.values(program.heard)).containsEntry(1L, 5L).containsEntry(2L, 4L).containsEntry(3L, 3L);
                assertThat(group.changes()).isZero();
                group.run(2, Delivery.PULL);
                assertThat(group.values(program.heard)).containsEntry(1L, 5L).containsEntry(2L, 4L).containsEntry(3L, 2L);
            }
        }
    }

    /** Vertex 1 has 4 created and then talks to its neighbours; vertex 3 goes, and comes back when it is next spoken to. */
    private static final class Creating extends LongProgram {
        Creating() {
            longColumn("nothing", 0);
        }

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public boolean changesGraph() {
            return true;
        }

        @Override public boolean createMissing() {
            return true;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            if (v.id() == 1 && v.superstep() == 0) {
                v.send(4, 1);
            } else if (v.id() == 3 && v.superstep() == 2) {
                v.removeVertex(3);
            } else if (v.id() == 4 && v.superstep() == 3 || v.id() == 1 && v.superstep() != 3) {
                v.broadcast(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void whereMissingVerticesAreCreatedTheGraphChangesWhenOneIsSpokenToAndNotOtherwise(int workers) {
        var program = new Creating();
        LoadPlan plan = LoadPlan.of(program, false, false, false);
        try (var group = new WorkerGroup(program, TRIANGLE, plan, workers, 1, 0)) {
            group.load(new Placement(new long[] {2, 3}, new int[] {0, workers / 2, workers - 1}));
            // 4 is created; all exist; 3 goes; a broadcast over no edge; a broadcast to 3, which comes; all exist.
            boolean[] changes = {true, false, true, false, true, false};
            for (int superstep = 0; superstep < changes.length; superstep++) {
                group.run(superstep, Delivery.PUSH);
                assertThat(group.changes() > 0).as("superstep %d", superstep).isEqualTo(changes[superstep]);
                if (changes[superstep]) {
                    group.change(superstep, 0, Delivery.PULL);
                }
            }
        }
    }
}
