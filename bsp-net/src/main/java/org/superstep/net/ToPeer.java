package org.superstep.net;

/** What a worker tells another worker. */
public sealed interface ToPeer {
    /** The worker that speaks. */
    int from();

    /**
     * Arcs whose hearing ends the receiver owns.
     *
     * @param from the worker that read them
     * @param partition the hearing ends' partition
     * @param reversed false: edges heard by their targets; true: edges heard by their sources
     * @param hearers ids of the hearing ends
     * @param speakers ids of the speaking ends
     * @param weights weights, or null where none are kept
     * @param columns what the edges hold in each edge column that the input has, as raw bits; empty where these arcs carry none
     */
    record Arcs(int from, int partition, boolean reversed, long[] hearers, long[] speakers, double[] weights, long[][] columns)
            implements ToPeer {
    }

    /**
     * Vertices that the input names, of a partition that the receiver owns.
     *
     * @param from the worker that read them
     * @param partition their partition
     * @param rows an id, the row's length, and what each of the program's columns holds at first, as longs; again and again
     */
    record Vertices(int from, int partition, long[] rows) implements ToPeer {
    }

    /** The sender has read its share and sent all vertices and arcs. */
    record ArcsEnd(int from) implements ToPeer {
    }

    /**
     * The receiver's vertices that the sender's vertices hear: the sender's mirrors. After a change of the graph, all that it names in any
     * list, whether or not they exist, without counts.
     *
     * @param from the worker that hears
     * @param ids ids of vertices that the receiver owns, ascending
     * @param outEdges of each, over how many of its out-edges the sender's vertices hear it
     * @param inEdges of each, over how many of its in-edges the sender's vertices hear it
     */
    record Hears(int from, long[] ids, int[] outEdges, int[] inEdges) implements ToPeer {
    }

    /**
     * What has become of edges from the sender's vertices to the receiver's, in a change of the graph: for each pair of vertices that it
     * concerns, all edges from one to the other.
     *
     * @param from the worker that owns the edges' sources
     * @param hearers ids of the targets
     * @param speakers ids of the sources
     * @param counts how many edges there are now between the two
     * @param weights their weights, ascending, pair by pair
     */
    record ChangedArcs(int from, long[] hearers, long[] speakers, int[] counts, double[] weights) implements ToPeer {
    }

    /**
     * What one of the sender's partitions said to the receiver's vertices in a superstep, encoded.
     *
     * @param from the worker that owns the partition
     * @param superstep when it was said
     * @param partition who said it
     * @param frame the encoded outbox
     * @param travelledBytes how many bytes it was on its way: the frame's, or fewer where a connection has packed it
     */
    record Outbox(int from, int superstep, int partition, byte[] frame, int travelledBytes) implements ToPeer {
        /** One that travels as it is. */
        public Outbox(int from, int superstep, int partition, byte[] frame) {
            this(from, superstep, partition, frame, frame.length);
        }
    }

    /**
     * All that the sender's partitions said to the receiver's vertices in a superstep has been sent: partitions that said nothing send
     * no outbox.
     *
     * @param from the worker that speaks
     * @param superstep when it was said
     * @param outboxes how many {@link Outbox} there are
     */
    record OutboxesEnd(int from, int superstep, int outboxes) implements ToPeer {
    }
}
