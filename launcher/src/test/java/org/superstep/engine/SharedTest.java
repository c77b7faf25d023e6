package org.superstep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.superstep.Graph;
import org.superstep.JobException;
import org.superstep.JobOptions;
import org.superstep.Superstep;
import org.superstep.datasets.TextRows;
import org.superstep.graph.Codecs;
import org.superstep.graph.FileParameter;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongGlobal;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Master;
import org.superstep.graph.ObjectColumn;
import org.superstep.graph.Shared;
import org.superstep.graph.VertexParameter;
import org.superstep.graph.io.InputException;
import org.superstep.net.Delivery;

/** Objects that a worker's vertices share: made once for each worker, closed whatever comes of the job, and one clear line if they fail. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SharedTest {
    private static final Sample PATH = RandomGraphs.path(200);

    @TempDir
    private Path folder;

    /** Names out of a side file. */
    private static final class Named extends LongProgram {
        private final FileParameter file = fileParameter("names", "an id and a name a line");
        private final ObjectColumn<String> name = objectColumn("name", Codecs.STRING, "");
        private final LongColumn heard = longColumn("heard", 0);
        private final LongGlobal size = longGlobal("size", 0);
        private final Shared<Map<Long, String>> names = shared("names", () -> Files.readAllLines(file.get()).stream()
            .map(line -> line.split(" ")).collect(Collectors.toMap(words -> Long.parseLong(words[0]), words -> words[1])));

        Named(Path path) {
            file.set(path);
        }

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            v.set(name, v.shared(names).getOrDefault(v.id(), "nobody"));
            v.set(heard, in.combined() + v.global(size));
            if (v.superstep() == 0) {
                v.broadcast(v.get(name).length());
            }
            v.halt();
        }

        @Override public void beforeSuperstep(Master m) {
            m.set(size, m.shared(names).size());
        }
    }

    /** What was made and closed, and where it fails. */
    private static final class Ledger {
        private final AtomicInteger made = new AtomicInteger();
        private final AtomicInteger closed = new AtomicInteger();
        private final AtomicInteger readAfterClose = new AtomicInteger();
        private Callable<Object> second = () -> "fine";
        private Runnable closing = () -> { };
        private Runnable computing = () -> { };
        private boolean hookAsks;
        private boolean hookFails;
    }

    private static final class Table implements AutoCloseable {
        private final Ledger ledger;
        private volatile boolean isClosed;

        Table(Ledger ledger) {
            this.ledger = ledger;
            ledger.made.incrementAndGet();
        }

        long look() {
            ledger.readAfterClose.addAndGet(isClosed ? 1 : 0);
            return 7;
        }

        @Override public void close() {
            isClosed = true;
            ledger.closed.incrementAndGet();
            ledger.closing.run();
        }
    }

    private static final class Looking extends LongProgram {
        private final Ledger ledger;
        private final VertexParameter source = vertexParameter("source", "who fails");
        private final LongColumn seen = longColumn("seen", 0);
        private final Shared<Table> table;
        private final Shared<Object> second;

        Looking(Ledger ledger) {
            this.ledger = ledger;
            source.set(150);
            table = shared("table", () -> new Table(ledger));
            second = shared("second", ledger.second);
        }

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            v.set(seen, v.get(seen) + v.shared(table).look());
            if (v.superstep() == 2) {
                if (v.id() == source.get()) {
                    ledger.computing.run();
                }
                v.halt();
            }
        }

        @Override public void beforeSuperstep(Master m) {
            if (ledger.hookAsks) {
                m.shared(table).look();
            }
            if (ledger.hookFails && m.superstep() == 1) {
                throw new IllegalStateException("hook");
            }
        }
    }

    static Stream<Shape> shapes() {
        return Stream.of(new Shape(1, 1, 1, Delivery.AUTO), new Shape(3, 7, 1, Delivery.PUSH), new Shape(4, 64, 3, Delivery.PULL));
    }

    private final Ledger ledger = new Ledger();

    private void balanced(int objects) {
        assertThat(ledger.made).hasValue(objects);
        assertThat(ledger.closed).as("closed").hasValue(objects);
        assertThat(ledger.readAfterClose).as("reads of what was closed").hasValue(0);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void verticesAndTheHookReadASideFile(Shape shape) throws IOException {
        Path file = Files.writeString(folder.resolve("names"), "0 Ada\n1 Grace\n200 Edsger\n");
        var expected = SerialPregel.run(new Named(file), PATH, 1, 100);
        DeterminismTest.compare(() -> new Named(file), PATH, PATH, 1, shape, expected);
        var result = Superstep.run(new Named(file), PATH.graph(), shape.options());
        assertThat(result.objects("name", String.class)).startsWith("Ada", "Grace", "nobody").endsWith("nobody", "Edsger");
        assertThat(result.longs("heard")).startsWith(3, 6, 8, 9).endsWith(9);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void eachWorkerHasOneThatIsClosedAtTheEnd(Shape shape) {
        Superstep.run(new Looking(ledger), PATH.graph(), shape.options());
        balanced(shape.workers());
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void theMasterHasOneOfItsOwnWhereTheHookAsks(Shape shape) {
        ledger.hookAsks = true;
        Superstep.run(new Looking(ledger), PATH.graph(), shape.options().withOutput(folder.resolve("out"), TextRows.TSV));
        balanced(shape.workers() + 1);
    }

    @Test
    void theyAreClosedBeforeTheOutputTakesItsName() {
        Path output = folder.resolve("out");
        var names = new AtomicInteger();
        ledger.closing = () -> names.addAndGet(Files.exists(output) ? 1 : 0);
        Superstep.run(new Looking(ledger), PATH.graph(), JobOptions.DEFAULT.withWorkers(2).withOutput(output, TextRows.TSV));
        assertThat(names).hasValue(0);
        assertThat(output).exists();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void theyAreClosedWhenAVertexFails(Shape shape) {
        ledger.hookAsks = true;
        ledger.computing = () -> {
            throw new IllegalStateException("vertex");
        };
        assertThatThrownBy(() -> Superstep.run(new Looking(ledger), PATH.graph(), shape.options())).isInstanceOf(JobException.class)
            .hasMessage("looking failed at vertex 150 in superstep 2: java.lang.IllegalStateException: vertex");
        balanced(shape.workers() + 1);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void theyAreClosedWhenTheHookFails(Shape shape) {
        ledger.hookFails = true;
        // And so does closing them: the job tells what it failed of first.
        ledger.closing = () -> {
            throw new IllegalStateException("closing");
        };
        assertThatThrownBy(() -> Superstep.run(new Looking(ledger), PATH.graph(), shape.options())).isInstanceOf(JobException.class)
            .hasMessage("looking failed in beforeSuperstep before superstep 1: java.lang.IllegalStateException: hook");
        balanced(shape.workers());
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void theyAreClosedWhenTheInputIsAtFault(Shape shape) {
        assertThatThrownBy(() -> Superstep.run(new Looking(ledger), RandomGraphs.path(100).graph(), shape.options()))
            .isInstanceOf(InputException.class).hasMessageContaining("source 150 is no vertex");
        balanced(shape.workers());
    }

    @Test
    void theyAreNotMadeForAnInputThatIsNotThere() {
        assertThatThrownBy(() -> Superstep.run(new Looking(ledger), Graph.edges(folder.resolve("missing"))))
            .isInstanceOf(InputException.class);
        balanced(0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void closingThatFailsIsAFailureOfTheJobAndNothingIsWritten(boolean writes) throws IOException {
        ledger.closing = () -> {
            throw new IllegalStateException("not flushed\nand more");
        };
        for (int workers = 1; workers <= 3; workers++) {
            var options = JobOptions.DEFAULT.withWorkers(workers);
            var all = writes ? options.withOutput(folder.resolve("out"), TextRows.TSV) : options;
            assertThatThrownBy(() -> Superstep.run(new Looking(ledger), PATH.graph(), all)).isInstanceOf(JobException.class)
                .hasMessage("looking failed to close shared object \"table\": java.lang.IllegalStateException: not flushed");
            try (var files = Files.list(folder)) {
                assertThat(files).isEmpty();
            }
        }
        balanced(1 + 2 + 3);
    }

    @Test
    void closingThatFailsOnTheMasterToo() {
        ledger.hookAsks = true;
        ledger.closing = () -> {
            ledger.closing = () -> { };
            throw new IllegalStateException("closing");
        };
        assertThatThrownBy(() -> Superstep.run(new Looking(ledger), PATH.graph())).isInstanceOf(JobException.class)
            .hasMessage("looking failed to close shared object \"table\": java.lang.IllegalStateException: closing");
        balanced(JobOptions.DEFAULT.workers() + 1);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void oneThatCannotBeMadeIsAFailureThatNamesIt(Shape shape) {
        ledger.second = () -> {
            throw new IllegalStateException("bad line 3\nin detail");
        };
        assertThatThrownBy(() -> Superstep.run(new Looking(ledger), PATH.graph(), shape.options())).isInstanceOf(JobException.class)
            .hasMessage("looking failed to make shared object \"second\": java.lang.IllegalStateException: bad line 3")
            .hasRootCauseMessage("bad line 3\nin detail");
        assertThat(ledger.made.get()).as("those made before").isBetween(1, shape.workers()).isEqualTo(ledger.closed.get());
        ledger.second = () -> null;
        assertThatThrownBy(() -> Superstep.run(new Looking(ledger), PATH.graph(), shape.options())).isInstanceOf(JobException.class)
            .hasMessageContaining("looking failed to make shared object \"second\": java.lang.NullPointerException: it is null");
        ledger.second = () -> {
            throw new NoClassDefFoundError("com.acme.Library");
        };
        assertThatThrownBy(() -> Superstep.run(new Looking(ledger), PATH.graph(), shape.options())).isInstanceOf(JobException.class)
            .hasMessageContaining("java.lang.NoClassDefFoundError: com.acme.Library");
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aSideFileThatCannotBeReadIsAFaultOfTheInput(Shape shape) throws IOException {
        Path missing = folder.resolve("missing");
        ledger.second = () -> Files.readAllLines(missing);
        assertThatThrownBy(() -> Superstep.run(new Looking(ledger), PATH.graph(), shape.options())).isInstanceOf(InputException.class)
            .hasMessage("looking failed to make shared object \"second\": " + missing + " is not there");
        Path binary = Files.write(folder.resolve("binary"), new byte[] {-1, -2});
        for (Callable<Object> reading : List.<Callable<Object>>of(() -> Files.readAllLines(binary), () -> Files.lines(binary).toList())) {
            ledger.second = reading;
            assertThatThrownBy(() -> Superstep.run(new Looking(ledger), PATH.graph(), shape.options())).isInstanceOf(InputException.class)
                .hasMessageContaining("\"second\": a file is no text in UTF-8");
        }
        ledger.second = () -> {
            throw new UncheckedIOException(new IOException("the disk is gone"));
        };
        assertThatThrownBy(() -> Superstep.run(new Looking(ledger), PATH.graph(), shape.options())).isInstanceOf(InputException.class)
            .hasMessage("looking failed to make shared object \"second\": the disk is gone");
        ledger.second = () -> {
            throw new InputException("names.tsv:3: \"x\" is no id");
        };
        assertThatThrownBy(() -> Superstep.run(new Looking(ledger), PATH.graph(), shape.options())).isInstanceOf(InputException.class)
            .hasMessage("names.tsv:3: \"x\" is no id");
        assertThat(ledger.closed.get()).isEqualTo(ledger.made.get());
    }

    /** Another program asks only on the master, after the workers have made theirs well. */
    @Test
    void theSameOnTheMaster() {
        var calls = new AtomicInteger();
        for (Exception fault : List.of(new IOException("gone"), new IllegalStateException("broken"))) {
            calls.set(0);
            ledger.second = () -> {
                if (calls.incrementAndGet() > 1) {
                    throw fault;
                }
                return "fine";
            };
            var program = new LongProgram() {
                private final LongColumn seen = longColumn("seen", 0);
                private final Shared<Object> object = shared("object", ledger.second);

                @Override public String name() {
                    return "asking";
                }

                @Override public LongCombiner combiner() {
                    return LongCombiner.SUM;
                }

                @Override public void compute(LongVertex v, LongMessages in) {
                    v.set(seen, v.shared(object).hashCode());
                }

                @Override public void beforeSuperstep(Master m) {
                    if (m.superstep() == 1) {
                        m.shared(object);
                    }
                }
            };
            Throwable thrown = catchThrowable(() -> Superstep.run(program, PATH.graph()));
            assertThat(thrown).isInstanceOf(fault instanceof IOException ? InputException.class : JobException.class)
                .hasMessage("asking failed to make shared object \"object\": " + (fault instanceof IOException ? "gone" : fault));
        }
    }

    @Test
    void twoOfOneNameAreRefused() {
        assertThatThrownBy(() -> new LongProgram() {
            private final Shared<String> one = shared("words", () -> "one");
            private final Shared<String> two = shared("words", () -> "two");

            @Override public String name() {
                return "twice";
            }

            @Override public LongCombiner combiner() {
                return LongCombiner.SUM;
            }

            @Override public void compute(LongVertex v, LongMessages in) {
                v.shared(one).concat(v.shared(two));
            }
        }).hasMessage("twice declares two shared objects named \"words\"; names must differ");
    }
}
