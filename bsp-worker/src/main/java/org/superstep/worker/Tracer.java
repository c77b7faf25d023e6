package org.superstep.worker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.superstep.graph.Aggregator;
import org.superstep.graph.Direction;
import org.superstep.graph.EdgeCursor;
import org.superstep.graph.Edges;
import org.superstep.graph.Global;
import org.superstep.graph.Phase;
import org.superstep.graph.Program;
import org.superstep.graph.Vertex;
import org.superstep.graph.internal.ChangeList;
import org.superstep.graph.internal.Declarations;
import org.superstep.graph.internal.MessageArray;
import org.superstep.graph.internal.MessageForm;
import org.superstep.graph.internal.RecordList;
import org.superstep.graph.internal.SendList;
import org.superstep.graph.internal.Tally;
import org.superstep.graph.internal.Thrown;
import org.superstep.graph.internal.Values;
import org.superstep.graph.internal.VertexView;
import org.superstep.net.ToMaster;

/**
 * Tells what some vertices hear, do and say. It looks at what their cursor shows before they compute and afterwards, so that neither the
 * kernels nor the cursors know of it: a job that traces nothing has none.
 */
final class Tracer {
    private final TracePlan plan;
    private final Declarations declared;
    private final Lane[] lanes;
    /** By which phase messages are heard in the superstep that runs. */
    private Phase spoke;
    /** Where messages were folded as they came, how to find out what they were; empty where that cannot be, or nobody asks. */
    private Optional<FoldedMessages> folded = Optional.empty();
    /** By vertex, what it did in the superstep that runs; guarded by this. */
    private final Map<Long, String> texts = new TreeMap<>();

    Tracer(TracePlan plan, Program program, Lane[] lanes) {
        this.plan = plan;
        declared = program.declarations();
        this.lanes = lanes;
    }

    /** Phases that do what these do, and tell of it. */
    List<Phase> traced(List<Phase> phases) {
        return phases.stream().map(phase -> TracedPhase.of(phase, this)).toList();
    }

    /** A superstep begins, in which messages are heard by this phase. */
    void begin(Phase speaker) {
        spoke = speaker;
        folded = Optional.empty();
    }

    /** What is heard in it was folded as it came, from these. */
    void hears(FoldedMessages messages) {
        folded = plan.isFull() ? Optional.of(messages) : Optional.empty();
    }

    boolean traces(Vertex v) {
        return plan.covers(v.id(), v.superstep());
    }

    /** Lets the vertex compute and takes down what comes of it, also where it throws. */
    void trace(Vertex v, Phase phase, Runnable compute) {
        Lane lane = laneOf(v);
        VertexView view = lane.view;
        var text = new StringBuilder("superstep " + view.superstep + ", vertex " + view.id());
        if (declared.phases().size() > 1) {
            text.append(", phase \"").append(declared.phaseName(declared.indexOf(phase))).append('"');
        }
        MessageForm form = MessageForm.of(phase);
        Optional<SendList> heard = view.heard && view.walk == null ? folded.map(all -> all.to(lane.partition, view.index))
            : Optional.empty();
        if (plan.isFull()) {
            addSurroundings(text, v, view);
        }
        add(text, "received", VertexText.messages(view, form) + heard.map(all -> " of " + VertexText.listed(all, form)).orElse(""));
        if (view.heard && view.walk != null) {
            view.walk.rewind();
        }
        List<String> before = VertexText.values(lane);
        add(text, "state", VertexText.state(declared.columns(), before));
        int sends = view.sends.size;
        int changes = view.changes == null ? 0 : view.changes.size;
        // What this vertex adds is gathered by itself and then merged: aggregators do not mind in which groups they are.
        Tally all = view.tally;
        view.tally = new Tally(declared.aggregators());
        RecordList[] recordsOfAll = view.records;
        view.records = RecordList.of(declared.recordOutputs());
        Optional<Throwable> thrown = Optional.empty();
        plan.witness().ifPresent(witness -> witness.before(v, view, phase, spoke, heard));
        try {
            compute.run();
            all.merge(view.tally);
            appendTo(recordsOfAll, view.records);
        } catch (Throwable t) {
            thrown = Optional.of(t);
            text.append("\n    ").append(padded("throws")).append(Thrown.line(t));
            throw t;
        } finally {
            if (plan.witness().isPresent()) {
                plan.witness().get().after(v, view, sends, changes, thrown);
            }
            Tally added = view.tally;
            view.tally = all;
            RecordList[] emitted = view.records;
            view.records = recordsOfAll;
            try {
                addState(text, before, VertexText.values(lane));
                addTally(text, added);
                addSpeech(text, lane, phase, form, sends);
                addRecords(text, emitted);
                addChanges(text, view.changes, changes);
                add(text, "halts", view.haltedForGood ? "for good" : view.halted ? "until a message comes" : "");
            } catch (Throwable t) {
                // It is the program's values that cannot be shown; the program itself has done its work.
                text.append("\n    (the rest cannot be shown: ").append(Thrown.line(t)).append(')');
            }
            synchronized (this) {
                texts.put(view.id(), text.toString());
            }
        }
    }

    private Lane laneOf(Vertex v) {
        for (Lane lane : lanes) {
            if (lane.hasCursor(v)) {
                return lane;
            }
        }
        throw new AssertionError("a cursor of no lane: " + v);
    }

    private static String padded(String label) {
        return label + " ".repeat(12 - label.length());
    }

    private static void add(StringBuilder text, String label, String what) {
        if (!what.isEmpty()) {
            text.append("\n    ").append(padded(label)).append(what);
        }
    }

    /** What the vertex can read besides its messages and columns. */
    private void addSurroundings(StringBuilder text, Vertex v, VertexView view) {
        add(text, "graph", counted(v.vertexCount(), "vertex", "vertices") + ", " + counted(v.edgeCount(), "edge", "edges") + "; "
            + ValueTexts.grouped(v.outDegree()) + " out of this one, " + ValueTexts.grouped(v.inDegree()) + " into it");
        for (Edges handle : declared.edges()) {
            addEdges(text, v.edges(handle), handle.direction());
        }
        add(text, "aggregates", values(declared.aggregators().stream().map(Aggregator::name).toList(), view.aggregates));
        add(text, "globals", values(declared.globals().stream().map(Global::name).toList(), view.globals));
    }

    private static String counted(long count, String one, String more) {
        return ValueTexts.grouped(count) + " " + (count == 1 ? one : more);
    }

    private static void addEdges(StringBuilder text, EdgeCursor edges, Direction direction) {
        var shown = new ArrayList<String>();
        while (shown.size() < ValueTexts.MOST_ITEMS && edges.next()) {
            shown.add(edges.neighbour() + (edges.weight() == 1 ? "" : " of weight " + edges.weight()));
        }
        add(text, direction == Direction.OUT ? "edges to" : "edges from", ValueTexts.listed(shown, edges.size()));
    }

    private static String values(List<String> names, Values values) {
        List<Object> boxed = values.boxed();
        return IntStream.range(0, names.size()).mapToObj(i -> names.get(i) + " = " + ValueTexts.object(boxed.get(i)))
            .collect(Collectors.joining(", "));
    }

    private void addState(StringBuilder text, List<String> before, List<String> after) {
        var changed = new ArrayList<String>();
        for (int i = 0; i < after.size(); i++) {
            if (!after.get(i).equals(before.get(i))) {
                changed.add(declared.columns().get(i).name() + " = " + after.get(i) + " (was " + before.get(i) + ")");
            }
        }
        add(text, "becomes", String.join(", ", changed));
    }

    private void addTally(StringBuilder text, Tally added) {
        if (declared.aggregators().stream().allMatch(aggregator -> added.isEmpty(aggregator.index()))) {
            return;
        }
        var values = Values.ofAggregators(declared);
        added.read(values);
        List<Object> boxed = values.boxed();
        var items = new ArrayList<String>();
        for (int i = 0; i < boxed.size(); i++) {
            if (!added.isEmpty(i)) {
                items.add(declared.aggregators().get(i).name() + " = " + ValueTexts.object(boxed.get(i)));
            }
        }
        add(text, "adds", String.join(", ", items));
    }

    private static void appendTo(RecordList[] all, RecordList[] emitted) {
        for (int output = 0; output < all.length; output++) {
            for (RecordList.Run run : emitted[output].runs()) {
                for (Object[] values : run.records()) {
                    all[output].add(run.superstep(), values);
                }
            }
        }
    }

    private void addRecords(StringBuilder text, RecordList[] emitted) {
        for (int output = 0; output < emitted.length; output++) {
            var shown = new ArrayList<String>();
            int count = 0;
            for (RecordList.Run run : emitted[output].runs()) {
                count += run.count();
                for (Object[] values : run.records()) {
                    if (shown.size() < ValueTexts.MOST_ITEMS) {
                        shown.add("(" + Arrays.stream(values).map(ValueTexts::object).collect(Collectors.joining(", ")) + ")");
                    }
                }
            }
            add(text, "emits", shown.isEmpty() ? "" : declared.recordOutputs().get(output).name() + " " + ValueTexts.listed(shown, count));
        }
    }

    private static void addSpeech(StringBuilder text, Lane lane, Phase phase, MessageForm form, int sendsBefore) {
        VertexView view = lane.view;
        if (view.spoke) {
            var said = new MessageArray(form.width(), 1);
            switch (form.kind()) {
                case DOUBLE -> said.words[0] = DoubleBits.of(view.saidDouble);
                case LONG -> said.words[0] = view.saidLong;
                case OBJECT -> said.objects[0] = view.saidObject;
                case DOUBLE_VECTOR, LONG_VECTOR -> said.words = view.saidWords;
            }
            int hearers = lane.partition.fanOutDegree(phase.direction(), view.index);
            add(text, "broadcasts", ValueTexts.message(form.kind(), said, 0) + " to " + hearers + (hearers == 1 ? " neighbour"
                : " neighbours"));
        }
        SendList sends = view.sends;
        var shown = new ArrayList<String>();
        for (int i = sendsBefore; i < sends.size && shown.size() < ValueTexts.MOST_ITEMS; i++) {
            shown.add(ValueTexts.message(form.kind(), sends.messages, i) + " to " + sends.targets[i]);
        }
        add(text, "sends", ValueTexts.listed(shown, sends.size - sendsBefore));
    }

    private static void addChanges(StringBuilder text, ChangeList changes, int before) {
        var shown = new ArrayList<String>();
        int end = changes == null ? before : changes.size;
        for (int i = before; i < end && shown.size() < ValueTexts.MOST_ITEMS; i++) {
            shown.add(changes.text(i));
        }
        add(text, "asks for", ValueTexts.listed(shown, end - before));
    }

    /** What has been taken down since this was asked last, if anything. */
    synchronized Optional<ToMaster.Traced> taken(int worker) {
        if (texts.isEmpty()) {
            return Optional.empty();
        }
        var traced = new ToMaster.Traced(worker, texts.keySet().stream().mapToLong(id -> id).toArray(), List.copyOf(texts.values()));
        texts.clear();
        return Optional.of(traced);
    }
}
