package org.superstep.graph;

/**
 * Folds the messages of one vertex into one object, in the order of their senders' ids. Stateless and shared by all threads.
 *
 * <p>Two laws: {@code combine(identity(), x)} equals {@code x}, and neither argument is ever changed, because a message is shared by all
 * that hear it. A combiner says of itself whether it is {@linkplain #isExact exact} besides.
 *
 * @param <M> the messages' type
 */
public abstract class ObjectCombiner<M> {
    private static final ObjectCombiner<Object> NONE = new ObjectCombiner<>() {
        @Override public Object identity() {
            throw uncombined();
        }

        @Override public Object combine(Object left, Object right) {
            throw uncombined();
        }
    };
    private static final ObjectCombiner<Object> FIRST = new ObjectCombiner<>() {
        @Override public Object identity() {
            throw new IllegalStateException("FIRST has no identity for objects; ask isEmpty() before combined()");
        }

        @Override public Object combine(Object left, Object right) {
            return left;
        }
    };

    /** For subclasses. */
    protected ObjectCombiner() {
    }

    /** Messages are not combined: they are iterated over with {@code in.next()}. */
    @SuppressWarnings("unchecked")
    public static <M> ObjectCombiner<M> none() {
        return (ObjectCombiner<M>) NONE;
    }

    /** The message of the sender with the smallest id; {@code combined()} of no messages is an error. */
    @SuppressWarnings("unchecked")
    public static <M> ObjectCombiner<M> first() {
        return (ObjectCombiner<M>) FIRST;
    }

    /** The neutral value: what combining no messages gives; never null. */
    public abstract M identity();

    /** The two folded into one, {@code left} from the smaller sender; never null. */
    public abstract M combine(M left, M right);

    /**
     * Whether the combiner is exact: associative and commutative, its results equal down to the bytes that the phase's codec makes of them.
     * By default it is not. The engine folds objects in the order of their senders either way; it may fold early those of an exact one.
     */
    public boolean isExact() {
        return false;
    }

    static IllegalStateException uncombined() {
        return new IllegalStateException("the phase that spoke has no combiner, so its messages are iterated over: while (in.next())"
            + " ... in.value()");
    }

    static IllegalStateException combinedOnly() {
        return new IllegalStateException("the phase that spoke has a combiner, so its messages are one: in.combined()");
    }
}
