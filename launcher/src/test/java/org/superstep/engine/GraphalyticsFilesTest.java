package org.superstep.engine;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superstep.Graph;
import org.superstep.JobOptions;
import org.superstep.Result;
import org.superstep.Superstep;
import org.superstep.algorithms.BreadthFirstSearch;
import org.superstep.algorithms.ConnectedComponents;
import org.superstep.algorithms.PageRank;
import org.superstep.algorithms.ShortestPaths;
import org.superstep.graph.Program;

/** LDBC Graphalytics' own graphs and reference outputs, where they are on the machine; read from their files by the engine's readers. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GraphalyticsFilesTest {
    private static final String P2P = "graphalytics/p2p-31/";
    private static final String EXAMPLES = "graphalytics/example-data-sets/";
    private static final String VALIDATION = "graphalytics/validation-graphs/";
    /** The tolerance of Graphalytics itself, as a share of the expected value. */
    private static final double EPSILON = 1e-4;

    @Test
    void p2pLevels() {
        var graph = Graph.edges(Datasets.file(P2P + "p2p-31.e.gz"));
        output(P2P + "p2p-31-BFS").requireLevels(run(new BreadthFirstSearch(6), graph.undirected()));
        output(P2P + "p2p-31-BFS-directed").requireLevels(run(new BreadthFirstSearch(6), graph));
    }

    @Test
    void p2pShortestPaths() {
        var graph = Graph.edges(Datasets.file(P2P + "p2p-31.e.gz"));
        output(P2P + "p2p-31-SSSP.gz").requireClose(run(new ShortestPaths(6), graph.undirected()), "distance", 0);
        output(P2P + "p2p-31-SSSP-directed.gz").requireClose(run(new ShortestPaths(6), graph), "distance", 0);
    }

    @Test
    void p2pComponents() {
        var graph = Graph.edges(Datasets.file(P2P + "p2p-31.e.gz"));
        output(P2P + "p2p-31-WCC").requireSameComponents(run(new ConnectedComponents(), graph.undirected()));
        output(P2P + "p2p-31-WCC").requireSameComponents(run(new ConnectedComponents(), graph));
    }

    @Test
    void p2pRanks() {
        var graph = Graph.edges(Datasets.file(P2P + "p2p-31.e.gz")).undirected();
        output(P2P + "p2p-31-PR.gz").requireClose(run(new PageRank(0.85, 10), graph), "rank", 1e-9);
    }

    @ParameterizedTest
    @CsvSource({"test-bfs-directed, false", "test-bfs-undirected, true"})
    void levelsOfTheExamples(String name, boolean undirected) {
        output(EXAMPLES + name + "-BFS").requireLevels(run(new BreadthFirstSearch(1), example(name, undirected)));
    }

    @ParameterizedTest
    @CsvSource({"test-sssp-directed, false", "test-sssp-undirected, true"})
    void shortestPathsOfTheExamples(String name, boolean undirected) {
        output(EXAMPLES + name + "-SSSP").requireClose(run(new ShortestPaths(1), example(name, undirected)), "distance", 1e-12);
    }

    @ParameterizedTest
    @CsvSource({"test-wcc-directed, false", "test-wcc-undirected, true"})
    void componentsOfTheExamples(String name, boolean undirected) {
        output(EXAMPLES + name + "-WCC").requireSameComponents(run(new ConnectedComponents(), example(name, undirected)));
    }

    /** The expected output of the directed one is the vector that has converged, and not that of its 14 iterations. */
    @ParameterizedTest
    @CsvSource({"test-pr-directed, false, 14", "test-pr-undirected, true, 26"})
    void ranksOfTheExamples(String name, boolean undirected, int iterations) {
        output(EXAMPLES + name + "-PR").requireClose(run(new PageRank(0.85, iterations), example(name, undirected)), "rank", EPSILON);
    }

    @ParameterizedTest
    @CsvSource({"dir", "undir"})
    void theValidationGraphs(String kind) {
        output(VALIDATION + "bfs/" + kind + "-output")
            .requireLevels(run(new BreadthFirstSearch(1), Datasets.adjacency(VALIDATION + "bfs/" + kind + "-input").graph()));
        output(VALIDATION + "wcc/" + kind + "-output")
            .requireSameComponents(run(new ConnectedComponents(), Datasets.adjacency(VALIDATION + "wcc/" + kind + "-input").graph()));
        output(VALIDATION + "pr/" + kind + "-output")
            .requireClose(run(new PageRank(0.85, kind.equals("dir") ? 14 : 26),
                Datasets.adjacency(VALIDATION + "pr/" + kind + "-input").graph()), "rank", EPSILON);
        var roads = Graph.edges(Datasets.file(VALIDATION + "sssp/" + kind + "-input.e"));
        output(VALIDATION + "sssp/" + kind + "-output")
            .requireClose(run(new ShortestPaths(1), kind.equals("dir") ? roads : roads.undirected()), "distance", 1e-12);
    }

    private static Graph example(String name, boolean undirected) {
        Path file = Datasets.file(EXAMPLES + name + ".e");
        return undirected ? Graph.edges(file).undirected() : Graph.edges(file);
    }

    private static ReferenceOutput output(String name) {
        return ReferenceOutput.parse(Datasets.text(name));
    }

    private static Result run(Program program, Graph graph) {
        return Superstep.run(program, graph, JobOptions.DEFAULT.withThreads(2));
    }
}
