package org.superstep.worker;

/** The graph will not fit the heap. The message is one line that says how much is needed. */
public final class HeapTooSmallException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HeapTooSmallException(long edges, long needBytes, long heapBytes) {
        super("the input holds about " + edges + " edges, which need about " + megabytes(needBytes) + " MB of heap, and the heap has "
            + megabytes(heapBytes) + " MB; give it more (SUPERSTEP_HEAP=" + gigabytesToAskFor(needBytes) + "g, or java -Xmx)");
    }

    /** The collector keeps some of what it is given for itself. */
    private static long gigabytesToAskFor(long needBytes) {
        return megabytes(needBytes / 4 * 5) / 1024 + 1;
    }

    private static long megabytes(long bytes) {
        return (bytes + (1 << 20) - 1) >> 20;
    }
}
