package org.superstep.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superstep.testkit.TestGraph.Edge;

/** Graphs from text: what the text means, and where it is wrong. */
class TestGraphTest {
    @Test
    void edgesVerticesWeightsAndCommentsAreRead() {
        var graph = TestGraph.of("""
            # a graph
            1 -> 2 0.5, 2->3   # two edges
            7
            -4 -- 5 -2e-3, 3 -- 3

            """);
        assertThat(graph.edges()).containsExactly(new Edge(1, 2, 0.5), new Edge(2, 3, 1), new Edge(-4, 5, -2e-3), new Edge(5, -4, -2e-3),
            new Edge(3, 3, 1));
        assertThat(graph.vertexIds()).containsExactly(-4, 1, 2, 3, 5, 7);
        assertThat(graph.isWeighted()).isTrue();
        assertThat(graph).hasToString("6 vertices and 5 edges");
    }

    @Test
    void aPathIsWrittenInOneGo() {
        var graph = TestGraph.of("1 -> 2 -> 3 4 -- 5");
        assertThat(graph.edges()).containsExactly(new Edge(1, 2, 1), new Edge(2, 3, 4), new Edge(3, 5, 1), new Edge(5, 3, 1));
        assertThat(graph).hasToString("\"1 -> 2 -> 3 4 -- 5\"");
    }

    @Test
    void signsAreToldFromEdges() {
        assertThat(TestGraph.of("1--2,3---4,-5->-6 -7").edges()).containsExactly(new Edge(1, 2, 1), new Edge(2, 1, 1),
            new Edge(3, -4, 1), new Edge(-4, 3, 1), new Edge(-5, -6, -7));
    }

    @Test
    void parallelEdgesAndSelfLoopsAreKept() {
        var graph = TestGraph.of("1 -> 2, 1 -> 2, 2 -> 2").undirected();
        assertThat(graph.edges()).containsExactly(new Edge(1, 2, 1), new Edge(1, 2, 1), new Edge(2, 2, 1), new Edge(2, 1, 1),
            new Edge(2, 1, 1));
        assertThat(graph.isWeighted()).isFalse();
    }

    @Test
    void noTextIsNoGraphAtAll() {
        assertThat(TestGraph.of("").vertexIds()).isEmpty();
        assertThat(TestGraph.of(" # nothing\n ,\n").edges()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "1 -> x             | line 1, column 6: expected a vertex id after ->, was \"x\"",
        "1 ->               | line 1, column 5: expected a vertex id after ->, was the end of the text",
        "one                | line 1, column 1: expected a vertex id, was \"one\"",
        "1 - 2              | line 1, column 3: expected ->, --, a comma or the line's end, was \"-\"",
        "1 -> 2 much        | line 1, column 8: expected a weight, ->, --, a comma or the line's end, was \"much\"",
        "1 -> 2 1e999       | line 1, column 8: a weight must be finite, was \"1e999\"",
        "1 -> 2 3 4         | line 1, column 10: expected ->, --, a comma or the line's end, was \"4\"",
        "1 -> 9999999999999999999 | line 1, column 6: expected a vertex id after ->, was \"9999999999999999999\""})
    void aFaultIsToldWithItsPlace(String text, String message) {
        assertThatIllegalArgumentException().isThrownBy(() -> TestGraph.of(text)).withMessageStartingWith(message)
            .withMessageEndingWith("; a graph looks like this: 1 -> 2 0.5, 2 -- 3, 4");
    }

    @Test
    void aFaultInALaterLineIsToldWithItsLine() {
        assertThatIllegalArgumentException().isThrownBy(() -> TestGraph.of("1 -> 2 # fine\n\n  3 -> \n4")).withMessageStartingWith(
            "line 3, column 8: expected a vertex id after ->, was the line's end");
    }

    @Test
    void whatEdgesHoldGoesWithThem() {
        var graph = TestGraph.of(List.of(new Edge(1, 2, 0.5, Map.of("kind", 3, "capacity", 1.5f)))).undirected();
        assertThat(graph.edges()).containsExactly(new Edge(1, 2, 0.5, Map.of("capacity", 1.5, "kind", 3L)),
            new Edge(2, 1, 0.5, Map.of("kind", (short) 3, "capacity", 1.5)));
        assertThat(graph.withoutWeights().edges().get(0)).hasToString("1 -> 2 {capacity=1.5, kind=3}");
    }

    @Test
    void weightsMustBeFinite() {
        assertThatIllegalArgumentException().isThrownBy(() -> TestGraph.of(List.of(new Edge(1, 2, Double.NaN))))
            .withMessage("the weight of edge 1 -> 2 must be finite, was NaN");
    }
}
