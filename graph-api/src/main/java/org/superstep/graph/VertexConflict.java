package org.superstep.graph;

/**
 * What was asked in one superstep about one vertex, for {@link Program#resolve} to decide.
 *
 * @param vertexId the vertex
 * @param existed whether it existed
 * @param removals how many asked that it be removed
 * @param additions how many asked that it be added
 * @param edgeAdditions how many edges that begin or end there are to be added
 * @param messages how many messages were said to it; counted only where it did not exist and the program
 *     {@linkplain Program#createMissing creates what is missing}
 */
public record VertexConflict(long vertexId, boolean existed, long removals, long additions, long edgeAdditions, long messages) {
    /**
     * Whether the vertex exists from the next superstep on, by Pregel's order: it goes if any asked that it be removed, then comes if any
     * asked that it be added, or an edge of it, or if it did not exist and messages were said to it.
     */
    public boolean existsByDefault() {
        return existed && removals == 0 || additions > 0 || edgeAdditions > 0 || messages > 0;
    }
}
