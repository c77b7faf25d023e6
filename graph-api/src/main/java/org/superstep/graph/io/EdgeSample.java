package org.superstep.graph.io;

/**
 * What a cheap look at the input tells: about how many edges (lines) there are, and the endpoints of some of them.
 *
 * @param estimatedEdges about how many edges the reader will deliver
 * @param sources vertex ids of the sampled edges' sources; not copied, not to be changed
 * @param targets vertex ids of the same edges' targets
 */
public record EdgeSample(long estimatedEdges, long[] sources, long[] targets) {
    /** Checks that the two arrays are parallel. */
    public EdgeSample {
        if (sources.length != targets.length) {
            throw new IllegalArgumentException("a sample needs as many targets as sources, was " + sources.length + " sources and "
                + targets.length + " targets");
        }
    }
}
