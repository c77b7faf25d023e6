package org.superstep.graph;

import org.superstep.graph.internal.MasterView;

/**
 * The job as the master hook sees it before a superstep. Valid during the call of {@link Program#beforeSuperstep} only; used by one thread.
 */
public final class Master {
    private final MasterView view;

    /** For the engine: the hook's door to the view. */
    public Master(MasterView view) {
        this.view = view;
    }

    /** The superstep that comes next, from 0. */
    public int superstep() {
        return view.superstep;
    }

    /** How many vertices the graph has. */
    public long vertexCount() {
        return view.vertexCount;
    }

    /** How many edges the graph has; an undirected one counts as two, a self-loop as one. */
    public long edgeCount() {
        return view.edgeCount;
    }

    /** How many vertices are awake, not counting those that a message will wake. */
    public long awakeCount() {
        return view.awake;
    }

    /** How many messages the superstep before has said, each neighbour of a broadcast counted. */
    public long messageCount() {
        return view.messages;
    }

    /** Whether all vertices have halted and nothing is in flight, so that the job ends unless the hook goes on. */
    public boolean isQuiescent() {
        return view.awake == 0 && view.messages == 0;
    }

    /** What was added in the superstep before; of nothing, the aggregator's identity. */
    public double get(DoubleAggregator aggregator) {
        return Double.longBitsToDouble(view.aggregates[aggregator.index()]);
    }

    /** What was added in the superstep before; of nothing, the aggregator's identity. */
    public long get(LongAggregator aggregator) {
        return view.aggregates[aggregator.index()];
    }

    /** What was added in the superstep before; of nothing, the aggregator's identity. */
    public boolean get(BooleanAggregator aggregator) {
        return view.aggregates[aggregator.index()] != 0;
    }

    /** Sets what the vertices will read as the aggregator's previous value. */
    public void set(DoubleAggregator aggregator, double value) {
        view.aggregates[aggregator.index()] = Double.doubleToLongBits(value);
    }

    /** Sets what the vertices will read as the aggregator's previous value. */
    public void set(LongAggregator aggregator, long value) {
        view.aggregates[aggregator.index()] = value;
    }

    /** Sets what the vertices will read as the aggregator's previous value. */
    public void set(BooleanAggregator aggregator, boolean value) {
        view.aggregates[aggregator.index()] = value ? 1 : 0;
    }

    /** The global's value, as set last. */
    public double get(DoubleGlobal global) {
        return Double.longBitsToDouble(view.globals[global.index()]);
    }

    /** The global's value, as set last. */
    public long get(LongGlobal global) {
        return view.globals[global.index()];
    }

    /** Sets the global, for the hook and all vertices to read. */
    public void set(DoubleGlobal global, double value) {
        view.globals[global.index()] = Double.doubleToLongBits(value);
    }

    /** Sets the global, for the hook and all vertices to read. */
    public void set(LongGlobal global, long value) {
        view.globals[global.index()] = value;
    }

    /** The phase that has been running; before superstep 0, the one that will run first. */
    public Phase phase() {
        return view.phase;
    }

    /** Lets this phase run from the coming superstep on, whether or not it has been running; wakes all vertices if it starts awake. */
    public void startPhase(Phase phase) {
        view.start(phase);
    }

    /** Wakes all vertices for the coming superstep, except those halted for good. */
    public void wakeAll() {
        view.wakeAll = true;
    }

    /** Ends the job before the coming superstep; what is in flight is not delivered. */
    public void halt() {
        view.halt = true;
    }
}
