package org.superstep.net;

/** Carries messages; between any two ends in the order in which they were sent. Any thread may call. */
public interface Transport {
    /** Takes a message to the master; returns at once. */
    void toMaster(ToMaster message);

    /** Takes a command to a worker; returns at once. */
    void toWorker(int worker, ToWorker message);

    /** Takes a message to another worker; returns at once. */
    void toPeer(int worker, ToPeer message);
}
