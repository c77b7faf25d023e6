package org.superstep.graph.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The sum against BigDecimal, which has no rounding either, and its independence of order and grouping. */
class ExactSumTest {
    private static final double HALF_ULP_OF_ONE = 0x1p-53;

    @Property(tries = 400)
    void equalsTheSumWithoutRounding(@ForAll("terms") List<Double> terms) {
        assertThat(bits(sumOf(terms))).isEqualTo(bits(rounded(terms)));
    }

    @Property(tries = 400)
    void whatCancelsLeavesNoTrace(@ForAll("terms") List<Double> terms, @ForAll("finite") double rest, @ForAll Random random) {
        var all = new ArrayList<>(terms);
        terms.forEach(term -> all.add(-term));
        all.add(rest);
        Collections.shuffle(all, random);
        assertThat(sumOf(all)).isEqualTo(rest == 0 ? 0 : rest);
    }

    @Property(tries = 300)
    void anyGroupingAndOrderOfMergesGivesTheSameState(@ForAll("terms") List<Double> terms, @ForAll Random random) {
        var groups = new ArrayList<ExactSum>();
        for (int i = 0; i < 5; i++) {
            groups.add(new ExactSum());
        }
        var shuffled = new ArrayList<>(terms);
        Collections.shuffle(shuffled, random);
        shuffled.forEach(term -> groups.get(random.nextInt(groups.size())).add(term));
        while (groups.size() > 1) {
            var merged = groups.remove(random.nextInt(groups.size()));
            groups.get(random.nextInt(groups.size())).merge(merged.state());
        }
        assertThat(groups.get(0).state()).isEqualTo(allIn(terms).state());
        assertThat(bits(groups.get(0).rounded())).isEqualTo(bits(rounded(terms)));
    }

    @Property(tries = 200)
    void readingDoesNotDisturb(@ForAll("terms") List<Double> terms) {
        var read = new ExactSum();
        for (double term : terms) {
            read.add(term);
            read.rounded();
            read.state();
        }
        assertThat(read.state()).isEqualTo(allIn(terms).state());
    }

    @Test
    void manyMoreTermsThanFitBetweenTwoCarries() {
        var random = new SplittableRandom(1);
        for (double magnitude : new double[] {1, Double.MIN_VALUE, 0x1p-1022, 0x1.fffffffffffffp900}) {
            var terms = new ArrayList<Double>();
            for (int i = 0; i < 20_000; i++) {
                terms.add(magnitude * (random.nextInt(1000) < 500 ? 1 : i % 7 == 0 ? -3 : 2));
            }
            assertThat(sumOf(terms)).as("magnitude %s", magnitude).isEqualTo(rounded(terms));
        }
    }

    @Test
    void manyMergesWithoutAnAddInBetween() {
        var part = allIn(List.of(Double.MAX_VALUE, -1e-300, 0x1p-1074));
        var sum = new ExactSum();
        for (int i = 0; i < 5000; i++) {
            sum.merge(part.state());
            sum.merge(allIn(List.of(-Double.MAX_VALUE)).state());
        }
        var exact = new BigDecimal(-1e-300).add(new BigDecimal(0x1p-1074)).multiply(BigDecimal.valueOf(5000));
        assertThat(sum.rounded()).isEqualTo(exact.doubleValue());
    }

    @Test
    void tiesGoToTheEvenNeighbour() {
        assertThat(sumOf(List.of(1.0, HALF_ULP_OF_ONE))).isEqualTo(1.0);
        assertThat(sumOf(List.of(Math.nextUp(1.0), HALF_ULP_OF_ONE))).isEqualTo(1 + 0x1p-51);
        assertThat(sumOf(List.of(1.0, HALF_ULP_OF_ONE, Double.MIN_VALUE))).isEqualTo(Math.nextUp(1.0));
        assertThat(sumOf(List.of(1.0, HALF_ULP_OF_ONE, -Double.MIN_VALUE))).isEqualTo(1.0);
        assertThat(sumOf(List.of(-1.0, -HALF_ULP_OF_ONE))).isEqualTo(-1.0);
        assertThat(sumOf(List.of(-Math.nextUp(1.0), -HALF_ULP_OF_ONE))).isEqualTo(-1 - 0x1p-51);
        assertThat(sumOf(List.of(Math.nextDown(2.0), HALF_ULP_OF_ONE))).isEqualTo(2.0);
    }

    @Test
    void passesThroughOverflowAndComesBack() {
        assertThat(sumOf(List.of(Double.MAX_VALUE, Double.MAX_VALUE))).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(sumOf(List.of(-Double.MAX_VALUE, -Double.MAX_VALUE))).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(sumOf(List.of(Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE))).isEqualTo(Double.MAX_VALUE);
        for (int terms : new int[] {3, 4, 5, 1000, 1_000_000}) {
            assertThat(sumOf(Collections.nCopies(terms, Double.MAX_VALUE))).as("%s terms", terms).isEqualTo(Double.POSITIVE_INFINITY);
            assertThat(sumOf(Collections.nCopies(terms, -Double.MAX_VALUE))).as("%s terms", terms).isEqualTo(Double.NEGATIVE_INFINITY);
        }
        double halfUlpOfMax = 0x1p970;
        assertThat(sumOf(List.of(Double.MAX_VALUE, halfUlpOfMax))).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(sumOf(List.of(Double.MAX_VALUE, Math.nextDown(halfUlpOfMax)))).isEqualTo(Double.MAX_VALUE);
    }

    @Test
    void smallestNumbersAddUpAcrossTheEndOfTheSubnormals() {
        for (double edge : new double[] {Double.MIN_VALUE, 0x1p-1022, Math.nextDown(0x1p-1022), 0x1p-1021, Math.nextDown(0x1p-1021)}) {
            for (double other : new double[] {Double.MIN_VALUE, -Double.MIN_VALUE, 0x1p-1022, -0x1p-1022, 0x1p-1021}) {
                assertThat(sumOf(List.of(edge, other))).as("%s + %s", edge, other).isEqualTo(edge + other);
            }
        }
    }

    @Test
    void infinitiesAndNaN() {
        double infinity = Double.POSITIVE_INFINITY;
        assertThat(sumOf(List.of(1.0, infinity, -1e300))).isEqualTo(infinity);
        assertThat(sumOf(List.of(-infinity, 1e308))).isEqualTo(-infinity);
        assertThat(bits(sumOf(List.of(infinity, -infinity)))).isEqualTo(bits(Double.NaN));
        assertThat(bits(sumOf(List.of(1.0, Double.longBitsToDouble(0xFFF8_0000_0000_0001L))))).isEqualTo(bits(Double.NaN));
        var merged = allIn(List.of(infinity));
        merged.merge(allIn(List.of(-infinity)).state());
        assertThat(merged.rounded()).isNaN();
    }

    @Test
    void ofNothingItIsPositiveZeroAndClearedItIsOfNothing() {
        assertThat(bits(new ExactSum().rounded())).isZero();
        assertThat(bits(sumOf(List.of(-0.0)))).isZero();
        assertThat(bits(sumOf(List.of(1.0, -1.0)))).isZero();
        var sum = allIn(List.of(1.0, Double.NaN, Double.NEGATIVE_INFINITY));
        assertThat(sum.isEmpty()).isFalse();
        sum.clear();
        assertThat(sum.isEmpty()).isTrue();
        assertThat(bits(sum.rounded())).isZero();
        assertThat(sum.state()).isEqualTo(new ExactSum().state());
    }

    @Test
    void equalSumsHaveEqualStatesHoweverTheyCameAbout() {
        assertThat(allIn(List.of(0.5, 0.5, 1e20, -1e20)).state()).isEqualTo(allIn(List.of(1.0)).state());
        assertThat(allIn(List.of(-0.25, -0.75)).state()).isEqualTo(allIn(List.of(-1.0)).state());
        assertThat(Arrays.equals(allIn(List.of(1.0)).state(), allIn(List.of(-1.0)).state())).isFalse();
    }

    @Provide
    Arbitrary<List<Double>> terms() {
        return finite().list().ofMaxSize(60);
    }

    /** All exponents alike, subnormals included, with mantissas of few and of many bits, and few exponents, so that terms meet. */
    @Provide
    Arbitrary<Double> finite() {
        Arbitrary<Double> anyExponent = Arbitraries.longs().map(ExactSumTest::finiteFromBits);
        Arbitrary<Double> powers = Arbitraries.integers().between(-1074, 1023).map(power -> Math.scalb(1.0, power));
        Arbitrary<Double> near = Arbitraries.integers().between(-60, 3).map(power -> Math.scalb(1 + 0x1p-52, power));
        Arbitrary<Double> subnormal = Arbitraries.longs().between(0, (1L << 53) - 1).map(Double::longBitsToDouble);
        Arbitrary<Double> edges = Arbitraries.of(0.0, Double.MIN_VALUE, Double.MAX_VALUE, 0x1p-1022, 1.0);
        return Arbitraries.oneOf(anyExponent, powers, near, subnormal, edges)
            .flatMap(value -> Arbitraries.of(value, -value));
    }

    private static double finiteFromBits(long bits) {
        double value = Double.longBitsToDouble(bits);
        return Double.isFinite(value) ? value : Double.longBitsToDouble(bits & ~(1L << 62));
    }

    private static ExactSum allIn(List<Double> terms) {
        var sum = new ExactSum();
        terms.forEach(sum::add);
        return sum;
    }

    private static double sumOf(List<Double> terms) {
        return allIn(terms).rounded();
    }

    private static double rounded(List<Double> terms) {
        return terms.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add).doubleValue();
    }

    private static long bits(double value) {
        return Double.doubleToRawLongBits(value);
    }
}
