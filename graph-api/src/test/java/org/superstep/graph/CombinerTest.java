package org.superstep.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The laws that combiners state of themselves, to the bit. */
class CombinerTest {
    private static final List<DoubleCombiner> DOUBLE_FOLDS = List.of(DoubleCombiner.SUM, DoubleCombiner.MIN, DoubleCombiner.MAX);
    private static final List<LongCombiner> LONG_FOLDS = List.of(LongCombiner.SUM, LongCombiner.MIN, LongCombiner.MAX, LongCombiner.AND,
        LongCombiner.OR);

    @Property(tries = 300)
    void theIdentityIsNeutralToTheBit(@ForAll("doubles") double x, @ForAll long y) {
        for (var combiner : DOUBLE_FOLDS) {
            assertThat(bits(combiner.combine(combiner.identity(), x))).isEqualTo(bits(x));
            assertThat(bits(combiner.combine(x, combiner.identity()))).isEqualTo(bits(x));
        }
        for (var combiner : LONG_FOLDS) {
            assertThat(combiner.combine(combiner.identity(), y)).isEqualTo(y);
            assertThat(combiner.combine(y, combiner.identity())).isEqualTo(y);
        }
    }

    @Property(tries = 300)
    void exactOnesAreCommutativeAndAssociativeToTheBit(@ForAll("doubles") double a, @ForAll("doubles") double b,
            @ForAll("doubles") double c) {
        DOUBLE_FOLDS.stream().filter(DoubleCombiner::isExact).forEach(combiner -> {
            assertThat(bits(combiner.combine(a, b))).isEqualTo(bits(combiner.combine(b, a)));
            assertThat(bits(combiner.combine(combiner.combine(a, b), c))).isEqualTo(bits(combiner.combine(a, combiner.combine(b, c))));
        });
    }

    @Property(tries = 300)
    void exactOnesOfLongsToo(@ForAll long a, @ForAll long b, @ForAll long c) {
        LONG_FOLDS.stream().filter(LongCombiner::isExact).forEach(combiner -> {
            assertThat(combiner.combine(a, b)).isEqualTo(combiner.combine(b, a));
            assertThat(combiner.combine(combiner.combine(a, b), c)).isEqualTo(combiner.combine(a, combiner.combine(b, c)));
        });
    }

    @Property(tries = 300)
    void idempotentOnesMayHearTheSameTwice(@ForAll("doubles") double x, @ForAll long y) {
        Stream.concat(DOUBLE_FOLDS.stream(), Stream.of(DoubleCombiner.FIRST)).filter(DoubleCombiner::isIdempotent)
            .forEach(combiner -> assertThat(bits(combiner.combine(x, x))).isEqualTo(bits(x)));
        Stream.concat(LONG_FOLDS.stream(), Stream.of(LongCombiner.FIRST)).filter(LongCombiner::isIdempotent)
            .forEach(combiner -> assertThat(combiner.combine(y, y)).isEqualTo(y));
    }

    @Test
    void whatEachSaysOfItself() {
        assertThat(DoubleCombiner.SUM.isExact()).isFalse();
        assertThat(DoubleCombiner.MIN.isExact()).isTrue();
        assertThat(DoubleCombiner.MAX.isExact()).isTrue();
        assertThat(DoubleCombiner.FIRST.isExact()).as("the first in one order is not the first in another").isFalse();
        assertThat(LONG_FOLDS).allMatch(LongCombiner::isExact);
        assertThat(LongCombiner.FIRST.isExact()).isFalse();
        assertThat(LongCombiner.SUM.isIdempotent()).isFalse();
        assertThat(List.of(LongCombiner.MIN, LongCombiner.MAX, LongCombiner.AND, LongCombiner.OR)).allMatch(LongCombiner::isIdempotent);
        assertThat(List.of(DoubleCombiner.MIN, DoubleCombiner.MAX)).allMatch(DoubleCombiner::isIdempotent);
    }

    @Test
    void ofNoMessagesASumIsNegativeZeroTheTrueNeutral() {
        assertThat(bits(DoubleCombiner.SUM.identity())).isEqualTo(bits(-0.0));
        assertThat(bits(DoubleCombiner.SUM.combine(-0.0, -0.0))).isEqualTo(bits(-0.0));
        assertThat(bits(DoubleCombiner.FIRST.identity())).isEqualTo(bits(0.0));
        assertThat(LongCombiner.FIRST.identity()).isZero();
    }

    @Test
    void theFirstOfTwoIsTheLeftOne() {
        assertThat(DoubleCombiner.FIRST.combine(3, 1)).isEqualTo(3);
        assertThat(LongCombiner.FIRST.combine(3, 1)).isEqualTo(3);
    }

    /** Any but NaNs of other patterns than the canonical one: cursors let no others through. */
    @Provide
    Arbitrary<Double> doubles() {
        Arbitrary<Double> special = Arbitraries.of(0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY,
            Double.MIN_VALUE, Double.MAX_VALUE, 1.0, -1.0);
        return Arbitraries.oneOf(special, Arbitraries.longs().map(Double::longBitsToDouble).map(Vertex::canonical));
    }

    private static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }
}
