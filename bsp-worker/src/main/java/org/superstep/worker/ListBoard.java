package org.superstep.worker;

import java.nio.ByteBuffer;
import org.superstep.graph.internal.MessageArray;
import org.superstep.graph.internal.MessageForm;
import org.superstep.graph.internal.RoundTrip;
import org.superstep.graph.internal.SendList;

/** The board of messages that are kept one by one until somebody asks for them: objects, vectors, and whatever is not combined. */
final class ListBoard extends Board {
    /** The longest array that a JVM makes. */
    private static final int MOST_WORDS = Integer.MAX_VALUE - 8;

    final MessageForm form;
    /** By slot: what it said in the superstep before. */
    MessageArray heard;
    /** By slot: what it says in this superstep. */
    MessageArray said;
    private final RoundTrip codec;
    private final LocalGraph graph;
    private final ListInbox[] inboxes;
    /** By speakers, then partition, as {@link DoubleBoard} has them. */
    private final ListBin[][] bins;

    ListBoard(LocalGraph graph, MessageForm form) {
        super(graph.slots, form.width());
        this.graph = graph;
        this.form = form;
        codec = form.codec() == null ? null : new RoundTrip(form.codec());
        if ((long) width * graph.slots > MOST_WORDS) {
            throw new IllegalStateException("messages of " + width + " elements to or from " + graph.slots + " vertices are more than the "
                + MOST_WORDS + " numbers that a worker can hold; make them narrower, or take more workers");
        }
        heard = new MessageArray(width, graph.slots);
        said = new MessageArray(width, graph.slots);
        inboxes = new ListInbox[graph.partitions.length];
        bins = new ListBin[graph.speakers.size()][];
    }

    /** The bin of what these speakers say to a partition; made on first use, by the one thread that works on the speakers. */
    ListBin binFrom(int group, int place) {
        if (bins[group] == null) {
            bins[group] = new ListBin[graph.partitions.length];
        }
        if (bins[group][place] == null) {
            bins[group][place] = new ListBin(width);
        }
        return bins[group][place];
    }

    /** The bin of what these speakers said to a partition; null where they have never said anything to it. */
    ListBin bin(int group, int place) {
        return bins[group] == null ? null : bins[group][place];
    }

    /** The partition's inbox; made on first use, by the one thread that works on the partition. */
    ListInbox inbox(int place) {
        if (inboxes[place] == null) {
            inboxes[place] = new ListInbox(graph.partitions[place].size, width);
        }
        return inboxes[place];
    }

    @Override void takeInbox(Board before, int place, int[] oldIndexes) {
        ListInbox old = ((ListBoard) before).inboxes[place];
        inboxes[place] = old == null || oldIndexes == null ? old : old.reordered(oldIndexes);
    }

    @Override void swap() {
        MessageArray spoken = said;
        said = heard;
        heard = spoken;
    }

    @Override void forget(Speakers speakers) {
        for (int word = 0; width == 0 && speakers.count > 0 && word < speakers.spoke.length; word++) {
            for (long spoke = speakers.spoke[word]; spoke != 0; spoke &= spoke - 1) {
                heard.objects[speakers.slots[(word << 6) + Long.numberOfTrailingZeros(spoke)]] = null;
            }
        }
    }

    @Override String heardText(int slot) {
        return ValueTexts.message(form.kind(), heard, slot);
    }

    @Override void write(int[] slots, FrameWriter out) {
        for (int slot : slots) {
            write(said, slot, out);
        }
    }

    @Override void writeSend(SendList sends, int send, FrameWriter out) {
        write(sends.messages, send, out);
    }

    private void write(MessageArray messages, int number, FrameWriter out) {
        if (width == 0) {
            out.putCounted(codec.written(messages.objects[number]));
        } else {
            for (int i = number * width; i < (number + 1) * width; i++) {
                out.putLong(messages.words[i]);
            }
        }
    }

    @Override void read(int[] slots, ByteBuffer in) {
        for (int slot : slots) {
            read(said, slot, in);
        }
    }

    @Override void readSend(SendList sends, long sender, long target, ByteBuffer in) {
        sends.hold(width);
        read(sends.messages, sends.grown(sender, target), in);
    }

    private void read(MessageArray messages, int number, ByteBuffer in) {
        if (width == 0) {
            int length = in.getInt();
            messages.objects[number] = codec.read(in.array(), in.arrayOffset() + in.position(), length);
            in.position(in.position() + length);
        } else {
            for (int i = number * width; i < (number + 1) * width; i++) {
                messages.words[i] = in.getLong();
            }
        }
    }

    /** Of each vertex the number of its messages, and of each message its sender and itself. */
    @Override void writeInbox(int place, FrameWriter out) {
        long[] received = graph.partitions[place].received;
        for (int word = 0; word < received.length; word++) {
            for (long bits = received[word]; bits != 0; bits &= bits - 1) {
                writeChain(inboxes[place], inboxes[place].heads[(word << 6) + Long.numberOfTrailingZeros(bits)], out);
            }
        }
    }

    private void writeChain(ListInbox inbox, int head, FrameWriter out) {
        int countAt = out.size();
        int count = 0;
        out.putInt(0);
        for (int message = head; message >= 0; message = inbox.next(message)) {
            out.putLong(inbox.sender(message));
            write(inbox.messages, message, out);
            count++;
        }
        out.setInt(countAt, count);
    }

    @Override void readInbox(int place, ByteBuffer in) {
        long[] received = graph.partitions[place].received;
        var message = new MessageArray(width, 1);
        for (int word = 0; word < received.length; word++) {
            for (long bits = received[word]; bits != 0; bits &= bits - 1) {
                int count = in.getInt();
                for (int i = 0; i < count; i++) {
                    long sender = in.getLong();
                    read(message, 0, in);
                    inbox(place).add((word << 6) + Long.numberOfTrailingZeros(bits), i == 0, sender, message, 0);
                }
            }
        }
    }
}
