package org.superstep.graph;

/**
 * Folds the messages of one vertex into one value, in the order of their senders' ids. Stateless and shared by all threads.
 *
 * <p>A custom combiner is a subclass with a fixed law: {@code combine(identity(), x)} equals {@code x} to the bit. It says of itself
 * whether it is {@linkplain #isExact exact} and {@linkplain #isIdempotent idempotent}; saying less than is true costs only speed, saying
 * more makes results depend on how a job runs. A phase of vectors combines element by element, by the same combiners and laws.
 */
public abstract class LongCombiner {
    /** Adds, wrapping around as {@code long} does; the identity is 0. */
    public static final LongCombiner SUM = new Exact() {
        @Override public long identity() {
            return 0;
        }

        @Override public long combine(long left, long right) {
            return left + right;
        }
    };

    /** The least; the identity is {@link Long#MAX_VALUE}. */
    public static final LongCombiner MIN = new Extreme() {
        @Override public long identity() {
            return Long.MAX_VALUE;
        }

        @Override public long combine(long left, long right) {
            return Math.min(left, right);
        }
    };

    /** The greatest; the identity is {@link Long#MIN_VALUE}. */
    public static final LongCombiner MAX = new Extreme() {
        @Override public long identity() {
            return Long.MIN_VALUE;
        }

        @Override public long combine(long left, long right) {
            return Math.max(left, right);
        }
    };

    /** The bits that all messages have; the identity is -1, all bits set. */
    public static final LongCombiner AND = new Extreme() {
        @Override public long identity() {
            return -1;
        }

        @Override public long combine(long left, long right) {
            return left & right;
        }
    };

    /** The bits that any message has; the identity is 0. */
    public static final LongCombiner OR = new Extreme() {
        @Override public long identity() {
            return 0;
        }

        @Override public long combine(long left, long right) {
            return left | right;
        }
    };

    /** The message of the sender with the smallest id; pulling stops there. Of no messages it gives 0. */
    public static final LongCombiner FIRST = new First();

    /** Messages are not combined: they are iterated over with {@code in.next()}, in the order of their senders' ids. */
    public static final LongCombiner NONE = new LongCombiner() {
        @Override public long identity() {
            throw ObjectCombiner.uncombined();
        }

        @Override public long combine(long left, long right) {
            throw ObjectCombiner.uncombined();
        }
    };

    /** For subclasses. */
    protected LongCombiner() {
    }

    /** The neutral value: what combining no messages gives. */
    public abstract long identity();

    /** The two folded into one, {@code left} from the smaller sender. */
    public abstract long combine(long left, long right);

    /**
     * Whether the combiner is exact: associative and commutative to the bit, so that any grouping and order of the same messages gives the
     * same bits, and the engine may fold early. Sums of doubles are not; sums of longs and extremes of either are.
     */
    public boolean isExact() {
        return false;
    }

    /** Whether {@code combine(x, x)} is {@code x}, so that hearing the same message twice changes nothing; only asked of exact ones. */
    public boolean isIdempotent() {
        return false;
    }

    private abstract static class Exact extends LongCombiner {
        @Override public boolean isExact() {
            return true;
        }
    }

    private abstract static class Extreme extends Exact {
        @Override public boolean isIdempotent() {
            return true;
        }
    }

    private static final class First extends LongCombiner {
        @Override public long identity() {
            return 0;
        }

        @Override public long combine(long left, long right) {
            return left;
        }
    }
}
