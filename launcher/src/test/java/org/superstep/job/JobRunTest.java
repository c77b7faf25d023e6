package org.superstep.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.superstep.Checkpoints;
import org.superstep.Graph;
import org.superstep.JobException;
import org.superstep.JobObserver;
import org.superstep.JobOptions;
import org.superstep.JobReport;
import org.superstep.RecoveryLog;
import org.superstep.Trace;
import org.superstep.algorithms.PageRank;
import org.superstep.checkpoint.CheckpointFolder;
import org.superstep.checkpoint.JobIdentity;
import org.superstep.checkpoint.Manifest;
import org.superstep.datasets.TextRows;
import org.superstep.master.Capacity;
import org.superstep.net.Fault;
import org.superstep.net.InProcessTransport;
import org.superstep.net.ToMaster;
import org.superstep.net.ToPeer;
import org.superstep.net.ToWorker;
import org.superstep.worker.Remains;
import org.superstep.worker.Worker;
import org.superstep.worker.WorkerJob;

/** A job over several attempts, whose workers are run by hand on the test's thread: each checkpoint is there before the job goes on. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JobRunTest {
    private static final int SUPERSTEPS = 8;
    private static final WorkerJob.ReadListener DEAF = new WorkerJob.ReadListener() {
        @Override public void opened(String description, long bytes) {
        }

        @Override public void advanced(long bytes, long edges) {
        }
    };

    @TempDir
    private Path folder;
    private final List<String> notices = new ArrayList<>();
    private final List<String> traces = new ArrayList<>();
    private final List<Integer> supersteps = new ArrayList<>();

    private Path saved() {
        return folder.resolve("saved");
    }

    /** A ring with chords of forty vertices, on which PageRank runs for {@value #SUPERSTEPS} supersteps. */
    private final class Rig implements AutoCloseable {
        final Job job;
        final JobRun run;
        private final OutputFiles files;
        private int attempt;
        private InProcessTransport transport;
        private List<Worker> workers = List.of();
        private List<Remains> remains = List.of();
        private ToWorker announced;

        Rig(UnaryOperator<JobOptions> options) {
            this(0.85, options);
        }

        Rig(double damping, UnaryOperator<JobOptions> options) {
            var program = new PageRank(damping, SUPERSTEPS - 1);
            long[] sources = LongStream.range(0, 80).map(i -> i % 40).toArray();
            long[] targets = LongStream.range(0, 80).map(i -> i < 40 ? (i + 1) % 40 : i * 7 % 40).toArray();
            job = new Job(program, Graph.of(sources, targets), options.apply(JobOptions.DEFAULT.withPartitions(6)
                .withOutput(folder.resolve("rows"), TextRows.TSV).withObserver(new JobObserver() {
                    @Override public void notice(String line) {
                        notices.add(line);
                    }

                    @Override public void superstep(JobReport.Superstep superstep) {
                        supersteps.add(superstep.number());
                    }
                })));
            files = new OutputFiles(program, job.options());
            run = new JobRun(job, traces::add);
        }

        Rig begin(int count) {
            closeWorkers();
            attempt++;
            transport = new InProcessTransport(count);
            OutputFiles of = files.attempt(attempt, count, List.of());
            workers = IntStream.range(0, count)
                .mapToObj(i -> new Worker(i, count, 1, job.part(i, of, 1L << 28, Path.of("."), new NoHarm(), DEAF), transport,
                    remains.stream().skip(i).findFirst())).toList();
            var names = IntStream.rangeClosed(1, count).mapToObj(i -> "worker " + i).toList();
            run.begin(of, names, Capacity.equal(count, count, 1L << 30), command -> {
                announced = command;
                for (int i = 0; i < count; i++) {
                    transport.toWorker(i, command);
                }
            });
            return this;
        }

        /** A worker is lost; the others do what they were told, and keep what has come of it. */
        Rig lose(int lost) {
            run.lost("worker " + (lost + 1) + " of " + workers.size() + " was lost");
            remains = new ArrayList<>();
            for (int i = 0; i < workers.size(); i++) {
                for (Object message = transport.pollForWorker(i); message != null; message = transport.pollForWorker(i)) {
                    if (i != lost && message instanceof ToWorker command) {
                        workers.get(i).on(command);
                    }
                }
                if (i != lost) {
                    remains.add(workers.get(i).keep().orElseThrow());
                }
            }
            return this;
        }

        /** What a worker answers when it is asked what it has kept. */
        private ToMaster.Kept kept(int worker) {
            Object message = transport.pollForWorker(worker);
            workers.get(worker).on((ToWorker) message);
            return (ToMaster.Kept) transport.pollForMaster();
        }

        /** Goes on until this superstep has been announced; that is, stands before it, with the checkpoint before it there. */
        Rig upTo(int superstep) throws Exception {
            while (!(announced instanceof ToWorker.RunSuperstep run && run.superstep() == superstep)) {
                step();
            }
            return this;
        }

        /** Goes on to the end of the job, or of the attempt. */
        void on() throws Exception {
            while (!run.isOver() && run.wantsOtherWorkers().isEmpty()) {
                step();
            }
        }

        /** Gives a worker a message, or the run an event; what belongs to a checkpoint comes before all else. */
        private void step() throws Exception {
            ToMaster event = transport.pollForMaster();
            for (int i = 0; i < workers.size() && event == null; i++) {
                Object message = transport.pollForWorker(i);
                if (message instanceof ToPeer data) {
                    workers.get(i).on(data);
                    return;
                }
                if (message instanceof ToWorker.Checkpoint command) {
                    save(command, i);
                    return;
                }
                if (message != null) {
                    workers.get(i).on((ToWorker) message);
                    return;
                }
            }
            run.on(event == null ? transport.takeForMaster() : event);
        }

        private void save(ToWorker.Checkpoint command, int first) throws Exception {
            int before = run.checkpoints();
            int told = notices.size();
            workers.get(first).on(command);
            for (int i = first + 1; i < workers.size(); i++) {
                workers.get(i).on((ToWorker) transport.pollForWorker(i));
            }
            for (int i = 0; i < workers.size(); i++) {
                run.on(transport.takeForMaster());
            }
            // An event that changes nothing lets the run look whether the commit has ended.
            while (run.checkpoints() == before && notices.size() == told && announced instanceof ToWorker.RunSuperstep) {
                run.on(new ToMaster.Traced(0, new long[0], List.of()));
            }
        }

        private void closeWorkers() {
            workers.forEach(Worker::close);
            workers.forEach(Worker::closeShared);
            workers = List.of();
        }

        String rows() throws IOException {
            closeWorkers();
            run.close();
            return Files.readString(folder.resolve("rows"), StandardCharsets.UTF_8);
        }

        @Override public void close() {
            closeWorkers();
            run.close();
        }
    }

    private UnaryOperator<JobOptions> every(int count) {
        return options -> options.withCheckpoints(Checkpoints.in(saved()).every(count));
    }

    private String undisturbed() throws Exception {
        try (var rig = new Rig(UnaryOperator.identity()).begin(1)) {
            rig.on();
            supersteps.clear();
            String rows = rig.rows();
            Files.delete(folder.resolve("rows"));
            return rows;
        }
    }

    @Test
    void aJobGoesBackToItsLastCheckpointWithThoseWhoAreThere() throws Exception {
        String expected = undisturbed();
        var rig = new Rig(every(3)).begin(3).upTo(5);
        rig.run.lost("worker 2 of 3 (host:1) was lost: the connection was reset");
        rig.run.on(new ToMaster.Failed(0, new Fault(Fault.Kind.FAILURE, "late")));
        rig.begin(2).on();
        assertThat(rig.rows()).isEqualTo(expected);
        assertThat(notices).containsExactly("worker 2 of 3 (host:1) was lost: the connection was reset; going back to the checkpoint before"
            + " superstep 3");
        assertThat(supersteps).containsExactly(0, 1, 2, 3, 4, 3, 4, 5, 6, 7);
        JobReport report = rig.run.report();
        assertThat(report.supersteps()).extracting(JobReport.Superstep::number).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(report.workers()).isEqualTo(2);
        assertThat(report.workerTotals()).hasSize(2);
        assertThat(report.recovery().restarts()).isEqualTo(1);
        assertThat(report.recovery().checkpoints()).isEqualTo(3);
        assertThat(report.recovery().checkpointBytes()).isPositive();
        assertThat(report.recovery().resumedFrom()).isEmpty();
        assertThat(saved()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aJobWithoutACheckpointBeginsAnewFromTheInput(boolean isSaved) throws Exception {
        String expected = undisturbed();
        var rig = new Rig(isSaved ? every(3) : UnaryOperator.identity()).begin(2);
        rig.run.lost("worker 1 of 2 was lost: it said nothing for 10 s");
        rig.begin(1).on();
        assertThat(rig.rows()).isEqualTo(expected);
        assertThat(notices).containsExactly("worker 1 of 2 was lost: it said nothing for 10 s; beginning anew from the input");
    }

    @Test
    void partitionsMoveByWayOfACheckpoint() throws Exception {
        String expected = undisturbed();
        var rig = new Rig(every(100)).begin(2).upTo(4);
        rig.run.regroup("worker 3 has joined");
        rig.on();
        assertThat(rig.run.wantsOtherWorkers()).contains("worker 3 has joined");
        rig.begin(3).on();
        assertThat(rig.rows()).isEqualTo(expected);
        assertThat(notices).containsExactly("partitions move before superstep 5: worker 3 has joined");
        assertThat(rig.run.report().recovery().restarts()).isZero();
        assertThat(rig.run.report().recovery().moves()).isEqualTo(1);
        assertThat(supersteps).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void aSuspendedJobIsGoneOnWithByAnotherProcess() throws Exception {
        String expected = undisturbed();
        try (var rig = new Rig(every(100)).begin(3).upTo(2)) {
            rig.run.suspend();
            assertThatThrownBy(rig::on).isInstanceOf(SuspendedException.class).hasMessage("the job is suspended before superstep 3; it goes"
                + " on with: superstep resume " + saved());
        }
        assertThat(folder.toFile().list()).containsExactly("saved");
        var next = new Rig(every(100)).begin(2);
        next.on();
        assertThat(next.rows()).isEqualTo(expected);
        assertThat(notices).containsExactly("going on from the checkpoint before superstep 3 in " + saved());
        assertThat(supersteps).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(next.run.report().recovery().resumedFrom()).hasValue(3);
        assertThat(next.run.report().vertices()).isEqualTo(40);
        assertThat(next.run.report().edges()).isEqualTo(80);
        assertThat(folder.toFile().list()).containsExactly("rows");
    }

    private UnaryOperator<JobOptions> confined() {
        return options -> every(3).apply(options).withConfinedRecovery(RecoveryLog.DEFAULT);
    }

    @Test
    void lostPartitionsComputeAgainOnThoseWhoAreLeft() throws Exception {
        String expected = undisturbed();
        var rig = new Rig(confined()).begin(3).upTo(5).lose(1);
        assertThat(rig.run.wantsKept()).isTrue();
        rig.begin(2).on();
        assertThat(rig.rows()).isEqualTo(expected);
        assertThat(notices).hasSize(3);
        assertThat(notices.get(0)).isEqualTo("worker 2 of 3 was lost; those that are left keep what they have computed since the checkpoint"
            + " before superstep 3");
        assertThat(notices.get(1)).matches("partitions [23] on worker 1, [23] on worker 2 compute supersteps 3 to 5 again, while the others"
            + " wait: 1[34] of 40 vertices");
        assertThat(supersteps).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(rig.run.report().recovery().confined()).isEqualTo(1);
        assertThat(rig.run.report().recovery().computedAgainOfAll()).isEqualTo(120);
    }

    @Test
    void aLogThatBeginsTooLateTakesAllBackAndItsWorkerIsNamed() throws Exception {
        String expected = undisturbed();
        var rig = new Rig(confined()).begin(3).upTo(5).lose(1).begin(2);
        ToMaster.Kept first = rig.kept(0);
        ToMaster.Kept second = rig.kept(1);
        rig.run.on(new ToMaster.Kept(first.worker(), first.partitions(), first.superstep(), first.computed(), 4, "its disk is full"));
        rig.run.on(second);
        rig.on();
        assertThat(rig.rows()).isEqualTo(expected);
        assertThat(notices).hasSize(2).element(1).isEqualTo("all partitions go back to the checkpoint before superstep 3 all the same:"
            + " worker 1 has a log that begins with superstep 4: its disk is full");
        assertThat(supersteps).containsExactly(0, 1, 2, 3, 4, 3, 4, 5, 6, 7);
        assertThat(rig.run.report().recovery().confined()).isZero();
        assertThat(rig.run.report().recovery().computedAgain()).isEqualTo(120);
    }

    @Test
    void aLogThatCannotBeReadTakesAllBackInAnotherAttempt() throws Exception {
        String expected = undisturbed();
        var rig = new Rig(confined()).begin(3).upTo(5).lose(1).begin(2);
        rig.run.on(rig.kept(0));
        rig.run.on(rig.kept(1));
        rig.run.on(new ToMaster.NotReplayed(1, "/tmp/log: a block is damaged"));
        assertThat(rig.run.wantsOtherWorkers()).contains("a log cannot be read");
        assertThat(rig.run.wantsKept()).isFalse();
        rig.remains = List.of();
        rig.begin(2).on();
        assertThat(rig.rows()).isEqualTo(expected);
        assertThat(notices).hasSize(3).element(2).isEqualTo("all partitions go back to the checkpoint before superstep 3 all the same:"
            + " worker 2: /tmp/log: a block is damaged");
        assertThat(rig.run.report().recovery().restarts()).isEqualTo(2);
        assertThat(rig.run.report().recovery().confined()).isZero();
    }

    @Test
    void whoeverIsReleasedOnPurposeKeepsNothing() throws Exception {
        String expected = undisturbed();
        var rig = new Rig(confined()).begin(3).upTo(4);
        rig.run.regroup("worker 3 is drained");
        rig.on();
        assertThat(rig.run.wantsKept()).isFalse();
        rig.begin(2).on();
        assertThat(rig.rows()).isEqualTo(expected);
        assertThat(notices).containsExactly("partitions move before superstep 5: worker 3 is drained");
    }

    @Test
    void nobodyKeepsAnythingWhereGoingBackCostsNoComputing() throws Exception {
        String expected = undisturbed();
        var rig = new Rig(confined()).begin(3).upTo(4);
        rig.run.regroup("worker 3 is drained");
        rig.on();
        rig.run.lost("worker 3 of 3 was lost");
        assertThat(rig.run.wantsKept()).isFalse();
        rig.begin(2).on();
        assertThat(rig.rows()).isEqualTo(expected);
        assertThat(notices).element(1).isEqualTo("worker 3 of 3 was lost; going back to the checkpoint before superstep 5");
    }

    /** Flips a bit of what the latest checkpoint but {@code back} has as the state of one partition. */
    private void damage(int back) throws IOException {
        var checkpoints = new CheckpointFolder(saved());
        Manifest manifest = checkpoints.read(checkpoints.manifests().get(back));
        Path file = saved().resolve(manifest.partitions().get(1).state().file());
        byte[] bytes = Files.readAllBytes(file);
        bytes[(int) manifest.partitions().get(1).state().offset() + 10] ^= 4;
        Files.write(file, bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aDamagedCheckpointIsToldAndTheOneBeforeItIsTaken(int damaged) throws Exception {
        String expected = undisturbed();
        var rig = new Rig(every(2)).begin(2).upTo(5);
        for (int i = 0; i < damaged; i++) {
            damage(i);
        }
        rig.run.lost("worker 1 of 2 was lost");
        rig.begin(1);
        for (int i = 0; i < damaged; i++) {
            rig.on();
            assertThat(rig.run.wantsOtherWorkers()).contains("a checkpoint is damaged");
            rig.begin(2);
        }
        rig.on();
        assertThat(rig.rows()).isEqualTo(expected);
        assertThat(notices.get(0)).isEqualTo("worker 1 of 2 was lost; going back to the checkpoint before superstep 4");
        assertThat(notices.get(1)).startsWith("the checkpoint before superstep 4 cannot be used: ").contains(saved().toString());
        assertThat(notices.get(2)).isEqualTo("going back to the checkpoint before superstep 2");
        assertThat(notices.get(notices.size() - 1)).isEqualTo(damaged == 1 ? "going back to the checkpoint before superstep 2"
            : "no checkpoint is whole: beginning anew from the input");
        assertThat(saved()).doesNotExist();
    }

    @Test
    void aManifestThatCannotBeReadIsPassedOver() throws Exception {
        String expected = undisturbed();
        try (var rig = new Rig(every(2)).begin(1)) {
            rig.upTo(5);
        }
        var checkpoints = new CheckpointFolder(saved());
        Path latest = saved().resolve(checkpoints.manifests().get(0));
        Files.write(latest, new byte[] {1, 2, 3});
        supersteps.clear();
        var next = new Rig(every(2)).begin(1);
        next.on();
        assertThat(next.rows()).isEqualTo(expected);
        assertThat(notices.get(0)).startsWith("a checkpoint cannot be used: " + latest);
        assertThat(notices.get(1)).isEqualTo("going on from the checkpoint before superstep 2 in " + saved());
        assertThat(next.run.report().recovery().resumedFrom()).hasValue(2);
        assertThat(supersteps).containsExactly(2, 3, 4, 5, 6, 7);
    }

    @Test
    void aJobWhoseCheckpointsAreAllDamagedSaysThatItBeginsAnew() throws Exception {
        String expected = undisturbed();
        try (var rig = new Rig(every(2)).begin(1)) {
            rig.upTo(5);
        }
        for (String name : new CheckpointFolder(saved()).manifests()) {
            Files.write(saved().resolve(name), new byte[] {1, 2, 3});
        }
        var next = new Rig(every(2)).begin(1);
        next.on();
        assertThat(next.rows()).isEqualTo(expected);
        assertThat(notices).last().isEqualTo("no checkpoint is whole: beginning anew from the input");
    }

    @Test
    void aFolderOfAnotherJobIsRefused() throws Exception {
        try (var rig = new Rig(every(2)).begin(1)) {
            rig.upTo(3);
        }
        try (var other = new Rig(0.5, every(2))) {
            assertThatThrownBy(() -> other.begin(1)).isInstanceOf(JobException.class).hasMessage("the folder " + saved()
                + " holds checkpoints of another job, pagerank; name another folder for this one");
        }
        var named = new JobIdentity("7-1", "pagerank", List.of("pagerank", "--input", "x"), List.of(), 1);
        try (var another = new Rig(options -> options.withCheckpoints(Checkpoints.in(saved()).of(named)))) {
            assertThatThrownBy(() -> another.begin(1)).hasMessageContaining("name another folder for this one");
        }
        // The first job's are as they were, and it is the one that leads.
        assertThat(new CheckpointFolder(saved()).manifests()).hasSize(2);
        assertThat(new CheckpointFolder(saved()).lead()).isEqualTo(2);
    }

    /** Two jobs that begin at the same moment both find the folder empty; what the first has committed by then is not the second's. */
    @Test
    void aCheckpointThatAnotherJobHasCommittedMeanwhileIsRefused() throws Exception {
        try (var rig = new Rig(every(2)).begin(1).upTo(1)) {
            var checkpoints = new CheckpointFolder(saved());
            Manifest own = checkpoints.read(checkpoints.manifests().get(0));
            checkpoints.commit(new Manifest(own.version(), new JobIdentity("7-1", "wcc", List.of(), List.of(), 1), own.createdMillis(),
                own.leader(), 5, own.firsts(), own.master(), own.partitions()));
            rig.run.lost("worker 1 of 1 was lost");
            assertThatThrownBy(() -> rig.begin(1)).isInstanceOf(JobException.class).hasMessage("the folder " + saved()
                + " holds checkpoints of another job, wcc; name another folder for this one");
        }
    }

    @Test
    void whoeverIsOvertakenEnds() throws Exception {
        try (var rig = new Rig(every(2)).begin(1).upTo(3)) {
            new CheckpointFolder(saved()).lead();
            assertThatThrownBy(rig::on).isInstanceOf(JobException.class).hasMessage("another process goes on with the job"
                + " whose checkpoints are in " + saved() + ", and this one ends: it was leader 1 of the folder, and now there is leader 2");
        }
        assertThat(new CheckpointFolder(saved()).manifests()).hasSize(2);
        assertThat(folder.toFile().list()).containsExactly("saved");
    }

    /** On a cluster a job's end is told before all of its workers have let go, and its folder may serve the next job by then. */
    @Test
    void whoSweepsAfterItsEndLeavesTheNextJobsCheckpointsAlone() throws Exception {
        String expected = undisturbed();
        var ended = new Rig(every(2)).begin(1);
        ended.on();
        ended.rows();
        var next = new Rig(every(2)).begin(1).upTo(3);
        ended.run.sweep();
        assertThat(new CheckpointFolder(saved()).manifests()).hasSize(2);
        next.on();
        assertThat(next.rows()).isEqualTo(expected);
        Files.createDirectory(saved());
        Files.createFile(saved().resolve("6-1-1-w0.state"));
        ended.run.sweep();
        assertThat(saved()).as("what a worker has written late").doesNotExist();
    }

    @Test
    void checkpointsStayWhereTheyAreToBeKept() throws Exception {
        var rig = new Rig(options -> options.withCheckpoints(Checkpoints.in(saved()).every(2).keeping(3))).begin(2);
        rig.on();
        rig.rows();
        var checkpoints = new CheckpointFolder(saved());
        assertThat(checkpoints.manifests()).hasSize(3);
        for (String name : checkpoints.manifests()) {
            checkpoints.verify(checkpoints.read(name), true);
        }
        assertThat(checkpoints.read(checkpoints.manifests().get(0)).superstep()).isEqualTo(6);
    }

    @Test
    void aCheckpointThatCannotBeWrittenIsToldAndTheJobGoesOn() throws Exception {
        String expected = undisturbed();
        var rig = new Rig(every(2)).begin(2).upTo(3);
        // Where the worker would write stands a folder.
        Path hindrance = Files.createDirectory(saved().resolve("4-1-1-w1.state"));
        rig.upTo(5);
        Files.delete(hindrance);
        rig.on();
        assertThat(rig.rows()).isEqualTo(expected);
        assertThat(notices).hasSize(1).first().asString().startsWith("the checkpoint before superstep 4 could not be written: ")
            .contains("4-1-1-w1.state").endsWith("; the job goes on, and could go back to that before superstep 2");
        assertThat(saved()).doesNotExist();
    }

    @Test
    void tracesAreToldOnce() throws Exception {
        var told = new AtomicReference<List<String>>();
        for (boolean isLost : new boolean[] {false, true}) {
            traces.clear();
            var rig = new Rig(options -> every(2).apply(options).withTrace(Trace.of(3, 999))).begin(2).upTo(5);
            if (isLost) {
                rig.run.lost("worker 1 of 2 was lost");
                rig.begin(1);
            }
            rig.on();
            rig.rows();
            told.compareAndSet(null, List.copyOf(traces));
        }
        assertThat(traces).isEqualTo(told.get()).hasSize(SUPERSTEPS + 1);
    }
}
