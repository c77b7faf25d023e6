package org.superstep.worker;

/** What a graph will need of the heap, from its estimated size, so that a run that cannot fit ends before it has begun. */
final class HeapNeed {
    private HeapNeed() {
    }

    /**
     * Refuses a graph that will not fit the heap.
     *
     * @throws HeapTooSmallException if it will not
     */
    static void check(long estimatedEdges, LoadPlan plan, boolean weighted, long heapBytes) {
        long need = bytes(estimatedEdges, plan, weighted);
        if (need > heapBytes) {
            throw new HeapTooSmallException(estimatedEdges, need, heapBytes);
        }
    }

    /**
     * The most bytes alive at one time: arcs in bins (8 bytes, and 8 for a weight) until their partition is sorted, and the lists that are
     * made of them (4 bytes, and 8 until weights are narrowed); with an eighth more for what else there is.
     */
    static long bytes(long edges, LoadPlan plan, boolean weighted) {
        long kinds = (plan.undirected() ? 2 : 1) * ((plan.heardByTargets() ? 1 : 0) + (plan.heardBySources() ? 1 : 0));
        long bytesPerArc = 8 + 4 + (weighted ? 16 : 0);
        return edges * kinds * bytesPerArc / 8 * 9 + (8 << 20);
    }
}
