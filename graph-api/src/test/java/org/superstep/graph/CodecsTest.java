package org.superstep.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What the ready-made codecs write they read, and not a byte more. */
class CodecsTest {
    private static <T> byte[] written(Codec<T> codec, T value) throws IOException {
        var bytes = new ByteArrayOutputStream();
        codec.write(value, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static <T> T roundTrip(Codec<T> codec, T value) throws IOException {
        byte[] bytes = written(codec, value);
        var in = new DataInputStream(new ByteArrayInputStream(bytes));
        T read = codec.read(in);
        assertThat(in.available()).isZero();
        assertThat(written(codec, read)).isEqualTo(bytes);
        return read;
    }

    @Property(tries = 200)
    void whatIsWrittenIsRead(@ForAll long[] longs, @ForAll double[] doubles, @ForAll byte[] bytes, @ForAll String text)
            throws IOException {
        assertThat(roundTrip(Codecs.LONGS, longs)).isEqualTo(longs);
        assertThat(roundTrip(Codecs.DOUBLES, doubles)).isEqualTo(doubles);
        assertThat(roundTrip(Codecs.BYTES, bytes)).isEqualTo(bytes);
        String wellFormed = text.codePoints().filter(c -> c < 0xD800 || c > 0xDFFF)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        assertThat(roundTrip(Codecs.STRING, wellFormed)).isEqualTo(wellFormed);
    }

    @Test
    void emptyOnesAndLongOnes() throws IOException {
        assertThat(roundTrip(Codecs.LONGS, new long[0])).isEmpty();
        assertThat(roundTrip(Codecs.DOUBLES, new double[] {-0.0, Double.MIN_VALUE, Double.NEGATIVE_INFINITY}))
            .containsExactly(-0.0, Double.MIN_VALUE, Double.NEGATIVE_INFINITY);
        assertThat(roundTrip(Codecs.STRING, "")).isEmpty();
        // More than DataOutput.writeUTF can write.
        assertThat(roundTrip(Codecs.STRING, "\u00e4\ud83d\ude00".repeat(40_000))).hasSize(120_000);
    }

    @Test
    void everyNotANumberIsTheCanonicalOne() throws IOException {
        double odd = Double.longBitsToDouble(0xFFF8_0000_0000_0007L);
        assertThat(written(Codecs.DOUBLES, new double[] {odd})).isEqualTo(written(Codecs.DOUBLES, new double[] {Double.NaN}));
    }

    @Test
    void halfACharacterBecomesAQuestionMark() throws IOException {
        assertThat(Codecs.STRING.read(new DataInputStream(new ByteArrayInputStream(written(Codecs.STRING, "a\ud83d")))))
            .isEqualTo("a?");
    }
}
