package org.superstep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.Superstep;
import org.superstep.algorithms.BreadthFirstSearch;
import org.superstep.algorithms.ConnectedComponents;
import org.superstep.algorithms.PageRank;
import org.superstep.algorithms.ShortestPaths;
import org.superstep.net.Delivery;

/** The two example graphs of the LDBC Graphalytics specification, appendix A, with the outputs that its authors expect. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GraphalyticsExampleTest {
    private static final String DIRECTED_EDGES = """
        1 3 0.5
        1 5 0.3
        2 4 0.1
        2 5 0.3
        2 10 0.12
        3 1 0.53
        3 5 0.62
        3 8 0.21
        3 10 0.52
        5 3 0.69
        5 4 0.53
        5 8 0.1
        6 3 0.23
        6 4 0.39
        7 4 0.83
        8 1 0.39
        9 4 0.69
        """;

    private static final String DIRECTED_BFS = """
        1 0
        2 9223372036854775807
        3 1
        4 2
        5 1
        6 9223372036854775807
        7 9223372036854775807
        8 2
        9 9223372036854775807
        10 2
        """;

    private static final String DIRECTED_SSSP = """
        1 0.000000000000000e+00
        2 infinity
        3 5.000000000000000e-01
        4 8.300000000000001e-01
        5 3.000000000000000e-01
        6 infinity
        7 infinity
        8 4.000000000000000e-01
        9 infinity
        10 1.020000000000000e+00
        """;

    private static final String DIRECTED_WCC = """
        1 1
        2 1
        3 1
        4 1
        5 1
        6 1
        7 1
        8 1
        9 1
        10 1
        """;

    private static final String DIRECTED_PR = """
        1 1.477629166666667e-01
        2 4.753375000000000e-02
        3 1.550469444444444e-01
        4 1.597573611111111e-01
        5 1.462400000000000e-01
        6 4.753375000000000e-02
        7 4.753375000000000e-02
        8 1.135740277777778e-01
        9 4.753375000000000e-02
        10 8.748375000000001e-02
        """;

    private static final String UNDIRECTED_EDGES = """
        2 3 0.9
        2 4 0.69
        3 4 0.13
        3 5 0.5
        3 8 0.32
        5 6 0.63
        5 8 0.12
        6 7 0.53
        6 8 0.64
        6 9 0.23
        6 10 0.63
        7 9 0.36
        """;

    private static final String UNDIRECTED_BFS = """
        2 0
        3 1
        4 1
        5 2
        6 3
        7 4
        8 2
        9 4
        10 4
        """;

    private static final String UNDIRECTED_SSSP = """
        2 0.000000000000000e+00
        3 8.200000000000000e-01
        4 6.899999999999999e-01
        5 1.260000000000000e+00
        6 1.780000000000000e+00
        7 2.310000000000000e+00
        8 1.140000000000000e+00
        9 2.010000000000000e+00
        10 2.410000000000000e+00
        """;

    private static final String UNDIRECTED_WCC = """
        2 2
        3 2
        4 2
        5 2
        6 2
        7 2
        8 2
        9 2
        10 2
        """;

    private static final String UNDIRECTED_PR = """
        2 9.084490740740739e-02
        3 1.424089506172839e-01
        4 9.084490740740739e-02
        5 1.249891975308642e-01
        6 1.686172839506173e-01
        7 9.749537037037037e-02
        8 1.249891975308642e-01
        9 9.749537037037037e-02
        10 6.231481481481481e-02
        """;

    static Stream<Shape> shapes() {
        return Stream.of(new Shape(1, 1, 1, Delivery.PULL), new Shape(2, 3, 1, Delivery.PUSH), new Shape(2, 7, 3, Delivery.AUTO));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void breadthFirstSearch(Shape shape) {
        var directed = Superstep.run(new BreadthFirstSearch(1), sample(DIRECTED_EDGES).graph(), shape.options());
        ReferenceOutput.parse(DIRECTED_BFS).requireLevels(directed);
        var undirected = Superstep.run(new BreadthFirstSearch(2), sample(UNDIRECTED_EDGES).asUndirected().graph(), shape.options());
        ReferenceOutput.parse(UNDIRECTED_BFS).requireLevels(undirected);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void shortestPaths(Shape shape) {
        var directed = Superstep.run(new ShortestPaths(1), sample(DIRECTED_EDGES).graph(), shape.options());
        ReferenceOutput.parse(DIRECTED_SSSP).requireClose(directed, "distance", 1e-12);
        var undirected = Superstep.run(new ShortestPaths(2), sample(UNDIRECTED_EDGES).asUndirected().graph(), shape.options());
        ReferenceOutput.parse(UNDIRECTED_SSSP).requireClose(undirected, "distance", 1e-12);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void connectedComponents(Shape shape) {
        var directed = Superstep.run(new ConnectedComponents(), sample(DIRECTED_EDGES).graph(), shape.options());
        ReferenceOutput.parse(DIRECTED_WCC).requireSameComponents(directed);
        assertThat(directed.longs("component")).containsOnly(1);
        var undirected = Superstep.run(new ConnectedComponents(), sample(UNDIRECTED_EDGES).asUndirected().graph(), shape.options());
        ReferenceOutput.parse(UNDIRECTED_WCC).requireSameComponents(undirected);
        assertThat(undirected.longs("component")).containsOnly(2);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void pageRank(Shape shape) {
        var directed = Superstep.run(new PageRank(0.85, 2), sample(DIRECTED_EDGES).graph(), shape.options());
        ReferenceOutput.parse(DIRECTED_PR).requireClose(directed, "rank", 1e-12);
        var undirected = Superstep.run(new PageRank(0.85, 2), sample(UNDIRECTED_EDGES).asUndirected().graph(), shape.options());
        ReferenceOutput.parse(UNDIRECTED_PR).requireClose(undirected, "rank", 1e-12);
    }

    private static Sample sample(String edges) {
        List<Arc> lines = new ArrayList<>();
        edges.lines().map(line -> line.split(" "))
            .forEach(fields -> lines.add(new Arc(Long.parseLong(fields[0]), Long.parseLong(fields[1]), Double.parseDouble(fields[2]))));
        return Sample.directed("the Graphalytics example", lines);
    }
}
