package org.superstep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.Edge;
import org.superstep.EdgeCollector;
import org.superstep.Graph;
import org.superstep.JobException;
import org.superstep.Superstep;
import org.superstep.algorithms.BreadthFirstSearch;
import org.superstep.algorithms.ConnectedComponents;
import org.superstep.algorithms.ShortestPaths;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Weights;
import org.superstep.graph.io.InputException;
import org.superstep.net.Delivery;

/** Where a graph's edges can come from: whatever the source, the graph and the answers are the same. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GraphTest {
    static Stream<Shape> shapes() {
        return Stream.of(new Shape(1, 1, 1, Delivery.PULL), new Shape(2, 16, 1, Delivery.PUSH), new Shape(3, 64, 3, Delivery.AUTO));
    }

    /** Refuses graphs without weights. */
    public static final class NeedsWeights extends LongProgram {
        private final LongColumn nothing = longColumn("nothing", 0);

        @Override public Weights weights() {
            return Weights.REQUIRED;
        }

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            v.set(nothing, 1);
            v.halt();
        }
    }

    private static void collect(Sample sample, EdgeCollector sink) {
        for (Arc line : sample.lines()) {
            sink.edge(line.source(), line.target(), line.weight());
        }
    }

    private static List<Edge> edges(Sample sample) {
        return sample.lines().stream().map(line -> new Edge(line.source(), line.target(), line.weight())).toList();
    }

    private static Answer answer(Graph graph, Shape shape) {
        var program = new TestPrograms.HashOverOut();
        return Answer.of(program, Superstep.run(program, graph, shape.options()));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void edgesOneAtATimeGiveTheGraphThatArraysGive(Shape shape) {
        // More edges than a batch holds, so that shares take turns.
        for (var sample : List.of(RandomGraphs.rmat(9, 12, 5), RandomGraphs.any(3), RandomGraphs.path(1))) {
            var expected = SerialPregel.run(new TestPrograms.HashOverOut(), sample, 1, 1000);
            List<Edge> edges = edges(sample);
            for (Graph graph : List.of(Graph.of(edges), Graph.of(edges.iterator()), Graph.of(edges.stream()),
                Graph.from(sink -> collect(sample, sink)))) {
                assertThat(expected.difference(answer(sample.weighted() ? sample.read(graph) : sample.graph(), shape))).isEmpty();
            }
        }
    }

    @Test
    void everyJobReadsAnIterableOnceForEachWorkerAndAnIteratorNeverAgain() {
        var readings = new AtomicInteger();
        Iterable<Edge> edges = () -> {
            readings.incrementAndGet();
            return List.of(new Edge(1, 2), new Edge(2, 3)).iterator();
        };
        Graph graph = Graph.of(edges);
        assertThat(readings).hasValue(0);
        Superstep.run(new ConnectedComponents(), graph, new Shape(4, 4, 1, Delivery.AUTO).options());
        assertThat(readings).hasValue(1);
        Superstep.run(new ConnectedComponents(), graph, new Shape(3, 4, 3, Delivery.AUTO).options());
        assertThat(readings).hasValue(4);

        Graph kept = Graph.of(edges.iterator());
        for (int job = 0; job < 2; job++) {
            assertThat(Superstep.run(new ConnectedComponents(), kept).longs("component")).containsExactly(1, 1, 1);
        }
    }

    @Test
    void anEdgeWithoutAWeightWeighsOneUnlessTheProgramNeedsWeights() {
        Graph unweighted = Graph.from(sink -> sink.edge(1, 2));
        assertThat(Superstep.run(new BreadthFirstSearch(1), unweighted).longs("level")).containsExactly(0, 1);
        assertThatThrownBy(() -> Superstep.run(new NeedsWeights(), unweighted)).isInstanceOf(InputException.class)
            .hasMessage("the program needs weights and edge 0 (1 -> 2) has none; pass a weight with each edge");
        assertThat(Superstep.run(new ShortestPaths(1), Graph.of(List.of(new Edge(1, 2)))).doubles("distance")).containsExactly(0, 1);
    }

    @Test
    void aWeightThatTheProgramDoesNotTakeIsRefused() {
        for (double weight : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            Graph graph = Graph.from(sink -> {
                sink.edge(1, 2, 1);
                sink.edge(2, 3, weight);
            });
            assertThatThrownBy(() -> Superstep.run(new ShortestPaths(1), graph)).isInstanceOf(InputException.class)
                .hasMessageContaining("edge 1 (2 -> 3) has weight " + weight);
            assertThat(Superstep.run(new BreadthFirstSearch(1), graph).size()).isEqualTo(3);
        }
    }

    @Test
    void whatGoesWrongWhileEdgesAreHandedOverFailsTheJob() {
        Graph graph = Graph.from(sink -> {
            sink.edge(1, 2);
            throw new IllegalStateException("the database has gone");
        });
        for (var shape : shapes().toList()) {
            assertThatThrownBy(() -> Superstep.run(new ConnectedComponents(), graph, shape.options())).isInstanceOf(JobException.class)
                .hasMessageContaining("the database has gone");
        }
    }

    @Test
    void noEdgesAreAGraphWithoutVertices() {
        for (Graph graph : List.of(Graph.of(List.<Edge>of()), Graph.from(sink -> {
        }))) {
            assertThat(Superstep.run(new ConnectedComponents(), graph).size()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void anyShapeGivesTheSameAnswerOnAGeneratedGraph(Shape shape) {
        Graph graph = Graph.rmat(8, 3);
        var expected = answer(graph, new Shape(1, 1, 1, Delivery.PULL));
        assertThat(expected.difference(answer(graph, shape))).isEmpty();
        assertThat(LongStream.of(expected.ids()).allMatch(id -> id >= 0 && id < 256)).isTrue();
        assertThatThrownBy(() -> Superstep.run(new NeedsWeights(), graph, shape.options())).isInstanceOf(InputException.class)
            .hasMessageContaining("this R-MAT graph has none");
    }
}
