package org.superstep.datasets;

import org.superstep.graph.io.InputException;

/**
 * The fault nearest the beginning of the input, of those that the reading threads have met. Positions are ordered by file, as the user
 * gave them, then by offset. Threads go on until nothing before the fault is left to read, which makes it the same for any number of
 * threads and any timing.
 */
final class EarliestFault {
    private int reading;
    private boolean failed;
    private int faultFile;
    private long faultOffset;
    private InputException fault;
    /** The last position worth reading, packed for one volatile read a chunk; all of the input while nothing has failed. */
    private volatile Limit limit = new Limit(Integer.MAX_VALUE, Long.MAX_VALUE);

    private record Limit(int file, long offset) {
    }

    /** A thread begins to read. */
    synchronized void enter() {
        reading++;
    }

    /** Whether what begins here may still hold an earlier fault, or there is none so far. */
    boolean worthReading(int file, long offset) {
        var last = limit;
        return file < last.file || file == last.file && offset <= last.offset;
    }

    /** Reports a fault at this position of the input. */
    synchronized void met(int file, long offset, InputException exception) {
        if (!failed || file < faultFile || file == faultFile && offset < faultOffset) {
            failed = true;
            faultFile = file;
            faultOffset = offset;
            fault = exception;
            limit = new Limit(file, offset);
        }
    }

    /** A reading thread failed for a reason outside of the input: nothing more is worth reading. */
    synchronized void abandon() {
        limit = new Limit(-1, -1);
    }

    /** A thread has nothing left to claim, or failed. */
    synchronized void leave() {
        reading--;
        notifyAll();
    }

    /** Throws the earliest fault, if there is one, once no thread can meet an earlier one. */
    synchronized void rethrow() {
        if (!failed) {
            return;
        }
        boolean interrupted = false;
        while (reading > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        // A new exception for each thread: one that is shared would collect what each of them suppresses.
        throw new InputException(fault.getMessage(), fault);
    }
}
