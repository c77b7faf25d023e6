package org.superstep.net;

/** Carries what a worker of a job says; between any two ends in the order in which it was said. Any thread may call. */
public interface Transport {
    /** Takes a message to the master; returns at once. */
    void toMaster(ToMaster message);

    /**
     * Takes a message to another worker. May wait while that worker takes data more slowly than this one makes it, but never for anything
     * that this worker would have to do: whoever receives takes what comes in, whatever else it does.
     */
    void toPeer(int worker, ToPeer message);

    /** The same for an outbox; returns how many bytes it is on its way: the frame's, or fewer where a connection has packed it. */
    default int ship(int worker, ToPeer.Outbox outbox) {
        toPeer(worker, outbox);
        return outbox.frame().length;
    }
}
