package org.superstep.datasets;

/**
 * Which R-MAT graph to make.
 *
 * @param scale the graph has ids 0 to 2^scale - 1, not all of which need occur; 1 to 31
 * @param edgeFactor edges per id, at least 1
 * @param seed the same seed gives the same bytes, whatever the number of threads
 * @param bothDirections whether each edge is also written the other way round (a self-loop is written once)
 * @param sort whether the lines are sorted by source, then target; otherwise they stand in the order of generation, which is random
 * @param weights whether a third column holds a whole number from 1 to 255, the same for all edges between the same two vertices
 * @param threads how many threads work, at least 1
 */
public record RmatOptions(int scale, int edgeFactor, long seed, boolean bothDirections, boolean sort, boolean weights, int threads) {
    /** Edges per id in the Graph500 and GAP benchmarks. */
    public static final int EDGE_FACTOR = 16;

    /** Checks the bounds. */
    public RmatOptions {
        if (scale < 1 || scale > 31) {
            throw new IllegalArgumentException("scale must be 1 to 31 (2^scale ids), was " + scale);
        }
        if (edgeFactor < 1 || edgeFactor > 1 << 20) {
            throw new IllegalArgumentException("edge-factor must be 1 to " + (1 << 20) + ", was " + edgeFactor);
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, was " + threads);
        }
    }

    /** Each edge once, in the order of generation, without weights, on all processors. */
    public static RmatOptions of(int scale, long seed) {
        return new RmatOptions(scale, EDGE_FACTOR, seed, false, false, false, Runtime.getRuntime().availableProcessors());
    }

    /** How many edges are generated. */
    public long edges() {
        return (long) edgeFactor << scale;
    }

    /** The arcs' file: each edge both ways, sorted. */
    public RmatOptions asSortedArcs() {
        return new RmatOptions(scale, edgeFactor, seed, true, true, weights, threads);
    }

    /** With a third column of weights. */
    public RmatOptions withWeights() {
        return new RmatOptions(scale, edgeFactor, seed, bothDirections, sort, true, threads);
    }

    /** With so many threads. */
    public RmatOptions withThreads(int count) {
        return new RmatOptions(scale, edgeFactor, seed, bothDirections, sort, weights, count);
    }
}
