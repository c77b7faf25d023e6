package org.superstep.worker;

import org.superstep.graph.Direction;
import org.superstep.graph.DoubleCombiner;
import org.superstep.graph.DoubleMessages;
import org.superstep.graph.DoublePhase;
import org.superstep.graph.DoubleVertex;
import org.superstep.graph.internal.SendList;
import org.superstep.graph.internal.VertexView;

/**
 * The loops of a phase with double messages. The build makes those for longs from this source, in which a {@code double} whose name begins
 * with {@code weight} stays one.
 *
 * <p>{@link KernelCopies} defines this class anew for every phase: each copy's calls of {@code along}, {@code combine} and {@code compute}
 * then see one receiver for life. In a shared class they make an edge cost 1.8 ns once other programs have run in the JVM, in a copy 0.57.
 */
final class DoubleKernel extends Kernel {
    private final LocalGraph graph;
    private final DoublePhase phase;
    private final DoubleCombiner combiner;
    private final double identity;
    private final boolean first;
    private final DoubleBoard doubles;
    /**
     * Whether a fold that has come to {@link #total} cannot change any more, as the least of all does not get less: where every edge has
     * weight 1 and the combiner's laws say so.
     */
    private final boolean canStop;
    /** What all that was said in the superstep before comes to; set between steps, as is whether folds stop there. */
    private double total;
    private boolean stopsAtTotal;
    private volatile boolean totalUnknown;

    DoubleKernel(LocalGraph graph, DoublePhase phase, Direction structure, DoubleBoard board) {
        super(phase.direction(), structure, board);
        this.graph = graph;
        this.phase = phase;
        combiner = phase.combiner();
        identity = combiner.identity();
        first = combiner == DoubleCombiner.FIRST;
        doubles = board;
        canStop = !first && combiner.isExact() && combiner.isIdempotent() && graph.isUnweighted(structure);
    }

    @Override boolean isSilenceNeutral(int place) {
        // A custom combiner promises no more than that the identity is neutral on its left.
        boolean neutral = !first && (combiner.isExact() || combiner == DoubleCombiner.SUM);
        Adjacency lists = graph.partitions[place].hearing(structure);
        if (lists.weightForm == Adjacency.NONE) {
            neutral &= staysSilent(1);
        } else if (lists.weightForm == Adjacency.BYTES) {
            for (int weight = 0; weight < 256 && neutral; weight++) {
                neutral = staysSilent(weight);
            }
        } else {
            for (int entry = 0; entry < lists.slots.length && neutral; entry++) {
                neutral = staysSilent(lists.weight(entry));
            }
        }
        return neutral;
    }

    private boolean staysSilent(double weight) {
        try {
            return DoubleBits.of(phase.along(identity, weight)) == DoubleBits.of(identity);
        } catch (RuntimeException e) {
            // Nobody has said the identity yet, so along may well refuse it.
            return false;
        }
    }

    @Override long mark(Speakers speakers) {
        double sum = identity;
        double[] heard = doubles.heard;
        byte[] spoke = board.spoke;
        int[] slots = speakers.slots;
        for (int speaker = 0; speaker < slots.length; speaker++) {
            int slot = slots[speaker];
            boolean said = (speakers.spoke[speaker >>> 6] >>> speaker & 1) != 0;
            spoke[slot] = (byte) (said ? 1 : 0);
            if (!said) {
                heard[slot] = identity;
            } else if (canStop && silenceIsNeutral && !totalUnknown) {
                sum = foldedAhead(sum, heard[slot], true);
            }
        }
        return DoubleBits.of(sum);
    }

    /**
     * Folds what was said before anybody hears it. User code that throws here may throw at what nobody hears, or at two messages that
     * nobody hears both: then the total stays unknown, and who does hear them meets the fault again.
     */
    private double foldedAhead(double sum, double message, boolean overEdge) {
        try {
            return combiner.combine(sum, overEdge ? phase.along(message, 1) : message);
        } catch (RuntimeException e) {
            totalUnknown = true;
            return identity;
        }
    }

    @Override void marked(long[] sums) {
        total = identity;
        for (int group = 0; group < sums.length && !totalUnknown; group++) {
            total = foldedAhead(total, DoubleBits.value(sums[group]), false);
        }
        stopsAtTotal = canStop && silenceIsNeutral && !totalUnknown;
        totalUnknown = false;
    }

    @Override void pullAndCompute(int place, Lane lane, Speaking speaking) {
        Partition partition = graph.partitions[place];
        Adjacency lists = partition.hearing(structure);
        SendBox sends = partition.sendBox;
        VertexView view = lane.view;
        DoubleVertex vertex = lane.doubleVertex;
        DoubleMessages messages = lane.doubleMessages;
        int[] slots = partition.slots;
        double[] said = doubles.said;
        lane.enter(partition, 1);
        long[] speech = lane.speech;
        int words = 0;
        view.walk = null;
        for (int word = 0; word < partition.awake.length; word++) {
            long awake = partition.awake[word];
            long computed = 0;
            long spoke = 0;
            long halted = 0;
            long gone = 0;
            for (long living = partition.living(word); living != 0; living &= living - 1) {
                int index = (word << 6) + Long.numberOfTrailingZeros(living);
                long bit = living & -living;
                view.index = index;
                gather(index, lists, speaking, sends, view);
                if (view.heard || (awake & bit) != 0) {
                    computed |= bit;
                    view.at(index);
                    phase.compute(vertex, messages);
                    if (view.spoke) {
                        said[slots[index]] = view.saidDouble;
                        spoke |= bit;
                        if (speech != null) {
                            speech[words++] = DoubleBits.of(view.saidDouble);
                        }
                    }
                    if (view.halted) {
                        halted |= bit;
                        gone |= view.haltedForGood ? bit : 0;
                    }
                }
            }
            partition.computed(word, computed, spoke, halted, gone, direction, lane);
        }
        lane.speechWords = words;
    }

    @Override void pull(int place, Lane lane, Speaking speaking) {
        Partition partition = graph.partitions[place];
        Adjacency lists = partition.hearing(structure);
        SendBox sends = partition.sendBox;
        VertexView view = lane.view;
        double[] inbox = doubles.inbox(place);
        for (int word = 0; word < partition.received.length; word++) {
            long received = 0;
            for (long living = partition.living(word); living != 0; living &= living - 1) {
                int index = (word << 6) + Long.numberOfTrailingZeros(living);
                gather(index, lists, speaking, sends, view);
                if (view.heard) {
                    received |= 1L << index;
                    inbox[index] = view.heardDouble;
                }
            }
            partition.received[word] = received;
            partition.hasMail |= received != 0;
        }
    }

    /** Small on purpose, like the loops that it calls: the compiler inlines all of them into the loop over vertices. */
    private void gather(int index, Adjacency lists, Speaking speaking, SendBox sends, VertexView view) {
        int from = lists.offsets[index];
        int to = lists.offsets[index + 1];
        if (sends != null && sends.hasAny(index)) {
            gatherMerged(index, lists, speaking, sends, view);
        } else if (speaking == Speaking.ALL && !first) {
            view.heard = from < to;
            view.heardDouble = foldedAll(lists, from, to);
        } else if (speaking == Speaking.NONE) {
            view.heard = false;
            view.heardDouble = identity;
        } else {
            gatherSpoken(lists, from, to, speaking, view);
        }
    }

    private double foldedAll(Adjacency lists, int from, int to) {
        return lists.weightForm == Adjacency.NONE ? foldedUnweighted(lists.slots, from, to) : foldedWeighted(lists, from, to);
    }

    private double foldedUnweighted(int[] slots, int from, int to) {
        double[] heard = doubles.heard;
        double folded = identity;
        for (int entry = from; entry < to; entry++) {
            folded = combiner.combine(folded, phase.along(heard[slots[entry]], 1));
        }
        return folded;
    }

    private double foldedWeighted(Adjacency lists, int from, int to) {
        double[] heard = doubles.heard;
        int[] slots = lists.slots;
        double folded = identity;
        if (lists.weightForm == Adjacency.BYTES) {
            var weights = lists.byteWeights;
            for (int entry = from; entry < to; entry++) {
                folded = combiner.combine(folded, phase.along(heard[slots[entry]], weights[entry] & 0xFF));
            }
        } else if (lists.weightForm == Adjacency.FLOATS) {
            var weights = lists.floatWeights;
            for (int entry = from; entry < to; entry++) {
                folded = combiner.combine(folded, phase.along(heard[slots[entry]], weights[entry]));
            }
        } else {
            var weights = lists.doubleWeights;
            for (int entry = from; entry < to; entry++) {
                folded = combiner.combine(folded, phase.along(heard[slots[entry]], weights[entry]));
            }
        }
        return folded;
    }

    private void gatherSpoken(Adjacency lists, int from, int to, Speaking speaking, VertexView view) {
        if (first) {
            gatherFirst(lists, from, to, speaking == Speaking.ALL, view);
        } else if (silenceIsNeutral) {
            gatherNeutral(lists, from, to, view);
        } else {
            gatherSome(lists, from, to, view);
        }
    }

    private double foldedToTotal(int[] slots, int from, int to) {
        double[] heard = doubles.heard;
        long enough = DoubleBits.of(total);
        double folded = identity;
        for (int entry = from; entry < to && DoubleBits.of(folded) != enough; entry++) {
            folded = combiner.combine(folded, phase.along(heard[slots[entry]], 1));
        }
        return folded;
    }

    private void gatherFirst(Adjacency lists, int from, int to, boolean all, VertexView view) {
        byte[] spoke = board.spoke;
        int[] slots = lists.slots;
        int entry = from;
        while (entry < to && !all && spoke[slots[entry]] == 0) {
            entry++;
        }
        view.heard = entry < to;
        view.heardDouble = entry < to ? phase.along(doubles.heard[slots[entry]], lists.weight(entry)) : identity;
    }

    /** Folds silence and all, without asking edge by edge who spoke: the answer would be hard to predict. */
    private void gatherNeutral(Adjacency lists, int from, int to, VertexView view) {
        double folded = stopsAtTotal ? foldedToTotal(lists.slots, from, to) : foldedAll(lists, from, to);
        // What differs from the identity was said; what does not may have been.
        boolean any = DoubleBits.of(folded) != DoubleBits.of(identity);
        byte[] spoke = board.spoke;
        int[] slots = lists.slots;
        for (int entry = from; entry < to && !any; entry++) {
            any = spoke[slots[entry]] != 0;
        }
        view.heard = any;
        view.heardDouble = folded;
    }

    private void gatherSome(Adjacency lists, int from, int to, VertexView view) {
        double[] heard = doubles.heard;
        byte[] spoke = board.spoke;
        int[] slots = lists.slots;
        double folded = identity;
        boolean any = false;
        for (int entry = from; entry < to; entry++) {
            int slot = slots[entry];
            if (spoke[slot] != 0) {
                folded = combiner.combine(folded, phase.along(heard[slot], lists.weight(entry)));
                any = true;
            }
        }
        view.heard = any;
        view.heardDouble = folded;
    }

    /** Folds broadcasts and sends in the order of sender ids; from one sender its broadcast comes first. */
    private void gatherMerged(int index, Adjacency lists, Speaking speaking, SendBox sends, VertexView view) {
        long[] ids = graph.idOfSlot();
        int send = sends.offsets()[index];
        int lastSend = sends.offsets()[index + 1];
        double folded = identity;
        boolean any = false;
        if (speaking != Speaking.NONE) {
            for (int entry = lists.offsets[index]; entry < lists.offsets[index + 1]; entry++) {
                int slot = lists.slots[entry];
                if (speaking == Speaking.SOME && board.spoke[slot] == 0) {
                    continue;
                }
                for (; send < lastSend && sends.sends().senders[send] < ids[slot]; send++) {
                    folded = folded(folded, any, DoubleBits.value(sends.sends().messages.words[send]));
                    any = true;
                }
                folded = folded(folded, any, phase.along(doubles.heard[slot], lists.weight(entry)));
                any = true;
            }
        }
        for (; send < lastSend; send++) {
            folded = folded(folded, any, DoubleBits.value(sends.sends().messages.words[send]));
            any = true;
        }
        view.heard = any;
        view.heardDouble = folded;
    }

    private double folded(double soFar, boolean any, double message) {
        if (first) {
            return any ? soFar : message;
        }
        return combiner.combine(soFar, message);
    }

    @Override void spread(int group, Adjacency fanOut, Lane lane) {
        spread(group, fanOut, lane, doubles.binsFrom(group));
    }

    @Override void pushSerially(Adjacency fanOut, Lane lane) {
        for (int group = 0; group < graph.speakers.size(); group++) {
            if (!graph.speakers.get(group).areSilent()) {
                spread(group, fanOut, lane, null);
            }
        }
    }

    /**
     * Carries what these speakers said into bins, or without bins straight into the inboxes; in the order of sender ids, from each its
     * broadcast first.
     */
    private void spread(int group, Adjacency fanOut, Lane lane, DoubleBin[] bins) {
        Speakers speakers = graph.speakers.get(group);
        boolean symmetric = graph.isSymmetric(structure);
        Adjacency lists = symmetric ? graph.partitions[group].hearing(structure) : fanOut;
        SendList sends = speakers.sends;
        int sent = 0;
        if (speakers.count > 0) {
            double[] heard = doubles.heard;
            for (int word = 0; word < speakers.spoke.length; word++) {
                for (long spoke = speakers.spoke[word]; spoke != 0; spoke &= spoke - 1) {
                    int speaker = (word << 6) + Long.numberOfTrailingZeros(spoke);
                    int slot = speakers.slots[speaker];
                    if (sent < sends.size) {
                        sent = carrySends(sends, sent, graph.idOfSlot()[slot], lane, bins);
                    }
                    carry(lists, symmetric ? speaker : slot, heard[slot], bins);
                }
            }
        }
        while (sent < sends.size) {
            carrySend(sends, sent++, lane, bins);
        }
    }

    private void carry(Adjacency lists, int row, double message, DoubleBin[] bins) {
        int[] positions = graph.positionOfSlot;
        int[] slots = lists.slots;
        boolean weighted = lists.weightForm != Adjacency.NONE;
        int place = -1;
        int start = 0;
        int end = 0;
        for (int entry = lists.offsets[row], last = lists.offsets[row + 1]; entry < last; entry++) {
            int position = positions[slots[entry]];
            if (position >= end) {
                place = graph.partitionOfBlock[position >>> 6];
                start = graph.partitions[place].start;
                end = start + graph.partitions[place].size;
            }
            double arrived = phase.along(message, weighted ? lists.weight(entry) : 1);
            if (bins != null) {
                bin(bins, place).add(position - start, arrived);
            } else {
                receive(graph.partitions[place], doubles.inbox(place), position - start, arrived);
            }
        }
    }

    /** Carries the sends, from number {@code sent} on, of senders with ids below this one; returns the number of the next. */
    private int carrySends(SendList sends, int sent, long belowId, Lane lane, DoubleBin[] bins) {
        while (sent < sends.size && sends.senders[sent] < belowId) {
            carrySend(sends, sent++, lane, bins);
        }
        return sent;
    }

    private void carrySend(SendList sends, int sent, Lane lane, DoubleBin[] bins) {
        int place = graph.placeOf(sends.targets[sent]);
        if (place < 0) {
            return;
        }
        int index = graph.partitions[place].listenerAt(sends.targets[sent]);
        if (index < 0) {
            lane.dropped++;
            return;
        }
        double message = DoubleBits.value(sends.messages.words[sent]);
        if (bins != null) {
            bin(bins, place).add(index, message);
        } else {
            receive(graph.partitions[place], doubles.inbox(place), index, message);
        }
    }

    private static DoubleBin bin(DoubleBin[] bins, int place) {
        if (bins[place] == null) {
            bins[place] = new DoubleBin();
        }
        return bins[place];
    }

    @Override void fold(int place) {
        Partition partition = graph.partitions[place];
        double[] inbox = doubles.inbox(place);
        for (int group = 0; group < graph.speakers.size(); group++) {
            DoubleBin bin = doubles.bin(group, place);
            if (bin != null && bin.size > 0) {
                int[] indexes = bin.indexes;
                double[] values = bin.values;
                for (int i = 0, size = bin.size; i < size; i++) {
                    receive(partition, inbox, indexes[i], values[i]);
                }
                bin.size = 0;
            }
        }
    }

    private void receive(Partition partition, double[] inbox, int index, double message) {
        boolean isFirst = partition.receives(index);
        inbox[index] = folded(isFirst ? identity : inbox[index], !isFirst, message);
    }

    @Override void holdBack(SendList held, long senderId, long targetId, int slot, double weight) {
        held.add(senderId, targetId, DoubleBits.of(phase.along(doubles.heard[slot], weight)));
    }

    @Override void receive(int place, int index, SendList sends, int number) {
        receive(graph.partitions[place], doubles.inbox(place), index, DoubleBits.value(sends.messages.words[number]));
    }

    @Override void listen(int place, int index, boolean heard, boolean pulled, Lane lane) {
        lane.view.walk = null;
        lane.view.heard = heard;
        lane.view.heardDouble = heard ? doubles.inbox(place)[index] : identity;
    }

    @Override long identityBits() {
        return DoubleBits.of(identity);
    }

    @Override void delivered(int place) {
        // The bits that tell of it are the partition's, and gone.
    }

    @Override void compute(int place, Lane lane, Kernel spoken, boolean pulled) {
        boolean isForeign = spoken.board != board;
        // Who hears nothing is told the identity of those who could have spoken.
        double silence = isForeign ? identity : DoubleBits.value(spoken.identityBits());
        Partition partition = graph.partitions[place];
        VertexView view = lane.view;
        DoubleVertex vertex = lane.doubleVertex;
        DoubleMessages messages = lane.doubleMessages;
        double[] inbox = partition.hasMail && !isForeign ? doubles.inbox(place) : null;
        double[] said = doubles.said;
        lane.enter(partition, 1);
        long[] speech = lane.speech;
        int words = 0;
        view.walk = null;
        for (int word = 0; word < partition.awake.length; word++) {
            long received = partition.received[word];
            long computed = (received | partition.awake[word]) & ~partition.gone[word];
            long spoke = 0;
            long halted = 0;
            long gone = 0;
            for (long left = computed; left != 0; left &= left - 1) {
                int index = (word << 6) + Long.numberOfTrailingZeros(left);
                long bit = left & -left;
                if (isForeign) {
                    spoken.listen(place, index, (received & bit) != 0, pulled, lane);
                } else {
                    view.heard = (received & bit) != 0;
                    view.heardDouble = view.heard ? inbox[index] : silence;
                }
                view.at(index);
                phase.compute(vertex, messages);
                if (view.spoke) {
                    said[partition.slots[index]] = view.saidDouble;
                    spoke |= bit;
                    if (speech != null) {
                        speech[words++] = DoubleBits.of(view.saidDouble);
                    }
                }
                if (view.halted) {
                    halted |= bit;
                    gone |= view.haltedForGood ? bit : 0;
                }
            }
            partition.received[word] = 0;
            partition.computed(word, computed, spoke, halted, gone, direction, lane);
        }
        lane.speechWords = words;
        partition.hasMail = false;
    }
}
