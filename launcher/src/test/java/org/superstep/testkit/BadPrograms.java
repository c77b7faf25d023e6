package org.superstep.testkit;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.security.Security;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.superstep.graph.Aggregation;
import org.superstep.graph.Codec;
import org.superstep.graph.Codecs;
import org.superstep.graph.CustomAggregator;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.DoubleCombiner;
import org.superstep.graph.DoubleMessages;
import org.superstep.graph.DoubleProgram;
import org.superstep.graph.DoubleVertex;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongGlobal;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Master;
import org.superstep.graph.ObjectColumn;
import org.superstep.graph.ObjectCombiner;
import org.superstep.graph.ObjectGlobal;
import org.superstep.graph.ObjectMessages;
import org.superstep.graph.ObjectProgram;
import org.superstep.graph.ObjectVertex;
import org.superstep.graph.Scratch;
import org.superstep.graph.VertexConflict;

/** Programs with one fault each, and what each is when the fault is mended: {@code isMended} tells which. */
final class BadPrograms {
    private BadPrograms() {
    }

    /** A program of longs for three supersteps, in which all speak. */
    abstract static class Longs extends LongProgram {
        final boolean isMended;
        final LongColumn value = longColumn("value", 0);

        Longs(boolean isMended) {
            this.isMended = isMended;
        }

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            v.set(value, v.get(value) + next(v, in.combined()));
            if (v.superstep() < 3) {
                v.broadcast(v.get(value) + 1);
            } else {
                v.halt();
            }
        }

        abstract long next(LongVertex v, long heard);
    }

    /** Keeps how often a vertex has computed where a checkpoint does not look. */
    static final class KeptElsewhere extends Longs {
        private final LongColumn calls = longColumn("calls", 0);

        KeptElsewhere(boolean isMended) {
            super(isMended);
        }

        @Override long next(LongVertex v, long heard) {
            if (isMended) {
                v.set(calls, v.get(calls) + 1);
                return v.get(calls);
            }
            String key = "calls of " + v.id();
            long count = v.superstep() == 0 ? 1 : 1 + Long.parseLong(Security.getProperty(key));
            Security.setProperty(key, Long.toString(count));
            return count;
        }
    }

    /** Counts supersteps of the job in a field, by the first vertex. */
    static final class HiddenField extends Longs {
        private final LongColumn calls = longColumn("calls", 0);
        private long count;

        HiddenField(boolean isMended) {
            super(isMended);
        }

        @Override long next(LongVertex v, long heard) {
            if (isMended) {
                v.set(calls, v.get(calls) + 1);
                return v.get(calls);
            }
            return ++count;
        }
    }

    /** Keeps what it has seen in a list. */
    static final class HiddenList extends Longs {
        private final List<Long> seen = new ArrayList<>();

        HiddenList(boolean isMended) {
            super(isMended);
        }

        @Override long next(LongVertex v, long heard) {
            if (!isMended) {
                seen.add(v.id());
            }
            return isMended ? v.vertexCount() : seen.size();
        }
    }

    /** Counts in a static field. */
    static final class StaticField extends Longs {
        private static final AtomicLong COUNT = new AtomicLong();

        StaticField(boolean isMended) {
            super(isMended);
        }

        @Override long next(LongVertex v, long heard) {
            return isMended ? v.superstep() : COUNT.incrementAndGet();
        }
    }

    /** The hook remembers in a field how often it was called. */
    static final class ForgetfulHook extends Longs {
        private final LongGlobal asked = longGlobal("asked", 0);
        private final LongGlobal memory = longGlobal("memory", 0);
        private int called;

        ForgetfulHook(boolean isMended) {
            super(isMended);
        }

        @Override public void beforeSuperstep(Master m) {
            if (isMended) {
                m.set(memory, m.get(memory) + 1);
                m.set(asked, m.get(memory));
            } else {
                m.set(asked, ++called);
            }
        }

        @Override long next(LongVertex v, long heard) {
            return v.global(asked);
        }
    }

    /** Asks a clock. */
    static final class Clock extends Longs {
        Clock(boolean isMended) {
            super(isMended);
        }

        @Override long next(LongVertex v, long heard) {
            return isMended ? v.superstep() : ticks();
        }

        private static long ticks() {
            return System.nanoTime();
        }
    }

    /** The same, mended; the code of a class is looked at whether or not it runs. */
    static final class NoClock extends Longs {
        NoClock() {
            super(true);
        }

        @Override long next(LongVertex v, long heard) {
            return v.superstep();
        }
    }

    /** Throws dice without a seed, in a lambda. */
    static final class UnseededDice extends Longs {
        UnseededDice() {
            super(false);
        }

        @Override long next(LongVertex v, long heard) {
            LongSupplier dice = () -> new Random().nextLong();
            return dice.getAsLong();
        }
    }

    /** The same with the vertex's dice. */
    static final class SeededDice extends Longs {
        SeededDice() {
            super(true);
        }

        @Override long next(LongVertex v, long heard) {
            LongSupplier dice = () -> v.random().nextLong();
            return dice.getAsLong();
        }
    }

    /** Calls what may be rounded otherwise on another machine. */
    static final class InexactMath extends DoubleProgram {
        private final DoubleColumn value = doubleColumn("value", 1);

        @Override public DoubleCombiner combiner() {
            return DoubleCombiner.SUM;
        }

        @Override public void compute(DoubleVertex v, DoubleMessages in) {
            v.set(value, Math.exp(-v.outDegree()) + Math.sqrt(v.inDegree()));
            v.halt();
        }
    }

    /** The same with what is exact. */
    static final class ExactMath extends DoubleProgram {
        private final DoubleColumn value = doubleColumn("value", 1);

        @Override public DoubleCombiner combiner() {
            return DoubleCombiner.SUM;
        }

        @Override public void compute(DoubleVertex v, DoubleMessages in) {
            v.set(value, StrictMath.exp(-v.outDegree()) + Math.sqrt(v.inDegree()));
            v.halt();
        }
    }

    /** Folds doubles in some way of its own. */
    abstract static class Folded extends DoubleProgram {
        final boolean isMended;
        private final DoubleColumn value = doubleColumn("value", 0);
        private final DoubleCombiner combiner;

        Folded(boolean isMended, DoubleCombiner combiner) {
            this.isMended = isMended;
            this.combiner = combiner;
        }

        @Override public DoubleCombiner combiner() {
            return combiner;
        }

        @Override public void compute(DoubleVertex v, DoubleMessages in) {
            v.set(value, in.combined());
            if (v.superstep() < 2) {
                v.broadcast(v.superstep() == 0 ? 1.0 / (1 + Math.abs(v.id() % 1000)) : v.get(value) - 0.1);
            }
            v.halt();
        }
    }

    /** A sum of doubles that claims to be exact. */
    static final class FalselyExact extends Folded {
        FalselyExact(boolean isMended) {
            super(isMended, new Sum(!isMended));
        }

        private static final class Sum extends DoubleCombiner {
            private final boolean isExact;

            Sum(boolean isExact) {
                this.isExact = isExact;
            }

            @Override public double identity() {
                return -0.0;
            }

            @Override public double combine(double left, double right) {
                return left + right;
            }

            @Override public boolean isExact() {
                return isExact;
            }
        }
    }

    /** A greatest value whose identity is greater than some. */
    static final class NoIdentity extends Folded {
        NoIdentity(boolean isMended) {
            super(isMended, new DoubleCombiner() {
                @Override public double identity() {
                    return isMended ? Double.NEGATIVE_INFINITY : 0.25;
                }

                @Override public double combine(double left, double right) {
                    return Math.max(left, right);
                }
            });
        }
    }

    /** Sums longs, which is exact, and claims that hearing one twice does not matter. */
    static final class FalselyIdempotent extends Longs {
        private final LongCombiner sum;

        FalselyIdempotent(boolean isMended) {
            super(isMended);
            sum = new LongCombiner() {
                @Override public long identity() {
                    return 0;
                }

                @Override public long combine(long left, long right) {
                    return left + right;
                }

                @Override public boolean isExact() {
                    return true;
                }

                @Override public boolean isIdempotent() {
                    return !isMended;
                }
            };
        }

        @Override public LongCombiner combiner() {
            return sum;
        }

        @Override long next(LongVertex v, long heard) {
            return heard + v.id() % 100;
        }
    }

    /** A combiner of objects that adds into its left argument. */
    static final class CombinerThatChanges extends ObjectProgram<long[]> {
        private final LongColumn value = longColumn("value", 0);
        private final ObjectCombiner<long[]> combiner;

        CombinerThatChanges(boolean isMended) {
            combiner = new ObjectCombiner<>() {
                @Override public long[] identity() {
                    return new long[1];
                }

                @Override public long[] combine(long[] left, long[] right) {
                    long[] sum = isMended ? left.clone() : left;
                    sum[0] += right[0];
                    return sum;
                }
            };
        }

        @Override public Codec<long[]> codec() {
            return Codecs.LONGS;
        }

        @Override public ObjectCombiner<long[]> combiner() {
            return combiner;
        }

        @Override public void compute(ObjectVertex<long[]> v, ObjectMessages<long[]> in) {
            v.set(value, in.combined()[0]);
            if (v.superstep() == 0) {
                v.broadcast(new long[] {v.id() % 1000});
            }
            v.halt();
        }
    }

    /** An aggregation that is all about order. */
    static final class FirstComeFirstServed extends Longs {
        private final CustomAggregator<String> letters;

        FirstComeFirstServed(boolean isMended) {
            super(isMended);
            letters = customAggregator("letters", new Aggregation<String>() {
                @Override public String identity() {
                    return "";
                }

                @Override public String merge(String left, String right) {
                    return isMended ? left.compareTo(right) > 0 ? left : right : left.isEmpty() ? right : left;
                }

                @Override public Codec<String> codec() {
                    return Codecs.STRING;
                }
            });
        }

        @Override long next(LongVertex v, long heard) {
            v.add(letters, "v" + v.id());
            return v.previous(letters).length();
        }
    }

    /** An aggregation that merges into one of its arguments. */
    static final class MergesInPlace extends Longs {
        private final CustomAggregator<BitSet> digits;

        private static final Codec<BitSet> CODEC = new Codec<>() {
            @Override public void write(BitSet value, DataOutput out) throws IOException {
                Codecs.LONGS.write(value.toLongArray(), out);
            }

            @Override public BitSet read(DataInput in) throws IOException {
                return BitSet.valueOf(Codecs.LONGS.read(in));
            }
        };

        MergesInPlace(boolean isMended) {
            super(isMended);
            digits = customAggregator("digits", new Aggregation<BitSet>() {
                @Override public BitSet identity() {
                    return new BitSet();
                }

                @Override public BitSet merge(BitSet left, BitSet right) {
                    var union = isMended ? (BitSet) left.clone() : left;
                    union.or(right);
                    return union;
                }

                @Override public Codec<BitSet> codec() {
                    return CODEC;
                }
            });
        }

        @Override long next(LongVertex v, long heard) {
            var digit = new BitSet();
            digit.set((int) Math.floorMod(v.id(), 10L));
            v.add(digits, digit);
            return v.previous(digits).cardinality();
        }
    }

    /** Adds one set of each thread, filled anew. */
    static final class ChangesWhatItHasAdded extends Longs {
        private final CustomAggregator<BitSet> digits;
        private final Scratch<BitSet> buffer = scratch(BitSet::new);

        ChangesWhatItHasAdded(boolean isMended) {
            super(isMended);
            digits = customAggregator("digits", new Aggregation<BitSet>() {
                @Override public BitSet identity() {
                    return new BitSet();
                }

                @Override public BitSet merge(BitSet left, BitSet right) {
                    var union = (BitSet) left.clone();
                    union.or(right);
                    return union;
                }

                @Override public Codec<BitSet> codec() {
                    return MergesInPlace.CODEC;
                }
            });
        }

        @Override long next(LongVertex v, long heard) {
            BitSet digit = v.scratch(buffer);
            digit.clear();
            digit.set((int) Math.floorMod(v.id(), 10L));
            v.add(digits, isMended ? (BitSet) digit.clone() : digit);
            return v.previous(digits).cardinality();
        }
    }

    /** Has a combiner of its own for whoever asks. */
    static final class NewCombiners extends Longs {
        private final LongCombiner least = new Least();

        NewCombiners(boolean isMended) {
            super(isMended);
        }

        @Override public LongCombiner combiner() {
            return isMended ? least : new Least();
        }

        @Override long next(LongVertex v, long heard) {
            return heard == Long.MAX_VALUE ? 0 : heard;
        }

        private static final class Least extends LongCombiner {
            @Override public long identity() {
                return Long.MAX_VALUE;
            }

            @Override public long combine(long left, long right) {
                return Math.min(left, right);
            }
        }
    }

    /** Tells which vertex the same thread has computed before it, from the first vertex on: a question of how the job runs. */
    static final class ThreadMemory extends LongProgram {
        private static final ThreadLocal<Long> BEFORE = ThreadLocal.withInitial(() -> 0L);
        private final LongColumn before = longColumn("before", 0);

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            v.set(before, v.id() == 1 ? 0 : BEFORE.get());
            BEFORE.set(v.id());
            v.halt();
        }
    }

    /** Says one array to several, changed in between. */
    static final class ChangesWhatItHasSaid extends ObjectProgram<long[]> {
        private final boolean isMended;
        private final LongColumn value = longColumn("value", 0);

        ChangesWhatItHasSaid(boolean isMended) {
            this.isMended = isMended;
        }

        @Override public Codec<long[]> codec() {
            return Codecs.LONGS;
        }

        @Override public void compute(ObjectVertex<long[]> v, ObjectMessages<long[]> in) {
            while (in.next()) {
                v.set(value, v.get(value) * 31 + in.value()[0]);
            }
            if (v.superstep() < 2) {
                long[] said = {v.id()};
                v.send(v.id(), said);
                said = isMended ? said.clone() : said;
                said[0]++;
                v.broadcast(said);
            }
            v.halt();
        }
    }

    /** Sorts, as it were, the array that it has heard, and so has everybody else. */
    static final class ChangesWhatItHears extends ObjectProgram<long[]> {
        private final boolean isMended;
        private final LongColumn value = longColumn("value", 0);

        ChangesWhatItHears(boolean isMended) {
            this.isMended = isMended;
        }

        @Override public Codec<long[]> codec() {
            return Codecs.LONGS;
        }

        @Override public void compute(ObjectVertex<long[]> v, ObjectMessages<long[]> in) {
            while (in.next()) {
                long[] heard = isMended ? in.value().clone() : in.value();
                heard[0] += 1;
                v.set(value, v.get(value) + heard[0]);
            }
            if (v.superstep() < 2) {
                v.broadcast(new long[] {v.id()});
            }
            v.halt();
        }
    }

    /** Adds into the array that stands in its column, which all have in common at first. */
    static final class ChangesItsColumn extends Longs {
        private final ObjectColumn<long[]> counts = objectColumn("counts", Codecs.LONGS, new long[2]);

        ChangesItsColumn(boolean isMended) {
            super(isMended);
        }

        @Override long next(LongVertex v, long heard) {
            long[] mine = isMended ? v.get(counts).clone() : v.get(counts);
            mine[0]++;
            v.set(counts, mine);
            return mine[0];
        }
    }

    /** Changes an object that it has of the hook. */
    static final class ChangesAGlobal extends Longs {
        private final ObjectGlobal<long[]> bounds = objectGlobal("bounds", Codecs.LONGS, new long[] {7});

        ChangesAGlobal(boolean isMended) {
            super(isMended);
        }

        @Override long next(LongVertex v, long heard) {
            long[] read = isMended ? v.global(bounds).clone() : v.global(bounds);
            return ++read[0];
        }
    }

    /** Something with a codec that forgets a field. */
    record Visit(long place, int hour) {
        static Codec<Visit> codec(boolean isMended) {
            return new Codec<>() {
                @Override public void write(Visit visit, DataOutput out) throws IOException {
                    out.writeLong(visit.place);
                    if (isMended) {
                        out.writeInt(visit.hour);
                    }
                }

                @Override public Visit read(DataInput in) throws IOException {
                    return new Visit(in.readLong(), isMended ? in.readInt() : 0);
                }
            };
        }
    }

    /** Says such things. */
    static final class ForgetfulCodec extends ObjectProgram<Visit> {
        private final LongColumn value = longColumn("value", 0);
        private final Codec<Visit> codec;

        ForgetfulCodec(boolean isMended) {
            codec = Visit.codec(isMended);
        }

        @Override public Codec<Visit> codec() {
            return codec;
        }

        @Override public void compute(ObjectVertex<Visit> v, ObjectMessages<Visit> in) {
            while (in.next()) {
                v.set(value, v.get(value) + in.value().hour());
            }
            if (v.superstep() < 3) {
                v.broadcast(new Visit(v.id(), v.superstep()));
            }
            v.halt();
        }
    }

    /** Keeps such things in a column. */
    static final class ForgetfulColumn extends Longs {
        private final ObjectColumn<Visit> visit;

        ForgetfulColumn(boolean isMended) {
            super(isMended);
            visit = objectColumn("visit", Visit.codec(isMended), new Visit(0, 0));
        }

        @Override long next(LongVertex v, long heard) {
            v.set(visit, new Visit(v.id(), v.superstep() + 1));
            return v.get(visit).hour();
        }
    }

    /** What arrives depends on how often anything did. */
    static final class ImpureAlong extends Longs {
        private long tolls;

        ImpureAlong(boolean isMended) {
            super(isMended);
        }

        @Override public long along(long message, double weight) {
            return message + (isMended ? (long) weight : tolls++ % 3);
        }

        @Override long next(LongVertex v, long heard) {
            return heard;
        }
    }

    /** Refuses every other removal. */
    static final class ImpureResolve extends Longs {
        private int asked;

        ImpureResolve(boolean isMended) {
            super(isMended);
        }

        @Override public boolean changesGraph() {
            return true;
        }

        @Override public boolean resolve(VertexConflict conflict) {
            return isMended ? conflict.vertexId() % 2 == 0 : asked++ % 2 == 0;
        }

        @Override long next(LongVertex v, long heard) {
            if (v.superstep() == 1) {
                v.removeVertex(v.id());
            }
            return 1;
        }
    }

    /** Reads of its scratch array what the vertex before has left there. */
    static final class DirtyScratch extends Longs {
        private final Scratch<long[]> buffer = scratch(() -> new long[1]);

        DirtyScratch(boolean isMended) {
            super(isMended);
        }

        @Override long next(LongVertex v, long heard) {
            long[] mine = v.scratch(buffer);
            if (isMended) {
                mine[0] = 0;
            }
            mine[0] += v.outDegree() + 1;
            return mine[0];
        }
    }

    /** Changes the graph without having said that it does. */
    static final class UndeclaredChanges extends Longs {
        UndeclaredChanges(boolean isMended) {
            super(isMended);
        }

        @Override public boolean changesGraph() {
            return isMended;
        }

        @Override long next(LongVertex v, long heard) {
            if (v.superstep() == 1) {
                v.addEdge(v.id());
            }
            return heard;
        }
    }

    /** Waits, in superstep 0, for what never comes. */
    static final class Stuck extends LongProgram {
        private final LongColumn value = longColumn("value", 0);

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            long waited = 0;
            while (v.superstep() == 0) {
                // The thread outlives the check; it ends with the tests' process, and leaves the processor to others until then.
                LockSupport.parkNanos(10_000_000);
                waited++;
            }
            v.set(value, waited);
        }
    }

    /** Never halts. */
    static final class Restless extends LongProgram {
        private final boolean isMended;
        private final LongColumn value = longColumn("value", 0);

        Restless(boolean isMended) {
            this.isMended = isMended;
        }

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            v.set(value, v.superstep());
            if (isMended && v.superstep() == 5) {
                v.halt();
            }
        }
    }
}
