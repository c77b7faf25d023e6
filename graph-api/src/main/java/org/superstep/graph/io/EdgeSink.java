package org.superstep.graph.io;

/** Takes edges, a batch at a time; used by one thread. */
@FunctionalInterface
public interface EdgeSink {
    /** Copies what it needs of the batch's first {@code batch.size} edges; the caller empties and refills the batch afterwards. */
    void accept(EdgeBatch batch);
}
