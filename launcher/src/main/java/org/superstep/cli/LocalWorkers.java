package org.superstep.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.superstep.JobException;
import org.superstep.net.HostPort;

/**
 * The worker processes of a {@link LocalCluster}, each in its place. One that is killed while a job may go on without it is replaced by
 * another. One that ends by itself is not: what its program or its heap has come to would come again. Any thread may call.
 */
final class LocalWorkers implements AutoCloseable {
    /** A process that dies closes its connections first, and the kernel takes its time with its memory. */
    private static final long DEATH_MS = 1_500;
    /** Who is killed so often in a place, one right behind another, will be killed again. */
    private static final int MOST_IN_A_ROW = 5;
    private static final long ROW_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final int threads;
    private final long heapBytes;
    private final Duration timeout;
    private final boolean areReplaced;
    private final Path scratch;
    private final List<Place> places = new ArrayList<>();
    private HostPort master;
    private byte[] secret;
    private Consumer<String> notices = line -> { };
    private Runnable onDeath = () -> { };
    /** The first that has died and is not replaced; null: none. */
    private ChildProcess dead;
    private boolean isClosed;

    /** A worker of the job, whichever process it is. */
    private static final class Place {
        private final String name;
        private ChildProcess child;
        private int killedInARow;
        private long startedNanos;

        Place(String name) {
            this.name = name;
        }
    }

    /**
     * None of them runs yet.
     *
     * @param count how many
     * @param threads compute threads of each
     * @param heapBytes heap of each
     * @param timeout how long they wait for a word from each other
     * @param areReplaced whether those that are killed are replaced
     * @param scratch a folder that they may use
     */
    LocalWorkers(int count, int threads, long heapBytes, Duration timeout, boolean areReplaced, Path scratch) {
        this.threads = threads;
        this.heapBytes = heapBytes;
        this.timeout = timeout;
        this.areReplaced = areReplaced;
        this.scratch = scratch;
        for (int i = 0; i < count; i++) {
            places.add(new Place("worker " + (i + 1) + " of " + count));
        }
    }

    /** Starts them all; {@link #close} is to be called even where that fails. */
    synchronized void start() throws IOException {
        for (Place place : places) {
            start(place);
        }
    }

    private void start(Place place) throws IOException {
        var child = new ChildProcess(place.name, threads, heapBytes, timeout, scratch);
        place.child = child;
        place.startedNanos = System.nanoTime();
        child.whenEnded(() -> ended(place, child));
        if (master != null) {
            child.tell(master, secret);
        }
    }

    /** Tells them, and those that come in their places, what they must know to work. */
    synchronized void tell(HostPort listening, byte[] shared) {
        master = listening;
        secret = shared;
        places.forEach(place -> place.child.tell(listening, shared));
    }

    /**
     * A job runs on them from now on.
     *
     * @param lines hears of each that is replaced
     * @param died is run when one has died that is not, also if that was before
     */
    synchronized void watch(Consumer<String> lines, Runnable died) {
        notices = lines;
        onDeath = died;
        places.forEach(place -> place.killedInARow = 0);
        if (dead != null) {
            died.run();
        }
    }

    /** No job runs on them any more. */
    synchronized void unwatch() {
        watch(line -> { }, () -> { });
    }

    /** The numbers of their processes. */
    synchronized List<Long> processes() {
        return places.stream().map(place -> place.child.pid()).toList();
    }

    private synchronized void ended(Place place, ChildProcess child) {
        if (isClosed || place.child != child || dead != null) {
            return;
        }
        boolean isQuick = System.nanoTime() - place.startedNanos < ROW_NANOS;
        place.killedInARow = isQuick ? place.killedInARow + 1 : 1;
        if (areReplaced && child.wasKilled() && place.killedInARow < MOST_IN_A_ROW) {
            try {
                start(place);
                // Which of the job's workers it was is told by the master, who numbers them as they come.
                notices.accept("process " + child.pid() + " was " + child.killing() + "; process " + place.child.pid()
                    + " takes its place");
                return;
            } catch (IOException e) {
                notices.accept("process " + child.pid() + " was " + child.killing() + ", and none can be started in its place: "
                    + e.getMessage());
            }
        }
        dead = child;
        notifyAll();
        onDeath.run();
    }

    /** The death of one that is not replaced, which says more than the failure that came of it, and for which it is waited a moment. */
    Optional<JobException> death(RuntimeException failure) throws InterruptedException {
        ChildProcess found;
        synchronized (this) {
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DEATH_MS);
            for (long left = DEATH_MS; dead == null && left > 0; left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime())) {
                wait(left);
            }
            found = dead;
        }
        return found == null ? Optional.empty() : Optional.of(new JobException(found.end(), found.said(), failure));
    }

    /** Ends all processes at once, and waits until they are gone. */
    @Override public void close() {
        List<ChildProcess> killed = new ArrayList<>();
        synchronized (this) {
            isClosed = true;
            for (Place place : places) {
                if (place.child != null) {
                    killed.add(place.child);
                }
            }
        }
        killed.forEach(ChildProcess::kill);
    }
}
