package org.superstep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.Graph;
import org.superstep.JobException;
import org.superstep.JobOptions;
import org.superstep.Superstep;
import org.superstep.algorithms.BreadthFirstSearch;
import org.superstep.algorithms.ConnectedComponents;
import org.superstep.algorithms.PageRank;
import org.superstep.algorithms.ShortestPaths;
import org.superstep.graph.Codec;
import org.superstep.graph.Codecs;
import org.superstep.graph.DoubleCombiner;
import org.superstep.graph.DoubleMessages;
import org.superstep.graph.DoublePhase;
import org.superstep.graph.DoubleVertex;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongPhase;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Master;
import org.superstep.graph.ObjectColumn;
import org.superstep.graph.ObjectMessages;
import org.superstep.graph.ObjectProgram;
import org.superstep.graph.ObjectVertex;
import org.superstep.graph.Phase;
import org.superstep.graph.PhasedProgram;
import org.superstep.graph.Weights;
import org.superstep.graph.io.InputException;
import org.superstep.net.Delivery;

/** How a job fails: at once, in one line that names what and where, with every shape, and without harm to the next job. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FailureTest {
    private static final Sample HUNDRED = RandomGraphs.path(100).asUndirected();

    static Stream<Shape> shapes() {
        return Stream.of(new Shape(1, 1, 1, Delivery.PULL), new Shape(1, 1, 1, Delivery.PUSH), new Shape(3, 16, 1, Delivery.AUTO),
            new Shape(2, 7, 2, Delivery.PUSH), new Shape(4, 64, 3, Delivery.PULL));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aSecondBroadcastIsAnErrorThatNamesVertexAndSuperstep(Shape shape) {
        assertThatThrownBy(() -> run(FaultyProgram.Fault.SECOND_BROADCAST, shape)).isInstanceOf(JobException.class)
            .hasMessageContainingAll("vertex 64", "superstep 2", "broadcast").satisfies(FailureTest::isOneLine);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void anExceptionInComputeNamesProgramVertexAndSuperstep(Shape shape) {
        assertThatThrownBy(() -> run(FaultyProgram.Fault.EXCEPTION_IN_COMPUTE, shape)).isInstanceOf(JobException.class)
            .hasMessageContainingAll("faulty-program", "vertex 64", "superstep 2", "compute breaks")
            .hasRootCauseInstanceOf(UnsupportedOperationException.class).satisfies(FailureTest::isOneLine);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void soDoesAnError(Shape shape) {
        assertThatThrownBy(() -> run(FaultyProgram.Fault.ERROR_IN_COMPUTE, shape)).isInstanceOf(JobException.class)
            .hasMessageContainingAll("vertex 64", "superstep 2").hasRootCauseInstanceOf(StackOverflowError.class);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void whatAlongAndTheCombinerThrowFailsTheJob(Shape shape) {
        assertThatThrownBy(() -> run(FaultyProgram.Fault.EXCEPTION_IN_ALONG, shape)).isInstanceOf(JobException.class)
            .hasMessageContainingAll("faulty-program", "along breaks").hasRootCauseInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> run(FaultyProgram.Fault.EXCEPTION_IN_COMBINER, shape)).isInstanceOf(JobException.class)
            .hasMessageContainingAll("faulty-program", "the combiner breaks").hasRootCauseInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void evenACheckedExceptionThrownOnTheSlyEndsTheJob(Shape shape) {
        assertThatThrownBy(() -> Superstep.run(new ThrowsOnTheSly(), HUNDRED.graph(), shape.options())).isInstanceOf(JobException.class)
            .hasMessageContainingAll("throws-on-the-sly", "superstep 1").hasRootCauseInstanceOf(IOException.class);
    }

    /** Vertex 64 asks for an edge that is lighter than its program accepts. */
    public static final class TooLight extends LongProgram {
        private final LongColumn nothing = longColumn("nothing", 0);

        @Override public Weights weights() {
            return Weights.OPTIONAL.atLeast(0);
        }

        @Override public boolean changesGraph() {
            return true;
        }

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            v.addEdge(v.id() + 1, v.superstep() == 1 && v.id() == 64 ? -0.5 : v.get(nothing));
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void anEdgeLighterThanTheProgramAcceptsIsRefusedWhereItIsAskedFor(Shape shape) {
        assertThatThrownBy(() -> Superstep.run(new TooLight(), HUNDRED.graph(), shape.options())).isInstanceOf(JobException.class)
            .hasMessageContainingAll("vertex 64", "superstep 1", "an edge's weight must be at least 0.0, as weights() says, was -0.5")
            .satisfies(FailureTest::isOneLine);
    }

    /** Says texts by way of a codec that loses what stands behind the first letter, to its neighbours or to one of them. */
    public static final class Forgetful extends ObjectProgram<String> {
        private static final Codec<String> FIRST_LETTER = new Codec<>() {
            @Override public void write(String value, DataOutput out) throws IOException {
                Codecs.STRING.write(value, out);
            }

            @Override public String read(DataInput in) throws IOException {
                in.readInt();
                return String.valueOf((char) in.readByte());
            }
        };
        private final ObjectColumn<String> heard = objectColumn("heard", Codecs.STRING, "");
        private final boolean sends;

        public Forgetful() {
            this(false);
        }

        Forgetful(boolean sends) {
            this.sends = sends;
        }

        @Override public Codec<String> codec() {
            return FIRST_LETTER;
        }

        @Override public void compute(ObjectVertex<String> v, ObjectMessages<String> in) {
            if (in.next()) {
                v.set(heard, in.value());
            }
            if (v.superstep() == 0 && v.id() == 7) {
                if (sends) {
                    v.send(6, "ab");
                } else {
                    v.broadcast("ab");
                }
            }
            v.halt();
        }
    }

    @Test
    void aCodecAtFaultShowsWhereMessagesAreCheckedThoughTheyGoToNoOtherWorker() {
        for (boolean sends : new boolean[] {false, true}) {
            var unchecked = Superstep.run(new Forgetful(sends), HUNDRED.graph());
            assertThat(unchecked.objectOf("heard", String.class, 6)).isEqualTo("ab");
            assertThatThrownBy(() -> Superstep.run(new Forgetful(sends), HUNDRED.graph(), JobOptions.DEFAULT.withCodecChecks()))
                .isInstanceOf(JobException.class).satisfies(FailureTest::isOneLine).hasMessageContainingAll("forgetful", "vertex 7",
                    "superstep 0", "codec FailureTest$Forgetful$1 wrote 6 bytes and reads 5; it must read exactly what it has written");
        }
    }

    /** Looking ahead at what was said must not meet what no listener would. */
    @ParameterizedTest
    @MethodSource("shapes")
    void whatNobodyHearsIsNeitherTakenOverAnEdgeNorCombined(Shape shape) {
        // 13 speaks to nobody; 1 stays silent, so that a pull hears only some.
        var graph = Sample.of(new long[][] {{1, 2}, {2, 3}, {3, 4}, {4, 2}, {4, 13}}).graph();
        for (boolean inAlong : new boolean[] {true, false}) {
            var result = Superstep.run(new ChokesOnThirteen(inAlong), graph, shape.options());
            assertThat(result.longs("heard")).as("in along: %s", inAlong).containsExactly(Long.MAX_VALUE, 4, 2, 3, 4);
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void anExceptionInTheHookNamesTheSuperstep(Shape shape) {
        assertThatThrownBy(() -> run(FaultyProgram.Fault.EXCEPTION_IN_HOOK, shape)).isInstanceOf(JobException.class)
            .hasMessageContainingAll("faulty-program", "superstep 3", "the hook breaks")
            .hasRootCauseInstanceOf(UnsupportedOperationException.class);
    }

    @ParameterizedTest
    @EnumSource(FaultyProgram.Fault.class)
    void afterAFailureTheNextJobRuns(FaultyProgram.Fault fault) {
        var shape = new Shape(3, 16, 2, Delivery.AUTO);
        catchThrowable(() -> run(fault, shape));
        var result = Superstep.run(new FaultyProgram(), HUNDRED.graph(), shape.options());
        assertThat(result.longs("heard")[64]).isEqualTo((63 + 65) * 1000 + 2 * 4);
    }

    @Test
    void noThreadOutlivesItsJob() {
        var before = Thread.getAllStackTraces().keySet();
        for (var fault : FaultyProgram.Fault.values()) {
            catchThrowable(() -> run(fault, new Shape(4, 16, 3, Delivery.AUTO)));
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        List<String> left;
        do {
            Thread.onSpinWait();
            left = Thread.getAllStackTraces().keySet().stream().filter(thread -> !before.contains(thread)).map(Thread::getName)
                .filter(name -> name.startsWith("superstep")).toList();
        } while (!left.isEmpty() && System.nanoTime() < deadline);
        assertThat(left).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aJobThatDoesNotEndInTimeFails(Shape shape) {
        var graph = RandomGraphs.path(9).graph();
        var ten = Superstep.run(new BreadthFirstSearch(0), graph, shape.options().withMaxSupersteps(10));
        assertThat(ten.report().supersteps()).hasSize(10);
        assertThatThrownBy(() -> Superstep.run(new BreadthFirstSearch(0), graph, shape.options().withMaxSupersteps(9)))
            .isInstanceOf(JobException.class).hasMessageContainingAll("bfs", "9", "supersteps").satisfies(FailureTest::isOneLine);
        var endless = Sample.of(new long[][] {{1, 2}, {2, 1}}).graph();
        assertThatThrownBy(() -> Superstep.run(new EndlessTalk(), endless, shape.options().withMaxSupersteps(50)))
            .isInstanceOf(JobException.class).hasMessageContaining("50");
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aJobThatIsCutAtTheLimitHasTheValuesOfThatMoment(Shape shape) {
        var graph = RandomGraphs.path(9).graph();
        var options = shape.options().withMaxSupersteps(4).withPartialOutput();
        var result = Superstep.run(new BreadthFirstSearch(0), graph, options);
        assertThat(result.longs("level")).containsExactly(0, 1, 2, 3, -1, -1, -1, -1, -1, -1);
        assertThat(result.report().supersteps()).hasSize(4);
        assertThat(result.report().cut().orElseThrow()).isEqualTo("bfs has not halted after 4 supersteps, the limit: 0 vertices are awake"
            + " and 1 message in flight; raise --max-supersteps, or let vertices halt");
        assertThat(Superstep.run(new BreadthFirstSearch(0), graph, options.withMaxSupersteps(10)).report().cut()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aSourceThatIsNotInTheGraphIsRefused(Shape shape) {
        var graph = Sample.of(new long[][] {{1, 2}, {2, 5}}).graph();
        for (long source : new long[] {0, 3, 4, 6, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThatThrownBy(() -> Superstep.run(new BreadthFirstSearch(source), graph, shape.options()))
                .isInstanceOf(InputException.class).hasMessageContainingAll("source", Long.toString(source))
                .satisfies(FailureTest::isOneLine);
        }
        assertThat(Superstep.run(new BreadthFirstSearch(5), graph, shape.options()).longs("level")).containsExactly(-1, -1, 0);
    }

    @Test
    void aSourceThatWasNeverNamedIsRefusedBeforeTheInputIsRead() {
        var missing = Graph.edges(Path.of("no such file"));
        assertThatThrownBy(() -> Superstep.run(new ShortestPaths(), missing)).hasMessageContaining("source")
            .hasMessageNotContaining("no such")
            .isInstanceOfAny(IllegalArgumentException.class, IllegalStateException.class, InputException.class);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void weightsThatTheProgramDoesNotTakeAreRefused(Shape shape) {
        var negative = Graph.of(new long[] {1, 2}, new long[] {2, 3}, new double[] {1, -0.5});
        assertThatThrownBy(() -> Superstep.run(new ShortestPaths(1), negative, shape.options())).isInstanceOf(InputException.class)
            .hasMessageContainingAll("2 -> 3", "-0.5").satisfies(FailureTest::isOneLine);
        var notANumber = Graph.of(new long[] {1, 2}, new long[] {2, 3}, new double[] {Double.NaN, 1});
        assertThatThrownBy(() -> Superstep.run(new ShortestPaths(1), notANumber, shape.options())).isInstanceOf(InputException.class)
            .hasMessageContainingAll("1 -> 2", "NaN");
        assertThat(Superstep.run(new PageRank(), notANumber, shape.options()).size()).as("weights ignored").isEqualTo(3);
        var none = Graph.of(new long[] {1}, new long[] {2});
        assertThatThrownBy(() -> Superstep.run(new TestPrograms.WeightsRequired(), none, shape.options()))
            .isInstanceOf(InputException.class).hasMessageContaining("weights");
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void changingTheMessageTypeWhileMessagesAreInFlightIsAnErrorThatNamesBothPhases(Shape shape) {
        assertThatThrownBy(() -> Superstep.run(new ChangesItsMind(), HUNDRED.graph(), shape.options())).isInstanceOf(JobException.class)
            .hasMessageContainingAll("whole numbers", "fractions").satisfies(FailureTest::isOneLine);
    }

    @Test
    void aPhaseThatWasNotDeclaredIsRefused() {
        assertThatThrownBy(() -> Superstep.run(new StartsStranger(), HUNDRED.graph())).isInstanceOf(JobException.class)
            .hasMessageContainingAll("starts-stranger", "declare");
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aGraphWithoutVerticesHasAnEmptyResultAndNoSource(Shape shape) {
        var empty = Graph.of(new long[0], new long[0]);
        var onlyLoops = Graph.of(new long[] {1, 2}, new long[] {1, 2}).withoutSelfLoops();
        for (var graph : List.of(empty, onlyLoops)) {
            for (var program : List.of(new ConnectedComponents(), new PageRank(), new TestPrograms.Globals())) {
                var result = Superstep.run(program, graph, shape.options());
                assertThat(result.size()).isZero();
                assertThat(result.position(1)).isEqualTo(-1);
                assertThat(result.report().supersteps()).isEmpty();
            }
            assertThatThrownBy(() -> Superstep.run(new BreadthFirstSearch(1), graph, shape.options())).isInstanceOf(InputException.class)
                .hasMessageContaining("source");
        }
    }

    @Test
    void aMissingFileIsRefusedByName() {
        assertThatThrownBy(() -> Superstep.run(new ConnectedComponents(), Graph.edges(Path.of("no-such-file.txt"))))
            .isInstanceOf(InputException.class).hasMessageContaining("no-such-file.txt").satisfies(FailureTest::isOneLine);
    }

    @Test
    void aFailedJobWritesNothingAndKeepsTheOldFile(@TempDir Path folder) throws IOException {
        var old = Files.writeString(folder.resolve("old.tsv"), "what was there");
        for (var fault : FaultyProgram.Fault.values()) {
            if (fault != FaultyProgram.Fault.NONE) {
                var options = new Shape(2, 7, 2, Delivery.AUTO).options().withOutput(old, BitRows.FORMAT);
                assertThatThrownBy(() -> Superstep.run(new FaultyProgram(fault), HUNDRED.graph(), options))
                    .isInstanceOf(JobException.class);
            }
        }
        assertThat(old).hasContent("what was there");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(old);
        }
    }

    @Test
    void anOutputThatCannotBeWrittenIsFoundOutBeforeTheComputation(@TempDir Path folder) throws IOException {
        var file = Files.writeString(folder.resolve("file"), "no folder");
        for (var output : List.of(folder.resolve("none/out.tsv"), file.resolve("out.tsv"), folder)) {
            var options = JobOptions.DEFAULT.withOutput(output, BitRows.FORMAT);
            assertThatThrownBy(() -> Superstep.run(new FaultyProgram(FaultyProgram.Fault.EXCEPTION_IN_COMPUTE), HUNDRED.graph(), options))
                .as(output.toString()).hasMessageContaining(output.toString()).hasMessageNotContaining("compute breaks")
                .satisfies(FailureTest::isOneLine);
        }
        assertThat(file).content(StandardCharsets.UTF_8).isEqualTo("no folder");
    }

    private static void run(FaultyProgram.Fault fault, Shape shape) {
        Superstep.run(new FaultyProgram(fault), HUNDRED.graph(), shape.options());
    }

    private static void isOneLine(Throwable failure) {
        assertThat(failure.getMessage()).doesNotContain("\n").isNotBlank();
    }

    /** Throws from {@code along} what the compiler would not let it throw. */
    public static final class ThrowsOnTheSly extends TestPrograms.Hashing {
        @Override public long along(long message, double weight) {
            throw ThrowsOnTheSly.<RuntimeException>sneaky(new IOException("on the sly"));
        }

        @SuppressWarnings("unchecked")
        private static <T extends Throwable> T sneaky(Throwable thrown) throws T {
            throw (T) thrown;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            speak(v);
        }
    }

    /** Keeps the least id that it hears, and throws where 13 would arrive. */
    public static final class ChokesOnThirteen extends LongProgram {
        private final LongColumn heard = longColumn("heard", Long.MAX_VALUE);
        private final boolean inAlong;

        ChokesOnThirteen(boolean inAlong) {
            this.inAlong = inAlong;
        }

        @Override public LongCombiner combiner() {
            return least;
        }

        private final LongCombiner least = new LongCombiner() {
            @Override public long identity() {
                return Long.MAX_VALUE;
            }

            @Override public long combine(long left, long right) {
                if (left == 13 || right == 13) {
                    throw new UnsupportedOperationException("13");
                }
                return Math.min(left, right);
            }

            @Override public boolean isExact() {
                return true;
            }

            @Override public boolean isIdempotent() {
                return true;
            }
        };

        @Override public long along(long message, double weight) {
            if (inAlong && message == 13) {
                throw new UnsupportedOperationException("13");
            }
            return message;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            if (v.superstep() == 0 && v.id() != 1) {
                v.broadcast(v.id());
            }
            v.set(heard, Math.min(v.get(heard), in.combined()));
            v.halt();
        }
    }

    /** Never ends. */
    public static final class EndlessTalk extends TestPrograms.Hashing {
        @Override public void compute(LongVertex v, LongMessages in) {
            note(v, in);
            speak(v);
            v.halt();
        }
    }

    /** Says longs and then wants to hear doubles. */
    public static final class ChangesItsMind extends PhasedProgram {
        private final LongColumn column = longColumn("column", 0);
        private final Phase longs = phase("whole numbers", new Longs());
        private final Phase doubles = phase("fractions", new Doubles());

        @Override public void beforeSuperstep(Master m) {
            if (m.superstep() == 2 && m.phase() == longs) {
                m.startPhase(doubles);
            }
        }

        private final class Longs implements LongPhase {
            @Override public LongCombiner combiner() {
                return LongCombiner.SUM;
            }

            @Override public void compute(LongVertex v, LongMessages in) {
                v.set(column, in.combined());
                v.broadcast(1);
            }
        }

        private static final class Doubles implements DoublePhase {
            @Override public DoubleCombiner combiner() {
                return DoubleCombiner.SUM;
            }

            @Override public void compute(DoubleVertex v, DoubleMessages in) {
                v.halt();
            }
        }
    }

    /** Starts a phase that it never declared. */
    public static final class StartsStranger extends TestPrograms.Hashing {
        @Override public void beforeSuperstep(Master m) {
            if (m.superstep() == 1) {
                m.startPhase(new EndlessTalk());
            }
        }
    }
}
