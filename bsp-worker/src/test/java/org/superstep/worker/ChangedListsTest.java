package org.superstep.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lists as they are put together anew, slots' names, and who would hear if it existed. */
class ChangedListsTest {
    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    /** One edge of a row. */
    private record Entry(long other, double weight) {
    }

    private static final Comparator<Entry> ORDER = Comparator.comparingLong(Entry::other).thenComparingDouble(Entry::weight);

    private static TreeMap<Long, List<Entry>> anyRows(SplittableRandom random, long[] ids) {
        var rows = new TreeMap<Long, List<Entry>>();
        for (long id : ids) {
            var row = new ArrayList<Entry>();
            for (int i = random.nextInt(6); i > 0; i--) {
                row.add(new Entry(ids[random.nextInt(ids.length)], random.nextInt(3)));
            }
            row.sort(ORDER);
            rows.put(id, row);
        }
        return rows;
    }

    private static Adjacency lists(SlotNames names, Iterable<List<Entry>> rows) {
        var lists = new ChangedLists(names, rowsAsPairs(rows), true);
        long row = 0;
        for (List<Entry> ignored : rows) {
            lists.append(row++, null, -1);
        }
        return lists.build();
    }

    private static List<EdgePair> rowsAsPairs(Iterable<List<Entry>> rows) {
        var pairs = new ArrayList<EdgePair>();
        long number = 0;
        for (List<Entry> row : rows) {
            for (long other : row.stream().mapToLong(Entry::other).distinct().toArray()) {
                pairs.add(new EdgePair(number, other, row.stream().filter(entry -> entry.other == other).mapToDouble(Entry::weight)
                    .toArray(), null));
            }
            number++;
        }
        return pairs;
    }

    private static List<Entry> row(SlotNames names, Adjacency lists, int row) {
        var entries = new ArrayList<Entry>();
        for (int i = lists.offsets[row]; i < lists.offsets[row + 1]; i++) {
            entries.add(new Entry(names.idOf(lists.slots[i]), lists.weight(i)));
        }
        return entries;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aRowIsWhatItWasButForThePairsThatHaveChanged(long seed) {
        var random = new SplittableRandom(seed);
        long[] ids = Ids.random(random, 1 + random.nextInt(12));
        var names = new SlotNames(Arrays.copyOf(ids, random.nextInt(ids.length + 1)));
        TreeMap<Long, List<Entry>> before = anyRows(random, ids);
        Adjacency lists = lists(names, before.values());
        var pairs = new ArrayList<EdgePair>();
        var expected = new TreeMap<Long, List<Entry>>();
        for (long id : ids) {
            // A row that has gone, and has come anew, is not copied.
            expected.put(id, new ArrayList<>(random.nextInt(5) == 0 ? List.of() : before.get(id)));
        }
        for (long row : ids) {
            for (long other : ids) {
                if (random.nextInt(4) == 0) {
                    double[] weights = DoubleStream.generate(() -> random.nextInt(3)).limit(random.nextInt(3)).sorted().toArray();
                    pairs.add(new EdgePair(row, other, weights, null));
                }
            }
        }
        var changed = new ChangedLists(names, pairs, true);
        var kept = new ArrayList<Long>();
        for (int i = 0; i < ids.length; i++) {
            long id = ids[i];
            boolean copied = !expected.get(id).isEmpty() || before.get(id).isEmpty();
            pairs.stream().filter(pair -> pair.row() == id).forEach(pair -> {
                expected.get(id).removeIf(entry -> entry.other == pair.other());
                for (double weight : pair.weights()) {
                    expected.get(id).add(new Entry(pair.other(), weight));
                }
            });
            expected.get(id).sort(ORDER);
            if (random.nextInt(6) == 0) {
                // Nobody asks for this row.
                continue;
            }
            changed.append(id, lists, copied ? i : -1);
            assertThat(changed.isLastEmpty()).as("seed %d", seed).isEqualTo(expected.get(id).isEmpty());
            if (random.nextInt(6) == 0) {
                changed.removeLast();
            } else {
                kept.add(id);
            }
        }
        Adjacency built = changed.build();
        assertThat(built.offsets).as("seed %d", seed).hasSize(kept.size() + 1);
        for (int i = 0; i < kept.size(); i++) {
            assertThat(row(names, built, i)).as("seed %d, row of %d", seed, kept.get(i)).isEqualTo(expected.get(kept.get(i)));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void twoListsBecomeOneInTheOrderOfIdsAndWeightsTheFirstListsEntriesFirst(long seed) {
        var random = new SplittableRandom(seed);
        long[] ids = Ids.random(random, 1 + random.nextInt(12));
        var names = new SlotNames(ids);
        var first = new ArrayList<>(anyRows(random, ids).values());
        var second = new ArrayList<>(anyRows(random, ids).values());
        Adjacency merged = ChangedLists.merged(names, lists(names, first), lists(names, second));
        for (int i = 0; i < ids.length; i++) {
            var expected = new ArrayList<>(first.get(i));
            expected.addAll(second.get(i));
            expected.sort(ORDER);
            assertThat(row(names, merged, i)).as("seed %d, row %d", seed, i).isEqualTo(expected);
        }
    }

    @Test
    void aSlotIsGivenOnceAndNeverToAnotherVertex() {
        var names = new SlotNames(new long[] {7, -3});
        assertThat(names.slotOf(-3)).isEqualTo(1);
        assertThat(names.slotOf(0)).isEqualTo(2);
        assertThat(names.slotOf(Long.MIN_VALUE)).isEqualTo(3);
        assertThat(names.slotOf(0)).isEqualTo(2);
        assertThat(names.slotOf(7)).isZero();
        assertThat(names.size()).isEqualTo(4);
        assertThat(names.ids()).containsExactly(7, -3, 0, Long.MIN_VALUE);
        for (int slot = 0; slot < 4; slot++) {
            assertThat(names.slotOf(names.idOf(slot))).isEqualTo(slot);
        }
    }

    @Test
    void ghostsWouldHearEveryEdgeOfThoseThatSpoke() {
        var names = new SlotNames(new long[] {5, 6, 7});
        Adjacency hearing = lists(names, List.of(List.of(new Entry(5, 1), new Entry(5, 2), new Entry(7, 1)), List.of(new Entry(7, 1))));
        var ghosts = new Ghosts(new long[] {1, 2}, hearing);
        assertThat(ghosts.messages(new byte[] {0, 1, 0})).isZero();
        assertThat(ghosts.messages(new byte[] {1, 0, 0})).isEqualTo(2);
        assertThat(ghosts.messages(new byte[] {1, 1, 1})).isEqualTo(4);
    }
}
