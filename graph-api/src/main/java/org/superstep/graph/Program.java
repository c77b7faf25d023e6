package org.superstep.graph;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.superstep.graph.internal.Declarations;

/**
 * A vertex program: declared state, one or more {@linkplain Phase phases}, and the master hook. Write a subclass of
 * {@link DoubleProgram}, {@link LongProgram}, {@link ObjectProgram}, {@link DoubleVectorProgram} or {@link LongVectorProgram}, after the
 * type of its messages, or of {@link PhasedProgram}.
 *
 * <p>A program has a public constructor without arguments; columns, parameters, aggregators, globals, walks over edges, record outputs,
 * shared and scratch objects are declared once, as fields; it needs at least one column, or it would have no result. One instance belongs
 * to one job, is shared by all compute threads and is immutable from the start of the job: everything that varies goes through the cursor.
 */
public abstract class Program {
    private final Declarations declarations = new Declarations(this);

    Program() {
    }

    /** The name on the command line; by default the class's simple name in lower case with dashes. */
    public String name() {
        return getClass().getSimpleName().replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "-").toLowerCase(Locale.ROOT);
    }

    /** What the program computes, in one line for the command line's help. */
    public String description() {
        return "";
    }

    /** What the program expects of edge weights; by default they are optional. */
    public Weights weights() {
        return Weights.OPTIONAL;
    }

    /**
     * The table that ends a run; by default the vertices with the greatest values in the column of numbers that is declared first, or,
     * without one, how many vertices hold each value of the first column.
     */
    public Summary summary() {
        List<Column> columns = declarations.columns();
        return columns.stream().filter(Column::isNumber).findFirst().map(Summary::top).orElseGet(() -> Summary.counts(columns.get(0)));
    }

    /**
     * Called before every superstep, and once more when all vertices have halted and nothing is in flight: then the job ends, unless the
     * hook wakes them or starts a phase. Runs on the master alone; keeps no state but globals.
     */
    public void beforeSuperstep(Master m) {
    }

    /**
     * Whether the program's vertices ask for changes of the graph: add or remove vertices and edges, or set weights. By default they do
     * not, and a vertex that asks all the same fails; so a program pays only for what it says it does.
     */
    public boolean changesGraph() {
        return false;
    }

    /**
     * Whether a message to a vertex that does not exist, sent or broadcast over an edge that dangles, creates it, with its columns' initial
     * values and awake, before the message arrives. By default such messages are dropped and counted. Needs no {@link #changesGraph}.
     */
    public boolean createMissing() {
        return false;
    }

    /**
     * Decides whether a vertex exists from the next superstep on, of which something was asked in this one; by default as Pregel's order of
     * changes has it. Where it answers that a vertex exists that was to be removed and was not asked for anew, the removal is refused; one
     * that was to be removed and to be added comes anew, with its columns' initial values and without edges. A pure function, called where
     * the vertex lives.
     */
    public boolean resolve(VertexConflict conflict) {
        return conflict.existsByDefault();
    }

    /** For the engine: all that the program has declared. */
    public final Declarations declarations() {
        return declarations;
    }

    /** Declares a column of doubles. */
    protected final DoubleColumn doubleColumn(String name, double initial) {
        return declarations.add(new DoubleColumn(name, declarations.countColumns(DoubleColumn.class), Vertex.canonical(initial)));
    }

    /** Declares a column of longs. */
    protected final LongColumn longColumn(String name, long initial) {
        return declarations.add(new LongColumn(name, declarations.countColumns(LongColumn.class), initial));
    }

    /** Declares a column of ints. */
    protected final IntColumn intColumn(String name, int initial) {
        return declarations.add(new IntColumn(name, declarations.countColumns(IntColumn.class), initial));
    }

    /** Declares a column of floats. */
    protected final FloatColumn floatColumn(String name, float initial) {
        return declarations.add(new FloatColumn(name, declarations.countColumns(FloatColumn.class), Vertex.canonical(initial)));
    }

    /** Declares a column of truth values. */
    protected final BooleanColumn booleanColumn(String name, boolean initial) {
        return declarations.add(new BooleanColumn(name, declarations.countColumns(BooleanColumn.class), initial));
    }

    /** Declares a column of vectors of so many doubles, each element the same at first. */
    protected final DoubleVectorColumn doubleVectorColumn(String name, int width, double initial) {
        int index = declarations.countColumns(DoubleVectorColumn.class);
        return declarations.add(new DoubleVectorColumn(name, index, width, Vertex.canonical(initial)));
    }

    /** Declares a column of vectors of so many longs, each element the same at first. */
    protected final LongVectorColumn longVectorColumn(String name, int width, long initial) {
        return declarations.add(new LongVectorColumn(name, declarations.countColumns(LongVectorColumn.class), width, initial));
    }

    /** Declares a column of objects, immutable and never null; {@link Codecs} has codecs for strings and arrays. */
    protected final <T> ObjectColumn<T> objectColumn(String name, Codec<T> codec, T initial) {
        return declarations.add(new ObjectColumn<>(name, declarations.countColumns(ObjectColumn.class), codec, initial));
    }

    /** Declares a column of doubles that edges have besides their weight; it needs {@link #outEdges()} too. */
    protected final DoubleEdgeColumn doubleEdgeColumn(String name, double initial) {
        return declarations.add(new DoubleEdgeColumn(name, declarations.edgeColumns().size(), initial));
    }

    /** Declares a column of longs that edges have besides their weight; it needs {@link #outEdges()} too. */
    protected final LongEdgeColumn longEdgeColumn(String name, long initial) {
        return declarations.add(new LongEdgeColumn(name, declarations.edgeColumns().size(), initial));
    }

    /** Declares a column of ints that edges have besides their weight; it needs {@link #outEdges()} too. */
    protected final IntEdgeColumn intEdgeColumn(String name, int initial) {
        return declarations.add(new IntEdgeColumn(name, declarations.edgeColumns().size(), initial));
    }

    /** Declares a parameter that is a finite double. */
    protected final DoubleParameter doubleParameter(String name, double defaultValue, String help) {
        return declarations.add(new DoubleParameter(name, help, defaultValue));
    }

    /** Declares a parameter that is a finite double and needed: it has no default. */
    protected final DoubleParameter doubleParameter(String name, String help) {
        return declarations.add(new DoubleParameter(name, help));
    }

    /** Declares a parameter that is a list of finite doubles. */
    protected final DoublesParameter doublesParameter(String name, double[] defaultValues, String help) {
        return declarations.add(new DoublesParameter(name, help, defaultValues));
    }

    /** Declares a parameter that is a list of finite doubles and needed: it has no default. */
    protected final DoublesParameter doublesParameter(String name, String help) {
        return declarations.add(new DoublesParameter(name, help));
    }

    /** Declares a parameter that is a long. */
    protected final LongParameter longParameter(String name, long defaultValue, String help) {
        return declarations.add(new LongParameter(name, help, defaultValue));
    }

    /** Declares a parameter that is a long and needed: it has no default. */
    protected final LongParameter longParameter(String name, String help) {
        return declarations.add(new LongParameter(name, help));
    }

    /** Declares a parameter that is a list of longs. */
    protected final LongsParameter longsParameter(String name, long[] defaultValues, String help) {
        return declarations.add(new LongsParameter(name, help, defaultValues));
    }

    /** Declares a parameter that is a list of longs and needed: it has no default. */
    protected final LongsParameter longsParameter(String name, String help) {
        return declarations.add(new LongsParameter(name, help));
    }

    /** Declares a parameter that is true or false. */
    protected final BooleanParameter booleanParameter(String name, boolean defaultValue, String help) {
        return declarations.add(new BooleanParameter(name, help, defaultValue));
    }

    /** Declares a parameter that is one of an enum's constants. */
    protected final <E extends Enum<E>> EnumParameter<E> enumParameter(String name, E defaultValue, String help) {
        return declarations.add(new EnumParameter<>(name, help, defaultValue));
    }

    /** Declares a parameter that is one of an enum's constants and needed: it has no default. */
    protected final <E extends Enum<E>> EnumParameter<E> enumParameter(String name, Class<E> type, String help) {
        return declarations.add(new EnumParameter<>(name, help, type));
    }

    /** Declares a parameter that is text. */
    protected final TextParameter textParameter(String name, String defaultValue, String help) {
        return declarations.add(new TextParameter(name, help, defaultValue));
    }

    /** Declares a parameter that is text and needed: it has no default. */
    protected final TextParameter textParameter(String name, String help) {
        return declarations.add(new TextParameter(name, help));
    }

    /** Declares a parameter that names a file, which must be readable; it has no default. */
    protected final FileParameter fileParameter(String name, String help) {
        return declarations.add(new FileParameter(name, help));
    }

    /** Declares a parameter that names a vertex of the graph; it has no default, and a run without such a vertex is refused. */
    protected final VertexParameter vertexParameter(String name, String help) {
        return declarations.add(new VertexParameter(name, help));
    }

    /** Declares a parameter that names vertices of the graph; it has no default, and a run that lacks one of them is refused. */
    protected final VerticesParameter verticesParameter(String name, String help) {
        return declarations.add(new VerticesParameter(name, help));
    }

    /** Declares an aggregator that adds doubles exactly and rounds once, when it is read; of nothing, 0. */
    protected final DoubleAggregator sum(String name) {
        return declarations.add(new DoubleAggregator(name, declarations.aggregators().size(), Aggregator.Kind.DOUBLE_SUM));
    }

    /** Declares an aggregator that keeps the least double; of nothing, positive infinity. */
    protected final DoubleAggregator min(String name) {
        return declarations.add(new DoubleAggregator(name, declarations.aggregators().size(), Aggregator.Kind.DOUBLE_MIN));
    }

    /** Declares an aggregator that keeps the greatest double; of nothing, negative infinity. */
    protected final DoubleAggregator max(String name) {
        return declarations.add(new DoubleAggregator(name, declarations.aggregators().size(), Aggregator.Kind.DOUBLE_MAX));
    }

    /** Declares an aggregator that adds longs, wrapping around; of nothing, 0. */
    protected final LongAggregator longSum(String name) {
        return declarations.add(new LongAggregator(name, declarations.aggregators().size(), Aggregator.Kind.LONG_SUM));
    }

    /** Declares an aggregator that keeps the least long; of nothing, {@link Long#MAX_VALUE}. */
    protected final LongAggregator longMin(String name) {
        return declarations.add(new LongAggregator(name, declarations.aggregators().size(), Aggregator.Kind.LONG_MIN));
    }

    /** Declares an aggregator that keeps the greatest long; of nothing, {@link Long#MIN_VALUE}. */
    protected final LongAggregator longMax(String name) {
        return declarations.add(new LongAggregator(name, declarations.aggregators().size(), Aggregator.Kind.LONG_MAX));
    }

    /** Declares a counter: {@code v.add(counter, 1)}. The same as {@link #longSum}, under the name that says what it is for. */
    protected final LongAggregator count(String name) {
        return longSum(name);
    }

    /** Declares an aggregator that tells whether all that was added is true; of nothing, true. */
    protected final BooleanAggregator and(String name) {
        return declarations.add(new BooleanAggregator(name, declarations.aggregators().size(), Aggregator.Kind.AND));
    }

    /** Declares an aggregator that tells whether any that was added is true; of nothing, false. */
    protected final BooleanAggregator or(String name) {
        return declarations.add(new BooleanAggregator(name, declarations.aggregators().size(), Aggregator.Kind.OR));
    }

    /** Declares an aggregator that keeps the vertices with the k greatest values, 1 to 10,000; ties by smaller id, NaN last. */
    protected final RankingAggregator topK(String name, int k) {
        return declarations.add(new RankingAggregator(name, declarations.aggregators().size(), k, false));
    }

    /** Declares an aggregator that keeps the vertices with the k least values, 1 to 10,000; ties by smaller id, NaN last. */
    protected final RankingAggregator leastK(String name, int k) {
        return declarations.add(new RankingAggregator(name, declarations.aggregators().size(), k, true));
    }

    /** Declares an aggregator that counts values below the first of these ascending bounds, between them, and from the last on. */
    protected final HistogramAggregator histogram(String name, double... bounds) {
        return declarations.add(new HistogramAggregator(name, declarations.aggregators().size(), bounds.clone()));
    }

    /**
     * Declares an aggregator that counts values in so many buckets of equal width between the first bound and the last, and in two more,
     * for what lies below and what lies above.
     */
    protected final HistogramAggregator evenHistogram(String name, double first, double last, int buckets) {
        if (buckets < 1 || buckets >= HistogramAggregator.MOST_BOUNDS) {
            throw new IllegalArgumentException("histogram \"" + name + "\" must have 1 to " + (HistogramAggregator.MOST_BOUNDS - 1)
                + " buckets between its bounds, was " + buckets);
        }
        var bounds = new double[buckets + 1];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = i == bounds.length - 1 ? last : first + (last - first) * i / buckets;
        }
        return histogram(name, bounds);
    }

    /** Declares an aggregator of any type, merged as this says; of nothing, its identity. */
    protected final <T> CustomAggregator<T> customAggregator(String name, Aggregation<T> aggregation) {
        return declarations.add(new CustomAggregator<>(name, declarations.aggregators().size(), aggregation));
    }

    /** Declares a global that holds a double. */
    protected final DoubleGlobal doubleGlobal(String name, double initial) {
        return declarations.add(new DoubleGlobal(name, declarations.globals().size(), initial));
    }

    /** Declares a global that holds a long. */
    protected final LongGlobal longGlobal(String name, long initial) {
        return declarations.add(new LongGlobal(name, declarations.globals().size(), initial));
    }

    /** Declares a global that holds a truth value. */
    protected final BooleanGlobal booleanGlobal(String name, boolean initial) {
        return declarations.add(new BooleanGlobal(name, declarations.globals().size(), initial));
    }

    /** Declares a global that holds an immutable object, which goes to the workers by way of the codec. */
    protected final <T> ObjectGlobal<T> objectGlobal(String name, Codec<T> codec, T initial) {
        return declarations.add(new ObjectGlobal<>(name, declarations.globals().size(), codec, initial));
    }

    /** Declares that vertices walk over the edges that leave them: {@code v.edges(handle)}. */
    protected final Edges outEdges() {
        return declarations.add(new Edges(declarations.edges().size(), Direction.OUT));
    }

    /** Declares that vertices walk over the edges that enter them: {@code v.edges(handle)}. */
    protected final Edges inEdges() {
        return declarations.add(new Edges(declarations.edges().size(), Direction.IN));
    }

    /** Declares an output of records that are not one a vertex: {@code v.emit(handle, value, ...)}, a value for each of these fields. */
    protected final RecordOutput recordOutput(String name, String... fields) {
        return declarations.add(new RecordOutput(name, declarations.recordOutputs().size(), List.of(fields)));
    }

    /**
     * Declares an object that all vertices of a worker share, made once for each worker before the first superstep:
     * {@code v.shared(handle)}. It must not change, and what it depends on must not either (parameters, files): all workers' are alike. An
     * {@link java.io.IOException} while it is made is told as a fault of the input, as an {@link org.superstep.graph.io.InputException} is.
     * At the job's end it is closed if it can be.
     */
    protected final <T> Shared<T> shared(String name, Callable<? extends T> maker) {
        return declarations.add(new Shared<T>(name, declarations.shared().size(), maker));
    }

    /** Declares an object that each compute thread has one of. */
    protected final <T> Scratch<T> scratch(Supplier<T> supplier) {
        return declarations.add(new Scratch<>(declarations.scratches().size(), supplier));
    }
}
