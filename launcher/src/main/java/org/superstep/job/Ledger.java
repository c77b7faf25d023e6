package org.superstep.job;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.superstep.JobReport;
import org.superstep.graph.Program;
import org.superstep.master.Capacity;
import org.superstep.master.MasterCommand;

/** What is written down of a job while it runs, over all its attempts, for its report. One thread uses it. */
final class Ledger {
    private final String program;
    private final History history;
    private final long startNanos = System.nanoTime();
    private long loadedNanos = startNanos;
    private long computedNanos;
    private long writtenNanos = startNanos;
    private long superstepNanos = startNanos;

    private List<Capacity> capacities = List.of();
    private int attempts;
    private int moves;
    private long vertices;
    private long edges;
    private long mirrors;
    private int partitions;
    private OptionalInt resumedFrom = OptionalInt.empty();

    private int checkpoints;
    private long checkpointBytes;
    private long copyNanos;
    private long writeNanos;

    /** The last superstep that had begun when a worker was lost, from then on until the job is there again. */
    private OptionalInt lostIn = OptionalInt.empty();
    /** When that was. */
    private long lossNanos;
    private int confined;
    private long lostNanos;
    private long computedAgain;
    private long computedAgainOfAll;

    private boolean isWritten;
    private long dropped;
    private Map<String, Object> globals = Map.of();
    private Optional<String> cut = Optional.empty();

    /** Of a job that begins now. */
    Ledger(Program program) {
        this.program = program.name();
        history = new History(program.declarations());
    }

    /** An attempt begins, with workers that can take on so much. */
    void attempt(List<Capacity> workers) {
        attempts++;
        capacities = workers;
        history.beginAttempt();
    }

    int attempts() {
        return attempts;
    }

    /** The attempt has ended because partitions move. */
    void moves() {
        moves++;
    }

    void loaded(MasterCommand.GraphLoaded graph) {
        loadedNanos = System.nanoTime();
        vertices = graph.vertices();
        edges = graph.edges();
        mirrors = graph.mirrors();
        partitions = graph.partitions();
        isAt(-1);
    }

    /** Whether it is the first that is known of the graph, because another process has loaded it. */
    boolean restored(MasterCommand.GraphRestored graph) {
        mirrors = graph.mirrors();
        isAt(graph.superstep() - 1);
        boolean isNew = partitions == 0;
        if (isNew) {
            resumedFrom = OptionalInt.of(graph.superstep());
            loadedNanos = System.nanoTime();
            vertices = graph.vertices();
            edges = graph.edges();
            partitions = graph.partitions();
        }
        return isNew;
    }

    /** A worker was lost when this superstep was the last that had begun; -1: none had, in the attempt that has ended. */
    void lost(int superstep) {
        if (lostIn.isEmpty()) {
            lossNanos = System.nanoTime();
        }
        // A second loss while the job goes back does not change where it was before the first.
        lostIn = OptionalInt.of(Math.max(superstep, lostIn.orElse(-1)));
    }

    /** All have computed this superstep. */
    private void isAt(int superstep) {
        if (lostIn.isPresent() && superstep >= lostIn.getAsInt()) {
            lostNanos += System.nanoTime() - lossNanos;
            lostIn = OptionalInt.empty();
        }
    }

    /** Lost partitions have computed again by themselves; returns the nanoseconds since the loss. */
    long recovered(MasterCommand.Recovered recovered) {
        long nanos = System.nanoTime() - lossNanos;
        confined++;
        computedAgain += recovered.computed();
        computedAgainOfAll += recovered.ofAll();
        isAt(recovered.superstep());
        return nanos;
    }

    void superstepBegins() {
        superstepNanos = System.nanoTime();
    }

    JobReport.Superstep superstep(MasterCommand.SuperstepEnded ended) {
        if (lostIn.isPresent()) {
            computedAgain += ended.computed();
            computedAgainOfAll += ended.computed();
            isAt(ended.superstep().superstep());
        }
        return history.add(ended, System.nanoTime() - superstepNanos);
    }

    void checkpoint(MasterCommand.Commit commit) {
        checkpoints++;
        checkpointBytes += commit.bytes();
        copyNanos += commit.copyNanos();
        writeNanos += commit.writeNanos();
    }

    int checkpoints() {
        return checkpoints;
    }

    /** The last superstep has ended. */
    void computed() {
        computedNanos = System.nanoTime();
    }

    /** The output is there. */
    void written() {
        writtenNanos = System.nanoTime();
        isWritten = true;
    }

    void limitReached(MasterCommand.LimitReached limit) {
        cut = Optional.of(limit.message());
    }

    void finished(MasterCommand.Finish finish) {
        if (!isWritten) {
            computed();
        }
        dropped = finish.droppedMessages();
        globals = history.globals(finish.globals());
    }

    /** Of a job that is over, which has read this. */
    JobReport report(String input, boolean hasOutput) {
        var recovery = new JobReport.Recovery(resumedFrom, attempts - 1 - moves, moves, checkpoints, checkpointBytes, copyNanos,
            writeNanos, confined, lostNanos, computedAgain, computedAgainOfAll);
        int threads = capacities.stream().mapToInt(Capacity::threads).sum();
        return new JobReport(program, input, vertices, edges, mirrors, partitions, threads, capacities.size(), loadedNanos - startNanos,
            computedNanos - loadedNanos, hasOutput ? writtenNanos - computedNanos : 0, dropped, history.supersteps(), globals,
            history.workerTotals(), cut, recovery);
    }
}
