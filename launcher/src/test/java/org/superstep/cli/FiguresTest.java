package org.superstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class FiguresTest {
    @Property(tries = 300)
    void countsAreGroupedByThousands(@ForAll long number) {
        assertThat(Figures.count(number)).isEqualTo(String.format(Locale.ROOT, "%,d", number));
    }

    @Test void timesAndBytesHaveThreeDigitsAndAUnit() {
        assertThat(Figures.time(0)).isEqualTo("0 ns");
        assertThat(Figures.time(999)).isEqualTo("999 ns");
        assertThat(Figures.time(1_000)).isEqualTo("1.00 µs");
        assertThat(Figures.time(412_345_678)).isEqualTo("412 ms");
        assertThat(Figures.time(999_600_000)).isEqualTo("1.00 s");
        assertThat(Figures.time(1_834_000_000L)).isEqualTo("1.83 s");
        assertThat(Figures.time(7_540_000_000_000L)).isEqualTo("7540 s");
        assertThat(Figures.bytes(854_362)).isEqualTo("854 kB");
        assertThat(Figures.bytes(3_708_538)).isEqualTo("3.71 MB");
        assertThat(Figures.bytes(Long.MAX_VALUE)).isEqualTo("9.22 EB");
    }

    @Property(tries = 300)
    void fixedRoundsTheNearestDecimal(@ForAll @DoubleRange(min = -1e6, max = 1e6) double value, @ForAll @IntRange(max = 9) int decimals) {
        var exact = new BigDecimal(value);
        var shown = new BigDecimal(Figures.fixed(value, decimals));
        assertThat(shown.scale()).isEqualTo(decimals);
        // The product with the power of ten is rounded too, so a value very near a half may go either way.
        assertThat(shown.subtract(exact).abs()).isLessThanOrEqualTo(BigDecimal.valueOf(0.5000001).scaleByPowerOfTen(-decimals));
    }

    @Test void aColumnShowsAllItsValuesInOneForm() {
        assertThat(Figures.column(new double[] {0.1009179, 0.0970019, 0.0295})).containsExactly("0.100918", "0.097002", "0.029500");
        assertThat(Figures.column(new double[] {0, 1, 2})).containsExactly("0", "1", "2");
        assertThat(Figures.column(new double[] {0, 0.5, 2.25})).containsExactly("0.00", "0.50", "2.25");
        assertThat(Figures.column(new double[] {0, 0})).containsExactly("0", "0");
        assertThat(Figures.column(new double[] {1234567, 12})).containsExactly("1234567", "12");
        assertThat(Figures.column(new double[] {100, -20})).containsExactly("100", "-20");
        assertThat(Figures.column(new double[] {1.5, Double.POSITIVE_INFINITY, Double.NaN})).containsExactly("1.5", "Infinity", "NaN");
        assertThat(Figures.column(new double[0])).isEmpty();
    }

    @Test void aColumnOfFarApartValuesShowsEachByItself() {
        assertThat(Figures.column(new double[] {1000, 1e-6})).containsExactly("1E+3", "0.000001");
        assertThat(Figures.column(new double[] {6.02214076e23})).containsExactly("6.02214E+23");
        assertThat(Figures.column(new double[] {1.25e-12})).containsExactly("1.25E-12");
        assertThat(Figures.column(new double[] {Double.MAX_VALUE, Double.MIN_VALUE})).containsExactly("1.79769E+308", "4.94066E-324");
    }

    @Property(tries = 300)
    void aColumnKeepsSixDigitsOfItsGreatestValueAndThreeOfTheLeast(@ForAll @Size(min = 1, max = 5) double[] values) {
        String[] texts = Figures.column(values);
        double greatest = Arrays.stream(values).filter(Double::isFinite).map(Math::abs).max().orElse(0);
        for (int i = 0; i < values.length; i++) {
            if (Double.isFinite(values[i])) {
                var tolerance = new BigDecimal(Math.max(Math.abs(values[i]), Double.MIN_VALUE))
                    .multiply(BigDecimal.valueOf(Math.abs(values[i]) == greatest ? 0.5000001e-5 : 0.5000001e-2));
                assertThat(new BigDecimal(texts[i]).subtract(new BigDecimal(values[i])).abs()).isLessThanOrEqualTo(
                    tolerance.setScale(400, RoundingMode.UP));
            }
        }
    }
}
