package org.superstep.checkpoint;

/**
 * What a job's master knows between two supersteps, before its hook is asked for the next.
 *
 * @param phase which of the program's phases runs
 * @param phaseBegan the superstep with which it began
 * @param spokenPhase which phase spoke in the superstep before
 * @param awake vertices awake
 * @param messages messages in flight
 * @param sends how many of them are sends
 * @param isDelivered whether they stand in the inboxes already, because the graph has changed since they were said
 * @param goneInEdges edges that enter vertices halted for good
 * @param goneOutEdges edges that leave such vertices
 * @param dropped messages dropped so far
 * @param vertices vertices of the graph
 * @param edges edges of the graph
 * @param aggregates what each aggregator came to, packed as workers are told it
 * @param globals the globals' values, packed in the same way
 * @param persistent what has been added to each aggregator so far, in a form that can be merged; null where nothing was, or it is kept for
 *     one superstep only
 */
public record MasterState(int phase, int phaseBegan, int spokenPhase, long awake, long messages, long sends, boolean isDelivered,
        long goneInEdges, long goneOutEdges, long dropped, long vertices, long edges, long[] aggregates, long[] globals,
        long[][] persistent) {
}
