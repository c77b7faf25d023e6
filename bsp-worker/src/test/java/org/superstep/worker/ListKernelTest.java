package org.superstep.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.graph.Codec;
import org.superstep.graph.Codecs;
import org.superstep.graph.Direction;
import org.superstep.graph.DoubleCombiner;
import org.superstep.graph.DoubleMessages;
import org.superstep.graph.DoublePhase;
import org.superstep.graph.DoubleVectorMessages;
import org.superstep.graph.DoubleVectorPhase;
import org.superstep.graph.DoubleVectorVertex;
import org.superstep.graph.DoubleVertex;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongPhase;
import org.superstep.graph.LongVectorMessages;
import org.superstep.graph.LongVectorPhase;
import org.superstep.graph.LongVectorVertex;
import org.superstep.graph.LongVertex;
import org.superstep.graph.ObjectMessages;
import org.superstep.graph.ObjectPhase;
import org.superstep.graph.ObjectVertex;
import org.superstep.graph.Phase;
import org.superstep.graph.PhasedProgram;
import org.superstep.graph.internal.MessageArray;
import org.superstep.graph.internal.MessageForm;
import org.superstep.graph.internal.MessageWalk;
import org.superstep.graph.internal.SendList;
import org.superstep.net.Placement;

/** Messages that are kept one by one: pulled, pushed through bins and pushed straight they are those that the graph's definition says. */
class ListKernelTest {
    /** One message to a vertex; its content as a list of words or a text. */
    private record Heard(long sender, Object message) {
    }

    private static class Doubles implements DoublePhase {
        @Override public void compute(DoubleVertex v, DoubleMessages in) {
        }

        @Override public DoubleCombiner combiner() {
            return DoubleCombiner.NONE;
        }
    }

    private static final class AddedDoubles extends Doubles {
        @Override public double along(double message, double weight) {
            return message + weight;
        }
    }

    private static class Longs implements LongPhase {
        @Override public void compute(LongVertex v, LongMessages in) {
        }

        @Override public LongCombiner combiner() {
            return LongCombiner.NONE;
        }
    }

    private static final class AddedLongs extends Longs {
        @Override public long along(long message, double weight) {
            return message + (long) weight;
        }
    }

    private static class Texts implements ObjectPhase<String> {
        @Override public void compute(ObjectVertex<String> v, ObjectMessages<String> in) {
        }

        @Override public Codec<String> codec() {
            return Codecs.STRING;
        }
    }

    private static final class AddedTexts extends Texts {
        @Override public String along(String message, double weight) {
            return message + "+" + weight;
        }
    }

    private static class DoubleVectors implements DoubleVectorPhase {
        @Override public int width() {
            return 2;
        }

        @Override public void compute(DoubleVectorVertex v, DoubleVectorMessages in) {
        }

        @Override public DoubleCombiner combiner() {
            return DoubleCombiner.SUM;
        }
    }

    private static final class AddedDoubleVectors extends DoubleVectors {
        @Override public double along(double element, int place, double weight) {
            return element + place * weight;
        }
    }

    private static class LongVectors implements LongVectorPhase {
        @Override public int width() {
            return 3;
        }

        @Override public void compute(LongVectorVertex v, LongVectorMessages in) {
        }

        @Override public LongCombiner combiner() {
            return LongCombiner.NONE;
        }
    }

    private static final class AddedLongVectors extends LongVectors {
        @Override public long along(long element, int place, double weight) {
            return element + place * (long) weight;
        }
    }

    private static final List<Supplier<Phase>> PLAIN = List.of(Doubles::new, Longs::new, Texts::new, DoubleVectors::new, LongVectors::new);
    private static final List<Supplier<Phase>> ADDING =
        List.of(AddedDoubles::new, AddedLongs::new, AddedTexts::new, AddedDoubleVectors::new, AddedLongVectors::new);

    /** A program of one phase. */
    private static final class Program extends PhasedProgram {
        Program(Phase phase) {
            phase("only", phase);
        }
    }

    /** What a vertex says first (place 0, its broadcast) or later (its sends), as it stands in a message array. */
    private static MessageArray message(MessageForm form, long sender, int place) {
        var message = new MessageArray(form.width(), 1);
        if (form.width() == 0) {
            message.objects[0] = sender + "." + place;
        }
        for (int i = 0; i < form.width(); i++) {
            double value = sender * 10 + place + i / 4.0;
            boolean doubles = form.kind() == MessageForm.Kind.DOUBLE || form.kind() == MessageForm.Kind.DOUBLE_VECTOR;
            message.words[i] = doubles ? Double.doubleToRawLongBits(value) : sender * 10 + place + i * 1000L;
        }
        return message;
    }

    /** What it becomes over an edge of this weight. */
    private static Object over(Phase phase, MessageArray message, double weight) {
        if (phase instanceof Texts texts) {
            return texts.along((String) message.objects[0], weight);
        }
        var words = new ArrayList<Long>();
        for (int i = 0; i < message.width; i++) {
            long word = message.words[i];
            words.add(phase instanceof Doubles doubles ? bits(doubles.along(Double.longBitsToDouble(word), weight))
                : phase instanceof Longs longs ? longs.along(word, weight)
                : phase instanceof DoubleVectors vectors ? bits(vectors.along(Double.longBitsToDouble(word), i, weight))
                : ((LongVectors) phase).along(word, i, weight));
        }
        return words;
    }

    private static long bits(double value) {
        return Double.doubleToLongBits(value);
    }

    /** A worker's graph with what is said in it. */
    private static final class Scene implements AutoCloseable {
        final Loading loading;
        final int worker;
        final LocalGraph graph;
        final PlainGraph plain;
        final Direction structure;
        final Phase phase;
        final MessageForm form;
        final long seed;
        final int oneIn;

        Scene(Loading loading, int worker, PlainGraph plain, Direction structure, Phase phase, long seed, int oneIn) {
            this.loading = loading;
            this.worker = worker;
            graph = loading.graphs[worker];
            this.plain = plain;
            this.structure = structure;
            this.phase = phase;
            form = MessageForm.of(phase);
            this.seed = seed;
            this.oneIn = oneIn;
        }

        boolean speaks(long id) {
            return oneIn > 0 && new SplittableRandom(seed ^ id).nextInt(oneIn) == 0;
        }

        /** Whom a vertex sends to: some that exist and some that do not. */
        long[] sendsTo(long id) {
            var random = new SplittableRandom(seed + 31 * id);
            long[] ids = plain.vertices.stream().mapToLong(i -> i).toArray();
            return LongStream.generate(() -> ids[random.nextInt(ids.length)] + (random.nextInt(5) == 0 ? 1 : 0))
                .limit(Math.max(0, random.nextInt(8) - 5)).toArray();
        }

        /** Lets everybody speak anew. */
        ListKernel spoken() {
            var board = new ListBoard(graph, form);
            var kernel = new ListKernel(graph, phase, structure, board, seed % 2 == 0);
            for (Speakers group : graph.speakers) {
                group.clear();
                for (int i = 0; i < group.slots.length; i++) {
                    long id = graph.idOfSlot()[group.slots[i]];
                    // What is not said in this superstep stands at the slot all the same, from an earlier one.
                    board.said.copy(group.slots[i], message(form, speaks(id) ? id : -id, 0), 0);
                    if (speaks(id)) {
                        group.spoke[i >>> 6] |= 1L << i;
                        group.count++;
                    }
                }
                group.sends.hold(form.width());
                for (long id : plain.vertices) {
                    long[] targets = graph.placement.partitionOf(id) == group.partition ? sendsTo(id) : new long[0];
                    for (int i = 0; i < targets.length; i++) {
                        if (graph.placeOf(targets[i]) >= 0) {
                            group.sends.add(id, targets[i], message(form, id, 1 + i), 0);
                        }
                    }
                }
            }
            board.swap();
            return kernel;
        }

        /** What a vertex hears, in order: by sender, of one sender the broadcast over its edges and then the sends. */
        List<Heard> expected(long id) {
            var heard = new ArrayList<Heard>();
            List<PlainGraph.Neighbour> neighbours = plain.heardBy(id, structure);
            for (long sender : plain.vertices) {
                for (PlainGraph.Neighbour neighbour : neighbours) {
                    if (neighbour.id() == sender && speaks(sender)) {
                        heard.add(new Heard(sender, over(phase, message(form, sender, 0), neighbour.weight())));
                    }
                }
                long[] targets = sendsTo(sender);
                for (int i = 0; i < targets.length; i++) {
                    if (targets[i] == id) {
                        heard.add(new Heard(sender, Messages.content(message(form, sender, 1 + i), 0)));
                    }
                }
            }
            return heard;
        }

        void check(ListKernel kernel, Lane lane, boolean pulled, String words) {
            for (int place = 0; place < graph.partitions.length; place++) {
                Partition partition = graph.partitions[place];
                for (int i = 0; i < partition.size; i++) {
                    boolean hears = (partition.received[i >>> 6] >>> i & 1) != 0;
                    kernel.listen(place, i, hears, pulled, lane);
                    List<Heard> expected = expected(partition.ids[i]);
                    assertThat(hears).as("%s, %d hears anything", words, partition.ids[i]).isEqualTo(!expected.isEmpty());
                    assertThat(lane.view.heard).isEqualTo(hears);
                    if (hears) {
                        assertThat(walked(lane.view.walk)).as("%s, what %d hears", words, partition.ids[i]).isEqualTo(expected);
                        assertThat(lane.view.walk.count()).as(words).isEqualTo(expected.size());
                        assertThat(walked(lane.view.walk)).as("%s, what %d hears again", words, partition.ids[i]).isEqualTo(expected);
                    }
                }
                Arrays.fill(partition.received, 0);
                partition.hasMail = false;
                kernel.delivered(place);
            }
        }

        private static List<Heard> walked(MessageWalk walk) {
            var heard = new ArrayList<Heard>();
            while (walk.next()) {
                heard.add(new Heard(walk.senderId(), Messages.content(walk.messages, walk.at)));
            }
            assertThat(walk.next()).as("behind the last").isFalse();
            return heard;
        }

        void pull(Lane lane, String words) {
            ListKernel kernel = spoken();
            boolean all = graph.speakers.stream().allMatch(group -> group.count == group.slots.length);
            boolean none = graph.speakers.stream().allMatch(group -> group.count == 0);
            Kernel.Speaking speaking = none ? Kernel.Speaking.NONE : all ? Kernel.Speaking.ALL : Kernel.Speaking.SOME;
            if (speaking == Kernel.Speaking.SOME) {
                graph.speakers.forEach(kernel::mark);
            }
            SendSorter.sort(graph, loading.crews[worker], new Lane[] {lane});
            kernel.pulledSpeaking = speaking;
            for (int place = 0; place < graph.partitions.length; place++) {
                kernel.pull(place, lane, speaking);
            }
            check(kernel, lane, true, words + ", pulled, " + speaking + " speak");
            for (Partition partition : graph.partitions) {
                partition.sendBox = null;
            }
        }

        void push(Lane lane, boolean straight, String words) {
            ListKernel kernel = spoken();
            Adjacency fanOut = graph.isSymmetric(structure) ? null : graph.fanOut(structure, loading.crews[worker]);
            // Bins and inboxes are used again in the next superstep.
            for (int superstep = 0; superstep < 2; superstep++) {
                if (straight) {
                    kernel.pushSerially(fanOut, lane);
                } else {
                    for (int group = 0; group < graph.speakers.size(); group++) {
                        kernel.spread(group, fanOut, lane);
                    }
                    for (int place = 0; place < graph.partitions.length; place++) {
                        kernel.fold(place);
                    }
                }
                check(kernel, lane, false, words + ", pushed " + (straight ? "straight" : "through bins"));
            }
        }

        /** Sends to owned ids that are no vertices. */
        long sentInVain() {
            return plain.vertices.stream().flatMapToLong(id -> LongStream.of(sendsTo(id)))
                .filter(target -> graph.placeOf(target) >= 0 && !plain.vertices.contains(target)).count();
        }

        @Override public void close() {
            loading.close();
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, 150);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void pulledAndPushedMessagesAreThoseOfTheGraphsDefinition(long seed) {
        var random = new SplittableRandom(seed);
        Phase phase = (random.nextBoolean() ? PLAIN : ADDING).get((int) (seed % 5)).get();
        int workers = 1 + random.nextInt(3);
        long[] ids = Ids.random(random, 1 + random.nextInt(40));
        ArrayEdges edges = ArrayEdges.random(random, ids);
        LoadPlan plan = Loading.anyPlan(random);
        Direction structure = List.copyOf(plan.structures()).get(random.nextInt(plan.structures().size()));
        int oneIn = random.nextInt(4);
        Placement placement = Ids.placement(random, ids, workers);
        var plain = new PlainGraph(edges, plan);
        for (int worker = 0; worker < workers && !plain.vertices.isEmpty(); worker++) {
            var loading = new Loading(edges, plan, placement, workers, 1, 0);
            try (var scene = new Scene(loading, worker, plain, structure, phase, seed, oneIn)) {
                String words = "seed " + seed + ", worker " + worker + " of " + workers + ", " + phase.getClass().getSimpleName() + ", "
                    + plan + ", " + structure;
                var lane = new Lane(new Program(phase), seed);
                scene.pull(lane, words);
                assertThat(lane.dropped).as(words).isEqualTo(scene.sentInVain());
                lane.dropped = 0;
                scene.push(lane, true, words);
                scene.push(lane, false, words);
                assertThat(lane.dropped).as(words).isEqualTo(4 * scene.sentInVain());
            }
        }
    }

    /** An interface of the program's own, which says what becomes of messages. */
    private interface Doubling extends LongPhase {
        @Override default long along(long message, double weight) {
            return 2 * message;
        }
    }

    private static final class Doubled implements Doubling {
        @Override public void compute(LongVertex v, LongMessages in) {
        }

        @Override public LongCombiner combiner() {
            return LongCombiner.NONE;
        }
    }

    /** An interface with a method of that name that is another. */
    private static final class Misleading implements LongPhase {
        @Override public void compute(LongVertex v, LongMessages in) {
        }

        @Override public LongCombiner combiner() {
            return LongCombiner.NONE;
        }

        long along(long message) {
            return message + 1;
        }
    }

    @Test
    void whatAnInterfaceBetweenSaysOfAlongHolds() {
        var plan = new LoadPlan(false, false, false, Set.of(Direction.OUT));
        try (var loading = new Loading(ArrayEdges.of(1, 2), plan, new Placement(new long[0], new int[1]), 1, 1, 0)) {
            LocalGraph graph = loading.graphs[0];
            for (Phase phase : List.of(new Doubled(), new Misleading())) {
                var held = new SendList();
                var board = new ListBoard(graph, MessageForm.of(phase));
                int slot = graph.partitions[0].slots[0];
                board.heard.words[slot] = 21;
                new ListKernel(graph, phase, Direction.OUT, board, false).holdBack(held, 1, 2, slot, 1);
                assertThat(held.messages.words[0]).isEqualTo(phase instanceof Doubled ? 42 : 21);
            }
        }
    }

    @Test
    void everyKindOfMessageOccurs() {
        assertThat(Stream.concat(PLAIN.stream(), ADDING.stream()).map(phase -> MessageForm.of(phase.get()).kind()).distinct())
            .containsExactlyInAnyOrder(MessageForm.Kind.values());
    }

    @Test
    void vectorsThatAWorkerCannotHoldAreRefusedInWords() {
        var wide = new DoubleVectors() {
            @Override public int width() {
                return 1 << 30;
            }
        };
        long[][] ids = Exchange.ids(2);
        LocalGraph graph = Exchange.graph(Exchange.placement(ids, 0), 0, ids, 0);
        assertThatThrownBy(() -> new ListBoard(graph, MessageForm.of(wide))).hasMessageStartingWith(
            "messages of 1073741824 elements to or from 2 vertices are more than the 2147483639 numbers that a worker can hold");
    }
}
