package org.superstep.worker;

import java.util.EnumSet;
import java.util.Set;
import org.superstep.graph.Direction;
import org.superstep.graph.Edges;
import org.superstep.graph.Phase;
import org.superstep.graph.Program;
import org.superstep.graph.internal.MessageForm;

/**
 * Which structures a program needs of a graph, and how its edges are read.
 *
 * @param undirected whether each line is an edge both ways
 * @param dedupe whether only the lightest of parallel edges is kept
 * @param dropSelfLoops whether edges from a vertex to itself are left out
 * @param structures the hearing lists to build: OUT is heard over in-edges, IN over out-edges, BOTH over either
 * @param changes whether vertices and edges may come and go
 */
public record LoadPlan(boolean undirected, boolean dedupe, boolean dropSelfLoops, Set<Direction> structures, boolean changes) {
    /** What this program needs. */
    public static LoadPlan of(Program program, boolean undirected, boolean dedupe, boolean dropSelfLoops) {
        var structures = EnumSet.noneOf(Direction.class);
        boolean changes = program.changesGraph() || program.createMissing();
        var plan = new LoadPlan(undirected, dedupe, dropSelfLoops, structures, changes);
        for (Phase phase : program.declarations().phases()) {
            structures.add(structureOf(phase, plan.symmetric()));
        }
        for (Edges edges : program.declarations().edges()) {
            structures.add(plan.structureOf(edges));
        }
        if (changes) {
            // What an edge's end does not know of the edge it cannot change.
            structures.add(Direction.OUT);
            structures.add(Direction.IN);
        }
        return plan;
    }

    /** A plan of a graph that does not change. */
    LoadPlan(boolean undirected, boolean dedupe, boolean dropSelfLoops, Set<Direction> structures) {
        this(undirected, dedupe, dropSelfLoops, structures, false);
    }

    /** Whether in-edges and out-edges are the same, for the whole of the job. */
    public boolean symmetric() {
        return undirected && !changes;
    }

    /** The lists that hold a handle's edges. */
    Direction structureOf(Edges edges) {
        return edges.direction() == Direction.OUT ? outEdges() : Direction.OUT;
    }

    /** The lists that hold out-edges, and with them the edges' columns: a vertex hears those over IN that its out-edges lead to. */
    Direction outEdges() {
        return symmetric() ? Direction.OUT : Direction.IN;
    }

    /** Whether edges taken to their sources' partitions, or to their targets', carry columns. */
    boolean carriesColumns(boolean toSources) {
        return toSources != symmetric();
    }

    /**
     * The hearing lists by which a phase's broadcasts are delivered. In an undirected graph in-edges and out-edges are the same, and
     * hearing each neighbour twice tells a combiner nothing new for which twice the same message is that message.
     */
    static Direction structureOf(Phase phase, boolean symmetric) {
        if (!symmetric || phase.direction() == Direction.OUT) {
            return phase.direction();
        }
        return phase.direction() == Direction.IN || MessageForm.of(phase).isIdempotent() ? Direction.OUT : Direction.BOTH;
    }

    /** Whether edges are taken to their targets' partitions. */
    boolean heardByTargets() {
        return structures.contains(Direction.OUT) || structures.contains(Direction.BOTH);
    }

    /** Whether edges are taken to their sources' partitions; an undirected graph's are there already. */
    boolean heardBySources() {
        return !symmetric() && (structures.contains(Direction.IN) || structures.contains(Direction.BOTH));
    }
}
