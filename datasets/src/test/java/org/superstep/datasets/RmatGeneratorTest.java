package org.superstep.datasets;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RmatGeneratorTest {
    @TempDir
    Path folder;

    @Test
    void theBytesDependOnTheSeedAloneNotOnThreads() throws IOException {
        for (var options : List.of(RmatOptions.of(13, 7), RmatOptions.of(13, 7).withWeights(), RmatOptions.of(13, 7).asSortedArcs())) {
            byte[] one = bytes(options.withThreads(1));
            for (int threads : new int[] {2, 3, 8}) {
                assertThat(Arrays.equals(bytes(options.withThreads(threads)), one)).as("%d threads, %s", threads, options).isTrue();
            }
            var otherSeed = new RmatOptions(13, 16, 8, options.bothDirections(), options.sort(), options.weights(), 2);
            assertThat(Arrays.equals(bytes(otherSeed), one)).isFalse();
        }
    }

    /** Files that others measure with must stay what they are. */
    @Test
    void theFirstEdgesAreAsEver() throws IOException {
        assertThat(bytes(RmatOptions.of(20, 1).withWeights(), 3)).asString(US_ASCII).isEqualTo(
            "66774\t262629\t122\n785971\t164345\t96\n509035\t1030860\t57\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 10, 14})
    void countsAreThoseOfTheFile(int scale) throws IOException {
        for (boolean both : new boolean[] {false, true}) {
            for (boolean sort : new boolean[] {false, true}) {
                var file = folder.resolve("rmat");
                var options = new RmatOptions(scale, 16, 3, both, sort, true, 2);
                var counts = new RmatGenerator(options).write(file);
                var lines = Files.readAllLines(file);
                assertThat(counts.lines()).isEqualTo(lines.size());
                assertThat(counts.duplicates()).hasValue(lines.size() - new HashSet<>(lines).size());
                var arcs = lines.stream().map(line -> Arrays.stream(line.split("\t")).mapToLong(Long::parseLong).toArray()).toList();
                long loops = arcs.stream().filter(arc -> arc[0] == arc[1]).count();
                assertThat(counts.selfLoops()).isEqualTo(loops);
                assertThat(counts.lines()).isEqualTo(both ? 2 * options.edges() - loops : options.edges());
                assertThat(arcs).allMatch(arc -> arc[0] >>> scale == 0 && arc[1] >>> scale == 0 && arc[2] >= 1 && arc[2] <= 255);
                if (sort) {
                    assertThat(arcs).isSortedAccordingTo(Comparator.<long[]>comparingLong(arc -> arc[0]).thenComparingLong(arc -> arc[1]));
                }
            }
        }
    }

    @Test
    void bothDirectionsHoldEachEdgeBothWaysWithOneWeight() throws IOException {
        var once = lines(RmatOptions.of(9, 5).withWeights());
        var expected = new ArrayList<String>();
        for (String line : once) {
            String[] edge = line.split("\t");
            expected.add(line);
            if (!edge[0].equals(edge[1])) {
                expected.add(edge[1] + "\t" + edge[0] + "\t" + edge[2]);
            }
        }
        assertThat(lines(new RmatOptions(9, 16, 5, true, false, true, 2))).isEqualTo(expected);
        assertThat(lines(RmatOptions.of(9, 5).withWeights().asSortedArcs())).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(lines(new RmatOptions(9, 16, 5, false, true, true, 2))).containsExactlyInAnyOrderElementsOf(once);
    }

    /** With Graph500's probabilities an edge is a self-loop with chance 0.62^scale, and few vertices have most of the edges. */
    @Test
    void theGraphIsSkewedAsGraph500Says() throws IOException {
        int scale = 14;
        var arcs = lines(RmatOptions.of(scale, 11).asSortedArcs());
        var degrees = new HashMap<String, Integer>();
        int loops = 0;
        for (String line : arcs) {
            String[] edge = line.split("\t");
            degrees.merge(edge[0], 1, Integer::sum);
            loops += edge[0].equals(edge[1]) ? 1 : 0;
        }
        double expected = Math.pow(0.62, scale) * (16 << scale);
        assertThat((double) loops).isBetween(expected - 5 * Math.sqrt(expected), expected + 5 * Math.sqrt(expected));
        var sorted = degrees.values().stream().sorted(Comparator.reverseOrder()).toList();
        long hubs = sorted.stream().limit((1 << scale) / 100).mapToLong(d -> d).sum();
        assertThat((double) hubs / arcs.size()).isBetween(0.2, 0.45);
        // Each level keeps a bit of the source, or of the target, at 0 with chance 0.76.
        double largest = 2 * Math.pow(0.76, scale) * (16 << scale);
        assertThat((double) sorted.get(0)).isBetween(0.8 * largest, 1.2 * largest);
        assertThat(degrees.size()).isBetween((int) (0.6 * (1 << scale)), 1 << scale);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8, 13})
    void idsAreScrambledOneToOne(int scale) throws IOException {
        // With many edges per vertex each id of a small graph occurs, unless two of them fell together.
        var ids = new BitSet();
        for (String line : lines(new RmatOptions(scale, 1 << Math.min(12, 16 - scale), 1, false, false, false, 2))) {
            ids.set(Integer.parseInt(line.split("\t")[0]));
        }
        assertThat(ids.cardinality()).isGreaterThan((int) (0.4 * (1 << scale)));
        if (scale <= 3) {
            assertThat(ids.cardinality()).isEqualTo(1 << scale);
        }
    }

    @Test
    void aRunThatFailsLeavesNoFileAndKeepsTheOldOne() throws IOException {
        var file = Files.writeString(folder.resolve("graph.tsv"), "1 2\n");
        var huge = new RmatOptions(28, 16, 1, true, true, false, 2);
        assertThatIllegalArgumentException().isThrownBy(() -> new RmatGenerator(huge).write(file))
            .withMessage("sorting is limited to 2147483639 lines, and these would be 8589934592; leave out --sort");
        long heap = Runtime.getRuntime().maxMemory() >> 20;
        if (heap < 8192) {
            var large = new RmatOptions(25, 16, 1, true, true, false, 2);
            assertThatIllegalArgumentException().isThrownBy(() -> new RmatGenerator(large).write(file))
                .withMessage("sorting 1073741824 lines needs a heap of 16384 MB, was " + heap
                    + " MB; give more memory, or leave out --sort");
        }
        var nowhere = folder.resolve("none/graph.tsv");
        assertThatThrownBy(() -> new RmatGenerator(RmatOptions.of(5, 1)).write(nowhere)).isInstanceOf(IOException.class);
        assertThat(file).hasContent("1 2\n");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void optionsOutOfRangeAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> RmatOptions.of(0, 1))
            .withMessage("scale must be 1 to 31 (2^scale ids), was 0");
        assertThatIllegalArgumentException().isThrownBy(() -> RmatOptions.of(32, 1))
            .withMessage("scale must be 1 to 31 (2^scale ids), was 32");
        assertThatIllegalArgumentException().isThrownBy(() -> new RmatOptions(5, 0, 1, false, false, false, 1))
            .withMessage("edge-factor must be 1 to 1048576, was 0");
        assertThatIllegalArgumentException().isThrownBy(() -> RmatOptions.of(5, 1).withThreads(0))
            .withMessage("threads must be at least 1, was 0");
    }

    private List<String> lines(RmatOptions options) throws IOException {
        var file = folder.resolve("lines");
        new RmatGenerator(options).write(file);
        return Files.readAllLines(file);
    }

    private byte[] bytes(RmatOptions options) throws IOException {
        var file = folder.resolve("bytes");
        new RmatGenerator(options).write(file);
        return Files.readAllBytes(file);
    }

    private static byte[] bytes(RmatOptions options, int edges) {
        var rmat = new RmatEdges(options.scale(), options.seed());
        var text = new StringBuilder();
        for (int i = 0; i < edges; i++) {
            long arc = rmat.packed(i);
            long source = rmat.source(arc);
            long target = rmat.target(arc);
            text.append(source).append('\t').append(target).append('\t').append(rmat.weight(source, target)).append('\n');
        }
        return text.toString().getBytes(US_ASCII);
    }
}
