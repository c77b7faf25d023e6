package org.superstep.graph.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.superstep.graph.Codec;
import org.superstep.graph.Codecs;

/** Values become longs and the same values again, and a codec that does not do its part is told in one line. */
class FormTest {
    @Property(tries = 300)
    void whatIsWrittenIsRead(@ForAll byte[] bytes, @ForAll double number, @ForAll long whole, @ForAll boolean truth) {
        var form = Form.of(Codecs.BYTES, "this");
        assertThat(form.value(form.words(bytes))).isEqualTo(bytes);
        assertThat(form.words(bytes)).hasSize(1 + (4 + bytes.length + 7) / 8);
        assertThat(Form.DOUBLE.value(Form.DOUBLE.words(number))).isEqualTo(number);
        assertThat(Form.LONG.value(Form.LONG.words(whole))).isEqualTo(whole);
        assertThat(Form.BOOLEAN.value(Form.BOOLEAN.words(truth))).isEqualTo(truth);
    }

    @Test
    void aCodecThatReadsFewerBytesIsRefused() {
        refused(new Half(3, 2), "the codec of aggregator \"half\" wrote 3 bytes and reads 2; it must read exactly what it has written");
    }

    /** Though the last long has room for more. */
    @Test
    void aCodecThatReadsMoreBytesIsRefused() {
        refused(new Half(3, 4), "the codec of aggregator \"half\" wrote 3 bytes and reads more; it must read exactly what it has written");
        refused(new Half(8, 9), "the codec of aggregator \"half\" wrote 8 bytes and reads more; it must read exactly what it has written");
    }

    @Test
    void aCodecThatReadsNullOrFailsIsRefused() {
        refused(new Half(0, 0), "the codec of aggregator \"half\" reads null; it must read what it has written");
        refused(new Half(1, -1), "the codec of aggregator \"half\" cannot read what it has written: java.io.IOException: no");
        refused(new Half(-1, 0), "the codec of aggregator \"half\" cannot write a value: java.io.IOException: no");
    }

    private static void refused(Codec<String> codec, String message) {
        var form = Form.of(codec, "aggregator \"half\"");
        assertThatThrownBy(() -> form.value(form.words("text"))).isInstanceOf(IllegalStateException.class).hasMessage(message);
    }

    /** Writes so many bytes and reads so many; -1: fails. */
    private record Half(int written, int read) implements Codec<String> {
        @Override public void write(String value, DataOutput out) throws IOException {
            succeed(written);
            out.write(new byte[written]);
        }

        @Override public String read(DataInput in) throws IOException {
            succeed(read);
            in.readFully(new byte[read]);
            return read == 0 ? null : "text";
        }

        private static void succeed(int count) throws IOException {
            if (count < 0) {
                throw new IOException("no");
            }
        }
    }
}
