package org.superstep.worker;

import java.nio.ByteBuffer;
import java.util.List;
import org.superstep.graph.Column;

/**
 * What a checkpoint holds of one partition that changes from superstep to superstep: values, who is awake, and what is to be delivered.
 * What was broadcast stands with those who spoke, because it goes to whoever hears them; what was sent with its receivers. Where the graph
 * has changed since, so that nobody knows any more who heard whom, inboxes stand in place of both; little-endian.
 *
 * <pre>
 *   offset  bytes  field
 *        0      4  vertices n
 *        4      4  1 if messages are delivered already, else 0
 *        8     8w  a bit for each vertex that is awake, w words
 *     8+8w     8w  a bit for each that has halted for good
 *    8+16w         columns, as {@link SavedColumns} draws them
 *               4  columns of the edges e, 0 where they hold what the topology says; of each:
 *               4    edges m
 *              8m    raw bits, in the order of the out-lists
 *              8w  a bit for each that has broadcast, or, delivered, has an inbox
 *                  what each of those has broadcast, or has in its inbox
 *               4  unless delivered: sends s to these vertices; of each:
 *               8    sender
 *               8    receiver
 *                    message
 * </pre>
 *
 * <p>A message is its words, 8 bytes each, or where messages are objects the number of its bytes, 4, and those. An inbox is one message of
 * one word where messages are folded as they come; else the number of messages, 4, and of each its sender, 8, and itself.
 */
final class StateSegment {
    final Columns columns;
    /** By column, what each out-edge holds; null where edges have no columns, or never held anything but what the topology says. */
    final long[][] edgeColumns;
    private final boolean delivered;
    private final long[] awake;
    private final long[] gone;
    /** All from the bits of those who spoke on. */
    private final ByteBuffer messages;

    private StateSegment(List<Column> declared, ByteBuffer in) {
        int size = in.getInt();
        delivered = in.getInt() != 0;
        awake = longs(size + 63 >>> 6, in);
        gone = longs(size + 63 >>> 6, in);
        columns = SavedColumns.read(declared, size, in);
        int count = in.getInt();
        edgeColumns = count == 0 ? null : new long[count][];
        for (int i = 0; i < count; i++) {
            edgeColumns[i] = longs(in.getInt(), in);
        }
        messages = in;
    }

    /** What the segment holds for a program of these columns; the buffer is an array's, from its beginning. */
    static StateSegment read(List<Column> declared, ByteBuffer in) {
        return new StateSegment(declared, in);
    }

    private static long[] longs(int count, ByteBuffer in) {
        var longs = new long[count];
        in.asLongBuffer().get(longs);
        in.position(in.position() + Long.BYTES * count);
        return longs;
    }

    /**
     * Writes what is to be known of a partition.
     *
     * @param declared the program's columns
     * @param columned the lists that have the edges' columns; null where there are none, or they hold what they held at first
     * @param board where what was said stands
     * @param sends what was sent; null where messages are delivered already
     */
    static void write(LocalGraph graph, int place, List<Column> declared, Adjacency columned, Board board, PendingSends sends,
            FrameWriter out) {
        Partition partition = graph.partitions[place];
        boolean isDelivered = sends == null;
        out.putInt(partition.size).putInt(isDelivered ? 1 : 0).putLongs(partition.awake).putLongs(partition.gone);
        SavedColumns.write(partition.columns, declared, out);
        long[][] edges = columned == null ? null : columned.columns;
        out.putInt(edges == null ? 0 : edges.length);
        for (int i = 0; edges != null && i < edges.length; i++) {
            out.putInt(edges[i].length).putLongs(edges[i]);
        }
        if (isDelivered) {
            out.putLongs(partition.received);
            board.writeInbox(place, out);
        } else {
            out.putLongs(partition.speakers.spoke);
            board.write(partition.speakingSlots(), out);
            sends.write(place, board, out);
        }
    }

    boolean isDelivered() {
        return delivered;
    }

    /** A bit for each vertex that is awake. */
    long[] awake() {
        return awake;
    }

    /** A bit for each vertex that has halted for good. */
    long[] gone() {
        return gone;
    }

    /** All from the bits of those who spoke, or have an inbox, on; to be read once. */
    ByteBuffer messages() {
        return messages;
    }

    /** Sets who is awake, and what was broadcast or stands in the inboxes; returns the rest, which is what was sent. */
    ByteBuffer restore(LocalGraph graph, int place, Board board) {
        Partition partition = graph.partitions[place];
        partition.sleep(awake, gone);
        long[] bits = longs(partition.awake.length, messages);
        if (delivered) {
            partition.receive(bits);
            board.readInbox(place, messages);
        } else {
            partition.speakers.speak(bits);
            board.read(partition.speakingSlots(), messages);
        }
        return messages;
    }
}
