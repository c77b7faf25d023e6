package org.superstep.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superstep.graph.Weights;

/** Files as they are published, against the counts of their publishers. */
class PublicDatasetsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "snap/web-NotreDame.txt.gz    | 325729 | 1497134 | tab-separated edges, compressed, each edge weighs 1 (there is no column 3)",
        "snap/soc-Epinions1.txt.gz    |  75879 |  508837 | tab-separated edges, compressed, each edge weighs 1 (there is no column 3)",
        "snap/Wiki-Vote.txt.gz        |   7115 |  103689 | tab-separated edges, compressed, each edge weighs 1 (there is no column 3)",
        "snap/p2p-Gnutella31.txt.gz   |  62586 |  147892 | tab-separated edges, compressed, each edge weighs 1 (there is no column 3)",
        "snap/as20000102.txt          |   6474 |   26467 | tab-separated edges, each edge weighs 1 (there is no column 3)",
        "snap/CA-HepTh.txt            |   9877 |   51971 | tab-separated edges, each edge weighs 1 (there is no column 3)",
        "snap/email-Eu-core.txt.gz    |   1005 |   25571 | blank-separated edges, compressed, each edge weighs 1 (there is no column 3)",
        "snap/facebook_combined.txt   |   4039 |   88234 | blank-separated edges, each edge weighs 1 (there is no column 3)",
        "snap/lastfm_asia_edges.csv   |   7624 |   27806 | comma-separated edges, header line skipped, each edge weighs 1 (there is no "
            + "column 3)",
        "snap/soc-sign-bitcoinotc.csv.gz | 5881 | 35592 | comma-separated edges, compressed, weight from column 3"})
    void countsAreThosePublished(String name, int vertices, int edges, String description) throws IOException {
        var file = PublicDatasets.file(name);
        assumeTrue(file.isPresent(), PublicDatasets.ABSENT);
        var drained = DrainedEdges.of(new EdgeListSource(List.of(file.get()), EdgeListOptions.AUTO), Weights.OPTIONAL, 1, 2);
        assertThat(drained.edges()).hasSize(edges);
        assertThat(drained.description()).isEqualTo(description);
        var ids = new HashSet<String>();
        for (String edge : drained.edges()) {
            String[] ends = edge.split(" ");
            ids.add(ends[0]);
            ids.add(ends[1]);
        }
        assertThat(ids).hasSize(vertices);
    }
}
