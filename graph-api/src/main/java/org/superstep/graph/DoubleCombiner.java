package org.superstep.graph;

/**
 * Folds the messages of one vertex into one value, in the order of their senders' ids. Stateless and shared by all threads.
 *
 * <p>A custom combiner is a subclass with a fixed law: {@code combine(identity(), x)} equals {@code x} to the bit. It says of itself
 * whether it is {@linkplain #isExact exact} and {@linkplain #isIdempotent idempotent}; saying less than is true costs only speed, saying
 * more makes results depend on how a job runs. A phase of vectors combines element by element, by the same combiners and laws.
 */
public abstract class DoubleCombiner {
    /** Adds; folded strictly in sender order, because sums of doubles are not associative. The identity is -0.0, the true neutral. */
    public static final DoubleCombiner SUM = new DoubleCombiner() {
        @Override public double identity() {
            return -0.0;
        }

        @Override public double combine(double left, double right) {
            return left + right;
        }
    };

    /** The least, as {@link Math#min(double, double)} orders them; the identity is positive infinity. */
    public static final DoubleCombiner MIN = new Extreme() {
        @Override public double identity() {
            return Double.POSITIVE_INFINITY;
        }

        @Override public double combine(double left, double right) {
            return Math.min(left, right);
        }
    };

    /** The greatest, as {@link Math#max(double, double)} orders them; the identity is negative infinity. */
    public static final DoubleCombiner MAX = new Extreme() {
        @Override public double identity() {
            return Double.NEGATIVE_INFINITY;
        }

        @Override public double combine(double left, double right) {
            return Math.max(left, right);
        }
    };

    /** The message of the sender with the smallest id; pulling stops there. Of no messages it gives 0. */
    public static final DoubleCombiner FIRST = new First();

    /** Messages are not combined: they are iterated over with {@code in.next()}, in the order of their senders' ids. */
    public static final DoubleCombiner NONE = new DoubleCombiner() {
        @Override public double identity() {
            throw ObjectCombiner.uncombined();
        }

        @Override public double combine(double left, double right) {
            throw ObjectCombiner.uncombined();
        }
    };

    /** For subclasses. */
    protected DoubleCombiner() {
    }

    /** The neutral value: what combining no messages gives. */
    public abstract double identity();

    /** The two folded into one, {@code left} from the smaller sender. */
    public abstract double combine(double left, double right);

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

    private abstract static class Extreme extends DoubleCombiner {
        @Override public boolean isExact() {
            return true;
        }
        @Override public boolean isIdempotent() {
            return true;
        }
    }

    private static final class First extends DoubleCombiner {
        @Override public double identity() {
            return 0;
        }

        @Override public double combine(double left, double right) {
            return left;
        }
    }
}
