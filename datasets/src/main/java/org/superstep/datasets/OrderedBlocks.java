package org.superstep.datasets;

import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** Numbered blocks of work, claimed by several threads in order. */
final class OrderedBlocks {
    /** The work on one block; may hand over its result by {@link Turn}. */
    @FunctionalInterface
    interface Work {
        /** Does block {@code k}. */
        void run(long k) throws IOException;
    }

    /** Makes a thread's own work, with its own buffers. */
    @FunctionalInterface
    interface WorkPerThread {
        /** Called once in each thread. */
        Work begin();
    }

    /** Lets the results of blocks pass one after the other, in the blocks' order. */
    static final class Turn {
        private long next;
        private Throwable broken;

        /** Waits until all blocks before this one have passed, then lets it pass. */
        synchronized void pass(long block, Work work) throws IOException {
            try {
                while (next != block && broken == null) {
                    wait();
                }
                if (broken != null) {
                    // All threads tell the same failure, whichever of them is asked first.
                    throw new IOException(broken.getMessage(), broken);
                }
                work.run(block);
                next++;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                broken = e;
                throw new IOException("interrupted", e);
            } catch (IOException | RuntimeException | Error e) {
                broken = broken == null ? e : broken;
                throw e;
            } finally {
                notifyAll();
            }
        }
    }

    private OrderedBlocks() {
    }

    /** Runs all blocks; returns when they are done, throws what the first failing one threw. */
    static void run(long blocks, int threads, WorkPerThread workers) throws IOException {
        var claimed = new AtomicLong();
        var pool = Executors.newFixedThreadPool(threads);
        try {
            var running = new ArrayList<Future<?>>();
            for (int t = 0; t < threads; t++) {
                running.add(pool.submit(() -> {
                    var work = workers.begin();
                    for (long k = claimed.getAndIncrement(); k < blocks; k = claimed.getAndIncrement()) {
                        work.run(k);
                    }
                    return null;
                }));
            }
            for (var future : running) {
                future.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw new IllegalStateException("a block of work failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            pool.shutdownNow();
        }
    }
}
