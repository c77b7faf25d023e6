package org.superstep.graph.internal;

import org.superstep.graph.EdgeCursor;
import org.superstep.graph.VertexRandom;

/** Where one compute thread's cursor stands and what it sees from there; written by the kernel and, where marked, by the cursor. */
public final class VertexView {
    /** The superstep that runs. */
    public int superstep;
    /** The superstep with which the phase began that runs. */
    public int phaseBegan;
    /** The job's seed. */
    public long seed;
    /** Vertices of the graph. */
    public long vertexCount;
    /** Edges of the graph. */
    public long edgeCount;
    /** What each aggregator came to in the superstep before; shared by all threads. */
    public Values aggregates;
    /** The globals' values; shared by all threads. */
    public Values globals;
    /** What this thread's vertices add in this superstep; the cursor adds. */
    public Tally tally;
    /** What the worker's vertices share, by handle; the same for all threads. */
    public Object[] shared;
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
    /** The partition's columns of floats; the cursor writes. */
    public float[][] floats;
    /** The partition's columns of truth values; the cursor writes. */
    public boolean[][] booleans;
    /** The partition's columns of vectors of doubles, one vector behind another; the cursor writes. */
    public double[][] doubleVectors;
    /** The partition's columns of vectors of longs, one vector behind another; the cursor writes. */
    public long[][] longVectors;
    /** The partition's columns of objects; the cursor writes. */
    public Object[][] objects;
    /** The partition's out-degrees by vertex index. */
    public int[] outDegrees;
    /** The partition's in-degrees by vertex index. */
    public int[] inDegrees;
    /** Where the partition's sends of this superstep go; the cursor appends. */
    public SendList sends;

    /** Cursors over the vertices' edges, by handle. */
    public EdgeCursor[] edges;
    /** Where the partition's records go, by output; the cursor appends. */
    public RecordList[] records;
    /** Where the partition's wishes for change go; the cursor appends. Null where the program has not said that it has any. */
    public ChangeList changes;

    /** The vertex's place in its partition. */
    public int index;
    /** Whether anything was said to the vertex. */
    public boolean heard;
    /** What was said, folded, in a phase of double messages. */
    public double heardDouble;
    /** What was said, folded, in a phase of long messages. */
    public long heardLong;
    /** The messages one by one, placed before the first; null in a phase that hears them folded. */
    public MessageWalk walk;
    /** The combiner of the phase that spoke, where messages are folded when asked for. */
    public Object combiner;
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
    /** Set by the cursor: what it broadcast, in a phase of object messages. */
    public Object saidObject;
    /** Filled by the cursor: what it broadcast, in a phase of vectors; as long as messages are wide. */
    public long[] saidWords;
    /** Makes every object that is said go through its codec; null where that is not asked for. */
    public RoundTrip roundTrip;

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

    /** Where wishes for change go. */
    public ChangeList changes() {
        if (changes == null) {
            throw new IllegalStateException("vertex " + id() + " asks for a change of the graph, but the program has not said that it does"
                + " such a thing; let changesGraph() return true");
        }
        return changes;
    }
}
