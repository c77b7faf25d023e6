package org.superstep.graph;

import java.util.Objects;
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

    /** How many supersteps the phase has run that would go on with the coming one; 0 where it has just been started. */
    public int phaseSuperstep() {
        return view.superstep - view.phaseBegan;
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

    /**
     * Whether all vertices have halted and nothing is in flight, so that the job ends unless the hook goes on. A phase that is to run until
     * nothing changes any more lets its vertices halt, and the hook starts the next one when this is so.
     */
    public boolean isQuiescent() {
        return view.awake == 0 && view.messages == 0;
    }

    /** What was added in the superstep before; of nothing, the aggregator's identity. */
    public double get(DoubleAggregator aggregator) {
        return Double.longBitsToDouble(view.aggregates.bits[aggregator.index()]);
    }

    /** What was added in the superstep before; of nothing, the aggregator's identity. */
    public long get(LongAggregator aggregator) {
        return view.aggregates.bits[aggregator.index()];
    }

    /** What was added in the superstep before; of nothing, the aggregator's identity. */
    public boolean get(BooleanAggregator aggregator) {
        return view.aggregates.bits[aggregator.index()] != 0;
    }

    /** The ranking of what was added in the superstep before; of nothing, one without places. */
    public Ranking get(RankingAggregator aggregator) {
        return (Ranking) view.aggregates.objects[aggregator.index()];
    }

    /** The counts of what was added in the superstep before. */
    public Histogram get(HistogramAggregator aggregator) {
        return (Histogram) view.aggregates.objects[aggregator.index()];
    }

    /** What was added in the superstep before; of nothing, the aggregator's identity. */
    @SuppressWarnings("unchecked")
    public <T> T get(CustomAggregator<T> aggregator) {
        return (T) view.aggregates.objects[aggregator.index()];
    }

    /**
     * Sets what the vertices will read as the aggregator's previous value. A persistent aggregator goes on from this value: it is as if
     * nothing else had been added so far.
     */
    public void set(DoubleAggregator aggregator, double value) {
        view.set(aggregator, Double.doubleToLongBits(value));
    }

    /** Sets what the vertices will read as the aggregator's previous value; a persistent aggregator goes on from it. */
    public void set(LongAggregator aggregator, long value) {
        view.set(aggregator, value);
    }

    /** Sets what the vertices will read as the aggregator's previous value; a persistent aggregator goes on from it. */
    public void set(BooleanAggregator aggregator, boolean value) {
        view.set(aggregator, value ? 1 : 0);
    }

    /** Sets what the vertices will read as the aggregator's previous value, not null; a persistent aggregator goes on from it. */
    public <T> void set(CustomAggregator<T> aggregator, T value) {
        view.setObject(aggregator, Objects.requireNonNull(value, "null is no value for an aggregator"));
    }

    /** Forgets what was added to an aggregator of any type, in all supersteps where it is persistent: it comes to what nothing does. */
    public void clear(Aggregator aggregator) {
        view.clear(aggregator);
    }

    /** The global's value, as set last. */
    public double get(DoubleGlobal global) {
        return Double.longBitsToDouble(view.globals.bits[global.index()]);
    }

    /** The global's value, as set last. */
    public long get(LongGlobal global) {
        return view.globals.bits[global.index()];
    }

    /** The global's value, as set last. */
    public boolean get(BooleanGlobal global) {
        return view.globals.bits[global.index()] != 0;
    }

    /** The global's object, as set last. */
    @SuppressWarnings("unchecked")
    public <T> T get(ObjectGlobal<T> global) {
        return (T) view.globals.objects[global.index()];
    }

    /** Sets the global, for the hook and all vertices to read. */
    public void set(DoubleGlobal global, double value) {
        view.globals.bits[global.index()] = Double.doubleToLongBits(value);
    }

    /** Sets the global, for the hook and all vertices to read. */
    public void set(LongGlobal global, long value) {
        view.globals.bits[global.index()] = value;
    }

    /** Sets the global, for the hook and all vertices to read. */
    public void set(BooleanGlobal global, boolean value) {
        view.globals.bits[global.index()] = value ? 1 : 0;
    }

    /** Sets the global, for the hook and all vertices to read; not null, and not to be changed any more. */
    public <T> void set(ObjectGlobal<T> global, T value) {
        view.globals.objects[global.index()] = Objects.requireNonNull(value, "null is no value for a global");
    }

    /** The program's shared object, one of the master's own; made when the hook first asks for it, and not to be changed. */
    @SuppressWarnings("unchecked")
    public <T> T shared(Shared<T> shared) {
        return (T) view.shared.get(shared.index());
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
