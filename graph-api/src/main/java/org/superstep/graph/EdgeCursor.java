package org.superstep.graph;

import org.superstep.graph.internal.EdgeView;
import org.superstep.graph.internal.VertexView;

/**
 * The edges of one vertex in one direction, ordered by the id of the vertex at the other end, parallel ones by weight, then by what the
 * program's edge columns held at first, in the order of their declaration:
 *
 * <pre>{@code
 * for (EdgeCursor e = v.edges(out); e.next();) {
 *     v.send(e.target(), e.weight());
 * }
 * }</pre>
 *
 * <p>There is one cursor for each handle and thread, which {@code v.edges(handle)} places before the vertex's first edge; to compare edges
 * with one another, move it by {@link #at}. {@link #next} goes on from wherever the cursor was moved to. What it shows is the graph of this
 * superstep: changes that the vertex asks for are not seen before the next. Edge columns are the vertex's own state: what it sets in them
 * it
 * sees at once.
 */
public final class EdgeCursor {
    private final VertexView view;
    private final EdgeView edges;
    private final Direction direction;
    private int first;
    private int end;
    private int entry;

    /** For the engine: a cursor over the edges of whichever vertex the view stands at. */
    public EdgeCursor(VertexView view, EdgeView edges, Direction direction) {
        this.view = view;
        this.edges = edges;
        this.direction = direction;
    }

    EdgeCursor placed() {
        first = edges.offsets[view.index];
        end = edges.offsets[view.index + 1];
        entry = first - 1;
        return this;
    }

    /** How many edges there are; parallel edges each count, a self-loop counts once. */
    public int size() {
        return end - first;
    }

    /** Goes to the next edge; false where there is none. */
    public boolean next() {
        if (entry + 1 >= end) {
            entry = end;
            return false;
        }
        entry++;
        return true;
    }

    /** Goes to the edge at this place, 0 to {@code size() - 1}. Returns this. */
    public EdgeCursor at(int place) {
        if (place < 0 || place >= end - first) {
            throw new IndexOutOfBoundsException("vertex " + view.id() + " has " + (end - first) + " edges, asked for number " + place);
        }
        entry = first + place;
        return this;
    }

    /**
     * Goes to the first edge to (from) this vertex; false where there is none, and then the cursor stands behind the last edge. Looked for
     * by halving, so that it is cheap at any degree.
     */
    public boolean find(long neighbour) {
        int low = first;
        int high = end;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (edges.idOfSlot[edges.slots[middle]] < neighbour) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        boolean found = low < end && edges.idOfSlot[edges.slots[low]] == neighbour;
        entry = found ? low : end;
        return found;
    }

    /** How many edges lead to (come from) this vertex, parallel ones each counted. Moves as {@link #find} does. */
    public int count(long neighbour) {
        if (!find(neighbour)) {
            return 0;
        }
        int last = entry + 1;
        while (last < end && edges.idOfSlot[edges.slots[last]] == neighbour) {
            last++;
        }
        return last - entry;
    }

    /** The id of the vertex at the edge's other end. It may not exist: an edge to a vertex that was removed dangles. */
    public long neighbour() {
        return edges.idOfSlot[edges.slots[standing()]];
    }

    /** The id of the vertex where the edge begins. */
    public long source() {
        return direction == Direction.OUT ? view.id() : neighbour();
    }

    /** The id of the vertex where the edge ends. */
    public long target() {
        return direction == Direction.OUT ? neighbour() : view.id();
    }

    /** The edge's weight; 1 where the input has none or the program ignores weights. */
    public double weight() {
        return edges.weight(standing());
    }

    /** The weight of the edge to (from) this vertex, the least of parallel ones; NaN where there is none. Moves as {@link #find} does. */
    public double weightTo(long neighbour) {
        return find(neighbour) ? weight() : Double.NaN;
    }

    /** The edge's value in a column of doubles; only at an out-edge. */
    public double get(DoubleEdgeColumn column) {
        return Double.longBitsToDouble(values(column)[standing()]);
    }

    /** Sets the edge's value in a column of doubles, at once; every NaN becomes the canonical one. Only at an out-edge. */
    public void set(DoubleEdgeColumn column, double value) {
        setBits(column, Double.doubleToLongBits(value));
    }

    /** The edge's value in a column of longs; only at an out-edge. */
    public long get(LongEdgeColumn column) {
        return values(column)[standing()];
    }

    /** Sets the edge's value in a column of longs, at once; only at an out-edge. */
    public void set(LongEdgeColumn column, long value) {
        setBits(column, value);
    }

    /** The edge's value in a column of ints; only at an out-edge. */
    public int get(IntEdgeColumn column) {
        return (int) values(column)[standing()];
    }

    /** Sets the edge's value in a column of ints, at once; only at an out-edge. */
    public void set(IntEdgeColumn column, int value) {
        setBits(column, value);
    }

    private void setBits(EdgeColumn column, long bits) {
        values(column)[standing()] = bits;
        edges.isSet = true;
    }

    private long[] values(EdgeColumn column) {
        if (direction != Direction.OUT) {
            throw new IllegalStateException("vertex " + view.id() + " asks an in-edge for \"" + column.name() + "\"; edge columns belong to"
                + " the vertex where the edge begins, so let that one send the value");
        }
        return edges.columns[column.index()];
    }

    /**
     * Asks that the edge have another weight from the next superstep on: a finite one that {@link Program#weights} accepts. Of parallel
     * edges of one weight the first gets
     * it. The edge keeps what it holds in edge columns, and comes behind parallel ones that have the weight already.
     */
    public void setWeight(double weight) {
        view.changes().setWeight(view.id(), source(), target(), weight(), weight);
    }

    /** Asks that the edge be gone from the next superstep on; parallel ones stay. Of those of one weight the first goes. */
    public void remove() {
        view.changes().removeEdge(view.id(), source(), target(), weight());
    }

    private int standing() {
        if (entry < first || entry >= end) {
            throw new IllegalStateException("the edge cursor of vertex " + view.id() + " stands at no edge; call next(), at() or find()");
        }
        return entry;
    }
}
