package org.superstep.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.graph.Codecs;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.graph.ObjectCombiner;
import org.superstep.graph.Weights;
import org.superstep.graph.internal.ChangeList;
import org.superstep.graph.internal.MessageArray;
import org.superstep.graph.internal.MessageForm;
import org.superstep.graph.internal.SendList;
import org.superstep.net.Placement;

/** What one worker encodes another decodes: broadcasts in each form, sends to each peer. */
class OutboxFrameTest {
    private static final int[] SIZES = {1, 2, 63, 64, 65, 128, 129, 300};
    private static final int NONE = 0;
    private static final int SPARSE = 1;
    private static final int DENSE = 2;

    /** One message to one vertex. */
    private record Send(long sender, long target, long bits) {
    }

    private static void say(Board board, int slot, long bits) {
        board.read(new int[] {slot}, ByteBuffer.wrap(new FrameWriter(8).putLong(bits).toArray()).order(ByteOrder.LITTLE_ENDIAN));
    }

    private static long bitsAt(Board board, int slot) {
        var out = new FrameWriter(8);
        board.write(new int[] {slot}, out);
        return ByteBuffer.wrap(out.toArray()).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    /** What goes to the subscription's peer, after the sends have been routed. */
    private static byte[] encoded(LocalGraph.Subscription subscription, Board board, LocalGraph graph) {
        var routed = new RoutedSends(3);
        routed.route(subscription.partition().speakers.sends, graph);
        return OutboxFrame.encode(subscription, board, routed, graph);
    }

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyPeerDecodesWhatWasSaidToItsVerticesAndNothingElse(long seed) {
        var random = new SplittableRandom(seed);
        int size = SIZES[random.nextInt(SIZES.length)];
        long[][] ids = Exchange.ids(size, 5, 5);
        Placement placement = Exchange.placement(ids, 0, 1, 2);
        LocalGraph sender = Exchange.graph(placement, 0, ids, seed);
        Partition partition = sender.partitions[0];
        boolean longs = random.nextBoolean();
        Board said = longs ? new LongBoard(sender) : new DoubleBoard(sender);
        var values = new TreeMap<Integer, Long>();
        int oneIn = 1 + random.nextInt(1 + random.nextInt(size));
        for (int i = 0; i < size; i++) {
            // What is not said in this superstep stands at the slot all the same, from an earlier one.
            say(said, partition.slots[i], random.nextLong() & ~(1L << 62));
            if (random.nextInt(oneIn) == 0) {
                partition.speakers.spoke[i >>> 6] |= 1L << i;
                partition.speakers.count++;
                values.put(i, bitsAt(said, partition.slots[i]));
            }
        }
        var sends = new ArrayList<Send>();
        for (int i = random.nextInt(3) * random.nextInt(10); i > 0; i--) {
            sends.add(new Send(i, random.nextLong(-20, 3L * size + 40), random.nextLong()));
        }
        sends.forEach(send -> partition.speakers.sends.add(send.sender, send.target, send.bits));

        for (int peer = 1; peer <= 2; peer++) {
            int[] indexes = IntStream.range(0, size).filter(i -> random.nextInt(4) > 0).toArray();
            byte[] frame = encoded(new LocalGraph.Subscription(peer, partition, indexes), said, sender);
            var mirrorIds = new long[][] {LongStream.range(0, indexes.length).toArray(), ids[1], ids[2]};
            LocalGraph receiver = Exchange.graph(placement, peer, mirrorIds, seed + peer);
            Board decoded = longs ? new LongBoard(receiver) : new DoubleBoard(receiver);
            Speakers mirrors = receiver.speakers.get(0);
            OutboxFrame.decode(frame, mirrors, decoded);

            String words = "seed " + seed + ", peer " + peer;
            int broadcasts = 0;
            for (int place = 0; place < indexes.length; place++) {
                boolean spoke = values.containsKey(indexes[place]);
                assertThat((mirrors.spoke[place >>> 6] >>> place & 1) != 0).as("%s, place %d", words, place).isEqualTo(spoke);
                assertThat(bitsAt(decoded, mirrors.slots[place])).as("%s, place %d", words, place)
                    .isEqualTo(spoke ? values.get(indexes[place]) : 0);
                broadcasts += spoke ? 1 : 0;
            }
            assertThat(mirrors.count).as(words).isEqualTo(broadcasts);
            assertThat(sends(mirrors)).as(words).isEqualTo(toPeer(sends, placement, peer));
        }
        assertThat(sends(partition.speakers)).as("seed %d: encoding takes nothing away", seed).isEqualTo(sends);
    }

    private static List<Send> sends(Speakers speakers) {
        return IntStream.range(0, speakers.sends.size)
            .mapToObj(i -> new Send(speakers.sends.senders[i], speakers.sends.targets[i], speakers.sends.messages.words[i])).toList();
    }

    private static List<Send> toPeer(List<Send> sends, Placement placement, int peer) {
        return sends.stream().filter(send -> placement.owners()[placement.partitionOf(send.target)] == peer).toList();
    }

    /** What a phase without a combiner says in messages of this form. */
    private static MessageForm form(int width) {
        return width == 0 ? new MessageForm(MessageForm.Kind.OBJECT, 0, Codecs.STRING, ObjectCombiner.none())
            : new MessageForm(MessageForm.Kind.LONG_VECTOR, width, null, LongCombiner.NONE);
    }

    private static void set(MessageArray messages, int number, SplittableRandom random) {
        if (messages.width == 0) {
            messages.objects[number] = "\u00e9".repeat(random.nextInt(4)) + random.nextInt();
        }
        for (int i = 0; i < messages.width; i++) {
            messages.words[number * messages.width + i] = random.nextLong();
        }
    }

    /** Objects and vectors, and what is asked to be changed. */
    @ParameterizedTest
    @MethodSource("seeds")
    void objectsAndVectorsAndChangesArriveAsTheyWere(long seed) {
        var random = new SplittableRandom(seed);
        int size = SIZES[random.nextInt(SIZES.length)];
        int width = random.nextInt(4);
        long[][] ids = Exchange.ids(size, 5, 5);
        Placement placement = Exchange.placement(ids, 0, 1, 2);
        LocalGraph sender = Exchange.graph(placement, 0, ids, seed);
        sender.takeChanges(Weights.OPTIONAL);
        Speakers speakers = sender.partitions[0].speakers;
        var said = new ListBoard(sender, form(width));
        int oneIn = 1 + random.nextInt(1 + random.nextInt(size));
        for (int i = 0; i < size; i++) {
            if (random.nextInt(oneIn) == 0) {
                speakers.spoke[i >>> 6] |= 1L << i;
                speakers.count++;
                set(said.said, speakers.slots[i], random);
            }
        }
        speakers.sends.hold(width);
        long ends = 3L * size + 30;
        for (int i = random.nextInt(3) * random.nextInt(10); i > 0; i--) {
            set(speakers.sends.messages, speakers.sends.grown(i, random.nextLong(-20, ends)), random);
        }
        for (int i = random.nextInt(3) * random.nextInt(10); i > 0; i--) {
            speakers.changes.add(i, (byte) random.nextInt(6), random.nextLong(-20, ends), random.nextLong(-20, ends),
                random.nextInt(9) / 2.0, -0.0);
        }
        for (int peer = 1; peer <= 2; peer++) {
            int[] indexes = IntStream.range(0, size).filter(i -> random.nextInt(4) > 0).toArray();
            byte[] frame = encoded(new LocalGraph.Subscription(peer, sender.partitions[0], indexes), said, sender);
            var mirrorIds = new long[][] {LongStream.range(0, indexes.length).toArray(), ids[1], ids[2]};
            LocalGraph receiver = Exchange.graph(placement, peer, mirrorIds, seed + peer);
            receiver.takeChanges(Weights.OPTIONAL);
            var decoded = new ListBoard(receiver, form(width));
            Speakers mirrors = receiver.speakers.get(0);
            OutboxFrame.decode(frame, mirrors, decoded);

            String words = "seed " + seed + ", peer " + peer + ", width " + width;
            for (int place = 0; place < indexes.length; place++) {
                boolean spoke = (speakers.spoke[indexes[place] >>> 6] >>> indexes[place] & 1) != 0;
                assertThat((mirrors.spoke[place >>> 6] >>> place & 1) != 0).as(words).isEqualTo(spoke);
                if (spoke) {
                    assertThat(Messages.content(decoded.said, mirrors.slots[place])).as(words)
                        .isEqualTo(Messages.content(said.said, speakers.slots[indexes[place]]));
                }
            }
            assertThat(sends(mirrors.sends, placement, 0)).as(words).isEqualTo(sends(speakers.sends, placement, peer));
            assertThat(changes(mirrors.changes, placement, 0)).as(words).isEqualTo(changes(speakers.changes, placement, peer));
        }
    }

    /** What is logged is decoded by whoever has the partition later, where it stands at other slots. */
    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsSaidToAllIsSaidAgainWhereverThePartitionIs(long seed) {
        var random = new SplittableRandom(seed);
        int size = SIZES[random.nextInt(SIZES.length)];
        int width = random.nextInt(4);
        long[][] ids = Exchange.ids(5, size, 5);
        Placement placement = Exchange.placement(ids, 0, 0, 1);
        LocalGraph before = Exchange.graph(placement, 0, ids, seed);
        LocalGraph after = Exchange.graph(Exchange.placement(ids, 1, 0, 0), 0, ids, seed + 1);
        if (random.nextBoolean()) {
            before.takeChanges(Weights.OPTIONAL);
            after.takeChanges(Weights.OPTIONAL);
        }
        Partition partition = before.partitions[1];
        Speakers speakers = partition.speakers;
        var said = new ListBoard(before, form(width));
        int oneIn = 1 + random.nextInt(1 + random.nextInt(size));
        for (int i = 0; i < size; i++) {
            set(said.said, speakers.slots[i], random);
            if (random.nextInt(oneIn) == 0) {
                speakers.spoke[i >>> 6] |= 1L << i;
                speakers.count++;
            }
        }
        speakers.sends.hold(width);
        for (int i = random.nextInt(3) * random.nextInt(10); i > 0; i--) {
            set(speakers.sends.messages, speakers.sends.grown(i, random.nextLong(-20, 900)), random);
        }
        for (int i = random.nextInt(3) * random.nextInt(10); speakers.changes != null && i > 0; i--) {
            speakers.changes.add(i, (byte) random.nextInt(6), random.nextLong(-20, 900), random.nextLong(-20, 900), 0.5, -0.0);
        }
        var frame = new FrameWriter(0);
        OutboxFrame.encodeAll(partition, said, new Lane(new Silent(), seed), frame);
        var decoded = new ListBoard(after, form(width));
        Speakers again = after.partitions[0].speakers;
        OutboxFrame.decode(frame.toArray(), again, decoded);
        assertThat(again.partition).isEqualTo(speakers.partition);
        assertThat(again.count).as("seed %d", seed).isEqualTo(speakers.count);
        assertThat(again.spoke).as("seed %d", seed).isEqualTo(speakers.spoke);
        for (int i = 0; i < size; i++) {
            if ((speakers.spoke[i >>> 6] >>> i & 1) != 0) {
                assertThat(Messages.content(decoded.said, again.slots[i])).as("seed %d", seed)
                    .isEqualTo(Messages.content(said.said, speakers.slots[i]));
            }
        }
        assertThat(sends(again.sends, placement, 0)).as("seed %d", seed).isEqualTo(sends(speakers.sends, placement, 0));
        if (speakers.changes != null) {
            assertThat(changes(again.changes, placement, 0)).as("seed %d", seed).isEqualTo(changes(speakers.changes, placement, 0));
        }
    }

    private static final class Silent extends LongProgram {
        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            v.halt();
        }
    }

    /** All sends, or those to a peer's vertices. */
    private static List<List<Object>> sends(SendList sends, Placement placement, int peer) {
        return IntStream.range(0, sends.size).filter(i -> peer == 0 || owner(placement, sends.targets[i]) == peer)
            .mapToObj(i -> List.of(sends.senders[i], sends.targets[i], Messages.content(sends.messages, i))).toList();
    }

    /** All changes, or those that concern a peer's vertices: of an edge the source's owner, of a new one the target's too. */
    private static List<List<Object>> changes(ChangeList changes, Placement placement, int peer) {
        return IntStream.range(0, changes.size).filter(i -> peer == 0 || owner(placement, changes.sources[i]) == peer
            || changes.kinds[i] == ChangeList.ADD_EDGE && owner(placement, changes.targets[i]) == peer)
            .mapToObj(i -> List.<Object>of(changes.askers[i], changes.kinds[i], changes.sources[i], changes.targets[i], changes.weights[i],
                changes.newWeights[i])).toList();
    }

    private static int owner(Placement placement, long id) {
        return placement.owners()[placement.partitionOf(id)];
    }

    /** A frame of a partition whose first {@code speaking} of {@code size} vertices spoke, all heard by the peer. */
    private static ByteBuffer frame(int size, int speaking) {
        long[][] ids = Exchange.ids(size, 1);
        Placement placement = Exchange.placement(ids, 0, 1);
        LocalGraph graph = Exchange.graph(placement, 0, ids, 1);
        for (int i = 0; i < speaking; i++) {
            graph.partitions[0].speakers.spoke[i >>> 6] |= 1L << i;
        }
        var subscription = new LocalGraph.Subscription(1, graph.partitions[0], IntStream.range(0, size).toArray());
        return ByteBuffer.wrap(encoded(subscription, new DoubleBoard(graph), graph)).order(ByteOrder.LITTLE_ENDIAN);
    }

    @ParameterizedTest(name = "{1} of {0} speak")
    @CsvSource({
        "64, 0, 0, 16", "1, 1, 1, 28", "64, 1, 1, 28", "64, 2, 2, 40", "64, 64, 2, 536", "65, 3, 1, 52", "65, 4, 2, 64",
        "63, 63, 2, 528", "65, 65, 2, 552"})
    void theShorterFormIsTakenByCountsAlone(int size, int speaking, int form, int bytes) {
        ByteBuffer frame = frame(size, speaking);
        assertThat(frame.getInt(0)).isEqualTo(form);
        assertThat(frame.getInt(4)).isEqualTo(speaking);
        assertThat(frame.getInt(8)).isZero();
        assertThat(frame.capacity()).isEqualTo(bytes)
            .isLessThanOrEqualTo(16 + 8 * speaking + Math.min(4 * speaking, 8 * ((size + 63) / 64)));
    }

    @Test
    void allThreeFormsOccur() {
        assertThat(IntStream.of(0, 1, 64).map(speaking -> frame(64, speaking).getInt(0))).containsExactly(NONE, SPARSE, DENSE);
    }

    @Test
    void whomThePeerDoesNotHearIsNotToldOf() {
        long[][] ids = Exchange.ids(3, 1);
        Placement placement = Exchange.placement(ids, 0, 1);
        LocalGraph graph = Exchange.graph(placement, 0, ids, 1);
        graph.partitions[0].speakers.spoke[0] = 0b101;
        byte[] frame = encoded(new LocalGraph.Subscription(1, graph.partitions[0], new int[] {1}), new DoubleBoard(graph), graph);
        assertThat(frame).hasSize(16).containsOnly(0);
        assertThat(OutboxFrame.isSilent(frame)).isTrue();
    }
}
