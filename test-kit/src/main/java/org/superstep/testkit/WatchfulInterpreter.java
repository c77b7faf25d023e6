package org.superstep.testkit;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.superstep.graph.Aggregator;
import org.superstep.graph.Codec;
import org.superstep.graph.Column;
import org.superstep.graph.CustomAggregator;
import org.superstep.graph.Global;
import org.superstep.graph.LongPhase;
import org.superstep.graph.LongVectorPhase;
import org.superstep.graph.ObjectColumn;
import org.superstep.graph.ObjectPhase;
import org.superstep.graph.Phase;
import org.superstep.graph.Program;
import org.superstep.graph.VertexConflict;
import org.superstep.graph.internal.Form;
import org.superstep.graph.internal.MessageArray;
import org.superstep.graph.internal.RoundTrip;
import org.superstep.graph.internal.Tally;
import org.superstep.graph.internal.Values;
import org.superstep.testkit.Finding.Rule;

/**
 * Watches a program while it computes: that nobody changes what was said, added or set, that codecs read what they write, and that along
 * and resolve are pure. Collects values on which the laws of combiners and aggregations can be tried.
 */
final class WatchfulInterpreter extends Interpreter {
    /** An object as it was when it was handed over. */
    private record Kept(Object object, Codec<?> codec, byte[] bytes, long sender) {
        boolean isChanged() {
            return !Arrays.equals(bytes, ColumnValue.bytes(codec, object));
        }

        /** What it was, and what it is. */
        String change() {
            return "from " + shown(new RoundTrip(codec).read(bytes)) + " to " + shown(object);
        }
    }

    /** What was added to a custom aggregator. */
    private record Added(CustomAggregator<?> aggregator, Object value, long[] words, long vertex) {
    }

    private final Program program;
    private final Program other;
    private final String graph;
    private final Samples samples;
    private final Consumer<Finding> findings;
    /** All that has been said and is in flight or heard now, by the objects themselves. */
    private Map<Object, Kept> said = new IdentityHashMap<>();
    private Map<Object, Kept> saidBefore = new IdentityHashMap<>();
    private final List<Kept> saidByVertex = new ArrayList<>();
    /** What columns of objects hold, by vertex, for each of them. */
    private final Map<ObjectColumn<?>, Map<Long, Kept>> values = new LinkedHashMap<>();
    private final List<CustomAggregator<?>> customAggregators = new ArrayList<>();
    private final List<Added> added = new ArrayList<>();
    private Tally shared;
    private long[][] shown;
    private int watched = -1;

    /**
     * Values that have occurred, up to a bound, on all graphs.
     *
     * @param messages raw bits or objects that arrived, by the number of the phase that spoke
     * @param added values that were added, by the number of the aggregator
     */
    record Samples(Map<Integer, Map<Object, Object>> messages, Map<Integer, Map<Object, Object>> added) {
        private static final int MOST = 24;
        private static final int MOST_OF_ONE_GRAPH = 8;

        Samples() {
            this(new HashMap<>(), new HashMap<>());
        }

        private static void add(Map<Integer, Map<Object, Object>> to, int number, Object key, Object value, int before) {
            var values = to.computeIfAbsent(number, any -> new LinkedHashMap<>());
            if (values.size() < Math.min(MOST, before + MOST_OF_ONE_GRAPH)) {
                values.putIfAbsent(key, value);
            }
        }

        private static Map<Integer, Integer> sizes(Map<Integer, Map<Object, Object>> of) {
            var sizes = new HashMap<Integer, Integer>();
            of.forEach((number, values) -> sizes.put(number, values.size()));
            return sizes;
        }
    }

    private final Map<Integer, Integer> messagesBefore;
    private final Map<Integer, Integer> addedBefore;

    /** One instance computes; the other, which never does, must agree with it in what is a pure function. */
    WatchfulInterpreter(Program program, Supplier<? extends Program> programs, TestGraph graph, long seed, Samples samples,
            Consumer<Finding> findings) {
        super(() -> program, graph, seed, Manner.PLAIN);
        this.program = program;
        other = programs.get();
        this.graph = graph.toString();
        this.samples = samples;
        this.findings = findings;
        messagesBefore = Samples.sizes(samples.messages);
        addedBefore = Samples.sizes(samples.added);
        for (Column column : program.declarations().columns()) {
            if (column instanceof ObjectColumn<?> objects) {
                values.put(objects, new HashMap<>());
            }
        }
        for (Aggregator aggregator : program.declarations().aggregators()) {
            if (aggregator instanceof CustomAggregator<?> custom) {
                customAggregators.add(custom);
            }
        }
    }

    private static String shown(Object value) {
        return FieldState.abridged(value == null || value.getClass().isArray() ? ColumnValue.text(value) : FieldState.words(value));
    }

    private void find(Rule rule, String what) {
        findings.accept(new Finding(rule, graph, OptionalLong.of(view.id()), OptionalInt.of(view.superstep), what));
    }

    @Override RoundTrip roundTrip(Codec<?> codec) {
        return new RoundTrip(new HandedOver(codec));
    }

    /** Takes an object's bytes at the moment when it is said, and gives back the object itself. */
    private final class HandedOver implements Codec<Object> {
        private final Codec<?> codec;
        private Object object;

        HandedOver(Codec<?> codec) {
            this.codec = codec;
        }

        @Override public void write(Object value, DataOutput out) {
            object = value;
            var kept = new Kept(value, codec, checked(codec, value, "messages"), view.id());
            Kept before = said.get(value);
            if (before != null && before.isChanged()) {
                find(Rule.MESSAGE, "the vertex changes a message that vertex " + before.sender + " has said in this superstep, "
                    + before.change());
            }
            said.put(value, kept);
            saidByVertex.add(kept);
        }

        @Override public Object read(DataInput in) throws IOException {
            return object;
        }
    }

    /** The bytes of an object, which must be read back as what it is. */
    private byte[] checked(Codec<?> codec, Object value, String of) {
        byte[] bytes = ColumnValue.bytes(codec, value);
        try {
            Object read = new RoundTrip(codec).read(bytes);
            if (!FieldState.words(value).equals(FieldState.words(read))) {
                find(Rule.CODEC, "the codec of " + of + " writes " + shown(value) + " and reads " + shown(read));
            } else if (!Arrays.equals(bytes, ColumnValue.bytes(codec, value))) {
                find(Rule.CODEC, "the codec of " + of + " writes " + shown(value) + " twice and gives other bytes");
            }
        } catch (RuntimeException e) {
            find(Rule.CODEC, "the codec of " + of + " fails on " + shown(value) + ": " + e.getMessage());
        }
        return bytes;
    }

    @Override void beforeCompute(Phase phase, List<Said> heard) {
        if (watched != view.superstep) {
            beginSuperstep();
        }
        for (Said message : heard) {
            Kept kept = kept(message);
            if (kept != null && kept.isChanged()) {
                find(Rule.MESSAGE, "what vertex " + message.sender() + " has said to the vertex was changed before it was heard, "
                    + kept.change());
                saidBefore.remove(kept.object);
            }
        }
        values.forEach((column, kept) -> {
            Object value = value(column);
            Kept before = kept.get(view.id());
            if (before != null && before.object == value && before.isChanged()) {
                find(Rule.VALUE, "its object in column " + column.name() + " was changed while another vertex computed, "
                    + before.change());
            }
            kept.put(view.id(), new Kept(value, column.codec(), ColumnValue.bytes(column.codec(), value), view.id()));
        });
        if (!customAggregators.isEmpty()) {
            shared = view.tally;
            view.tally = new Tally(program.declarations().aggregators());
        }
    }

    /** What was kept of a message that is an object; null where nothing was, or it is none. */
    private Kept kept(Said message) {
        return message.content().width > 0 ? null : saidBefore.get(message.content().objects[0]);
    }

    private void beginSuperstep() {
        watched = view.superstep;
        saidBefore = said;
        said = new IdentityHashMap<>();
        added.clear();
        checkForms();
        shown = packed();
    }

    private long[][] packed() {
        try {
            return new long[][] {view.aggregates.packed(), view.globals.packed()};
        } catch (RuntimeException e) {
            find(Rule.CODEC, e.getMessage());
            return null;
        }
    }

    /** Objects in aggregators and globals, as they will go to workers. */
    private void checkForms() {
        for (Aggregator aggregator : program.declarations().aggregators()) {
            checkForm(aggregator.form(), view.aggregates.objects[aggregator.index()], "aggregator " + aggregator.name());
        }
        for (Global global : program.declarations().globals()) {
            checkForm(global.form(), view.globals.objects[global.index()], "global " + global.name());
        }
    }

    @SuppressWarnings("unchecked")
    private <T> void checkForm(Form<T> form, Object value, String of) {
        if (!form.isOneWord()) {
            try {
                Object read = form.value(form.words((T) value));
                if (!FieldState.words(value).equals(FieldState.words(read))) {
                    find(Rule.CODEC, "the codec of " + of + " writes " + shown(value) + " and reads " + shown(read));
                }
            } catch (RuntimeException e) {
                find(Rule.CODEC, e.getMessage());
            }
        }
    }

    @Override void afterCompute(Phase phase, List<Said> heard) {
        for (Kept kept : saidByVertex) {
            if (kept.isChanged()) {
                find(Rule.MESSAGE, "the vertex changes a message after it has said it, " + kept.change());
            }
        }
        saidByVertex.clear();
        for (Said message : heard) {
            Kept kept = kept(message);
            if (kept != null && kept.isChanged()) {
                find(Rule.MESSAGE, "the vertex changes a message that it has heard from vertex " + message.sender() + ", " + kept.change());
                saidBefore.remove(kept.object);
            }
        }
        values.forEach((column, kept) -> {
            Kept before = kept.get(view.id());
            Object value = value(column);
            if (before.object == value && before.isChanged()) {
                find(Rule.VALUE, "the vertex changes the object in its column " + column.name() + ", " + before.change());
            }
            kept.put(view.id(), new Kept(value, column.codec(), checked(column.codec(), value, "column " + column.name()), view.id()));
        });
        if (shown != null && !Arrays.deepEquals(shown, packed())) {
            find(Rule.VALUE, "the vertex changes an object that it has read from an aggregator or a global");
            shown = packed();
        }
        if (!customAggregators.isEmpty()) {
            keepAdded();
            shared.merge(view.tally);
            view.tally = shared;
        }
    }

    private Object value(ObjectColumn<?> column) {
        return view.objects[column.index()][view.index];
    }

    private void keepAdded() {
        for (Added before : added) {
            if (!Arrays.equals(before.words, words(before.aggregator.form(), before.value))) {
                find(Rule.MESSAGE, "a value that vertex " + before.vertex + " has added to aggregator " + before.aggregator.name()
                    + " was changed to " + shown(before.value));
            }
        }
        long[][] states = view.tally.states();
        var values = Values.ofAggregators(program.declarations());
        view.tally.read(values);
        for (CustomAggregator<?> aggregator : customAggregators) {
            long[] words = states[aggregator.index()];
            if (words != null) {
                Object value = values.objects[aggregator.index()];
                if (added.size() < Samples.MOST) {
                    added.add(new Added(aggregator, value, words, view.id()));
                }
                Samples.add(samples.added, aggregator.index(), ByteBuffer.wrap(ColumnValue.bytes(aggregator.aggregation().codec(), value)),
                    aggregator.form().value(words), addedBefore.getOrDefault(aggregator.index(), 0));
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> long[] words(Form<T> form, Object value) {
        return form.words((T) value);
    }

    @Override MessageArray along(Phase phase, double weight) {
        MessageArray arrived = super.along(phase, weight);
        int number = program.declarations().indexOf(phase);
        Phase otherPhase = other.declarations().phases().get(number);
        if (phase instanceof ObjectPhase<?> objects) {
            Codec<?> codec = objects.codec();
            Object object = arrived.objects[0];
            var kept = new Kept(object, codec, ColumnValue.bytes(codec, object), view.id());
            byte[] again = ColumnValue.bytes(codec, super.along(phase, weight).objects[0]);
            byte[] elsewhere = ColumnValue.bytes(codec, super.along(otherPhase, weight).objects[0]);
            if (!Arrays.equals(kept.bytes, again) || !Arrays.equals(kept.bytes, elsewhere)) {
                find(Rule.PURE, "along makes " + shown(object) + " of a message over weight " + weight + " once, and "
                    + shown(new RoundTrip(codec).read(Arrays.equals(kept.bytes, again) ? elsewhere : again)) + " the next time");
            }
            if (said.containsKey(view.saidObject) && said.get(view.saidObject).isChanged()) {
                find(Rule.MESSAGE, "along changes the message that it is given, " + said.get(view.saidObject).change());
            }
            said.putIfAbsent(object, kept);
            Samples.add(samples.messages, number, ByteBuffer.wrap(kept.bytes), new RoundTrip(codec).read(kept.bytes),
                messagesBefore.getOrDefault(number, 0));
        } else {
            long[] again = super.along(phase, weight).words;
            long[] elsewhere = super.along(otherPhase, weight).words;
            if (!Arrays.equals(arrived.words, again) || !Arrays.equals(arrived.words, elsewhere)) {
                boolean isDouble = !messageIsLong(phase);
                find(Rule.PURE, "along makes " + shownWords(arrived.words, isDouble) + " of a message over weight " + weight + " once, and "
                    + shownWords(Arrays.equals(arrived.words, again) ? elsewhere : again, isDouble) + " the next time");
            }
            sample(number, arrived.words);
        }
        return arrived;
    }

    private static boolean messageIsLong(Phase phase) {
        return phase instanceof LongPhase || phase instanceof LongVectorPhase;
    }

    private static String shownWords(long[] words, boolean isDouble) {
        return isDouble ? Arrays.toString(Arrays.stream(words).mapToDouble(Double::longBitsToDouble).toArray()) : Arrays.toString(words);
    }

    private void sample(int phase, long[] words) {
        for (long word : words) {
            Samples.add(samples.messages, phase, word, word, messagesBefore.getOrDefault(phase, 0));
        }
    }

    @Override void sent(int phase, MessageArray message) {
        if (message.width > 0) {
            sample(phase, message.words);
        } else {
            Kept kept = said.get(message.objects[0]);
            if (kept != null) {
                Samples.add(samples.messages, phase, ByteBuffer.wrap(kept.bytes), new RoundTrip(kept.codec).read(kept.bytes),
                    messagesBefore.getOrDefault(phase, 0));
            }
        }
    }

    @Override boolean resolve(VertexConflict conflict) {
        boolean exists = super.resolve(conflict);
        if (super.resolve(conflict) != exists || other.resolve(conflict) != exists) {
            findings.accept(new Finding(Rule.PURE, graph, OptionalLong.of(conflict.vertexId()), OptionalInt.of(view.superstep),
                "resolve answers " + exists + " to " + conflict + " once, and " + !exists + " the next time"));
        }
        return exists;
    }
}
