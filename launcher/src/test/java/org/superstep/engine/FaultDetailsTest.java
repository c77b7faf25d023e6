package org.superstep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.Graph;
import org.superstep.JobException;
import org.superstep.Superstep;
import org.superstep.graph.Aggregation;
import org.superstep.graph.Codec;
import org.superstep.graph.Codecs;
import org.superstep.graph.CustomAggregator;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.DoubleCombiner;
import org.superstep.graph.DoubleMessages;
import org.superstep.graph.DoubleProgram;
import org.superstep.graph.DoubleVectorColumn;
import org.superstep.graph.DoubleVectorMessages;
import org.superstep.graph.DoubleVectorProgram;
import org.superstep.graph.DoubleVectorVertex;
import org.superstep.graph.DoubleVertex;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongPhase;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVectorMessages;
import org.superstep.graph.LongVectorProgram;
import org.superstep.graph.LongVectorVertex;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Master;
import org.superstep.graph.ObjectColumn;
import org.superstep.graph.ObjectMessages;
import org.superstep.graph.ObjectProgram;
import org.superstep.graph.ObjectVertex;
import org.superstep.graph.Phase;
import org.superstep.graph.PhasedProgram;
import org.superstep.graph.Program;
import org.superstep.graph.Scratch;
import org.superstep.graph.VertexConflict;
import org.superstep.graph.Weights;
import org.superstep.net.Delivery;

/** What the author of a program that fails is told besides the one line: state, messages, and the program's own part of the stack. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FaultDetailsTest {
    private static final Graph STAR = Graph.of(new long[] {2, 3, 4, 5}, new long[] {1, 1, 1, 1}, new double[] {0.5, 1, 2, 300});

    static Stream<Shape> shapes() {
        return FailureTest.shapes();
    }

    private static JobException failure(Program program, Graph graph, Shape shape) {
        var failure = catchThrowableOfType(JobException.class, () -> Superstep.run(program, graph,
            shape.options().withMaxSupersteps(20)));
        assertThat(failure).as("failure of %s", program.name()).isNotNull();
        assertThat(failure.getMessage()).doesNotContain("\n").isNotBlank();
        assertThat(failure.details()).noneMatch(line -> line.contains("\n") || line.contains("at org.superstep.worker.")
            || line.contains("at org.superstep.master.") || line.contains("junit"));
        return failure;
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void stateAndCombinedValueAreThoseOfTheMoment(Shape shape) {
        var failure = failure(new DividesByZero(), STAR, shape);
        assertThat(failure).hasMessage("divides-by-zero failed at vertex 1 in superstep 1: java.lang.ArithmeticException: / by zero");
        assertThat(failure.details().subList(0, 3)).containsExactly("state     sum = 14.0, place = [0.5, 0.0], note = \"half way\"",
            "messages  14.0, combined", "java.lang.ArithmeticException: / by zero");
        assertThat(failure.details().subList(3, failure.details().size())).hasSize(2)
            .allMatch(line -> line.startsWith("    at ") && line.contains("FaultDetailsTest.java:"));
        assertThat(failure.details().get(3)).contains("DividesByZero.divided(");
        assertThat(failure.details().get(4)).contains("DividesByZero.compute(");
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void messagesStandOneByOneWithTheirSenders(Shape shape) {
        var failure = failure(new Words(), STAR, shape);
        assertThat(failure.details()).contains("messages  \"word 2\" from 2, \"word 3\" from 3, \"word 4\" from 4, \"word 5\" from 5");
        long[] many = IntStream.rangeClosed(2, 1247).mapToLong(i -> i).toArray();
        long[] one = IntStream.rangeClosed(2, 1247).mapToLong(i -> 1).toArray();
        assertThat(failure(new Words(), Graph.of(many, one), shape).details()).anyMatch(line ->
            line.startsWith("messages  \"word 2\" from 2, ") && line.endsWith(", \"word 13\" from 13 and 1,234 more"));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void severalPhasesAreNamed(Shape shape) {
        assertThat(failure(new TwoPhases(), STAR, shape)).hasMessageContaining("failed at vertex 1 in superstep 1, phase \"second\": ");
        assertThat(failure(new TwoPhases(), STAR, shape).details()).contains("messages  5, combined");
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void alongIsToldWithTheMessageAndItsEdge(Shape shape) {
        var failure = failure(new Breaks(Breaks.Where.ALONG), STAR, shape);
        assertThat(failure).hasMessage("breaks failed in along, as vertex 1 hears vertex 4 in superstep 1:"
            + " java.lang.UnsupportedOperationException: along breaks");
        assertThat(failure.details()).hasSize(3).startsWith("message   4.0, over an edge of weight 2.0",
            "java.lang.UnsupportedOperationException: along breaks");
        assertThat(failure.details().get(2)).contains("Breaks.along(");
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void theCombinerIsToldWithTheMessageAndWhatCameBefore(Shape shape) {
        for (boolean sends : new boolean[] {false, true}) {
            var failure = failure(new Breaks(sends ? Breaks.Where.COMBINING_SENDS : Breaks.Where.COMBINER), STAR, shape);
            assertThat(failure).hasMessageContaining("failed in its combiner, as vertex 1 hears vertex 4 in superstep 1: ");
            assertThat(failure.details()).startsWith("message   4.0; before it 5.0, combined");
        }
    }

    /** One worker: whatever threads, partitions and delivery, of all that fail the vertex with the least id is named. */
    @Test
    void ofSeveralFaultsTheLeastVertexIsNamed() {
        var path = RandomGraphs.path(500).asUndirected().graph();
        for (var shape : List.of(new Shape(1, 1, 1, Delivery.PULL), new Shape(4, 64, 1, Delivery.PUSH), new Shape(3, 16, 1, Delivery.PULL),
            new Shape(8, 1000, 1, Delivery.AUTO), new Shape(2, 0, 1, Delivery.AUTO))) {
            for (int i = 0; i < 5; i++) {
                assertThat(failure(new Choosy(false), path, shape)).as(shape.toString()).hasMessageContaining("at vertex 123 in");
                assertThat(failure(new Choosy(true), path, shape)).as(shape.toString())
                    .hasMessageContaining("as vertex 122 hears vertex 123 ");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aFailureWhileAFailureIsToldDoesNotHideIt(Shape shape) {
        var failure = failure(new Mute(), STAR, shape);
        assertThat(failure.getMessage()).startsWith("mute failed at vertex 1 in superstep 1: a ").contains("Mute$Silent",
            "whose toString() throws java.lang.IllegalStateException");
        assertThat(failure.details().get(0)).startsWith("state     value = a ").contains("Mute$Silent, whose toString() throws");
        assertThat(failure.details()).anyMatch(line -> line.startsWith("caused by java.io.IOException: told with"))
            .contains("        two lines");
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aStackThatOverflowsIsCutShort(Shape shape) {
        var failure = failure(new Bottomless(), STAR, shape);
        assertThat(failure).hasMessageContaining("at vertex 1 in superstep 0: java.lang.StackOverflowError");
        assertThat(failure.details()).hasSizeBetween(10, 20).last().asString().matches("    \\.\\.\\. and \\d+ more");
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void whatFailsBesidesComputeIsToldTooWithItsPartOfTheStack(Shape shape) {
        check(new Breaks(Breaks.Where.HOOK), shape, "in beforeSuperstep before superstep 1: ", "Breaks.beforeSuperstep(");
        check(new Breaks(Breaks.Where.SLY_HOOK), shape, "in beforeSuperstep before superstep 1: java.io.IOException: sly",
            "Breaks.beforeSuperstep(");
        check(new Breaks(Breaks.Where.IDENTITY), shape, "in aggregator \"texts\" before superstep 0: ", "Texts.identity(");
        check(new Breaks(Breaks.Where.AGGREGATOR), shape, "in aggregator \"texts\" after superstep 0: ", "write(");
        check(new Breaks(Breaks.Where.SCRATCH), shape, "before its first superstep, ", "scratch breaks");
        var resolving = check(new Breaks(Breaks.Where.RESOLVE), shape, "in resolve, about vertex ", "Breaks.resolve(");
        assertThat(resolving.details().get(0)).startsWith("asked     VertexConflict[vertexId=").contains("removals=1");
    }

    private static JobException check(Program program, Shape shape, String place, String detail) {
        var failure = failure(program, STAR, shape);
        assertThat(failure).hasMessageContaining(program.name() + " failed " + place);
        assertThat(failure.details()).anyMatch(line -> line.contains(detail));
        return failure;
    }

    @Test
    void aCodecThatReadsLessThanItWritesIsNamedWhereMessagesTravel() {
        for (boolean throwing : new boolean[] {false, true}) {
            var failure = failure(new BadCodec(throwing), RandomGraphs.path(100).graph(), new Shape(2, 7, 2, Delivery.AUTO));
            assertThat(failure.getMessage()).startsWith("bad-codec failed in a codec, while messages were exchanged in superstep 0: ")
                .contains(throwing ? "no such byte" : "wrote 2 bytes and reads 1");
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aMessageIsReadOnlyWhereTheCursorStandsAtOne(Shape shape) {
        for (var misuse : Misuse.values()) {
            misusing(misuse).forEach(program -> assertThat(failure(program, STAR, shape).getMessage()).as("%s, %s", program.name(), misuse)
                .contains("at vertex " + (misuse == Misuse.WHERE_THERE_ARE_NONE ? 2 : 1),
                    "IllegalStateException: the cursor over messages stands at none: call next() first"));
        }
    }

    /** Fails at 1 in superstep 1, having set what it has by then. */
    public static final class DividesByZero extends DoubleProgram {
        private final DoubleColumn sum = doubleColumn("sum", 0);
        private final DoubleVectorColumn place = doubleVectorColumn("place", 2, 0);
        private final ObjectColumn<String> note = objectColumn("note", Codecs.STRING, "").hidden();

        @Override public DoubleCombiner combiner() {
            return DoubleCombiner.SUM;
        }

        @Override public void compute(DoubleVertex v, DoubleMessages in) {
            v.set(sum, in.combined());
            v.set(place, 0, 0.5);
            v.set(note, "half\tway");
            v.broadcast(v.id());
            if (v.superstep() == 1) {
                v.set(place, 1, divided(v));
            }
        }

        private static int divided(DoubleVertex v) {
            return 1 / v.outDegree();
        }
    }

    /** Fails at 1 in superstep 1, without having looked at what was said. */
    public static final class Words extends ObjectProgram<String> {
        private final LongColumn column = longColumn("column", 0);

        @Override public Codec<String> codec() {
            return Codecs.STRING;
        }

        @Override public void compute(ObjectVertex<String> v, ObjectMessages<String> in) {
            v.broadcast("word " + v.id());
            if (v.superstep() == 1 && v.id() == 1) {
                throw new AssertionError(v.get(column));
            }
        }
    }

    /** What is said in the first phase fails 1 in the second. */
    public static final class TwoPhases extends PhasedProgram {
        private final LongColumn column = longColumn("column", 0);
        private final Phase first = phase("first", new Speaking());
        private final Phase second = phase("second", new Failing());

        @Override public void beforeSuperstep(Master m) {
            m.startPhase(m.superstep() == 0 ? first : second);
        }

        private static final class Speaking implements LongPhase {
            @Override public LongCombiner combiner() {
                return LongCombiner.MAX;
            }

            @Override public void compute(LongVertex v, LongMessages in) {
                v.broadcast(v.id());
            }
        }

        private final class Failing implements LongPhase {
            @Override public LongCombiner combiner() {
                return LongCombiner.NONE;
            }

            @Override public void compute(LongVertex v, LongMessages in) {
                v.set(column, 1 / v.outDegree());
            }
        }
    }

    /** Fails wherever else it can. */
    public static final class Breaks extends DoubleProgram {
        private enum Where { ALONG, COMBINER, COMBINING_SENDS, HOOK, SLY_HOOK, IDENTITY, AGGREGATOR, SCRATCH, RESOLVE }

        private final DoubleColumn column = doubleColumn("column", 0);
        private final CustomAggregator<String> texts = customAggregator("texts", new Texts());
        private final Scratch<Object> scratch = scratch(this::newScratch);
        private final Where where;

        Breaks(Where where) {
            this.where = where;
        }

        @Override public Weights weights() {
            return Weights.OPTIONAL;
        }

        @Override public boolean changesGraph() {
            return where == Where.RESOLVE;
        }

        private Object newScratch() {
            if (where == Where.SCRATCH) {
                throw new UnsupportedOperationException("scratch breaks");
            }
            return "scratch";
        }

        @Override public DoubleCombiner combiner() {
            return where == Where.COMBINER || where == Where.COMBINING_SENDS ? breaking : DoubleCombiner.SUM;
        }

        private final DoubleCombiner breaking = new DoubleCombiner() {
            @Override public double identity() {
                return 0;
            }

            @Override public double combine(double left, double right) {
                if (right == 4) {
                    throw new UnsupportedOperationException("the combiner breaks");
                }
                return left + right;
            }
        };

        @Override public double along(double message, double weight) {
            if (where == Where.ALONG && weight == 2) {
                throw new UnsupportedOperationException("along breaks");
            }
            return message;
        }

        @Override public void compute(DoubleVertex v, DoubleMessages in) {
            v.set(column, in.combined() + v.scratch(scratch).hashCode());
            if (where == Where.COMBINING_SENDS && v.id() > 1) {
                v.send(1, v.id());
            } else {
                v.broadcast(v.id());
            }
            if (where == Where.RESOLVE) {
                v.removeVertex(v.id());
            }
            v.add(texts, "text");
        }

        @Override public boolean resolve(VertexConflict conflict) {
            throw new UnsupportedOperationException("resolve breaks");
        }

        @Override public void beforeSuperstep(Master m) {
            if (where == Where.HOOK && m.superstep() == 1) {
                throw new UnsupportedOperationException("the hook breaks");
            } else if (where == Where.SLY_HOOK && m.superstep() == 1) {
                throw Breaks.<RuntimeException>sly(new IOException("sly"));
            }
        }

        @SuppressWarnings("unchecked")
        private static <T extends Throwable> T sly(Throwable thrown) throws T {
            throw (T) thrown;
        }

        private final class Texts implements Aggregation<String> {
            @Override public String identity() {
                if (where == Where.IDENTITY) {
                    throw new UnsupportedOperationException("the identity breaks");
                }
                return "";
            }

            @Override public String merge(String left, String right) {
                return left;
            }

            @Override public Codec<String> codec() {
                return new Codec<>() {
                    @Override public void write(String text, DataOutput out) throws IOException {
                        if (where == Where.AGGREGATOR && !text.isEmpty()) {
                            throw new UnsupportedOperationException("no text");
                        }
                        Codecs.STRING.write(text, out);
                    }

                    @Override public String read(DataInput in) throws IOException {
                        return Codecs.STRING.read(in);
                    }
                };
            }
        }
    }

    /** Throws at many vertices, or at what they say. */
    public static final class Choosy extends LongProgram {
        private final LongColumn column = longColumn("column", 0);
        private final boolean inAlong;

        Choosy(boolean inAlong) {
            this.inAlong = inAlong;
        }

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public long along(long message, double weight) {
            if (inAlong && message % 123 == 0 && message > 0) {
                throw new UnsupportedOperationException("said by " + message);
            }
            return message;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            v.set(column, in.combined());
            v.broadcast(v.id());
            if (!inAlong && v.superstep() == 1 && v.id() % 123 == 0 && v.id() > 0) {
                throw new UnsupportedOperationException("at " + v.id());
            }
        }
    }

    /** Nothing of it can be told. */
    public static final class Mute extends LongProgram {
        private static final class Silent extends RuntimeException {
            private static final long serialVersionUID = 1L;

            Silent(Throwable cause) {
                super(cause);
            }

            @Override public String toString() {
                throw new IllegalStateException("no text");
            }
        }

        private final ObjectColumn<Object> value = objectColumn("value", new Codec<>() {
            @Override public void write(Object value, DataOutput out) {
                // Nobody asks for it.
            }

            @Override public Object read(DataInput in) {
                return "";
            }
        }, "");

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            v.broadcast(1);
            if (v.superstep() == 1) {
                v.set(value, new Silent(null));
                throw new Silent(new IOException("told with\n    two lines"));
            }
        }
    }

    /** Never comes back. */
    public static final class Bottomless extends LongProgram {
        private final LongColumn column = longColumn("column", 0);

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            v.set(column, v.id() == 1 ? depth(1) : 0);
        }

        private static long depth(long above) {
            return depth(above + 1) + 1;
        }
    }

    /** Writes two bytes, and reads one or refuses. */
    private static final class HalfCodec implements Codec<String> {
        private final boolean refuses;

        HalfCodec(boolean refuses) {
            this.refuses = refuses;
        }

        @Override public void write(String text, DataOutput out) throws IOException {
            if (refuses) {
                throw new UnsupportedOperationException("no such byte");
            }
            out.writeShort(text.length());
        }

        @Override public String read(DataInput in) throws IOException {
            return "x".repeat(in.readByte());
        }
    }

    /** Says what its codec does not understand. */
    public static final class BadCodec extends ObjectProgram<String> {
        private final LongColumn column = longColumn("column", 0);
        private final boolean refuses;

        BadCodec(boolean refuses) {
            this.refuses = refuses;
        }

        @Override public Codec<String> codec() {
            return new HalfCodec(refuses);
        }

        @Override public void compute(ObjectVertex<String> v, ObjectMessages<String> in) {
            v.set(column, 1);
            v.broadcast("ten");
            v.halt();
        }
    }

    /** How a cursor over messages is misused, in superstep 1: at 1, who has heard something, or at 2, who has not. */
    private enum Misuse {
        BEFORE_THE_FIRST, AFTER_THE_LAST, WHERE_THERE_ARE_NONE, SENDER_BEFORE_THE_FIRST;

        boolean isDue(long id, int superstep) {
            return superstep == 1 && id == (this == WHERE_THERE_ARE_NONE ? 2 : 1);
        }

        /** Reads as it must not. */
        void read(BooleanSupplier next, Runnable rewind, Runnable value, Runnable sender) {
            while (next.getAsBoolean()) {
                value.run();
                sender.run();
            }
            if (this == BEFORE_THE_FIRST || this == SENDER_BEFORE_THE_FIRST) {
                rewind.run();
            }
            (this == SENDER_BEFORE_THE_FIRST ? sender : value).run();
        }
    }

    static Stream<Program> misusing(Misuse misuse) {
        return Stream.of(new MisusedDoubles(misuse), new MisusedLongs(misuse), new MisusedObjects(misuse),
            new MisusedDoubleVectors(misuse), new MisusedLongVectors(misuse));
    }

    /** Misuses messages of this type. */
    public static final class MisusedDoubles extends DoubleProgram {
        private final LongColumn column = longColumn("column", 0);
        private final Misuse misuse;

        MisusedDoubles(Misuse misuse) {
            this.misuse = misuse;
        }

        @Override public DoubleCombiner combiner() {
            return DoubleCombiner.NONE;
        }

        @Override public void compute(DoubleVertex v, DoubleMessages in) {
            v.set(column, 1);
            v.broadcast(1);
            if (misuse.isDue(v.id(), v.superstep())) {
                misuse.read(in::next, in::rewind, () -> in.value(), in::senderId);
            }
        }
    }

    /** Misuses messages of this type. */
    public static final class MisusedLongs extends LongProgram {
        private final LongColumn column = longColumn("column", 0);
        private final Misuse misuse;

        MisusedLongs(Misuse misuse) {
            this.misuse = misuse;
        }

        @Override public LongCombiner combiner() {
            return LongCombiner.NONE;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            v.set(column, 1);
            v.broadcast(1);
            if (misuse.isDue(v.id(), v.superstep())) {
                misuse.read(in::next, in::rewind, () -> in.value(), in::senderId);
            }
        }
    }

    /** Misuses messages of this type. */
    public static final class MisusedObjects extends ObjectProgram<String> {
        private final LongColumn column = longColumn("column", 0);
        private final Misuse misuse;

        MisusedObjects(Misuse misuse) {
            this.misuse = misuse;
        }

        @Override public Codec<String> codec() {
            return Codecs.STRING;
        }

        @Override public void compute(ObjectVertex<String> v, ObjectMessages<String> in) {
            v.set(column, 1);
            v.broadcast("one");
            if (misuse.isDue(v.id(), v.superstep())) {
                misuse.read(in::next, in::rewind, () -> in.value(), in::senderId);
            }
        }
    }

    /** Misuses messages of this type. */
    public static final class MisusedDoubleVectors extends DoubleVectorProgram {
        private final LongColumn column = longColumn("column", 0);
        private final Misuse misuse;

        MisusedDoubleVectors(Misuse misuse) {
            this.misuse = misuse;
        }

        @Override public int width() {
            return 2;
        }

        @Override public DoubleCombiner combiner() {
            return DoubleCombiner.NONE;
        }

        @Override public void compute(DoubleVectorVertex v, DoubleVectorMessages in) {
            v.set(column, 1);
            v.broadcast(new double[2]);
            if (misuse.isDue(v.id(), v.superstep())) {
                misuse.read(in::next, in::rewind, () -> in.value(1), in::senderId);
            }
        }
    }

    /** Misuses messages of this type. */
    public static final class MisusedLongVectors extends LongVectorProgram {
        private final LongColumn column = longColumn("column", 0);
        private final Misuse misuse;

        MisusedLongVectors(Misuse misuse) {
            this.misuse = misuse;
        }

        @Override public int width() {
            return 2;
        }

        @Override public LongCombiner combiner() {
            return LongCombiner.NONE;
        }

        @Override public void compute(LongVectorVertex v, LongVectorMessages in) {
            v.set(column, 1);
            v.broadcast(new long[2]);
            if (misuse.isDue(v.id(), v.superstep())) {
                misuse.read(in::next, in::rewind, () -> in.value(1), in::senderId);
            }
        }
    }
}
