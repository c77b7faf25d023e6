package org.superstep.worker;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.superstep.graph.internal.ChangeList;
import org.superstep.graph.internal.SendList;
import org.superstep.net.wire.WireException;

/**
 * What one partition said in a superstep to the vertices of one other worker, or to all; little-endian.
 *
 * <pre>
 *   offset  bytes  field
 *        0      4  form of the broadcasts: 0 none, 1 sparse, 2 dense
 *        4      4  broadcasts b
 *        8      4  sends n
 *       12      4  changes of the graph c
 *   sparse: 16     4b  places of the speakers in the subscription, ascending
 *           16+4b   m  messages
 *   dense:  16     8w  a bit for each place of the subscription, w words
 *           16+8w   m  messages of the places whose bits are set, ascending
 *   then           8n  ids of the senders, ascending
 *                  8n  ids of the receivers
 *                   m  messages
 *   then          41c  changes: who asks, of which kind (1 byte), source, target, weight, new weight
 * </pre>
 *
 * <p>A message is its words, 8 bytes each, or where messages are objects the number of its bytes, 4, and those.
 *
 * <p>The form is the shorter one, so it is a function of counts alone.
 */
final class OutboxFrame {
    private static final int HEADER_BYTES = 16;
    private static final int CHANGE_BYTES = 41;
    private static final int NONE = 0;
    private static final int SPARSE = 1;
    private static final int DENSE = 2;

    private OutboxFrame() {
    }

    /**
     * Encodes what the subscription's vertices said, and the sends and changes of their partition that concern the peer's vertices.
     *
     * @param routed the partition's sends by their receivers' owners
     */
    static byte[] encode(LocalGraph.Subscription subscription, Board board, RoutedSends routed, LocalGraph graph) {
        Partition partition = subscription.partition();
        int[] indexes = subscription.indexes();
        long[] spoke = partition.speakers.spoke;
        SendList sends = partition.speakers.sends;
        ChangeList changes = partition.speakers.changes;
        int peer = subscription.peer();
        int sent = routed.count(peer);
        var changed = new IntArrayList();
        for (int i = 0; changes != null && i < changes.size; i++) {
            if (graph.ownerOf(changes.sources[i]) == peer
                || changes.kinds[i] == ChangeList.ADD_EDGE && graph.ownerOf(changes.targets[i]) == peer) {
                changed.add(i);
            }
        }
        int[] places = speakers(indexes, spoke);
        int broadcasts = places.length;
        int words = (indexes.length + 63) >>> 6;
        int form = broadcasts == 0 ? NONE : 4L * broadcasts < 8L * words ? SPARSE : DENSE;
        var frame = new FrameWriter(Math.toIntExact(HEADER_BYTES + (form == SPARSE ? 4L * broadcasts : form == DENSE ? 8L * words : 0)
            + 8L * board.width * broadcasts + (16L + 8 * board.width) * sent + (long) CHANGE_BYTES * changed.size()));
        frame.putInt(form).putInt(broadcasts).putInt(sent).putInt(changed.size());
        if (form == SPARSE) {
            for (int place : places) {
                frame.putInt(place);
            }
        } else if (form == DENSE) {
            int next = 0;
            for (int word = 0; word < words; word++) {
                long bits = 0;
                for (; next < broadcasts && places[next] >>> 6 == word; next++) {
                    bits |= 1L << places[next];
                }
                frame.putLong(bits);
            }
        }
        int[] slots = places;
        for (int i = 0; i < broadcasts; i++) {
            slots[i] = partition.slots[indexes[places[i]]];
        }
        board.write(slots, frame);
        for (int i = 0; i < sent; i++) {
            frame.putLong(sends.senders[routed.send(peer, i)]);
        }
        for (int i = 0; i < sent; i++) {
            frame.putLong(sends.targets[routed.send(peer, i)]);
        }
        for (int i = 0; i < sent; i++) {
            board.writeSend(sends, routed.send(peer, i), frame);
        }
        changed.forEach(i -> put(changes, i, frame));
        return frame.toArray();
    }

    /**
     * Puts what a partition said to everybody, of whom its own vertices are the subscription.
     *
     * @param lane of the thread that has run it, if one has
     */
    static void encodeAll(Partition partition, Board board, Lane lane, FrameWriter frame) {
        Speakers speakers = partition.speakers;
        SendList sends = speakers.sends;
        ChangeList changes = speakers.changes;
        int form = speakers.count == 0 ? NONE : 4L * speakers.count < 8L * speakers.spoke.length ? SPARSE : DENSE;
        int changed = changes == null ? 0 : changes.size;
        frame.putInt(form).putInt(speakers.count).putInt(sends.size).putInt(changed);
        if (form == SPARSE) {
            for (int word = 0; word < speakers.spoke.length; word++) {
                for (long bits = speakers.spoke[word]; bits != 0; bits &= bits - 1) {
                    frame.putInt((word << 6) + Long.numberOfTrailingZeros(bits));
                }
            }
        } else if (form == DENSE) {
            frame.putLongs(speakers.spoke);
        }
        if (form != NONE && lane.hasSpeech(partition)) {
            // To gather it from slots again costs a tenth of a PageRank superstep.
            frame.putLongs(lane.speech, lane.speechWords);
        } else if (form != NONE) {
            board.write(partition.speakingSlots(), frame);
        }
        for (int i = 0; i < sends.size; i++) {
            frame.putLong(sends.senders[i]);
        }
        for (int i = 0; i < sends.size; i++) {
            frame.putLong(sends.targets[i]);
        }
        for (int i = 0; i < sends.size; i++) {
            board.writeSend(sends, i, frame);
        }
        for (int i = 0; i < changed; i++) {
            put(changes, i, frame);
        }
    }

    private static void put(ChangeList changes, int i, FrameWriter frame) {
        frame.putLong(changes.askers[i]).put(changes.kinds[i]).putLong(changes.sources[i]).putLong(changes.targets[i])
            .putLong(Double.doubleToRawLongBits(changes.weights[i])).putLong(Double.doubleToRawLongBits(changes.newWeights[i]));
    }

    /** The places of those who have broadcast; an index of -1 stands for one that the peer's edges name and that does not exist. */
    private static int[] speakers(int[] indexes, long[] spoke) {
        var places = new int[indexes.length];
        int count = 0;
        for (int place = 0; place < indexes.length; place++) {
            int index = indexes[place];
            if (index >= 0 && (spoke[index >>> 6] >>> index & 1) != 0) {
                places[count++] = place;
            }
        }
        return count == places.length ? places : Arrays.copyOf(places, count);
    }

    /** Whether the frame says nothing at all, and need not be sent. */
    static boolean isSilent(byte[] encoded) {
        return encoded.length == HEADER_BYTES;
    }

    /**
     * Sets what the mirrors say, and their partition's sends and changes, from a frame; the mirrors must be silent. Where the frame is for
     * everybody, they are the partition's own vertices.
     */
    static void decode(byte[] encoded, Speakers mirrors, Board board) {
        ByteBuffer frame = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
        int form = frame.getInt();
        int broadcasts = frame.getInt();
        int sent = frame.getInt();
        int changed = frame.getInt();
        if (broadcasts < 0 || broadcasts > mirrors.slots.length || sent < 0 || changed < 0) {
            throw new WireException("an outbox of " + broadcasts + " broadcasts, " + sent + " sends and " + changed + " changes, where "
                + mirrors.slots.length + " vertices are heard");
        }
        mirrors.count = broadcasts;
        var slots = new int[broadcasts];
        if (form == SPARSE) {
            for (int i = 0; i < broadcasts; i++) {
                int place = frame.getInt();
                mirrors.spoke[place >>> 6] |= 1L << place;
                slots[i] = mirrors.slots[place];
            }
        } else if (form == DENSE) {
            int count = 0;
            for (int word = 0; word < mirrors.spoke.length; word++) {
                long spoke = frame.getLong();
                mirrors.spoke[word] = spoke;
                for (long bits = spoke; bits != 0; bits &= bits - 1) {
                    slots[count++] = mirrors.slots[(word << 6) + Long.numberOfTrailingZeros(bits)];
                }
            }
        }
        board.read(slots, frame);
        int senders = frame.position();
        frame.position(senders + 16 * sent);
        for (int i = 0; i < sent; i++) {
            board.readSend(mirrors.sends, frame.getLong(senders + 8 * i), frame.getLong(senders + 8 * (sent + i)), frame);
        }
        for (int i = 0; i < changed; i++) {
            mirrors.changes.add(frame.getLong(), frame.get(), frame.getLong(), frame.getLong(), frame.getDouble(), frame.getDouble());
        }
    }
}
