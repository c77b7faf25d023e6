package org.superstep.graph.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.superstep.graph.Codec;
import org.superstep.graph.Codecs;

/** Messages go through their codec and come out as they were; a codec that does not do its part is named. */
class RoundTripTest {
    @Test
    void whatIsWrittenIsReadWhereverItStands() {
        var trip = new RoundTrip(Codecs.STRING);
        assertThat(trip.of("h\u00e9")).isEqualTo("h\u00e9");
        byte[] bytes = trip.written("abc");
        var padded = new byte[bytes.length + 5];
        System.arraycopy(bytes, 0, padded, 3, bytes.length);
        assertThat(trip.read(padded, 3, bytes.length)).isEqualTo("abc");
        assertThat(trip.read(bytes)).isEqualTo("abc");
    }

    /** Writes two bytes, and reads as it is told. */
    private abstract static class Two implements Codec<String> {
        @Override public void write(String value, DataOutput out) throws IOException {
            out.writeShort(7);
        }
    }

    private static final class TooFew extends Two {
        @Override public String read(DataInput in) throws IOException {
            return "" + in.readByte();
        }
    }

    private static final class TooMany extends Two {
        @Override public String read(DataInput in) throws IOException {
            return "" + in.readInt();
        }
    }

    private static final class Null extends Two {
        @Override public String read(DataInput in) throws IOException {
            in.readShort();
            return null;
        }
    }

    private static final class Unable extends Two {
        @Override public void write(String value, DataOutput out) throws IOException {
            if (value.isEmpty()) {
                throw new IOException("too short");
            }
            throw new IllegalArgumentException("too long");
        }

        @Override public String read(DataInput in) {
            throw new IllegalStateException("tired");
        }
    }

    private static void refused(Codec<String> codec, String message) {
        var trip = new RoundTrip(codec);
        assertThatThrownBy(() -> trip.of("text")).isInstanceOf(IllegalStateException.class)
            .hasMessage("codec RoundTripTest$" + codec.getClass().getSimpleName() + message);
    }

    @Test
    void aCodecThatDoesNotReadWhatItHasWrittenIsNamed() {
        refused(new TooFew(), " wrote 2 bytes and reads 1; it must read exactly what it has written");
        refused(new TooMany(), " wrote 2 bytes and reads more; it must read exactly what it has written");
        refused(new Null(), " reads null; it must read what it has written");
    }

    @Test
    void aCodecThatFailsIsNamedWithItsReason() {
        var trip = new RoundTrip(new Unable());
        assertThatThrownBy(() -> trip.written("")).hasMessage("codec RoundTripTest$Unable cannot write a value: java.io.IOException: too"
            + " short").hasCauseInstanceOf(IOException.class);
        assertThatThrownBy(() -> trip.written("text")).hasMessageContaining("cannot write a value").hasMessageEndingWith("too long");
        assertThatThrownBy(() -> trip.read(new byte[1])).hasMessage("codec RoundTripTest$Unable cannot read what it has written:"
            + " java.lang.IllegalStateException: tired");
    }
}
