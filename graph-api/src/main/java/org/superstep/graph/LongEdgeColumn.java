package org.superstep.graph;

/** An edge column of {@code long} values, 8 bytes an edge. */
public final class LongEdgeColumn extends EdgeColumn {
    private final long initial;

    LongEdgeColumn(String name, int index, long initial) {
        super(name, index, initial);
        this.initial = initial;
    }

    /** The value of edges to which the input gives none. */
    public long initial() {
        return initial;
    }

    @Override public Class<?> type() {
        return long.class;
    }

    @Override public String initialText() {
        return Long.toString(initial);
    }

    /** Refuses an input that lacks the column. Returns this. */
    public LongEdgeColumn required() {
        require();
        return this;
    }
}
