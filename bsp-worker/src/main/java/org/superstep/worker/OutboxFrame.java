package org.superstep.worker;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.superstep.graph.internal.ChangeList;
import org.superstep.graph.internal.SendList;

/**
 * What one partition said in a superstep to the vertices of one other worker; little-endian.
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
        int broadcasts = 0;
        for (int index : indexes) {
            broadcasts += hasSpoken(spoke, index) ? 1 : 0;
        }
        int peer = subscription.peer();
        int sent = routed.count(peer);
        var changed = new IntArrayList();
        for (int i = 0; changes != null && i < changes.size; i++) {
            if (graph.ownerOf(changes.sources[i]) == peer
                || changes.kinds[i] == ChangeList.ADD_EDGE && graph.ownerOf(changes.targets[i]) == peer) {
                changed.add(i);
            }
        }
        int words = (indexes.length + 63) >>> 6;
        int form = broadcasts == 0 ? NONE : 4L * broadcasts < 8L * words ? SPARSE : DENSE;
        var frame = new FrameWriter(Math.toIntExact(HEADER_BYTES + (form == SPARSE ? 4L * broadcasts : form == DENSE ? 8L * words : 0)
            + 8L * board.width * broadcasts + (16L + 8 * board.width) * sent + (long) CHANGE_BYTES * changed.size()));
        frame.putInt(form).putInt(broadcasts).putInt(sent).putInt(changed.size());
        if (form == SPARSE) {
            for (int place = 0; place < indexes.length; place++) {
                if (hasSpoken(spoke, indexes[place])) {
                    frame.putInt(place);
                }
            }
        } else if (form == DENSE) {
            for (int word = 0; word < words; word++) {
                long bits = 0;
                for (int place = word << 6; place < Math.min(indexes.length, word + 1 << 6); place++) {
                    bits |= hasSpoken(spoke, indexes[place]) ? 1L << place : 0;
                }
                frame.putLong(bits);
            }
        }
        if (form != NONE) {
            for (int index : indexes) {
                if (hasSpoken(spoke, index)) {
                    board.write(partition.slots[index], frame);
                }
            }
        }
        for (int i = 0; i < sent; i++) {
            frame.putLong(sends.senders[routed.send(peer, i)]);
        }
        for (int i = 0; i < sent; i++) {
            frame.putLong(sends.targets[routed.send(peer, i)]);
        }
        for (int i = 0; i < sent; i++) {
            board.writeSend(sends, routed.send(peer, i), frame);
        }
        changed.forEach(i -> frame.putLong(changes.askers[i]).put(changes.kinds[i]).putLong(changes.sources[i])
            .putLong(changes.targets[i]).putLong(Double.doubleToRawLongBits(changes.weights[i]))
            .putLong(Double.doubleToRawLongBits(changes.newWeights[i])));
        return frame.toArray();
    }

    /** Whether a vertex has broadcast; -1 stands for one that the peer's edges name and that does not exist. */
    private static boolean hasSpoken(long[] spoke, int index) {
        return index >= 0 && (spoke[index >>> 6] >>> index & 1) != 0;
    }

    /** Whether the frame says nothing at all, and need not be sent. */
    static boolean isSilent(byte[] encoded) {
        return encoded.length == HEADER_BYTES;
    }

    /** Sets what the mirrors say, and their partition's sends and changes, from a frame; the mirrors must be silent. */
    static void decode(byte[] encoded, Speakers mirrors, Board board) {
        ByteBuffer frame = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
        int form = frame.getInt();
        int broadcasts = frame.getInt();
        int sent = frame.getInt();
        int changed = frame.getInt();
        mirrors.count = broadcasts;
        if (form == SPARSE) {
            var places = new int[broadcasts];
            for (int i = 0; i < broadcasts; i++) {
                places[i] = frame.getInt();
            }
            for (int place : places) {
                mirrors.spoke[place >>> 6] |= 1L << place;
                board.read(mirrors.slots[place], frame);
            }
        } else if (form == DENSE) {
            int words = mirrors.spoke.length;
            for (int word = 0; word < words; word++) {
                mirrors.spoke[word] = frame.getLong();
            }
            for (int word = 0; word < words; word++) {
                for (long bits = mirrors.spoke[word]; bits != 0; bits &= bits - 1) {
                    board.read(mirrors.slots[(word << 6) + Long.numberOfTrailingZeros(bits)], frame);
                }
            }
        }
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
