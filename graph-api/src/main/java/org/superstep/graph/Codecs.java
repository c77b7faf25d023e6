package org.superstep.graph;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Codecs for the types that messages and columns most often are. Arrays and strings have their length before them, as an int. */
public final class Codecs {
    /** Arrays of longs. */
    public static final Codec<long[]> LONGS = new Codec<>() {
        @Override public void write(long[] value, DataOutput out) throws IOException {
            out.writeInt(value.length);
            for (long element : value) {
                out.writeLong(element);
            }
        }

        @Override public long[] read(DataInput in) throws IOException {
            var value = new long[in.readInt()];
            for (int i = 0; i < value.length; i++) {
                value[i] = in.readLong();
            }
            return value;
        }
    };

    /** Arrays of doubles; every NaN becomes the canonical one. */
    public static final Codec<double[]> DOUBLES = new Codec<>() {
        @Override public void write(double[] value, DataOutput out) throws IOException {
            out.writeInt(value.length);
            for (double element : value) {
                out.writeDouble(element);
            }
        }

        @Override public double[] read(DataInput in) throws IOException {
            var value = new double[in.readInt()];
            for (int i = 0; i < value.length; i++) {
                value[i] = in.readDouble();
            }
            return value;
        }
    };

    /** Arrays of bytes. */
    public static final Codec<byte[]> BYTES = new Codec<>() {
        @Override public void write(byte[] value, DataOutput out) throws IOException {
            out.writeInt(value.length);
            out.write(value);
        }

        @Override public byte[] read(DataInput in) throws IOException {
            var value = new byte[in.readInt()];
            in.readFully(value);
            return value;
        }
    };

    /** Strings, in UTF-8, of any length. An unpaired surrogate, which no UTF-8 can say, becomes a question mark. */
    public static final Codec<String> STRING = new Codec<>() {
        @Override public void write(String value, DataOutput out) throws IOException {
            BYTES.write(value.getBytes(StandardCharsets.UTF_8), out);
        }

        @Override public String read(DataInput in) throws IOException {
            return new String(BYTES.read(in), StandardCharsets.UTF_8);
        }
    };

    private Codecs() {
    }
}
