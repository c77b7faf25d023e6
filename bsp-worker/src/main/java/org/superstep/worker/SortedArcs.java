package org.superstep.worker;

import java.util.Arrays;

/**
 * One partition's arcs, gathered by hearer and within that sorted by speaker and weight. Rows are the ranks of the partition's id range,
 * counted from its least; entries are the speakers' ranks.
 */
final class SortedArcs {
    final int[] offsets;
    final int[] speakers;
    /** Parallel to {@link #speakers}; null where no weights are kept. */
    final double[] weights;

    SortedArcs(int[] offsets, int[] speakers, double[] weights) {
        this.offsets = offsets;
        this.speakers = speakers;
        this.weights = weights;
    }

    int count(int row) {
        return offsets[row + 1] - offsets[row];
    }

    /** Sorts the weights of parallel arcs, and of those keeps the lightest alone where {@code dedupe} says so. */
    SortedArcs withParallelArcsInOrder(boolean dedupe) {
        if (weights == null && !dedupe) {
            return this;
        }
        var kept = new int[offsets.length];
        int size = 0;
        for (int row = 0; row + 1 < offsets.length; row++) {
            int to = offsets[row + 1];
            for (int from = offsets[row]; from < to; ) {
                int end = from + 1;
                while (end < to && speakers[end] == speakers[from]) {
                    end++;
                }
                if (weights != null && end - from > 1) {
                    Arrays.sort(weights, from, end);
                }
                int count = dedupe ? 1 : end - from;
                for (int i = 0; i < count; i++) {
                    speakers[size + i] = speakers[from];
                    if (weights != null) {
                        weights[size + i] = weights[from + i];
                    }
                }
                size += count;
                from = end;
            }
            kept[row + 1] = size;
        }
        return size == speakers.length ? this
            : new SortedArcs(kept, Arrays.copyOf(speakers, size), weights == null ? null : Arrays.copyOf(weights, size));
    }

    /** Each hearer's arcs of two kinds as one list, in the order of (speaker, weight, this before the other). */
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
        return new SortedArcs(mergedOffsets, mergedSpeakers, mergedWeights);
    }

    private boolean comesAfter(int entry, SortedArcs other, int otherEntry) {
        if (speakers[entry] != other.speakers[otherEntry]) {
            return speakers[entry] > other.speakers[otherEntry];
        }
        return weights != null && Double.compare(weights[entry], other.weights[otherEntry]) > 0;
    }
}
