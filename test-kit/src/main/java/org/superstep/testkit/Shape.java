package org.superstep.testkit;

/**
 * One way for the engine to run a job; none may change a bit of its answer.
 *
 * @param threads compute threads over all workers, at least 1
 * @param partitions partitions of the graph; 0 lets the engine choose
 * @param workers workers inside the process, at least 1
 * @param delivery how messages get to those who hear them
 * @param checksCodecs whether every object that is said goes through its codec
 */
public record Shape(int threads, int partitions, int workers, Delivery delivery, boolean checksCodecs) {
    /** Two threads, else as the engine likes. */
    public static final Shape PLAIN = new Shape(2, 0, 1, Delivery.AUTO, false);

    /** How messages get to those who hear them. */
    public enum Delivery { AUTO, PULL, PUSH }

    @Override public String toString() {
        return threads + (threads == 1 ? " thread, " : " threads, ") + (partitions == 0 ? "partitions as the engine likes"
            : partitions + (partitions == 1 ? " partition" : " partitions")) + ", " + workers + (workers == 1 ? " worker" : " workers")
            + (delivery == Delivery.AUTO ? "" : delivery == Delivery.PULL ? ", pulling" : ", pushing")
            + (checksCodecs ? ", messages through their codec" : "");
    }
}
