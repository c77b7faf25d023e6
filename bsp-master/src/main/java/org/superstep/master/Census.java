package org.superstep.master;

import java.util.Arrays;
import org.superstep.checkpoint.MasterState;
import org.superstep.graph.Phase;
import org.superstep.net.Delivery;
import org.superstep.net.ToMaster;

/** What all workers together have counted: of the superstep that runs or ran last, and of the graph as it is. */
final class Census {
    /** What it costs to push a message, in arcs that a pull looks at; measured in {@code docs/benchmarks.md}. */
    private static final long ARCS_PER_PUSHED_MESSAGE = 12;
    /** What a pull costs for every vertex of the graph, whether or not it hears, in arcs. */
    private static final long ARCS_PER_VERTEX = 2;

    /** For each phase, how many messages it makes when all vertices broadcast. */
    private final long[] hearings;
    long computed;
    long awake;
    long messages;
    private long sends;
    private long goneInEdges;
    private long goneOutEdges;
    /** Changes of the graph that were asked for. */
    long changes;
    /** Whether what was said stands in the inboxes already, because the graph has changed since. */
    boolean isDelivered;
    /** Messages dropped so far, in all supersteps. */
    long dropped;

    Census(int phases) {
        hearings = new long[phases];
    }

    /** A worker's vertices hear so much. */
    void addHearings(long[] byPhase) {
        for (int i = 0; i < hearings.length; i++) {
            hearings[i] += byPhase[i];
        }
    }

    void add(ToMaster.SuperstepDone done) {
        computed += done.computed();
        awake += done.awake();
        messages += done.messages();
        sends += done.sends();
        goneInEdges += done.goneInEdges();
        goneOutEdges += done.goneOutEdges();
        dropped += done.dropped();
        changes += done.changes();
    }

    /** The graph changes: what depends on it is counted anew. */
    void beginChange() {
        awake = 0;
        goneInEdges = 0;
        goneOutEdges = 0;
        Arrays.fill(hearings, 0);
    }

    void add(ToMaster.GraphChanged changed) {
        awake += changed.awake();
        goneInEdges += changed.goneInEdges();
        goneOutEdges += changed.goneOutEdges();
        dropped += changed.dropped();
        addHearings(changed.hearings());
    }

    /** The next superstep begins. */
    void beginSuperstep() {
        computed = 0;
        awake = 0;
        messages = 0;
        sends = 0;
        goneInEdges = 0;
        goneOutEdges = 0;
        changes = 0;
    }

    boolean hasSends() {
        return sends > 0;
    }

    /** Whether each edge over which the phase with this index is heard carries a message. */
    boolean everyoneSpoke(int phase) {
        return messages - sends == hearings[phase];
    }

    /**
     * How what this phase said is best delivered. A pull looks at all that vertices hear over which have not halted for good, a push at
     * what was said. A function of counts that no placement changes, so that a run can be told again.
     */
    Delivery delivery(Phase spoken, int index, long vertexCount) {
        long deaf = switch (spoken.direction()) {
            case OUT -> goneInEdges;
            case IN -> goneOutEdges;
            case BOTH -> goneInEdges + goneOutEdges;
        };
        long pulling = hearings[index] - deaf + ARCS_PER_VERTEX * vertexCount;
        return spoken.everyoneSpeaks() || messages >= pulling / ARCS_PER_PUSHED_MESSAGE ? Delivery.PULL : Delivery.PUSH;
    }

    /** Goes on from what a master knew; what the graph's vertices hear is counted anew. */
    void restore(MasterState known) {
        awake = known.awake();
        messages = known.messages();
        sends = known.sends();
        isDelivered = known.isDelivered();
        goneInEdges = known.goneInEdges();
        goneOutEdges = known.goneOutEdges();
        dropped = known.dropped();
    }

    /** What a master knows that has counted this, with what it knows besides. */
    MasterState state(int phase, int phaseBegan, long vertices, long edges, long[] aggregates, long[] globals, long[][] persistent) {
        return new MasterState(phase, phaseBegan, phase, awake, messages, sends, isDelivered, goneInEdges, goneOutEdges, dropped, vertices,
            edges, aggregates, globals, persistent);
    }
}
