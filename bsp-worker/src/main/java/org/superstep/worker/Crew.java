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
    /** Some milliseconds of letting others go first. */
    private static final int YIELDS = 5 * SPINS;
    private static final long PAUSE_NANOS = 20_000;
    private static final int CLOSED = Integer.MIN_VALUE;

    private final Thread[] helpers;
    private final AtomicInteger nextTask = new AtomicInteger();
    /** How many helpers are at work, and {@link #CLOSED} added while nobody may come in. */
    private final AtomicInteger gate = new AtomicInteger(CLOSED);
    private volatile int round;
    private volatile boolean closed;
    // Written by the caller while the gate is closed, read by helpers inside.
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

    boolean isClosed() {
        return closed;
    }

    int threads() {
        return helpers.length + 1;
    }

    /**
     * Runs tasks 0 to {@code count - 1}, started in that order, and returns when all have ended. If tasks fail, those not yet started are
     * skipped, and the failure of the least task is thrown. Fails with {@link IllegalStateException} once the crew is closed.
     */
    void run(int count, Step what) {
        if (closed) {
            throw new IllegalStateException("the compute threads have ended");
        }
        if (count == 1 || helpers.length == 0) {
            runSerially(count, what);
            return;
        }
        step = what;
        tasks = count;
        failure = null;
        nextTask.set(0);
        gate.set(0);
        round++;
        for (Thread helper : helpers) {
            LockSupport.unpark(helper);
        }
        work(0);
        // Whoever has not come in by now need not: all tasks are taken. So a helper that gets no processor holds nobody up.
        gate.getAndAdd(CLOSED);
        for (int spins = 0; gate.get() != CLOSED; spins++) {
            if (spins < SPINS) {
                Thread.onSpinWait();
            } else if (spins < YIELDS) {
                Thread.yield();
            } else {
                // A helper may be sending to a worker that is slow, and the processor of use to whoever carries what it sends.
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        // Nobody is inside any more; what the step was about may be large, and of no use to anybody.
        step = null;
        if (closed) {
            throw new IllegalStateException("the compute threads have ended");
        }
        if (failure != null) {
            throw rethrown(failure);
        }
    }

    /** Runs the tasks on the calling thread alone: for steps so short that the others would come too late. */
    void runSerially(int count, Step what) {
        for (int task = 0; task < count; task++) {
            try {
                what.run(task, 0);
            } catch (Exception e) {
                throw rethrown(e);
            }
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
            // A helper that comes late may find the next round's gate open and work there; then it comes once too often, for nothing.
            seen = round;
            if (entered()) {
                work(thread);
                gate.decrementAndGet();
            }
        }
    }

    private boolean entered() {
        int inside = gate.get();
        while (inside >= 0) {
            if (gate.compareAndSet(inside, inside + 1)) {
                return true;
            }
            inside = gate.get();
        }
        return false;
    }

    private void work(int thread) {
        for (int task = nextTask.getAndIncrement(); task < tasks && !closed; task = nextTask.getAndIncrement()) {
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

    /** Throws errors, and returns what else there is, unchecked. */
    static RuntimeException rethrown(Throwable cause) {
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

    /** Ends the threads; a step that runs is broken off after the tasks at work. Any thread may call. */
    @Override public void close() {
        closed = true;
        for (Thread helper : helpers) {
            LockSupport.unpark(helper);
        }
    }
}
