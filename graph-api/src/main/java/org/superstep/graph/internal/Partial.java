package org.superstep.graph.internal;

import org.superstep.graph.Aggregator;

/** What has been added to one aggregator so far. Merging is associative and commutative to the bit. Not thread-safe. */
public abstract class Partial {
    /** Adds a double; only for aggregators of doubles. */
    void add(double value) {
        throw new IllegalStateException("this aggregator takes no doubles");
    }

    /** Adds a long, or a truth value as 0 or 1; only for aggregators of those. */
    void add(long value) {
        throw new IllegalStateException("this aggregator takes no longs");
    }

    /** Adds a vertex's value; only for rankings. */
    void add(long vertexId, double value) {
        throw new IllegalStateException("this aggregator ranks no vertices");
    }

    /** Adds an object; only for custom aggregators. */
    void addObject(Object value) {
        throw new IllegalStateException("this aggregator takes no objects");
    }

    /** Whether nothing has been added. */
    abstract boolean isEmpty();

    /** Forgets what was added. */
    abstract void clear();

    /** What was added, in a form that {@link #merge} takes. */
    abstract long[] state();

    /** Takes in another partial's state. */
    abstract void merge(long[] state);

    /** Takes in another partial of the same aggregator. */
    void merge(Partial other) {
        merge(other.state());
    }

    /** Makes it come to this value, as if nothing else had been added; raw bits. */
    void set(long bits) {
        clear();
        merge(new long[] {bits});
    }

    /** The same for a value that is an object. */
    void setObject(Object value) {
        throw new IllegalStateException("this aggregator's value is no object");
    }

    /** What it comes to, as raw bits; 0 where that is an object. */
    abstract long value();

    /** What it comes to where that is an object; null elsewhere. */
    Object object() {
        return null;
    }

    /** An empty partial of numbers or truth values merged in this way. */
    public static Partial of(Aggregator.Kind kind) {
        return switch (kind) {
            case DOUBLE_SUM -> new ExactSum();
            case DOUBLE_MIN -> new DoubleExtreme(false);
            case DOUBLE_MAX -> new DoubleExtreme(true);
            case LONG_SUM, LONG_MIN, LONG_MAX, AND, OR -> new Single(kind);
        };
    }

    private static final class DoubleExtreme extends Partial {
        private final boolean greatest;
        private double value;
        private boolean added;

        DoubleExtreme(boolean greatest) {
            this.greatest = greatest;
            clear();
        }

        @Override void add(double next) {
            added = true;
            value = greatest ? Math.max(value, next) : Math.min(value, next);
        }

        @Override boolean isEmpty() {
            return !added;
        }

        @Override void clear() {
            added = false;
            value = greatest ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }

        @Override long[] state() {
            return new long[] {value()};
        }

        @Override void merge(long[] state) {
            add(Double.longBitsToDouble(state[0]));
        }

        @Override long value() {
            return Double.doubleToLongBits(value);
        }
    }

    private static final class Single extends Partial {
        private final Aggregator.Kind kind;
        private long value;
        private boolean added;

        Single(Aggregator.Kind kind) {
            this.kind = kind;
            clear();
        }

        @Override void add(long next) {
            added = true;
            value = switch (kind) {
                case LONG_SUM -> value + next;
                case LONG_MIN -> Math.min(value, next);
                case LONG_MAX -> Math.max(value, next);
                case AND -> value & next;
                case OR -> value | next;
                case DOUBLE_SUM, DOUBLE_MIN, DOUBLE_MAX -> throw new AssertionError(kind);
            };
        }

        @Override boolean isEmpty() {
            return !added;
        }

        @Override void clear() {
            added = false;
            value = switch (kind) {
                case LONG_SUM, OR -> 0;
                case LONG_MIN -> Long.MAX_VALUE;
                case LONG_MAX -> Long.MIN_VALUE;
                case AND -> 1;
                case DOUBLE_SUM, DOUBLE_MIN, DOUBLE_MAX -> throw new AssertionError(kind);
            };
        }

        @Override long[] state() {
            return new long[] {value};
        }

        @Override void merge(long[] state) {
            add(state[0]);
        }

        @Override long value() {
            return value;
        }
    }
}
