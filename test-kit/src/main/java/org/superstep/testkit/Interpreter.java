package org.superstep.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.superstep.graph.Aggregator;
import org.superstep.graph.Codec;
import org.superstep.graph.DoublePhase;
import org.superstep.graph.DoubleVectorPhase;
import org.superstep.graph.EdgeCursor;
import org.superstep.graph.Global;
import org.superstep.graph.LongPhase;
import org.superstep.graph.LongVectorPhase;
import org.superstep.graph.Master;
import org.superstep.graph.ObjectPhase;
import org.superstep.graph.Parameter;
import org.superstep.graph.Phase;
import org.superstep.graph.Program;
import org.superstep.graph.RecordOutput;
import org.superstep.graph.Scratch;
import org.superstep.graph.VertexConflict;
import org.superstep.graph.internal.ChangeList;
import org.superstep.graph.internal.Declarations;
import org.superstep.graph.internal.MasterView;
import org.superstep.graph.internal.MessageArray;
import org.superstep.graph.internal.MessageForm;
import org.superstep.graph.internal.RecordList;
import org.superstep.graph.internal.RoundTrip;
import org.superstep.graph.internal.SendList;
import org.superstep.graph.internal.SharedObjects;
import org.superstep.graph.internal.Values;
import org.superstep.graph.internal.VertexView;
import org.superstep.testkit.TestGraph.Edge;

/**
 * What a program means, said slowly: one thread, no partitions, a list of messages for each vertex, a superstep at a time. After each,
 * every vertex, message, record, aggregator and global can be looked at:
 *
 * <pre>{@code
 * var run = Interpreter.of(ConnectedComponents::new, TestGraph.of("1 -> 2 -> 3"));
 * run.step();
 * run.messagesTo(3);   // [2 -> 3: 2]
 * }</pre>
 *
 * <p>Every superstep has a program instance of its own from the supplier, master hook and vertices alike, as after the loss of a machine:
 * what a program keeps in fields, and not in columns and globals, is gone. Not thread-safe.
 *
 * <p><b>Messages.</b> Senders speak in the order of their ids, each first over its edges in their order, then by its sends in call order;
 * so every list is in the order in which it is to be folded or walked over. Where the phase that spoke has a combiner, scalars are folded
 * before the vertex computes; objects and vectors are folded when it asks. What one phase says another may hear, if the messages are of
 * one type: double, long, object, or vectors of the same numbers and width. A message to a vertex that has halted for good is dropped, and
 * counted if it was sent; a message to a vertex that does not exist, whether sent or broadcast over an edge that dangles, is
 * <i>held</i> until the end of the superstep. It counts as dropped when it would be delivered; where the job ends before, it does not.
 *
 * <p><b>Edge columns.</b> An edge holds a value in each column; its source changes them in place. Parallel edges of one weight stand in the
 * order of what their columns held at first. One that comes, or gets the weight, comes behind those that were there; one that comes holds
 * the initial values. Of several of one weight the first goes, or gets another weight.
 *
 * <p><b>Changes.</b> After a superstep in which at least one was asked for, or something was said to a vertex that does not exist and the
 * program creates what is missing:
 * <ol>
 * <li>Every message is delivered over the graph in which it was said, or held.
 * <li>Changes are applied, those of one kind in the order of their askers' ids and from one asker in call order, kinds in this order:
 *     one edge of exactly this weight goes, if there is one; one edge of exactly this weight gets another; all edges from source to target
 *     go; vertices; edges come, where their source exists by then. The program is asked to resolve each vertex that was to go or come, at
 *     which an edge was to be added, or that does not exist and for which messages are held while it creates what is missing. One that is
 *     to exist and did not, comes; one that did, was to be removed and was asked for again (itself or an edge), comes anew; otherwise it
 *     stays as it is. Who comes has its columns' initial values, no out-edges, and is awake. One that is not to exist goes with its
 *     out-edges. Edges to it dangle, and are there when a vertex of that id comes again.
 * <li>Who has gone or come anew hears nothing of what was said. Held messages whose target exists now are delivered, the others dropped
 *     and counted.
 * </ol>
 * Counts and degrees are those of the changed graph at once, for the hook too. An edge that dangles counts as one of the graph's and for
 * its source's out-degree, and what is said over it counts as a message.
 *
 * <p><b>Records</b> stand in the order in which they are emitted here: by superstep, then by vertex, then by call. They stay when their
 * vertex goes.
 *
 * <p><b>Shared objects</b> are made before the first superstep, by the first instance, and closed when the job has ended or failed; those
 * of a job that is not stepped to its end are not.
 */
public sealed class Interpreter permits WatchfulInterpreter {
    /**
     * A vertex between two supersteps.
     *
     * @param id its id
     * @param columns what each column holds of it, by name: a number, a truth value, an array of a vector's elements, or an object
     * @param isAwake whether it computes in the next superstep even if nothing is said to it
     * @param hasHaltedForGood whether it sleeps for the rest of the job
     * @param outEdges the edges that leave it, and what they hold, in the order in which its cursor sees them
     * @param inEdges the edges that enter it, in that order too
     */
    public record VertexState(long id, Map<String, Object> columns, boolean isAwake, boolean hasHaltedForGood, List<Edge> outEdges,
            List<Edge> inEdges) {
        /** What a column holds; {@link IllegalArgumentException} where the program declares none of this name. */
        public Object get(String column) {
            if (!columns.containsKey(column)) {
                throw new IllegalArgumentException("the program has no column \"" + column + "\"; it has " + columns.keySet());
            }
            return columns.get(column);
        }
    }

    /**
     * What one vertex has said to another, as it arrives there.
     *
     * @param sender the id of the vertex that said it
     * @param target the id of the vertex that it is for
     * @param isSent whether by {@code send}; else by broadcast
     * @param value a Double or Long, the object, or an array of a vector's elements
     */
    public record Message(long sender, long target, boolean isSent, Object value) {
        @Override public String toString() {
            return sender + " -> " + target + ": " + ColumnValue.text(value);
        }
    }

    /** How an interpreter may differ from another and must come to the same answer. */
    enum Manner {
        /** As said above. */
        PLAIN,
        /** Each vertex computes by a program instance of its own. */
        INSTANCE_PER_VERTEX,
        /** Each vertex computes with new scratch objects. */
        SCRATCH_PER_VERTEX,
        /** What an exact combiner folds is folded the other way round. */
        FOLDED_BACKWARDS
    }

    final VertexView view = new VertexView();
    private final VertexTurn turn = new VertexTurn(view);
    private final Supplier<? extends Program> programs;
    private final Manner manner;
    private Program program;
    private Declarations declared;
    private MasterView master;
    private final ChangingGraph graph;
    private final Set<Long> awake = new HashSet<>();
    private final Set<Long> gone = new HashSet<>();
    /** What vertices share, made by the first instance; the hook's own is the master's. */
    private final SharedObjects shared;
    private final List<Answer.Figures> figures = new ArrayList<>();
    private Map<Long, List<Said>> inbox = new HashMap<>();
    private List<Said> said = new ArrayList<>();
    /** The number of the phase whose messages are in flight. */
    private int spoke;
    private boolean over;
    /** Whether the hook has been asked before the superstep that comes next. */
    private boolean asked;
    private boolean computing;
    /** What of that will count as dropped when it would be delivered. */
    private long undeliverable;
    private long dropped;

    /** The job of these programs on this graph, before superstep 0; its seed is 1. */
    public static Interpreter of(Supplier<? extends Program> programs, TestGraph graph) {
        return of(programs, graph, 1);
    }

    /** The job of these programs on this graph, before superstep 0; the seed is what {@code v.random()} is keyed by. */
    public static Interpreter of(Supplier<? extends Program> programs, TestGraph graph, long seed) {
        return new Interpreter(programs, graph, seed, Manner.PLAIN);
    }

    Interpreter(Supplier<? extends Program> programs, TestGraph graph, long seed, Manner manner) {
        this.programs = programs;
        this.manner = manner;
        program = programs.get();
        declared = program.declarations();
        master = new MasterView(declared);
        master.tally.read(master.aggregates);
        shared = new SharedObjects(declared);
        view.seed = seed;
        view.superstep = -1;
        view.sends = new SendList();
        view.changes = program.changesGraph() ? new ChangeList(program.weights()) : null;
        view.records = RecordList.of(declared.recordOutputs());
        this.graph = new ChangingGraph(program, graph, view);
        show();
        wakeAll(master.phase.startsAwake());
    }

    /** Lets another instance go on: it knows what is in columns, globals and aggregators, and nothing else. */
    private void use(Program next) {
        if (next != program) {
            var before = master;
            int phase = declared.indexOf(before.phase);
            program = next;
            declared = next.declarations();
            master = new MasterView(declared, before.shared);
            master.phase = declared.phases().get(phase);
            master.phaseBegan = before.phaseBegan;
            master.tally.merge(before.tally.states());
            copy(before.aggregates, master.aggregates);
            copy(before.globals, master.globals);
            show();
        }
    }

    private static void copy(Values from, Values to) {
        System.arraycopy(from.bits, 0, to.bits, 0, to.bits.length);
        System.arraycopy(from.objects, 0, to.objects, 0, to.objects.length);
    }

    /** Shows what belongs to the instance to the cursors. */
    private void show() {
        declared.parameters().forEach(Parameter::freeze);
        view.scratch = newScratch();
        view.edges = declared.edges().stream().map(graph::cursor).toArray(EdgeCursor[]::new);
        view.tally = master.tally;
        view.aggregates = master.aggregates;
        view.globals = master.globals;
    }

    private Object[] newScratch() {
        return declared.scratches().stream().map(Scratch::newObject).toArray();
    }

    /**
     * Asks the master hook, and lets one superstep run. Returns false, having changed nothing but what the hook has set, where the job has
     * ended: the hook says so, or all have halted and nothing is in flight.
     */
    public boolean step() {
        if (!goesOn()) {
            return false;
        }
        guarded(() -> {
            // Before superstep 0 nobody has spoken: the phase that begins hears as if it had itself.
            Phase speaker = master.superstep == 0 ? master.phase : declared.phases().get(spoke);
            MessageForm inFlight = MessageForm.of(speaker);
            MessageForm heard = MessageForm.of(master.phase);
            if (!inFlight.isOfSameType(heard)) {
                if (!said.isEmpty()) {
                    throw new IllegalStateException("messages of another type are in flight: " + inFlight.typeName() + ", not "
                        + heard.typeName());
                }
                speaker = master.phase;
            }
            long computed = superstep(master.superstep, speaker, master.phase);
            spoke = declared.indexOf(master.phase);
            asked = false;
            figures.add(new Answer.Figures(master.superstep, phase(), computed, awake.size(), said.size(), view.aggregates.boxed(),
                view.globals.boxed()));
        });
        return true;
    }

    /** Runs what may fail; then the job is over. */
    private void guarded(Runnable part) {
        try {
            part.run();
        } catch (Throwable t) {
            // A program throws what it likes.
            over = true;
            try {
                close();
            } catch (SharedObjects.Fault e) {
                t.addSuppressed(e);
            }
            throw t;
        }
    }

    /** Closes what vertices share and what the hook has of it, as the job's end does. Where it has been done, nothing happens. */
    void close() {
        try {
            shared.close();
        } finally {
            master.shared.close();
        }
    }

    /**
     * Steps until the job has ended. Returns this.
     *
     * @throws IllegalStateException if it still runs after so many supersteps, those included that ran before
     */
    public Interpreter run(int maxSupersteps) {
        while (goesOn()) {
            if (master.superstep >= maxSupersteps) {
                throw new IllegalStateException("still running after " + maxSupersteps + " supersteps");
            }
            step();
        }
        return this;
    }

    /** Whether there is another superstep; the hook is asked once before each. */
    private boolean goesOn() {
        if (asked || over) {
            return !over;
        }
        guarded(() -> {
            use(programs.get());
            view.shared = shared.all();
            master.superstep = view.superstep + 1;
            master.vertexCount = view.vertexCount;
            master.edgeCount = view.edgeCount;
            master.awake = awake.size();
            master.messages = said.size();
            master.wakeAll = false;
            master.phaseStarts = false;
            program.beforeSuperstep(new Master(master));
        });
        boolean quiescent = awake.isEmpty() && said.isEmpty();
        boolean isEmpty = master.superstep == 0 && view.vertexCount == 0;
        over = master.halt || isEmpty || quiescent && !master.wakeAll && !master.phaseStarts;
        if (over) {
            close();
        }
        wakeAll(master.wakeAll && !over);
        view.phaseBegan = master.phaseBegan;
        asked = true;
        return !over;
    }

    /** The number of the superstep that ran last; -1 before the first. */
    public int superstep() {
        return view.superstep;
    }

    /** Whether the job has ended or failed, as a step or a run has found out. */
    public boolean isOver() {
        return over;
    }

    /** Whether a vertex, that at which the view stands, is computing; still so where it has thrown. */
    boolean isComputing() {
        return computing;
    }

    /** The name of the phase that ran last; before superstep 0, of the one that will. */
    public String phase() {
        return declared.phaseName(declared.indexOf(master.phase));
    }

    /** The ids of all vertices, ascending. */
    public long[] vertexIds() {
        return view.ids.clone();
    }

    /** A vertex as it is now; {@link IllegalArgumentException} where there is none. */
    public VertexState vertex(long vertexId) {
        int v = requireVertex(vertexId);
        var columns = new LinkedHashMap<String, Object>();
        graph.columns().forEach(column -> columns.put(column.name(), graph.get(column, v)));
        List<Edge> edges = graph.edges();
        return new VertexState(vertexId, Collections.unmodifiableMap(columns), awake.contains(vertexId), gone.contains(vertexId),
            edges.stream().filter(edge -> edge.source() == vertexId).toList(),
            edges.stream().filter(edge -> edge.target() == vertexId).toList());
    }

    /** What the column with this name holds of each vertex, by ascending ids. */
    public Map<Long, Object> column(String name) {
        return answer().column(name);
    }

    /** Checks a column as {@link TestRun#assertColumn(String, Map)} does. Returns this. */
    public Interpreter assertColumn(String name, Map<Long, ?> expected) {
        return assertColumn(name, expected, 0);
    }

    /** The same where numbers, or elements of vectors, may be as far from what is expected as this. */
    public Interpreter assertColumn(String name, Map<Long, ?> expected, double tolerance) {
        ColumnValue.requireEqual(name, expected, column(name), tolerance);
        return this;
    }

    /** Lets a column, of numbers, truth values or objects, hold this of a vertex. */
    public void set(long vertexId, String column, Object value) {
        graph.set(graph.column(column), requireVertex(vertexId), value);
    }

    private int requireVertex(long vertexId) {
        int v = Arrays.binarySearch(view.ids, vertexId);
        if (v < 0) {
            throw new IllegalArgumentException("there is no vertex " + vertexId);
        }
        return v;
    }

    /** All that was said in the superstep that ran last, in the order of the senders and of what each said. */
    public List<Message> said() {
        return said.stream().map(Said::shown).toList();
    }

    /** What a vertex will hear in the next superstep, one by one in the order of the senders. */
    public List<Message> messagesTo(long vertexId) {
        return inbox.getOrDefault(vertexId, List.of()).stream().map(Said::shown).toList();
    }

    /** What an aggregator came to in the superstep that ran last, or what the hook has set since. */
    public Object aggregator(String name) {
        var names = declared.aggregators().stream().map(Aggregator::name).toList();
        return named("aggregator", name, names, view.aggregates.boxed());
    }

    /** What a global is now. */
    public Object global(String name) {
        return named("global", name, declared.globals().stream().map(Global::name).toList(), view.globals.boxed());
    }

    private static Object named(String what, String name, List<String> names, List<Object> values) {
        if (!names.contains(name)) {
            throw new IllegalArgumentException("the program has no " + what + " \"" + name + "\"; it has " + names);
        }
        return values.get(names.indexOf(name));
    }

    /**
     * What vertices have emitted so far to the output with this name, by superstep, vertex and call: the values of each record, a Long for
     * longs and ints.
     */
    public List<List<Object>> records(String name) {
        return answer().records(name);
    }

    private List<List<Object>> records(RecordOutput output) {
        var records = new ArrayList<List<Object>>();
        for (RecordList.Run run : view.records[output.index()].runs()) {
            run.records().forEach(record -> records.add(List.of(record)));
        }
        return records;
    }

    /** All of it that does not depend on how a job runs. */
    public Answer answer() {
        var records = new LinkedHashMap<String, List<List<Object>>>();
        declared.recordOutputs().forEach(output -> records.put(output.name(), records(output)));
        return new Answer(view.ids.clone(), graph.columns(), graph.copies(), List.copyOf(figures), dropped,
            Collections.unmodifiableMap(records), Optional.of(graph.edges()));
    }

    /**
     * All that are awake or have heard something compute, then all that was said is delivered and all that was asked is changed. Returns
     * how many have computed.
     */
    private long superstep(int superstep, Phase spoke, Phase phase) {
        var heard = inbox;
        inbox = new HashMap<>();
        said = new ArrayList<>();
        dropped += undeliverable;
        undeliverable = 0;
        long computed = 0;
        view.superstep = superstep;
        view.roundTrip = phase instanceof ObjectPhase<?> objects ? roundTrip(objects.codec()) : null;
        int width = MessageForm.of(phase).width();
        view.sends.hold(width);
        view.saidWords = new long[width];
        // Only in the end: one that halts for good in this superstep hears nothing that was said in it, whoever spoke first.
        var leaving = new HashSet<Long>();
        for (int v = 0; v < view.ids.length; v++) {
            long id = view.ids[v];
            var messages = heard.getOrDefault(id, List.of());
            if (!gone.contains(id) && (awake.contains(id) || !messages.isEmpty())) {
                computed++;
                view.at(v);
                computing = true;
                hear(messages, spoke);
                beforeCompute(phase, messages);
                turn.compute(manner == Manner.INSTANCE_PER_VERTEX
                    ? programs.get().declarations().phases().get(declared.indexOf(phase)) : phase);
                afterCompute(phase, messages);
                if (view.halted) {
                    awake.remove(id);
                } else {
                    awake.add(id);
                }
                if (view.haltedForGood) {
                    leaving.add(id);
                }
                speak(phase);
                computing = false;
            }
        }
        gone.addAll(leaving);
        view.tally.read(view.aggregates);
        view.tally.clearUnlessPersistent();
        deliver();
        return computed;
    }

    /** What an object goes through when it is said; null for nothing. */
    RoundTrip roundTrip(Codec<?> codec) {
        return null;
    }

    /** Called before a vertex computes, at which the view stands. */
    void beforeCompute(Phase phase, List<Said> heard) {
        if (manner == Manner.SCRATCH_PER_VERTEX) {
            view.scratch = newScratch();
        }
    }

    /** Called when it has. */
    void afterCompute(Phase phase, List<Said> heard) {
    }

    private void hear(List<Said> messages, Phase spoke) {
        boolean isExact = spoke instanceof DoublePhase doubles ? doubles.combiner().isExact()
            : spoke instanceof LongPhase longs && longs.combiner().isExact();
        turn.hear(messages, ordered(messages, isExact), spoke);
    }

    private List<Said> ordered(List<Said> messages, boolean isExact) {
        var ordered = new ArrayList<>(messages);
        if (isExact && manner == Manner.FOLDED_BACKWARDS) {
            Collections.reverse(ordered);
        }
        return ordered;
    }

    private void speak(Phase phase) {
        var kind = MessageForm.of(phase).kind();
        if (view.spoke) {
            for (ChangingGraph.Neighbour edge : graph.edges(view.id(), phase.direction())) {
                said.add(new Said(view.id(), edge.id(), false, kind, along(phase, edge.weight())));
            }
        }
        for (int i = 0; i < view.sends.size; i++) {
            var content = new MessageArray(MessageForm.of(phase).width(), 1);
            content.copy(0, view.sends.messages, i);
            sent(declared.indexOf(phase), content);
            said.add(new Said(view.id(), view.sends.targets[i], true, kind, content));
        }
        view.sends.clear();
    }

    /** Called with each message that is sent, and the number of the phase that says it. */
    void sent(int phase, MessageArray message) {
    }

    /** What the broadcast has become when it arrives over an edge of this weight. */
    @SuppressWarnings("unchecked")
    MessageArray along(Phase phase, double weight) {
        var arrived = new MessageArray(MessageForm.of(phase).width(), 1);
        if (phase instanceof DoublePhase doubles) {
            arrived.words[0] = Double.doubleToRawLongBits(doubles.along(view.saidDouble, weight));
        } else if (phase instanceof LongPhase longs) {
            arrived.words[0] = longs.along(view.saidLong, weight);
        } else if (phase instanceof ObjectPhase<?> objects) {
            arrived.objects[0] = ((ObjectPhase<Object>) objects).along(view.saidObject, weight);
        } else if (phase instanceof DoubleVectorPhase vectors) {
            for (int i = 0; i < view.saidWords.length; i++) {
                arrived.words[i] = Double.doubleToRawLongBits(vectors.along(Double.longBitsToDouble(view.saidWords[i]), i, weight));
            }
        } else if (phase instanceof LongVectorPhase vectors) {
            for (int i = 0; i < view.saidWords.length; i++) {
                arrived.words[i] = vectors.along(view.saidWords[i], i, weight);
            }
        }
        return arrived;
    }

    /** All that was said goes to inboxes, over the graph in which it was said; then the graph changes, if it has to. */
    private void deliver() {
        var held = new ArrayList<Said>();
        for (var message : said) {
            if (!graph.has(message.target())) {
                held.add(message);
            } else if (!gone.contains(message.target())) {
                receive(message);
            } else if (message.isSent()) {
                undeliverable++;
            }
        }
        if (view.changes != null && view.changes.size > 0 || program.createMissing() && !held.isEmpty()) {
            change(held);
        } else {
            undeliverable += held.size();
        }
    }

    private void change(List<Said> held) {
        var awaited = ChangingGraph.counts(held.stream().filter(message -> program.createMissing()).map(Said::target));
        var turnover = graph.change(view.changes, awaited, this::resolve);
        for (long id : turnover.gone()) {
            inbox.remove(id);
            awake.remove(id);
            gone.remove(id);
        }
        awake.addAll(turnover.newcomers());
        for (var message : held) {
            if (graph.has(message.target())) {
                receive(message);
            } else {
                dropped++;
            }
        }
    }

    private void receive(Said message) {
        inbox.computeIfAbsent(message.target(), id -> new ArrayList<>()).add(message);
    }

    /** What the program decides. */
    boolean resolve(VertexConflict conflict) {
        return program.resolve(conflict);
    }

    private void wakeAll(boolean wake) {
        if (wake) {
            graph.vertexIds().stream().filter(id -> !gone.contains(id)).forEach(awake::add);
        }
    }
}
