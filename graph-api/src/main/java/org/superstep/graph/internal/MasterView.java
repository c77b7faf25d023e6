package org.superstep.graph.internal;

import org.superstep.graph.Phase;

/** What the coordinator shows to the master hook before one superstep, and what the hook decides; used by the coordinator's thread. */
public final class MasterView {
    private final Declarations declarations;

    /** The superstep that comes next. */
    public int superstep;
    /** Vertices of the graph. */
    public long vertexCount;
    /** Edges of the graph. */
    public long edgeCount;
    /** Vertices that are awake. */
    public long awake;
    /** Messages in flight. */
    public long messages;
    /** Aggregates of the superstep before, raw bits; the hook may overwrite them. */
    public long[] aggregates;
    /** Globals, raw bits; the hook may overwrite them. */
    public long[] globals;
    /** The phase that runs; the hook may change it by {@link #start}. */
    public Phase phase;
    /** Set by the hook: wake all vertices. */
    public boolean wakeAll;
    /** Set by the hook: a phase begins with the coming superstep. */
    public boolean phaseStarts;
    /** Set by the hook: end the job. */
    public boolean halt;

    /** A view for a program with these declarations, before superstep 0. */
    public MasterView(Declarations declarations) {
        this.declarations = declarations;
        aggregates = new long[declarations.aggregators().size()];
        globals = new long[declarations.globals().size()];
        phase = declarations.phases().get(0);
    }

    /** Lets a declared phase run from the coming superstep on. */
    public void start(Phase next) {
        declarations.indexOf(next);
        phase = next;
        phaseStarts = true;
        wakeAll |= next.startsAwake();
    }
}
