package org.superstep.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
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
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.superstep.graph.BooleanColumn;
import org.superstep.graph.Column;
import org.superstep.graph.Direction;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.DoubleVectorColumn;
import org.superstep.graph.EdgeColumn;
import org.superstep.graph.EdgeCursor;
import org.superstep.graph.Edges;
import org.superstep.graph.FloatColumn;
import org.superstep.graph.IntColumn;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongVectorColumn;
import org.superstep.graph.ObjectColumn;
import org.superstep.graph.Program;
import org.superstep.graph.VertexConflict;
import org.superstep.graph.internal.ChangeList;
import org.superstep.graph.internal.EdgeView;
import org.superstep.graph.internal.VertexView;
import org.superstep.testkit.TestGraph.Edge;

/**
 * The graph of an interpreted job: vertices and edges, and what their columns hold. It shows itself in the view that cursors look at, where
 * vertices set columns in place, and it changes between supersteps, as {@link Interpreter} says.
 */
final class ChangingGraph {
    private static final Comparator<Arc> IN_ORDER = Comparator.<Arc>comparingLong(arc -> arc.source)
        .thenComparingLong(arc -> arc.target).thenComparingDouble(arc -> arc.weight);

    /** An edge. */
    private static final class Arc {
        private final long source;
        private final long target;
        private final double weight;
        /** Raw bits by edge column, as the graph was shown last; what is set from then on stands in the view. */
        private final long[] columns;

        Arc(long source, long target, double weight, long[] columns) {
            this.source = source;
            this.target = target;
            this.weight = weight;
            this.columns = columns;
        }
    }

    /** An edge as one of its ends sees it: who is at the other end. */
    record Neighbour(long id, double weight, boolean isIn) {
        private static final Comparator<Neighbour> IN_ORDER =
            Comparator.comparingLong(Neighbour::id).thenComparingDouble(Neighbour::weight).thenComparing(Neighbour::isIn);
    }

    /** What a vertex asks to be changed. */
    private record Change(byte kind, long source, long target, double weight, double newWeight) {
        /** Whether this is an edge that is meant. */
        boolean concerns(Arc arc) {
            return arc.source == source && arc.target == target && Double.compare(arc.weight, weight) == 0;
        }
    }

    /**
     * Who does not go on as it was.
     *
     * @param gone those that do not exist any more, or come anew: what they have heard is not theirs
     * @param newcomers those that come, anew or for the first time
     */
    record Turnover(Set<Long> gone, Set<Long> newcomers) {
    }

    private final VertexView view;
    private final List<EdgeColumn> edgeColumns;
    /** Each vertex that exists, with the edges that leave it. */
    private final SortedMap<Long, List<Arc>> rows = new TreeMap<>();
    /** The columns and their values by vertex as {@link Column#newArray} makes them. */
    private final Map<Column, Object> arrays = new LinkedHashMap<>();
    private final EdgeView outView = new EdgeView();
    private final EdgeView inView = new EdgeView();
    private final Map<Long, List<Neighbour>> outEdges = new HashMap<>();
    private final Map<Long, List<Neighbour>> inEdges = new HashMap<>();

    /** The graph as the program reads it, shown in this view. */
    ChangingGraph(Program program, TestGraph graph, VertexView view) {
        this(program, graph, view, true);
    }

    /**
     * The graph as it stands in some superstep.
     *
     * @param isFirst whether that is the first, and what columns hold then orders parallel edges of one weight; else they stand in order
     */
    ChangingGraph(Program program, TestGraph graph, VertexView view, boolean isFirst) {
        this.view = view;
        edgeColumns = program.declarations().edgeColumns();
        for (long id : graph.vertexIds()) {
            rows.put(id, new ArrayList<>());
        }
        for (Edge edge : graph.edgesFor(program)) {
            rows.get(edge.source()).add(new Arc(edge.source(), edge.target(), edge.weight(),
                edgeColumns.stream().mapToLong(edge::bits).toArray()));
        }
        if (isFirst) {
            // Once and for all: later sorts leave parallel edges of one weight as they stand.
            rows.values().forEach(row -> row.sort((arc, other) -> Arrays.compare(arc.columns, other.columns)));
        }
        view.ids = new long[0];
        program.declarations().columns().forEach(column -> arrays.put(column, column.newArray(0)));
        show(rows.keySet());
    }

    boolean has(long vertexId) {
        return rows.containsKey(vertexId);
    }

    Set<Long> vertexIds() {
        return rows.keySet();
    }

    List<Column> columns() {
        return List.copyOf(arrays.keySet());
    }

    /** The column with this name; {@link IllegalArgumentException} where there is none. */
    Column column(String name) {
        return Answer.named(name, columns());
    }

    /** What each column holds, copied. */
    List<Object> copies() {
        return arrays.values().stream().map(ColumnValue::copy).toList();
    }

    /** What a column holds of the vertex at this index. */
    Object get(Column column, int index) {
        return ColumnValue.of(column, arrays.get(column), index);
    }

    void set(Column column, int index, Object value) {
        ColumnValue.set(column, arrays.get(column), index, value);
    }

    /** A cursor over the edges of whichever vertex the view stands at. */
    EdgeCursor cursor(Edges handle) {
        return new EdgeCursor(view, handle.direction() == Direction.OUT ? outView : inView, handle.direction());
    }

    /** The edges of a vertex in the order in which it walks and speaks over them. */
    List<Neighbour> edges(long vertexId, Direction direction) {
        return switch (direction) {
            case OUT -> outEdges.getOrDefault(vertexId, List.of());
            case IN -> inEdges.getOrDefault(vertexId, List.of());
            case BOTH -> {
                var both = new ArrayList<>(edges(vertexId, Direction.OUT));
                both.addAll(edges(vertexId, Direction.IN));
                both.sort(Neighbour.IN_ORDER);
                yield both;
            }
        };
    }

    /** All edges with what they hold now, by source, target and weight. */
    List<Edge> edges() {
        keepEdgeColumns();
        return rows.values().stream().flatMap(List::stream)
            .map(arc -> Edge.holding(arc.source, arc.target, arc.weight, edgeColumns, column -> arc.columns[column])).toList();
    }

    /**
     * Changes the graph as vertices have asked, and forgets what they asked.
     *
     * @param asked what they asked, in the order of their ids and calls; null where nobody may
     * @param awaited how many messages are held for each vertex that would be created for them
     * @param resolver whether a vertex is to exist
     */
    Turnover change(ChangeList asked, Map<Long, Long> awaited, Predicate<VertexConflict> resolver) {
        keepEdgeColumns();
        List<Change> changes = taken(asked);
        of(ChangeList.REMOVE_EDGE, changes).forEach(change -> first(change).ifPresent(row(change.source())::remove));
        of(ChangeList.SET_WEIGHT, changes).forEach(change -> first(change).ifPresent(arc -> {
            row(change.source()).remove(arc);
            row(change.source()).add(new Arc(change.source(), change.target(), change.newWeight(), arc.columns));
        }));
        of(ChangeList.REMOVE_EDGES, changes).forEach(change -> row(change.source()).removeIf(arc -> arc.target == change.target()));
        Turnover turnover = resolve(changes, awaited, resolver);
        of(ChangeList.ADD_EDGE, changes).forEach(change -> row(change.source()).add(new Arc(change.source(), change.target(),
            change.weight(), edgeColumns.stream().mapToLong(EdgeColumn::initialBits).toArray())));
        show(turnover.newcomers());
        return turnover;
    }

    private static List<Change> taken(ChangeList asked) {
        var changes = new ArrayList<Change>();
        if (asked != null) {
            for (int i = 0; i < asked.size; i++) {
                changes.add(new Change(asked.kinds[i], asked.sources[i], asked.targets[i], asked.weights[i], asked.newWeights[i]));
            }
            asked.clear();
        }
        return changes;
    }

    private static Stream<Change> of(byte kind, List<Change> changes) {
        return changes.stream().filter(change -> change.kind() == kind);
    }

    /** The first of the edges that are meant, if there is one. */
    private Optional<Arc> first(Change change) {
        return row(change.source()).stream().filter(change::concerns).findFirst();
    }

    /** The edges of a vertex; of one that does not exist, a list that nobody keeps. */
    private List<Arc> row(long source) {
        return rows.getOrDefault(source, new ArrayList<>());
    }

    /** Lets vertices come and go. */
    private Turnover resolve(List<Change> changes, Map<Long, Long> messages, Predicate<VertexConflict> resolver) {
        var removals = counts(of(ChangeList.REMOVE_VERTEX, changes).map(Change::source));
        var additions = counts(of(ChangeList.ADD_VERTEX, changes).map(Change::source));
        var edgeAdditions = counts(of(ChangeList.ADD_EDGE, changes)
            .flatMap(change -> Stream.of(change.source(), change.target()).distinct()));
        var asked = new TreeSet<Long>();
        List.of(removals, additions, edgeAdditions, messages).forEach(counts -> asked.addAll(counts.keySet()));
        var turnover = new Turnover(new HashSet<>(), new HashSet<>());
        for (long id : asked) {
            boolean existed = has(id);
            var conflict = new VertexConflict(id, existed, removals.getOrDefault(id, 0L), additions.getOrDefault(id, 0L),
                edgeAdditions.getOrDefault(id, 0L), messages.getOrDefault(id, 0L));
            boolean exists = resolver.test(conflict);
            boolean comes = exists
                && (!existed || conflict.removals() > 0 && (conflict.additions() > 0 || conflict.edgeAdditions() > 0));
            if (comes || !exists) {
                rows.remove(id);
                turnover.gone().add(id);
            }
            if (comes) {
                rows.put(id, new ArrayList<>());
                turnover.newcomers().add(id);
            }
        }
        return turnover;
    }

    /** How often each is there. */
    static Map<Long, Long> counts(Stream<Long> ids) {
        return ids.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    /** Takes what the edges hold now out of the view. */
    private void keepEdgeColumns() {
        int entry = 0;
        for (var row : rows.values()) {
            for (Arc arc : row) {
                for (int column = 0; column < arc.columns.length; column++) {
                    arc.columns[column] = outView.columns[column][entry];
                }
                entry++;
            }
        }
    }

    /** Lets the view show the graph as it is now; columns keep their values but for newcomers. */
    private void show(Collection<Long> newcomers) {
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
                outEdges.computeIfAbsent(arc.source, id -> new ArrayList<>()).add(new Neighbour(arc.target, arc.weight, false));
                inEdges.computeIfAbsent(arc.target, id -> new ArrayList<>()).add(new Neighbour(arc.source, arc.weight, true));
            }
        }
        view.ids = ids;
        view.outDegrees = LongStream.of(ids).mapToInt(id -> edges(id, Direction.OUT).size()).toArray();
        view.inDegrees = LongStream.of(ids).mapToInt(id -> edges(id, Direction.IN).size()).toArray();
        view.vertexCount = ids.length;
        view.edgeCount = rows.values().stream().mapToLong(List::size).sum();
        showEdges(outView, Direction.OUT);
        showEdges(inView, Direction.IN);
        outView.columns = edgeColumns.stream().map(column -> rows.values().stream().flatMap(List::stream)
            .mapToLong(arc -> arc.columns[column.index()]).toArray()).toArray(long[][]::new);
    }

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

    /** Every entry has a slot of its own: who walks over edges must not see slots. */
    private void showEdges(EdgeView edges, Direction direction) {
        var entries = new ArrayList<Neighbour>();
        edges.offsets = new int[view.ids.length + 1];
        for (int v = 0; v < view.ids.length; v++) {
            entries.addAll(edges(view.ids[v], direction));
            edges.offsets[v + 1] = entries.size();
        }
        edges.slots = new int[entries.size()];
        for (int i = 0; i < edges.slots.length; i++) {
            edges.slots[i] = i;
        }
        edges.idOfSlot = entries.stream().mapToLong(Neighbour::id).toArray();
        edges.doubleWeights = entries.stream().mapToDouble(Neighbour::weight).toArray();
    }
}
