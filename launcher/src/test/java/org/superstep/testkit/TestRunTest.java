package org.superstep.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.superstep.algorithms.ConnectedComponents;
import org.superstep.algorithms.PageRank;
import org.superstep.algorithms.ShortestPaths;
import org.superstep.graph.DoubleEdgeColumn;
import org.superstep.graph.Edges;
import org.superstep.graph.IntEdgeColumn;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.graph.RecordOutput;
import org.superstep.graph.io.InputException;
import org.superstep.testkit.TestGraph.Edge;

/** Programs on graphs from text, by the real engine. */
class TestRunTest {
    private static final TestGraph GRAPH = TestGraph.of("1 -> 2 0.5, 2 -> 3 2, 1 -> 3 4, 9");

    @Test
    void aColumnIsWhatTheEngineHasComputed() {
        var run = TestRun.of(new ShortestPaths(1), GRAPH)
            .assertColumn("distance", Map.of(1L, 0, 2L, 0.5, 3L, 2.5, 9L, Double.POSITIVE_INFINITY));
        assertThat(run.column("distance")).containsEntry(3L, 2.5).hasSize(4);
        assertThat(run.column("distance", Double.class).get(2L)).isEqualTo(0.5);
        assertThat(run.supersteps()).isEqualTo(3);
        TestRun.of(new ConnectedComponents(), GRAPH).assertColumn("component", Map.of(1L, 1, 2L, 1, 3L, 1, 9L, 9));
    }

    @Test
    void aToleranceForgivesRounding() {
        var run = TestRun.of(new PageRank(), TestGraph.of("1 -> 2 -> 3 -> 1"));
        run.assertColumn("rank", Map.of(1L, 0.3333, 2L, 0.3333, 3L, 0.3333), 0.001);
        assertThatThrownBy(() -> run.assertColumn("rank", Map.of(1L, 0.3333, 2L, 0.3, 3L, 0.3333), 0.001))
            .isInstanceOf(AssertionError.class).hasMessageStartingWith(
                "column \"rank\" is not as expected at 1 of 3 vertices, by more than 0.001:\n  vertex 2: expected 0.3, was 0.33333");
    }

    @Test
    void theInterpreterComesToTheSameAnswerInEveryShape() {
        for (var shape : new Shape[] {Shape.PLAIN, new Shape(1, 1, 1, Shape.Delivery.PULL, true),
            new Shape(2, 7, 2, Shape.Delivery.PUSH, false)}) {
            var answer = TestRun.of(new PageRank(), GRAPH, shape, 1).answer();
            assertThat(Interpreter.of(PageRank::new, GRAPH).run(100).answer().difference(answer, "here", "there")).isEmpty();
        }
    }

    @Test
    void aWorkerThatIsLostChangesNothing() {
        var run = TestRun.withFaults(new ShortestPaths(1), GRAPH, "kill worker 2 at superstep 1 compute", "kill worker 1 at recover")
            .assertColumn("distance", Map.of(1L, 0, 2L, 0.5, 3L, 2.5, 9L, Double.POSITIVE_INFINITY));
        assertThat(run.supersteps()).isEqualTo(3);
        var restarted = TestRun.of(new PageRank(), GRAPH, Shape.PLAIN.withWorkers(2).withFault("kill worker 1 at superstep 3 barrier"), 1);
        assertThat(TestRun.of(new PageRank(), GRAPH).answer().difference(restarted.answer(), "here", "there")).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> TestRun.withFaults(new PageRank(), GRAPH, "kill it"))
            .withMessage("\"kill it\": expected \"worker\" after \"kill\", was \"it\"; such as \"kill worker 2 at superstep 5 compute\"");
    }

    @Test
    void aShapeTellsWhatHappensInIt() {
        assertThat(Shape.PLAIN.withWorkers(3).withCheckpointEvery(2).withFault("kill worker 1 at load").withFault("kill worker 2 at write"))
            .hasToString("2 threads, partitions as the engine likes, 3 workers, saved every 2 supersteps, and \"kill worker 1 at load\","
                + " \"kill worker 2 at write\"");
        assertThat(Shape.PLAIN).hasToString("2 threads, partitions as the engine likes, 1 worker");
    }

    /** Emits the edges that hold much. */
    public static final class Heavy extends LongProgram {
        private final Edges out = outEdges();
        private final DoubleEdgeColumn capacity = doubleEdgeColumn("capacity", 1).required();
        private final IntEdgeColumn kind = intEdgeColumn("kind", 7);
        private final LongColumn degree = longColumn("degree", 0);
        private final RecordOutput heavy = recordOutput("heavy", "from", "to", "capacity", "kind");

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            v.set(degree, v.outDegree());
            for (var e = v.edges(out); e.next();) {
                if (e.get(capacity) > 1) {
                    v.emit(heavy, v.id(), e.target(), e.get(capacity), e.get(kind));
                }
            }
            v.halt();
        }
    }

    @Test
    void recordsAreThereAndEdgesHoldWhatTheyAreToHold() {
        var graph = TestGraph.of(List.of(new Edge(1, 2, 1, Map.of("capacity", 2.5, "kind", 3)), new Edge(2, 3, 1, Map.of("capacity", 1)),
            new Edge(1, 2, 1, Map.of("capacity", 2))));
        for (TestGraph each : List.of(graph, graph.withoutWeights())) {
            var run = TestRun.of(new Heavy(), each);
            assertThat(run.records("heavy")).containsExactly(List.of(1L, 2L, 2.0, 7L), List.of(1L, 2L, 2.5, 3L));
            assertThat(Interpreter.of(Heavy::new, each).run(5).answer().difference(run.answer(), "here", "there")).isEmpty();
        }
        assertThatIllegalArgumentException().isThrownBy(() -> TestRun.of(new Heavy(), graph).records("light"))
            .withMessage("the program has no record output \"light\"; it has [heavy]");
        ProgramContract.require(Heavy::new);
        ProgramContract.require(Heavy::new, graph);
        assertThatThrownBy(() -> ProgramContract.require(Heavy::new, GRAPH)).isInstanceOf(InputException.class)
            .hasMessage("the program needs the edge column \"capacity\" and the edge 1 -> 2 0.5 has nothing in it");
    }

    @Test
    void theEmptyGraphIsOneToo() {
        assertThat(TestRun.of(new ConnectedComponents(), TestGraph.of("")).column("component")).isEmpty();
    }
}
