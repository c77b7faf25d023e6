package org.superstep.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * One way for the engine to run a job; none may change a bit of its answer.
 *
 * @param threads compute threads over all workers, at least 1
 * @param partitions partitions of the graph; 0 lets the engine choose
 * @param workers workers inside the process, at least 1
 * @param delivery how messages get to those who hear them
 * @param checksCodecs whether every object that is said goes through its codec
 * @param checkpointEvery after how many supersteps the job is saved again, which it waits for; 0: it is not
 * @param faults what is to happen to its workers, each in words such as {@code kill worker 2 at superstep 3 compute}; the job goes back to
 *     the last checkpoint then, or begins anew where it is not saved
 */
public record Shape(int threads, int partitions, int workers, Delivery delivery, boolean checksCodecs, int checkpointEvery,
        List<String> faults) {
    /** Two threads, else as the engine likes. */
    public static final Shape PLAIN = new Shape(2, 0, 1, Delivery.AUTO, false);

    /** How messages get to those who hear them. */
    public enum Delivery { AUTO, PULL, PUSH }

    /** Copies the faults. */
    public Shape {
        faults = List.copyOf(faults);
    }

    /** A job that is not saved, and to which nothing happens. */
    public Shape(int threads, int partitions, int workers, Delivery delivery, boolean checksCodecs) {
        this(threads, partitions, workers, delivery, checksCodecs, 0, List.of());
    }

    /** The same with so many workers. */
    public Shape withWorkers(int count) {
        return new Shape(threads, partitions, count, delivery, checksCodecs, checkpointEvery, faults);
    }

    /** The same, saved after every so many supersteps. */
    public Shape withCheckpointEvery(int supersteps) {
        return new Shape(threads, partitions, workers, delivery, checksCodecs, supersteps, faults);
    }

    /**
     * The same where this happens, too: {@code ACTION worker N at [superstep S] MOMENT [for TIME] [in attempt K]}, as after the command's
     * {@code --inject}.
     */
    public Shape withFault(String words) {
        var more = new ArrayList<>(faults);
        more.add(words);
        return new Shape(threads, partitions, workers, delivery, checksCodecs, checkpointEvery, more);
    }

    @Override public String toString() {
        return threads + (threads == 1 ? " thread, " : " threads, ") + (partitions == 0 ? "partitions as the engine likes"
            : partitions + (partitions == 1 ? " partition" : " partitions")) + ", " + workers + (workers == 1 ? " worker" : " workers")
            + (delivery == Delivery.AUTO ? "" : delivery == Delivery.PULL ? ", pulling" : ", pushing")
            + (checksCodecs ? ", messages through their codec" : "")
            + (checkpointEvery == 0 ? "" : checkpointEvery == 1 ? ", saved before every superstep"
            : ", saved every " + checkpointEvery + " supersteps")
            + (faults.isEmpty() ? "" : ", and \"" + String.join("\", \"", faults) + "\"");
    }
}
