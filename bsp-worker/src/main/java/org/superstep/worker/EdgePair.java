package org.superstep.worker;

/**
 * All edges from one vertex to another, after a change.
 *
 * @param row the vertex in whose list they stand
 * @param other the vertex at their other ends
 * @param weights the edges' weights, ascending; empty where there are none any more
 * @param formerEntries where each edge stood in its source's list, -1 for one that is new; in its target's list null
 */
record EdgePair(long row, long other, double[] weights, int[] formerEntries) {
}
