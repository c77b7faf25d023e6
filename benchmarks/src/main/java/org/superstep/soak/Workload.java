package org.superstep.soak;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * What a job computes.
 *
 * @param name of its program, in the report
 * @param words of the command line: the program, its parameters, and how its input is taken
 * @param graph what it computes on
 * @param records the name of the program's records, if it emits any
 */
record Workload(String name, List<String> words, RandomGraph graph, Optional<String> records) {
    private static final int LARGE = 250_000;
    private static final int MIDDLING = 60_000;
    /** Where messages are lists, a vertex with many neighbours is dear. */
    private static final int SMALL = 4_000;
    private static final String OURS = "org.superstep.soak.";
    private static final String TESTS = "org.superstep.engine.programs.";

    /** Programs, and on which graphs they run. */
    private enum Kind {
        PAGERANK(LARGE) {
            @Override List<String> words(SplittableRandom random, RandomGraph graph) {
                return List.of("pagerank", "--iterations", between(random, 5, 120));
            }
        },
        SSSP(LARGE) {
            @Override List<String> words(SplittableRandom random, RandomGraph graph) {
                return List.of("sssp", "--source", Long.toString(graph.anyId()));
            }
        },
        WCC(LARGE) {
            @Override List<String> words(SplittableRandom random, RandomGraph graph) {
                return List.of("wcc");
            }
        },
        BFS(LARGE) {
            @Override List<String> words(SplittableRandom random, RandomGraph graph) {
                return List.of("bfs", "--source", Long.toString(graph.anyId()));
            }
        },
        LABELS(MIDDLING) {
            @Override List<String> words(SplittableRandom random, RandomGraph graph) {
                return List.of(OURS + "LabelPropagation", "--steps", between(random, 5, 60));
            }
        },
        COMING_AND_GOING(MIDDLING) {
            @Override List<String> words(SplittableRandom random, RandomGraph graph) {
                return List.of(OURS + "ComingAndGoing", "--steps", between(random, 5, 60), "--every", between(random, 1, 20));
            }
        },
        WALKS(MIDDLING) {
            @Override List<String> words(SplittableRandom random, RandomGraph graph) {
                return List.of(TESTS + "RandomWalks", "--walkers", between(random, 1, 4), "--length", between(random, 5, 60));
            }
        },
        STRONG_COMPONENTS(MIDDLING) {
            @Override List<String> words(SplittableRandom random, RandomGraph graph) {
                return List.of(TESTS + "StrongComponents");
            }
        },
        SEMI_CLUSTERS(SMALL) {
            @Override List<String> words(SplittableRandom random, RandomGraph graph) {
                return List.of(TESTS + "SemiClustering", "--iterations", between(random, 3, 12), "--undirected");
            }
        },
        TRIANGLES(SMALL) {
            @Override List<String> words(SplittableRandom random, RandomGraph graph) {
                return List.of(TESTS + "Triangles", "--undirected");
            }
        },
        CORES(MIDDLING) {
            @Override List<String> words(SplittableRandom random, RandomGraph graph) {
                return List.of(TESTS + "CoreByDeletion", "--k", between(random, 2, 6), "--undirected");
            }
        },
        CONTRACTION(SMALL) {
            @Override List<String> words(SplittableRandom random, RandomGraph graph) {
                return List.of(TESTS + "EdgeContraction", "--undirected", "--dedupe", "--no-self-loops");
            }
        };

        private final int mostEdges;

        Kind(int mostEdges) {
            this.mostEdges = mostEdges;
        }

        abstract List<String> words(SplittableRandom random, RandomGraph graph);

        private static String between(SplittableRandom random, int least, int most) {
            return Integer.toString(least + random.nextInt(most - least + 1));
        }
    }

    /** Any; programs that are not bundled are in the jar. */
    static Workload of(SplittableRandom random, Path jar) {
        var kind = Kind.values()[random.nextInt(Kind.values().length)];
        var graph = RandomGraph.of(random, kind.mostEdges);
        List<String> said = kind.words(random, graph);
        var words = new ArrayList<>(said);
        if (said.get(0).contains(".")) {
            words.addAll(0, List.of("--jar", jar.toString()));
        } else if (random.nextBoolean()) {
            words.add("--undirected");
        }
        words.addAll(List.of("--seed", Integer.toString(random.nextInt(1000))));
        return new Workload(kind.name().toLowerCase(Locale.ROOT).replace('_', ' '), words, graph,
            kind == Kind.COMING_AND_GOING ? Optional.of("seen") : Optional.empty());
    }
}
