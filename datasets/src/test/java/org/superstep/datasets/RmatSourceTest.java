package org.superstep.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superstep.graph.Weights;
import org.superstep.graph.io.EdgeSample;
import org.superstep.graph.io.InputException;

class RmatSourceTest {
    @TempDir
    Path folder;

    @Test
    void theEdgesAreThoseOfTheFileWithTheSameOptions() throws IOException {
        for (var options : List.of(RmatOptions.of(11, 7), RmatOptions.of(11, 7).withWeights(), RmatOptions.of(11, 7).asSortedArcs())) {
            Path file = folder.resolve("rmat");
            new RmatGenerator(options).write(file);
            var written = DrainedEdges.of(new EdgeListSource(List.of(file), EdgeListOptions.AUTO), Weights.OPTIONAL);
            for (int shares : new int[] {1, 2, 7}) {
                for (int threads : new int[] {1, 3}) {
                    var made = DrainedEdges.of(new RmatSource(options), Weights.OPTIONAL, shares, threads);
                    assertThat(made.edges()).as("%d shares, %d threads, %s", shares, threads, options).isEqualTo(written.edges());
                    assertThat(made.toldEdges()).isEqualTo(made.edges().size());
                    assertThat(made.weighted()).isEqualTo(options.weights());
                }
            }
        }
    }

    @Test
    void moreSharesThanEdgesStillHoldEachEdgeOnce() throws IOException {
        var options = new RmatOptions(1, 1, 3, false, false, false, 1);
        assertThat(DrainedEdges.of(new RmatSource(options), Weights.OPTIONAL, 5, 1).edges()).hasSize(2);
    }

    @Test
    void theLookAheadIsSpreadOverTheShareAndKnowsItsSize() throws IOException {
        var source = new RmatSource(RmatOptions.of(14, 7));
        EdgeSample half = source.open(1, 2, Weights.OPTIONAL).sample().orElseThrow();
        assertThat(half.estimatedEdges()).isEqualTo(8 << 14);
        assertThat(half.sources()).hasSizeBetween(1 << 14, 1 << 15);
    }

    @Test
    void weightsThatAProgramCannotHaveAreRefused() {
        var without = new RmatSource(RmatOptions.of(4, 1));
        assertThatThrownBy(() -> without.open(0, 1, Weights.REQUIRED)).isInstanceOf(InputException.class)
            .hasMessageContaining("RmatOptions.withWeights");
        var with = new RmatSource(RmatOptions.of(4, 1).withWeights());
        assertThatThrownBy(() -> with.open(0, 1, Weights.OPTIONAL.atLeast(2))).isInstanceOf(InputException.class)
            .hasMessageContaining("at least 2.0");
        assertThat(with.open(0, 1, Weights.IGNORED).weighted()).isFalse();
        assertThat(with.open(0, 1, Weights.REQUIRED.atLeast(0)).weighted()).isTrue();
    }
}
