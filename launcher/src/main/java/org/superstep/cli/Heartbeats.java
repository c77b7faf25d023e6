package org.superstep.cli;

import java.time.Duration;
import org.superstep.net.socket.SocketOptions;

/** How long a process of a cluster waits for a word from another before it takes it for lost, and how it is told so. */
final class Heartbeats {
    private static final String OPTION = "heartbeat-timeout";
    private static final Duration USUAL = SocketOptions.defaults().timeout();
    /** What is shorter would take every pause of a busy machine for a death. */
    private static final Duration LEAST = Duration.ofMillis(100);

    private Heartbeats() {
    }

    /** Adds the option. */
    static CommandOptions addTo(CommandOptions options) {
        return options.value(OPTION, "TIME", "a process that is not heard for so long, such as 500ms or 30s, is taken for lost ("
            + USUAL.toSeconds() + "s)");
    }

    /** Whether the user has said how long. */
    static boolean areSaid(Arguments arguments) {
        return arguments.has(OPTION);
    }

    /** How long. */
    static Duration timeout(Arguments arguments) {
        Duration timeout = arguments.duration(OPTION, USUAL);
        if (timeout.compareTo(LEAST) < 0) {
            throw new UsageException("--" + OPTION + " must be at least " + LEAST.toMillis() + "ms, was \"" + arguments.text(OPTION)
                .orElseThrow() + "\"");
        }
        return timeout;
    }
}
