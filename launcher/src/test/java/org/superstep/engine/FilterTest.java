package org.superstep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.superstep.Graph;
import org.superstep.JobException;
import org.superstep.Superstep;
import org.superstep.algorithms.ConnectedComponents;
import org.superstep.algorithms.ShortestPaths;
import org.superstep.graph.LongColumn;
import org.superstep.graph.Program;
import org.superstep.graph.Weights;
import org.superstep.graph.io.EdgeSample;
import org.superstep.graph.io.InputException;
import org.superstep.net.Delivery;

/** Filters leave out what they are to leave out, as if the input had never held it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FilterTest {
    private static final List<Supplier<Program>> PROGRAMS = List.of(TestPrograms.HashOverBoth::new, TestPrograms.WildSums::new,
        TestPrograms.WeightsIgnored::new, TestPrograms.Degrees::new);

    @TempDir Path folder;

    /** The same sample with these lines only. */
    private static Sample with(Sample sample, List<Arc> lines) {
        return new Sample(sample.name() + " filtered", lines, sample.weighted(), sample.undirected(), sample.deduped(),
            sample.withoutSelfLoops());
    }

    private void compare(Sample filtered, Sample sample, Graph graph, long seed) {
        for (var programs : PROGRAMS) {
            var expected = SerialPregel.run(programs.get(), filtered, seed, 1000);
            for (var shape : Shape.some(new SplittableRandom(seed), 3)) {
                var program = programs.get();
                var answer = Answer.of(program, Superstep.run(program, graph, shape.options().withSeed(seed)));
                assertThat(expected.difference(answer)).as("%s on %s, %s", program.name(), sample, shape).isEmpty();
            }
        }
    }

    @Test
    void edgesThatTheFilterDoesNotKeepMightAsWellNotBe() {
        for (long seed = 0; seed < 12; seed++) {
            var sample = RandomGraphs.any(seed);
            var kept = sample.lines().stream()
                .filter(line -> (line.source() ^ line.target()) % 3 != 0 && (sample.weighted() ? line.weight() : 1) < 8).toList();
            compare(with(sample, kept), sample,
                sample.graph().filterEdges((source, target, weight) -> (source ^ target) % 3 != 0 && weight < 8), seed);
        }
    }

    @Test
    void edgesAtAVertexThatIsLeftOutAreLeftOut() {
        for (long seed = 20; seed < 32; seed++) {
            var sample = RandomGraphs.any(seed);
            var kept = sample.lines().stream().filter(line -> line.source() % 3 != 0 && line.target() % 3 != 0).toList();
            compare(with(sample, kept), sample, sample.graph().filterVertices(id -> id % 3 != 0), seed);
        }
    }

    @Test
    void filtersFollowEachOtherWhateverTheInput() throws IOException {
        var sample = RandomGraphs.rmat(8, 9, 4);
        var kept = sample.lines().stream().filter(line -> line.weight() > 3 && line.source() > 20 && line.target() > 20).toList();
        Path plain = Files.writeString(folder.resolve("edges.tsv"), sample.text());
        Path packed = folder.resolve("edges.tsv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(sample.text().getBytes(StandardCharsets.UTF_8));
        }
        for (Graph graph : List.of(sample.graph(), Graph.edges(plain), Graph.edges(packed),
            Graph.from(sink -> sample.lines().forEach(line -> sink.edge(line.source(), line.target(), line.weight()))))) {
            compare(with(sample, kept), sample, graph.filterEdges((source, target, weight) -> weight > 3).filterVertices(id -> id > 20), 1);
            compare(with(sample, kept), sample, graph.filterVertices(id -> id > 20).filterEdges((source, target, weight) -> weight > 3), 1);
        }
    }

    @Test
    void namedVerticesAreFilteredToo() {
        Graph graph = Graph.of(new long[] {1, 2}, new long[] {2, 3}).withVertices((share, shares, columns, sink) -> {
            if (share == 0) {
                sink.vertex(7);
                sink.set((LongColumn) columns.get(0), 70);
                sink.vertex(8);
                sink.set((LongColumn) columns.get(0), 80);
            }
        });
        var filtered = graph.filterVertices(id -> id != 1 && id != 8);
        assertThat(Superstep.run(new ConnectedComponents(), filtered).ids()).containsExactly(2L, 3L, 7L);
        var expected = SerialPregel.run(new TestPrograms.HashOverOut(), Sample.of(new long[][] {{2, 3}}),
            Map.of(7L, new Object[] {new long[] {70}, new int[] {0}}), 1, 100);
        for (var shape : List.of(new Shape(1, 1, 1, Delivery.PULL), new Shape(2, 7, 2, Delivery.PUSH))) {
            var program = new TestPrograms.HashOverOut();
            assertThat(expected.difference(Answer.of(program, Superstep.run(program, filtered, shape.options())))).isEmpty();
        }
    }

    @Test
    void aFilterThatKeepsNothingLeavesAnEmptyGraph() {
        var graph = RandomGraphs.rmat(5, 3, 1).graph();
        assertThat(Superstep.run(new ConnectedComponents(), graph.filterEdges((source, target, weight) -> false)).size()).isZero();
        assertThat(Superstep.run(new ConnectedComponents(), graph.filterVertices(id -> false)).size()).isZero();
    }

    @Test
    void aLookAheadCountsWhatTheFilterKeeps() throws IOException {
        var graph = RandomGraphs.path(1000).graph().filterVertices(id -> id < 251);
        EdgeSample sample = graph.source().open(0, 1, Weights.OPTIONAL).sample().orElseThrow();
        assertThat(sample.estimatedEdges()).isEqualTo(250);
        assertThat(sample.sources()).hasSize(250).contains(0, 249).doesNotContain(250);
        // What a filter by weight will keep, only reading can tell.
        var byWeight = RandomGraphs.path(1000).graph().filterEdges((source, target, weight) -> weight > 1);
        assertThat(byWeight.source().open(0, 1, Weights.IGNORED).sample()).isEmpty();
        assertThat(byWeight.source().open(0, 1, Weights.IGNORED).weighted()).isFalse();
    }

    @Test
    void aFilterThatFailsFailsTheJobAndAWeightThatIsNotTakenIsRefusedFirst() {
        var graph = Graph.of(new long[] {1, 2}, new long[] {2, 3}, new double[] {-1, 1});
        assertThatThrownBy(() -> Superstep.run(new ConnectedComponents(), graph.filterVertices(id -> 1 / (id - 3) <= 0)))
            .isInstanceOf(JobException.class).hasMessageContaining("/ by zero");
        assertThatThrownBy(() -> Superstep.run(new ShortestPaths(1), graph.filterEdges((source, target, weight) -> weight >= 0)))
            .isInstanceOf(InputException.class).hasMessageContaining("has weight -1.0");
    }
}
