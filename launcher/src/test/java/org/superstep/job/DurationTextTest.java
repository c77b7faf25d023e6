package org.superstep.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationTextTest {
    @ParameterizedTest @CsvSource({"500ms, 500, 500ms", "10s, 10000, 10s", "5m, 300000, 5m", "2h, 7200000, 2h", "1d, 86400000, 1d",
        "0s, 0, 0s", "90m, 5400000, 90m", "1000ms, 1000, 1s", "24h, 86400000, 1d", "1001ms, 1001, 1001ms",
        "9999999999d, 863999999913600000, 9999999999d"})
    void aTextSaysHowLongAndComesBackInTheGreatestUnit(String text, long millis, String shortest) {
        assertThat(DurationText.parse(text)).isEqualTo(Duration.ofMillis(millis));
        assertThat(DurationText.of(Duration.ofMillis(millis))).isEqualTo(shortest);
    }

    @ParameterizedTest @ValueSource(strings = {"", "10", "s", "10 s", "-1s", "1.5s", "10S", "1w", "99999999999ms", "1h30m", "PT10S"})
    void whatIsNoneIsToldWithWhatWouldBe(String text) {
        assertThatThrownBy(() -> DurationText.parse(text)).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("a span of time such as 500ms, 10s, 5m, 2h or 1d, was \"" + text + "\"");
    }
}
