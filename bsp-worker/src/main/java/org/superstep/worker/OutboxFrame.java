package org.superstep.worker;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.superstep.graph.internal.SendList;
import org.superstep.net.Placement;

/**
 * What one partition said in a superstep to the vertices of one other worker; little-endian.
 *
 * <pre>
 *   offset  bytes  field
 *        0      4  form of the broadcasts: 0 none, 1 sparse, 2 dense
 *        4      4  broadcasts b
 *        8      4  sends n
 *   sparse: 12     4b  places of the speakers in the subscription, ascending
 *           12+4b  8b  values
 *   dense:  12     8w  a bit for each place of the subscription, w words
 *           12+8w  8b  values of the places whose bits are set, ascending
 *   then           8n  ids of the senders, ascending
 *                  8n  ids of the receivers
 *                  8n  values
 * </pre>
 *
 * <p>The form is the shorter one, so it is a function of counts alone.
 */
final class OutboxFrame {
    private static final int HEADER_BYTES = 12;
    private static final int NONE = 0;
    private static final int SPARSE = 1;
    private static final int DENSE = 2;

    private OutboxFrame() {
    }

    /** Encodes what the subscription's vertices said, and the sends of their partition to the peer's vertices. */
    static byte[] encode(LocalGraph.Subscription subscription, Board board, Placement placement) {
        Partition partition = subscription.partition();
        int[] indexes = subscription.indexes();
        long[] spoke = partition.speakers.spoke;
        SendList sends = partition.speakers.sends;
        int broadcasts = 0;
        for (int index : indexes) {
            broadcasts += (int) (spoke[index >>> 6] >>> index & 1);
        }
        int sent = 0;
        for (int i = 0; i < sends.size; i++) {
            if (placement.owners()[placement.partitionOf(sends.targets[i])] == subscription.peer()) {
                sent++;
            }
        }
        int words = (indexes.length + 63) >>> 6;
        int form = broadcasts == 0 ? NONE : 4L * broadcasts < 8L * words ? SPARSE : DENSE;
        int bytes = Math.toIntExact(HEADER_BYTES + (form == SPARSE ? 4L * broadcasts : form == DENSE ? 8L * words : 0)
            + 8L * broadcasts + 24L * sent);
        ByteBuffer frame = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        frame.putInt(form).putInt(broadcasts).putInt(sent);
        if (form == SPARSE) {
            for (int place = 0; place < indexes.length; place++) {
                if ((spoke[indexes[place] >>> 6] >>> indexes[place] & 1) != 0) {
                    frame.putInt(place);
                }
            }
        } else if (form == DENSE) {
            for (int word = 0; word < words; word++) {
                long bits = 0;
                for (int place = word << 6; place < Math.min(indexes.length, word + 1 << 6); place++) {
                    bits |= (spoke[indexes[place] >>> 6] >>> indexes[place] & 1) << place;
                }
                frame.putLong(bits);
            }
        }
        if (form != NONE) {
            for (int index : indexes) {
                if ((spoke[index >>> 6] >>> index & 1) != 0) {
                    frame.putLong(board.saidBits(partition.slots[index]));
                }
            }
        }
        for (long[] field : new long[][] {sends.senders, sends.targets, sends.messages.words}) {
            for (int i = 0; i < sends.size; i++) {
                if (placement.owners()[placement.partitionOf(sends.targets[i])] == subscription.peer()) {
                    frame.putLong(field[i]);
                }
            }
        }
        return frame.array();
    }

    /** Sets what the mirrors say, and their partition's sends, from a frame; the mirrors must be silent. */
    static void decode(byte[] encoded, Speakers mirrors, Board board) {
        ByteBuffer frame = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
        int form = frame.getInt();
        int broadcasts = frame.getInt();
        int sent = frame.getInt();
        mirrors.count = broadcasts;
        if (form == SPARSE) {
            var places = new int[broadcasts];
            for (int i = 0; i < broadcasts; i++) {
                places[i] = frame.getInt();
            }
            for (int place : places) {
                mirrors.spoke[place >>> 6] |= 1L << place;
                board.say(mirrors.slots[place], frame.getLong());
            }
        } else if (form == DENSE) {
            for (int word = 0; word < mirrors.spoke.length; word++) {
                mirrors.spoke[word] = frame.getLong();
            }
            for (int word = 0; word < mirrors.spoke.length; word++) {
                for (long bits = mirrors.spoke[word]; bits != 0; bits &= bits - 1) {
                    board.say(mirrors.slots[(word << 6) + Long.numberOfTrailingZeros(bits)], frame.getLong());
                }
            }
        }
        int senders = frame.position();
        for (int i = 0; i < sent; i++) {
            mirrors.sends.add(frame.getLong(senders + 8 * i), frame.getLong(senders + 8 * (sent + i)),
                frame.getLong(senders + 8 * (2 * sent + i)));
        }
    }
}
