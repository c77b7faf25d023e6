package org.superstep.engine;

import java.util.List;
import java.util.function.Supplier;
import org.superstep.graph.BooleanAggregator;
import org.superstep.graph.Direction;
import org.superstep.graph.DoubleAggregator;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.DoubleCombiner;
import org.superstep.graph.DoubleGlobal;
import org.superstep.graph.DoubleMessages;
import org.superstep.graph.DoublePhase;
import org.superstep.graph.DoubleProgram;
import org.superstep.graph.DoubleVertex;
import org.superstep.graph.IntColumn;
import org.superstep.graph.LongAggregator;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongGlobal;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongPhase;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Master;
import org.superstep.graph.Phase;
import org.superstep.graph.PhasedProgram;
import org.superstep.graph.Program;
import org.superstep.graph.Scratch;
import org.superstep.graph.Vertex;
import org.superstep.graph.VertexRandom;
import org.superstep.graph.Weights;

/**
 * Programs that compute nothing of use: each takes some part of the programming model to where an engine may go wrong, and writes what it
 * has heard, superstep by superstep, into columns, so that every difference shows. Their combiners are sensitive to order where they can
 * be.
 */
public final class TestPrograms {
    /** Order shows in every bit, and combining with the identity, 0, changes nothing. */
    static final LongCombiner POLYNOMIAL = new LongCombiner() {
        @Override public long identity() {
            return 0;
        }

        @Override public long combine(long left, long right) {
            return 31 * left + right;
        }
    };

    /** Each message halves those before it; the identity is the true neutral, -0.0. */
    static final DoubleCombiner HALVING = new DoubleCombiner() {
        @Override public double identity() {
            return -0.0;
        }

        @Override public double combine(double left, double right) {
            return left * 0.5 + right;
        }
    };

    /** A custom combiner that says that it is exact and not that it is idempotent. */
    static final LongCombiner XOR = new LongCombiner() {
        @Override public long identity() {
            return 0;
        }

        @Override public long combine(long left, long right) {
            return left ^ right;
        }

        @Override public boolean isExact() {
            return true;
        }
    };

    private TestPrograms() {
    }

    /** One of each. */
    static List<Supplier<Program>> all() {
        return List.of(HashOverOut::new, HashOverIn::new, HashOverBoth::new, WildSums::new, WildSumsOverBoth::new, HalvedOverIn::new,
            FirstOverIn::new, FirstOfAll::new, FirstDouble::new, Greatest::new, LeastOrIdentity::new, AllBits::new, AnyBits::new,
            XorWithSends::new, Letters::new, BroadcastAndLetters::new, ExactLetters::new, SparseChatter::new,
            SparseChatterWronglyHinted::new, AlmostEveryoneSpeaks::new, SpeechThenSilence::new, LeavingForGood::new,
            ThreeDoublePhases::new, LongThenDoubleThenLong::new, SleepingPhases::new, Globals::new, EveryAggregator::new, Dice::new,
            DirtyScratch::new, NotANumber::new, Degrees::new, WeightsRequired::new, WeightsIgnored::new, Relay::new);
    }

    /** A number that looks random and depends on nothing but the arguments. */
    static long scramble(long a, long b) {
        long z = a * 0x9E3779B97F4A7C15L + b;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** A finite double with any sign, exponents from -60 to 60. */
    static double wild(long a, long b) {
        long bits = scramble(a, b);
        return Math.scalb((bits >> 11) * 0x1p-52, (int) Long.remainderUnsigned(bits, 121) - 60);
    }

    /** Says a hash of what it has heard, for so many supersteps; a listener's hash tells the order of all that it hears. */
    public abstract static class Hashing extends LongProgram {
        final LongColumn hash = longColumn("hash", 17);
        final IntColumn heard = intColumn("heard", 0);

        @Override public LongCombiner combiner() {
            return POLYNOMIAL;
        }

        @Override public long along(long message, double weight) {
            return message * 37 + Double.doubleToRawLongBits(weight);
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            note(v, in);
            if (v.superstep() < 4) {
                speak(v);
            } else {
                v.halt();
            }
        }

        final void note(LongVertex v, LongMessages in) {
            v.set(heard, 2 * v.get(heard) + (in.isEmpty() ? 0 : 1));
            v.set(hash, scramble(v.get(hash), in.combined()));
        }

        void speak(LongVertex v) {
            v.broadcast(scramble(v.id(), v.get(hash)));
        }
    }

    /** Over out-edges. */
    public static final class HashOverOut extends Hashing {
    }

    /** Over in-edges. */
    public static final class HashOverIn extends Hashing {
        @Override public Direction direction() {
            return Direction.IN;
        }
    }

    /** Over both. */
    public static final class HashOverBoth extends Hashing {
        @Override public Direction direction() {
            return Direction.BOTH;
        }
    }

    /** Sums whose every rounding depends on the order; -0.0 of no messages. */
    public static class WildSums extends DoubleProgram {
        private final DoubleColumn sum = doubleColumn("sum", 0);
        private final DoubleColumn last = doubleColumn("last", 0);

        @Override public DoubleCombiner combiner() {
            return DoubleCombiner.SUM;
        }

        @Override public void compute(DoubleVertex v, DoubleMessages in) {
            v.set(last, in.combined());
            v.set(sum, v.get(sum) * 0.75 + in.combined());
            if (v.superstep() == 4) {
                v.halt();
            } else if (scramble(v.id(), v.superstep()) % 5 != 0) {
                v.broadcast(wild(v.id(), v.superstep()) + in.combined() * 1e-3);
            }
        }
    }

    /** The same over both directions, with weights. */
    public static final class WildSumsOverBoth extends WildSums {
        @Override public Direction direction() {
            return Direction.BOTH;
        }

        @Override public double along(double message, double weight) {
            return message / (weight + 3.14159);
        }
    }

    /** A custom combiner of doubles over in-edges. */
    public static final class HalvedOverIn extends DoubleProgram {
        private final DoubleColumn sum = doubleColumn("sum", 0);
        private final LongColumn empty = longColumn("empty", 0);

        @Override public DoubleCombiner combiner() {
            return HALVING;
        }

        @Override public Direction direction() {
            return Direction.IN;
        }

        @Override public double along(double message, double weight) {
            return message - Math.min(weight, 1e9);
        }

        @Override public void compute(DoubleVertex v, DoubleMessages in) {
            v.set(sum, in.combined() + v.get(sum) * 1e-7);
            v.set(empty, 2 * v.get(empty) + (in.isEmpty() ? 1 : 0) + 3L * v.phaseSuperstep());
            if (v.superstep() == 3 || v.superstep() > 0 && in.isEmpty()) {
                v.halt();
            } else {
                v.broadcast(in.combined() * 0.25 + wild(v.id(), v.superstep()) * 1e-6);
            }
        }
    }

    /** Of its in-neighbours' messages the first: which differ, by sender and superstep. */
    public static final class FirstOverIn extends Hashing {
        @Override public LongCombiner combiner() {
            return LongCombiner.FIRST;
        }

        @Override public Direction direction() {
            return Direction.IN;
        }

        @Override void speak(LongVertex v) {
            if (scramble(v.id(), v.superstep()) % 3 != 0) {
                v.broadcast(v.id() ^ (long) v.superstep() << 48);
            }
        }
    }

    /** The first of broadcasts and sends: by sender, from one sender the broadcast before the sends, of these the first call's. */
    public static final class FirstOfAll extends Hashing {
        @Override public LongCombiner combiner() {
            return LongCombiner.FIRST;
        }

        @Override public Direction direction() {
            return Direction.BOTH;
        }

        @Override void speak(LongVertex v) {
            long dice = scramble(v.id(), v.superstep());
            if (dice % 2 == 0) {
                v.send(v.id(), 3 * v.id() + 1);
                v.send(v.id() + 1, 3 * v.id() + 1);
                v.send(v.id() + 1, 3 * v.id() + 2);
                v.send(v.id() - 1, 3 * v.id() + 2);
            }
            if (dice % 3 == 0) {
                v.broadcast(3 * v.id());
            }
        }
    }

    /** The first of doubles, from 0.0 of none; zeros of either sign are among the messages. */
    public static final class FirstDouble extends DoubleProgram {
        private final DoubleColumn first = doubleColumn("first", 0);
        private final DoubleColumn sum = doubleColumn("sum", 0);

        @Override public DoubleCombiner combiner() {
            return DoubleCombiner.FIRST;
        }

        @Override public double along(double message, double weight) {
            return message * weight;
        }

        @Override public void compute(DoubleVertex v, DoubleMessages in) {
            v.set(first, in.combined());
            v.set(sum, v.get(sum) * 0.5 + in.combined() + (in.isEmpty() ? 1e-3 : 0));
            if (v.superstep() == 3) {
                v.halt();
            } else {
                v.broadcast(v.id() % 3 == 0 ? -0.0 : wild(v.id(), v.superstep()));
            }
        }
    }

    /** The greatest, with negative infinity, the identity, among the messages; speaks only when something grew. */
    public static final class Greatest extends DoubleProgram {
        private final DoubleColumn best = doubleColumn("best", Double.NEGATIVE_INFINITY);
        private final IntColumn times = intColumn("times", 0);

        @Override public DoubleCombiner combiner() {
            return DoubleCombiner.MAX;
        }

        @Override public double along(double message, double weight) {
            return Math.min(message, weight);
        }

        @Override public void compute(DoubleVertex v, DoubleMessages in) {
            if (!in.isEmpty()) {
                v.set(times, v.get(times) + 1);
            }
            double candidate = v.superstep() == 0 ? scramble(v.id(), 1) % 1000 : in.combined();
            if (v.superstep() == 0 && v.id() % 2 == 0) {
                v.broadcast(Double.NEGATIVE_INFINITY);
            } else if (candidate > v.get(best)) {
                v.set(best, candidate);
                v.broadcast(candidate);
            }
            v.halt();
        }
    }

    /** The least, with the identity said as often as not: heard, though it says nothing. */
    public static final class LeastOrIdentity extends Hashing {
        @Override public LongCombiner combiner() {
            return LongCombiner.MIN;
        }

        @Override public long along(long message, double weight) {
            return message;
        }

        @Override void speak(LongVertex v) {
            long dice = scramble(v.id(), v.superstep());
            if (dice % 3 == 0) {
                v.broadcast(Long.MAX_VALUE);
            } else if (dice % 3 == 1) {
                v.broadcast(dice);
            }
            if (dice % 7 == 0) {
                v.send(v.id(), Long.MAX_VALUE);
            }
        }
    }

    /** The bits that all have. */
    public static final class AllBits extends Hashing {
        @Override public LongCombiner combiner() {
            return LongCombiner.AND;
        }

        @Override void speak(LongVertex v) {
            v.broadcast(v.id() % 4 == 0 ? -1 : ~(1L << scramble(v.id(), v.superstep())));
        }
    }

    /** The bits that any has, 64 bits that spread; ends when nothing is new. */
    public static final class AnyBits extends LongProgram {
        private final LongColumn bits = longColumn("bits", 0);

        @Override public LongCombiner combiner() {
            return LongCombiner.OR;
        }

        @Override public Weights weights() {
            return Weights.IGNORED;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            long all = v.get(bits) | in.combined() | (v.superstep() == 0 ? 1L << v.id() : 0);
            if (all != v.get(bits)) {
                v.set(bits, all);
                v.broadcast(all);
            }
            v.halt();
        }
    }

    /** A custom exact combiner, which may be folded early, with broadcasts and sends: nothing may be heard twice or not at all. */
    public static final class XorWithSends extends Hashing {
        @Override public LongCombiner combiner() {
            return XOR;
        }

        @Override public Direction direction() {
            return Direction.BOTH;
        }

        @Override void speak(LongVertex v) {
            v.broadcast(scramble(v.id(), v.get(hash)));
            v.send(v.id() + 1, scramble(v.id(), 5));
            v.send(v.id() + 1, scramble(v.id(), 6));
        }
    }

    /** Sends only: to neighbours by number, to itself, to random ids near and far, most of which do not exist. */
    public static final class Letters extends Hashing {
        @Override void speak(LongVertex v) {
            var random = v.random();
            for (int i = random.nextInt(4); i > 0; i--) {
                long target = switch (random.nextInt(5)) {
                    case 0 -> v.id();
                    case 1 -> v.id() + random.nextInt(7) - 3;
                    case 2 -> random.nextInt(70);
                    case 3 -> random.nextBoolean() ? Long.MIN_VALUE + random.nextInt(300) : Long.MAX_VALUE - random.nextInt(300);
                    default -> random.nextLong();
                };
                v.send(target, scramble(v.id(), v.superstep() + 100L * i));
            }
        }
    }

    /** A broadcast and sends from one vertex in one superstep, the sends called before and after it. */
    public static final class BroadcastAndLetters extends Hashing {
        @Override public Direction direction() {
            return Direction.BOTH;
        }

        @Override void speak(LongVertex v) {
            long dice = scramble(v.id(), v.superstep());
            if (dice % 2 == 0) {
                v.send(v.id() + 1, v.id());
                v.send(v.id() - 1, v.id() + 1);
                v.send(v.id() + 1, v.id() + 2);
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

    /** Integer sums, exact, with sends to missing vertices; all sleep, so that only a message wakes. */
    public static final class ExactLetters extends Hashing {
        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            note(v, in);
            if (v.superstep() < 6 && scramble(v.id(), v.superstep()) % 3 != 0) {
                v.send(v.id() + v.superstep(), Long.MAX_VALUE - v.superstep());
                v.send(v.id() - 1, v.get(hash));
                v.broadcast(v.get(hash) >> 1);
            }
            v.halt();
        }
    }

    /** In every superstep but few vertices speak, so that the delivery changes as it likes. */
    public static class SparseChatter extends Hashing {
        @Override public void compute(LongVertex v, LongMessages in) {
            note(v, in);
            long often = v.superstep() % 3 == 0 ? 2 : 20;
            if (v.superstep() < 8 && scramble(v.id(), v.superstep()) % often == 0) {
                v.broadcast(v.get(hash));
            }
            if (v.superstep() > 2 && v.superstep() < 8 && v.id() % 2 == 0 || v.superstep() >= 8) {
                v.halt();
            }
        }
    }

    /** The same, with a hint that is not true: hints change no result. */
    public static final class SparseChatterWronglyHinted extends SparseChatter {
        @Override public boolean everyoneSpeaks() {
            return true;
        }
    }

    /** Everyone speaks but those without out-edges, as in PageRank, with weights. */
    public static final class AlmostEveryoneSpeaks extends DoubleProgram {
        private final DoubleColumn value = doubleColumn("value", 0);

        @Override public DoubleCombiner combiner() {
            return DoubleCombiner.SUM;
        }

        @Override public boolean everyoneSpeaks() {
            return true;
        }

        @Override public double along(double message, double weight) {
            return message * Math.max(-2, Math.min(weight, 2));
        }

        @Override public void compute(DoubleVertex v, DoubleMessages in) {
            v.set(value, v.superstep() == 0 ? wild(v.id(), 0) : 0.15 + 0.85 * in.combined());
            if (v.superstep() == 4) {
                v.halt();
            } else if (v.outDegree() > 0) {
                v.broadcast(v.get(value) / v.outDegree());
            }
        }
    }

    /** All speak, then none, then all: nothing of the first may be heard in the third. */
    public static final class SpeechThenSilence extends Hashing {
        @Override public void compute(LongVertex v, LongMessages in) {
            note(v, in);
            if (v.superstep() % 2 == 0 && v.superstep() < 7) {
                v.broadcast(v.get(hash));
            }
            if (v.superstep() == 7) {
                v.halt();
            }
        }
    }

    /** Vertices leave for good, speaking or silent; what they say last is heard, what is said to them is not. */
    public static final class LeavingForGood extends Hashing {
        private final LongAggregator left = count("have left");

        @Override public Direction direction() {
            return Direction.BOTH;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            note(v, in);
            long dice = scramble(v.id(), v.superstep());
            if (dice % 4 != 0) {
                v.broadcast(v.get(hash));
            }
            v.send(v.id() + 1, dice);
            if (dice % 3 == 0) {
                v.add(left, 1);
                v.haltForGood();
            } else if (v.superstep() > 3) {
                v.halt();
            }
        }

        @Override public void beforeSuperstep(Master m) {
            if (m.superstep() == 5) {
                m.wakeAll();
            } else if (m.superstep() == 9) {
                m.halt();
            }
        }
    }

    /** Three phases of doubles with all different; what one says, the next hears as the one meant it. */
    public static final class ThreeDoublePhases extends PhasedProgram {
        private final DoubleColumn value = doubleColumn("value", 0);
        private final LongColumn empty = longColumn("empty", 0);
        private final Phase sums = phase("sums", new Speaking(DoubleCombiner.SUM, Direction.OUT, 0));
        private final Phase halves = phase("halves", new Speaking(HALVING, Direction.IN, 0.5));
        private final Phase least = phase("least", new Speaking(DoubleCombiner.MIN, Direction.BOTH, -1));

        @Override public void beforeSuperstep(Master m) {
            switch (m.superstep()) {
                case 2, 7 -> m.startPhase(halves);
                case 3, 6 -> m.startPhase(least);
                case 5 -> m.startPhase(sums);
                case 9 -> m.halt();
                default -> { }
            }
        }

        private final class Speaking implements DoublePhase {
            private final DoubleCombiner combiner;
            private final Direction direction;
            private final double factor;

            Speaking(DoubleCombiner combiner, Direction direction, double factor) {
                this.combiner = combiner;
                this.direction = direction;
                this.factor = factor;
            }

            @Override public DoubleCombiner combiner() {
                return combiner;
            }

            @Override public Direction direction() {
                return direction;
            }

            @Override public double along(double message, double weight) {
                return message + factor * Math.min(1e6, weight);
            }

            @Override public void compute(DoubleVertex v, DoubleMessages in) {
                double heard = in.combined();
                v.set(value, (Double.isInfinite(heard) ? 7 : heard) + v.get(value) * 1e-3);
                v.set(empty, 2 * v.get(empty) + (in.isEmpty() ? 1 : 0) + 3L * v.phaseSuperstep());
                if (scramble(v.id(), v.superstep()) % 4 != 0) {
                    v.broadcast(v.get(value) + wild(v.id(), v.superstep()));
                }
                if (scramble(v.id(), v.superstep()) % 3 == 0) {
                    v.send(v.id() + 1, factor);
                }
            }
        }
    }

    /** The smallest id that spreads until all is quiet; then sums of doubles; then longs again. */
    public static final class LongThenDoubleThenLong extends PhasedProgram {
        private final LongColumn least = longColumn("least", Long.MAX_VALUE);
        private final DoubleColumn sum = doubleColumn("sum", 0);
        private final LongColumn hash = longColumn("hash", 0);
        private final LongGlobal began = longGlobal("began", -1);
        private final Phase spread = phase("spread", new Spread());
        private final Phase add = phase("add", new Add());
        private final Phase again = phase("again", new Again());

        @Override public void beforeSuperstep(Master m) {
            if (m.isQuiescent() && m.phase() == spread) {
                m.startPhase(add);
                m.set(began, m.superstep());
            } else if (m.isQuiescent() && m.phase() == add) {
                m.startPhase(again);
                m.set(began, m.superstep());
            }
        }

        private final class Spread implements LongPhase {
            @Override public LongCombiner combiner() {
                return LongCombiner.MIN;
            }

            @Override public Direction direction() {
                return Direction.BOTH;
            }

            @Override public void compute(LongVertex v, LongMessages in) {
                long smallest = v.superstep() == 0 ? v.id() : in.combined();
                if (smallest < v.get(least)) {
                    v.set(least, smallest);
                    v.broadcast(smallest);
                }
                v.halt();
            }
        }

        private final class Add implements DoublePhase {
            @Override public DoubleCombiner combiner() {
                return DoubleCombiner.SUM;
            }

            @Override public void compute(DoubleVertex v, DoubleMessages in) {
                v.set(sum, in.combined());
                if (v.phaseSuperstep() < 2) {
                    v.broadcast(in.combined() + wild(v.get(least), v.id()));
                } else {
                    v.halt();
                }
            }
        }

        private final class Again implements LongPhase {
            @Override public LongCombiner combiner() {
                return POLYNOMIAL;
            }

            @Override public Direction direction() {
                return Direction.IN;
            }

            @Override public void compute(LongVertex v, LongMessages in) {
                v.set(hash, scramble(v.get(hash), in.combined()));
                if (v.superstep() == v.global(began)) {
                    v.broadcast(Double.doubleToRawLongBits(v.get(sum)));
                }
                v.halt();
            }
        }
    }

    /** A phase that starts asleep: only who has heard something computes, and with nothing in flight nobody does. */
    public static final class SleepingPhases extends PhasedProgram {
        private final LongColumn hash = longColumn("hash", 5);
        private final LongColumn computed = longColumn("computed", 0);
        private final Phase loud = phase("loud", new Talk(true));
        private final Phase quiet = phase("quiet", new Talk(false));

        @Override public void beforeSuperstep(Master m) {
            switch (m.superstep()) {
                case 1, 5 -> m.startPhase(quiet);
                case 3, 4 -> m.startPhase(loud);
                case 8 -> m.halt();
                default -> {
                    if (m.isQuiescent()) {
                        m.startPhase(quiet);
                    }
                }
            }
        }

        private final class Talk implements LongPhase {
            private final boolean startsAwake;

            Talk(boolean startsAwake) {
                this.startsAwake = startsAwake;
            }

            @Override public LongCombiner combiner() {
                return POLYNOMIAL;
            }

            @Override public boolean startsAwake() {
                return startsAwake;
            }

            @Override public void compute(LongVertex v, LongMessages in) {
                v.set(hash, scramble(v.get(hash), in.combined()));
                v.set(computed, v.get(computed) | 1L << v.superstep());
                if (scramble(v.id(), v.superstep()) % 3 == 0) {
                    v.broadcast(v.get(hash));
                }
                v.halt();
            }
        }
    }

    /** The hook remembers in globals, wakes all when all is quiet, and ends the job. */
    public static final class Globals extends DoubleProgram {
        private final DoubleColumn value = doubleColumn("value", 0);
        private final DoubleAggregator total = sum("total");
        private final LongAggregator awake = count("awake");
        private final DoubleGlobal shift = doubleGlobal("shift", -2.5);
        private final LongGlobal rounds = longGlobal("rounds", 1L << 40);

        @Override public DoubleCombiner combiner() {
            return DoubleCombiner.SUM;
        }

        @Override public void compute(DoubleVertex v, DoubleMessages in) {
            v.set(value, 0.5 * v.get(value) + in.combined() + v.global(shift) + v.global(rounds) + v.previous(total) * 1e-9);
            v.add(total, v.get(value));
            v.add(awake, 1);
            if (scramble(v.id(), v.superstep()) % 3 == 0) {
                v.broadcast(v.get(value));
            } else {
                v.halt();
            }
            if (v.superstep() > 2) {
                v.halt();
            }
        }

        @Override public void beforeSuperstep(Master m) {
            m.set(shift, m.get(shift) + 1e-3 * m.get(total) + m.messageCount() + 3.0 * m.awakeCount());
            m.set(rounds, m.get(rounds) / 3 + m.get(awake) + m.vertexCount() - m.edgeCount());
            if (m.isQuiescent() && m.superstep() < 9) {
                m.wakeAll();
            } else if (m.superstep() == 11) {
                m.halt();
            }
        }
    }

    /** Every kind of aggregator, fed by some vertices, read by all, one of them overwritten by the hook. */
    public static final class EveryAggregator extends DoubleProgram {
        private final DoubleAggregator sum = sum("sum");
        private final DoubleAggregator least = min("least");
        private final DoubleAggregator greatest = max("greatest");
        private final LongAggregator longSum = longSum("long sum");
        private final LongAggregator longLeast = longMin("long least");
        private final LongAggregator longGreatest = longMax("long greatest");
        private final LongAggregator count = count("count");
        private final BooleanAggregator all = and("all");
        private final BooleanAggregator any = or("any");
        private final DoubleAggregator overwritten = sum("overwritten");
        private final DoubleColumn sums = doubleColumn("sums", 0);
        private final DoubleColumn leasts = doubleColumn("leasts", 0);
        private final DoubleColumn greatests = doubleColumn("greatests", 0);
        private final DoubleColumn overwrittens = doubleColumn("overwrittens", 0);
        private final LongColumn longs = longColumn("longs", 0);

        @Override public DoubleCombiner combiner() {
            return DoubleCombiner.SUM;
        }

        @Override public void compute(DoubleVertex v, DoubleMessages in) {
            v.set(sums, v.previous(sum));
            v.set(leasts, v.previous(least));
            v.set(greatests, v.previous(greatest));
            v.set(overwrittens, v.previous(overwritten));
            long extremes = scramble(v.previous(longLeast), v.previous(longGreatest));
            long mixed = scramble(scramble(v.previous(longSum), extremes), v.previous(count));
            v.set(longs, scramble(v.get(longs), mixed) * 4 + (v.previous(all) ? 2 : 0) + (v.previous(any) ? 1 : 0));
            long dice = scramble(v.id(), v.superstep());
            if (v.superstep() != 2 && dice % 3 != 0) {
                v.add(sum, Math.scalb(wild(dice, 1), (int) (dice % 900)));
                v.add(sum, -wild(dice, 2));
                v.add(least, wild(dice, 3));
                v.add(greatest, wild(dice, 4));
                v.add(longSum, dice);
                v.add(longLeast, dice);
                v.add(longGreatest, dice);
                v.add(count, 1);
                v.add(all, dice % 16 != 0);
                v.add(any, dice % 64 == 0);
                v.add(overwritten, 1);
            }
            if (v.superstep() == 5) {
                v.halt();
            }
        }

        @Override public void beforeSuperstep(Master m) {
            if (m.superstep() % 2 == 1) {
                m.set(overwritten, m.get(sum) / 3);
                m.set(all, !m.get(all));
            }
        }
    }

    /** Random numbers, of which some decide who speaks to whom. */
    public static final class Dice extends DoubleProgram {
        private final DoubleColumn sum = doubleColumn("sum", 0);
        private final LongColumn numbers = longColumn("numbers", 0);

        @Override public DoubleCombiner combiner() {
            return DoubleCombiner.SUM;
        }

        @Override public void compute(DoubleVertex v, DoubleMessages in) {
            v.set(numbers, scramble(v.get(numbers), v.random().nextLong()) + v.random().nextInt(6));
            v.set(sum, in.combined() + v.random().nextDouble() + v.random().nextLong(1L << 40));
            if (v.superstep() == 3) {
                v.halt();
            } else if (v.random().nextBoolean()) {
                v.broadcast(v.random().nextDouble());
            }
        }
    }

    /** A scratch object that each vertex leaves dirty. */
    public static final class DirtyScratch extends Hashing {
        private final Scratch<long[]> workspace = scratch(() -> new long[3]);
        private final Scratch<StringBuilder> text = scratch(StringBuilder::new);

        @Override void speak(LongVertex v) {
            long[] space = v.scratch(workspace);
            space[0] = v.get(hash);
            space[1] = v.id();
            space[2] = 0;
            for (int i = 0; i < 10; i++) {
                space[2] = scramble(space[i & 1], space[2]);
            }
            var builder = v.scratch(text);
            builder.setLength(0);
            builder.append(v.id()).append(space[2]);
            v.broadcast(builder.toString().hashCode());
        }
    }

    /** NaNs of strange patterns, infinities and what they come to when added. */
    public static final class NotANumber extends DoubleProgram {
        private final DoubleColumn heard = doubleColumn("heard", 0);
        private final DoubleColumn own = doubleColumn("own", Double.NaN);

        @Override public DoubleCombiner combiner() {
            return DoubleCombiner.SUM;
        }

        @Override public void compute(DoubleVertex v, DoubleMessages in) {
            v.set(heard, in.combined());
            double said = switch ((int) Math.floorMod(scramble(v.id(), v.superstep()), 40L)) {
                case 0 -> Double.longBitsToDouble(0xFFF8_0000_0000_0000L | v.id() & 0xFFFF);
                case 1 -> Double.POSITIVE_INFINITY;
                case 2 -> Double.NEGATIVE_INFINITY;
                case 3 -> Double.MAX_VALUE;
                case 4 -> -0.0;
                default -> wild(v.id(), v.superstep());
            };
            v.set(own, said);
            if (v.superstep() == 3) {
                v.halt();
            } else {
                v.broadcast(said);
                v.send(v.id() + 1, said);
            }
        }
    }

    /** What a vertex knows of itself and of the graph, without a word. */
    public static final class Degrees extends LongProgram {
        private final IntColumn in = intColumn("in", -1);
        private final IntColumn out = intColumn("out", -1);
        private final LongColumn graph = longColumn("graph", -1);
        private final LongColumn hidden = longColumn("hidden", 3).hidden();

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages messages) {
            v.set(in, v.inDegree());
            v.set(out, v.outDegree());
            v.set(graph, v.vertexCount() * 1_000_003 + v.edgeCount());
            v.set(hidden, v.get(hidden) * v.id());
            v.halt();
        }
    }

    /** Needs weights, and hears nothing but them, to the bit. */
    public static final class WeightsRequired extends Hashing {
        @Override public Weights weights() {
            return Weights.REQUIRED;
        }

        @Override public long along(long message, double weight) {
            return Double.doubleToRawLongBits(weight);
        }

        @Override public Direction direction() {
            return Direction.IN;
        }
    }

    /** Wants no weights: each is 1, whatever the input says. */
    public static final class WeightsIgnored extends Hashing {
        @Override public Weights weights() {
            return Weights.IGNORED;
        }
    }

    /** A token that one vertex at a time holds: supersteps with one active vertex, by sends. */
    public static final class Relay extends LongProgram {
        private final LongColumn visits = longColumn("visits", 0);
        private final LongAggregator smallest = longMin("smallest id");

        @Override public LongCombiner combiner() {
            return POLYNOMIAL;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            if (v.superstep() == 0) {
                v.add(smallest, v.id());
            } else if (v.superstep() == 1 && v.id() == v.previous(smallest)) {
                v.send(v.id() + 1, 30);
                v.broadcast(30);
            } else if (!in.isEmpty()) {
                v.set(visits, v.get(visits) * 7 + in.combined());
                VertexRandom random = v.random();
                if (v.superstep() < 25) {
                    v.send(v.id() + random.nextInt(5) - 2, in.combined() + 1);
                    v.send(idNearby(v), in.combined() + 2);
                }
            }
            if (v.superstep() > 0) {
                v.halt();
            }
        }

        private static long idNearby(Vertex v) {
            return v.id() + (v.superstep() % 2 == 0 ? 1 : -1);
        }
    }
}
