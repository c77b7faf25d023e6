package org.superstep.graph;

import java.util.Arrays;
import org.superstep.graph.internal.Form;

/**
 * Counts of values by bucket: what a {@link HistogramAggregator} comes to. Of n ascending bounds come n + 1 buckets: bucket 0 is what lies
 * below the first bound, bucket i what is at least bound i - 1 and below bound i, bucket n what is at least the last. NaN is counted apart.
 * Immutable.
 */
public final class Histogram {
    private final double[] bounds;
    private final long[] counts;
    private final long notNumbers;

    /** Takes bounds, the counts of the buckets, one more, and how often NaN was counted; the arrays are copied. */
    public Histogram(double[] bounds, long[] counts, long notNumbers) {
        if (counts.length != bounds.length + 1) {
            throw new IllegalArgumentException("a histogram of " + bounds.length + " bounds has one bucket more, was " + counts.length);
        }
        this.bounds = bounds.clone();
        this.counts = counts.clone();
        this.notNumbers = notNumbers;
    }

    /** The counts, and then that of NaN; everyone knows the bounds. */
    static Form<Histogram> form(double[] bounds) {
        return new Form<>() {
            @Override public long[] words(Histogram histogram) {
                long[] words = Arrays.copyOf(histogram.counts, histogram.counts.length + 1);
                words[histogram.counts.length] = histogram.notNumbers;
                return words;
            }

            @Override public Histogram value(long[] words) {
                return new Histogram(bounds, Arrays.copyOf(words, words.length - 1), words[words.length - 1]);
            }
        };
    }

    /** How many buckets there are. */
    public int buckets() {
        return counts.length;
    }

    /** How many values lie in this bucket, from 0. */
    public long count(int bucket) {
        return counts[bucket];
    }

    /** The bound between this bucket and the next, from 0; there is one less than buckets. */
    public double bound(int bucket) {
        return bounds[bucket];
    }

    /** How often NaN was added, which lies in no bucket. */
    public long notNumbers() {
        return notNumbers;
    }

    /** How many values were counted, NaN among them. */
    public long total() {
        return Arrays.stream(counts).sum() + notNumbers;
    }

    /** Whether the other is a histogram of the same counts between the same bounds. */
    @Override public boolean equals(Object other) {
        return other instanceof Histogram histogram && Arrays.equals(bounds, histogram.bounds) && Arrays.equals(counts, histogram.counts)
            && notNumbers == histogram.notNumbers;
    }

    @Override public int hashCode() {
        return 31 * (31 * Arrays.hashCode(bounds) + Arrays.hashCode(counts)) + Long.hashCode(notNumbers);
    }

    /** {@code [<1.0: 4, <2.5: 0, rest: 1]}, and NaN where there is any. */
    @Override public String toString() {
        var text = new StringBuilder("[");
        for (int i = 0; i < bounds.length; i++) {
            text.append('<').append(bounds[i]).append(": ").append(counts[i]).append(", ");
        }
        text.append("rest: ").append(counts[bounds.length]);
        return text.append(notNumbers == 0 ? "" : ", NaN: " + notNumbers).append(']').toString();
    }
}
