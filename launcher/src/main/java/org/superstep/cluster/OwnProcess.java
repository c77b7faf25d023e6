package org.superstep.cluster;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.superstep.JobException;

/** What a process can do to itself, so that it can be tried what its loss leads to. Where many are in one JVM, others stand for it. */
public interface OwnProcess {
    /** The real one. */
    OwnProcess THIS = new OwnProcess() {
        /** As {@code kill -9} would end it: no hook runs, and nothing is closed. */
        @Override public void kill() {
            Runtime.getRuntime().halt(KILLED);
        }

        @Override public void pause(Duration time) throws InterruptedException {
            long pid = ProcessHandle.current().pid();
            String seconds = String.format(Locale.ROOT, "%d.%03d", time.toSeconds(), time.toMillisPart());
            try {
                // Who stands still cannot go on by itself.
                new ProcessBuilder("sh", "-c", "kill -STOP " + pid + "; sleep " + seconds + "; kill -CONT " + pid).start().waitFor();
            } catch (IOException e) {
                throw new JobException("this worker cannot stand still: there is no sh that would let it go on; slow makes it late", e);
            }
        }
    };

    /** The status of a process that {@code kill -9} has ended. */
    int KILLED = 128 + 9;

    /** Ends it at once. */
    void kill();

    /** Lets it stand still so long; returns when it goes on. */
    void pause(Duration time) throws InterruptedException;
}
