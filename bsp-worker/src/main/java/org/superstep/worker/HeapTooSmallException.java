package org.superstep.worker;

/** The graph will not fit the heap. The message is one line that says how much is needed. */
final class HeapTooSmallException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HeapTooSmallException(long edges, long needBytes, long heapBytes) {
        super("the input holds about " + edges + " edges, which need about " + megabytes(needBytes) + " MB of heap, and the heap has "
            + megabytes(heapBytes) + " MB; give it more " + ways(gigabytesToAskFor(needBytes)));
    }

    private HeapTooSmallException(String message) {
        super(message);
    }

    /** A worker cannot keep what it has to read ahead. */
    static HeapTooSmallException readingAhead(int worker, int workers, long edges, long heapBytes) {
        return new HeapTooSmallException("worker " + (worker + 1) + " of " + workers + " reads compressed input and has to keep it until it"
            + " has all of its share: " + edges + " edges so far, and its heap has " + megabytes(heapBytes) + " MB; give it more, or let"
            + " the input be uncompressed, or in more files, for more workers");
    }

    /** What a heap is called where it is given: to the command, to a worker of a cluster, and to any Java. */
    private static String ways(long gigabytes) {
        return "(SUPERSTEP_HEAP=" + gigabytes + "g, superstep worker --memory " + gigabytes + "g, or java -Xmx" + gigabytes + "g)";
    }

    /** The collector keeps some of what it is given for itself. */
    private static long gigabytesToAskFor(long needBytes) {
        return megabytes(needBytes / 4 * 5) / 1024 + 1;
    }

    private static long megabytes(long bytes) {
        return (bytes + (1 << 20) - 1) >> 20;
    }
}
