package org.superstep.graph;

/** An edge column of {@code int} values, 8 bytes an edge. */
public final class IntEdgeColumn extends EdgeColumn {
    private final int initial;

    IntEdgeColumn(String name, int index, int initial) {
        super(name, index, initial);
        this.initial = initial;
    }

    /** The value of edges to which the input gives none. */
    public int initial() {
        return initial;
    }

    @Override public Class<?> type() {
        return int.class;
    }

    @Override public String initialText() {
        return Integer.toString(initial);
    }

    /** Refuses an input that lacks the column. Returns this. */
    public IntEdgeColumn required() {
        require();
        return this;
    }
}
