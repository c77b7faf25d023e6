package org.superstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.superstep.Checkpoints;
import org.superstep.Graph;
import org.superstep.Injection;
import org.superstep.JobObserver;
import org.superstep.JobOptions;
import org.superstep.RecoveryLog;
import org.superstep.Superstep;
import org.superstep.datasets.TextRows;
import org.superstep.graph.Codec;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Master;
import org.superstep.graph.ObjectColumn;
import org.superstep.net.Fault;
import org.superstep.net.JobSpec;
import org.superstep.net.Network;
import org.superstep.net.ToClient;
import org.superstep.net.socket.SocketNetwork;
import org.superstep.net.socket.SocketOptions;

/** Where worker processes are lost, those that stay keep what they have computed: it is counted who computes what how often. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ConfinedClusterTest {
    private static final int VERTICES = 12;
    private static final int WORKERS = 3;
    private static final int SUPERSTEPS = 8;
    /** The first checkpoint after the one before superstep 0. */
    private static final int SAVED = 3;
    /** The superstep in which a turnstile stands. */
    private static final int STOP = 5;

    @TempDir
    private Path folder;
    private final TestJobs jobs = new TestJobs();
    private final Turnstile turnstile = new Turnstile();
    private final Queue<String> notices = new ConcurrentLinkedQueue<>();
    /** By vertex and superstep, how often it was computed, over all processes. */
    private final Map<List<Long>, Integer> computed = new ConcurrentHashMap<>();
    private TestCluster cluster;
    private String expected;

    /**
     * Sums what it hears, in objects that only the program that has made them knows: as if their class came from a job's jars, which each
     * process loads for itself.
     */
    private final class Counted extends LongProgram {
        private final boolean stops;
        private final boolean stopsInHook;
        private final ObjectColumn<Sum> sum = objectColumn("sum", new SumCodec(this), new Sum(this, 0)).hidden();
        private final LongColumn shown = longColumn("shown", 0);

        Counted(boolean stops) {
            this(stops, false);
        }

        Counted(boolean stops, boolean stopsInHook) {
            this.stops = stops;
            this.stopsInHook = stopsInHook;
        }

        @Override public void beforeSuperstep(Master m) {
            if (stopsInHook && m.superstep() == STOP) {
                turnstile.pass();
            }
        }

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            computed.merge(List.of(v.id(), (long) v.superstep()), 1, Integer::sum);
            Sum before = v.get(sum);
            if (before.maker != this) {
                throw new IllegalStateException("an object of another program");
            }
            v.set(sum, new Sum(this, 3 * before.value + in.combined()));
            v.set(shown, v.get(sum).value);
            if (stops && v.superstep() == STOP && v.id() == 0) {
                turnstile.pass();
            }
            if (v.superstep() == SUPERSTEPS) {
                v.halt();
            } else {
                v.broadcast(v.id() + v.superstep());
            }
        }
    }

    private record Sum(Counted maker, long value) {
    }

    private record SumCodec(Counted maker) implements Codec<Sum> {
        @Override public void write(Sum sum, DataOutput out) throws IOException {
            out.writeLong(sum.value);
        }

        @Override public Sum read(DataInput in) throws IOException {
            return new Sum(maker, in.readLong());
        }
    }

    @BeforeEach
    void startWorkers() throws IOException {
        Path undisturbed = folder.resolve("undisturbed.tsv");
        Superstep.run(new Counted(false), ring(), JobOptions.DEFAULT.withOutput(undisturbed, TextRows.TSV));
        expected = Files.readString(undisturbed);
        computed.clear();
        cluster = new TestCluster(folder.resolve("scratch"), jobs, ConfinedClusterTest::network, WORKERS);
    }

    @AfterEach
    void endAndLookForLeftovers() throws IOException {
        turnstile.open();
        cluster.close();
        assertThat(jobs.open()).as("jobs made and not closed").isZero();
        try (var files = Files.walk(folder.resolve("scratch"))) {
            assertThat(files).as("files that are left").containsExactly(folder.resolve("scratch"));
        }
    }

    private static Network network() {
        try {
            return new SocketNetwork(SocketOptions.defaults());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Graph ring() {
        return Graph.of(LongStream.range(0, VERTICES).toArray(), LongStream.range(1, VERTICES + 1).map(id -> id % VERTICES).toArray());
    }

    private Path output() {
        return folder.resolve("rows.tsv");
    }

    private JobSpec spec(Supplier<Counted> program, String... faults) {
        JobSpec once = jobs.spec(program::get, ConfinedClusterTest::ring, options -> {
            // The log is a file: nothing is to be left of that.
            JobOptions all = options.withOutput(output(), TextRows.TSV).withPartitions(6)
                .withConfinedRecovery(RecoveryLog.DEFAULT.withMemory(0))
                .withCheckpoints(Checkpoints.in(folder.resolve("saved")).every(SAVED).awaited());
            for (String fault : faults) {
                all = all.withInjection(Injection.parse(fault));
            }
            return all;
        }, 0, WORKERS);
        return new JobSpec(once.program(), once.words(), once.jars(), once.outputs(), WORKERS, WORKERS,
            new JobSpec.Recovery(3, true, false, true));
    }

    private long submit(boolean stops, String... faults) {
        return cluster.client().submit(spec(() -> new Counted(stops), faults), List.of(), true);
    }

    private CompletableFuture<ToClient> follow(long job) {
        var client = cluster.newClient();
        client.attach(job);
        return CompletableFuture.supplyAsync(() -> client.follow(job, new JobObserver() {
            @Override public void notice(String line) {
                notices.add(line);
            }
        }, text -> { }, reason -> notices.add(reason)));
    }

    private ToClient end(CompletableFuture<ToClient> job) throws Exception {
        return job.get(40, TimeUnit.SECONDS);
    }

    private void requireDone(CompletableFuture<ToClient> job) throws Exception {
        assertThat(end(job)).as("the processes said %s, the user heard %s", cluster.log(), notices).isInstanceOf(ToClient.Done.class);
        assertThat(Files.readString(output())).isEqualTo(expected);
    }

    /** The vertices that have computed something more than once, each of the supersteps of which they have. */
    private Set<Long> again(Set<Long> supersteps) {
        var vertices = new TreeSet<Long>();
        supersteps.clear();
        computed.forEach((what, times) -> {
            if (times > 1) {
                vertices.add(what.get(0));
                supersteps.add(what.get(1));
            }
        });
        assertThat(computed).as("what was computed at all").hasSize(VERTICES * (SUPERSTEPS + 1));
        return vertices;
    }

    @ParameterizedTest
    @ValueSource(strings = {"exchange", "barrier"})
    void onlyTheLostWorkersPartitionsComputeAgain(String moment) throws Exception {
        requireDone(follow(submit(false, "kill worker 3 at superstep 5 " + moment)));
        var supersteps = new TreeSet<Long>();
        assertThat(again(supersteps)).as("vertices, %s, %s", computed, notices).hasSize(VERTICES / WORKERS);
        assertThat(supersteps).as("notices %s", notices).containsExactly(3L, 4L, 5L);
        assertThat(computed.values()).allMatch(times -> times <= 2);
    }

    @Test
    void aSecondLossBehindTheFirstIsReplacedAlike() throws Exception {
        requireDone(follow(submit(false, "kill worker 3 at superstep 4 exchange", "kill worker 1 at superstep 7 exchange in attempt 2")));
        assertThat(notices).filteredOn(line -> line.contains(" was lost: ")).hasSize(2);
        assertThat(again(new TreeSet<>())).as("vertices, %s", notices).hasSizeLessThan(VERTICES);
    }

    @Test
    void aSecondLossWhileLostPartitionsComputeAgainWidensWhatIsLost() throws Exception {
        requireDone(follow(submit(false, "kill worker 3 at superstep 5 exchange", "kill worker 1 at superstep 4 exchange in attempt 2")));
        assertThat(notices).filteredOn(line -> line.contains(" was lost: ")).hasSize(2);
        var supersteps = new TreeSet<Long>();
        assertThat(again(supersteps)).as("vertices, %s", notices).hasSize(2 * VERTICES / WORKERS);
        assertThat(supersteps).containsExactly(3L, 4L, 5L);
    }

    /** When the hook has answered, nobody is told what it has decided. */
    @Test
    void aWorkerThatIsLostWhileTheHookThinksIsReplacedAlike() throws Exception {
        var job = follow(cluster.client().submit(spec(() -> new Counted(false, true)), List.of(), true));
        turnstile.awaitReached();
        cluster.members().get(2).network().cut();
        cluster.await(() -> cluster.client().status().members().size() == WORKERS - 1, "one is lost");
        turnstile.open();
        requireDone(job);
        var supersteps = new TreeSet<Long>();
        assertThat(again(supersteps)).as("vertices, %s, %s", computed, notices).hasSize(VERTICES / WORKERS);
        assertThat(supersteps).as("notices %s", notices).containsExactly(3L, 4L);
    }

    @Test
    void whereNobodyIsLostNothingComputesAgain() throws Exception {
        var job = follow(submit(true));
        turnstile.awaitReached();
        cluster.members().get(0).network().breakPeers();
        cluster.await(() -> notices.stream().anyMatch(line -> line.contains("cannot hear")), "a complaint is heard");
        turnstile.open();
        requireDone(job);
        assertThat(again(new TreeSet<>())).as("vertices, %s", notices).isEmpty();
    }

    @Test
    void aSuperstepThatStillRunsWhenTheJobIsCancelledIsBrokenOff() throws Exception {
        long number = submit(true, "kill worker 3 at superstep 5 exchange");
        var job = follow(number);
        awaitOneThatKeeps();
        cluster.client().cancel(number);
        assertThat(((ToClient.Failed) end(job)).fault().kind()).isEqualTo(Fault.Kind.CANCELLED);
        cluster.awaitIdle(2);
        // Who is idle has been told to let go of what it has kept, and does that behind the master's back.
        cluster.await(() -> jobs.open() == 0, "all that was made is closed");
    }

    @Test
    void whatIsKeptGoesWithTheMaster() throws Exception {
        var job = follow(submit(true, "kill worker 3 at superstep 5 exchange"));
        awaitOneThatKeeps();
        cluster.stopMasterAtOnce();
        cluster.await(() -> jobs.open() == 0, "nothing is kept");
        cluster.startMaster();
        cluster.awaitIdle(2);
        job.cancel(true);
    }

    /** Waits until one of those that stay is still at the turnstile when another is lost. */
    private void awaitOneThatKeeps() throws InterruptedException {
        turnstile.awaitReached();
        cluster.await(() -> cluster.client().status().members().stream().anyMatch(member -> member.doing().contains("keeping")),
            "one keeps what it is still to compute");
    }
}
