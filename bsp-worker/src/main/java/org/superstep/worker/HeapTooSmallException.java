package org.superstep.worker;

/** The graph will not fit the heap. The message is one line that says how much is needed. */
public final class HeapTooSmallException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HeapTooSmallException(long edges, long needBytes, long heapBytes) {
        super("the input holds about " + edges + " edges, which need about " + megabytes(needBytes) + " MB of heap, and the heap has "
            + megabytes(heapBytes) + " MB; give it more (SUPERSTEP_HEAP=" + (megabytes(needBytes) / 1024 + 1) + "g, or java -Xmx)");
    }

    private static long megabytes(long bytes) {
        return (bytes + (1 << 20) - 1) >> 20;
    }
}
