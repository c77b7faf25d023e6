package org.superstep.graph.io;

import java.io.IOException;
import org.superstep.graph.Weights;

/**
 * Where a graph's edges come from: files in some format, arrays, a generator. Immutable; opened once per worker and job.
 */
public interface EdgeSource {
    /**
     * Opens one worker's share. Shares {@code 0..shares-1} together hold each edge exactly once.
     *
     * @param share which share, 0 to {@code shares - 1}
     * @param shares how many workers read
     * @param weights whether the program wants weights, and which it takes
     * @throws InputException where the input is missing, empty or of another format; the message is one line for the user
     */
    EdgeReader open(int share, int shares, Weights weights) throws IOException;
}
