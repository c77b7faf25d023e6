package org.superstep.graph;

/**
 * How the values of a {@link CustomAggregator} are merged. Stateless and shared by all threads.
 *
 * <p>{@link #merge} must be associative and commutative, to the bit: {@code merge(a, b)} equals {@code merge(b, a)}, and
 * {@code merge(merge(a, b), c)} equals {@code merge(a, merge(b, c))}, in every respect that the program or the codec sees. Threads, workers
 * and master merge in whatever order and grouping they come to. Sums of doubles, for one, are neither; {@link Program#sum} is. Values are
 * immutable from the moment they are added or returned: merge into a new one, or return one of the two.
 *
 * @param <T> the values' type
 */
public interface Aggregation<T> {
    /** What nothing comes to; merging it with a value changes nothing. Never null. */
    T identity();

    /** Both in one. Never called with null, and never returns it. */
    T merge(T left, T right);

    /** How values are sent from workers to the master and from it to them. */
    Codec<T> codec();
}
