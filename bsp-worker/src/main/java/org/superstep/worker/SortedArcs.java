package org.superstep.worker;

import it.unimi.dsi.fastutil.doubles.DoubleArrays;
import it.unimi.dsi.fastutil.longs.LongArrays;
import java.util.Arrays;

/**
 * One partition's arcs, gathered by hearer and within that sorted by speaker, weight and columns. Rows are the ranks of the partition's id
 * range, counted from its least; entries are the speakers' ranks.
 */
final class SortedArcs {
    final int[] offsets;
    final int[] speakers;
    /** Parallel to {@link #speakers}; null where no weights are kept. */
    final double[] weights;
    /** What the edges hold in each column that the input has, as raw bits, parallel to {@link #speakers}; empty where none are kept. */
    final long[][] columns;

    SortedArcs(int[] offsets, int[] speakers, double[] weights, long[][] columns) {
        this.offsets = offsets;
        this.speakers = speakers;
        this.weights = weights;
        this.columns = columns;
    }

    int count(int row) {
        return offsets[row + 1] - offsets[row];
    }

    /** Sorts parallel arcs by weight, then by columns, and of those keeps the first alone where {@code dedupe} says so. */
    SortedArcs withParallelArcsInOrder(boolean dedupe) {
        if (weights == null && columns.length == 0 && !dedupe) {
            return this;
        }
        int columnCount = columns.length;
        var kept = new int[offsets.length];
        int size = 0;
        for (int row = 0; row + 1 < offsets.length; row++) {
            int to = offsets[row + 1];
            for (int from = offsets[row]; from < to; ) {
                int end = from + 1;
                while (end < to && speakers[end] == speakers[from]) {
                    end++;
                }
                if (columnCount > 0 && end - from > 1) {
                    it.unimi.dsi.fastutil.Arrays.quickSort(from, end, this::compareParallel, this::swapParallel);
                } else if (weights != null && end - from > 1) {
                    Arrays.sort(weights, from, end);
                }
                int count = dedupe ? 1 : end - from;
                for (int i = 0; i < count; i++) {
                    speakers[size + i] = speakers[from];
                    if (weights != null) {
                        weights[size + i] = weights[from + i];
                    }
                    for (int column = 0; column < columnCount; column++) {
                        columns[column][size + i] = columns[column][from + i];
                    }
                }
                size += count;
                from = end;
            }
            kept[row + 1] = size;
        }
        if (size == speakers.length) {
            return this;
        }
        var keptColumns = new long[columns.length][];
        for (int column = 0; column < columns.length; column++) {
            keptColumns[column] = Arrays.copyOf(columns[column], size);
        }
        return new SortedArcs(kept, Arrays.copyOf(speakers, size), weights == null ? null : Arrays.copyOf(weights, size), keptColumns);
    }

    private int compareParallel(int entry, int other) {
        int order = weights == null ? 0 : Double.compare(weights[entry], weights[other]);
        for (int column = 0; order == 0 && column < columns.length; column++) {
            order = Long.compare(columns[column][entry], columns[column][other]);
        }
        return order;
    }

    private void swapParallel(int entry, int other) {
        if (weights != null) {
            DoubleArrays.swap(weights, entry, other);
        }
        for (long[] column : columns) {
            LongArrays.swap(column, entry, other);
        }
    }

    /** Each hearer's arcs of two kinds as one list, in the order of (speaker, weight, this before the other), without columns. */
    SortedArcs mergedWith(SortedArcs other) {
        var mergedOffsets = new int[offsets.length];
        var mergedSpeakers = new int[Math.addExact(speakers.length, other.speakers.length)];
        double[] mergedWeights = weights == null ? null : new double[mergedSpeakers.length];
        int size = 0;
        for (int row = 0; row + 1 < offsets.length; row++) {
            int i = offsets[row];
            int j = other.offsets[row];
            while (i < offsets[row + 1] || j < other.offsets[row + 1]) {
                boolean mine = j == other.offsets[row + 1] || i < offsets[row + 1] && !comesAfter(i, other, j);
                mergedSpeakers[size] = mine ? speakers[i] : other.speakers[j];
                if (mergedWeights != null) {
                    mergedWeights[size] = mine ? weights[i] : other.weights[j];
                }
                size++;
                if (mine) {
                    i++;
                } else {
                    j++;
                }
            }
            mergedOffsets[row + 1] = size;
        }
        return new SortedArcs(mergedOffsets, mergedSpeakers, mergedWeights, new long[0][]);
    }

    private boolean comesAfter(int entry, SortedArcs other, int otherEntry) {
        if (speakers[entry] != other.speakers[otherEntry]) {
            return speakers[entry] > other.speakers[otherEntry];
        }
        return weights != null && Double.compare(weights[entry], other.weights[otherEntry]) > 0;
    }
}
