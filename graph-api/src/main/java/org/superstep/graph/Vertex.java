package org.superstep.graph;

import org.superstep.graph.internal.VertexView;

/**
 * A vertex as its program sees it in one superstep: what all cursors have in common. A cursor belongs to one thread and stands at one
 * vertex during a call of {@code compute}; it must not be kept.
 */
public abstract sealed class Vertex permits DoubleVertex, LongVertex, ObjectVertex, DoubleVectorVertex,
    LongVectorVertex {
    final VertexView view;

    Vertex(VertexView view) {
        this.view = view;
    }

    /** The vertex's id, as in the input. */
    public final long id() {
        return view.id();
    }

    /** The superstep that runs, from 0. */
    public final int superstep() {
        return view.superstep;
    }

    /** How many supersteps the phase has run before this one, since it was started last: 0 in its first. */
    public final int phaseSuperstep() {
        return view.superstep - view.phaseBegan;
    }

    /** How many vertices the graph has. */
    public final long vertexCount() {
        return view.vertexCount;
    }

    /** How many edges the graph has; an undirected one counts as two, a self-loop as one. */
    public final long edgeCount() {
        return view.edgeCount;
    }

    /** How many edges leave the vertex; parallel edges each count, a self-loop counts once. */
    public final int outDegree() {
        return view.outDegrees[view.index];
    }

    /** How many edges enter the vertex; parallel edges each count, a self-loop counts once. */
    public final int inDegree() {
        return view.inDegrees[view.index];
    }

    /** The vertex's value in a column of doubles. */
    public final double get(DoubleColumn column) {
        return view.doubles[column.index()][view.index];
    }

    /** Sets the vertex's value in a column of doubles; every NaN becomes the canonical one. */
    public final void set(DoubleColumn column, double value) {
        view.doubles[column.index()][view.index] = canonical(value);
    }

    /** The vertex's value in a column of longs. */
    public final long get(LongColumn column) {
        return view.longs[column.index()][view.index];
    }

    /** Sets the vertex's value in a column of longs. */
    public final void set(LongColumn column, long value) {
        view.longs[column.index()][view.index] = value;
    }

    /** The vertex's value in a column of ints. */
    public final int get(IntColumn column) {
        return view.ints[column.index()][view.index];
    }

    /** Sets the vertex's value in a column of ints. */
    public final void set(IntColumn column, int value) {
        view.ints[column.index()][view.index] = value;
    }

    /** The vertex's value in a column of floats. */
    public final float get(FloatColumn column) {
        return view.floats[column.index()][view.index];
    }

    /** Sets the vertex's value in a column of floats; every NaN becomes the canonical one. */
    public final void set(FloatColumn column, float value) {
        view.floats[column.index()][view.index] = canonical(value);
    }

    /** The vertex's value in a column of truth values. */
    public final boolean get(BooleanColumn column) {
        return view.booleans[column.index()][view.index];
    }

    /** Sets the vertex's value in a column of truth values. */
    public final void set(BooleanColumn column, boolean value) {
        view.booleans[column.index()][view.index] = value;
    }

    /** An element of the vertex's vector, from 0 to below the column's width. */
    public final double get(DoubleVectorColumn column, int element) {
        return view.doubleVectors[column.index()][column.place(view.index, element)];
    }

    /** Sets an element of the vertex's vector, from 0 to below the column's width; every NaN becomes the canonical one. */
    public final void set(DoubleVectorColumn column, int element, double value) {
        view.doubleVectors[column.index()][column.place(view.index, element)] = canonical(value);
    }

    /** Copies the vertex's vector into an array as long as the column is wide, and returns that array. */
    public final double[] get(DoubleVectorColumn column, double[] into) {
        column.requireWidth(into.length);
        System.arraycopy(view.doubleVectors[column.index()], column.place(view.index, 0), into, 0, into.length);
        return into;
    }

    /** Sets the vertex's vector to a copy of an array as long as the column is wide; every NaN becomes the canonical one. */
    public final void set(DoubleVectorColumn column, double[] elements) {
        column.requireWidth(elements.length);
        double[] values = view.doubleVectors[column.index()];
        int first = column.place(view.index, 0);
        for (int i = 0; i < elements.length; i++) {
            values[first + i] = canonical(elements[i]);
        }
    }

    /** An element of the vertex's vector, from 0 to below the column's width. */
    public final long get(LongVectorColumn column, int element) {
        return view.longVectors[column.index()][column.place(view.index, element)];
    }

    /** Sets an element of the vertex's vector, from 0 to below the column's width. */
    public final void set(LongVectorColumn column, int element, long value) {
        view.longVectors[column.index()][column.place(view.index, element)] = value;
    }

    /** Copies the vertex's vector into an array as long as the column is wide, and returns that array. */
    public final long[] get(LongVectorColumn column, long[] into) {
        column.requireWidth(into.length);
        System.arraycopy(view.longVectors[column.index()], column.place(view.index, 0), into, 0, into.length);
        return into;
    }

    /** Sets the vertex's vector to a copy of an array as long as the column is wide. */
    public final void set(LongVectorColumn column, long[] elements) {
        column.requireWidth(elements.length);
        System.arraycopy(elements, 0, view.longVectors[column.index()], column.place(view.index, 0), elements.length);
    }

    /** The vertex's value in a column of objects; not to be changed, and never null. */
    @SuppressWarnings("unchecked")
    public final <T> T get(ObjectColumn<T> column) {
        return (T) view.objects[column.index()][view.index];
    }

    /** Sets the vertex's value in a column of objects; it is not to be changed from now on, and not null. */
    public final <T> void set(ObjectColumn<T> column, T value) {
        view.objects[column.index()][view.index] = column.value(value);
    }

    /** Adds a value to an aggregator, to be read in the next superstep. */
    public final void add(DoubleAggregator aggregator, double value) {
        view.tally.add(aggregator.index(), value);
    }

    /** Adds a value to an aggregator, to be read in the next superstep. */
    public final void add(LongAggregator aggregator, long value) {
        view.tally.add(aggregator.index(), value);
    }

    /** Adds a truth value to an aggregator, to be read in the next superstep. */
    public final void add(BooleanAggregator aggregator, boolean value) {
        view.tally.add(aggregator.index(), value ? 1 : 0);
    }

    /** Ranks the vertex with a value, to be read in the next superstep; every NaN becomes the canonical one. */
    public final void add(RankingAggregator aggregator, double value) {
        view.tally.add(aggregator.index(), view.id(), canonical(value));
    }

    /** Counts a value in its bucket, to be read in the next superstep. */
    public final void add(HistogramAggregator aggregator, double value) {
        view.tally.add(aggregator.index(), value);
    }

    /** Adds a value, immutable and not null, to an aggregator, to be read in the next superstep. */
    public final <T> void add(CustomAggregator<T> aggregator, T value) {
        view.tally.addObject(aggregator.index(), value);
    }

    /** What was added in the superstep before, or what the master hook has set; of nothing, the aggregator's identity. */
    public final double previous(DoubleAggregator aggregator) {
        return Double.longBitsToDouble(view.aggregates.bits[aggregator.index()]);
    }

    /** What was added in the superstep before, or what the master hook has set; of nothing, the aggregator's identity. */
    public final long previous(LongAggregator aggregator) {
        return view.aggregates.bits[aggregator.index()];
    }

    /** What was added in the superstep before, or what the master hook has set; of nothing, the aggregator's identity. */
    public final boolean previous(BooleanAggregator aggregator) {
        return view.aggregates.bits[aggregator.index()] != 0;
    }

    /** The ranking of what was added in the superstep before; of nothing, one without places. */
    public final Ranking previous(RankingAggregator aggregator) {
        return (Ranking) view.aggregates.objects[aggregator.index()];
    }

    /** The counts of what was added in the superstep before. */
    public final Histogram previous(HistogramAggregator aggregator) {
        return (Histogram) view.aggregates.objects[aggregator.index()];
    }

    /** What was added in the superstep before, or what the master hook has set; of nothing, the aggregator's identity. */
    @SuppressWarnings("unchecked")
    public final <T> T previous(CustomAggregator<T> aggregator) {
        return (T) view.aggregates.objects[aggregator.index()];
    }

    /** The value that the master hook set last. */
    public final double global(DoubleGlobal global) {
        return Double.longBitsToDouble(view.globals.bits[global.index()]);
    }

    /** The value that the master hook set last. */
    public final long global(LongGlobal global) {
        return view.globals.bits[global.index()];
    }

    /** The value that the master hook set last. */
    public final boolean global(BooleanGlobal global) {
        return view.globals.bits[global.index()] != 0;
    }

    /** The object that the master hook set last; shared by all vertices, so that nobody may change it. */
    @SuppressWarnings("unchecked")
    public final <T> T global(ObjectGlobal<T> global) {
        return (T) view.globals.objects[global.index()];
    }

    /**
     * Emits a record: a value for each of the output's fields, in their order. A value is a long, int, double, float, boolean, String,
     * {@code long[]} or {@code double[]}, and never null; it is copied, so that an array may be used again. Ints are longs from then on,
     * and every NaN is the canonical one.
     *
     * @throws IllegalArgumentException if there are more or fewer values than fields, or one is of another type
     */
    public final void emit(RecordOutput output, Object... values) {
        view.records[output.index()].add(view.superstep, values);
    }

    /** The object that this worker's vertices share; not to be changed. */
    @SuppressWarnings("unchecked")
    public final <T> T shared(Shared<T> shared) {
        return (T) view.shared[shared.index()];
    }

    /** This thread's scratch object; what it holds is undefined when a vertex begins to compute. */
    @SuppressWarnings("unchecked")
    public final <T> T scratch(Scratch<T> scratch) {
        return (T) view.scratch[scratch.index()];
    }

    /**
     * Random numbers that depend on nothing but the job's seed, the superstep and the vertex's id. Each superstep starts a new sequence;
     * within one, every call goes on where the last ended.
     */
    public final VertexRandom random() {
        return view.random.at(view.seed, view.superstep, view.id());
    }

    /** The vertex's edges, placed before the first; each call places the handle's one cursor of this thread anew. */
    public final EdgeCursor edges(Edges handle) {
        return view.edges[handle.index()].placed();
    }

    /** Asks that a vertex exist from the next superstep on; one that exists stays as it is. See {@link Program#changesGraph}. */
    public final void addVertex(long vertexId) {
        view.changes().addVertex(id(), vertexId);
    }

    /**
     * Asks that a vertex, this one or another, be gone from the next superstep on, with its out-edges. Edges to it stay and dangle: what is
     * broadcast over them is dropped and counted, or brings it back where {@link Program#createMissing} says so.
     */
    public final void removeVertex(long vertexId) {
        view.changes().removeVertex(id(), vertexId);
    }

    /**
     * Asks for an edge of weight 1 from this vertex, from the next superstep on, also where the input must have weights; its target is
     * created where it does not exist.
     */
    public final void addEdge(long target) {
        addEdge(id(), target, 1);
    }

    /** Asks for an edge from this vertex, from the next superstep on; its target is created where it does not exist. */
    public final void addEdge(long target, double weight) {
        addEdge(id(), target, weight);
    }

    /**
     * Asks for an edge between any two vertices, from the next superstep on; they are created where they do not exist. It is one more where
     * there are some already.
     *
     * @throws IllegalArgumentException if the weight is not finite, or is none that {@link Program#weights} accepts
     */
    public final void addEdge(long source, long target, double weight) {
        view.changes().addEdge(id(), source, target, weight);
    }

    /** Asks that all edges from this vertex to another be gone from the next superstep on. */
    public final void removeEdges(long target) {
        removeEdges(id(), target);
    }

    /** Asks that all edges between any two vertices, in this direction, be gone from the next superstep on. */
    public final void removeEdges(long source, long target) {
        view.changes().removeEdges(id(), source, target);
    }

    /** Sleeps from the end of this superstep until a message arrives. */
    public final void halt() {
        view.halted = true;
    }

    /**
     * Sleeps for the rest of the job: no longer hears, and messages to the vertex are dropped, those of this superstep too. What it has
     * just said is delivered. Only a vertex that is removed and comes anew is awake again.
     */
    public final void haltForGood() {
        view.halted = true;
        view.haltedForGood = true;
    }

    static double canonical(double value) {
        return value != value ? Double.NaN : value;
    }

    static float canonical(float value) {
        return value != value ? Float.NaN : value;
    }

    final IllegalStateException secondBroadcast() {
        return new IllegalStateException("vertex " + view.id() + " broadcasts a second time in superstep " + view.superstep
            + "; a vertex broadcasts at most once a superstep, further messages go out by send");
    }

    static IllegalArgumentException wrongWidth(int length, int width) {
        return new IllegalArgumentException("the phase's messages have " + width + " elements, was an array of " + length);
    }
}
