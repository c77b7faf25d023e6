package org.superstep.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.superstep.algorithms.ConnectedComponents;
import org.superstep.algorithms.PageRank;
import org.superstep.algorithms.ShortestPaths;

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
    void theEmptyGraphIsOneToo() {
        assertThat(TestRun.of(new ConnectedComponents(), TestGraph.of("")).column("component")).isEmpty();
    }
}
