package org.superstep;

/**
 * An edge, for whoever has objects at hand: {@code Graph.of(List.of(new Edge(1, 2), new Edge(2, 3, 0.5)))}.
 *
 * @param source id of the vertex that it leaves
 * @param target id of the vertex that it enters
 * @param weight its weight
 */
public record Edge(long source, long target, double weight) {
    /** An edge of weight 1. */
    public Edge(long source, long target) {
        this(source, target, 1);
    }
}
