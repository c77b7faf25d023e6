package org.superstep.graph;

/**
 * A program's wish to walk over the edges of its vertices, in one direction; declared once by {@link Program#outEdges} or
 * {@link Program#inEdges}, used as {@code v.edges(handle)}. A program that declares none pays for none.
 */
public final class Edges {
    private final int index;
    private final Direction direction;

    Edges(int index, Direction direction) {
        this.index = index;
        this.direction = direction;
    }

    /** The handle's number within its program, from 0. */
    public int index() {
        return index;
    }

    /** {@link Direction#OUT} or {@link Direction#IN}. */
    public Direction direction() {
        return direction;
    }
}
