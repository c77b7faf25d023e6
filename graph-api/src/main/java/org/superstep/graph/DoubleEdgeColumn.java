package org.superstep.graph;

/** An edge column of {@code double} values, 8 bytes an edge. */
public final class DoubleEdgeColumn extends EdgeColumn {
    private final double initial;

    DoubleEdgeColumn(String name, int index, double initial) {
        super(name, index, Double.doubleToLongBits(initial));
        this.initial = Vertex.canonical(initial);
    }

    /** The value of edges to which the input gives none. */
    public double initial() {
        return initial;
    }

    @Override public Class<?> type() {
        return double.class;
    }

    @Override public String initialText() {
        return Double.toString(initial);
    }

    /** Refuses an input that lacks the column. Returns this. */
    public DoubleEdgeColumn required() {
        require();
        return this;
    }
}
