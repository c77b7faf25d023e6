package org.superstep.cli;

import java.time.Duration;
import org.superstep.net.socket.SocketOptions;

/** How long a process of a cluster waits for a word from another before it takes it for lost, and how it is told so. */
final class Heartbeats {
    private static final String OPTION = "heartbeat-timeout";
    /** As help tells it; what networks know of it is not loaded for that. */
    private static final String USUAL = "10s";
    /** What is shorter would take every pause of a busy machine for a death. */
    private static final long LEAST_MS = 100;

    private Heartbeats() {
    }

    /** Adds the option. */
    static CommandOptions addTo(CommandOptions options) {
        return options.value(OPTION, "TIME", "a process that is not heard for so long, such as 500ms or 30s, is taken for lost ("
            + USUAL + ")");
    }

    /** Whether the user has said how long. */
    static boolean areSaid(Arguments arguments) {
        return arguments.has(OPTION);
    }

    /** How long. */
    static Duration timeout(Arguments arguments) {
        Duration timeout = arguments.duration(OPTION, SocketOptions.defaults().timeout());
        if (timeout.toMillis() < LEAST_MS) {
            throw new UsageException("--" + OPTION + " must be at least " + LEAST_MS + "ms, was \"" + arguments.text(OPTION)
                .orElseThrow() + "\"");
        }
        return timeout;
    }
}
