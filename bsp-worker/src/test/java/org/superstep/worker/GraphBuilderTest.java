package org.superstep.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.graph.Direction;
import org.superstep.net.Placement;

/** What workers build together out of edges, against a plain model: vertices, degrees, lists, mirrors, subscriptions, slots. */
class GraphBuilderTest {
    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void workersTogetherHoldTheGraphAsItIsDefined(long seed) {
        var random = new SplittableRandom(seed);
        int workers = 1 + random.nextInt(3);
        long[] ids = Ids.random(random, 1 + random.nextInt(random.nextBoolean() ? 8 : 90));
        ArrayEdges edges = ArrayEdges.random(random, ids);
        LoadPlan plan = Loading.anyPlan(random);
        Placement placement = Ids.placement(random, ids, workers);
        var plain = new PlainGraph(edges, plan);
        String words = "seed " + seed + ", " + workers + " workers, " + plan;
        try (var loading = new Loading(edges, plan, placement, workers, 1 + random.nextInt(2), Loading.anyBase(random, ids))) {
            for (int worker = 0; worker < workers; worker++) {
                LocalGraph graph = loading.graphs[worker];
                checkPartitions(graph, plain, plan, placement.ownedBy(worker), words + ", worker " + worker);
                checkSpeakers(graph, plain, plan, worker, words + ", worker " + worker);
                checkSubscriptions(graph, plain, plan, worker, workers, words + ", worker " + worker);
                checkSlots(graph, plain, plan, worker, words + ", worker " + worker);
            }
        }
    }

    private static void checkPartitions(LocalGraph graph, PlainGraph plain, LoadPlan plan, int[] owned, String words) {
        assertThat(Arrays.stream(graph.partitions).mapToInt(partition -> partition.number)).as(words)
            .containsExactly(Arrays.stream(owned).boxed().toArray(Integer[]::new));
        int end = 0;
        for (int place = 0; place < graph.partitions.length; place++) {
            Partition partition = graph.partitions[place];
            long[] expected = plain.vertices.stream().mapToLong(id -> id)
                .filter(id -> graph.placement.partitionOf(id) == partition.number).toArray();
            assertThat(partition.ids).as(words).isEqualTo(expected);
            assertThat(partition.start % 64).as(words).isZero();
            assertThat(partition.start).as(words).isGreaterThanOrEqualTo(end);
            end = partition.start + partition.size;
            for (int i = 0; i < partition.size; i++) {
                long id = partition.ids[i];
                assertThat(graph.placeOf(id)).as(words).isEqualTo(place);
                assertThat(graph.partitionOfBlock[partition.start + i >>> 6]).as(words).isEqualTo(place);
                assertThat(graph.positionOfSlot[partition.slots[i]]).as(words).isEqualTo(partition.start + i);
                assertThat(partition.outDegrees[i]).as("%s, out-degree of %d", words, id).isEqualTo(plain.outDegree(id));
                assertThat(partition.inDegrees[i]).as("%s, in-degree of %d", words, id).isEqualTo(plain.inDegree(id));
                for (Direction structure : plan.structures()) {
                    assertThat(Loading.row(graph, partition.hearing(structure), i)).as("%s, %d hears over %s", words, id, structure)
                        .isEqualTo(plain.heardBy(id, structure));
                }
            }
            for (Direction structure : Direction.values()) {
                assertThat(partition.hearing(structure) != null).as("%s, %s", words, structure)
                    .isEqualTo(plan.structures().contains(structure));
            }
        }
    }

    /** Whom a worker's vertices hear of another partition, by whatever structure. */
    private static TreeSet<Long> heard(Placement placement, PlainGraph plain, LoadPlan plan, int worker, int partition) {
        var heard = new TreeSet<Long>();
        for (Direction structure : plan.structures()) {
            for (PlainGraph.Arc arc : plain.arcs(structure)) {
                if (placement.owners()[placement.partitionOf(arc.hearer())] == worker
                    && placement.partitionOf(arc.speaker()) == partition) {
                    heard.add(arc.speaker());
                }
            }
        }
        return heard;
    }

    private static void checkSpeakers(LocalGraph graph, PlainGraph plain, LoadPlan plan, int worker, String words) {
        assertThat(graph.speakers).as(words).hasSize(graph.placement.partitions());
        for (int number = 0; number < graph.placement.partitions(); number++) {
            Speakers speakers = graph.speakers.get(number);
            assertThat(speakers.partition).as(words).isEqualTo(number);
            assertThat(speakers.spoke).as(words).hasSize((speakers.slots.length + 63) / 64);
            if (graph.placement.owners()[number] != worker) {
                assertThat(Arrays.stream(speakers.slots).mapToObj(slot -> graph.idOfSlot()[slot]).toList())
                    .as("%s, mirrors of partition %d", words, number)
                    .isEqualTo(List.copyOf(heard(graph.placement, plain, plan, worker, number)));
                for (int slot : speakers.slots) {
                    assertThat(graph.positionOfSlot[slot]).as(words).isEqualTo(-1);
                }
            }
        }
    }

    private static void checkSubscriptions(LocalGraph graph, PlainGraph plain, LoadPlan plan, int worker, int workers, String words) {
        var subscribed = new HashSet<List<Integer>>();
        for (LocalGraph.Subscription subscription : graph.subscriptions) {
            Partition partition = subscription.partition();
            assertThat(subscribed.add(List.of(subscription.peer(), partition.number))).as(words).isTrue();
            assertThat(subscription.peer()).as(words).isNotEqualTo(worker);
            assertThat(Arrays.stream(subscription.indexes()).mapToObj(i -> partition.ids[i]).toList())
                .as("%s, heard by worker %d of partition %d", words, subscription.peer(), partition.number)
                .isEqualTo(List.copyOf(heard(graph.placement, plain, plan, subscription.peer(), partition.number)));
        }
        assertThat(subscribed).as(words).hasSize((workers - 1) * graph.partitions.length);
    }

    private static void checkSlots(LocalGraph graph, PlainGraph plain, LoadPlan plan, int worker, String words) {
        var idBySlot = new TreeMap<Integer, Long>();
        for (Speakers speakers : graph.speakers) {
            for (int slot : speakers.slots) {
                assertThat(idBySlot.put(slot, graph.idOfSlot()[slot])).as("%s, slot %d", words, slot).isNull();
            }
        }
        assertThat(idBySlot).as(words).hasSize(graph.slots);
        if (graph.slots > 0) {
            assertThat(idBySlot.firstKey()).as(words).isZero();
            assertThat(idBySlot.lastKey()).as(words).isEqualTo(graph.slots - 1);
        }
        var hearings = new ArrayList<Long>();
        for (long id : idBySlot.values()) {
            long count = 0;
            for (Direction kind : List.of(Direction.OUT, Direction.IN)) {
                boolean read = kind == Direction.OUT ? plan.heardByTargets() : plan.heardBySources();
                count += !read ? 0 : plain.arcs(kind).stream().filter(arc -> arc.speaker() == id
                    && graph.placement.owners()[graph.placement.partitionOf(arc.hearer())] == worker).count();
            }
            hearings.add(-count);
        }
        assertThat(hearings).as("%s: hubs first", words).isSorted();
    }

    @Test
    void aVertexThatNoArcOfItsOwnersNamesIsThereForThoseWhoHearIt() {
        // Worker 1 owns 10 alone, which speaks to 1 on worker 0 and hears nobody: only the exchange tells its owner of it.
        var plan = new LoadPlan(false, false, false, Set.of(Direction.OUT));
        try (var loading = new Loading(ArrayEdges.of(10, 1, 10, 1), plan, new Placement(new long[] {5}, new int[] {0, 1}), 2, 1, 0)) {
            Partition partition = loading.graphs[1].partitions[0];
            assertThat(partition.ids).containsExactly(10);
            assertThat(partition.outDegrees).containsExactly(2);
            assertThat(partition.inDegrees).containsExactly(0);
            assertThat(loading.graphs[1].subscriptions).hasSize(1);
            assertThat(loading.graphs[1].subscriptions.get(0).indexes()).containsExactly(0);
        }
    }

    @Test
    void aWorkerWithoutPartitionsHoldsNothingAndBreaksNothing() {
        var plan = new LoadPlan(false, false, false, Set.of(Direction.BOTH));
        try (var loading = new Loading(ArrayEdges.of(1, 2, 2, 3, 3, 1), plan, new Placement(new long[0], new int[] {1}), 3, 2, 0)) {
            assertThat(loading.graphs[0].partitions).isEmpty();
            assertThat(loading.graphs[0].slots).isZero();
            assertThat(loading.graphs[0].speakers).hasSize(1);
            assertThat(loading.graphs[1].partitions[0].ids).containsExactly(1, 2, 3);
            assertThat(loading.graphs[2].subscriptions).isEmpty();
        }
    }
}
