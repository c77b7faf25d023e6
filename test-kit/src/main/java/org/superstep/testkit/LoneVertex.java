package org.superstep.testkit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.superstep.graph.Aggregator;
import org.superstep.graph.Column;
import org.superstep.graph.EdgeCursor;
import org.superstep.graph.Global;
import org.superstep.graph.ObjectColumn;
import org.superstep.graph.Parameter;
import org.superstep.graph.Phase;
import org.superstep.graph.Program;
import org.superstep.graph.Scratch;
import org.superstep.graph.internal.ChangeList;
import org.superstep.graph.internal.Declarations;
import org.superstep.graph.internal.Form;
import org.superstep.graph.internal.MessageArray;
import org.superstep.graph.internal.MessageForm;
import org.superstep.graph.internal.RecordList;
import org.superstep.graph.internal.RoundTrip;
import org.superstep.graph.internal.SendList;
import org.superstep.graph.internal.SharedObjects;
import org.superstep.graph.internal.Tally;
import org.superstep.graph.internal.Values;
import org.superstep.graph.internal.VertexView;
import org.superstep.testkit.TestGraph.Edge;

/**
 * One vertex, set up as it stands in some superstep, without a job around it. It computes once, and what it has done is looked at:
 *
 * <pre>{@code
 * LoneVertex vertex = LoneVertex.of(new ShortestPaths(1), 3).superstep(2).hears(1, 4.0).hears(2, 2.5);
 * vertex.compute().assertHolds("distance", 2.5).assertBroadcasts(2.5).assertHalts();
 * }</pre>
 *
 * <p>What is not said is as at a job's beginning: columns and globals hold their first values, nothing was added to aggregators, the seed
 * is 1, and the first phase runs. Numbers may be of any type that holds them. An object may also be given as the bytes that its codec makes
 * of it ({@link #coded}), as {@code superstep replay --as-test} writes those that Java has no literal for. Not thread-safe.
 */
public final class LoneVertex {
    private final Program program;
    private final Declarations declared;
    private final long id;
    private final VertexView view = new VertexView();
    private final List<Edge> edges = new ArrayList<>();
    private final Map<Column, Object> columns = new LinkedHashMap<>();
    private final Values aggregates;
    private final Values globals;
    /** What was said, by sender, as the test has given it. */
    private final List<Heard> heard = new ArrayList<>();
    private Object combined;
    private Phase phase;
    private Phase spoke;
    private OptionalInt outDegree = OptionalInt.empty();
    private OptionalInt inDegree = OptionalInt.empty();
    private boolean hasComputed;

    private record Heard(long sender, Object message) {
    }

    /**
     * An object, by the bytes that its codec makes of it.
     *
     * @param base64 the bytes
     */
    public record Coded(String base64) {
        private static Coded of(byte[] bytes) {
            return new Coded(Base64.getEncoder().encodeToString(bytes));
        }

        private byte[] bytes() {
            return Base64.getDecoder().decode(base64);
        }
    }

    private LoneVertex(Program program, long id) {
        this.program = program;
        this.id = id;
        declared = program.declarations();
        declared.requireComplete();
        phase = declared.phases().get(0);
        aggregates = Values.ofAggregators(declared);
        new Tally(declared.aggregators()).read(aggregates);
        globals = Values.ofGlobals(declared);
        view.seed = 1;
        view.vertexCount = 1;
    }

    /** The vertex with this id, of a new instance of its program. */
    public static LoneVertex of(Program program, long vertexId) {
        return new LoneVertex(program, vertexId);
    }

    /** An object by the bytes, in base 64, that its codec makes of it. */
    public static Coded coded(String base64) {
        return new Coded(base64);
    }

    /** Sets one of the program's parameters, as the command line does. */
    public LoneVertex parameter(String name, String text) {
        named("parameter", name, declared.parameters(), declared.parameters().stream().map(Parameter::name).toList()).parse(text);
        return this;
    }

    /** The superstep that runs; 0 where it is not said. */
    public LoneVertex superstep(int number) {
        view.superstep = number;
        return this;
    }

    /** The phase that runs, and the superstep with which it began. */
    public LoneVertex phase(String name, int began) {
        phase = named(name);
        view.phaseBegan = began;
        return this;
    }

    /** The phase that spoke in the superstep before, if it is another than the one that runs. */
    public LoneVertex spokenBy(String name) {
        spoke = named(name);
        return this;
    }

    private Phase named(String name) {
        List<Phase> phases = declared.phases();
        return named("phase", name, phases, phases.stream().map(each -> declared.phaseName(declared.indexOf(each))).toList());
    }

    private <T> T named(String what, String name, List<T> all, List<String> names) {
        if (!names.contains(name)) {
            throw new IllegalArgumentException("the program has no " + what + " \"" + name + "\"; it has " + names);
        }
        return all.get(names.indexOf(name));
    }

    /** What {@code v.random()} is keyed by. */
    public LoneVertex seed(long seed) {
        view.seed = seed;
        return this;
    }

    /** How many vertices and edges the graph has. */
    public LoneVertex graph(long vertices, long edgeCount) {
        view.vertexCount = vertices;
        view.edgeCount = edgeCount;
        return this;
    }

    /** How many edges leave and enter the vertex; where it is not said, as many as are named by {@link #edge}. */
    public LoneVertex degrees(int out, int in) {
        outDegree = OptionalInt.of(out);
        inDegree = OptionalInt.of(in);
        return this;
    }

    /** An edge of the vertex, over which it may walk; parallel ones of one weight stand in the order of these calls. */
    public LoneVertex edge(long source, long target, double weight) {
        return edge(new Edge(source, target, weight));
    }

    /** The same with what it holds in edge columns. */
    public LoneVertex edge(Edge edge) {
        if (edge.source() != id && edge.target() != id) {
            throw new IllegalArgumentException("the edge " + edge + " is not one of vertex " + id);
        }
        edges.add(edge);
        return this;
    }

    /** What the vertex holds in a column before it computes. */
    public LoneVertex holds(String column, Object value) {
        Column handle = Answer.named(column, declared.columns());
        columns.put(handle, value instanceof Coded coded ? new RoundTrip(((ObjectColumn<?>) handle).codec()).read(coded.bytes()) : value);
        return this;
    }

    /** What an aggregator came to in the superstep before. */
    public LoneVertex aggregate(String name, Object value) {
        Aggregator aggregator = named("aggregator", name, declared.aggregators(),
            declared.aggregators().stream().map(Aggregator::name).toList());
        set(aggregates, aggregator.index(), aggregator.form(), value);
        return this;
    }

    /** What a global is. */
    public LoneVertex global(String name, Object value) {
        Global global = named("global", name, declared.globals(), declared.globals().stream().map(Global::name).toList());
        set(globals, global.index(), global.form(), value);
        return this;
    }

    private static void set(Values values, int index, Form<?> form, Object value) {
        if (form.isOneWord()) {
            values.bits[index] = value instanceof Boolean truth ? truth ? 1 : 0
                : form == Form.DOUBLE ? Double.doubleToLongBits(((Number) value).doubleValue()) : ((Number) value).longValue();
        } else {
            values.objects[index] = value instanceof Coded coded ? form.value(words(coded.bytes())) : value;
        }
    }

    /** For the engine: a value of an aggregator or a global that is no number or truth value, by its bytes. */
    @SuppressWarnings("unchecked")
    public static <T> Coded coded(Form<T> form, Object value) {
        long[] words = form.words((T) value);
        var bytes = ByteBuffer.allocate(Long.BYTES * words.length);
        bytes.asLongBuffer().put(words);
        return Coded.of(bytes.array());
    }

    private static long[] words(byte[] bytes) {
        var words = new long[bytes.length / Long.BYTES];
        ByteBuffer.wrap(bytes).asLongBuffer().get(words);
        return words;
    }

    /** What a vertex has said to this one in the superstep before, as it has arrived; of one sender in the order of these calls. */
    public LoneVertex hears(long sender, Object message) {
        heard.add(new Heard(sender, message));
        return this;
    }

    /** What was said to it in the superstep before, folded already; for a phase of doubles or longs that has a combiner. */
    public LoneVertex hearsCombined(Object message) {
        combined = message;
        return this;
    }

    /**
     * Lets the vertex compute, once, and returns what it has done. What the program throws comes out as it is.
     *
     * @throws IllegalStateException if it has computed already
     */
    public VertexStep compute() {
        if (hasComputed) {
            throw new IllegalStateException("vertex " + id + " has computed already; set up another one");
        }
        hasComputed = true;
        declared.parameters().forEach(Parameter::freeze);
        ChangingGraph graph = neighbourhood();
        MessageForm form = MessageForm.of(phase);
        int index = Arrays.binarySearch(view.ids, id);
        view.at(index);
        outDegree.ifPresent(degree -> view.outDegrees[index] = degree);
        inDegree.ifPresent(degree -> view.inDegrees[index] = degree);
        columns.forEach((column, value) -> graph.set(column, index, value));
        view.edges = declared.edges().stream().map(graph::cursor).toArray(EdgeCursor[]::new);
        view.aggregates = aggregates;
        view.globals = globals;
        view.tally = new Tally(declared.aggregators());
        view.records = RecordList.of(declared.recordOutputs());
        view.changes = program.changesGraph() ? new ChangeList(program.weights()) : null;
        view.scratch = declared.scratches().stream().map(Scratch::newObject).toArray();
        view.sends = new SendList();
        view.sends.hold(form.width());
        view.saidWords = new long[form.width()];
        try (var shared = new SharedObjects(declared)) {
            view.shared = shared.all();
            var turn = new VertexTurn(view);
            hear(turn);
            turn.compute(phase);
        }
        return new VertexStep(declared, view, graph, form);
    }

    /** The vertex with its edges and neighbours, which is not all of the graph. */
    private ChangingGraph neighbourhood() {
        long vertices = view.vertexCount;
        long allEdges = view.edgeCount;
        var graph = new ChangingGraph(program, TestGraph.of(edges, List.of(id)), view, false);
        view.vertexCount = vertices;
        view.edgeCount = allEdges;
        return graph;
    }

    private void hear(VertexTurn turn) {
        Phase speaker = spoke == null ? phase : spoke;
        MessageForm form = MessageForm.of(speaker);
        List<Said> messages = heard.stream().sorted(Comparator.comparingLong(Heard::sender))
            .map(each -> new Said(each.sender, id, false, form.kind(), content(form, each.message))).toList();
        turn.hear(messages, messages, speaker);
        if (combined != null) {
            if (!form.isFoldedScalar() || !messages.isEmpty()) {
                throw new IllegalStateException("hearsCombined is for a phase of doubles or longs that has a combiner, and in place of"
                    + " hears");
            }
            MessageArray content = content(form, combined);
            view.heard = true;
            view.heardDouble = Double.longBitsToDouble(content.words[0]);
            view.heardLong = content.words[0];
        }
    }

    /** A message as the test has given it, in the engine's form. */
    private static MessageArray content(MessageForm form, Object message) {
        var content = new MessageArray(form.width(), 1);
        switch (form.kind()) {
            case DOUBLE -> content.words[0] = Double.doubleToLongBits(((Number) message).doubleValue());
            case LONG -> content.words[0] = ((Number) message).longValue();
            case OBJECT -> content.objects[0] = message instanceof Coded coded ? new RoundTrip(form.codec()).read(coded.bytes()) : message;
            case DOUBLE_VECTOR -> content.words = Arrays.stream((double[]) message).mapToLong(Double::doubleToLongBits).toArray();
            case LONG_VECTOR -> content.words = ((long[]) message).clone();
        }
        return content;
    }
}
