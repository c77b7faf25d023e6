package org.superstep.datasets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.superstep.graph.Column;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.DoubleCombiner;
import org.superstep.graph.DoubleMessages;
import org.superstep.graph.DoubleProgram;
import org.superstep.graph.DoubleVertex;
import org.superstep.graph.LongColumn;
import org.superstep.graph.io.RowEncoder;

class TextRowsTest {
    private final Columns columns = new Columns();

    @Test
    void tsvAndCsvHaveAHeader() {
        assertThat(table(TextRows.TSV, columns.rank, columns.level))
            .isEqualTo("id\trank\tlevel\n-7\t0.25\t-1\n9223372036854775807\t1.0E-5\t42\n");
        assertThat(table(TextRows.CSV, columns.rank, columns.level))
            .isEqualTo("id,rank,level\n-7,0.25,-1\n9223372036854775807,1.0E-5,42\n");
    }

    @Test
    void jsonLinesAreObjects() {
        assertThat(table(TextRows.JSONL, columns.rank, columns.level))
            .isEqualTo("{\"id\":-7,\"rank\":0.25,\"level\":-1}\n{\"id\":9223372036854775807,\"rank\":1.0E-5,\"level\":42}\n");
    }

    @Test
    void oddNamesAreEscaped() {
        List<Column> odd = List.of(columns.odd);
        assertThat(TextRows.TSV.header(odd)).asString(UTF_8).isEqualTo("id\ta,\"b\"\\tc\\\\d\n");
        assertThat(TextRows.CSV.header(odd)).asString(UTF_8).isEqualTo("id,\"a,\"\"b\"\"\tc\\d\"\n");
        assertThat(TextRows.JSONL.header(odd)).isEmpty();
        var encoder = TextRows.JSONL.encoder(odd);
        encoder.begin(1);
        encoder.put(2.0);
        encoder.end();
        assertThat(text(encoder)).isEqualTo("{\"id\":1,\"a,\\\"b\\\"\\tc\\\\d\":2.0}\n");
    }

    @Test
    void specialValues() {
        assertThat(row(TextRows.TSV, Double.POSITIVE_INFINITY)).isEqualTo("1\tInfinity\n");
        assertThat(row(TextRows.CSV, Double.NEGATIVE_INFINITY)).isEqualTo("1,-Infinity\n");
        assertThat(row(TextRows.TSV, Double.NaN)).isEqualTo("1\tNaN\n");
        assertThat(row(TextRows.TSV, -0.0)).isEqualTo("1\t-0.0\n");
        assertThat(row(TextRows.JSONL, Double.POSITIVE_INFINITY)).isEqualTo("{\"id\":1,\"rank\":\"Infinity\"}\n");
        assertThat(row(TextRows.JSONL, Double.NEGATIVE_INFINITY)).isEqualTo("{\"id\":1,\"rank\":\"-Infinity\"}\n");
        assertThat(row(TextRows.JSONL, Double.NaN)).isEqualTo("{\"id\":1,\"rank\":\"NaN\"}\n");
    }

    /** Values of which JDK 17's Double.toString gives more digits than are needed. */
    @Test
    void doublesAreTheShortestDecimal() {
        assertThat(row(TextRows.TSV, 2.0E-3)).isEqualTo("1\t0.002\n");
        assertThat(row(TextRows.TSV, 2.2E-322)).isEqualTo("1\t2.2E-322\n");
        assertThat(row(TextRows.TSV, 2.0E23)).isEqualTo("1\t2.0E23\n");
        assertThat(row(TextRows.TSV, Double.MIN_VALUE)).isEqualTo("1\t4.9E-324\n");
        assertThat(row(TextRows.TSV, Double.MAX_VALUE)).isEqualTo("1\t1.7976931348623157E308\n");
    }

    @Property(tries = 2000)
    void doublesReadBackToTheBit(@ForAll long bits) {
        double value = Double.longBitsToDouble(bits);
        String row = row(TextRows.TSV, value);
        // All NaNs are one in the output.
        assertThat(Double.doubleToLongBits(Double.parseDouble(row.substring(2).trim()))).isEqualTo(Double.doubleToLongBits(value));
    }

    @Property(tries = 300)
    void jsonReadsBack(@ForAll long id, @ForAll double rank, @ForAll long level) throws IOException {
        var encoder = TextRows.JSONL.encoder(List.of(columns.rank, columns.level));
        encoder.begin(id);
        encoder.put(rank);
        encoder.put(level);
        encoder.end();
        try (var json = new JsonFactory().createParser(text(encoder))) {
            assertThat(json.nextToken()).isEqualTo(JsonToken.START_OBJECT);
            assertThat(json.nextFieldName()).isEqualTo("id");
            json.nextToken();
            assertThat(json.getLongValue()).isEqualTo(id);
            assertThat(json.nextFieldName()).isEqualTo("rank");
            json.nextToken();
            assertThat(json.getDoubleValue()).isEqualTo(rank);
            assertThat(json.nextFieldName()).isEqualTo("level");
            json.nextToken();
            assertThat(json.getLongValue()).isEqualTo(level);
            assertThat(json.nextToken()).isEqualTo(JsonToken.END_OBJECT);
        }
    }

    @Test
    void truthValuesAndFloats() {
        assertThat(rows(row -> row.put(true))).containsExactly("1\ttrue\n", "1,true\n", "{\"id\":1,\"rank\":true}\n");
        assertThat(rows(row -> row.put(false))).containsExactly("1\tfalse\n", "1,false\n", "{\"id\":1,\"rank\":false}\n");
        assertThat(rows(row -> row.put(0.1f))).containsExactly("1\t0.1\n", "1,0.1\n", "{\"id\":1,\"rank\":0.1}\n");
        assertThat(rows(row -> row.put(-0f))).containsExactly("1\t-0.0\n", "1,-0.0\n", "{\"id\":1,\"rank\":-0.0}\n");
        assertThat(rows(row -> row.put(Float.NaN))).containsExactly("1\tNaN\n", "1,NaN\n", "{\"id\":1,\"rank\":\"NaN\"}\n");
        assertThat(rows(row -> row.put(Float.NEGATIVE_INFINITY)))
            .containsExactly("1\t-Infinity\n", "1,-Infinity\n", "{\"id\":1,\"rank\":\"-Infinity\"}\n");
        // Of which JDK 17's Float.toString gives more digits than are needed.
        assertThat(rows(row -> row.put(Float.MIN_NORMAL)).get(0)).isEqualTo("1\t1.1754944E-38\n");
        assertThat(rows(row -> row.put(Float.MIN_VALUE)).get(0)).isEqualTo("1\t1.4E-45\n");
        assertThat(rows(row -> row.put(Float.MAX_VALUE)).get(0)).isEqualTo("1\t3.4028235E38\n");
    }

    @Property(tries = 1000)
    void floatsReadBackToTheBit(@ForAll int bits) {
        float value = Float.intBitsToFloat(bits);
        String row = rows(encoder -> encoder.put(value)).get(0);
        assertThat(Float.floatToIntBits(Float.parseFloat(row.substring(2).trim()))).isEqualTo(Float.floatToIntBits(value));
    }

    @Test
    void aVectorIsOneCell() {
        var places = new double[] {99, 0.5, Double.NaN, -1e-7, 99};
        assertThat(rows(row -> row.put(places, 1, 4)))
            .containsExactly("1\t0.5 NaN -1.0E-7\n", "1,0.5 NaN -1.0E-7\n", "{\"id\":1,\"rank\":[0.5,\"NaN\",-1.0E-7]}\n");
        assertThat(rows(row -> row.put(new long[] {Long.MIN_VALUE, 7}, 0, 2))).containsExactly("1\t-9223372036854775808 7\n",
            "1,-9223372036854775808 7\n", "{\"id\":1,\"rank\":[-9223372036854775808,7]}\n");
        assertThat(rows(row -> row.put(new long[] {7}, 0, 1))).containsExactly("1\t7\n", "1,7\n", "{\"id\":1,\"rank\":[7]}\n");
        assertThat(rows(row -> row.put(new double[0], 0, 0))).containsExactly("1\t\n", "1,\n", "{\"id\":1,\"rank\":[]}\n");
    }

    @Test
    void aVectorLongerThanTheBufferIsWrittenWhole() {
        var elements = new double[10_000];
        Arrays.fill(elements, -Double.MIN_NORMAL);
        String element = "-2.2250738585072014E-308";
        assertThat(rows(row -> row.put(elements, 0, elements.length))).containsExactly(
            "1\t" + (element + " ").repeat(9_999) + element + "\n", "1," + (element + " ").repeat(9_999) + element + "\n",
            "{\"id\":1,\"rank\":[" + (element + ",").repeat(9_999) + element + "]}\n");
    }

    @Test
    void textIsEscapedWhereItHoldsWhatTheFormatParts() {
        assertThat(rows(row -> row.put("plain text"))).containsExactly("1\tplain text\n", "1,plain text\n",
            "{\"id\":1,\"rank\":\"plain text\"}\n");
        assertThat(rows(row -> row.put(""))).containsExactly("1\t\n", "1,\n", "{\"id\":1,\"rank\":\"\"}\n");
        assertThat(rows(row -> row.put("a\tb\nc\\d\r"))).containsExactly("1\ta\\tb\\nc\\\\d\\r\n", "1,\"a\tb\nc\\d\r\"\n",
            "{\"id\":1,\"rank\":\"a\\tb\\nc\\\\d\\r\"}\n");
        assertThat(rows(row -> row.put("one, \"two\""))).containsExactly("1\tone, \"two\"\n", "1,\"one, \"\"two\"\"\"\n",
            "{\"id\":1,\"rank\":\"one, \\\"two\\\"\"}\n");
        assertThat(rows(row -> row.put("Zürich \u2192 \uD83D\uDE00"))).containsExactly("1\tZürich \u2192 \uD83D\uDE00\n",
            "1,Zürich \u2192 \uD83D\uDE00\n", "{\"id\":1,\"rank\":\"Zürich \u2192 \uD83D\uDE00\"}\n");
        // Half a pair is no character, in UTF-8 neither.
        assertThat(rows(row -> row.put("\uD83D"))).containsExactly("1\t?\n", "1,?\n", "{\"id\":1,\"rank\":\"?\"}\n");
        assertThat(rows(row -> row.put("x".repeat(100_000)))).allMatch(row -> row.contains("x".repeat(100_000)));
    }

    @Property(tries = 300)
    void textReadsBack(@ForAll("texts") String text) throws IOException {
        List<String> rows = rows(row -> row.put(text));
        String cell = rows.get(0).substring(2, rows.get(0).length() - 1);
        assertThat(cell).doesNotContain("\t", "\n", "\r");
        assertThat(cell.translateEscapes()).isEqualTo(text);
        String quoted = rows.get(1).substring(2, rows.get(1).length() - 1);
        assertThat(quoted.startsWith("\"") ? quoted.substring(1, quoted.length() - 1).replace("\"\"", "\"") : quoted).isEqualTo(text);
        try (var json = new JsonFactory().createParser(rows.get(2))) {
            json.nextToken();
            json.nextFieldName();
            json.nextToken();
            json.nextFieldName();
            assertThat(json.nextTextValue()).isEqualTo(text);
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("ab \t\n\r\\\",'\u0001\u00e9\u2192").ofMaxLength(20);
    }

    @Test
    void objectsAreVectorsOrText() {
        assertThat(rows(row -> row.putObject(new double[] {1, 2})).get(2)).isEqualTo("{\"id\":1,\"rank\":[1.0,2.0]}\n");
        assertThat(rows(row -> row.putObject(new long[] {1, 2})).get(1)).isEqualTo("1,1 2\n");
        assertThat(rows(row -> row.putObject(new byte[] {1, -2})).get(0)).isEqualTo("1\t1 -2\n");
        assertThat(rows(row -> row.putObject(List.of(1, 2)))).containsExactly("1\t[1, 2]\n", "1,\"[1, 2]\"\n",
            "{\"id\":1,\"rank\":\"[1, 2]\"}\n");
    }

    @Test
    void theBufferGrowsAndIsUsedAgain() {
        for (var rows : TextRows.values()) {
            var encoder = rows.encoder(List.of(columns.rank));
            var once = new StringBuilder();
            for (int i = 0; i < 10_000; i++) {
                encoder.begin(Long.MIN_VALUE);
                encoder.put(-Double.MIN_NORMAL);
                encoder.end();
            }
            once.append(text(encoder));
            assertThat(encoder.size()).isEqualTo(once.length()).isGreaterThan(300_000);
            encoder.clear();
            assertThat(encoder.size()).isZero();
            encoder.begin(Long.MIN_VALUE);
            encoder.put(-Double.MIN_NORMAL);
            encoder.end();
            assertThat(text(encoder).repeat(10_000)).isEqualTo(once.toString());
        }
    }

    @Test
    void formatsAreFoundByName() {
        assertThat(TextRows.named("tsv")).contains(TextRows.TSV);
        assertThat(TextRows.named("csv")).contains(TextRows.CSV);
        assertThat(TextRows.named("jsonl")).contains(TextRows.JSONL);
        assertThat(TextRows.named("xml")).isEmpty();
    }

    private static String table(TextRows rows, Column first, Column second) {
        var encoder = rows.encoder(List.of(first, second));
        encoder.begin(-7);
        encoder.put(0.25);
        encoder.put(-1);
        encoder.end();
        encoder.begin(Long.MAX_VALUE);
        encoder.put(0.00001);
        encoder.put(42L);
        encoder.end();
        return new String(rows.header(List.of(first, second)), UTF_8) + text(encoder);
    }

    private String row(TextRows rows, double value) {
        var encoder = rows.encoder(List.of(columns.rank));
        encoder.begin(1);
        encoder.put(value);
        encoder.end();
        return text(encoder);
    }

    /** A row of one cell, in each format. */
    private List<String> rows(Consumer<RowEncoder> cell) {
        return Arrays.stream(TextRows.values()).map(rows -> {
            var encoder = rows.encoder(List.of(columns.rank));
            encoder.begin(1);
            cell.accept(encoder);
            encoder.end();
            return text(encoder);
        }).toList();
    }

    private static String text(RowEncoder encoder) {
        return new String(encoder.buffer(), 0, encoder.size(), UTF_8);
    }

    /** Columns belong to a program, so here is one. */
    private static final class Columns extends DoubleProgram {
        private final DoubleColumn rank = doubleColumn("rank", 0);
        private final LongColumn level = longColumn("level", 0);
        private final DoubleColumn odd = doubleColumn("a,\"b\"\tc\\d", 0);

        @Override
        public DoubleCombiner combiner() {
            return DoubleCombiner.SUM;
        }

        @Override
        public void compute(DoubleVertex v, DoubleMessages in) {
            v.halt();
        }
    }
}
