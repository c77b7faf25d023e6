package org.superstep.worker;

/** What a graph will need of the heap, from its estimated size, so that a run that cannot fit ends before it has begun. */
final class HeapNeed {
    private static final long FIXED_BYTES = 8 << 20;

    private HeapNeed() {
    }

    /**
     * Refuses a graph that will not fit the heap; for a worker that is alone. What one of several will own its share does not tell:
     * the master gives it only what fits.
     *
     * @throws HeapTooSmallException if it will not
     */
    static void check(long estimatedEdges, LoadPlan plan, boolean weighted, EdgeColumns columns, long heapBytes) {
        long need = bytes(estimatedEdges, plan, weighted, columns);
        if (need > heapBytes) {
            throw new HeapTooSmallException(estimatedEdges, need, heapBytes);
        }
    }

    /**
     * The most bytes alive at one time: arcs in bins (8 bytes, and 8 for a weight) until their partition is sorted, and the lists that are
     * made of them (4 bytes, and 8 until weights are narrowed); for each column of the out-edges 8 in the lists, and 8 in bins where the
     * input has it; with an eighth more for what else there is.
     */
    static long bytes(long edges, LoadPlan plan, boolean weighted, EdgeColumns columns) {
        return edgeBytes(edges, plan, weighted, columns) + FIXED_BYTES;
    }

    /** The same without what the smallest graph takes. */
    static long edgeBytes(long edges, LoadPlan plan, boolean weighted, EdgeColumns columns) {
        long ways = plan.undirected() ? 2 : 1;
        long kinds = (plan.heardByTargets() ? 1 : 0) + (plan.heardBySources() ? 1 : 0);
        long bytesPerEdge = kinds * (8 + 4 + (weighted ? 16 : 0)) + 8L * (columns.declared().size() + columns.carried().size());
        return edges * ways * bytesPerEdge / 8 * 9;
    }
}
