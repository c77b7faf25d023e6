package org.superstep.graph.internal;

import org.superstep.graph.VertexRandom;

/** Where one compute thread's cursor stands and what it sees from there; written by the kernel and, where marked, by the cursor. */
public final class VertexView {
    /** The superstep that runs. */
    public int superstep;
    /** The job's seed. */
    public long seed;
    /** Vertices of the graph. */
    public long vertexCount;
    /** Edges of the graph. */
    public long edgeCount;
    /** What each aggregator came to in the superstep before, raw bits, by aggregator index. */
    public long[] aggregates;
    /** The globals' values, raw bits, by global index. */
    public long[] globals;
    /** What this thread's vertices add in this superstep; the cursor adds. */
    public Tally tally;
    /** This thread's scratch objects, by handle. */
    public Object[] scratch;
    /** This thread's source of random numbers. */
    public final VertexRandom random = new VertexRandom();

    /** The partition's vertex ids, ascending. */
    public long[] ids;
    /** The partition's columns of doubles, by column index, then vertex index; the cursor writes. */
    public double[][] doubles;
    /** The partition's columns of longs; the cursor writes. */
    public long[][] longs;
    /** The partition's columns of ints; the cursor writes. */
    public int[][] ints;
    /** The partition's out-degrees by vertex index. */
    public int[] outDegrees;
    /** The partition's in-degrees by vertex index. */
    public int[] inDegrees;
    /** Where the partition's sends of this superstep go; the cursor appends. */
    public SendList sends;

    /** The vertex's place in its partition. */
    public int index;
    /** Whether anything was said to the vertex. */
    public boolean heard;
    /** What was said, folded, in a phase of double messages. */
    public double heardDouble;
    /** What was said, folded, in a phase of long messages. */
    public long heardLong;
    /** Set by the cursor: the vertex sleeps after this superstep. */
    public boolean halted;
    /** Set by the cursor: and never wakes. */
    public boolean haltedForGood;
    /** Set by the cursor: the vertex has broadcast. */
    public boolean spoke;
    /** Set by the cursor: what it broadcast, in a phase of double messages. */
    public double saidDouble;
    /** Set by the cursor: what it broadcast, in a phase of long messages. */
    public long saidLong;

    /** The vertex's id; looked up when asked for, because many programs never ask. */
    public long id() {
        return ids[index];
    }

    /** Moves to another vertex of the partition, which has done nothing yet; what it heard is set besides. */
    public void at(int vertexIndex) {
        index = vertexIndex;
        halted = false;
        haltedForGood = false;
        spoke = false;
    }
}
