package org.superstep.net.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.superstep.net.JobSpec;

/**
 * The fields of one message as they are read, each with the check that it needs: a {@link WireException} names message and field. Arrays
 * take as much memory as their bytes have taken, which have arrived.
 *
 * @param message the message's name
 */
record Fields(String message) {
    private static final int GREATEST_PORT = 65_535;
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    WireException wrong(String field, String what) {
        return new WireException(message + "." + field + " " + what);
    }

    /** Something that is numbered from 0, or a number of things. */
    int number(String field, int value) {
        return (int) count(field, value);
    }

    /** A number of things. */
    long count(String field, long value) {
        if (value < 0) {
            throw wrong(field, "must be at least 0, was " + value);
        }
        return value;
    }

    int port(String field, int value) {
        if (value < 0 || value > GREATEST_PORT) {
            throw wrong(field, "must be from 0 to " + GREATEST_PORT + ", was " + value);
        }
        return value;
    }

    /** A constant by its place, which is its ordinal + 1. */
    <E extends Enum<E>> E constant(String field, E[] constants, int place) {
        if (place < 1 || place > constants.length) {
            throw wrong(field, "must be from 1 to " + constants.length + ", was " + place);
        }
        return constants[place - 1];
    }

    static int place(Enum<?> constant) {
        return constant.ordinal() + 1;
    }

    /** A hash, which is to name a file, and so must be nothing but a hash. */
    String sha256(String field, String value) {
        if (!SHA256.matcher(value).matches()) {
            throw wrong(field, "must be 64 hexadecimal digits, was " + value.length() + " characters");
        }
        return value;
    }

    /** A piece of a jar that is no longer than pieces are. */
    byte[] piece(String field, ByteString value) {
        if (value.size() > JobSpec.JarPiece.MOST_BYTES) {
            throw wrong(field, "must be at most " + JobSpec.JarPiece.MOST_BYTES + " bytes, was " + value.size());
        }
        return value.toByteArray();
    }

    void mustBeThere(String field, boolean isThere) {
        if (!isThere) {
            throw wrong(field, "is missing");
        }
    }

    /** What is made of the field, where its own constructor checks it. */
    <T> T made(String field, Supplier<T> maker) {
        try {
            return maker.get();
        } catch (IllegalArgumentException e) {
            throw new WireException(message + "." + field + " is wrong: " + e.getMessage(), e);
        }
    }

    static ByteString bytes(long[] values) {
        return UnsafeByteOperations.unsafeWrap(LittleEndian.bytes(values));
    }

    static ByteString bytes(int[] values) {
        return UnsafeByteOperations.unsafeWrap(LittleEndian.bytes(values));
    }

    long[] longs(String field, ByteString bytes) {
        mustBeMultiple(field, bytes, Long.BYTES);
        return LittleEndian.longs(bytes.asReadOnlyByteBuffer());
    }

    int[] ints(String field, ByteString bytes) {
        mustBeMultiple(field, bytes, Integer.BYTES);
        return LittleEndian.ints(bytes.asReadOnlyByteBuffer());
    }

    private void mustBeMultiple(String field, ByteString bytes, int each) {
        if (bytes.size() % each != 0) {
            throw wrong(field, "must be a multiple of " + each + " bytes, was " + bytes.size());
        }
    }
}
