package org.superstep.worker;

import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.Arrays;
import java.util.List;
import org.superstep.graph.EdgeColumn;

/** Lists of slots as they are put together anew, row by row, out of those before and of the pairs that have changed. */
final class ChangedLists {
    private final SlotNames names;
    /** Ascending by row, then by other. */
    private final List<EdgePair> pairs;
    private final IntArrayList offsets = IntArrayList.of(0);
    private final IntArrayList slots = new IntArrayList();
    /** Null where every edge has weight 1. */
    private final DoubleArrayList weights;
    /** Where each entry was in the lists before, -1 for one that is new; null where the edges have no columns. */
    private final IntArrayList formerEntries;
    private int nextPair;

    /** Lists of edges without columns. */
    ChangedLists(SlotNames names, List<EdgePair> pairs, boolean weighted) {
        this(names, pairs, weighted, false);
    }

    /** Lists of edges that may have columns; then all rows that are appended are of the same lists. */
    ChangedLists(SlotNames names, List<EdgePair> pairs, boolean weighted, boolean hasColumns) {
        this.names = names;
        this.pairs = pairs;
        weights = weighted ? new DoubleArrayList() : null;
        formerEntries = hasColumns ? new IntArrayList() : null;
    }

    /** Whether any edge of these lists or pairs has a weight other than 1. */
    static boolean isWeighted(List<EdgePair> pairs, Adjacency... lists) {
        for (Adjacency list : lists) {
            if (list.weightForm != Adjacency.NONE) {
                return true;
            }
        }
        return pairs.stream().anyMatch(pair -> Arrays.stream(pair.weights()).anyMatch(weight -> weight != 1));
    }

    /** Appends a vertex's row: what it was, in row {@code before} of the lists (-1: nothing), but for the pairs that have changed. */
    void append(long row, Adjacency lists, int before) {
        while (nextPair < pairs.size() && pairs.get(nextPair).row() < row) {
            nextPair++;
        }
        int entry = before < 0 ? 0 : lists.offsets[before];
        int end = before < 0 ? 0 : lists.offsets[before + 1];
        while (nextPair < pairs.size() && pairs.get(nextPair).row() == row) {
            EdgePair pair = pairs.get(nextPair++);
            int until = entry;
            while (until < end && names.idOf(lists.slots[until]) < pair.other()) {
                until++;
            }
            if (entry < until) {
                copy(lists, entry, until);
            }
            entry = until;
            while (entry < end && names.idOf(lists.slots[entry]) == pair.other()) {
                entry++;
            }
            for (double weight : pair.weights()) {
                slots.add(names.slotOf(pair.other()));
                if (weights != null) {
                    weights.add(weight);
                }
            }
            if (formerEntries != null) {
                formerEntries.addElements(formerEntries.size(), pair.formerEntries());
            }
        }
        if (entry < end) {
            copy(lists, entry, end);
        }
        offsets.add(slots.size());
    }

    /** Whether the row appended last is empty. */
    boolean isLastEmpty() {
        return offsets.getInt(offsets.size() - 1) == offsets.getInt(offsets.size() - 2);
    }

    /** Takes the row appended last away. */
    void removeLast() {
        offsets.removeInt(offsets.size() - 1);
        slots.size(offsets.getInt(offsets.size() - 1));
        if (weights != null) {
            weights.size(slots.size());
        }
    }

    private void copy(Adjacency lists, int from, int to) {
        slots.addElements(slots.size(), lists.slots, from, to - from);
        for (int entry = from; weights != null && entry < to; entry++) {
            weights.add(lists.weight(entry));
        }
        for (int entry = from; formerEntries != null && entry < to; entry++) {
            formerEntries.add(entry);
        }
    }

    Adjacency build() {
        return Adjacency.of(offsets.toIntArray(), slots.toIntArray(), weights == null ? null : weights.toDoubleArray());
    }

    /** The lists with the columns that these declare: what each edge held before, the initial value for one that is new. */
    Adjacency build(List<EdgeColumn> declared, Adjacency before) {
        if (formerEntries == null) {
            return build();
        }
        var columns = new long[declared.size()][];
        for (EdgeColumn column : declared) {
            long[] values = column.newArray(slots.size());
            for (int entry = 0; entry < values.length; entry++) {
                int former = formerEntries.getInt(entry);
                if (former >= 0) {
                    values[entry] = before.columns[column.index()][former];
                }
            }
            columns[column.index()] = values;
        }
        return Adjacency.of(offsets.toIntArray(), slots.toIntArray(), weights == null ? null : weights.toDoubleArray(), columns);
    }

    /** Each row of two lists as one, in the order of (id, weight, first before second). */
    static Adjacency merged(SlotNames names, Adjacency first, Adjacency second) {
        var both = new ChangedLists(names, List.of(), isWeighted(List.of(), first, second));
        for (int row = 0; row + 1 < first.offsets.length; row++) {
            int i = first.offsets[row];
            int j = second.offsets[row];
            while (i < first.offsets[row + 1] || j < second.offsets[row + 1]) {
                if (j == second.offsets[row + 1] || i < first.offsets[row + 1] && !comesAfter(names, first, i, second, j)) {
                    both.copy(first, i, ++i);
                } else {
                    both.copy(second, j, ++j);
                }
            }
            both.offsets.add(both.slots.size());
        }
        return both.build();
    }

    private static boolean comesAfter(SlotNames names, Adjacency first, int i, Adjacency second, int j) {
        int byId = Long.compare(names.idOf(first.slots[i]), names.idOf(second.slots[j]));
        return byId != 0 ? byId > 0 : Double.compare(first.weight(i), second.weight(j)) > 0;
    }
}
