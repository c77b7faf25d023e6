package org.superstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.superstep.Graph;
import org.superstep.datasets.TextRows;
import org.superstep.master.ClusterCommand;
import org.superstep.master.ClusterEvent;
import org.superstep.net.Connection;
import org.superstep.net.Fault;
import org.superstep.net.Frame;
import org.superstep.net.JobSpec;
import org.superstep.net.Party;

/** What a job's workers are told of an attempt that ends meanwhile. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class MasterJobTest {
    private static final long JOB = 1;
    private static final long ATTEMPT = 7;

    @TempDir
    private Path folder;
    private final Queue<String> said = new ConcurrentLinkedQueue<>();

    /** A connection that notes what is sent; before it does, something happens. */
    private final class Line implements Connection {
        private final long id;
        private final Runnable before;

        Line(long id, Runnable before) {
            this.id = id;
            this.before = before;
        }

        @Override public long id() {
            return id;
        }

        @Override public Party party() {
            return new Party(Party.Role.MEMBER, "1.0");
        }

        @Override public String remote() {
            return "the other end";
        }

        @Override public boolean isSafe() {
            return true;
        }

        @Override public void send(Frame frame) {
            before.run();
            said.add("worker " + id + " is told");
        }

        @Override public int sendData(Frame frame) {
            throw new AssertionError("a master sends no data");
        }

        @Override public void corrupt() {
            throw new AssertionError("nobody tries that here");
        }

        @Override public void close(String reason) {
            said.add("worker " + id + " is closed: " + reason);
        }
    }

    @Test
    void whatIsAnnouncedAllAreToldBeforeTheAttemptEnds() throws Exception {
        var jobs = new TestJobs();
        JobSpec spec = jobs.spec(() -> new StagedProgram(() -> { }, () -> { }), () -> Graph.of(new long[] {0, 1}, new long[] {1, 0}),
            options -> options.withOutput(folder.resolve("rows.tsv"), TextRows.TSV), 2, 2);
        BlockingQueue<ClusterEvent> events = new LinkedBlockingQueue<>();
        var pausing = new Thread[1];
        var begin = new ClusterCommand.BeginJob(JOB, ATTEMPT, 1, spec, List.of(new ClusterCommand.Worker(1, 1, "host:1", 1, 1 << 20),
            new ClusterCommand.Worker(2, 2, "host:2", 1, 1 << 20)));
        var job = new MasterJob[1];
        Map<Long, Connection> lines = Map.of(1L, new Line(1, () -> pausing[0] = paused(job[0])), 2L, new Line(2, () -> { }));
        job[0] = new MasterJob(begin, 1, jobs, List.of(), lines::get, events::add);
        job[0].start();
        TestCluster.await(() -> said.size() == 3, "all is told", said);
        pausing[0].join();
        assertThat(said).containsExactly("worker 1 is told", "worker 2 is told", "the attempt is over");
        job[0].breakOff(new Fault(Fault.Kind.CANCELLED, "the test is over"));
        assertThat(job[0].join(TimeUnit.SECONDS.toMillis(30))).isTrue();
    }

    /** Another thread that ends the attempt, when it has, or when it waits until it may. */
    private Thread paused(MasterJob job) {
        var thread = new Thread(() -> {
            job.pause(ATTEMPT, "a worker was lost");
            said.add("the attempt is over");
        });
        thread.start();
        TestCluster.await(() -> thread.getState() == Thread.State.BLOCKED || thread.getState() == Thread.State.TERMINATED,
            "the other thread waits or has ended", said);
        return thread;
    }
}
