package org.superstep.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.superstep.graph.Weights;

class BundledGraphsTest {
    private static final Pattern GML_EDGE = Pattern.compile("source (\\d+)\\s+target (\\d+)(?:\\s+value (\\d+))?");

    @Test
    void zacharysKarateClub() throws IOException {
        var drained = DrainedEdges.of(BundledGraphs.KARATE.edges(), Weights.OPTIONAL, 2, 2);
        assertThat(drained.description()).isEqualTo("tab-separated edges, each edge weighs 1 (there is no column 3)");
        assertThat(drained.edges()).hasSize(78).doesNotHaveDuplicates();
        assertThat(degrees(drained.edges(), 34)).containsExactly(16, 9, 10, 6, 3, 4, 4, 4, 5, 2, 3, 1, 2, 5, 2, 2, 2, 2, 2, 3, 2, 2, 2,
            5, 3, 3, 2, 4, 3, 4, 4, 6, 12, 17);
    }

    @Test
    void theCharactersOfLesMiserables() throws IOException {
        var drained = DrainedEdges.of(BundledGraphs.LES_MISERABLES.edges(), Weights.REQUIRED, 1, 2);
        assertThat(drained.edges()).hasSize(254).doesNotHaveDuplicates();
        assertThat(drained.edges().stream().mapToDouble(edge -> Double.parseDouble(edge.split(" ")[2])).sum()).isEqualTo(820);
        var degrees = degrees(drained.edges(), 77);
        assertThat(degrees).allMatch(degree -> degree > 0);
        assertThat(degrees.get(11)).as("Valjean").isEqualTo(36);
        assertThat(drained.edges()).as("Cosette and Valjean").contains("12 27 31.0");
    }

    @Test
    void theyAreThePublishedGraphs() throws IOException {
        for (var graph : BundledGraphs.values()) {
            boolean karate = graph == BundledGraphs.KARATE;
            var gml = PublicDatasets.file(karate ? "classics/karate.gml" : "classics/lesmis.gml");
            assumeTrue(gml.isPresent(), PublicDatasets.ABSENT);
            var published = new ArrayList<String>();
            var edge = GML_EDGE.matcher(Files.readString(gml.get()));
            while (edge.find()) {
                // The file for Les Misérables counts from 0.
                int a = Integer.parseInt(edge.group(1)) + (karate ? 0 : 1);
                int b = Integer.parseInt(edge.group(2)) + (karate ? 0 : 1);
                published.add(Math.min(a, b) + " " + Math.max(a, b) + (karate ? "" : " " + edge.group(3) + ".0"));
            }
            Collections.sort(published);
            assertThat(DrainedEdges.of(graph.edges(), Weights.OPTIONAL).edges()).isEqualTo(published);
        }
    }

    @Test
    void theSameGraphsLieInTheRepository() throws IOException {
        assertThat(BundledGraphs.titles()).containsExactly("karate", "les-miserables");
        for (var graph : BundledGraphs.values()) {
            assertThat(Files.readAllBytes(Path.of("graphs", graph.title() + ".tsv"))).isEqualTo(graph.text());
        }
    }

    private static List<Integer> degrees(List<String> edges, int vertices) {
        var degrees = new ArrayList<>(Collections.nCopies(vertices, 0));
        for (String edge : edges) {
            for (int end = 0; end < 2; end++) {
                int vertex = Integer.parseInt(edge.split(" ")[end]) - 1;
                degrees.set(vertex, degrees.get(vertex) + 1);
            }
        }
        return degrees;
    }
}
