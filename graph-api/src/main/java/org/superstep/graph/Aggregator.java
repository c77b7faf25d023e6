package org.superstep.graph;

import java.util.function.Supplier;
import org.superstep.graph.internal.Form;
import org.superstep.graph.internal.Partial;

/**
 * One value that all vertices add to in a superstep and all read in the next. Merging is associative and commutative to the bit: sums of
 * doubles are exact, rounded once when they are read, so that the value does not depend on threads, workers or partitions.
 *
 * <p>A regular aggregator starts anew in every superstep. A <em>persistent</em> one, {@code sum("total").persistent()}, keeps what was
 * added in all supersteps so far, and that is what is read in the next; a persistent sum of doubles is still exact. The master hook reads
 * and clears either kind, and sets those whose values are numbers, truth values or of a type of the program's own.
 */
public abstract sealed class Aggregator
        permits BooleanAggregator, CustomAggregator, DoubleAggregator, HistogramAggregator, LongAggregator, RankingAggregator {
    private final String name;
    private final int index;
    private final Form<?> form;
    private final Supplier<Partial> partials;
    private boolean persistent;

    Aggregator(String name, int index, Form<?> form, Supplier<Partial> partials) {
        this.name = name;
        this.index = index;
        this.form = form;
        this.partials = partials;
    }

    /** How added numbers and truth values are merged. */
    public enum Kind { DOUBLE_SUM, DOUBLE_MIN, DOUBLE_MAX, LONG_SUM, LONG_MIN, LONG_MAX, AND, OR }

    /** The aggregator's name in reports; unique within the program. */
    public final String name() {
        return name;
    }

    /** The aggregator's number within its program, from 0. */
    public final int index() {
        return index;
    }

    /** Whether what is added is kept over all supersteps. */
    public final boolean isPersistent() {
        return persistent;
    }

    final void persist() {
        persistent = true;
    }

    /** For the engine: how its value is sent. */
    public final Form<?> form() {
        return form;
    }

    /** For the engine: a new, empty partial value. */
    public final Partial newPartial() {
        return partials.get();
    }
}
