package org.superstep.graph;

/**
 * Random numbers from a counter: the n-th number of a vertex in a superstep is a function of job seed, superstep, vertex id and n, and of
 * nothing else. The mixing is that of SplittableRandom (G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number
 * generators", 2014).
 */
public final class VertexRandom {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long vertexId;
    private int superstep = -1;
    private long state;

    /** For the engine: one per compute thread. */
    public VertexRandom() {
    }

    VertexRandom at(long seed, int superstep, long vertexId) {
        if (superstep != this.superstep || vertexId != this.vertexId) {
            this.superstep = superstep;
            this.vertexId = vertexId;
            state = mix(mix(mix(seed + GOLDEN_GAMMA) + superstep) + vertexId);
        }
        return this;
    }

    /** 64 random bits. */
    public long nextLong() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** A number from 0 inclusive to {@code bound} exclusive; {@code bound} must be positive. */
    public long nextLong(long bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("the bound must be at least 1, was " + bound);
        }
        // Rejects the incomplete last range, so that every number is equally likely.
        long bits = nextLong() >>> 1;
        long number = bits % bound;
        while (bits + bound - 1 - number < 0) {
            bits = nextLong() >>> 1;
            number = bits % bound;
        }
        return number;
    }

    /** A number from 0 inclusive to {@code bound} exclusive; {@code bound} must be positive. */
    public int nextInt(int bound) {
        return (int) nextLong(bound);
    }

    /** A number from 0 inclusive to 1 exclusive, a multiple of 2^-53. */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1p-53;
    }

    /** True or false, equally likely. */
    public boolean nextBoolean() {
        return nextLong() < 0;
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
