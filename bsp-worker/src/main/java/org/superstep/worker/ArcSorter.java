package org.superstep.worker;

import java.util.Arrays;
import java.util.List;

/**
 * Sorts one partition's arcs after another: a radix sort by speaker, then one scatter by hearer, which is stable. Keeps its buffers; used
 * by one thread. Three passes over 8 bytes an arc, in a working set that fits the second-level cache for partitions of half a million arcs.
 */
final class ArcSorter {
    private static final int DIGIT_BITS = 11;

    private final int[][] histograms = new int[3][1 << DIGIT_BITS];
    private long[] keys = new long[0];
    private long[] sortedKeys = new long[0];
    private double[] weights = new double[0];
    private double[] sortedWeights = new double[0];

    /**
     * The arcs of these blocks; all hearers have ranks from {@code from} inclusive to {@code to} exclusive.
     *
     * @throws ArithmeticException if there are 2^31 arcs or more
     */
    SortedArcs sort(List<ArcBlock> blocks, long base, RankSpace ranks, int from, int to, boolean weighted) {
        int count = 0;
        for (ArcBlock block : blocks) {
            count = Math.addExact(count, block.size);
        }
        // With columns an arc's number travels in place of its weight, and says in the end what belongs to it.
        boolean numbered = !blocks.isEmpty() && blocks.get(0).columns.length > 0;
        reserve(count, weighted || numbered);
        int speakerBits = Math.max(1, 32 - Integer.numberOfLeadingZeros(Math.max(0, ranks.size() - 1)));
        int passes = (speakerBits + DIGIT_BITS - 1) / DIGIT_BITS;
        int digitBits = (speakerBits + passes - 1) / passes;
        for (int pass = 0; pass < passes; pass++) {
            Arrays.fill(histograms[pass], 0);
        }
        var offsets = new int[to - from + 1];
        int filled = 0;
        for (ArcBlock block : blocks) {
            if (block.narrow != null && ranks.isDense()) {
                fillDense(block, filled, (int) (base - ranks.first()), from, offsets, passes, digitBits);
            } else {
                fill(block, filled, base, ranks, from, offsets, passes, digitBits);
            }
            if (numbered) {
                for (int arc = 0; arc < block.size; arc++) {
                    weights[filled + arc] = filled + arc;
                }
            } else if (weighted) {
                System.arraycopy(block.weights, 0, weights, filled, block.size);
            }
            filled += block.size;
        }
        for (int pass = 0; pass < passes; pass++) {
            pass(pass, count, pass * digitBits, digitBits, weighted || numbered);
        }
        SortedArcs sorted = scatter(count, offsets, weighted || numbered);
        return numbered ? gathered(blocks, sorted, weighted) : sorted;
    }

    /** The sorted arcs with their weights and columns, where their numbers in the blocks' order stand in place of the weights. */
    private static SortedArcs gathered(List<ArcBlock> blocks, SortedArcs numbered, boolean weighted) {
        int count = numbered.speakers.length;
        var placeOfArc = new int[count];
        for (int place = 0; place < count; place++) {
            placeOfArc[(int) numbered.weights[place]] = place;
        }
        double[] sortedWeights = weighted ? new double[count] : null;
        var columns = new long[blocks.get(0).columns.length][count];
        int passed = 0;
        for (ArcBlock block : blocks) {
            for (int arc = 0; arc < block.size; arc++) {
                int place = placeOfArc[passed + arc];
                if (weighted) {
                    sortedWeights[place] = block.weights[arc];
                }
                for (int column = 0; column < columns.length; column++) {
                    columns[column][place] = block.columns[column][arc];
                }
            }
            passed += block.size;
        }
        return new SortedArcs(numbered.offsets, numbered.speakers, sortedWeights, columns);
    }

    private void reserve(int count, boolean weighted) {
        if (keys.length < count) {
            keys = new long[count];
            sortedKeys = new long[count];
        }
        if (weighted && weights.length < count) {
            weights = new double[count];
            sortedWeights = new double[count];
        }
    }

    /** Appends a narrow block, whose offsets differ from ranks by a constant. */
    private void fillDense(ArcBlock block, int at, int delta, int from, int[] offsets, int passes, int digitBits) {
        int[] ends = block.narrow;
        long[] to = keys;
        int mask = (1 << digitBits) - 1;
        int[] first = histograms[0];
        int[] second = histograms[1];
        for (int arc = 0, size = block.size; arc < size; arc++) {
            int row = ends[2 * arc] + delta - from;
            int speaker = ends[2 * arc + 1] + delta;
            to[at + arc] = (long) row << 32 | speaker;
            offsets[row + 1]++;
            first[speaker & mask]++;
            if (passes > 1) {
                second[speaker >>> digitBits & mask]++;
            }
        }
        if (passes > 2) {
            for (int arc = 0; arc < block.size; arc++) {
                histograms[2][(int) to[at + arc] >>> 2 * digitBits & mask]++;
            }
        }
    }

    private void fill(ArcBlock block, int at, long base, RankSpace ranks, int from, int[] offsets, int passes, int digitBits) {
        int mask = (1 << digitBits) - 1;
        for (int arc = 0; arc < block.size; arc++) {
            int row = ranks.rankOf(block.id(2 * arc, base)) - from;
            int speaker = ranks.rankOf(block.id(2 * arc + 1, base));
            keys[at + arc] = (long) row << 32 | speaker;
            offsets[row + 1]++;
            for (int pass = 0; pass < passes; pass++) {
                histograms[pass][speaker >>> pass * digitBits & mask]++;
            }
        }
    }

    private void pass(int pass, int count, int shift, int digitBits, boolean weighted) {
        int[] places = histograms[pass];
        int mask = (1 << digitBits) - 1;
        int sum = 0;
        for (int digit = 0; digit <= mask; digit++) {
            int size = places[digit];
            places[digit] = sum;
            sum += size;
        }
        long[] in = keys;
        long[] out = sortedKeys;
        if (weighted) {
            double[] weightsIn = weights;
            double[] weightsOut = sortedWeights;
            for (int i = 0; i < count; i++) {
                long key = in[i];
                int place = places[(int) key >>> shift & mask]++;
                out[place] = key;
                weightsOut[place] = weightsIn[i];
            }
            weights = weightsOut;
            sortedWeights = weightsIn;
        } else {
            for (int i = 0; i < count; i++) {
                long key = in[i];
                out[places[(int) key >>> shift & mask]++] = key;
            }
        }
        keys = out;
        sortedKeys = in;
    }

    private SortedArcs scatter(int count, int[] offsets, boolean weighted) {
        for (int row = 1; row < offsets.length; row++) {
            offsets[row] += offsets[row - 1];
        }
        int[] places = Arrays.copyOf(offsets, offsets.length - 1);
        var speakers = new int[count];
        double[] arcWeights = weighted ? new double[count] : null;
        long[] in = keys;
        for (int i = 0; i < count; i++) {
            long key = in[i];
            int place = places[(int) (key >>> 32)]++;
            speakers[place] = (int) key;
            if (weighted) {
                arcWeights[place] = weights[i];
            }
        }
        return new SortedArcs(offsets, speakers, arcWeights, new long[0][]);
    }
}
