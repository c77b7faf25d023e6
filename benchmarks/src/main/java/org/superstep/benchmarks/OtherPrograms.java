package org.superstep.benchmarks;

import java.util.List;
import java.util.function.Supplier;
import org.superstep.Graph;
import org.superstep.JobOptions;
import org.superstep.Superstep;
import org.superstep.algorithms.BreadthFirstSearch;
import org.superstep.algorithms.ConnectedComponents;
import org.superstep.algorithms.ShortestPaths;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.DoubleCombiner;
import org.superstep.graph.DoubleMessages;
import org.superstep.graph.DoubleProgram;
import org.superstep.graph.DoubleVertex;
import org.superstep.graph.LongParameter;
import org.superstep.graph.Program;
import org.superstep.graph.Weights;
import org.superstep.net.Delivery;

/**
 * Programs that have run in the JVM before another is measured. The JIT compiles a call by the classes that it has seen there; after these,
 * it has seen many.
 */
public final class OtherPrograms {
    private static final int SCALE = 14;
    private static final int ROUNDS = 3;

    private OtherPrograms() {
    }

    /** Runs all of them on a small graph, pulled, pushed and as counts say, until the JIT has compiled what they share. */
    public static void run() {
        Graph plain = Graph.edges(RmatFile.ofScale(SCALE)).undirected();
        Graph weighted = Graph.edges(RmatFile.weightedOfScale(SCALE)).undirected();
        var wcc = new ConnectedComponents();
        long source = Superstep.run(wcc, plain).id(0);
        List<Supplier<Program>> programs = List.of(() -> new BreadthFirstSearch(source), ConnectedComponents::new,
            () -> new ShortestPaths(source), Diffusion::new, WidestPath::new);
        for (int round = 0; round < ROUNDS; round++) {
            for (Delivery delivery : Delivery.values()) {
                for (Supplier<Program> program : programs) {
                    Superstep.run(program.get(), plain, JobOptions.DEFAULT.withDelivery(delivery));
                    Superstep.run(program.get(), weighted, JobOptions.DEFAULT.withDelivery(delivery));
                }
            }
        }
    }

    /** Every vertex gives what it holds to its neighbours in equal shares, less what the edges' weights keep. */
    public static final class Diffusion extends DoubleProgram {
        private final LongParameter steps = longParameter("steps", 20, "how long").atLeast(1);
        private final DoubleColumn heat = doubleColumn("heat", 1);

        /** Twenty steps. */
        public Diffusion() {
        }

        /** So many steps. */
        public Diffusion(long steps) {
            this.steps.set(steps);
        }

        @Override public Weights weights() {
            return Weights.OPTIONAL;
        }

        @Override public DoubleCombiner combiner() {
            return DoubleCombiner.SUM;
        }

        @Override public double along(double message, double weight) {
            return message * (1 - weight / 1024);
        }

        @Override public void compute(DoubleVertex v, DoubleMessages in) {
            if (v.superstep() > 0) {
                v.set(heat, in.combined());
            }
            if (v.superstep() == steps.get()) {
                v.halt();
            } else if (v.outDegree() > 0) {
                v.broadcast(v.get(heat) / v.outDegree());
            }
        }
    }

    /** The greatest id's hash that reaches a vertex, where an edge lets no more through than its weight says. */
    public static final class WidestPath extends DoubleProgram {
        private final LongParameter steps = longParameter("steps", 20, "how long").atLeast(1);
        private final DoubleColumn width = doubleColumn("width", 0);

        /** Twenty steps. */
        public WidestPath() {
        }

        /** So many steps. */
        public WidestPath(long steps) {
            this.steps.set(steps);
        }

        @Override public Weights weights() {
            return Weights.OPTIONAL;
        }

        @Override public DoubleCombiner combiner() {
            return DoubleCombiner.MAX;
        }

        @Override public double along(double message, double weight) {
            return Math.min(message, weight);
        }

        @Override public void compute(DoubleVertex v, DoubleMessages in) {
            double mine = v.superstep() == 0 ? (v.id() * 0x9E3779B97F4A7C15L >>> 56) : Math.max(v.get(width), in.combined());
            v.set(width, mine);
            if (v.superstep() == steps.get()) {
                v.halt();
            } else {
                v.broadcast(mine);
            }
        }
    }
}
