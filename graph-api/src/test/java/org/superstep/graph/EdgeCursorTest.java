package org.superstep.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.graph.internal.ChangeList;
import org.superstep.graph.internal.EdgeView;
import org.superstep.graph.internal.VertexView;

/** A vertex's edges: walked over, gone to by place, looked for, and asked to be changed. */
class EdgeCursorTest {
    private final VertexView view = new VertexView();
    private final EdgeView edges = new EdgeView();

    /** Vertices 10 and 20: the first leads to 3 over weights 2 and 5, to 10 and to 11; the second nowhere. Slots are in no order. */
    private EdgeCursor cursor(Direction direction) {
        view.ids = new long[] {10, 20};
        edges.offsets = new int[] {0, 4, 4};
        edges.slots = new int[] {2, 2, 0, 1};
        edges.idOfSlot = new long[] {10, 11, 3};
        edges.doubleWeights = new double[] {2, 5, 0.5, -1};
        view.changes = new ChangeList(Weights.REQUIRED);
        return new EdgeCursor(view, edges, direction);
    }

    private EdgeCursor at(EdgeCursor cursor, int index) {
        view.at(index);
        return cursor.placed();
    }

    @Test
    void edgesComeInOrderOnceAndAgainWhenPlacedAnew() {
        EdgeCursor cursor = cursor(Direction.OUT);
        for (int again = 0; again < 2; again++) {
            EdgeCursor e = at(cursor, 0);
            assertThat(e.size()).isEqualTo(4);
            var seen = new ArrayList<String>();
            while (e.next()) {
                seen.add(e.source() + ">" + e.target() + " " + e.weight());
            }
            assertThat(seen).containsExactly("10>3 2.0", "10>3 5.0", "10>10 0.5", "10>11 -1.0");
            assertThat(e.next()).isFalse();
        }
        assertThat(at(cursor, 1).size()).isZero();
        assertThat(cursor.next()).isFalse();
    }

    @Test
    void anInEdgeBeginsAtTheNeighbour() {
        EdgeCursor e = at(cursor(Direction.IN), 0).at(3);
        assertThat(e.neighbour()).isEqualTo(11);
        assertThat(e.source()).isEqualTo(11);
        assertThat(e.target()).isEqualTo(10);
    }

    @Test
    void everyPlaceIsReachedAndNoOther() {
        EdgeCursor e = at(cursor(Direction.OUT), 0);
        assertThat(e.at(1).weight()).isEqualTo(5);
        assertThat(e.at(0).weight()).isEqualTo(2);
        assertThat(e.next()).isTrue();
        assertThat(e.weight()).isEqualTo(5);
        for (int place : new int[] {-1, 4}) {
            assertThatThrownBy(() -> e.at(place)).isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("vertex 10 has 4 edges, asked for number " + place);
        }
        assertThatThrownBy(() -> at(e, 1).at(0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void whoStandsAtNoEdgeReadsNone() {
        EdgeCursor e = at(cursor(Direction.OUT), 0);
        assertThatThrownBy(e::weight).isInstanceOf(IllegalStateException.class)
            .hasMessage("the edge cursor of vertex 10 stands at no edge; call next(), at() or find()");
        assertThat(e.find(4)).isFalse();
        assertThatThrownBy(e::neighbour).isInstanceOf(IllegalStateException.class);
        assertThat(e.next()).isFalse();
        assertThatThrownBy(e::remove).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theFirstOfParallelEdgesIsFound() {
        EdgeCursor e = at(cursor(Direction.OUT), 0);
        assertThat(e.find(3)).isTrue();
        assertThat(e.weight()).isEqualTo(2);
        assertThat(e.next()).isTrue();
        assertThat(e.weight()).isEqualTo(5);
        assertThat(e.weightTo(11)).isEqualTo(-1);
        assertThat(e.weightTo(12)).isNaN();
        assertThat(at(e, 1).find(3)).isFalse();
    }

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void lookingForANeighbourAgreesWithWalking(long seed) {
        var random = new SplittableRandom(seed);
        int vertices = 1 + random.nextInt(5);
        edges.idOfSlot = random.longs(1 + random.nextInt(9), -6, 7).distinct().toArray();
        view.ids = LongStream.range(0, vertices).toArray();
        var slots = new ArrayList<Integer>();
        edges.offsets = new int[vertices + 1];
        for (int i = 0; i < vertices; i++) {
            IntStream.generate(() -> random.nextInt(edges.idOfSlot.length)).limit(random.nextInt(7)).boxed()
                .sorted((a, b) -> Long.compare(edges.idOfSlot[a], edges.idOfSlot[b])).forEach(slots::add);
            edges.offsets[i + 1] = slots.size();
        }
        edges.slots = slots.stream().mapToInt(slot -> slot).toArray();
        edges.byteWeights = random.nextBoolean() ? new byte[slots.size()] : null;
        for (int i = 0; edges.byteWeights != null && i < edges.byteWeights.length; i++) {
            edges.byteWeights[i] = (byte) i;
        }
        var cursor = new EdgeCursor(view, edges, Direction.OUT);
        for (int i = 0; i < vertices; i++) {
            EdgeCursor e = at(cursor, i);
            var neighbours = new ArrayList<Long>();
            var weights = new ArrayList<Double>();
            while (e.next()) {
                neighbours.add(e.neighbour());
                weights.add(e.weight());
            }
            for (long wanted = -7; wanted <= 7; wanted++) {
                int first = neighbours.indexOf(wanted);
                assertThat(e.find(wanted)).as("seed %d, vertex %d of %s, wanted %d", seed, i, neighbours, wanted).isEqualTo(first >= 0);
                assertThat(e.count(wanted)).as("seed %d", seed).isEqualTo(Collections.frequency(neighbours, wanted));
                assertThat(first < 0 ? -1 : e.neighbour()).as("seed %d", seed).isEqualTo(first < 0 ? -1 : wanted);
                assertThat(e.weightTo(wanted)).as("seed %d", seed).isEqualTo(first < 0 ? Double.valueOf(Double.NaN) : weights.get(first));
            }
            for (int place = 0; place < neighbours.size(); place++) {
                assertThat(e.at(place).neighbour()).as("seed %d", seed).isEqualTo(neighbours.get(place));
            }
        }
    }

    @Test
    void changesNameTheEdgeAsItStandsInTheGraph() {
        EdgeCursor out = at(cursor(Direction.OUT), 0);
        out.at(1).setWeight(7);
        out.at(0).remove();
        EdgeCursor in = at(new EdgeCursor(view, edges, Direction.IN), 0);
        in.at(3).remove();
        ChangeList changes = view.changes;
        assertThat(changes.size).isEqualTo(3);
        assertThat(Arrays.copyOf(changes.kinds, 3)).containsExactly(ChangeList.SET_WEIGHT, ChangeList.REMOVE_EDGE, ChangeList.REMOVE_EDGE);
        assertThat(Arrays.copyOf(changes.sources, 3)).containsExactly(10, 10, 11);
        assertThat(Arrays.copyOf(changes.targets, 3)).containsExactly(3, 3, 10);
        assertThat(Arrays.copyOf(changes.weights, 3)).containsExactly(5, 2, -1);
        assertThat(changes.newWeights[0]).isEqualTo(7);
        assertThat(Arrays.copyOf(changes.askers, 3)).containsOnly(10);
        for (double weight : List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)) {
            assertThatThrownBy(() -> out.at(0).setWeight(weight)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an edge's weight must be finite, was " + weight);
        }
        view.changes = new ChangeList(Weights.REQUIRED.atLeast(0.5));
        out.at(0).setWeight(0.5);
        assertThatThrownBy(() -> out.at(0).setWeight(0.25)).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("an edge's weight must be at least 0.5, as weights() says, was 0.25");
        assertThatThrownBy(() -> view.changes.addEdge(1, 1, 2, 0)).isInstanceOf(IllegalArgumentException.class);
        view.changes.addEdge(1, 1, 2, 1);
        assertThat(view.changes.size).isEqualTo(2);
        view.changes = new ChangeList(Weights.IGNORED);
        assertThatThrownBy(() -> view.changes.addEdge(1, 1, 2, 2)).hasMessageContaining("the program ignores weights");
        view.changes = null;
        assertThatThrownBy(() -> out.at(0).remove()).isInstanceOf(IllegalStateException.class).hasMessageContaining("changesGraph()");
    }
}
