package org.superstep.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
    private final BooleanParameter normalise = new BooleanParameter("normalise", "whether to", true);
    private final TextParameter label = new TextParameter("label", "what it is called", "");
    private final EnumParameter<Search> search = new EnumParameter<>("search", "how to look", Search.DEPTH_FIRST);
    private final DoublesParameter shares = new DoublesParameter("shares", "how much each gets", new double[] {0.5, 0.25}).between(0, 1);
    private final LongsParameter hops = new LongsParameter("hops", "how far", new long[] {2, 1}).atLeast(0);
    private final VerticesParameter sources = new VerticesParameter("sources", "where it starts");
    private final FileParameter seeds = new FileParameter("seeds", "what it starts with");

    @TempDir private Path folder;

    private enum Search {
        BREADTH_FIRST, DEPTH_FIRST {
            @Override public String toString() {
                return "a constant with a body and a name of its own";
            }
        }
    }

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
    void onceTheJobHasStartedNoneChanges() throws IOException {
        seeds.set(Files.createFile(folder.resolve("seeds")));
        for (var parameter : new Parameter[] {damping, iterations, source, normalise, label, search, shares, hops, sources, seeds}) {
            String good = parameter.text().orElse("1");
            parameter.freeze();
            assertThatThrownBy(() -> parameter.parse(good)).isInstanceOf(IllegalStateException.class)
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

    @Test
    void withoutADefaultAParameterIsNeeded() {
        var ages = new LongsParameter("ages", "how old");
        for (var parameter : new Parameter[] {new DoubleParameter("share", "how much"), new LongParameter("age", "how old"), ages,
            new DoublesParameter("shares", "how much"), new TextParameter("name", "who"),
            new EnumParameter<>("search", "how to look", Search.class), source, sources, seeds}) {
            assertThat(parameter.isPresent()).isFalse();
            assertThat(parameter.text()).isEmpty();
        }
        assertThatThrownBy(ages::values).isInstanceOf(IllegalStateException.class)
            .hasMessage("ages is missing: it must be integers, parted by commas");
        ages.set();
        assertThat(ages.isPresent()).isTrue();
        assertThat(ages.text()).contains("");
    }

    @Test
    void aSwitchIsTrueOrFalse() {
        normalise.parse(" false ");
        assertThat(normalise.get()).isFalse();
        assertThat(normalise.text()).contains("false");
        for (String text : List.of("", "yes", "TRUE", "1")) {
            assertThatThrownBy(() -> normalise.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("normalise must be true or false, was \"" + text + "\"");
        }
    }

    @Test
    void textIsTakenAsItIs() {
        assertThat(label.text()).contains("");
        label.parse(" a, \"b\" ");
        assertThat(label.get()).isEqualTo(" a, \"b\" ");
        assertThat(label.text()).contains(" a, \"b\" ");
    }

    @Test
    void anEnumsConstantsAreWordsInLowerCase() {
        assertThat(search.text()).contains("depth-first");
        assertThat(search.allowed()).isEqualTo("one of breadth-first, depth-first");
        search.parse("breadth-first");
        assertThat(search.get()).isSameAs(Search.BREADTH_FIRST);
        search.parse(" depth-first ");
        assertThat(search.get()).isSameAs(Search.DEPTH_FIRST);
        assertThatThrownBy(() -> search.parse("DEPTH_FIRST")).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("search must be one of breadth-first, depth-first, was \"DEPTH_FIRST\"");
    }

    @Test
    void listsKeepTheirOrder() {
        shares.parse("1, 0.5 ,-0,1");
        assertThat(shares.values()).containsExactly(1, 0.5, -0.0, 1);
        assertThat(shares.size()).isEqualTo(4);
        assertThat(shares.get(1)).isEqualTo(0.5);
        hops.parse("7");
        assertThat(hops.values()).containsExactly(7);
        hops.parse("");
        assertThat(hops.size()).isZero();
        hops.set(3, 1, 2);
        hops.parse(hops.text().orElseThrow());
        assertThat(hops.values()).containsExactly(3, 1, 2);
    }

    @ParameterizedTest
    @CsvSource({
        "'0.5,1.5', 'shares must be numbers from 0.0 to 1.0, parted by commas, was 1.5'",
        "'0.5,NaN', 'shares must be numbers from 0.0 to 1.0, parted by commas, was NaN'",
        "'0.5,', 'shares must be numbers from 0.0 to 1.0, parted by commas, was \"0.5,\"'",
        "'0.5 0.5', 'shares must be numbers from 0.0 to 1.0, parted by commas, was \"0.5 0.5\"'"})
    void aListWithAWrongElementIsRefusedInTheseWords(String text, String message) {
        assertThatThrownBy(() -> shares.parse(text)).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
        assertThat(shares.values()).containsExactly(0.5, 0.25);
        assertThatThrownBy(() -> hops.parse("1,-1")).hasMessage("hops must be integers of at least 0, parted by commas, was -1");
        assertThatThrownBy(() -> hops.parse("1,,1")).hasMessage("hops must be integers of at least 0, parted by commas, was \"1,,1\"");
    }

    @Test
    void arraysAreCopiedOnTheirWayInAndOut() {
        var given = new long[] {3, 1};
        hops.set(given);
        sources.set(given);
        given[0] = 17;
        hops.values()[1] = 17;
        sources.ids()[0] = 17;
        assertThat(hops.values()).containsExactly(3, 1);
        assertThat(sources.ids()).containsExactly(1, 3);
    }

    @Test
    void verticesAreASet() {
        sources.parse("7, -5,1,7," + Long.MAX_VALUE + "," + Long.MIN_VALUE);
        assertThat(sources.ids()).containsExactly(Long.MIN_VALUE, -5, 1, 7, Long.MAX_VALUE);
        assertThat(sources.size()).isEqualTo(5);
        assertThat(sources.get(1)).isEqualTo(-5);
        assertThat(sources.contains(7)).isTrue();
        assertThat(sources.contains(Long.MIN_VALUE)).isTrue();
        assertThat(sources.contains(6)).isFalse();
        sources.parse(sources.text().orElseThrow());
        assertThat(sources.size()).isEqualTo(5);
    }

    @Test
    void verticesMayStandInAFile() throws IOException {
        // A comment in Latin-1, line ends of either kind, and none at the end.
        var file = Files.write(folder.resolve("ids.txt"), "# caf\u00e9\n5\r\n\n -7 # twice\n-7".getBytes(StandardCharsets.ISO_8859_1));
        sources.parse("@" + file);
        assertThat(sources.ids()).containsExactly(-7, 5);
    }

    @Test
    void wrongVerticesAreRefusedInTheseWords() throws IOException {
        String allowed = "sources must be ids of vertices, parted by commas, or @FILE with one a line, was ";
        for (String text : List.of("", "1,,2", "1 2", "1,Paris", "1.0")) {
            assertThatThrownBy(() -> sources.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage(allowed + '"' + text + '"');
        }
        assertThatThrownBy(() -> sources.set()).isInstanceOf(IllegalArgumentException.class).hasMessage(allowed + "none");
        var file = Files.writeString(folder.resolve("ids"), "1\n# two\n\n3 4\n");
        assertThatThrownBy(() -> sources.parse("@" + file)).isInstanceOf(IllegalArgumentException.class)
            .hasMessage(allowed + "\"3 4\" in line 4 of " + file);
        Files.writeString(file, "# none\n");
        assertThatThrownBy(() -> sources.parse("@" + file)).hasMessage(allowed + "@" + file + ", which holds none");
        Files.delete(file);
        assertThatThrownBy(() -> sources.parse("@" + file)).isInstanceOf(IllegalArgumentException.class)
            .hasMessage(allowed + "@" + file + ", which cannot be read: there is no such file");
        assertThatThrownBy(() -> sources.parse("@" + folder)).isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith(allowed + "@" + folder + ", which cannot be read: ");
        assertThat(sources.isPresent()).isFalse();
    }

    @Test
    void aFileMustBeThere() throws IOException {
        assertThatThrownBy(() -> seeds.parse(folder.resolve("no").toString())).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("seeds must be a file that can be read, was " + folder.resolve("no") + ", which is not there");
        assertThatThrownBy(() -> seeds.set(folder)).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("seeds must be a file that can be read, was " + folder + ", which is a folder");
        assertThatThrownBy(() -> seeds.parse("")).hasMessage("seeds must be a file that can be read, was \"\"");
        assertThatThrownBy(() -> seeds.parse("a\0b")).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("which is no path");
        assertThat(seeds.isPresent()).isFalse();
        var file = Files.createFile(folder.resolve("yes"));
        seeds.parse(file.toString());
        assertThat(seeds.get()).isEqualTo(file);
        assertThat(seeds.text()).contains(file.toString());
    }
}
