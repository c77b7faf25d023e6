package org.superstep.worker;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A worker's compute threads. The thread that calls {@link #run} is number 0 and takes part; the others wait in between, first spinning,
 * because the next step of a superstep comes within microseconds, then parked.
 */
final class Crew implements AutoCloseable {
    /** About 20 microseconds of spinning, longer than the gap between two steps of one superstep. */
    private static final int SPINS = 4_000;

    private final Thread[] helpers;
    private final AtomicInteger nextTask = new AtomicInteger();
    private final AtomicInteger busyHelpers = new AtomicInteger();
    private volatile int round;
    private volatile boolean closed;
    // Written by the caller before the round begins, read by helpers after they have seen it.
    private Step step;
    private int tasks;
    private int failedTask;
    private Throwable failure;

    /** One unit of a step. */
    @FunctionalInterface
    interface Step {
        /** Does task number {@code task} on the crew's thread number {@code thread}. */
        void run(int task, int thread) throws Exception;
    }

    Crew(String name, int threads) {
        helpers = new Thread[threads - 1];
        for (int i = 0; i < helpers.length; i++) {
            int number = i + 1;
            helpers[i] = new Thread(() -> help(number), name + "-" + number);
            helpers[i].setDaemon(true);
            helpers[i].start();
        }
    }

    int threads() {
        return helpers.length + 1;
    }

    /**
     * Runs tasks 0 to {@code count - 1}, started in that order, and returns when all have ended. If tasks fail, those not yet started are
     * skipped, and the failure of the least task is thrown.
     */
    void run(int count, Step what) {
        if (count == 1 || helpers.length == 0) {
            for (int task = 0; task < count; task++) {
                try {
                    what.run(task, 0);
                } catch (Exception e) {
                    throw rethrown(e);
                }
            }
            return;
        }
        step = what;
        tasks = count;
        failure = null;
        nextTask.set(0);
        busyHelpers.set(helpers.length);
        round++;
        for (Thread helper : helpers) {
            LockSupport.unpark(helper);
        }
        work(0);
        for (int spins = 0; busyHelpers.get() > 0; spins++) {
            if (closed) {
                throw new IllegalStateException("the crew was closed while it worked");
            }
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
        if (failure != null) {
            throw rethrown(failure);
        }
    }

    private void help(int thread) {
        int seen = 0;
        while (!closed) {
            for (int spins = 0; round == seen && !closed; spins++) {
                if (spins < SPINS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                }
            }
            if (closed) {
                return;
            }
            seen = round;
            work(thread);
            busyHelpers.decrementAndGet();
        }
    }

    private void work(int thread) {
        for (int task = nextTask.getAndIncrement(); task < tasks; task = nextTask.getAndIncrement()) {
            try {
                step.run(task, thread);
            } catch (Throwable t) {
                failed(task, t);
                nextTask.set(tasks);
            }
        }
    }

    private synchronized void failed(int task, Throwable cause) {
        if (failure == null || task < failedTask) {
            failure = cause;
            failedTask = task;
        }
    }

    private static RuntimeException rethrown(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof RuntimeException unchecked) {
            return unchecked;
        }
        if (cause instanceof java.io.IOException io) {
            return new java.io.UncheckedIOException(io);
        }
        return new IllegalStateException(cause);
    }

    @Override public void close() {
        closed = true;
        for (Thread helper : helpers) {
            LockSupport.unpark(helper);
        }
    }
}
