package org.superstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.superstep.Checkpoints;
import org.superstep.Graph;
import org.superstep.Injection;
import org.superstep.JobObserver;
import org.superstep.JobOptions;
import org.superstep.Superstep;
import org.superstep.checkpoint.CheckpointFolder;
import org.superstep.datasets.TextRows;
import org.superstep.engine.SlowProgram;
import org.superstep.net.Fault;
import org.superstep.net.JobSpec;
import org.superstep.net.Network;
import org.superstep.net.ToClient;
import org.superstep.net.socket.SocketNetwork;
import org.superstep.net.socket.SocketOptions;

/** What a cluster does where a job outlives some of them: it writes what it would have written, and nothing else stays. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ClusterRecoveryTest {
    private static final int VERTICES = 10;

    @TempDir
    private Path folder;
    private final TestJobs jobs = new TestJobs();
    private final Turnstile turnstile = new Turnstile();
    private final Queue<String> notices = new ConcurrentLinkedQueue<>();
    private TestCluster cluster;
    private String expected;

    @BeforeEach
    void startThreeWorkers() throws IOException {
        Path undisturbed = folder.resolve("undisturbed.tsv");
        Superstep.run(new StagedProgram(() -> { }, () -> { }), ring(), JobOptions.DEFAULT.withOutput(undisturbed, TextRows.TSV));
        expected = Files.readString(undisturbed);
        Files.delete(undisturbed);
        cluster = new TestCluster(folder.resolve("scratch"), jobs, ClusterRecoveryTest::network, 3);
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

    private Path saved() {
        return folder.resolve("saved");
    }

    /** A job for all workers that may begin anew, with one thing that happens in its hook and one in its compute. */
    private JobSpec spec(Runnable inHook, Runnable inCompute, UnaryOperator<JobOptions> more, boolean isSaved) {
        JobSpec once = jobs.spec(() -> new StagedProgram(inHook, inCompute), ClusterRecoveryTest::ring,
            options -> more.apply(options.withOutput(output(), TextRows.TSV)), 0, 3);
        return new JobSpec(once.program(), once.words(), once.jars(), once.outputs(), 3, 3, new JobSpec.Recovery(3, isSaved, false, false));
    }

    private JobSpec saved(Runnable inHook, Runnable inCompute, String... faults) {
        return spec(inHook, inCompute, options -> {
            JobOptions all = options.withCheckpoints(Checkpoints.in(saved()).every(1).awaited());
            for (String fault : faults) {
                all = all.withInjection(Injection.parse(fault));
            }
            return all;
        }, true);
    }

    /** The end of a job, which somebody follows from now on. */
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
        assertThat(end(job)).as("the processes said %s", cluster.log()).isInstanceOf(ToClient.Done.class);
        assertThat(Files.readString(output())).isEqualTo(expected);
        cluster.await(() -> files().equals(List.of("rows.tsv", "scratch")), "nothing else is left");
    }

    private List<String> files() {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().collect(Collectors.toList());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What was asked before is done when something else is answered. */
    private void requireCarriedOut() {
        assertThat(cluster.client().status().running()).isNotNull();
    }

    private void cut(int member) {
        cluster.members().get(member).network().cut();
    }

    @Test
    void aJobThatLosesAWorkerBeginsAnewWithTheOthers() throws Exception {
        var job = follow(cluster.client().submit(spec(() -> { }, turnstile::pass, options -> options, false), List.of(), true));
        turnstile.awaitReached();
        cut(1);
        turnstile.open();
        requireDone(job);
        assertThat(notices).singleElement().asString()
            .matches("worker [123] \\((localhost|127.0.0.1):\\d+\\) was lost: .*; beginning anew from the input");
    }

    @Test
    void aHookThatHangsWhileAWorkerIsLostIsHeardByNobody() throws Exception {
        var job = follow(cluster.client().submit(spec(turnstile::passInAnyCase, () -> { }, options -> options, false), List.of(), true));
        turnstile.awaitReached();
        cut(0);
        cluster.await(() -> cluster.client().status().members().stream().filter(member -> !member.doing().equals("idle")).count() == 2
            && cluster.log().stream().anyMatch(line -> line.contains("goes on with attempt 2")), "the others have begun the next attempt");
        turnstile.open();
        requireDone(job);
        assertThat(notices).singleElement().asString().startsWith("worker ").endsWith("; beginning anew from the input");
    }

    @Test
    void aJobThatIsSavedGoesBackToItsCheckpoint() throws Exception {
        var job = follow(cluster.client().submit(saved(() -> { }, () -> { }, "kill worker 3 at superstep 3 exchange"), List.of(), true));
        requireDone(job);
        assertThat(notices).anySatisfy(line -> assertThat(line)
            .matches("worker 3 \\((localhost|127.0.0.1):\\d+\\) was lost: .*; going back to the checkpoint before superstep 3"));
    }

    @Test
    void aSecondLossWhileTheOthersRecoverIsOneMore() throws Exception {
        var job = follow(cluster.client().submit(saved(() -> { }, () -> { },
            "kill worker 3 at superstep 3 barrier", "kill worker 1 at recover"), List.of(), true));
        requireDone(job);
        assertThat(notices).filteredOn(line -> line.contains(" was lost: ")).hasSize(2);
    }

    @Test
    void whereConnectionsBreakTheSameProcessesGoOn() throws Exception {
        var job = follow(cluster.client().submit(saved(() -> { }, () -> { }, "disconnect worker 2 at superstep 3 compute"), List.of(),
            true));
        requireDone(job);
        assertThat(notices).anySatisfy(line -> assertThat(line).contains("was lost: an injected fault has cut its connections"));
    }

    @Test
    void aDamagedCheckpointIsNotUsed() throws Exception {
        var job = follow(cluster.client().submit(saved(() -> { }, () -> { },
            "corrupt worker 1 at superstep 2 checkpoint", "kill worker 2 at superstep 2 compute"), List.of(), true));
        requireDone(job);
        assertThat(notices).as("the processes said %s", cluster.log())
            .anySatisfy(line -> assertThat(line).matches("the checkpoint before superstep \\d cannot be used: .*"));
    }

    @Test
    void aJobWithoutWorkersIsCancelledAsOneWithThem() throws Exception {
        long number = cluster.client().submit(spec(() -> { }, turnstile::pass, options -> options, false), List.of(), true);
        var job = follow(number);
        turnstile.awaitReached();
        for (int i = 0; i < 3; i++) {
            cut(i);
        }
        cluster.await(() -> notices.stream().anyMatch(line -> line.startsWith("waiting for workers")), "it waits");
        cluster.client().cancel(number);
        assertThat(((ToClient.Failed) end(job)).fault().kind()).isEqualTo(Fault.Kind.CANCELLED);
        turnstile.open();
        cluster.await(() -> files().equals(List.of("scratch")), "nothing is left");
    }

    @Test
    void aSuspendedJobGoesOnLater() throws Exception {
        var first = saved(() -> { }, turnstile::pass);
        long number = cluster.client().submit(first, List.of(), true);
        var job = follow(number);
        turnstile.awaitReached();
        cluster.client().suspend(number);
        requireCarriedOut();
        turnstile.open();
        var fault = ((ToClient.Failed) end(job)).fault();
        assertThat(fault.kind()).isEqualTo(Fault.Kind.SUSPENDED);
        assertThat(fault.message()).contains("suspended before superstep 3").contains("superstep resume " + saved());
        assertThat(output()).doesNotExist();
        assertThat(cluster.client().jobs().jobs().get(0).state()).isEqualTo(ToClient.JobState.SUSPENDED);
        var second = follow(cluster.client().submit(saved(() -> { }, () -> { }), List.of(), true));
        requireDone(second);
        assertThat(notices).contains("going on from the checkpoint before superstep 3 in " + saved());
    }

    @Test
    void aDrainedWorkerHandsOverAndEnds() throws Exception {
        var job = follow(cluster.client().submit(saved(() -> { }, turnstile::pass), List.of(), true));
        turnstile.awaitReached();
        cluster.client().drain(2);
        requireCarriedOut();
        turnstile.open();
        requireDone(job);
        cluster.await(() -> cluster.members().stream().anyMatch(member -> member.end().isDone()), "one of the workers ends");
        for (TestCluster.Member member : cluster.members()) {
            assertThat(member.end().getNow(true)).as("whether it ended well").isTrue();
        }
        assertThat(notices).noneMatch(line -> line.contains("was lost"));
    }

    @Test
    void aSlowWorkersPartitionsMoveToTheOthers() throws Exception {
        Path alone = folder.resolve("alone.tsv");
        Superstep.run(new SlowProgram(80), SlowProgram.graph(), JobOptions.DEFAULT.withThreads(16).withOutput(alone, TextRows.TSV));
        JobSpec once = jobs.spec(() -> new SlowProgram(80), SlowProgram::graph, options -> options.withOutput(output(), TextRows.TSV)
            .withPartitions(30).withCheckpoints(Checkpoints.in(saved()).every(1000)).withRebalancing()
            .withInjection(Injection.parse("slow worker 2 at compute by 5")), 3, 3);
        var job = follow(cluster.client().submit(new JobSpec(once.program(), once.words(), once.jars(), once.outputs(), 3, 3,
            new JobSpec.Recovery(0, true, false, false)), List.of(), true));
        assertThat(end(job)).as("the processes said %s", cluster.log()).isInstanceOf(ToClient.Done.class);
        assertThat(output()).hasSameBinaryContentAs(alone);
        assertThat(notices).singleElement().asString().matches("partitions move before superstep \\d+: worker [123]"
            + " \\((localhost|127.0.0.1):\\d+\\) computes \\d+\\.\\d times as long as the others");
        assertThat(jobs.reports()).singleElement().satisfies(report -> assertThat(report.recovery().moves()).isEqualTo(1));
    }

    @Test
    void aMasterThatFindsWhatOneBeforeItHasKeptGoesOn() throws Exception {
        Path state = folder.resolve("scratch").resolve("state");
        cluster.keepState(state);
        long number = cluster.client().submit(saved(() -> { }, turnstile::pass), List.of(), true);
        turnstile.awaitReached();
        cluster.await(() -> !manifests().isEmpty(), "there is a checkpoint");
        // As a master that is killed leaves it: one that ends says so to everybody first.
        Path copy = folder.resolve("scratch").resolve("copy");
        copy(state, copy);
        cluster.stopMasterAtOnce();
        turnstile.open();
        cluster.keepState(copy);
        requireDone(follow(number));
        assertThat(jobs.reports()).singleElement().satisfies(report -> assertThat(report.recovery().resumedFrom()).isPresent());
        for (Path folder : List.of(state, copy)) {
            delete(folder);
        }
    }

    private List<String> manifests() {
        try {
            return new CheckpointFolder(saved()).manifests();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }
}
