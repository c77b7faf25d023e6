package org.superstep.graph.io;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.superstep.graph.EdgeColumn;

/** An opened {@link EdgeSource}, or a worker's share of it. */
public interface EdgeReader extends Closeable {
    /** What was decided about the input, for the user to read: "tab-separated edges, weight from column 3". One line, no end. */
    String description();

    /** Whether the batches carry weights. Where it is false and the program wanted weights, every edge has weight 1. */
    boolean weighted();

    /**
     * Those of the edge columns asked for that the input has, in the order of their declaration: the batches carry them, in this order. In
     * the others each edge has the initial value. The same for all shares.
     */
    default List<EdgeColumn> columns() {
        return List.of();
    }

    /** Bytes that the share holds as stored (compressed ones count as they lie on disk); 0 where there are no files. */
    long bytes();

    /**
     * A look ahead that consumes nothing, or empty where the input can only be read once from front to back (a compressed stream).
     *
     * @throws InputException where the sampled part is no valid input
     */
    Optional<EdgeSample> sample() throws IOException;

    /**
     * Delivers edges to the sink until the share is exhausted. Several threads call this at once, each with a sink of its own;
     * each edge goes to exactly one of them, and each call returns when nothing is left to claim. If any call fails, the others
     * return early, and the failure that is thrown is the same for any number of threads: the one nearest the input's beginning.
     *
     * @param progress told what has been read; may be called from several threads at once
     * @throws InputException where a line is no edge
     */
    void read(EdgeSink sink, ReadProgress progress) throws IOException;

    /** Hears how far reading has come; called about once a megabyte, from any reading thread. */
    @FunctionalInterface
    interface ReadProgress {
        /** So many more bytes (as stored) and edges have been read. */
        void advanced(long bytes, long edges);
    }
}
