package org.superstep.job;

import java.time.Duration;
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

    private MasterCommand.Confined confined;
    private long confinedNanos;

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
    }

    /** Whether it is the first that is known of the graph, because another process has loaded it. */
    boolean restored(MasterCommand.GraphRestored graph) {
        mirrors = graph.mirrors();
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

    /** Lost partitions begin to compute again by themselves. */
    void confined(MasterCommand.Confined confined) {
        confinedNanos = System.nanoTime();
        this.confined = confined;
    }

    /** They have; what the user should know of it. */
    String recovered(MasterCommand.Recovered recovered) {
        long nanos = System.nanoTime() - confinedNanos;
        return "recovered in " + DurationText.of(Duration.ofNanos(nanos)) + ": "
            + recovered.computed() + " of " + recovered.ofAll() + " computed again";
    }

    void superstepBegins() {
        superstepNanos = System.nanoTime();
    }

    JobReport.Superstep superstep(MasterCommand.SuperstepEnded ended) {
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
            writeNanos);
        int threads = capacities.stream().mapToInt(Capacity::threads).sum();
        return new JobReport(program, input, vertices, edges, mirrors, partitions, threads, capacities.size(), loadedNanos - startNanos,
            computedNanos - loadedNanos, hasOutput ? writtenNanos - computedNanos : 0, dropped, history.supersteps(), globals,
            history.workerTotals(), cut, recovery);
    }
}
