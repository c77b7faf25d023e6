package org.superstep.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.superstep.graph.BooleanColumn;
import org.superstep.graph.Column;
import org.superstep.graph.Direction;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.DoubleEdgeColumn;
import org.superstep.graph.DoubleVectorColumn;
import org.superstep.graph.EdgeColumn;
import org.superstep.graph.EdgeCursor;
import org.superstep.graph.Edges;
import org.superstep.graph.FloatColumn;
import org.superstep.graph.IntColumn;
import org.superstep.graph.IntEdgeColumn;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongEdgeColumn;
import org.superstep.graph.LongVectorColumn;
import org.superstep.graph.ObjectColumn;
import org.superstep.graph.Phase;
import org.superstep.graph.Program;
import org.superstep.graph.Vertex;
import org.superstep.graph.internal.Declarations;
import org.superstep.graph.internal.MessageArray;
import org.superstep.graph.internal.MessageForm;
import org.superstep.graph.internal.MessageWalk;
import org.superstep.graph.internal.RecordList;
import org.superstep.graph.internal.SendList;
import org.superstep.graph.internal.Values;
import org.superstep.graph.internal.VertexView;
import org.superstep.testkit.TestGraph.Edge;
import org.superstep.worker.Witness;

/** Takes down what the vertices that are looked at find and do, value by value, so that it can be made into tests. */
final class Scenes implements Witness {
    private final Declarations declared;
    private final Map<Long, Scene.Setting> settings = new ConcurrentHashMap<>();
    /** By superstep, then vertex; guarded by this. */
    private final TreeMap<Integer, TreeMap<Long, Scene>> scenes = new TreeMap<>();

    /** Of a job of this program. */
    Scenes(Program program) {
        declared = program.declarations();
    }

    /** All of them, by superstep and vertex. */
    synchronized List<Scene> all() {
        return scenes.values().stream().map(Map::values).flatMap(Collection::stream).toList();
    }

    @Override public void before(Vertex v, VertexView view, Phase phase, Phase spoke, Optional<SendList> folded) {
        MessageForm form = MessageForm.of(spoke);
        Optional<Object> combined = Optional.empty();
        List<Scene.Heard> messages = List.of();
        if (view.heard && view.walk != null) {
            messages = walked(view.walk, form);
        } else if (view.heard && folded.isPresent()) {
            SendList all = folded.get();
            messages = IntStream.range(0, all.size)
                .mapToObj(i -> new Scene.Heard(all.senders[i], value(form, all.messages, i))).toList();
        } else if (view.heard) {
            combined = Optional.of(form.kind() == MessageForm.Kind.DOUBLE ? (Object) view.heardDouble : (Object) view.heardLong);
        }
        settings.put(v.id(), new Scene.Setting(declared.indexOf(phase), view.phaseBegan, declared.indexOf(spoke), view.seed,
            v.vertexCount(), v.edgeCount(), v.outDegree(), v.inDegree(), edges(v), messages, combined, columns(v), view.aggregates.boxed(),
            view.globals.boxed()));
    }

    private static List<Scene.Heard> walked(MessageWalk walk, MessageForm form) {
        var messages = new ArrayList<Scene.Heard>();
        walk.rewind();
        while (walk.next()) {
            messages.add(new Scene.Heard(walk.senderId(), value(form, walk.messages, walk.at)));
        }
        walk.rewind();
        return messages;
    }

    private static Object value(MessageForm form, MessageArray messages, int at) {
        if (form.kind() == MessageForm.Kind.OBJECT) {
            return messages.objects[at];
        }
        LongStream words = LongStream.of(messages.words).skip((long) at * form.width()).limit(form.width());
        return switch (form.kind()) {
            case DOUBLE_VECTOR -> words.mapToDouble(Double::longBitsToDouble).toArray();
            case LONG_VECTOR -> words.toArray();
            case DOUBLE -> Double.longBitsToDouble(messages.words[at]);
            case LONG, OBJECT -> messages.words[at];
        };
    }

    /** The edges over which the vertex may walk; a self-loop that is both is one. */
    private List<Edge> edges(Vertex v) {
        List<Edges> handles = declared.edges();
        var edges = new ArrayList<Edge>();
        Optional<Edges> out = handles.stream().filter(handle -> handle.direction() == Direction.OUT).findFirst();
        out.ifPresent(handle -> edges.addAll(outEdges(v, handle)));
        handles.stream().filter(handle -> handle.direction() == Direction.IN).findFirst().ifPresent(handle -> {
            for (EdgeCursor e = v.edges(handle); e.next();) {
                if (out.isEmpty() || e.source() != v.id()) {
                    edges.add(new Edge(e.source(), e.target(), e.weight()));
                }
            }
        });
        return edges;
    }

    private List<Edge> outEdges(Vertex v, Edges handle) {
        var edges = new ArrayList<Edge>();
        for (EdgeCursor e = v.edges(handle); e.next();) {
            var held = new TreeMap<String, Number>();
            for (EdgeColumn column : declared.edgeColumns()) {
                held.put(column.name(), column instanceof DoubleEdgeColumn doubles ? (Number) e.get(doubles)
                    : column instanceof LongEdgeColumn longs ? (Number) e.get(longs) : (Number) e.get((IntEdgeColumn) column));
            }
            edges.add(new Edge(e.source(), e.target(), e.weight(), held));
        }
        return edges;
    }

    private List<Object> columns(Vertex v) {
        return declared.columns().stream().map(column -> value(v, column)).toList();
    }

    private static Object value(Vertex v, Column column) {
        if (column instanceof DoubleColumn doubles) {
            return v.get(doubles);
        } else if (column instanceof LongColumn longs) {
            return v.get(longs);
        } else if (column instanceof IntColumn ints) {
            return v.get(ints);
        } else if (column instanceof FloatColumn floats) {
            return v.get(floats);
        } else if (column instanceof BooleanColumn booleans) {
            return v.get(booleans);
        } else if (column instanceof DoubleVectorColumn doubles) {
            return v.get(doubles, new double[doubles.width()]);
        } else if (column instanceof LongVectorColumn longs) {
            return v.get(longs, new long[longs.width()]);
        }
        return v.get((ObjectColumn<?>) column);
    }

    @Override public void after(Vertex v, VertexView view, int sends, int changes, Optional<Throwable> thrown) {
        Scene.Setting setting = settings.remove(v.id());
        MessageForm form = MessageForm.of(declared.phases().get(setting.phase()));
        var sent = new ArrayList<Scene.Sent>();
        for (int i = sends; i < view.sends.size; i++) {
            sent.add(new Scene.Sent(view.sends.targets[i], value(form, view.sends.messages, i)));
        }
        var asked = new ArrayList<String>();
        for (int i = changes; view.changes != null && i < view.changes.size; i++) {
            asked.add(view.changes.text(i));
        }
        List<Edge> outEdges = declared.edgeColumns().isEmpty() ? List.of() : outEdges(v,
            declared.edges().stream().filter(handle -> handle.direction() == Direction.OUT).findFirst().orElseThrow());
        var deed = new Scene.Deed(columns(v), view.spoke ? Optional.of(broadcast(view, form)) : Optional.empty(), sent, added(view),
            emitted(view), asked, outEdges, view.halted, view.haltedForGood, thrown);
        synchronized (this) {
            scenes.computeIfAbsent(v.superstep(), number -> new TreeMap<>()).put(v.id(), new Scene(v.id(), v.superstep(), setting, deed));
        }
    }

    private static Object broadcast(VertexView view, MessageForm form) {
        return switch (form.kind()) {
            case DOUBLE -> view.saidDouble;
            case LONG -> view.saidLong;
            case OBJECT -> view.saidObject;
            case DOUBLE_VECTOR -> LongStream.of(view.saidWords).mapToDouble(Double::longBitsToDouble).toArray();
            case LONG_VECTOR -> view.saidWords.clone();
        };
    }

    private List<Optional<Object>> added(VertexView view) {
        var values = Values.ofAggregators(declared);
        view.tally.read(values);
        List<Object> boxed = values.boxed();
        return IntStream.range(0, boxed.size())
            .mapToObj(i -> view.tally.isEmpty(i) ? Optional.empty() : Optional.of(boxed.get(i))).toList();
    }

    private static List<List<List<Object>>> emitted(VertexView view) {
        var outputs = new ArrayList<List<List<Object>>>();
        for (RecordList list : view.records) {
            var records = new ArrayList<List<Object>>();
            list.runs().forEach(run -> run.records().forEach(record -> records.add(List.of(record))));
            outputs.add(records);
        }
        return outputs;
    }
}
