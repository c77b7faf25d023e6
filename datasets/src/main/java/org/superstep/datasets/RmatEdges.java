package org.superstep.datasets;

/**
 * The edges of an R-MAT graph as a function of (seed, number of the edge): randomness by counter, so that any thread can make any edge.
 *
 * <p>An edge falls into one quarter of the adjacency matrix, into one quarter of that, and so on; the quarters have the Graph500
 * probabilities 0.57, 0.19, 0.19, 0.05, the same on each level (without the noise that some variants add). As that would give the small
 * ids the high degrees, ids are then scrambled by a bijection on {@code [0, 2^scale)} that the seed chooses, where Graph500 shuffles a
 * table: it needs no memory. Chakrabarti, Zhan and Faloutsos, "R-MAT: a recursive model for graph mining", 2004; Graph500 specification.
 */
final class RmatEdges {
    /** Draws have 32 bits: two levels from one random long. */
    private static final long A = Math.round(0.57 * 0x1p32);
    private static final long B = Math.round(0.76 * 0x1p32);
    private static final long C = Math.round(0.95 * 0x1p32);
    /** The step of SplitMix64 (Steele, Lea and Flood, 2014): the golden ratio's fraction, odd. */
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;
    private static final int MAX_WEIGHT = 255;

    private final int scale;
    private final long mask;
    private final long stream;
    private final long weightStream;
    private final long[] keys = new long[3];
    private final long[] factors = new long[3];

    RmatEdges(int scale, long seed) {
        this.scale = scale;
        mask = (1L << scale) - 1;
        stream = mix(seed);
        weightStream = mix(seed + 1 + GOLDEN);
        for (int i = 0; i < keys.length; i++) {
            keys[i] = mix(stream + (2 * i + 1) * GOLDEN);
            factors[i] = mix(stream + (2 * i + 2) * GOLDEN) | 1;
        }
    }

    /** Edge {@code number}, packed: the source in the bits from {@code scale} upwards, the target below. */
    long packed(long number) {
        long state = mix(stream ^ mix(number));
        long source = 0;
        long target = 0;
        long draw = 0;
        for (int level = 0; level < scale; level++) {
            if ((level & 1) == 0) {
                state += GOLDEN;
                draw = mix(state);
            } else {
                draw <<= 32;
            }
            long r = draw >>> 32;
            // Which quarter, without branches that a processor would guess wrongly half of the time.
            long belowA = r - A >>> 63;
            long belowB = r - B >>> 63;
            long belowC = r - C >>> 63;
            source = source << 1 | 1 - belowB;
            target = target << 1 | 1 - belowA - (1 - belowB) + 1 - belowC;
        }
        return scramble(source) << scale | scramble(target);
    }

    /** The packed edge the other way round. */
    long reversed(long packed) {
        return (packed & mask) << scale | packed >>> scale;
    }

    long source(long packed) {
        return packed >>> scale;
    }

    long target(long packed) {
        return packed & mask;
    }

    /** The weight of all edges between these two vertices, either way: drawn evenly from 1 to 255. */
    int weight(long source, long target) {
        long pair = Math.min(source, target) << 31 | Math.max(source, target);
        return 1 + (int) ((mix(weightStream ^ mix(pair)) >>> 32) * MAX_WEIGHT >>> 32);
    }

    /** Each step can be undone on numbers of {@code scale} bits: adding, multiplying by an odd number, xor with one's own upper bits. */
    private long scramble(long id) {
        long x = id;
        for (int i = 0; i < keys.length; i++) {
            x = (x + keys[i]) * factors[i] & mask;
            x ^= x >>> (scale + 1) / 2;
        }
        return x;
    }

    /** The finaliser of SplitMix64 (variant 13 of D. Stafford). */
    private static long mix(long z) {
        long x = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        x = (x ^ x >>> 27) * 0x94d049bb133111ebL;
        return x ^ x >>> 31;
    }
}
