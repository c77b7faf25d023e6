package org.superstep.graph;

import org.superstep.graph.internal.RankingPartial;

/**
 * An aggregator that keeps the vertices with the greatest, or the least, values that were added; read as a {@link Ranking}. Ties go to the
 * smaller id, and NaN stands after all numbers. A vertex that adds several values has each of them ranked.
 */
public final class RankingAggregator extends Aggregator {
    static final int MOST_PLACES = 10_000;

    RankingAggregator(String name, int index, int places, boolean least) {
        super(name, index, Ranking.FORM, () -> new RankingPartial(places, least, Ranking.FORM));
        if (places < 1 || places > MOST_PLACES) {
            throw new IllegalArgumentException("aggregator \"" + name + "\" must rank 1 to " + MOST_PLACES + " vertices, was " + places);
        }
    }

    /** Keeps what is added over all supersteps, instead of starting anew in each. Returns this. */
    public RankingAggregator persistent() {
        persist();
        return this;
    }
}
