package org.superstep.graph.io;

import java.io.IOException;
import java.util.List;
import org.superstep.graph.EdgeColumn;
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

    /**
     * Opens one worker's share for a program with edge columns. By default as without them: then the input has none.
     *
     * @param columns the program's edge columns in the order of their declaration; {@link EdgeReader#columns()} tells which there are
     * @throws InputException where the input is missing, empty or of another format; the message is one line for the user
     */
    default EdgeReader open(int share, int shares, Weights weights, List<EdgeColumn> columns) throws IOException {
        return open(share, shares, weights);
    }
}
