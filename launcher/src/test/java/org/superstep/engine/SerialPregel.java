package org.superstep.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.superstep.JobException;
import org.superstep.graph.BooleanColumn;
import org.superstep.graph.Column;
import org.superstep.graph.Direction;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.DoubleCombiner;
import org.superstep.graph.DoubleMessages;
import org.superstep.graph.DoublePhase;
import org.superstep.graph.DoubleVectorColumn;
import org.superstep.graph.DoubleVectorMessages;
import org.superstep.graph.DoubleVectorPhase;
import org.superstep.graph.DoubleVectorVertex;
import org.superstep.graph.DoubleVertex;
import org.superstep.graph.EdgeColumn;
import org.superstep.graph.EdgeCursor;
import org.superstep.graph.Edges;
import org.superstep.graph.FloatColumn;
import org.superstep.graph.IntColumn;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongPhase;
import org.superstep.graph.LongVectorColumn;
import org.superstep.graph.LongVectorMessages;
import org.superstep.graph.LongVectorPhase;
import org.superstep.graph.LongVectorVertex;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Master;
import org.superstep.graph.ObjectColumn;
import org.superstep.graph.ObjectMessages;
import org.superstep.graph.ObjectPhase;
import org.superstep.graph.ObjectVertex;
import org.superstep.graph.Phase;
import org.superstep.graph.Program;
import org.superstep.graph.RecordOutput;
import org.superstep.graph.Scratch;
import org.superstep.graph.VertexConflict;
import org.superstep.graph.Weights;
import org.superstep.graph.internal.ChangeList;
import org.superstep.graph.internal.Declarations;
import org.superstep.graph.internal.EdgeView;
import org.superstep.graph.internal.MasterView;
import org.superstep.graph.internal.MessageArray;
import org.superstep.graph.internal.MessageWalk;
import org.superstep.graph.internal.RecordList;
import org.superstep.graph.internal.SendList;
import org.superstep.graph.internal.SharedObjects;
import org.superstep.graph.internal.VertexView;

/**
 * What a program means, said slowly: one thread, no partitions, a list of messages for each vertex.
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
 */
final class SerialPregel {
    private static final Comparator<Arc> IN_ORDER =
        Comparator.comparingLong(Arc::source).thenComparingLong(Arc::target).thenComparingDouble(Arc::weight);

    /** An edge as one of its ends sees it in some direction: who is at the other end. */
    private record Edge(long neighbour, double weight, boolean isIn) {
    }

    /** What one vertex says to another, as it arrives. */
    private record Message(long sender, long target, boolean isSent, MessageArray content) {
    }

    /** What a vertex asks to be changed. */
    private record Change(byte kind, long source, long target, double weight, double newWeight) {
        /** Whether this is an edge that is meant. */
        boolean concerns(Arc arc) {
            return arc.source() == source && arc.target() == target && Double.compare(arc.weight(), weight) == 0;
        }
    }

    private final Program program;
    private final Declarations declared;
    /** The graph: each vertex that exists, with the edges that leave it. */
    private final SortedMap<Long, List<Arc>> rows = new TreeMap<>();
    private final Set<Long> awake = new HashSet<>();
    private final Set<Long> gone = new HashSet<>();
    /** A column's values by vertex, as {@link Column#newArray} makes them. */
    private final Map<Column, Object> arrays = new LinkedHashMap<>();
    private final VertexView view = new VertexView();
    private final EdgeView outView = new EdgeView();
    private final EdgeView inView = new EdgeView();
    private final Map<Long, List<Edge>> outEdges = new HashMap<>();
    private final Map<Long, List<Edge>> inEdges = new HashMap<>();
    private Map<Long, List<Message>> inbox = new HashMap<>();
    private List<Message> said = new ArrayList<>();
    /** What of that will count as dropped when it would be delivered. */
    private long undeliverable;
    private long dropped;

    private SerialPregel(Program program, Sample sample, Map<Long, Object[]> named, long seed) {
        this.program = program;
        declared = program.declarations();
        for (long id : sample.vertices()) {
            rows.put(id, new ArrayList<>());
        }
        for (long id : named.keySet()) {
            rows.putIfAbsent(id, new ArrayList<>());
        }
        for (Arc arc : sample.arcs(program.weights().need() != Weights.Need.IGNORED, declared.edgeColumns())) {
            rows.get(arc.source()).add(arc);
        }
        view.seed = seed;
        view.sends = new SendList();
        view.changes = program.changesGraph() ? new ChangeList(program.weights()) : null;
        view.shared = new SharedObjects(declared).all();
        view.records = RecordList.of(declared.recordOutputs());
        view.scratch = declared.scratches().stream().map(Scratch::newObject).toArray();
        view.edges = declared.edges().stream().map(this::cursor).toArray(EdgeCursor[]::new);
        view.ids = new long[0];
        declared.columns().forEach(column -> arrays.put(column, column.newArray(0)));
        place(rows.keySet());
        named.forEach((id, values) -> set(Arrays.binarySearch(view.ids, id), values));
    }

    /** Gives a vertex first values, one for each declared column. */
    private void set(int v, Object[] values) {
        for (int i = 0; i < values.length; i++) {
            Column column = declared.columns().get(i);
            System.arraycopy(values[i], 0, arrays.get(column), v * column.width(), column.width());
        }
    }

    private EdgeCursor cursor(Edges handle) {
        return new EdgeCursor(view, handle.direction() == Direction.OUT ? outView : inView, handle.direction());
    }

    /** Shows the columns' arrays to the cursors. */
    private void showColumns() {
        view.doubles = arrays(DoubleColumn.class).toArray(double[][]::new);
        view.longs = arrays(LongColumn.class).toArray(long[][]::new);
        view.ints = arrays(IntColumn.class).toArray(int[][]::new);
        view.floats = arrays(FloatColumn.class).toArray(float[][]::new);
        view.booleans = arrays(BooleanColumn.class).toArray(boolean[][]::new);
        view.doubleVectors = arrays(DoubleVectorColumn.class).toArray(double[][]::new);
        view.longVectors = arrays(LongVectorColumn.class).toArray(long[][]::new);
        view.objects = arrays(ObjectColumn.class).toArray(Object[][]::new);
    }

    /** The arrays of one type's columns, in the order of their declaration. */
    private List<Object> arrays(Class<? extends Column> type) {
        return arrays.entrySet().stream().filter(entry -> type.isInstance(entry.getKey())).map(Map.Entry::getValue).toList();
    }

    /** The answer of the program on the graph; a job that runs on after so many supersteps fails. */
    static Answer run(Program program, Sample sample, long seed, int maxSupersteps) {
        return run(program, sample, Map.of(), seed, maxSupersteps);
    }

    /** The same where the input names vertices too, each with what its columns hold at first, as an array that the column makes for one. */
    static Answer run(Program program, Sample sample, Map<Long, Object[]> named, long seed, int maxSupersteps) {
        return new SerialPregel(program, sample, named, seed).run(maxSupersteps);
    }

    private Answer run(int maxSupersteps) {
        var figures = new ArrayList<Answer.Figures>();
        var master = new MasterView(declared);
        view.tally = master.tally;
        view.aggregates = master.aggregates;
        view.globals = master.globals;
        view.tally.read(view.aggregates);
        Phase spoke = master.phase;
        wakeAll(master.phase.startsAwake());
        for (int superstep = 0;; superstep++) {
            master.superstep = superstep;
            master.vertexCount = view.vertexCount;
            master.edgeCount = view.edgeCount;
            master.awake = awake.size();
            master.messages = said.size();
            master.wakeAll = false;
            master.phaseStarts = false;
            program.beforeSuperstep(new Master(master));
            boolean quiescent = awake.isEmpty() && said.isEmpty();
            if (master.halt || quiescent && !master.wakeAll && !master.phaseStarts) {
                return answer(figures);
            }
            if (superstep == maxSupersteps) {
                throw new JobException("still running after " + maxSupersteps + " supersteps", null);
            }
            wakeAll(master.wakeAll);
            view.phaseBegan = master.phaseBegan;
            if (!messageType(spoke).equals(messageType(master.phase))) {
                if (!said.isEmpty()) {
                    throw new JobException("messages of another type are in flight: " + messageType(spoke) + ", not "
                        + messageType(master.phase), null);
                }
                spoke = master.phase;
            }
            long computed = superstep(superstep, spoke, master.phase);
            spoke = master.phase;
            String name = declared.phaseName(declared.indexOf(master.phase));
            figures.add(new Answer.Figures(superstep, name, computed, awake.size(), said.size(), view.aggregates.boxed(),
                view.globals.boxed()));
        }
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
        view.sends.hold(width(phase));
        view.saidWords = new long[width(phase)];
        // Only in the end: one that halts for good in this superstep hears nothing that was said in it, whoever spoke first.
        var leaving = new HashSet<Long>();
        for (int v = 0; v < view.ids.length; v++) {
            long id = view.ids[v];
            var messages = heard.getOrDefault(id, List.of());
            if (!gone.contains(id) && (awake.contains(id) || !messages.isEmpty())) {
                computed++;
                view.at(v);
                hear(messages, spoke);
                compute(phase);
                if (view.halted) {
                    awake.remove(id);
                } else {
                    awake.add(id);
                }
                if (view.haltedForGood) {
                    leaving.add(id);
                }
                speak(phase);
            }
        }
        gone.addAll(leaving);
        view.tally.read(view.aggregates);
        view.tally.clearUnlessPersistent();
        deliver();
        return computed;
    }

    @SuppressWarnings("unchecked")
    private void compute(Phase phase) {
        if (phase instanceof DoublePhase doubles) {
            doubles.compute(new DoubleVertex(view), new DoubleMessages(view));
        } else if (phase instanceof LongPhase longs) {
            longs.compute(new LongVertex(view), new LongMessages(view));
        } else if (phase instanceof ObjectPhase<?> objects) {
            ((ObjectPhase<Object>) objects).compute(new ObjectVertex<>(view), new ObjectMessages<>(view));
        } else if (phase instanceof DoubleVectorPhase vectors) {
            vectors.compute(new DoubleVectorVertex(view), new DoubleVectorMessages(view));
        } else if (phase instanceof LongVectorPhase vectors) {
            vectors.compute(new LongVectorVertex(view), new LongVectorMessages(view));
        }
    }

    /** Folds from the first message on, which is the same as from the identity, for FIRST too; or lets the vertex walk. */
    private void hear(List<Message> messages, Phase spoke) {
        view.heard = !messages.isEmpty();
        view.walk = new ListWalk(messages);
        if (spoke instanceof DoublePhase phase && phase.combiner() != DoubleCombiner.NONE) {
            var values = messages.stream().map(message -> Double.longBitsToDouble(message.content().words[0]));
            view.heardDouble = values.reduce(phase.combiner()::combine).orElse(phase.combiner().identity());
            view.walk = null;
        } else if (spoke instanceof LongPhase phase && phase.combiner() != LongCombiner.NONE) {
            var values = messages.stream().map(message -> message.content().words[0]);
            view.heardLong = values.reduce(phase.combiner()::combine).orElse(phase.combiner().identity());
            view.walk = null;
        }
        view.combiner = spoke instanceof ObjectPhase<?> phase ? phase.combiner()
            : spoke instanceof DoubleVectorPhase phase ? phase.combiner()
            : spoke instanceof LongVectorPhase phase ? phase.combiner() : null;
    }

    private void speak(Phase phase) {
        if (view.spoke) {
            for (Edge edge : edges(view.id(), phase.direction())) {
                said.add(new Message(view.id(), edge.neighbour(), false, along(phase, edge.weight())));
            }
        }
        for (int i = 0; i < view.sends.size; i++) {
            var content = new MessageArray(width(phase), 1);
            content.copy(0, view.sends.messages, i);
            said.add(new Message(view.id(), view.sends.targets[i], true, content));
        }
        view.sends.clear();
    }

    /** What the broadcast has become when it arrives over an edge of this weight. */
    @SuppressWarnings("unchecked")
    private MessageArray along(Phase phase, double weight) {
        var arrived = new MessageArray(width(phase), 1);
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
        var held = new ArrayList<Message>();
        for (var message : said) {
            if (!rows.containsKey(message.target())) {
                held.add(message);
            } else if (!gone.contains(message.target())) {
                receive(message);
            } else if (message.isSent()) {
                undeliverable++;
            }
        }
        if (view.changes != null && view.changes.size > 0 || program.createMissing() && !held.isEmpty()) {
            change(changes(), held);
        } else {
            undeliverable += held.size();
        }
    }

    private void receive(Message message) {
        inbox.computeIfAbsent(message.target(), id -> new ArrayList<>()).add(message);
    }

    /** All that vertices have asked for, in the order of their ids and calls; forgets it. */
    private List<Change> changes() {
        var changes = new ArrayList<Change>();
        var asked = view.changes;
        if (asked != null) {
            for (int i = 0; i < asked.size; i++) {
                changes.add(new Change(asked.kinds[i], asked.sources[i], asked.targets[i], asked.weights[i], asked.newWeights[i]));
            }
            asked.clear();
        }
        return changes;
    }

    private void change(List<Change> changes, List<Message> held) {
        keepEdgeColumns();
        of(ChangeList.REMOVE_EDGE, changes).forEach(change -> first(change).ifPresent(row(change.source())::remove));
        of(ChangeList.SET_WEIGHT, changes).forEach(change -> first(change).ifPresent(arc -> {
            row(change.source()).remove(arc);
            row(change.source()).add(new Arc(change.source(), change.target(), change.newWeight(), arc.columns()));
        }));
        of(ChangeList.REMOVE_EDGES, changes).forEach(change -> row(change.source()).removeIf(arc -> arc.target() == change.target()));
        var newcomers = resolve(changes, held);
        List<Long> initial = declared.edgeColumns().stream().map(EdgeColumn::initialBits).toList();
        of(ChangeList.ADD_EDGE, changes).forEach(change -> row(change.source())
            .add(new Arc(change.source(), change.target(), change.weight(), initial)));
        for (var message : held) {
            if (rows.containsKey(message.target())) {
                receive(message);
            } else {
                dropped++;
            }
        }
        place(newcomers);
    }

    /** The first of the edges that are meant, if there is one. */
    private Optional<Arc> first(Change change) {
        return row(change.source()).stream().filter(change::concerns).findFirst();
    }

    /** Takes what the edges hold now out of the view. */
    private void keepEdgeColumns() {
        int entry = 0;
        for (var row : rows.values()) {
            for (int i = 0; i < row.size(); i++) {
                int place = entry++;
                row.set(i, row.get(i).with(Arrays.stream(outView.columns).map(column -> column[place]).toList()));
            }
        }
    }

    /** Lets vertices come and go; returns those that came, anew or for the first time. */
    private Set<Long> resolve(List<Change> changes, List<Message> held) {
        var removals = counts(of(ChangeList.REMOVE_VERTEX, changes).map(Change::source));
        var additions = counts(of(ChangeList.ADD_VERTEX, changes).map(Change::source));
        var edgeAdditions = counts(of(ChangeList.ADD_EDGE, changes)
            .flatMap(change -> Stream.of(change.source(), change.target()).distinct()));
        var messages = counts(held.stream().filter(message -> program.createMissing()).map(Message::target));
        var asked = new TreeSet<Long>();
        List.of(removals, additions, edgeAdditions, messages).forEach(counts -> asked.addAll(counts.keySet()));
        var newcomers = new HashSet<Long>();
        for (long id : asked) {
            boolean existed = rows.containsKey(id);
            var conflict = new VertexConflict(id, existed, removals.getOrDefault(id, 0L), additions.getOrDefault(id, 0L),
                edgeAdditions.getOrDefault(id, 0L), messages.getOrDefault(id, 0L));
            boolean exists = program.resolve(conflict);
            boolean comes = exists
                && (!existed || conflict.removals() > 0 && (conflict.additions() > 0 || conflict.edgeAdditions() > 0));
            if (comes || !exists) {
                rows.remove(id);
                inbox.remove(id);
                awake.remove(id);
                gone.remove(id);
            }
            if (comes) {
                rows.put(id, new ArrayList<>());
                awake.add(id);
                newcomers.add(id);
            }
        }
        return newcomers;
    }

    private static Stream<Change> of(byte kind, List<Change> changes) {
        return changes.stream().filter(change -> change.kind() == kind);
    }

    private static Map<Long, Long> counts(Stream<Long> ids) {
        return ids.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    /** The edges of a vertex; of one that does not exist, a list that nobody keeps. */
    private List<Arc> row(long source) {
        return rows.getOrDefault(source, new ArrayList<>());
    }

    /** Lets the view show the graph as it is now; columns keep their values but for newcomers. */
    private void place(Set<Long> newcomers) {
        var before = new HashMap<Long, Integer>();
        for (int v = 0; v < view.ids.length; v++) {
            before.put(view.ids[v], v);
        }
        before.keySet().removeAll(newcomers);
        long[] ids = rows.keySet().stream().mapToLong(Long::longValue).toArray();
        for (var column : arrays.entrySet()) {
            Object values = column.getKey().newArray(ids.length);
            int width = column.getKey().width();
            for (int v = 0; v < ids.length; v++) {
                if (before.containsKey(ids[v])) {
                    System.arraycopy(column.getValue(), before.get(ids[v]) * width, values, v * width, width);
                }
            }
            column.setValue(values);
        }
        showColumns();
        outEdges.clear();
        inEdges.clear();
        for (var row : rows.values()) {
            row.sort(IN_ORDER);
            for (Arc arc : row) {
                outEdges.computeIfAbsent(arc.source(), id -> new ArrayList<>()).add(new Edge(arc.target(), arc.weight(), false));
                inEdges.computeIfAbsent(arc.target(), id -> new ArrayList<>()).add(new Edge(arc.source(), arc.weight(), true));
            }
        }
        view.ids = ids;
        view.outDegrees = LongStream.of(ids).mapToInt(id -> edges(id, Direction.OUT).size()).toArray();
        view.inDegrees = LongStream.of(ids).mapToInt(id -> edges(id, Direction.IN).size()).toArray();
        view.vertexCount = ids.length;
        view.edgeCount = rows.values().stream().mapToLong(List::size).sum();
        fill(outView, Direction.OUT);
        fill(inView, Direction.IN);
        outView.columns = new long[declared.edgeColumns().size()][];
        for (int column = 0; column < outView.columns.length; column++) {
            int c = column;
            outView.columns[c] = rows.values().stream().flatMap(List::stream).mapToLong(arc -> arc.columns().get(c)).toArray();
        }
    }

    /** Every entry has a slot of its own: who walks over edges must not see slots. */
    private void fill(EdgeView edges, Direction direction) {
        var entries = new ArrayList<Edge>();
        edges.offsets = new int[view.ids.length + 1];
        for (int v = 0; v < view.ids.length; v++) {
            entries.addAll(edges(view.ids[v], direction));
            edges.offsets[v + 1] = entries.size();
        }
        edges.slots = new int[entries.size()];
        for (int i = 0; i < edges.slots.length; i++) {
            edges.slots[i] = i;
        }
        edges.idOfSlot = entries.stream().mapToLong(Edge::neighbour).toArray();
        edges.doubleWeights = entries.stream().mapToDouble(Edge::weight).toArray();
    }

    private List<Edge> edges(long id, Direction direction) {
        return switch (direction) {
            case OUT -> outEdges.getOrDefault(id, List.of());
            case IN -> inEdges.getOrDefault(id, List.of());
            case BOTH -> {
                var both = new ArrayList<>(edges(id, Direction.OUT));
                both.addAll(edges(id, Direction.IN));
                both.sort(Comparator.comparingLong(Edge::neighbour).thenComparingDouble(Edge::weight).thenComparing(Edge::isIn));
                yield both;
            }
        };
    }

    private void wakeAll(boolean wake) {
        if (wake) {
            rows.keySet().stream().filter(id -> !gone.contains(id)).forEach(awake::add);
        }
    }

    /** Words a message, 0 for an object. */
    private static int width(Phase phase) {
        return phase instanceof ObjectPhase<?> ? 0 : phase instanceof DoubleVectorPhase doubles ? doubles.width()
            : phase instanceof LongVectorPhase longs ? longs.width() : 1;
    }

    private static String messageType(Phase phase) {
        return phase instanceof DoublePhase ? "double" : phase instanceof LongPhase ? "long" : phase instanceof ObjectPhase<?> ? "object"
            : (phase instanceof DoubleVectorPhase ? "double vector of width " : "long vector of width ") + width(phase);
    }

    private Answer answer(List<Answer.Figures> figures) {
        var columns = new LinkedHashMap<String, long[]>();
        arrays.forEach((column, array) -> columns.put(column.name(), ColumnBits.of(column, array)));
        var records = new LinkedHashMap<String, List<String>>();
        for (RecordOutput output : declared.recordOutputs()) {
            var emitted = new ArrayList<String>();
            view.records[output.index()].runs().forEach(run -> run.records().forEach(record -> emitted.add(Answer.recordBits(record))));
            records.put(output.name(), emitted);
        }
        return new Answer(view.ids, columns, figures, dropped, records);
    }

    /** A walk over a list of messages. */
    private static final class ListWalk extends MessageWalk {
        private final List<Message> list;
        private int place = -1;

        ListWalk(List<Message> list) {
            this.list = list;
        }

        @Override public void rewind() {
            place = -1;
        }

        @Override public boolean next() {
            if (place + 1 >= list.size()) {
                place = list.size();
                return false;
            }
            messages = list.get(++place).content();
            return true;
        }

        @Override public long senderId() {
            return list.get(place).sender();
        }
    }
}
