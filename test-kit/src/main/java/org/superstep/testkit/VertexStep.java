package org.superstep.testkit;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.superstep.graph.Aggregator;
import org.superstep.graph.Codec;
import org.superstep.graph.Column;
import org.superstep.graph.ObjectColumn;
import org.superstep.graph.RecordOutput;
import org.superstep.graph.internal.Declarations;
import org.superstep.graph.internal.MessageArray;
import org.superstep.graph.internal.MessageForm;
import org.superstep.graph.internal.RecordList;
import org.superstep.graph.internal.Values;
import org.superstep.graph.internal.VertexView;
import org.superstep.testkit.TestGraph.Edge;

/**
 * What a {@link LoneVertex} has done when it computed. Each check returns this, or throws an {@link AssertionError} that tells what was
 * expected and what was; numbers are compared by value, objects by {@code equals}, or by their codec's bytes where those are given.
 */
public final class VertexStep {
    private final Declarations declared;
    private final VertexView view;
    private final ChangingGraph graph;
    private final MessageForm form;
    private final List<Sent> sends = new ArrayList<>();

    /**
     * What it has sent to one vertex.
     *
     * @param target who is to hear it
     * @param message a Double or Long, the object, or an array of a vector's elements
     */
    public record Sent(long target, Object message) {
        @Override public String toString() {
            return ColumnValue.text(message) + " to " + target;
        }
    }

    VertexStep(Declarations declared, VertexView view, ChangingGraph graph, MessageForm form) {
        this.declared = declared;
        this.view = view;
        this.graph = graph;
        this.form = form;
        for (int i = 0; i < view.sends.size; i++) {
            var content = new MessageArray(form.width(), 1);
            content.copy(0, view.sends.messages, i);
            sends.add(new Sent(view.sends.targets[i], value(content)));
        }
    }

    private Object value(MessageArray content) {
        return new Said(view.id(), view.id(), false, form.kind(), content).value();
    }

    /** What it holds in a column now. */
    public Object get(String column) {
        return graph.get(graph.column(column), view.index);
    }

    /** What it has broadcast, if it has. */
    public Optional<Object> broadcast() {
        if (!view.spoke) {
            return Optional.empty();
        }
        var content = new MessageArray(form.width(), 1);
        switch (form.kind()) {
            case DOUBLE -> content.words[0] = Double.doubleToLongBits(view.saidDouble);
            case LONG -> content.words[0] = view.saidLong;
            case OBJECT -> content.objects[0] = view.saidObject;
            case DOUBLE_VECTOR, LONG_VECTOR -> content.words = view.saidWords;
        }
        return Optional.of(value(content));
    }

    /** What it has sent, in the order of its calls. */
    public List<Sent> sends() {
        return List.copyOf(sends);
    }

    /** What it has asked to be changed in the graph, in words and in the order of its calls. */
    public List<String> asks() {
        return view.changes == null ? List.of() : IntStream.range(0, view.changes.size).mapToObj(view.changes::text).toList();
    }

    /** What it has emitted to the output with this name, record by record. */
    public List<List<Object>> emits(String output) {
        RecordOutput handle = declared.recordOutputs().stream().filter(each -> each.name().equals(output)).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("the program has no record output \"" + output + "\""));
        var records = new ArrayList<List<Object>>();
        for (RecordList.Run run : view.records[handle.index()].runs()) {
            run.records().forEach(record -> records.add(List.of(record)));
        }
        return records;
    }

    /** It must hold this in a column. */
    public VertexStep assertHolds(String column, Object expected) {
        return assertHolds(column, expected, 0);
    }

    /** The same where a number, or the elements of a vector, may be as far from that. */
    public VertexStep assertHolds(String column, Object expected, double tolerance) {
        Column handle = graph.column(column);
        require("column \"" + column + "\"", expected, get(column), handle instanceof ObjectColumn<?> objects ? objects.codec() : null,
            tolerance);
        return this;
    }

    /** It must have broadcast this. */
    public VertexStep assertBroadcasts(Object expected) {
        return assertBroadcasts(expected, 0);
    }

    /** The same where a number, or the elements of a vector, may be as far from that. */
    public VertexStep assertBroadcasts(Object expected, double tolerance) {
        require("the broadcast", expected, broadcast().orElse(null), form.codec(), tolerance);
        return this;
    }

    /** It must not have broadcast anything. */
    public VertexStep assertBroadcastsNothing() {
        require("the broadcast", null, broadcast().orElse(null), null, 0);
        return this;
    }

    /** It must have sent as many messages. */
    public VertexStep assertSends(int count) {
        require("the number of sends", count, sends.size(), null, 0);
        return this;
    }

    /** The send with this number, from 0, must have been this. */
    public VertexStep assertSent(int number, long target, Object expected) {
        Sent sent = number < sends.size() ? sends.get(number) : null;
        require("the target of send " + number, target, sent == null ? null : sent.target, null, 0);
        require("send " + number, expected, sent.message, form.codec(), 0);
        return this;
    }

    /** What it has added to an aggregator must come to this. */
    public VertexStep assertAdds(String aggregator, Object expected) {
        Aggregator handle = aggregator(aggregator);
        var values = Values.ofAggregators(declared);
        view.tally.read(values);
        Object added = view.tally.isEmpty(handle.index()) ? null : values.boxed().get(handle.index());
        if (added != null && expected instanceof LoneVertex.Coded) {
            added = LoneVertex.coded(handle.form(), added);
        }
        require("what it adds to \"" + aggregator + "\"", expected, added, null, 0);
        return this;
    }

    /** It must not have added anything to an aggregator. */
    public VertexStep assertAddsNothing(String aggregator) {
        require("whether nothing is added to \"" + aggregator + "\"", true, view.tally.isEmpty(aggregator(aggregator).index()), null, 0);
        return this;
    }

    private Aggregator aggregator(String name) {
        return declared.aggregators().stream().filter(each -> each.name().equals(name)).findFirst()
            .orElseThrow(() -> new IllegalArgumentException("the program has no aggregator \"" + name + "\""));
    }

    /** It must have emitted these records, each a list of its values, to the output with this name. */
    public VertexStep assertEmits(String output, List<?>... expected) {
        List<List<Object>> found = emits(output);
        require("the number of records of \"" + output + "\"", expected.length, found.size(), null, 0);
        for (int i = 0; i < expected.length; i++) {
            require("record " + i + " of \"" + output + "\"", expected[i].toArray(), found.get(i).toArray(), null, 0);
        }
        return this;
    }

    /** It must have asked for these changes of the graph, in the words of {@link #asks}. */
    public VertexStep assertAsks(String... expected) {
        require("what it asks for", List.of(expected), asks(), null, 0);
        return this;
    }

    /** Its out-edges must be these, with what they hold, in the order of their targets. */
    public VertexStep assertEdges(Edge... expected) {
        List<Edge> found = graph.edges().stream().filter(edge -> edge.source() == view.id()).toList();
        require("its edges", List.of(expected), found, null, 0);
        return this;
    }

    /** It must sleep until a message comes. */
    public VertexStep assertHalts() {
        return assertState("halts until a message comes");
    }

    /** It must sleep for the rest of the job. */
    public VertexStep assertHaltsForGood() {
        return assertState("halts for good");
    }

    /** It must compute again in the next superstep. */
    public VertexStep assertStaysAwake() {
        return assertState("stays awake");
    }

    private VertexStep assertState(String expected) {
        require("what becomes of it", expected, view.haltedForGood ? "halts for good" : view.halted ? "halts until a message comes"
            : "stays awake", null, 0);
        return this;
    }

    /** Null stands for nothing. */
    private void require(String what, Object expected, Object found, Codec<?> codec, double tolerance) {
        boolean isSame = expected instanceof LoneVertex.Coded coded && found != null && codec != null
            ? coded.base64().equals(Base64.getEncoder().encodeToString(ColumnValue.bytes(codec, found)))
            : expected == null || found == null ? expected == found : ColumnValue.isNear(expected, found, tolerance);
        if (!isSame) {
            throw new AssertionError(what + ", vertex " + view.id() + " in superstep " + view.superstep + ": expected "
                + (expected == null ? "nothing" : ColumnValue.text(expected)) + ", was "
                + (found == null ? "nothing" : ColumnValue.text(found)));
        }
    }
}
