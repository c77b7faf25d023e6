package org.superstep.graph;

import java.util.Arrays;
import org.superstep.graph.internal.Form;

/** Vertices and a value of each, the best first: what a {@link RankingAggregator} comes to. Immutable. */
public final class Ranking {
    /** Id and bits of the value in turn. */
    static final Form<Ranking> FORM = new Form<>() {
        @Override public long[] words(Ranking ranking) {
            var words = new long[2 * ranking.size()];
            for (int i = 0; i < ranking.size(); i++) {
                words[2 * i] = ranking.ids[i];
                words[2 * i + 1] = Double.doubleToRawLongBits(ranking.values[i]);
            }
            return words;
        }

        @Override public Ranking value(long[] words) {
            var ids = new long[words.length / 2];
            var values = new double[ids.length];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = words[2 * i];
                values[i] = Double.longBitsToDouble(words[2 * i + 1]);
            }
            return new Ranking(ids, values);
        }
    };

    private final long[] ids;
    private final double[] values;

    /** Takes vertices and their values, as many, in order of their places; the arrays are copied. */
    public Ranking(long[] ids, double[] values) {
        if (ids.length != values.length) {
            throw new IllegalArgumentException("a ranking has as many values as vertices, was " + values.length + " and " + ids.length);
        }
        this.ids = ids.clone();
        this.values = values.clone();
    }

    /** How many places are taken; at most those that the aggregator has. */
    public int size() {
        return ids.length;
    }

    /** The vertex at this place, from 0. */
    public long id(int place) {
        return ids[place];
    }

    /** The value at this place, from 0. */
    public double value(int place) {
        return values[place];
    }

    /** Whether the other is a ranking of the same vertices with the same values, to the bit. */
    @Override public boolean equals(Object other) {
        return other instanceof Ranking ranking && Arrays.equals(ids, ranking.ids) && Arrays.equals(values, ranking.values);
    }

    @Override public int hashCode() {
        return 31 * Arrays.hashCode(ids) + Arrays.hashCode(values);
    }

    /** {@code [34: 0.1, 1: 0.09]}. */
    @Override public String toString() {
        var text = new StringBuilder("[");
        for (int i = 0; i < ids.length; i++) {
            text.append(i > 0 ? ", " : "").append(ids[i]).append(": ").append(values[i]);
        }
        return text.append(']').toString();
    }
}
