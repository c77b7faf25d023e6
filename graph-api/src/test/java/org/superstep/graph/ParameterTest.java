package org.superstep.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters: their ranges, and the very words in which a value is refused. */
class ParameterTest {
    private final DoubleParameter damping = new DoubleParameter("damping", "chance to follow an edge", 0.85).between(0, 1);
    private final DoubleParameter tolerance = new DoubleParameter("tolerance", "when to end", 0).atLeast(0);
    private final DoubleParameter anything = new DoubleParameter("shift", "where to", 0);
    private final LongParameter iterations = new LongParameter("iterations", "how often", 20).between(0, 1000);
    private final LongParameter rounds = new LongParameter("rounds", "how often", 1).atLeast(1);
    private final LongParameter any = new LongParameter("offset", "from where", 0);
    private final VertexParameter source = new VertexParameter("source", "where it starts");

    @Test
    void theEndsOfARangeBelongToIt() {
        damping.set(0);
        damping.set(1);
        tolerance.set(0);
        tolerance.set(Double.MAX_VALUE);
        iterations.set(0);
        iterations.set(1000);
        rounds.set(1);
        rounds.set(Long.MAX_VALUE);
        any.set(Long.MIN_VALUE);
        anything.set(-Double.MAX_VALUE);
        assertThat(iterations.get()).isEqualTo(1000);
        assertThat(damping.get()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "1.5, 'damping must be a number from 0.0 to 1.0, was 1.5'",
        "-0.1, 'damping must be a number from 0.0 to 1.0, was -0.1'",
        "NaN, 'damping must be a number from 0.0 to 1.0, was NaN'",
        "Infinity, 'damping must be a number from 0.0 to 1.0, was Infinity'",
        "much, 'damping must be a number from 0.0 to 1.0, was \"much\"'",
        "'', 'damping must be a number from 0.0 to 1.0, was \"\"'"})
    void aNumberOutOfRangeIsRefusedInTheseWords(String text, String message) {
        assertThatThrownBy(() -> damping.parse(text)).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
        assertThat(damping.get()).isEqualTo(0.85);
    }

    @Test
    void openRangesAreSaidAsSuch() {
        assertThatThrownBy(() -> tolerance.parse("-1")).hasMessage("tolerance must be a number of at least 0.0, was -1.0");
        assertThatThrownBy(() -> anything.parse("Infinity")).hasMessage("shift must be a number, was Infinity");
        assertThatThrownBy(() -> rounds.parse("0")).hasMessage("rounds must be an integer of at least 1, was 0");
        assertThatThrownBy(() -> any.parse("1.5")).hasMessage("offset must be an integer, was \"1.5\"");
    }

    @ParameterizedTest
    @CsvSource({
        "1001, 'iterations must be an integer from 0 to 1000, was 1001'",
        "-1, 'iterations must be an integer from 0 to 1000, was -1'",
        "2.0, 'iterations must be an integer from 0 to 1000, was \"2.0\"'",
        "9223372036854775808, 'iterations must be an integer from 0 to 1000, was \"9223372036854775808\"'"})
    void anIntegerOutOfRangeIsRefusedInTheseWords(String text, String message) {
        assertThatThrownBy(() -> iterations.parse(text)).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
        assertThat(iterations.get()).isEqualTo(20);
    }

    @Test
    void spaceAroundANumberIsForgiven() {
        iterations.parse(" 7 ");
        damping.parse("\t0.5 ");
        source.parse(" -3 ");
        assertThat(iterations.get()).isEqualTo(7);
        assertThat(damping.get()).isEqualTo(0.5);
        assertThat(source.get()).isEqualTo(-3);
    }

    @Test
    void aVertexHasNoDefault() {
        assertThat(source.isPresent()).isFalse();
        assertThat(source.text()).isEmpty();
        assertThatThrownBy(source::get).isInstanceOf(IllegalStateException.class)
            .hasMessage("source is missing: it must be the id of a vertex");
        assertThatThrownBy(() -> source.parse("first")).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("source must be the id of a vertex, was \"first\"");
        assertThat(source.isPresent()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE})
    void anyLongNamesAVertex(long id) {
        source.parse(Long.toString(id));
        assertThat(source.get()).isEqualTo(id);
        assertThat(source.text()).contains(Long.toString(id));
    }

    @Test
    void onceTheJobHasStartedNoneChanges() {
        for (var parameter : new Parameter[] {damping, iterations, source}) {
            parameter.freeze();
            assertThatThrownBy(() -> parameter.parse("1")).isInstanceOf(IllegalStateException.class)
                .hasMessage("parameter " + parameter.name() + " cannot change once its job has started; set it before");
        }
        assertThat(damping.get()).isEqualTo(0.85);
        assertThat(iterations.get()).isEqualTo(20);
    }

    @Test
    void theTextOfAValueReadsBack() {
        damping.set(0.1 + 0.2);
        damping.parse(damping.text().orElseThrow());
        assertThat(damping.get()).isEqualTo(0.1 + 0.2);
        assertThat(iterations.text()).contains("20");
    }
}
