package org.superstep.master;

import java.util.Objects;
import org.superstep.net.ToClient;

/**
 * A job that is over, as it is remembered.
 *
 * @param token what it was submitted with
 * @param job what it was
 * @param end how it ended
 */
public record PastJob(String token, ToClient.Job job, ToClient end) {
    /** Checks what must be there. */
    public PastJob {
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(end, "end");
    }

    /** About how much memory it takes, where that is much. */
    long bytes() {
        return end instanceof ToClient.Done done ? done.report().length + 2L * (done.table().length() + done.figures().length()) : 0;
    }
}
