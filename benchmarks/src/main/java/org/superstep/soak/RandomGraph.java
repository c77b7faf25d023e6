package org.superstep.soak;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * A graph that its seed makes, as a list of edges.
 *
 * @param shape what it looks like
 * @param vertices how many ids there may be, at least 1
 * @param edges how many lines
 * @param stride the distance between two ids: 1, or they are spread out
 * @param seed what it is made of
 */
record RandomGraph(Shape shape, int vertices, int edges, long stride, long seed) {
    private static final int FEW = 100;
    private static final int MOST_ON_A_PATH = 400;
    private static final int MOST_WEIGHT = 100;

    /** What a graph looks like. */
    enum Shape {
        /** Every pair is as likely. */
        EVEN,
        /** Few vertices have most edges. */
        SKEWED,
        /** Neighbours have neighbouring ids, so that most edges stay in a partition. */
        NEAR,
        /** One behind the other: many supersteps in which little happens. */
        PATH,
        /** All around one. */
        STAR
    }

    /** A graph of at most so many edges, of which one in eight has next to none. */
    static RandomGraph of(SplittableRandom random, int mostEdges) {
        var shape = Shape.values()[random.nextInt(Shape.values().length)];
        double size = Math.pow(random.nextDouble(), 2);
        int edges = random.nextInt(8) == 0 ? 1 + random.nextInt(FEW) : FEW + (int) (size * (mostEdges - FEW));
        int vertices = 1 + (int) (edges / (0.5 + 8 * random.nextDouble()));
        if (shape == Shape.PATH) {
            edges = Math.min(edges, MOST_ON_A_PATH);
            vertices = edges + 1;
        }
        return new RandomGraph(shape, vertices, edges, random.nextInt(4) == 0 ? 1_000_003 : 1, random.nextLong());
    }

    /** An id that occurs. */
    long anyId() {
        return id(edge(new SplittableRandom(seed), 0)[0]);
    }

    private long id(int vertex) {
        return vertex * stride;
    }

    private int[] edge(SplittableRandom random, int number) {
        return switch (shape) {
            case EVEN -> new int[] {random.nextInt(vertices), random.nextInt(vertices)};
            case SKEWED -> new int[] {skewed(random), skewed(random)};
            case NEAR -> {
                int source = random.nextInt(vertices);
                yield new int[] {source, (int) ((source + 1L + random.nextInt(8)) % vertices)};
            }
            case PATH -> new int[] {number, number + 1};
            case STAR -> random.nextBoolean() ? new int[] {0, random.nextInt(vertices)} : new int[] {random.nextInt(vertices), 0};
        };
    }

    private int skewed(SplittableRandom random) {
        double share = random.nextDouble();
        return (int) (vertices * share * share * share);
    }

    /** Writes it, each edge with a whole weight. */
    void write(Path file) throws IOException {
        var random = new SplittableRandom(seed);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < edges; i++) {
                int[] edge = edge(random, i);
                out.append(Long.toString(id(edge[0]))).append('\t').append(Long.toString(id(edge[1]))).append('\t')
                    .append(Integer.toString(1 + random.nextInt(MOST_WEIGHT))).append('\n');
            }
        }
    }
}
