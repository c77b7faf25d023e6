package org.superstep.cli;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Ends a worker process that does nothing any more but look for room in a full heap. The JVM throws {@link OutOfMemoryError} only where a
 * collection frees next to nothing. A program that makes small objects without end gets by on what each collection finds, for minutes, in
 * which the process neither works nor hears that it is to end: at 200 MB it was alive after 60 s, and with {@code -XX:GCTimeLimit=50
 * -XX:GCHeapFreeLimit=10} too, because these compare with what the generations might grow to. User code cannot be stopped from outside, so
 * it is the process that ends.
 */
final class HeapWatch {
    /** How long a process may do so: shorter than others go on without hearing of it. */
    static final long PATIENCE_MS = 6_000;
    /** How many full collections must have been of no use in that time: one of a large heap may take as long. */
    static final int LEAST_COLLECTIONS = 5;
    private static final long EVERY_MS = 500;
    /** What is done by then is done; the process ends in any case. */
    private static final long LAST_WORDS_MS = 3_000;

    private long seenMs;
    private long seenCollectingMs;
    private boolean isUseless;
    private long uselessSinceMs;
    private long collectionsBefore;

    /** What the collector has done so far. */
    record Sample(long ms, long fullCollections, long collectingMs, boolean isFull) {
    }

    /**
     * Watches this process's heap from now on.
     *
     * @param lastWords is run before the process ends, and told why; has a few seconds, and perhaps no memory
     */
    static void start(LastWords lastWords) {
        var beans = new Beans();
        var isUseless = new CountDownLatch(1);
        // Made now: there will be no room for it.
        String reason = "its heap of " + Figures.bytes(Runtime.getRuntime().maxMemory()) + " is full, and all its time goes into looking"
            + " for room there; give it more (--memory, SUPERSTEP_HEAP)";
        thread("heap-watch", () -> watch(beans, reason, isUseless, lastWords));
        thread("heap-watch-end", () -> end(isUseless));
    }

    /** What a process does before it ends for want of memory. */
    @FunctionalInterface
    interface LastWords {
        /** Tells why it ends, and cleans up. */
        void say(String reason);
    }

    private static void thread(String name, Task task) {
        var thread = new Thread(() -> {
            try {
                task.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** What a thread of the watch does. */
    private interface Task {
        void run() throws InterruptedException;
    }

    private static void watch(Beans beans, String reason, CountDownLatch isUseless, LastWords lastWords) throws InterruptedException {
        var watch = new HeapWatch();
        while (!watch.isUselessAt(beans)) {
            Thread.sleep(EVERY_MS);
        }
        isUseless.countDown();
        lastWords.say(reason);
    }

    /** Needs no memory, which any other way to end a process does. */
    private static void end(CountDownLatch isUseless) throws InterruptedException {
        isUseless.await();
        Thread.sleep(LAST_WORDS_MS);
        Runtime.getRuntime().halt(1);
    }

    private boolean isUselessAt(Beans beans) {
        try {
            return isUseless(beans.sample());
        } catch (OutOfMemoryError e) {
            // There is no room even to look; whoever has taken it is about to hear the same, and gives it back.
            return false;
        }
    }

    /** Takes the next sample; whether the heap has been full, and most of the time gone into full collections, for too long. */
    boolean isUseless(Sample now) {
        boolean was = isUseless;
        long passed = now.ms - seenMs;
        isUseless = now.isFull && 4 * (now.collectingMs - seenCollectingMs) >= 3 * passed;
        if (isUseless && !was) {
            uselessSinceMs = now.ms;
            collectionsBefore = now.fullCollections;
        }
        seenMs = now.ms;
        seenCollectingMs = now.collectingMs;
        return isUseless && now.ms - uselessSinceMs >= PATIENCE_MS && now.fullCollections - collectionsBefore >= LEAST_COLLECTIONS;
    }

    /** Where the JVM tells of its collector. */
    private static final class Beans {
        private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans();
        /** Where old objects are: no other part of a heap may grow as large. */
        private final MemoryPoolMXBean old = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isCollectionUsageThresholdSupported())
            .max(Comparator.comparingLong(pool -> pool.getUsage().getMax())).orElseThrow();
        private final List<GarbageCollectorMXBean> full = collectors.stream()
            .filter(collector -> Arrays.asList(collector.getMemoryPoolNames()).contains(old.getName())).toList();

        Sample sample() {
            long count = 0;
            for (GarbageCollectorMXBean collector : full) {
                count += collector.getCollectionCount();
            }
            long ms = 0;
            for (GarbageCollectorMXBean collector : collectors) {
                ms += collector.getCollectionTime();
            }
            MemoryUsage left = old.getCollectionUsage();
            return new Sample(System.nanoTime() / 1_000_000, count, ms, left != null && left.getUsed() >= left.getMax() / 10 * 9);
        }
    }
}
