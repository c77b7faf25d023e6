package org.superstep.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.superstep.net.HostPort;

/**
 * What a worker process is told when it is started.
 *
 * @param version which Superstep it is
 * @param master where its master listens
 * @param listen where other workers reach it; their machines must know the host by this name
 * @param threads compute threads
 * @param memoryBytes heap that jobs may have
 * @param masterTimeout how long it looks for a master that it has lost
 * @param scratch a folder of its own for jars and what does not fit memory, made and removed by it
 */
public record WorkerSetup(String version, HostPort master, HostPort listen, int threads, long memoryBytes, Duration masterTimeout,
        Path scratch) {
    /** How long a worker looks for a master that it has lost, where nobody says otherwise. */
    public static final Duration MASTER_TIMEOUT = Duration.ofMinutes(10);

    /** Checks what must be there. */
    public WorkerSetup {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(master, "master");
        Objects.requireNonNull(listen, "listen");
        Objects.requireNonNull(masterTimeout, "masterTimeout");
        Objects.requireNonNull(scratch, "scratch");
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, was " + threads);
        }
    }
}
