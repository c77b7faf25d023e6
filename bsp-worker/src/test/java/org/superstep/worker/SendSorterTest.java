package org.superstep.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.graph.Direction;
import org.superstep.net.Placement;

/** Each vertex gets its sends in the order of senders and calls, whoever sorts them. */
class SendSorterTest {
    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyVertexGetsItsSendsInTheOrderOfSendersAndCalls(long seed) {
        var random = new SplittableRandom(seed);
        long[][] ids = Exchange.ids(1 + random.nextInt(70), 1 + random.nextInt(70), 1 + random.nextInt(5), 1 + random.nextInt(70));
        // The third partition is another worker's: its vertices send, and sends to them are not this worker's business.
        Placement placement = Exchange.placement(ids, 0, 0, 1, 0);
        LocalGraph graph = Exchange.graph(placement, 0, ids, seed);
        var expected = new ArrayList<List<List<Long>>>();
        for (Partition partition : graph.partitions) {
            expected.add(Stream.generate(() -> (List<Long>) new ArrayList<Long>()).limit(partition.size).toList());
            // Who has halted for good is spoken to in vain.
            for (int word = 0; word < partition.gone.length && random.nextBoolean(); word++) {
                partition.gone[word] = random.nextLong() & random.nextLong() & partition.living(word);
            }
        }
        long dropped = 0;
        long call = 0;
        boolean any = random.nextInt(5) > 0;
        for (Speakers speakers : graph.speakers) {
            for (long sender : ids[speakers.partition]) {
                for (int i = any ? random.nextInt(4) : 0; i > 0; i--) {
                    long target = random.nextLong(-15, 3L * (ids[0].length + ids[1].length + ids[2].length + ids[3].length));
                    speakers.sends.add(sender, target, call);
                    int place = Arrays.stream(graph.partitions).map(partition -> partition.number).toList()
                        .indexOf(placement.partitionOf(target));
                    if (place >= 0) {
                        int index = Arrays.binarySearch(graph.partitions[place].ids, target);
                        if (index >= 0 && (graph.partitions[place].gone[index >>> 6] >>> index & 1) == 0) {
                            expected.get(place).get(index).addAll(List.of(sender, call));
                        } else {
                            dropped++;
                        }
                    }
                    call++;
                }
            }
        }
        try (var crew = new Crew("send-sorter-test", 1 + (int) (seed % 3))) {
            var program = new Neighbourhood(Direction.OUT);
            Lane[] lanes = Stream.generate(() -> new Lane(program, 1)).limit(crew.threads()).toArray(Lane[]::new);
            SendSorter.sort(graph, crew, lanes);
            assertThat(Arrays.stream(lanes).mapToLong(lane -> lane.dropped).sum()).as("seed %d", seed).isEqualTo(dropped);
        }
        for (int place = 0; place < graph.partitions.length; place++) {
            check("seed " + seed + ", place " + place, graph.partitions[place].sendBox, expected.get(place));
        }
        assertThat(graph.speakers.stream().mapToLong(speakers -> speakers.sends.size).sum()).as("seed %d: sorting takes nothing", seed)
            .isEqualTo(call);
    }

    private static void check(String words, SendBox box, List<List<Long>> expected) {
        boolean any = expected.stream().anyMatch(sends -> !sends.isEmpty());
        assertThat(box != null).as(words).isEqualTo(any);
        for (int index = 0; any && index < expected.size(); index++) {
            var found = new ArrayList<Long>();
            for (int i = box.offsets()[index]; i < box.offsets()[index + 1]; i++) {
                found.add(box.sends().senders[i]);
                found.add(box.sends().messages.words[i]);
            }
            assertThat(found).as("%s, vertex %d", words, index).isEqualTo(expected.get(index));
            assertThat(box.hasAny(index)).as("%s, vertex %d", words, index).isEqualTo(!expected.get(index).isEmpty());
        }
    }
}
