package org.superstep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.Edge;
import org.superstep.Graph;
import org.superstep.JobObserver;
import org.superstep.JobReport;
import org.superstep.Superstep;
import org.superstep.algorithms.BreadthFirstSearch;
import org.superstep.algorithms.ConnectedComponents;
import org.superstep.algorithms.PageRank;
import org.superstep.graph.Direction;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.DoubleCombiner;
import org.superstep.graph.DoubleMessages;
import org.superstep.graph.DoublePhase;
import org.superstep.graph.DoubleVertex;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongGlobal;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongPhase;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Master;
import org.superstep.graph.Phase;
import org.superstep.graph.PhasedProgram;
import org.superstep.graph.Program;
import org.superstep.net.Delivery;

/** What a job gives back, says of itself on the way, and means by the words of the programming model. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JobTest {
    static Stream<Shape> shapes() {
        return Stream.of(new Shape(1, 1, 1, Delivery.PULL), new Shape(2, 16, 1, Delivery.PUSH), new Shape(3, 64, 3, Delivery.AUTO));
    }

    @Test
    void fourLinesFromAGraphToItsRanks() {
        var graph = Graph.of(new long[] {1, 2, 3}, new long[] {2, 3, 1});
        double[] ranks = Superstep.run(new PageRank(), graph).doubles("rank");
        assertThat(ranks).hasSize(3).containsOnly(1.0 / 3);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void rowsAscendByIdAndAreFoundByIt(Shape shape) {
        var graph = Sample.of(new long[][] {{7, -3}, {Long.MAX_VALUE, 7}, {0, Long.MIN_VALUE}}).graph();
        var program = new ConnectedComponents();
        var result = Superstep.run(program, graph, shape.options());
        long[] ids = {Long.MIN_VALUE, -3, 0, 7, Long.MAX_VALUE};
        assertThat(result.size()).isEqualTo(5);
        for (int position = 0; position < ids.length; position++) {
            assertThat(result.id(position)).isEqualTo(ids[position]);
            assertThat(result.position(ids[position])).isEqualTo(position);
        }
        assertThat(result.longs("component")).containsExactly(Long.MIN_VALUE, -3, Long.MIN_VALUE, -3, -3);
        for (long missing : new long[] {Long.MIN_VALUE + 1, -4, -2, 1, 6, 8, Long.MAX_VALUE - 1}) {
            assertThat(result.position(missing)).isEqualTo(-1);
        }
        assertThat(result.column("component")).isSameAs(program.declarations().columns().get(0));
        assertThatThrownBy(() -> result.column("rank")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("rank");
        assertThatThrownBy(() -> result.id(5)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> result.id(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void columnsAreCopies() {
        var result = Superstep.run(new ConnectedComponents(), Sample.of(new long[][] {{1, 2}}).graph());
        result.longs("component")[0] = 17;
        assertThat(result.longs("component")).containsExactly(1, 1);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void theReportTellsWhatTheJobDid(Shape shape) {
        var sample = Sample.of(new long[][] {{1, 2}, {2, 2}, {2, 3}, {2, 3}}).asUndirected();
        var report = Superstep.run(new BreadthFirstSearch(1), sample.graph(), shape.options()).report();
        assertThat(report.program()).isEqualTo("bfs");
        assertThat(report.vertices()).isEqualTo(3);
        assertThat(report.edges()).isEqualTo(7);
        assertThat(report.partitions()).isEqualTo(shape.partitions());
        assertThat(report.threads()).isEqualTo(shape.threads());
        assertThat(report.workers()).isEqualTo(shape.workers());
        assertThat(report.droppedMessages()).isZero();
        assertThat(report.loadNanos()).isPositive();
        assertThat(report.computeNanos()).isPositive();
        assertThat(report.writeNanos()).isZero();
        assertThat(report.supersteps()).extracting(JobReport.Superstep::number).containsExactly(0, 1, 2, 3);
        // What 3 says in superstep 2 is for 2, which has halted for good: a message, but nobody computes.
        assertThat(report.supersteps()).extracting(JobReport.Superstep::computed).containsExactly(3L, 1L, 1L, 0L);
        assertThat(report.supersteps()).extracting(JobReport.Superstep::messages).containsExactly(1L, 4L, 2L, 0L);
        assertThat(report.supersteps()).extracting(JobReport.Superstep::phase).containsOnly("main");
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void messagesToVerticesThatDoNotExistAreDroppedAndCounted(Shape shape) {
        var result = Superstep.run(new WritesToNobody(), Sample.of(new long[][] {{1, 2}, {2, 4}}).graph(), shape.options());
        assertThat(result.longs("heard")).containsExactly(0, 1, 0);
        // 1 writes to 2 and to 11, 2 to 3 and 12, 4 to 5 and 14.
        assertThat(result.report().droppedMessages()).isEqualTo(5);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void anObserverHearsAllInOrder(Shape shape) {
        var heard = new CopyOnWriteArrayList<String>();
        var edgesRead = new AtomicLong();
        var sample = RandomGraphs.path(5000);
        Superstep.run(new PageRank(0.85, 2), sample.graph(), shape.options().withObserver(new JobObserver() {
            @Override public void opened(String description, long bytes) {
                heard.add("opened");
            }

            @Override public void read(long bytes, long edges) {
                edgesRead.addAndGet(edges);
            }

            @Override public void loaded(long vertices, long edges) {
                heard.add("loaded " + vertices + " " + edges);
            }

            @Override public void superstep(JobReport.Superstep superstep) {
                heard.add("superstep " + superstep.number());
            }

            @Override public void writing() {
                heard.add("writing");
            }
        }));
        heard.remove("writing");
        // Each worker opens its share; the last call tells the whole size.
        while (heard.size() > 1 && heard.get(1).equals("opened")) {
            heard.remove(1);
        }
        assertThat(heard).containsExactly("opened", "loaded 5001 5000", "superstep 0", "superstep 1", "superstep 2");
        assertThat(edgesRead).hasValue(5000);
    }

    @Test
    void onceItsJobHasRunAProgramsParametersAreFixed() {
        var program = new PageRank(0.85, 3);
        Superstep.run(program, RandomGraphs.path(3).graph());
        assertThatThrownBy(() -> program.declarations().parameters().get(0).parse("5")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void jobsSideBySideDoNotDisturbEachOther() throws InterruptedException, ExecutionException {
        var programs = TestPrograms.all();
        var jobs = new ArrayList<Callable<String>>();
        for (int i = 0; i < 40; i++) {
            var sample = RandomGraphs.rmat(7, 4, i);
            var supplier = programs.get(i % programs.size());
            var shape = new Shape(1 + i % 3, 7, 1 + i % 2, Delivery.values()[i % 3]);
            long seed = i;
            jobs.add(() -> {
                var expected = SerialPregel.run(supplier.get(), sample, seed, 1000);
                var program = supplier.get();
                var answer = Answer.of(program, Superstep.run(program, sample.graph(), shape.options().withSeed(seed)));
                return expected.difference(answer).map(difference -> program.name() + " " + sample + " " + shape + ": " + difference)
                    .orElse("");
            });
        }
        var pool = Executors.newFixedThreadPool(6);
        try {
            for (var job : pool.invokeAll(jobs)) {
                assertThat(job.get()).isEmpty();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void differentProgramsSideBySideOnOneGraphFindWhatEachFindsAlone() throws InterruptedException, ExecutionException {
        var sample = RandomGraphs.rmat(8, 6, 21);
        var lists = sample.lines().stream().map(line -> new Edge(line.source(), line.target(), line.weight())).toList();
        for (Graph graph : List.of(sample.graph(), Graph.of(lists), Graph.rmat(7, 5))) {
            List<Supplier<Program>> programs = List.of(TestPrograms.HashOverBoth::new, TestPrograms.Dice::new, ConnectedComponents::new,
                () -> new PageRank(0.85, 7), TestPrograms.ThreeDoublePhases::new, TestPrograms.BroadcastAndLetters::new);
            var alone = new ArrayList<Answer>();
            for (var supplier : programs) {
                alone.add(answer(supplier.get(), graph, new Shape(1, 5, 1, Delivery.AUTO)));
            }
            var jobs = new ArrayList<Callable<Optional<String>>>();
            for (int i = 0; i < 30; i++) {
                int which = i % programs.size();
                var shape = new Shape(1 + i % 3, 5, 1 + i % 2, Delivery.values()[i % 3]);
                jobs.add(() -> alone.get(which).difference(answer(programs.get(which).get(), graph, shape)));
            }
            var pool = Executors.newFixedThreadPool(6);
            try {
                for (var job : pool.invokeAll(jobs)) {
                    assertThat(job.get()).isEmpty();
                }
            } finally {
                pool.shutdownNow();
            }
        }
    }

    private static Answer answer(Program program, Graph graph, Shape shape) {
        return Answer.of(program, Superstep.run(program, graph, shape.options()));
    }

    @Test
    void aProgramInstanceServesOneJob() {
        var program = new PageRank(0.85, 3);
        var graph = RandomGraphs.path(3).graph();
        Superstep.run(program, graph);
        assertThatThrownBy(() -> Superstep.run(program, graph)).isInstanceOf(IllegalStateException.class)
            .hasMessage("this instance of pagerank has been run already, and an instance serves one job; make a new one for each");
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void manyJobsOneAfterAnother(Shape shape) {
        var sample = RandomGraphs.rmat(5, 4, 3);
        for (int i = 0; i < 30; i++) {
            var program = i % 2 == 0 ? new TestPrograms.Dice() : new TestPrograms.LeavingForGood();
            var expected = SerialPregel.run(i % 2 == 0 ? new TestPrograms.Dice() : new TestPrograms.LeavingForGood(), sample, i, 100);
            var answer = Answer.of(program, Superstep.run(program, sample.graph(), shape.options().withSeed(i)));
            assertThat(expected.difference(answer)).as("job %s, %s", i, shape).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aProgramThatSaysNothingEndsWhenAllHaveHalted(Shape shape) {
        var result = Superstep.run(new TestPrograms.Degrees(), Sample.of(new long[][] {{3, 1}, {1, 3}, {1, 1}}).graph(), shape.options());
        assertThat(result.report().supersteps()).hasSize(1);
        assertThat(result.ints("in")).containsExactly(2, 1);
        assertThat(result.ints("out")).containsExactly(2, 1);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void bothDirectionsHearAReciprocalPairAndASelfLoopTwice(Shape shape) {
        var sample = Sample.of(new long[][] {{1, 2}, {2, 1}, {2, 3}, {3, 3}});
        var result = Superstep.run(new HeardOverBoth(), sample.graph(), shape.options());
        assertThat(result.longs("heard")).containsExactly(2, 3, 3);
        assertThat(result.report().supersteps().get(0).messages()).isEqualTo(8);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void overBothInAnUndirectedGraphEachEdgeIsTwoArcsAndCountsTwice(Shape shape) {
        var sample = Sample.of(new long[][] {{1, 2}}).asUndirected();
        var sum = Superstep.run(new HeardOverBoth(), sample.graph(), shape.options());
        assertThat(sum.longs("heard")).containsExactly(2, 2);
        assertThat(sum.report().supersteps().get(0).messages()).isEqualTo(4);
        // Where twice is as once the engine may hear once; what it counts is the same.
        var least = Superstep.run(new ConnectedComponents(), sample.graph(), shape.options());
        assertThat(least.report().supersteps().get(0).messages()).isEqualTo(4);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void whoHearsNothingInANewPhaseReadsTheIdentityOfThePhaseThatSpoke(Shape shape) {
        var result = Superstep.run(new LeastThenSum(), RandomGraphs.path(2).graph(), shape.options());
        assertThat(result.doubles("heard")).containsExactly(Double.POSITIVE_INFINITY, 0, 1);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void theHookThatHaltsBeforeTheFirstSuperstepLeavesAllAsDeclared(Shape shape) {
        var result = Superstep.run(new HaltsAtOnce(), RandomGraphs.path(3).graph(), shape.options());
        assertThat(result.report().supersteps()).isEmpty();
        assertThat(result.doubles("never")).containsOnly(-0.0).hasSize(4);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void aPhaseThatStartsAsleepWithNothingInFlightIsAnEmptySuperstep(Shape shape) {
        var result = Superstep.run(new StartsAsleep(), RandomGraphs.path(3).graph(), shape.options());
        assertThat(result.report().supersteps()).extracting(JobReport.Superstep::phase).containsExactly("awake", "asleep", "awake");
        assertThat(result.report().supersteps()).extracting(JobReport.Superstep::computed).containsExactly(4L, 0L, 4L);
        assertThat(result.longs("computed")).containsOnly(2);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void whoIsHaltedForGoodNeitherHearsNorWakes(Shape shape) {
        var result = Superstep.run(new LeavesAtOnce(), RandomGraphs.path(2).graph(), shape.options());
        // 0 and 2 leave in superstep 0; 0's last broadcast and 2's last send are heard by 1, what 1 says by nobody.
        assertThat(result.longs("heard")).containsExactly(0, 10 + 1, 0);
        assertThat(result.longs("computed")).containsExactly(1, 4, 1);
    }

    /** Writes one letter to the next id and one to an id ten away. */
    public static final class WritesToNobody extends LongProgram {
        private final LongColumn heard = longColumn("heard", 0);

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            if (v.superstep() == 0) {
                v.send(v.id() + 1, 1);
                v.send(v.id() + 10, 1);
            }
            v.set(heard, in.combined());
            v.halt();
        }
    }

    /** Counts what is heard over both directions. */
    public static final class HeardOverBoth extends LongProgram {
        private final LongColumn heard = longColumn("heard", 0);

        @Override public Direction direction() {
            return Direction.BOTH;
        }

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            v.set(heard, in.combined());
            if (v.superstep() == 0) {
                v.broadcast(1);
            }
            v.halt();
        }
    }

    /** Says its id in a phase that folds by MIN, to be heard in one that folds by SUM. */
    public static final class LeastThenSum extends PhasedProgram {
        private final DoubleColumn heard = doubleColumn("heard", -1);
        private final Phase least = phase("least", new Saying(DoubleCombiner.MIN));
        private final Phase sum = phase("sum", new Saying(DoubleCombiner.SUM));

        @Override public void beforeSuperstep(Master m) {
            if (m.superstep() == 1 && m.phase() == least) {
                m.startPhase(sum);
            }
        }

        private final class Saying implements DoublePhase {
            private final DoubleCombiner combiner;

            Saying(DoubleCombiner combiner) {
                this.combiner = combiner;
            }

            @Override public DoubleCombiner combiner() {
                return combiner;
            }

            @Override public void compute(DoubleVertex v, DoubleMessages in) {
                if (v.superstep() == 0) {
                    v.broadcast(v.id());
                } else {
                    v.set(heard, in.combined());
                    v.halt();
                }
            }
        }
    }

    /** Never computes. */
    public static final class HaltsAtOnce extends LongProgram {
        private final DoubleColumn never = doubleColumn("never", -0.0);

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            v.set(never, 1);
        }

        @Override public void beforeSuperstep(Master m) {
            m.halt();
        }
    }

    /** An empty phase between two that are not. */
    public static final class StartsAsleep extends PhasedProgram {
        private final LongColumn computed = longColumn("computed", 0);
        private final LongGlobal asked = longGlobal("asked", 0);
        private final Phase awake = phase("awake", new Counting(true));
        private final Phase asleep = phase("asleep", new Counting(false));

        @Override public void beforeSuperstep(Master m) {
            m.set(asked, m.get(asked) + 1);
            if (m.isQuiescent() && m.get(asked) == 2) {
                m.startPhase(asleep);
            } else if (m.isQuiescent() && m.get(asked) == 3) {
                m.startPhase(awake);
            }
        }

        private final class Counting implements LongPhase {
            private final boolean startsAwake;

            Counting(boolean startsAwake) {
                this.startsAwake = startsAwake;
            }

            @Override public LongCombiner combiner() {
                return LongCombiner.SUM;
            }

            @Override public boolean startsAwake() {
                return startsAwake;
            }

            @Override public void compute(LongVertex v, LongMessages in) {
                v.set(computed, v.get(computed) + 1);
                v.halt();
            }
        }
    }

    /** Even vertices leave at once; the others go on talking to them, and all are woken in vain. */
    public static final class LeavesAtOnce extends LongProgram {
        private final LongColumn heard = longColumn("heard", 0);
        private final LongColumn computed = longColumn("computed", 0);

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            v.set(heard, v.get(heard) + in.combined());
            v.set(computed, v.get(computed) + 1);
            v.broadcast(10 + v.superstep());
            v.send(v.id() - 1, 1);
            if (v.id() % 2 == 0) {
                v.haltForGood();
            }
        }

        @Override public void beforeSuperstep(Master m) {
            m.wakeAll();
            if (m.superstep() == 4) {
                m.halt();
            }
        }
    }
}
