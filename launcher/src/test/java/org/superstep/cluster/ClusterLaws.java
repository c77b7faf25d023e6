package org.superstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.superstep.Graph;
import org.superstep.JobException;
import org.superstep.JobObserver;
import org.superstep.JobOptions;
import org.superstep.JobReport;
import org.superstep.Trace;
import org.superstep.datasets.TextRows;
import org.superstep.graph.Column;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Program;
import org.superstep.graph.Shared;
import org.superstep.graph.io.InputException;
import org.superstep.graph.io.RowEncoder;
import org.superstep.graph.io.RowFormat;
import org.superstep.net.Fault;
import org.superstep.net.HostPort;
import org.superstep.net.JobSpec;
import org.superstep.net.Network;
import org.superstep.net.ToClient;

/** What master, workers and clients do together, over any network. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class ClusterLaws {
    private static final int VERTICES = 10;

    @TempDir
    private Path folder;
    private Set<Thread> before;
    private TestJobs jobs;
    TestCluster cluster;
    private final Turnstile turnstile = new Turnstile();

    /** What gives a process its network. */
    abstract Supplier<Network> networks();

    @BeforeEach
    void startTwoWorkers() {
        before = Thread.getAllStackTraces().keySet();
        jobs = new TestJobs();
        cluster = new TestCluster(folder.resolve("scratch"), jobs, networks(), 2);
    }

    /** Whatever has happened, nothing is left of it. */
    @AfterEach
    void endAndLookForLeftovers() throws IOException {
        turnstile.open();
        cluster.close();
        cluster.await(() -> leftThreads().isEmpty(), "no thread is left, but " + leftThreads());
        assertThat(cluster.connections()).as("connections that are left").isZero();
        assertThat(jobs.open()).as("jobs made and not closed").isZero();
        try (var files = Files.walk(folder.resolve("scratch"))) {
            assertThat(files).as("files that are left").containsExactly(folder.resolve("scratch"));
        }
    }

    private List<String> leftThreads() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> !before.contains(thread)).map(Thread::getName)
            .filter(name -> name.startsWith("superstep") || name.startsWith("test-worker") || name.startsWith("in-process")).toList();
    }

    private static Graph ring() {
        return Graph.of(LongStream.range(0, VERTICES).toArray(), LongStream.range(1, VERTICES + 1).map(id -> id % VERTICES).toArray());
    }

    private Path output() {
        return folder.resolve("rows.tsv");
    }

    /** A program with one thing that happens in its hook, and one in its compute. */
    private JobSpec spec(Runnable inHook, Runnable inCompute, int workers) {
        return spec(() -> new StagedProgram(inHook, inCompute), ClusterLaws::ring, options -> options, workers);
    }

    private JobSpec spec(Supplier<Program> program, Supplier<Graph> graph, UnaryOperator<JobOptions> more, int workers) {
        return jobs.spec(program, graph, options -> more.apply(options.withOutput(output(), TextRows.TSV)), workers, 1);
    }

    private JobSpec plain(int workers) {
        return spec(() -> { }, () -> { }, workers);
    }

    private static Fault fault(ToClient end) {
        assertThat(end).isInstanceOf(ToClient.Failed.class);
        return ((ToClient.Failed) end).fault();
    }

    /** The cluster can do what it is there for. */
    void requireGood(int workers) throws IOException {
        Files.deleteIfExists(output());
        ToClient end = cluster.run(plain(workers));
        assertThat(end).as("after all, a job runs; the processes said %s", cluster.log()).isInstanceOf(ToClient.Done.class);
        assertThat(Files.readAllLines(output())).hasSize(VERTICES + 1);
    }

    /** Nothing but what is named is beside the scratch folder. */
    private void requireFiles(Path... expected) {
        cluster.await(() -> {
            try (var files = Files.list(folder)) {
                return files.filter(file -> !file.equals(folder.resolve("scratch"))).collect(Collectors.toSet()).equals(Set.of(expected));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }, "no other files than " + Arrays.toString(expected));
    }

    @Test
    void jobsRunOneAfterAnotherOnAsManyWorkersAsTheyWant() throws IOException {
        requireGood(1);
        requireGood(2);
        requireGood(0);
        requireFiles(output());
        assertThat(cluster.client().jobs().jobs()).extracting(ToClient.Job::state).containsOnly(ToClient.JobState.DONE);
    }

    @Test
    void whoFollowsAJobHearsWhatAnObserverHears() {
        var told = new ArrayList<String>();
        var client = cluster.client();
        long job = client.submit(spec(() -> new StagedProgram(() -> { }, () -> { }), ClusterLaws::ring,
            options -> options.withTrace(Trace.of(3)), 2), List.of(), false);
        client.follow(job, new JobObserver() {
            @Override public void opened(String description, long bytes) {
                told.add("opened");
            }

            @Override public void loaded(long vertices, long edges) {
                told.add("loaded " + vertices + " " + edges);
            }

            @Override public void superstep(JobReport.Superstep superstep) {
                told.add("superstep " + superstep.number());
            }

            @Override public void writing() {
                told.add("writing");
            }
        }, text -> told.add("trace"), reason -> { });
        assertThat(told).containsSubsequence("opened", "loaded 10 10", "trace", "superstep 0", "trace", "superstep 1", "superstep 6",
            "writing");
    }

    @Test
    void anExceptionOfTheProgramNamesTheWorker() throws IOException {
        var fault = fault(cluster.run(spec(() -> { }, () -> {
            throw new IllegalArgumentException("vertex 3 breaks");
        }, 2)));
        assertThat(fault.kind()).isEqualTo(Fault.Kind.FAILURE);
        assertThat(fault.message()).matches(
            "on worker \\d of 2 \\(localhost:\\d+\\): staged-program failed at vertex 3 in superstep 2: .*vertex 3 breaks");
        assertThat(fault.details()).isNotEmpty();
        requireFiles();
        requireGood(2);
    }

    @Test
    void anExceptionOfTheHookFailsTheJob() throws IOException {
        var fault = fault(cluster.run(spec(() -> {
            throw new IllegalArgumentException("the hook breaks");
        }, () -> { }, 2)));
        assertThat(fault.message()).contains("the hook breaks").doesNotContain("on worker");
        requireFiles();
        requireGood(2);
    }

    @Test
    void aJobThatCannotBeMadeFails() throws IOException {
        jobs.whenMade(() -> {
            throw new InputException("edges.txt is not there");
        });
        var fault = fault(cluster.run(plain(2)));
        assertThat(fault.kind()).isEqualTo(Fault.Kind.INPUT);
        assertThat(fault.message()).contains("edges.txt is not there").contains("worker");
        jobs.whenMade(() -> {
            if (Thread.currentThread().getName().contains("master")) {
                throw new InputException("the master sees no edges.txt");
            }
        });
        assertThat(fault(cluster.run(plain(2))).message()).isEqualTo("the master sees no edges.txt");
        jobs.whenMade(() -> { });
        requireFiles();
        requireGood(2);
    }

    @Test
    void aWorkerOutOfMemoryFailsItsJobAndLivesOn() throws IOException {
        var fault = fault(cluster.run(spec(() -> { }, () -> {
            var all = new ArrayList<long[]>();
            while (all.size() < Integer.MAX_VALUE) {
                all.add(new long[1 << 20]);
            }
        }, 2)));
        assertThat(fault.message()).contains("on worker").contains("is too small for this job");
        requireFiles();
        requireGood(2);
        assertThat(cluster.client().status().members()).as("the same workers").extracting(ToClient.Member::member)
            .containsExactlyInAnyOrder(1, 2);
    }

    /** Where a job is when it is cancelled. */
    enum Stage { QUEUED, MADE_ON_A_WORKER, MADE_ON_THE_MASTER, LOADING, COMPUTING, IN_THE_HOOK, WRITING }

    @ParameterizedTest
    @EnumSource(Stage.class)
    void aCancelledJobLeavesNothing(Stage stage) throws Exception {
        Client client = cluster.client();
        long job = client.submit(at(stage), List.of(), false);
        if (stage != Stage.QUEUED) {
            turnstile.awaitReached();
        }
        cluster.newClient().cancel(job);
        assertThat(fault(TestCluster.follow(client, job)).kind()).isEqualTo(Fault.Kind.CANCELLED);
        assertThat(output()).doesNotExist();
        assertThatThrownBy(() -> client.cancel(job)).isInstanceOf(InputException.class).hasMessageContaining("over already");
        jobs.whenMade(() -> { });
        requireFiles();
        requireGood(2);
    }

    private JobSpec at(Stage stage) {
        switch (stage) {
            case MADE_ON_A_WORKER -> jobs.whenMade(turnstile::pass);
            case MADE_ON_THE_MASTER -> jobs.whenMade(() -> {
                if (Thread.currentThread().getName().contains("master")) {
                    turnstile.pass();
                }
            });
            case QUEUED, LOADING, COMPUTING, IN_THE_HOOK, WRITING -> jobs.whenMade(() -> { });
        }
        return switch (stage) {
            case QUEUED -> plain(3);
            case MADE_ON_A_WORKER, MADE_ON_THE_MASTER -> plain(2);
            case LOADING -> spec(() -> new StagedProgram(() -> { }, () -> { }), () -> ring().withVertices((share, shares, columns, sink) ->
                turnstile.pass()), options -> options, 2);
            case COMPUTING -> spec(() -> { }, turnstile::pass, 2);
            case IN_THE_HOOK -> spec(turnstile::pass, () -> { }, 2);
            case WRITING -> spec(() -> new StagedProgram(() -> { }, () -> { }), ClusterLaws::ring,
                options -> options.withOutput(output(), new StoppingRows()), 2);
        };
    }

    /** Rows of which the second cannot be written before somebody says so. */
    private final class StoppingRows implements RowFormat {
        @Override public byte[] header(List<Column> columns) {
            return TextRows.TSV.header(columns);
        }

        @Override public RowEncoder encoder(List<Column> columns) {
            turnstile.pass();
            return TextRows.TSV.encoder(columns);
        }
    }

    /** What a program shares is closed before the parts are begun. */
    private static final class SlowToClose extends LongProgram {
        private final LongColumn seen = longColumn("seen", 0);
        private final Shared<AutoCloseable> shared;

        SlowToClose(AutoCloseable object) {
            shared = shared("object", () -> object);
        }

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            v.set(seen, v.shared(shared) == null ? 0 : 1);
            v.halt();
        }
    }

    @Test
    void aPartThatIsBegunAfterItsJobWasCancelledIsThrownAwayToo() throws Exception {
        Client client = cluster.client();
        long job = client.submit(spec(() -> new SlowToClose(turnstile::passInAnyCase), ClusterLaws::ring, options -> options, 2),
            List.of(), false);
        turnstile.awaitReached();
        client.cancel(job);
        assertThat(fault(TestCluster.follow(client, job)).kind()).isEqualTo(Fault.Kind.CANCELLED);
        requireFiles();
        turnstile.open();
        cluster.awaitIdle(2);
        requireFiles();
        requireGood(2);
    }

    @Test
    void aHookThatNeverEndsIsGivenUp() throws Exception {
        Client client = cluster.client();
        long job = client.submit(spec(turnstile::passInAnyCase, () -> { }, 2), List.of(), false);
        turnstile.awaitReached();
        assertThat(client.status().running().job()).isEqualTo(job);
        client.cancel(job);
        assertThat(fault(TestCluster.follow(client, job)).kind()).isEqualTo(Fault.Kind.CANCELLED);
        cluster.await(() -> cluster.log().stream().anyMatch(line -> line.contains("does not end when it is told to")), "it is said");
        requireFiles();
        requireGood(2);
    }

    @Test
    void aWorkerWhoseProgramNeverEndsEndsItself() throws Exception {
        Client client = cluster.client();
        long job = client.submit(spec(() -> { }, turnstile::passInAnyCase, 2), List.of(), false);
        turnstile.awaitReached();
        client.cancel(job);
        assertThat(fault(TestCluster.follow(client, job)).kind()).isEqualTo(Fault.Kind.CANCELLED);
        cluster.await(() -> cluster.members().stream().anyMatch(member -> member.end().isDone()), "one of the workers ends");
        var ended = cluster.members().stream().filter(member -> member.end().isDone()).toList();
        assertThat(ended).hasSize(1);
        assertThat(ended.get(0).end().get()).as("whether it ended well").isFalse();
        assertThat(cluster.log()).anyMatch(line -> line.contains("has to be started anew"));
        turnstile.open();
        cluster.awaitIdle(1);
        requireFiles();
        requireGood(1);
    }

    @Test
    void aClientThatGoesAwayDoesNotStopItsJob() throws Exception {
        Client submitter = cluster.newClient();
        long job = submitter.submit(spec(() -> { }, turnstile::pass, 2), List.of(), false);
        turnstile.awaitReached();
        submitter.close();
        Client other = cluster.newClient();
        other.attach(job);
        turnstile.open();
        var supersteps = new ArrayList<Integer>();
        assertThat(other.follow(job, new JobObserver() {
            @Override public void superstep(JobReport.Superstep superstep) {
                supersteps.add(superstep.number());
            }
        }, text -> { }, reason -> { })).isInstanceOf(ToClient.Done.class);
        assertThat(supersteps).as("the last one before, and all that came").containsExactly(1, 2, 3, 4, 5, 6);
        requireFiles(output());
    }

    @Test
    void aConnectionThatBreaksIsMadeAnewAndNoSuperstepIsToldTwice() throws Exception {
        var network = new TestNetwork(networks().get());
        try (var client = Client.connect(network, TestCluster.VERSION, cluster.address(), Duration.ofSeconds(20), line -> { })) {
            long job = client.submit(spec(() -> { }, turnstile::pass, 2), List.of(), false);
            var told = new ConcurrentLinkedQueue<String>();
            var end = CompletableFuture.supplyAsync(() -> client.follow(job, new JobObserver() {
                @Override public void opened(String description, long bytes) {
                    told.add("opened");
                }

                @Override public void loaded(long vertices, long edges) {
                    told.add("loaded");
                }

                @Override public void superstep(JobReport.Superstep superstep) {
                    told.add("superstep " + superstep.number());
                }
            }, text -> { }, reason -> { }));
            turnstile.awaitReached();
            cluster.await(() -> told.contains("superstep 1"), "the client has heard of superstep 1");
            long opened = told.stream().filter("opened"::equals).count();
            network.breakAll();
            cluster.await(() -> told.stream().filter("opened"::equals).count() > opened, "the client hears the story anew");
            turnstile.open();
            assertThat(end.get(30, TimeUnit.SECONDS)).isInstanceOf(ToClient.Done.class);
            assertThat(told).filteredOn(what -> !what.equals("opened")).containsExactly("loaded", "superstep 0", "superstep 1",
                "superstep 2", "superstep 3", "superstep 4", "superstep 5", "superstep 6");
        } finally {
            close(network);
        }
    }

    @Test
    void aDetachedJobRunsAndIsThereToAttachToAfterItsEnd() {
        Client client = cluster.client();
        long job = client.submit(plain(2), List.of(), true);
        cluster.await(() -> client.jobs().jobs().get(0).state() == ToClient.JobState.DONE, "the job is done");
        client.attach(job);
        assertThat(TestCluster.follow(client, job)).isInstanceOf(ToClient.Done.class);
        assertThatThrownBy(() -> client.attach(job + 1)).isInstanceOf(InputException.class).hasMessageContaining("no job 2");
    }

    @Test
    void jarsTravelToTheWorkersAndAreGoneAfterTheJob() throws IOException {
        var random = new Random(7);
        var files = new ArrayList<Path>();
        var named = new ArrayList<JobSpec.Jar>();
        for (int bytes : new int[] {2_500_000, JobSpec.JarPiece.MOST_BYTES, 0}) {
            var content = new byte[bytes];
            random.nextBytes(content);
            files.add(Files.write(Files.createDirectories(folder.resolve("scratch")).resolve(bytes + ".jar"), content));
            named.add(new JobSpec.Jar(bytes + ".jar", TestJobs.sha256(files.get(files.size() - 1)), bytes));
        }
        JobSpec plain = plain(2);
        var spec = new JobSpec(plain.program(), plain.words(), named, plain.outputs(), 2, 2);
        Client client = cluster.client();
        for (int i = 0; i < 2; i++) {
            assertThat(TestCluster.follow(client, client.submit(spec, files, false))).as("the processes said %s", cluster.log())
                .isInstanceOf(ToClient.Done.class);
        }
        var hashes = named.stream().map(JobSpec.Jar::sha256).toList();
        assertThat(jobs.jars()).as("on two workers and the master, twice").hasSize(6).allMatch(hashes::equals);
        cluster.awaitIdle(2);
        for (TestCluster.Member member : cluster.members()) {
            cluster.await(() -> isEmpty(member.scratch()), "no jar is left in " + member.scratch());
        }
        cluster.await(() -> isEmpty(cluster.masterScratch()), "no jar is left on the master");
        for (Path file : files) {
            Files.delete(file);
        }
    }

    private static boolean isEmpty(Path folder) {
        try (var files = Files.list(folder)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aJarThatIsNotWhatItSaysIsRefused() throws IOException {
        var jar = Files.write(folder.resolve("scratch").resolve("false.jar"), new byte[10]);
        JobSpec plain = plain(2);
        var spec = new JobSpec(plain.program(), plain.words(), List.of(new JobSpec.Jar("false.jar", "0".repeat(64), 10)), plain.outputs(),
            2, 2);
        assertThatThrownBy(() -> cluster.client().submit(spec, List.of(jar), false)).isInstanceOf(InputException.class)
            .hasMessageContaining("has the hash");
        Files.delete(jar);
        requireGood(2);
    }

    @Test
    void aWorkerThatIsLostFailsTheJobAndTheNextRunsOnTheRest() throws Exception {
        Client client = cluster.client();
        long job = client.submit(spec(() -> { }, turnstile::pass, 2), List.of(), false);
        turnstile.awaitReached();
        cluster.members().get(0).network().cut();
        assertThat(fault(TestCluster.follow(client, job)).message()).contains("worker").contains("can be submitted again");
        cluster.members().get(0).process().close();
        cluster.awaitIdle(1);
        requireFiles();
        requireGood(1);
    }

    @Test
    void aWorkerThatLosesItsMasterForAMomentJoinsAnew() throws IOException {
        cluster.members().forEach(member -> member.network().breakAll());
        cluster.await(() -> cluster.client().status().members().stream().allMatch(member -> member.member() > 2), "they are new members");
        cluster.awaitIdle(2);
        requireGood(2);
    }

    @Test
    void aWorkerThatIsToldToEndLeaves() throws InterruptedException, ExecutionException, IOException {
        cluster.members().get(0).process().end("enough");
        assertThat(cluster.members().get(0).end().get()).as("whether it ended well").isTrue();
        cluster.awaitIdle(1);
        requireGood(1);
    }

    @Test
    void aMasterThatEndsBreaksOffItsJob() throws Exception {
        Client client = cluster.client();
        long job = client.submit(spec(() -> { }, turnstile::pass, 2), List.of(), false);
        turnstile.awaitReached();
        cluster.master().end("enough");
        assertThat(fault(TestCluster.follow(client, job)).message()).contains("enough");
        cluster.master().awaitEnd();
        for (TestCluster.Member member : cluster.members()) {
            assertThat(member.end().get(30, TimeUnit.SECONDS)).as("whether the worker ended well").isTrue();
        }
        requireFiles();
    }

    @Test
    void twoJobsDoNotWriteTheSameOutput() throws Exception {
        Client client = cluster.client();
        long job = client.submit(spec(() -> { }, turnstile::pass, 2), List.of(), false);
        turnstile.awaitReached();
        assertThatThrownBy(() -> client.submit(plain(1), List.of(), false)).isInstanceOf(InputException.class)
            .hasMessageContaining(output().toString());
        turnstile.open();
        assertThat(TestCluster.follow(client, job)).isInstanceOf(ToClient.Done.class);
    }

    @Test
    void whereNoMasterAnswersAClientSaysSo() throws IOException {
        Network network = networks().get();
        assertThatThrownBy(() -> Client.connect(network, TestCluster.VERSION, new HostPort("localhost", 1), Duration.ofMillis(600),
            line -> { })).isInstanceOf(JobException.class).hasMessageContaining("no master answers at localhost:1")
            .hasMessageContaining("superstep master");
        requireGood(2);
        close(network);
    }

    @RepeatedTest(3)
    void aClientThatAsksAWorkerIsToldWhereTheMasterIs() {
        ToClient.Member worker = cluster.client().status().members().get(0);
        var client = cluster.newClient(new HostPort(worker.host(), worker.port()));
        assertThatThrownBy(client::status).isInstanceOf(JobException.class)
            .hasMessageContaining("this is a worker").hasMessageContaining("the master is at " + cluster.address());
    }

    @Test
    void anotherVersionIsRefused() throws IOException {
        Network network = networks().get();
        assertThatThrownBy(() -> Client.connect(network, "0.9", cluster.address(), Duration.ofSeconds(20), line -> { }))
            .isInstanceOf(JobException.class).hasMessageContaining("0.9").hasMessageContaining(TestCluster.VERSION);
        requireGood(2);
        close(network);
    }

    /** Where the network is not the cluster's own. */
    abstract void close(Network network);
}
