package org.superstep.worker;

import java.util.EnumSet;
import java.util.Set;
import org.superstep.graph.Direction;
import org.superstep.graph.DoublePhase;
import org.superstep.graph.LongPhase;
import org.superstep.graph.Phase;
import org.superstep.graph.Program;

/**
 * Which structures a program needs of a graph, and how its edges are read.
 *
 * @param undirected whether each line is an edge both ways
 * @param dedupe whether only the lightest of parallel edges is kept
 * @param dropSelfLoops whether edges from a vertex to itself are left out
 * @param structures the hearing lists to build: OUT is heard over in-edges, IN over out-edges, BOTH over either
 */
public record LoadPlan(boolean undirected, boolean dedupe, boolean dropSelfLoops, Set<Direction> structures) {
    /** What this program needs. */
    public static LoadPlan of(Program program, boolean undirected, boolean dedupe, boolean dropSelfLoops) {
        var structures = EnumSet.noneOf(Direction.class);
        for (Phase phase : program.declarations().phases()) {
            structures.add(structureOf(phase, undirected));
        }
        return new LoadPlan(undirected, dedupe, dropSelfLoops, structures);
    }

    /**
     * The hearing lists by which a phase's broadcasts are delivered. In an undirected graph in-edges and out-edges are the same, and
     * hearing each neighbour twice tells a combiner nothing new for which twice the same message is that message.
     */
    static Direction structureOf(Phase phase, boolean undirected) {
        if (!undirected || phase.direction() == Direction.OUT) {
            return phase.direction();
        }
        return phase.direction() == Direction.IN || hearsTwiceAsOnce(phase) ? Direction.OUT : Direction.BOTH;
    }

    private static boolean hearsTwiceAsOnce(Phase phase) {
        if (phase instanceof DoublePhase doubles) {
            return doubles.combiner().isExact() && doubles.combiner().isIdempotent();
        }
        if (phase instanceof LongPhase longs) {
            return longs.combiner().isExact() && longs.combiner().isIdempotent();
        }
        throw new AssertionError(phase);
    }

    /** Whether edges are taken to their targets' partitions. */
    boolean heardByTargets() {
        return structures.contains(Direction.OUT) || structures.contains(Direction.BOTH);
    }

    /** Whether edges are taken to their sources' partitions; an undirected graph's are there already. */
    boolean heardBySources() {
        return !undirected && (structures.contains(Direction.IN) || structures.contains(Direction.BOTH));
    }
}
