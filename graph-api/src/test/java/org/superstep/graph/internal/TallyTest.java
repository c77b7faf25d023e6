package org.superstep.graph.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.superstep.graph.Aggregator;
import org.superstep.graph.Aggregator.Kind;
import org.superstep.graph.DoubleCombiner;
import org.superstep.graph.DoubleMessages;
import org.superstep.graph.DoubleProgram;
import org.superstep.graph.DoubleVertex;

/** What is added to aggregators, merged in any grouping and order, is one to the bit. */
class TallyTest {
    private static final List<Kind> DOUBLES = List.of(Kind.DOUBLE_SUM, Kind.DOUBLE_MIN, Kind.DOUBLE_MAX);

    @Property(tries = 200)
    void anyGroupingAndOrderComesToTheSame(@ForAll long seed) {
        var random = new Random(seed);
        var aggregators = new EveryKind().declarations().aggregators();
        var values = random.longs(random.nextInt(50)).boxed().toList();
        var whole = new Tally(aggregators);
        values.forEach(value -> addEverywhere(whole, aggregators, value));

        var groups = new ArrayList<Tally>();
        for (int i = 0; i < 4; i++) {
            groups.add(new Tally(aggregators));
        }
        var shuffled = new ArrayList<>(values);
        Collections.shuffle(shuffled, random);
        shuffled.forEach(value -> addEverywhere(groups.get(random.nextInt(4)), aggregators, value));
        while (groups.size() > 1) {
            var merged = groups.remove(random.nextInt(groups.size()));
            var into = groups.get(random.nextInt(groups.size()));
            if (random.nextBoolean()) {
                into.merge(merged);
            } else {
                into.merge(merged.states());
            }
        }
        assertThat(groups.get(0).values()).isEqualTo(whole.values());
        assertThat(groups.get(0).states()).isDeepEqualTo(whole.states());
    }

    @Test
    void ofNothingEachIsItsIdentity() {
        var tally = new Tally(new EveryKind().declarations().aggregators());
        long[] identities = {bits(0), bits(Double.POSITIVE_INFINITY), bits(Double.NEGATIVE_INFINITY),
            0, Long.MAX_VALUE, Long.MIN_VALUE, 1, 0};
        assertThat(tally.values()).isEqualTo(identities);
        assertThat(Arrays.asList(tally.states())).containsOnlyNulls();
        var into = new Tally(new EveryKind().declarations().aggregators());
        into.merge(tally);
        into.merge(tally.states());
        assertThat(Arrays.asList(into.states())).containsOnlyNulls();
        addEverywhere(tally, new EveryKind().declarations().aggregators(), 17);
        tally.clear();
        assertThat(tally.values()).isEqualTo(identities);
        assertThat(Arrays.asList(tally.states())).containsOnlyNulls();
    }

    @Test
    void anIdentityThatWasAddedIsKeptApartFromNothing() {
        var tally = new Tally(new EveryKind().declarations().aggregators());
        tally.add(0, 0.0);
        tally.add(4, Long.MAX_VALUE);
        assertThat(tally.states()[0]).isNotNull();
        assertThat(tally.states()[4]).isNotNull();
        assertThat(tally.states()[1]).isNull();
    }

    @Test
    void extremesOfDoublesOrderZerosAndLetNaNWin() {
        assertThat(extreme(Kind.DOUBLE_MIN, 0.0, -0.0)).isEqualTo(bits(-0.0));
        assertThat(extreme(Kind.DOUBLE_MIN, -0.0, 0.0)).isEqualTo(bits(-0.0));
        assertThat(extreme(Kind.DOUBLE_MAX, 0.0, -0.0)).isEqualTo(bits(0.0));
        assertThat(extreme(Kind.DOUBLE_MAX, -0.0, 0.0)).isEqualTo(bits(0.0));
        double otherNaN = Double.longBitsToDouble(0x7FF8_0000_0000_1234L);
        assertThat(extreme(Kind.DOUBLE_MIN, otherNaN, 1)).isEqualTo(bits(Double.NaN));
        assertThat(extreme(Kind.DOUBLE_MAX, 1, otherNaN)).isEqualTo(bits(Double.NaN));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void aPartialTakesItsOwnTypeAlone(Kind kind) {
        var partial = Partial.of(kind);
        assertThatThrownBy(() -> {
            if (DOUBLES.contains(kind)) {
                partial.add(1L);
            } else {
                partial.add(1.0);
            }
        }).isInstanceOf(IllegalStateException.class);
        assertThat(partial.isEmpty()).isTrue();
    }

    @Test
    void sumsOfLongsWrapAround() {
        var sum = Partial.of(Kind.LONG_SUM);
        sum.add(Long.MAX_VALUE);
        sum.add(1L);
        assertThat(sum.value()).isEqualTo(Long.MIN_VALUE);
    }

    private static long extreme(Kind kind, double... values) {
        var partial = Partial.of(kind);
        for (double value : values) {
            partial.add(value);
        }
        return partial.value();
    }

    private static void addEverywhere(Tally tally, List<Aggregator> aggregators, long value) {
        for (var aggregator : aggregators) {
            if (DOUBLES.contains(aggregator.kind())) {
                tally.add(aggregator.index(), Double.longBitsToDouble(value));
            } else if (aggregator.kind() == Kind.AND || aggregator.kind() == Kind.OR) {
                tally.add(aggregator.index(), value & 1);
            } else {
                tally.add(aggregator.index(), value);
            }
        }
    }

    private static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }

    /** Declares one aggregator of each kind. */
    private static final class EveryKind extends DoubleProgram {
        EveryKind() {
            sum("double sum");
            min("double min");
            max("double max");
            longSum("long sum");
            longMin("long min");
            longMax("long max");
            and("and");
            or("or");
        }

        @Override public DoubleCombiner combiner() {
            return DoubleCombiner.SUM;
        }

        @Override public void compute(DoubleVertex v, DoubleMessages in) {
        }
    }
}
