package org.superstep.engine;

import static org.superstep.engine.TestPrograms.HALVING;
import static org.superstep.engine.TestPrograms.POLYNOMIAL;
import static org.superstep.engine.TestPrograms.scramble;
import static org.superstep.engine.TestPrograms.wild;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.superstep.graph.Codec;
import org.superstep.graph.Codecs;
import org.superstep.graph.Direction;
import org.superstep.graph.DoubleCombiner;
import org.superstep.graph.DoubleMessages;
import org.superstep.graph.DoublePhase;
import org.superstep.graph.DoubleProgram;
import org.superstep.graph.DoubleVectorMessages;
import org.superstep.graph.DoubleVectorPhase;
import org.superstep.graph.DoubleVectorProgram;
import org.superstep.graph.DoubleVectorVertex;
import org.superstep.graph.DoubleVertex;
import org.superstep.graph.EdgeCursor;
import org.superstep.graph.Edges;
import org.superstep.graph.IntColumn;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongGlobal;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongParameter;
import org.superstep.graph.LongPhase;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVectorMessages;
import org.superstep.graph.LongVectorPhase;
import org.superstep.graph.LongVectorProgram;
import org.superstep.graph.LongVectorVertex;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Master;
import org.superstep.graph.ObjectCombiner;
import org.superstep.graph.ObjectMessages;
import org.superstep.graph.ObjectPhase;
import org.superstep.graph.ObjectProgram;
import org.superstep.graph.ObjectVertex;
import org.superstep.graph.Phase;
import org.superstep.graph.PhasedProgram;
import org.superstep.graph.Program;
import org.superstep.graph.Scratch;
import org.superstep.graph.Vertex;
import org.superstep.graph.Weights;

/**
 * Programs like {@link TestPrograms} for messages that are heard one by one, that are objects or vectors, for phases that hear what another
 * type of phase has said, and for walks over edges: each writes a hash of all that it has heard and seen, in order, into columns.
 */
public final class MessagePrograms {
    private MessagePrograms() {
    }

    /** One of each. */
    static List<Supplier<Program>> all() {
        var all = new ArrayList<Supplier<Program>>(List.of(OneByOneOverOut::new, OneByOneOverIn::new, OneByOneOverBoth::new,
            OneByOneOfFew::new, OneByOneByPost::new, ByPostAndBroadcast::new, Answering::new, HalfHeard::new, HeardTwice::new,
            DoublesOneByOne::new, LeavingInMidSentence::new, Paths::new, PathsByPost::new, Sentences::new, FirstWord::new,
            OwnCodec::new, LongestText::new, FewVectors::new, CombinedOrNot::new, ObjectsCombinedOrNot::new, VectorsCombinedOrNot::new,
            EveryMessageType::new, Surroundings::new, SurroundingsWithoutWeights::new, WeightsOfEdgesRequired::new, InEdgesAlone::new,
            OutEdgesAlone::new, Pairs::new));
        for (int width : new int[] {1, 3, 8}) {
            for (int combiner = 0; combiner < DoubleVectors.COMBINERS.size(); combiner++) {
                int which = combiner;
                all.add(() -> new DoubleVectors(width, which));
                all.add(() -> new LongVectors(width, which));
            }
        }
        return all;
    }

    /** A hash that depends on the order of all that has gone into it. */
    static long mix(long hash, long next) {
        return scramble(hash, next) * 31 + next;
    }

    static long mix(long hash, double next) {
        return mix(hash, Double.doubleToLongBits(next));
    }

    static long mix(long hash, String text) {
        return mix(hash, text.length() * 1_000_003L + text.hashCode());
    }

    static long mix(long hash, long[] elements) {
        long mixed = mix(hash, elements.length);
        for (long element : elements) {
            mixed = mix(mixed, element);
        }
        return mixed;
    }

    static long mix(long hash, LongMessages in) {
        long mixed = mix(hash, in.isEmpty() ? 1 : 2);
        while (in.next()) {
            mixed = mix(mix(mixed, in.senderId()), in.value());
        }
        return mixed;
    }

    static long mix(long hash, DoubleMessages in) {
        long mixed = mix(hash, in.isEmpty() ? 1 : 2);
        while (in.next()) {
            mixed = mix(mix(mixed, in.senderId()), in.value());
        }
        return mixed;
    }

    static long mixStrings(long hash, ObjectMessages<String> in) {
        long mixed = mix(hash, in.count());
        while (in.next()) {
            mixed = mix(mix(mixed, in.senderId()), in.value());
        }
        return mixed;
    }

    static long mixLongs(long hash, ObjectMessages<long[]> in) {
        long mixed = mix(hash, in.isEmpty() ? 1 : 2);
        while (in.next()) {
            mixed = mix(mix(mixed, in.senderId()), in.value());
        }
        return mixed;
    }

    static long mix(long hash, EdgeCursor edges) {
        long mixed = mix(hash, edges.size());
        while (edges.next()) {
            mixed = mix(mix(mixed, edges.neighbour()), edges.weight());
            mixed = mix(mix(mixed, edges.source()), edges.target());
        }
        return mixed;
    }

    /** Hears longs one by one, for so many supersteps. */
    abstract static class OneByOne extends LongProgram {
        final LongColumn hash = longColumn("hash", 17);
        final IntColumn heard = intColumn("heard", 0);

        @Override public LongCombiner combiner() {
            return LongCombiner.NONE;
        }

        @Override public long along(long message, double weight) {
            return message * 37 + Double.doubleToRawLongBits(weight);
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            listen(v, in);
            if (v.superstep() < 5) {
                speak(v);
            } else {
                v.halt();
            }
        }

        void listen(LongVertex v, LongMessages in) {
            v.set(heard, 2 * v.get(heard) + (in.isEmpty() ? 0 : 1));
            v.set(hash, mix(v.get(hash), in));
        }

        void speak(LongVertex v) {
            v.broadcast(mix(v.get(hash), v.id()));
        }
    }

    /** Over out-edges. */
    public static final class OneByOneOverOut extends OneByOne {
    }

    /** Over in-edges. */
    public static final class OneByOneOverIn extends OneByOne {
        @Override public Direction direction() {
            return Direction.IN;
        }
    }

    /** Over both. */
    public static final class OneByOneOverBoth extends OneByOne {
        @Override public Direction direction() {
            return Direction.BOTH;
        }
    }

    /** Many speak, few speak, none speaks; sleepers wake for a single message. */
    public static final class OneByOneOfFew extends OneByOne {
        @Override public Direction direction() {
            return Direction.BOTH;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            listen(v, in);
            long often = v.superstep() % 4 == 0 ? 2 : v.superstep() % 4 == 3 ? Long.MAX_VALUE : 25;
            if (v.superstep() < 9 && Math.floorMod(scramble(v.id(), v.superstep()), often) == 0) {
                v.broadcast(v.get(hash));
                v.send(v.id() + 1, v.superstep());
            }
            if (v.superstep() > 2 && v.id() % 2 == 0 || v.superstep() >= 9) {
                v.halt();
            }
        }
    }

    /** Sends alone, several to one receiver, to many that do not exist. */
    public static final class OneByOneByPost extends OneByOne {
        @Override void speak(LongVertex v) {
            var random = v.random();
            for (int i = random.nextInt(5); i > 0; i--) {
                long target = switch (random.nextInt(4)) {
                    case 0 -> v.id();
                    case 1 -> v.id() + random.nextInt(5) - 2;
                    case 2 -> random.nextInt(70);
                    default -> random.nextLong();
                };
                v.send(target, random.nextLong());
                v.send(target, i);
            }
        }
    }

    /** Sends called before and after the broadcast, which is heard before them. */
    public static final class ByPostAndBroadcast extends OneByOne {
        @Override public Direction direction() {
            return Direction.BOTH;
        }

        @Override void speak(LongVertex v) {
            long dice = scramble(v.id(), v.superstep());
            if (dice % 2 == 0) {
                v.send(v.id() + 1, v.id());
                v.send(v.id() - 1, v.id() + 1);
                v.send(v.id() + 1, v.id());
            }
            if (dice % 3 != 0) {
                v.broadcast(v.get(hash));
            }
            if (dice % 5 == 0) {
                v.send(v.id(), v.id() + 3);
                v.send(v.id() + 1, v.id() + 4);
            }
        }
    }

    /** Answers everyone who has spoken, as matching and the like do. */
    public static final class Answering extends OneByOne {
        @Override public void compute(LongVertex v, LongMessages in) {
            listen(v, in);
            in.rewind();
            if (v.superstep() == 0) {
                v.broadcast(v.id());
            } else if (v.superstep() < 4) {
                while (in.next()) {
                    v.send(in.senderId(), mix(in.value(), v.get(hash)));
                }
            }
            v.halt();
        }
    }

    /** Stops listening in the middle, or does not listen at all. */
    public static final class HalfHeard extends OneByOne {
        @Override void listen(LongVertex v, LongMessages in) {
            long patience = Math.floorMod(scramble(v.id(), v.superstep()), 4L);
            long mixed = v.get(hash);
            for (int i = 0; i < patience && in.next(); i++) {
                mixed = mix(mix(mixed, in.senderId()), in.value());
            }
            v.set(hash, mixed);
        }
    }

    /** Listens twice, first half-way, and asks on after the end. */
    public static final class HeardTwice extends OneByOne {
        @Override void listen(LongVertex v, LongMessages in) {
            long mixed = in.next() ? mix(v.get(hash), in.senderId()) : v.get(hash);
            mixed = mix(mixed, in.count());
            mixed = mix(mixed, in);
            mixed = mix(mixed, in.next() || in.next() ? 1 : 2);
            in.rewind();
            v.set(hash, mix(mixed, in));
        }
    }

    /** Doubles with NaN and both zeros among them, over both directions. */
    public static final class DoublesOneByOne extends DoubleProgram {
        private final LongColumn hash = longColumn("hash", 17);

        @Override public DoubleCombiner combiner() {
            return DoubleCombiner.NONE;
        }

        @Override public Direction direction() {
            return Direction.BOTH;
        }

        @Override public double along(double message, double weight) {
            return message / (weight + 3.14159);
        }

        @Override public void compute(DoubleVertex v, DoubleMessages in) {
            v.set(hash, mix(v.get(hash), in));
            if (v.superstep() == 4) {
                v.halt();
                return;
            }
            double said = switch ((int) Math.floorMod(v.get(hash), 30L)) {
                case 0 -> Double.NaN;
                case 1 -> -0.0;
                case 2 -> 0.0;
                case 3 -> Double.NEGATIVE_INFINITY;
                default -> wild(v.get(hash), v.superstep());
            };
            if (v.get(hash) % 4 != 0) {
                v.broadcast(said);
            }
            v.send(v.id() + 1, -said);
        }
    }

    /** Vertices leave for good while others speak to them. */
    public static final class LeavingInMidSentence extends OneByOne {
        @Override public Direction direction() {
            return Direction.BOTH;
        }

        @Override void speak(LongVertex v) {
            v.broadcast(v.get(hash));
            v.send(v.id() + 1, v.superstep());
            if (scramble(v.id(), v.superstep()) % 4 == 0) {
                v.haltForGood();
            }
        }
    }

    /** Objects one by one: paths, each a vertex longer, with the weights on the way. */
    public static final class Paths extends ObjectProgram<long[]> {
        private final LongColumn hash = longColumn("hash", 17);

        @Override public Codec<long[]> codec() {
            return Codecs.LONGS;
        }

        @Override public long[] along(long[] path, double weight) {
            return appended(path, Double.doubleToLongBits(weight));
        }

        @Override public void compute(ObjectVertex<long[]> v, ObjectMessages<long[]> in) {
            v.set(hash, mixLongs(v.get(hash), in));
            if (v.superstep() == 0) {
                v.broadcast(new long[] {v.id()});
            } else if (v.superstep() < 5 && !in.isEmpty()) {
                in.rewind();
                in.next();
                v.broadcast(appended(in.value(), v.id()));
            }
            v.halt();
        }

        static long[] appended(long[] path, long id) {
            long[] longer = Arrays.copyOf(path, path.length + 1);
            longer[path.length] = id;
            return longer;
        }
    }

    /** Objects by send, the empty one among them, one object to many, and over in-edges. */
    public static final class PathsByPost extends ObjectProgram<long[]> {
        private final LongColumn hash = longColumn("hash", 17);

        @Override public Codec<long[]> codec() {
            return Codecs.LONGS;
        }

        @Override public Direction direction() {
            return Direction.IN;
        }

        @Override public void compute(ObjectVertex<long[]> v, ObjectMessages<long[]> in) {
            v.set(hash, mixLongs(v.get(hash), in));
            long dice = scramble(v.id(), v.superstep());
            long[] said = new long[(int) Math.floorMod(dice, 4L)];
            Arrays.setAll(said, i -> scramble(v.get(hash), i));
            if (v.superstep() == 4) {
                v.halt();
            } else if (dice % 3 == 0) {
                v.send(v.id() + 1, said);
                v.broadcast(said);
                v.send(v.id() - 1, said);
                v.send(v.id(), new long[0]);
            }
        }
    }

    /** Objects combined by a combiner that is all about order. */
    public static final class Sentences extends ObjectProgram<String> {
        private static final ObjectCombiner<String> JOINED = new ObjectCombiner<>() {
            @Override public String identity() {
                return "";
            }

            @Override public String combine(String left, String right) {
                String joined = left + right;
                return joined.length() <= 20 ? joined : joined.substring(joined.length() - 20);
            }
        };
        private final LongColumn hash = longColumn("hash", 17);

        @Override public Codec<String> codec() {
            return Codecs.STRING;
        }

        @Override public ObjectCombiner<String> combiner() {
            return JOINED;
        }

        @Override public Direction direction() {
            return Direction.BOTH;
        }

        @Override public void compute(ObjectVertex<String> v, ObjectMessages<String> in) {
            String heard = in.combined();
            v.set(hash, mix(mix(v.get(hash), in.isEmpty() ? 1 : 2), heard));
            v.set(hash, mix(v.get(hash), in.combined()));
            if (v.superstep() == 4) {
                v.halt();
            } else if (v.get(hash) % 3 != 0) {
                v.broadcast(v.id() % 100 + "é" + heard.length());
            } else {
                v.send(v.id() - 1, "");
                v.send(v.id() + 1, heard);
            }
        }
    }

    /** The first of all objects. */
    public static final class FirstWord extends ObjectProgram<String> {
        private final LongColumn hash = longColumn("hash", 17);

        @Override public Codec<String> codec() {
            return Codecs.STRING;
        }

        @Override public ObjectCombiner<String> combiner() {
            return ObjectCombiner.first();
        }

        @Override public String along(String message, double weight) {
            return message + weight;
        }

        @Override public void compute(ObjectVertex<String> v, ObjectMessages<String> in) {
            v.set(hash, mix(v.get(hash), in.isEmpty() ? "nothing" : in.combined()));
            if (v.superstep() == 4) {
                v.halt();
            } else if (scramble(v.id(), v.superstep()) % 3 != 0) {
                v.broadcast(v.id() + ":");
                v.send(v.id() + 1, v.superstep() + "!");
            }
        }
    }

    /** An object with a codec of its own, whose values differ in length; of no field 0 bytes are written. */
    record Note(long from, String text, double weight) {
        static final Codec<Note> CODEC = new Codec<>() {
            @Override public void write(Note note, DataOutput out) throws IOException {
                out.writeByte((note.from == 0 ? 0 : 1) | (note.text.isEmpty() ? 0 : 2) | (note.weight == 0 ? 0 : 4));
                if (note.from != 0) {
                    out.writeLong(note.from);
                }
                if (!note.text.isEmpty()) {
                    out.writeUTF(note.text);
                }
                if (note.weight != 0) {
                    out.writeDouble(note.weight);
                }
            }

            @Override public Note read(DataInput in) throws IOException {
                int fields = in.readByte();
                long from = (fields & 1) == 0 ? 0 : in.readLong();
                String text = (fields & 2) == 0 ? "" : in.readUTF();
                return new Note(from, text, (fields & 4) == 0 ? 0 : in.readDouble());
            }
        };

        Note {
            weight = weight == 0 ? 0 : weight;
        }
    }

    /** Notes, whose weight is that of the last edge. */
    public static final class OwnCodec extends ObjectProgram<Note> {
        private final LongColumn hash = longColumn("hash", 17);

        @Override public Codec<Note> codec() {
            return Note.CODEC;
        }

        @Override public Direction direction() {
            return Direction.BOTH;
        }

        @Override public Note along(Note message, double weight) {
            return new Note(message.from(), message.text(), weight);
        }

        @Override public void compute(ObjectVertex<Note> v, ObjectMessages<Note> in) {
            long mixed = v.get(hash);
            while (in.next()) {
                var note = in.value();
                mixed = mix(mix(mix(mix(mixed, in.senderId()), note.from()), note.text()), note.weight());
            }
            v.set(hash, mixed);
            if (v.superstep() == 4) {
                v.halt();
            } else {
                String text = "x".repeat((int) Math.floorMod(mixed, 5L));
                if (mixed % 4 != 0) {
                    v.broadcast(new Note(mixed % 3 == 0 ? 0 : v.id(), text, 0));
                }
                v.send(v.id() + v.superstep(), new Note(0, text, 0.5));
            }
        }
    }

    /** Objects of very different sizes, and only few speak. */
    public static final class LongestText extends ObjectProgram<String> {
        private final LongColumn hash = longColumn("hash", 17);

        @Override public Codec<String> codec() {
            return Codecs.STRING;
        }

        @Override public void compute(ObjectVertex<String> v, ObjectMessages<String> in) {
            v.set(hash, mixStrings(v.get(hash), in));
            if (v.superstep() < 6 && Math.floorMod(scramble(v.id(), v.superstep()), 9L) == 0) {
                v.broadcast("ab".repeat((int) Math.floorMod(v.get(hash), v.get(hash) % 7 == 0 ? 2000L : 4L)));
            }
            if (v.superstep() == 6 || v.id() % 3 == 0) {
                v.halt();
            }
        }
    }

    /** Vectors of doubles of any width with any combiner. */
    public static final class DoubleVectors extends DoubleVectorProgram {
        static final List<DoubleCombiner> COMBINERS =
            List.of(DoubleCombiner.SUM, DoubleCombiner.MIN, HALVING, DoubleCombiner.FIRST, DoubleCombiner.NONE);
        private static final List<String> NAMES = List.of("sum", "min", "halving", "first", "none");
        private final LongParameter width = longParameter("width", 3, "elements a message").atLeast(1);
        private final LongParameter combiner = longParameter("combiner", 0, "its place in the list").atLeast(0);
        private final LongColumn hash = longColumn("hash", 17);

        /** Vectors of three, summed. */
        public DoubleVectors() {
        }

        DoubleVectors(int width, int combiner) {
            this.width.set(width);
            this.combiner.set(combiner);
        }

        @Override public String name() {
            return "double-vectors-" + width.get() + "-" + NAMES.get((int) combiner.get());
        }

        @Override public int width() {
            return (int) width.get();
        }

        @Override public DoubleCombiner combiner() {
            return COMBINERS.get((int) combiner.get());
        }

        @Override public Direction direction() {
            return width.get() == 3 ? Direction.IN : width.get() == 8 ? Direction.BOTH : Direction.OUT;
        }

        @Override public double along(double element, int place, double weight) {
            return place % 2 == 0 ? element : element / (weight + place + 0.123);
        }

        @Override public void compute(DoubleVectorVertex v, DoubleVectorMessages in) {
            v.set(hash, heard(v.get(hash), in, combiner(), width()));
            long dice = scramble(v.id(), v.superstep());
            if (v.superstep() == 4) {
                v.halt();
                return;
            }
            if (dice % 3 != 0) {
                v.broadcast(said(v.get(hash), width()));
            }
            if (dice % 2 == 0) {
                v.send(v.id() + 1, said(dice, width()));
                v.send(v.id() - v.superstep(), said(dice + 1, width()));
            }
        }

        static long heard(long hash, DoubleVectorMessages in, DoubleCombiner combiner, int width) {
            long mixed = mix(hash, in.isEmpty() ? 1 : 2);
            if (combiner != DoubleCombiner.NONE) {
                for (double element : in.combined()) {
                    mixed = mix(mixed, element);
                }
                return mixed;
            }
            mixed = mix(mixed, in.count());
            while (in.next()) {
                mixed = mix(mixed, in.senderId());
                for (int i = width - 1; i >= 0; i--) {
                    mixed = mix(mixed, in.value(i));
                }
            }
            return mixed;
        }

        static double[] said(long seed, int width) {
            double[] elements = new double[width];
            Arrays.setAll(elements, i -> scramble(seed, i) % 50 == 0 ? Double.NaN : wild(seed, i));
            return elements;
        }
    }

    /** Vectors of longs of any width with any combiner. */
    public static final class LongVectors extends LongVectorProgram {
        static final List<LongCombiner> COMBINERS =
            List.of(LongCombiner.SUM, LongCombiner.MIN, POLYNOMIAL, LongCombiner.FIRST, LongCombiner.NONE);
        private static final List<String> NAMES = List.of("sum", "min", "polynomial", "first", "none");
        private final LongParameter width = longParameter("width", 3, "elements a message").atLeast(1);
        private final LongParameter combiner = longParameter("combiner", 0, "its place in the list").atLeast(0);
        private final LongColumn hash = longColumn("hash", 17);

        /** Vectors of three, summed. */
        public LongVectors() {
        }

        LongVectors(int width, int combiner) {
            this.width.set(width);
            this.combiner.set(combiner);
        }

        @Override public String name() {
            return "long-vectors-" + width.get() + "-" + NAMES.get((int) combiner.get());
        }

        @Override public int width() {
            return (int) width.get();
        }

        @Override public LongCombiner combiner() {
            return COMBINERS.get((int) combiner.get());
        }

        @Override public Direction direction() {
            return width.get() == 3 ? Direction.BOTH : width.get() == 8 ? Direction.OUT : Direction.IN;
        }

        @Override public long along(long element, int place, double weight) {
            return place % 2 == 1 ? element : element * 37 + place + Double.doubleToRawLongBits(weight);
        }

        @Override public void compute(LongVectorVertex v, LongVectorMessages in) {
            v.set(hash, heard(v.get(hash), in, combiner(), width()));
            long dice = scramble(v.id(), v.superstep());
            if (v.superstep() == 4) {
                v.halt();
                return;
            }
            if (dice % 2 == 0) {
                v.send(v.id() + 1, said(dice, width()));
            }
            if (dice % 3 != 0) {
                v.broadcast(said(v.get(hash), width()));
            }
        }

        static long heard(long hash, LongVectorMessages in, LongCombiner combiner, int width) {
            long mixed = mix(hash, in.isEmpty() ? 1 : 2);
            if (combiner != LongCombiner.NONE) {
                return mix(mixed, in.combined());
            }
            while (in.next()) {
                mixed = mix(mixed, in.senderId());
                for (int i = width - 1; i >= 0; i--) {
                    mixed = mix(mixed, in.value(i));
                }
            }
            return mixed;
        }

        static long[] said(long seed, int width) {
            long[] elements = new long[width];
            Arrays.setAll(elements, i -> scramble(seed, i));
            return elements;
        }
    }

    /** Few say a wide vector, and the array is used again at once. */
    public static final class FewVectors extends LongVectorProgram {
        private final LongColumn hash = longColumn("hash", 17);
        private final Scratch<long[]> said = scratch(() -> new long[100]);

        @Override public int width() {
            return 100;
        }

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVectorVertex v, LongVectorMessages in) {
            v.set(hash, LongVectors.heard(v.get(hash), in, combiner(), width()));
            long[] elements = v.scratch(said);
            if (v.superstep() < 6 && Math.floorMod(scramble(v.id(), v.superstep()), 8L) == 0) {
                for (int copy = 0; copy < 2; copy++) {
                    for (int i = 0; i < elements.length; i++) {
                        elements[i] = scramble(v.id() + copy, i);
                    }
                    v.send(v.id() + 1, elements);
                }
                v.broadcast(elements);
                Arrays.fill(elements, -1);
            }
            if (v.superstep() == 6 || v.id() % 2 == 0) {
                v.halt();
            }
        }
    }

    /** Phases that change in the middle of talk; the hook remembers which of them has spoken last, as its place. */
    abstract static class TakingTurns extends PhasedProgram {
        final LongColumn hash = longColumn("hash", 17);
        final LongGlobal running = longGlobal("the phase that runs", 0);
        final LongGlobal spoke = longGlobal("the phase that has spoken", 0);

        @Override public void beforeSuperstep(Master m) {
            var phases = declarations().phases();
            m.set(spoke, m.get(running));
            if (m.superstep() % 2 == 1 || m.superstep() > 7) {
                m.set(running, (m.get(running) + 1 + m.superstep() / 5) % phases.size());
                m.startPhase(phases.get((int) m.get(running)));
            }
            if (m.superstep() == 11) {
                m.halt();
            }
        }
    }

    /** What phases with and without a combiner have said, all of longs. */
    public static final class CombinedOrNot extends TakingTurns {
        private final Phase none = phase("none", new Talk(LongCombiner.NONE, Direction.OUT, 1));
        private final Phase polynomial = phase("polynomial", new Talk(POLYNOMIAL, Direction.BOTH, 2));
        private final Phase noneOverIn = phase("none over in-edges", new Talk(LongCombiner.NONE, Direction.IN, 3));
        private final Phase least = phase("least", new Talk(LongCombiner.MIN, Direction.IN, 5));

        private final class Talk implements LongPhase {
            private final LongCombiner combiner;
            private final Direction direction;
            private final long factor;

            Talk(LongCombiner combiner, Direction direction, long factor) {
                this.combiner = combiner;
                this.direction = direction;
                this.factor = factor;
            }

            @Override public LongCombiner combiner() {
                return combiner;
            }

            @Override public Direction direction() {
                return direction;
            }

            @Override public long along(long message, double weight) {
                return message * factor + Double.doubleToRawLongBits(weight);
            }

            @Override public void compute(LongVertex v, LongMessages in) {
                boolean oneByOne = v.global(spoke) % 2 == 0;
                v.set(hash, oneByOne ? mix(v.get(hash), in) : mix(v.get(hash), in.combined() + (in.isEmpty() ? 1 : 0)));
                if (scramble(v.id(), v.superstep()) % 4 != 0) {
                    v.broadcast(v.get(hash));
                }
                if (scramble(v.id(), v.superstep()) % 3 == 0) {
                    v.send(v.id() + 1, factor);
                }
            }
        }
    }

    /** The same of objects. */
    public static final class ObjectsCombinedOrNot extends TakingTurns {
        private static final ObjectCombiner<long[]> LONGER = new ObjectCombiner<>() {
            @Override public long[] identity() {
                return new long[0];
            }

            @Override public long[] combine(long[] left, long[] right) {
                return right.length >= left.length ? right : left;
            }
        };
        private final Phase none = phase("none", new Talk(ObjectCombiner.none(), Direction.BOTH));
        private final Phase longer = phase("longer", new Talk(LONGER, Direction.OUT));
        private final Phase noneAgain = phase("none again", new Talk(ObjectCombiner.none(), Direction.IN));

        private final class Talk implements ObjectPhase<long[]> {
            private final ObjectCombiner<long[]> combiner;
            private final Direction direction;

            Talk(ObjectCombiner<long[]> combiner, Direction direction) {
                this.combiner = combiner;
                this.direction = direction;
            }

            @Override public Codec<long[]> codec() {
                return Codecs.LONGS;
            }

            @Override public ObjectCombiner<long[]> combiner() {
                return combiner;
            }

            @Override public Direction direction() {
                return direction;
            }

            @Override public void compute(ObjectVertex<long[]> v, ObjectMessages<long[]> in) {
                if (v.global(spoke) == 1) {
                    v.set(hash, mix(v.get(hash), in.combined()));
                } else {
                    v.set(hash, mixLongs(v.get(hash), in));
                }
                if (scramble(v.id(), v.superstep()) % 4 != 0) {
                    v.broadcast(LongVectors.said(v.get(hash), (int) Math.floorMod(v.get(hash), 4L)));
                }
            }
        }
    }

    /** The same of vectors. */
    public static final class VectorsCombinedOrNot extends TakingTurns {
        private final Phase sums = phase("sums", new Talk(DoubleCombiner.SUM, Direction.IN));
        private final Phase none = phase("none", new Talk(DoubleCombiner.NONE, Direction.BOTH));
        private final Phase halves = phase("halves", new Talk(HALVING, Direction.OUT));

        private final class Talk implements DoubleVectorPhase {
            private final DoubleCombiner combiner;
            private final Direction direction;

            Talk(DoubleCombiner combiner, Direction direction) {
                this.combiner = combiner;
                this.direction = direction;
            }

            @Override public int width() {
                return 2;
            }

            @Override public DoubleCombiner combiner() {
                return combiner;
            }

            @Override public Direction direction() {
                return direction;
            }

            @Override public void compute(DoubleVectorVertex v, DoubleVectorMessages in) {
                var speakers = (Talk) declarations().phases().get((int) v.global(spoke));
                v.set(hash, DoubleVectors.heard(v.get(hash), in, speakers.combiner, 2));
                if (scramble(v.id(), v.superstep()) % 4 != 0) {
                    v.broadcast(DoubleVectors.said(v.get(hash), 2));
                }
            }
        }
    }

    /** A phase of each type of message, each for three supersteps, in the last of which nothing is said. */
    public static final class EveryMessageType extends PhasedProgram {
        private final LongColumn hash = longColumn("hash", 17);
        private final Phase doubles = phase("doubles", new Doubles());
        private final Phase pairs = phase("pairs of longs", new LongPairs());
        private final Phase texts = phase("texts", new Texts());
        private final Phase triples = phase("triples of doubles", new DoubleTriples());
        private final Phase longs = phase("longs", new Longs());
        private final Phase notes = phase("notes", new Notes());

        @Override public void beforeSuperstep(Master m) {
            int phases = declarations().phases().size();
            if (m.superstep() == 3 * (phases + 2)) {
                m.halt();
            } else if (m.superstep() % 3 == 0) {
                m.startPhase(declarations().phases().get(m.superstep() / 3 % phases));
            }
        }

        private static boolean speaks(Vertex v) {
            return v.superstep() % 3 < 2 && scramble(v.id(), v.superstep()) % 5 != 0;
        }

        private final class Doubles implements DoublePhase {
            @Override public DoubleCombiner combiner() {
                return DoubleCombiner.NONE;
            }

            @Override public void compute(DoubleVertex v, DoubleMessages in) {
                v.set(hash, mix(v.get(hash), in));
                if (speaks(v)) {
                    v.broadcast(wild(v.get(hash), 0));
                    v.send(v.id() + 1, 0.1);
                }
            }
        }

        private final class LongPairs implements LongVectorPhase {
            @Override public int width() {
                return 2;
            }

            @Override public LongCombiner combiner() {
                return POLYNOMIAL;
            }

            @Override public void compute(LongVectorVertex v, LongVectorMessages in) {
                v.set(hash, LongVectors.heard(v.get(hash), in, combiner(), 2));
                if (speaks(v)) {
                    v.broadcast(LongVectors.said(v.get(hash), 2));
                    v.send(v.id() - 1, new long[2]);
                }
            }
        }

        private final class Texts implements ObjectPhase<String> {
            @Override public Codec<String> codec() {
                return Codecs.STRING;
            }

            @Override public Direction direction() {
                return Direction.BOTH;
            }

            @Override public void compute(ObjectVertex<String> v, ObjectMessages<String> in) {
                v.set(hash, mixStrings(v.get(hash), in));
                if (speaks(v)) {
                    v.broadcast(Long.toString(v.get(hash), 36));
                    v.send(v.id() + 1, "");
                }
            }
        }

        private final class DoubleTriples implements DoubleVectorPhase {
            @Override public int width() {
                return 3;
            }

            @Override public DoubleCombiner combiner() {
                return DoubleCombiner.SUM;
            }

            @Override public Direction direction() {
                return Direction.IN;
            }

            @Override public void compute(DoubleVectorVertex v, DoubleVectorMessages in) {
                v.set(hash, DoubleVectors.heard(v.get(hash), in, combiner(), 3));
                if (speaks(v)) {
                    v.broadcast(DoubleVectors.said(v.get(hash), 3));
                }
            }
        }

        private final class Longs implements LongPhase {
            @Override public LongCombiner combiner() {
                return POLYNOMIAL;
            }

            @Override public void compute(LongVertex v, LongMessages in) {
                v.set(hash, mix(v.get(hash), in.combined()));
                if (speaks(v)) {
                    v.broadcast(v.get(hash));
                }
            }
        }

        private final class Notes implements ObjectPhase<Note> {
            @Override public Codec<Note> codec() {
                return Note.CODEC;
            }

            @Override public void compute(ObjectVertex<Note> v, ObjectMessages<Note> in) {
                long mixed = v.get(hash);
                while (in.next()) {
                    mixed = mix(mix(mixed, in.senderId()), in.value().from());
                }
                v.set(hash, mixed);
                if (speaks(v)) {
                    v.broadcast(new Note(mixed, "", 0));
                }
            }
        }
    }

    /** What a vertex sees of its edges, by walking, by place and by looking for neighbours, with talk besides. */
    abstract static class Seeing extends LongProgram {
        final LongColumn hash = longColumn("hash", 17);

        @Override public LongCombiner combiner() {
            return POLYNOMIAL;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            v.set(hash, see(v, mix(v.get(hash), in.combined())));
            if (v.superstep() == 2) {
                v.halt();
            } else {
                v.broadcast(v.get(hash));
            }
        }

        abstract long see(LongVertex v, long mixed);

        static long search(EdgeCursor edges, LongVertex v, long hash) {
            long mixed = mix(mix(hash, edges), edges.next() ? 1 : 2);
            for (int i = edges.size() - 1; i >= 0; i -= 2) {
                long neighbour = edges.at(i).neighbour();
                mixed = mix(mix(mix(mixed, neighbour), edges.weight()), edges.next() ? edges.neighbour() : 0);
                mixed = mix(mixed, edges.weightTo(neighbour));
                mixed = mix(mixed, edges.next() ? edges.weight() : -1);
            }
            for (long id : new long[] {v.id(), v.id() + 1, v.id() - 1, Long.MIN_VALUE, Long.MAX_VALUE, 0}) {
                mixed = mix(mixed, edges.find(id) ? edges.weight() : -3);
                mixed = mix(mixed, edges.weightTo(id));
            }
            return mixed;
        }
    }

    /** Edges of both directions. */
    public static final class Surroundings extends Seeing {
        private final Edges out = outEdges();
        private final Edges in = inEdges();

        @Override long see(LongVertex v, long mixed) {
            return search(v.edges(in), v, search(v.edges(out), v, mixed));
        }
    }

    /** Edges of both directions, all of weight 1, with talk over in-edges. */
    public static final class SurroundingsWithoutWeights extends Seeing {
        private final Edges in = inEdges();
        private final Edges out = outEdges();

        @Override public Weights weights() {
            return Weights.IGNORED;
        }

        @Override public Direction direction() {
            return Direction.IN;
        }

        @Override long see(LongVertex v, long mixed) {
            return search(v.edges(in), v, search(v.edges(out), v, mixed));
        }
    }

    /** Weights that must be there, seen and not heard. */
    public static final class WeightsOfEdgesRequired extends Seeing {
        private final Edges out = outEdges();

        @Override public Weights weights() {
            return Weights.REQUIRED;
        }

        @Override public Direction direction() {
            return Direction.BOTH;
        }

        @Override long see(LongVertex v, long mixed) {
            return mix(mixed, v.edges(out));
        }
    }

    /** In-edges alone, of a program that speaks over out-edges. */
    public static final class InEdgesAlone extends Seeing {
        private final Edges in = inEdges();

        @Override long see(LongVertex v, long mixed) {
            return search(v.edges(in), v, mixed);
        }
    }

    /** Out-edges alone, of a program that sends along each and never broadcasts. */
    public static final class OutEdgesAlone extends OneByOne {
        private final Edges out = outEdges();

        @Override void speak(LongVertex v) {
            for (var e = v.edges(out); e.next();) {
                v.send(e.target(), mix(v.get(hash), e.weight()));
            }
        }
    }

    /** Two handles of one direction, so that edges are compared with one another. */
    public static final class Pairs extends Seeing {
        private final Edges outer = outEdges();
        private final Edges inner = outEdges();

        @Override long see(LongVertex v, long mixed) {
            long pairs = mixed;
            var e = v.edges(outer);
            for (int i = 0; i < 20 && e.next(); i++) {
                for (var f = v.edges(inner); f.next() && f.neighbour() <= e.neighbour();) {
                    pairs = mix(mix(pairs, f.neighbour()), e.weight() - f.weight());
                }
            }
            return pairs;
        }
    }
}
