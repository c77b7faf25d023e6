package org.superstep.worker;

import java.nio.ByteBuffer;

/** The board of double messages. The build makes the one for longs from this source. */
final class DoubleBoard extends Board {
    /** What each slot said in the superstep before. */
    double[] heard;
    /** What each slot says in this superstep. */
    double[] said;
    /** By partition: what each vertex's messages have been folded to; a bit of the partition tells whether there is any. */
    private final double[][] inboxes;
    /** By speakers, then partition: messages on their way from one to the other; rows and bins are null before the first. */
    private final DoubleBin[][] bins;
    private final LocalGraph graph;

    DoubleBoard(LocalGraph graph) {
        super(graph.slots, 1);
        this.graph = graph;
        heard = new double[graph.slots];
        said = new double[graph.slots];
        inboxes = new double[graph.partitions.length][];
        bins = new DoubleBin[graph.speakers.size()][];
    }

    /** The bins of these speakers' messages, by partition; made on first use, by the one thread that works on the speakers. */
    DoubleBin[] binsFrom(int group) {
        if (bins[group] == null) {
            bins[group] = new DoubleBin[graph.partitions.length];
        }
        return bins[group];
    }

    /** The bin of what these speakers said to a partition; null where they have never said anything to it. */
    DoubleBin bin(int group, int place) {
        return bins[group] == null ? null : bins[group][place];
    }

    /** The partition's inbox; made on first use, by the one thread that works on the partition. */
    double[] inbox(int place) {
        if (inboxes[place] == null) {
            inboxes[place] = new double[graph.partitions[place].size];
        }
        return inboxes[place];
    }

    @Override void takeInbox(Board before, int place, int[] oldIndexes) {
        double[] old = ((DoubleBoard) before).inboxes[place];
        if (old == null || oldIndexes == null) {
            inboxes[place] = old;
            return;
        }
        double[] inbox = inbox(place);
        for (int i = 0; i < inbox.length; i++) {
            inbox[i] = oldIndexes[i] < 0 ? inbox[i] : old[oldIndexes[i]];
        }
    }

    @Override void swap() {
        double[] spoken = said;
        said = heard;
        heard = spoken;
    }

    @Override String heardText(int slot) {
        return Double.toString(heard[slot]);
    }

    @Override void write(int[] slots, FrameWriter out) {
        double[] all = said;
        byte[] bytes = out.reserve(Long.BYTES * slots.length);
        int at = out.size() - Long.BYTES * slots.length;
        for (int slot : slots) {
            FrameWriter.LONG.set(bytes, at, DoubleBits.of(all[slot]));
            at += Long.BYTES;
        }
    }

    @Override void read(int[] slots, ByteBuffer in) {
        double[] all = said;
        byte[] bytes = in.array();
        int at = in.position();
        in.position(at + Long.BYTES * slots.length);
        for (int slot : slots) {
            all[slot] = DoubleBits.value((long) FrameWriter.LONG.get(bytes, at));
            at += Long.BYTES;
        }
    }

    @Override void writeInbox(int place, FrameWriter out) {
        long[] received = graph.partitions[place].received;
        for (int word = 0; word < received.length; word++) {
            for (long bits = received[word]; bits != 0; bits &= bits - 1) {
                out.putLong(DoubleBits.of(inboxes[place][(word << 6) + Long.numberOfTrailingZeros(bits)]));
            }
        }
    }

    @Override void readInbox(int place, ByteBuffer in) {
        long[] received = graph.partitions[place].received;
        for (int word = 0; word < received.length; word++) {
            for (long bits = received[word]; bits != 0; bits &= bits - 1) {
                inbox(place)[(word << 6) + Long.numberOfTrailingZeros(bits)] = DoubleBits.value(in.getLong());
            }
        }
    }
}
