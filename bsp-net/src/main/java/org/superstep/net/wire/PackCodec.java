package org.superstep.net.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import org.superstep.net.Frame;

/**
 * Packs a frame's body into fewer bytes, and unpacks it; little-endian. Stateless; any thread may call.
 *
 * <pre>
 *   offset  bytes  field
 *        0      4  the beginning of its body as it is: which worker sends it
 *        4      1  type of the frame that is packed
 *        5      4  bytes of its body n
 *        9      m  its body, transposed, as a block of LZ4
 * </pre>
 *
 * <p>Bodies are mostly numbers of 8 bytes, or pairs of 4, up to their end. Transposed, all their first bytes come first, then all second
 * ones, and so on; n mod 8 bytes at the beginning stay where they are. LZ4 finds only what is repeated, and the upper bytes of ids,
 * labels and ranks are: without it ranks hardly get smaller (0.99), and labels half as much. {@code Deflater} packs a tenth smaller and
 * takes five times as long; docs/benchmarks.md has the table. It is the variant in plain Java: the native one is twice as fast, but leaves
 * a library in the folder for temporary files when the process is killed.
 */
public final class PackCodec {
    private static final int FROM = PeerCodec.FROM;
    private static final int TYPE = 4;
    private static final int BYTES = 5;
    private static final int BLOCK = 9;
    /** A byte of LZ4 stands for no more than so many. */
    private static final int MOST_BYTES_A_BYTE = 255;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private PackCodec() {
    }

    /** Whether frames of this type are worth packing: those that are large, and many. */
    public static boolean packs(Frame.Type type) {
        return type == Frame.Type.OUTBOX || type == Frame.Type.ARCS;
    }

    /** The same frame, packed; it may be larger. */
    public static Frame pack(Frame frame) {
        byte[] body = frame.body();
        var compressor = LZ4Factory.safeInstance().fastCompressor();
        var packed = new byte[BLOCK + compressor.maxCompressedLength(body.length)];
        System.arraycopy(body, FROM, packed, FROM, Math.min(Integer.BYTES, body.length));
        packed[TYPE] = (byte) frame.type().ordinal();
        LittleEndian.over(packed).putInt(BYTES, body.length);
        int count = compressor.compress(transposed(body), 0, body.length, packed, BLOCK);
        return new Frame(Frame.Type.PACKED, frame.attempt(), frame.epoch(), frame.superstep(), Arrays.copyOf(packed, BLOCK + count));
    }

    /** The frame that is packed in this one; {@link WireException} where there is none. */
    static Frame unpack(Frame packed) {
        byte[] in = packed.body();
        var head = new Body("PACKED", in, BLOCK);
        Frame.Type type = type(in[TYPE]);
        int count = head.number("bytes", BYTES);
        if (count > Math.min(Frame.MOST_DATA_BYTES, (long) MOST_BYTES_A_BYTE * (in.length - BLOCK))) {
            throw head.wrong("bytes", "must be at most " + MOST_BYTES_A_BYTE + " for each that has come, and " + Frame.MOST_DATA_BYTES
                + " in all, was " + count + " of " + (in.length - BLOCK));
        }
        var transposed = new byte[count];
        try {
            int found = LZ4Factory.safeInstance().safeDecompressor().decompress(in, BLOCK, in.length - BLOCK, transposed, 0);
            if (found != count) {
                throw head.wrong("bytes", "must be what is packed, " + found + ", was " + count);
            }
        } catch (LZ4Exception e) {
            throw new WireException("PACKED holds what nobody has packed: " + e.getMessage(), e);
        }
        var body = restored(transposed);
        int fromEnd = FROM + Math.min(Integer.BYTES, count);
        if (!Arrays.equals(body, FROM, fromEnd, in, FROM, fromEnd)) {
            throw new WireException("PACKED holds what another worker sends than it says");
        }
        return new Frame(type, packed.attempt(), packed.epoch(), packed.superstep(), body);
    }

    private static Frame.Type type(byte ordinal) {
        Frame.Type[] types = Frame.Type.values();
        if (ordinal < 0 || ordinal >= types.length || !packs(types[ordinal])) {
            throw new WireException("PACKED holds a frame of type " + ordinal + ", which is never packed");
        }
        return types[ordinal];
    }

    /** Eight streams written side by side: 3 GB/s. */
    private static byte[] transposed(byte[] body) {
        var out = new byte[body.length];
        int count = body.length >>> 3;
        int from = body.length & 7;
        System.arraycopy(body, 0, out, 0, from);
        for (int i = 0; i < count; i++) {
            long value = (long) LONGS.get(body, from + (i << 3));
            int at = from + i;
            out[at] = (byte) value;
            out[at + count] = (byte) (value >>> 8);
            out[at + 2 * count] = (byte) (value >>> 16);
            out[at + 3 * count] = (byte) (value >>> 24);
            out[at + 4 * count] = (byte) (value >>> 32);
            out[at + 5 * count] = (byte) (value >>> 40);
            out[at + 6 * count] = (byte) (value >>> 48);
            out[at + 7 * count] = (byte) (value >>> 56);
        }
        return out;
    }

    private static byte[] restored(byte[] transposed) {
        var body = new byte[transposed.length];
        int count = transposed.length >>> 3;
        int from = transposed.length & 7;
        System.arraycopy(transposed, 0, body, 0, from);
        for (int i = 0; i < count; i++) {
            int at = from + i;
            LONGS.set(body, from + (i << 3), transposed[at] & 0xFFL
                | (transposed[at + count] & 0xFFL) << 8
                | (transposed[at + 2 * count] & 0xFFL) << 16
                | (transposed[at + 3 * count] & 0xFFL) << 24
                | (transposed[at + 4 * count] & 0xFFL) << 32
                | (transposed[at + 5 * count] & 0xFFL) << 40
                | (transposed[at + 6 * count] & 0xFFL) << 48
                | (transposed[at + 7 * count] & 0xFFL) << 56);
        }
        return body;
    }
}
