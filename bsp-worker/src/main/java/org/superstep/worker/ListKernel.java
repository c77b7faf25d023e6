package org.superstep.worker;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.superstep.graph.Direction;
import org.superstep.graph.DoublePhase;
import org.superstep.graph.DoubleVectorPhase;
import org.superstep.graph.LongPhase;
import org.superstep.graph.LongVectorPhase;
import org.superstep.graph.ObjectPhase;
import org.superstep.graph.Phase;
import org.superstep.graph.internal.MessageArray;
import org.superstep.graph.internal.MessageForm;
import org.superstep.graph.internal.RoundTrip;
import org.superstep.graph.internal.SendList;
import org.superstep.graph.internal.VertexView;

/**
 * The loops of a phase whose messages are not folded as they come: those of no combiner, objects and vectors. The engine finds out who has
 * heard anything; the messages themselves are walked over when the vertex asks for them, and combined then, if at all.
 */
final class ListKernel extends Kernel {
    private final LocalGraph graph;
    private final Phase phase;
    private final MessageForm form;
    private final ListBoard lists;
    /** Whether a message is over an edge what it was when it was said. */
    private final boolean alongIsPlain;
    private final RoundTrip roundTrip;
    private final ConcurrentHashMap<Lane, Walks> walks = new ConcurrentHashMap<>();

    /** What a thread walks with. */
    private record Walks(PulledWalk pulled, InboxWalk pushed) {
    }

    /** {@code roundTrip} makes every object message go through its codec. */
    ListKernel(LocalGraph graph, Phase phase, Direction structure, ListBoard board, boolean roundTrip) {
        super(phase.direction(), structure, board);
        this.graph = graph;
        this.phase = phase;
        form = MessageForm.of(phase);
        lists = board;
        alongIsPlain = isAlongPlain(phase);
        this.roundTrip = roundTrip && form.codec() != null ? new RoundTrip(form.codec()) : null;
    }

    /** Whether the phase has left {@code along} as its kind has it; a superclass may have changed it, and an interface between too. */
    private static boolean isAlongPlain(Phase phase) {
        List<Class<?>> kinds = List.of(Phase.class.getPermittedSubclasses());
        return Arrays.stream(phase.getClass().getMethods())
            .noneMatch(method -> method.getName().equals("along") && !kinds.contains(method.getDeclaringClass()));
    }

    private Walks walks(Lane lane) {
        return walks.computeIfAbsent(lane, any -> new Walks(new PulledWalk(this, graph, form.width()), new InboxWalk()));
    }

    /** What a slot's broadcast has become over an edge of this weight: the array that holds it, at the slot or, if made anew, at 0. */
    @SuppressWarnings("unchecked")
    MessageArray arrived(int slot, double weight, MessageArray made) {
        if (alongIsPlain) {
            return lists.heard;
        }
        long[] from = lists.heard.words;
        long[] to = made.words;
        switch (form.kind()) {
            case DOUBLE -> to[0] = DoubleBits.of(((DoublePhase) phase).along(DoubleBits.value(from[slot]), weight));
            case LONG -> to[0] = ((LongPhase) phase).along(from[slot], weight);
            case DOUBLE_VECTOR -> {
                for (int i = 0; i < to.length; i++) {
                    to[i] = DoubleBits.of(((DoubleVectorPhase) phase).along(DoubleBits.value(from[slot * to.length + i]), i, weight));
                }
            }
            case LONG_VECTOR -> {
                for (int i = 0; i < to.length; i++) {
                    to[i] = ((LongVectorPhase) phase).along(from[slot * to.length + i], i, weight);
                }
            }
            case OBJECT -> {
                made.objects[0] = ((ObjectPhase<Object>) phase).along(lists.heard.objects[slot], weight);
                if (made.objects[0] == null) {
                    throw new IllegalStateException("along returns null; a message arrives as an object");
                }
            }
        }
        return made;
    }

    @Override boolean isSilenceNeutral(int place) {
        return false;
    }

    @Override long mark(Speakers speakers) {
        int[] slots = speakers.slots;
        for (int speaker = 0; speaker < slots.length; speaker++) {
            boolean said = (speakers.spoke[speaker >>> 6] >>> speaker & 1) != 0;
            board.spoke[slots[speaker]] = (byte) (said ? 1 : 0);
            if (!said && form.width() == 0) {
                lists.heard.objects[slots[speaker]] = null;
            }
        }
        return 0;
    }

    @Override void marked(long[] sums) {
        // Nothing is folded ahead.
    }

    @Override void pullAndCompute(int place, Lane lane, Speaking speaking) {
        Partition partition = graph.partitions[place];
        Adjacency hearing = partition.hearing(structure);
        PulledWalk walk = walks(lane).pulled;
        VertexView view = lane.view;
        enter(partition, lane);
        view.walk = walk;
        view.combiner = form.combiner();
        for (int word = 0; word < partition.awake.length; word++) {
            long awake = partition.awake[word];
            long computed = 0;
            long spoke = 0;
            long halted = 0;
            long gone = 0;
            for (long living = partition.living(word); living != 0; living &= living - 1) {
                int index = (word << 6) + Long.numberOfTrailingZeros(living);
                long bit = living & -living;
                view.heard = walk.place(hearing, index, speaking, partition.sendBox);
                if (view.heard || (awake & bit) != 0) {
                    computed |= bit;
                    computeAt(index, partition, lane);
                    spoke |= view.spoke ? bit : 0;
                    halted |= view.halted ? bit : 0;
                    gone |= view.haltedForGood ? bit : 0;
                }
            }
            partition.computed(word, computed, spoke, halted, gone, direction, lane);
        }
    }

    @Override void pull(int place, Lane lane, Speaking speaking) {
        Partition partition = graph.partitions[place];
        Adjacency hearing = partition.hearing(structure);
        PulledWalk walk = walks(lane).pulled;
        for (int word = 0; word < partition.received.length; word++) {
            long received = 0;
            for (long living = partition.living(word); living != 0; living &= living - 1) {
                if (walk.place(hearing, (word << 6) + Long.numberOfTrailingZeros(living), speaking, partition.sendBox)) {
                    received |= living & -living;
                }
            }
            partition.received[word] = received;
            partition.hasMail |= received != 0;
        }
    }

    @Override void pullToKeep(int place, Lane lane, Speaking speaking) {
        Partition partition = graph.partitions[place];
        PulledWalk walk = walks(lane).pulled;
        for (int word = 0; word < partition.received.length; word++) {
            for (long living = partition.living(word); living != 0; living &= living - 1) {
                int index = (word << 6) + Long.numberOfTrailingZeros(living);
                if (walk.place(partition.hearing(structure), index, speaking, partition.sendBox)) {
                    while (walk.next()) {
                        receive(partition, lists.inbox(place), index, walk.senderId(), walk.messages, walk.at);
                    }
                }
            }
        }
    }

    @Override void spread(int group, Adjacency fanOut, Lane lane) {
        spread(group, fanOut, lane, false);
    }

    @Override void pushSerially(Adjacency fanOut, Lane lane) {
        for (int group = 0; group < graph.speakers.size(); group++) {
            if (!graph.speakers.get(group).areSilent()) {
                spread(group, fanOut, lane, true);
            }
        }
    }

    /** Carries what these speakers said into bins or straight into inboxes, in the order of sender ids, from each its broadcast first. */
    private void spread(int group, Adjacency fanOut, Lane lane, boolean straight) {
        Speakers speakers = graph.speakers.get(group);
        boolean symmetric = graph.isSymmetric(structure);
        Adjacency hearers = symmetric ? graph.partitions[group].hearing(structure) : fanOut;
        SendList sends = speakers.sends;
        var made = new MessageArray(form.width(), 1);
        int sent = 0;
        if (speakers.count > 0) {
            long[] ids = graph.idOfSlot();
            for (int word = 0; word < speakers.spoke.length; word++) {
                for (long spoke = speakers.spoke[word]; spoke != 0; spoke &= spoke - 1) {
                    int speaker = (word << 6) + Long.numberOfTrailingZeros(spoke);
                    int slot = speakers.slots[speaker];
                    while (sent < sends.size && sends.senders[sent] < ids[slot]) {
                        carrySend(group, sends, sent++, lane, straight);
                    }
                    carry(group, hearers, symmetric ? speaker : slot, slot, ids[slot], made, straight);
                }
            }
        }
        while (sent < sends.size) {
            carrySend(group, sends, sent++, lane, straight);
        }
    }

    private void carry(int group, Adjacency hearers, int row, int slot, long sender, MessageArray made, boolean straight) {
        for (int entry = hearers.offsets[row], last = hearers.offsets[row + 1]; entry < last; entry++) {
            int position = graph.positionOfSlot[hearers.slots[entry]];
            int place = graph.partitionOfBlock[position >>> 6];
            MessageArray from = arrived(slot, hearers.weight(entry), made);
            put(group, place, position - graph.partitions[place].start, sender, from, from == made ? 0 : slot, straight);
        }
    }

    private void carrySend(int group, SendList sends, int sent, Lane lane, boolean straight) {
        int place = graph.placeOf(sends.targets[sent]);
        if (place < 0) {
            return;
        }
        int index = graph.partitions[place].listenerAt(sends.targets[sent]);
        if (index < 0) {
            lane.dropped++;
            return;
        }
        put(group, place, index, sends.senders[sent], sends.messages, sent, straight);
    }

    private void put(int group, int place, int index, long sender, MessageArray from, int at, boolean straight) {
        if (straight) {
            receive(graph.partitions[place], lists.inbox(place), index, sender, from, at);
        } else {
            lists.binFrom(group, place).add(index, sender, from, at);
        }
    }

    @Override void fold(int place) {
        Partition partition = graph.partitions[place];
        ListInbox inbox = lists.inbox(place);
        for (int group = 0; group < graph.speakers.size(); group++) {
            ListBin bin = lists.bin(group, place);
            if (bin != null && bin.size > 0) {
                for (int i = 0; i < bin.size; i++) {
                    receive(partition, inbox, bin.indexes[i], bin.senders[i], bin.messages, i);
                }
                bin.clear();
            }
        }
    }

    private static void receive(Partition partition, ListInbox inbox, int index, long sender, MessageArray from, int at) {
        inbox.add(index, partition.receives(index), sender, from, at);
    }

    @Override void holdBack(SendList held, long senderId, long targetId, int slot, double weight) {
        var made = new MessageArray(form.width(), 1);
        MessageArray from = arrived(slot, weight, made);
        held.add(senderId, targetId, from, from == made ? 0 : slot);
    }

    @Override void receive(int place, int index, SendList sends, int number) {
        receive(graph.partitions[place], lists.inbox(place), index, sends.senders[number], sends.messages, number);
    }

    @Override void listen(int place, int index, boolean heard, boolean pulled, Lane lane) {
        VertexView view = lane.view;
        view.heard = heard;
        view.combiner = form.combiner();
        Walks mine = walks(lane);
        view.walk = pulled ? mine.pulled : mine.pushed;
        if (heard && pulled) {
            Partition partition = graph.partitions[place];
            mine.pulled.place(partition.hearing(structure), index, pulledSpeaking, partition.sendBox);
        } else if (heard) {
            mine.pushed.place(lists.inbox(place), index);
        }
    }

    @Override long identityBits() {
        return 0;
    }

    @Override void delivered(int place) {
        lists.inbox(place).clear();
    }

    @Override void compute(int place, Lane lane, Kernel spoken, boolean pulled) {
        Partition partition = graph.partitions[place];
        VertexView view = lane.view;
        enter(partition, lane);
        for (int word = 0; word < partition.awake.length; word++) {
            long received = partition.received[word];
            long computed = (received | partition.awake[word]) & ~partition.gone[word];
            long spoke = 0;
            long halted = 0;
            long gone = 0;
            for (long left = computed; left != 0; left &= left - 1) {
                int index = (word << 6) + Long.numberOfTrailingZeros(left);
                long bit = left & -left;
                spoken.listen(place, index, (received & bit) != 0, pulled, lane);
                computeAt(index, partition, lane);
                spoke |= view.spoke ? bit : 0;
                halted |= view.halted ? bit : 0;
                gone |= view.haltedForGood ? bit : 0;
            }
            partition.received[word] = 0;
            partition.computed(word, computed, spoke, halted, gone, direction, lane);
        }
        partition.hasMail = false;
    }

    private void enter(Partition partition, Lane lane) {
        lane.enter(partition, form.width());
        lane.view.roundTrip = roundTrip;
        if (form.width() > 0 && (lane.view.saidWords == null || lane.view.saidWords.length != form.width())) {
            lane.view.saidWords = new long[form.width()];
        }
    }

    /** Lets a vertex compute, to which what it has heard is shown already, and takes down what it broadcasts. */
    private void computeAt(int index, Partition partition, Lane lane) {
        lane.view.at(index);
        compute(lane);
        if (lane.view.spoke) {
            say(partition.slots[index], lane.view);
        }
    }

    @SuppressWarnings("unchecked")
    private void compute(Lane lane) {
        switch (form.kind()) {
            case DOUBLE -> ((DoublePhase) phase).compute(lane.doubleVertex, lane.doubleMessages);
            case LONG -> ((LongPhase) phase).compute(lane.longVertex, lane.longMessages);
            case OBJECT -> ((ObjectPhase<Object>) phase).compute(lane.objectVertex, lane.objectMessages);
            case DOUBLE_VECTOR -> ((DoubleVectorPhase) phase).compute(lane.doubleVectorVertex, lane.doubleVectorMessages);
            case LONG_VECTOR -> ((LongVectorPhase) phase).compute(lane.longVectorVertex, lane.longVectorMessages);
        }
    }

    private void say(int slot, VertexView view) {
        switch (form.kind()) {
            case DOUBLE -> lists.said.words[slot] = DoubleBits.of(view.saidDouble);
            case LONG -> lists.said.words[slot] = view.saidLong;
            case OBJECT -> lists.said.objects[slot] = view.saidObject;
            case DOUBLE_VECTOR, LONG_VECTOR ->
                System.arraycopy(view.saidWords, 0, lists.said.words, slot * form.width(), form.width());
        }
    }
}
