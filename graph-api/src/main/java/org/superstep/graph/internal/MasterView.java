package org.superstep.graph.internal;

import org.superstep.graph.Aggregator;
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
    /** What has been added to the aggregators, over all workers; to the persistent ones, in all supersteps. */
    public final Tally tally;
    /** What they came to in the superstep before; the hook may overwrite it. */
    public final Values aggregates;
    /** The globals' values; the hook may overwrite them. */
    public final Values globals;
    /** The master's own of what the program shares. */
    public final SharedObjects shared;
    /** The phase that runs; the hook may change it by {@link #start}. */
    public Phase phase;
    /** The superstep with which it began. */
    public int phaseBegan;
    /** Set by the hook: wake all vertices. */
    public boolean wakeAll;
    /** Set by the hook: a phase begins with the coming superstep. */
    public boolean phaseStarts;
    /** Set by the hook: end the job. */
    public boolean halt;

    /** A view for a program with these declarations, before superstep 0. */
    public MasterView(Declarations declarations) {
        this(declarations, new SharedObjects(declarations));
    }

    /** The same where the master has shared objects already, made by another instance of the program. */
    public MasterView(Declarations declarations, SharedObjects shared) {
        this.declarations = declarations;
        this.shared = shared;
        tally = new Tally(declarations.aggregators());
        aggregates = Values.ofAggregators(declarations);
        globals = Values.ofGlobals(declarations);
        phase = declarations.phases().get(0);
    }

    /** Lets an aggregator come to this value, raw bits; a persistent one goes on from it. */
    public void set(Aggregator aggregator, long bits) {
        aggregates.bits[aggregator.index()] = bits;
        if (aggregator.isPersistent()) {
            tally.set(aggregator.index(), bits);
        }
    }

    /** The same where the value is an object. */
    public void setObject(Aggregator aggregator, Object value) {
        aggregates.objects[aggregator.index()] = value;
        if (aggregator.isPersistent()) {
            tally.setObject(aggregator.index(), value);
        }
    }

    /** Lets an aggregator come to what nothing does. */
    public void clear(Aggregator aggregator) {
        Partial nothing = aggregator.newPartial();
        aggregates.bits[aggregator.index()] = nothing.value();
        aggregates.objects[aggregator.index()] = nothing.object();
        if (aggregator.isPersistent()) {
            tally.clear(aggregator.index());
        }
    }

    /** Lets a declared phase run from the coming superstep on. */
    public void start(Phase next) {
        declarations.indexOf(next);
        phase = next;
        phaseBegan = superstep;
        phaseStarts = true;
        wakeAll |= next.startsAwake();
    }
}
