package org.superstep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superstep.Graph;
import org.superstep.JobOptions;
import org.superstep.Superstep;
import org.superstep.algorithms.BreadthFirstSearch;
import org.superstep.algorithms.ConnectedComponents;
import org.superstep.algorithms.PageRank;
import org.superstep.algorithms.ShortestPaths;
import org.superstep.net.Delivery;

/** Real graphs, where they are on the machine: read from their files by the engine, against oracles fed by a reader of the tests' own. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RealGraphsTest {
    @ParameterizedTest
    @CsvSource({
        "snap/Wiki-Vote.txt.gz, false, 30", "snap/facebook_combined.txt, true, 0", "snap/p2p-Gnutella08.txt, false, 0",
        "snap/as20000102.txt, true, 1", "snap/email-Eu-core.txt.gz, false, 0", "snap/lastfm_asia_edges.csv, true, 0"})
    void allFourAgreeWithTheOracles(String name, boolean undirected, long source) {
        var lines = Datasets.edges(name);
        var sample = undirected ? lines.asUndirected() : lines;
        Graph graph = sample.read(Graph.edges(Datasets.file(name)));
        long[] ids = sample.vertices();
        var arcs = sample.arcs(false);
        var one = new Shape(2, 0, 1, Delivery.AUTO).options();
        var three = new Shape(3, 100, 3, Delivery.AUTO).options();
        for (var options : new JobOptions[] {one, three}) {
            var ranks = Superstep.run(new PageRank(0.85, 10), graph, options);
            assertThat(ranks.report().vertices()).isEqualTo(ids.length);
            assertThat(ranks.report().edges()).isEqualTo(arcs.size());
            assertThat(ranks.doubles("rank")).isEqualTo(PageRankOracle.ranks(ids, arcs, 0.85, 10));
            assertThat(Superstep.run(new BreadthFirstSearch(source), graph, options).longs("level"))
                .isEqualTo(BreadthFirstOracle.levels(ids, arcs, source));
            assertThat(Superstep.run(new ConnectedComponents(), graph, options).longs("component"))
                .isEqualTo(UnionFindOracle.components(ids, arcs));
            assertThat(Superstep.run(new ShortestPaths(source), graph, options).doubles("distance"))
                .isEqualTo(DijkstraOracle.distances(ids, sample.arcs(true), source));
        }
    }
}
