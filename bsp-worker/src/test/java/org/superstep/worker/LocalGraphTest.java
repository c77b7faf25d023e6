package org.superstep.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.graph.Direction;
import org.superstep.net.Placement;

/** The fan-out, by which speakers find their hearers, against the hearing lists. */
class LocalGraphTest {
    static LongStream seeds() {
        return LongStream.range(0, 150);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theFanOutIsTheHearingListsTransposedWithHearersInOrder(long seed) {
        var random = new SplittableRandom(seed);
        int workers = 1 + random.nextInt(3);
        long[] ids = Ids.random(random, 1 + random.nextInt(90));
        ArrayEdges edges = ArrayEdges.random(random, ids);
        LoadPlan plan = Loading.anyPlan(random);
        int threads = 1 + (int) (seed % 4);
        try (var loading = new Loading(edges, plan, Ids.placement(random, ids, workers), workers, threads, 0)) {
            for (int worker = 0; worker < workers; worker++) {
                LocalGraph graph = loading.graphs[worker];
                for (Direction structure : plan.structures()) {
                    Adjacency fanOut = graph.fanOut(structure, loading.crews[worker]);
                    List<List<PlainGraph.Neighbour>> expected = transposed(graph, structure);
                    for (int slot = 0; slot < graph.slots; slot++) {
                        assertThat(Loading.row(graph, fanOut, slot))
                            .as("seed %d, worker %d of %d, %d threads, %s, slot %d", seed, worker, workers, threads, structure, slot)
                            .isEqualTo(expected.get(slot));
                    }
                    assertThat(graph.fanOut(structure, loading.crews[worker])).isSameAs(fanOut);
                }
            }
        }
    }

    private static List<List<PlainGraph.Neighbour>> transposed(LocalGraph graph, Direction structure) {
        var hearers = new ArrayList<List<PlainGraph.Neighbour>>();
        for (int slot = 0; slot < graph.slots; slot++) {
            hearers.add(new ArrayList<>());
        }
        for (Partition partition : graph.partitions) {
            Adjacency lists = partition.hearing(structure);
            for (int i = 0; i < partition.size; i++) {
                for (int entry = lists.offsets[i]; entry < lists.offsets[i + 1]; entry++) {
                    hearers.get(lists.slots[entry]).add(new PlainGraph.Neighbour(partition.ids[i], lists.weight(entry)));
                }
            }
        }
        return hearers;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whereTheGraphIsSymmetricTheHearingListsServeAsFanOut(long seed) {
        var random = new SplittableRandom(seed);
        long[] ids = Ids.random(random, 1 + random.nextInt(60));
        boolean undirected = random.nextBoolean();
        Direction structure = undirected && random.nextBoolean() ? Direction.OUT : Direction.BOTH;
        var plan = new LoadPlan(undirected, random.nextBoolean(), false, Set.of(structure));
        try (var loading = new Loading(ArrayEdges.random(random, ids), plan, Ids.placement(random, ids, 1), 1, 2, 0)) {
            LocalGraph graph = loading.graphs[0];
            assertThat(graph.isSymmetric(structure)).as("seed %d", seed).isTrue();
            Adjacency fanOut = graph.fanOut(structure, loading.crews[0]);
            for (Partition partition : graph.partitions) {
                for (int i = 0; i < partition.size; i++) {
                    assertThat(Loading.row(graph, partition.hearing(structure), i)).as("seed %d, %s, %d", seed, plan, partition.ids[i])
                        .isEqualTo(Loading.row(graph, fanOut, partition.slots[i]));
                }
            }
        }
    }

    @Test
    void mirrorsAndEdgesOfOneDirectionLeaveNoSymmetry() {
        ArrayEdges edges = ArrayEdges.of(1, 2, 2, 3, 9, 1);
        var directed = new LoadPlan(false, false, false, Set.of(Direction.values()));
        try (var loading = new Loading(edges, directed, new Placement(new long[0], new int[1]), 1, 1, 0)) {
            assertThat(loading.graphs[0].isSymmetric(Direction.OUT)).isFalse();
            assertThat(loading.graphs[0].isSymmetric(Direction.IN)).isFalse();
            assertThat(loading.graphs[0].isSymmetric(Direction.BOTH)).isTrue();
        }
        var undirected = new LoadPlan(true, false, false, Set.of(Direction.OUT));
        try (var loading = new Loading(edges, undirected, new Placement(new long[] {5}, new int[] {0, 1}), 2, 1, 0)) {
            assertThat(loading.graphs[0].isSymmetric(Direction.OUT)).isFalse();
        }
    }
}
