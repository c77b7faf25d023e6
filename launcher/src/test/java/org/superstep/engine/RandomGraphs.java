package org.superstep.engine;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/** Graphs from seeds: small, of many shapes, with every oddity that an edge list may have. */
final class RandomGraphs {
    private static final int[] SIZES = {1, 2, 3, 7, 63, 64, 65, 128, 129, 300};

    private RandomGraphs() {
    }

    /** Any graph: ids, edges, weights and the way to read them are up to the seed. */
    static Sample any(long seed) {
        var random = new SplittableRandom(seed);
        int count = random.nextInt(4) == 0 ? 1 + random.nextInt(300) : SIZES[random.nextInt(SIZES.length)];
        long[] ids = ids(random, count);
        var weights = weights(random);
        var lines = new ArrayList<Arc>();
        for (int[] pair : pairs(random, count)) {
            lines.add(new Arc(ids[pair[0]], ids[pair[1]], weights.getAsDouble()));
        }
        boolean onlySelfLoops = lines.stream().allMatch(line -> line.source() == line.target());
        return new Sample("seed " + seed, lines, random.nextInt(4) > 0, random.nextInt(3) == 0, random.nextInt(5) == 0,
            random.nextInt(5) == 0 && !onlySelfLoops);
    }

    /** R-MAT: each edge falls into a quarter of the matrix by chance, and so on within it. D. Chakrabarti et al., 2004. */
    static Sample rmat(int scale, int edgeFactor, long seed) {
        var random = new SplittableRandom(seed);
        var lines = new ArrayList<Arc>();
        for (int i = 0; i < edgeFactor << scale; i++) {
            long source = 0;
            long target = 0;
            for (int bit = 0; bit < scale; bit++) {
                double quarter = random.nextDouble();
                source = source << 1 | (quarter >= 0.76 ? 1 : 0);
                target = target << 1 | (quarter >= 0.57 && quarter < 0.76 || quarter >= 0.95 ? 1 : 0);
            }
            lines.add(new Arc(source, target, 1 + random.nextInt(20)));
        }
        return Sample.directed("R-MAT of scale " + scale + ", seed " + seed, lines);
    }

    /** The same graph with every id sent somewhere else in the 64-bit range, all different as before. */
    static Sample scattered(Sample sample) {
        var lines = sample.lines().stream()
            .map(line -> new Arc(line.source() * 0x9E3779B97F4A7C15L, line.target() * 0x9E3779B97F4A7C15L, line.weight(),
                line.columns())).toList();
        return new Sample(sample.name() + " scattered", lines, sample.weighted(), sample.undirected(), sample.deduped(),
            sample.withoutSelfLoops());
    }

    /** A path 0 -> 1 -> ... of so many edges. */
    static Sample path(int edges) {
        var lines = new ArrayList<Arc>();
        for (int i = 0; i < edges; i++) {
            lines.add(new Arc(i, i + 1, 1));
        }
        return Sample.directed("path of " + edges + " edges", lines);
    }

    private static long[] ids(SplittableRandom random, int count) {
        var ids = new HashSet<Long>();
        long offset = random.nextLong();
        int kind = random.nextInt(9);
        while (ids.size() < count) {
            int i = ids.size();
            ids.add(switch (kind) {
                case 0 -> (long) i;
                case 1 -> i - count / 2L;
                case 2 -> random.nextLong();
                case 3 -> random.nextBoolean() ? Long.MIN_VALUE + random.nextInt(2 * count) : Long.MAX_VALUE - random.nextInt(2 * count);
                case 4 -> offset + random.nextInt(3 * count);
                case 5 -> (long) i << random.nextInt(58) << 2;
                // Two clusters whose distance is about that which 32 bits can tell apart, or about that which 64 can.
                case 6 -> offset + random.nextInt(count) + (random.nextBoolean() ? (1L << 32) - random.nextInt(3) : 0);
                case 7 -> random.nextInt(count) - count + (random.nextBoolean() ? Long.MAX_VALUE - random.nextInt(3) : 0);
                default -> 1000L * random.nextInt(2 * count) - 1;
            });
            if (ids.size() == i && kind == 5) {
                ids.add(random.nextLong());
            }
        }
        long[] shuffled = ids.stream().mapToLong(Long::longValue).toArray();
        for (int i = count - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            long id = shuffled[i];
            shuffled[i] = shuffled[j];
            shuffled[j] = id;
        }
        return shuffled;
    }

    private static List<int[]> pairs(SplittableRandom random, int count) {
        var pairs = new ArrayList<int[]>();
        int edges = Math.max(1, (int) (count * (0.4 + 6 * random.nextDouble() * random.nextDouble())));
        int kind = random.nextInt(7);
        switch (kind) {
            case 0 -> {
                for (int i = 0; i < count; i++) {
                    pairs.add(new int[] {i, Math.min(i + 1, count - 1)});
                }
            }
            case 1 -> {
                // A hub, one way or the other, and some of its neighbours joined.
                for (int i = 0; i < count; i++) {
                    pairs.add(random.nextInt(3) == 0 ? new int[] {i, 0} : new int[] {0, i});
                }
                for (int i = 0; i < count / 4; i++) {
                    pairs.add(new int[] {random.nextInt(count), random.nextInt(count)});
                }
            }
            case 2 -> {
                // Few pairs, each many times, often both ways.
                for (int i = 0; i < edges; i++) {
                    int[] pair = pairs.isEmpty() || random.nextInt(4) == 0
                        ? new int[] {random.nextInt(count), random.nextInt(count)} : pairs.get(random.nextInt(pairs.size()));
                    pairs.add(random.nextInt(3) == 0 ? new int[] {pair[1], pair[0]} : pair);
                }
            }
            case 3 -> {
                // From one half to the other: all of one half hear nothing, all of the other are sinks.
                for (int i = 0; i < edges; i++) {
                    pairs.add(new int[] {random.nextInt(count / 2 + 1), Math.min(count - 1, count / 2 + random.nextInt(count / 2 + 1))});
                }
            }
            case 4 -> {
                // Skewed: small indexes are met more often.
                for (int i = 0; i < edges; i++) {
                    pairs.add(new int[] {random.nextInt(1 + random.nextInt(count)), random.nextInt(1 + random.nextInt(count))});
                }
            }
            default -> {
                for (int i = 0; i < edges; i++) {
                    pairs.add(new int[] {random.nextInt(count), random.nextInt(count)});
                }
            }
        }
        for (int i = 0; i < count / 50; i++) {
            int loop = random.nextInt(count);
            pairs.add(new int[] {loop, loop});
        }
        return pairs;
    }

    private static DoubleSupplier weights(SplittableRandom random) {
        return switch (random.nextInt(9)) {
            case 0 -> () -> random.nextInt(20);
            case 1 -> () -> random.nextInt(-6, 30) * 0.5;
            case 2 -> () -> Double.longBitsToDouble(random.nextLong() & ~(1L << 62));
            case 3 -> () -> 2.5;
            case 4 -> () -> random.nextInt(3) == 0 ? -0.0 : random.nextInt(3) == 0 ? 0.0 : random.nextDouble() - 0.25;
            case 5 -> () -> random.nextInt(6) == 0 ? -0.0 : random.nextInt(4);
            case 6 -> () -> random.nextInt(254, 257);
            case 7 -> () -> random.nextInt(8) == 0 ? 0.1 : random.nextInt(256);
            default -> () -> (float) random.nextDouble() * 1e6 - 100 + random.nextInt(3) * 5e9;
        };
    }
}
