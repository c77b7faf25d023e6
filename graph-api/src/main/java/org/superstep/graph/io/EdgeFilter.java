package org.superstep.graph.io;

/** Says which edges a graph keeps; a pure function, called by several threads at once and in any order. */
@FunctionalInterface
public interface EdgeFilter {
    /**
     * Whether the graph keeps this edge, as the input has it.
     *
     * @param source id of the vertex that it leaves
     * @param target id of the vertex that it enters
     * @param weight its weight; 1 where the input has none
     */
    boolean keeps(long source, long target, double weight);
}
