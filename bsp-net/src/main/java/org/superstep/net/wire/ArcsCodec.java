package org.superstep.net.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.superstep.net.ToPeer;

/**
 * A batch of arcs; little-endian. Of all that crosses a network while a graph is loaded this is nearly everything.
 *
 * <pre>
 *   offset  bytes  field
 *        0      4  worker that sends
 *        4      4  partition of the hearing ends
 *        8      4  arcs n
 *       12      4  columns c; 0 where there are no arcs
 *       16      4  bits: 1 heard by sources, 2 weighted, 4 wide hearers, 8 wide speakers
 *       20      8  least hearing end h
 *       28      8  least speaking end s
 *       36     4n  hearing ends less h, unsigned; wide: 8n, as they are
 *                  speaking ends less s, in the same way
 *              8n  weights, where there are any
 *             8nc  columns, one behind another
 * </pre>
 *
 * <p>Ids are wide where they span more than 32 bits. The hearing ends are one partition's, and so hardly ever are; the speaking ends may be
 * any, and so each side goes by itself.
 */
final class ArcsCodec {
    private static final int FROM = 0;
    private static final int PARTITION = 4;
    private static final int ARCS = 8;
    private static final int COLUMNS = 12;
    private static final int BITS = 16;
    private static final int LEAST_HEARER = 20;
    private static final int LEAST_SPEAKER = 28;
    private static final int HEAD_BYTES = 36;

    private static final int REVERSED = 1;
    private static final int WEIGHTED = 2;
    private static final int WIDE_HEARERS = 4;
    private static final int WIDE_SPEAKERS = 8;
    private static final int ALL_BITS = 15;

    private ArcsCodec() {
    }

    static byte[] encode(ToPeer.Arcs arcs) {
        int count = arcs.hearers().length;
        mustHave(count, arcs);
        Range hearers = Range.of(arcs.hearers());
        Range speakers = Range.of(arcs.speakers());
        int bits = (arcs.reversed() ? REVERSED : 0) | (arcs.weights() != null ? WEIGHTED : 0)
            | (hearers.isWide() ? WIDE_HEARERS : 0) | (speakers.isWide() ? WIDE_SPEAKERS : 0);
        var body = new byte[Math.toIntExact(end(bits, count, arcs.columns().length))];
        ByteBuffer bytes = LittleEndian.over(body)
            .putInt(FROM, arcs.from())
            .putInt(PARTITION, arcs.partition())
            .putInt(ARCS, count)
            .putInt(COLUMNS, arcs.columns().length)
            .putInt(BITS, bits)
            .putLong(LEAST_HEARER, hearers.least())
            .putLong(LEAST_SPEAKER, speakers.least());
        int offset = putIds(bytes, HEAD_BYTES, arcs.hearers(), hearers);
        offset = putIds(bytes, offset, arcs.speakers(), speakers);
        if (arcs.weights() != null) {
            bytes.position(offset).asDoubleBuffer().put(arcs.weights());
            offset += Double.BYTES * count;
        }
        for (long[] column : arcs.columns()) {
            bytes.position(offset).asLongBuffer().put(column);
            offset += Long.BYTES * count;
        }
        return body;
    }

    static ToPeer.Arcs decode(byte[] encoded) {
        var body = new Body("ToPeer.Arcs", encoded, HEAD_BYTES);
        int count = body.number("arcs", ARCS);
        int columns = body.number("columns", COLUMNS);
        int bits = body.bits(BITS);
        if ((bits & ~ALL_BITS) != 0) {
            throw body.wrong("bits", "must be from 0 to " + ALL_BITS + ", was " + bits);
        }
        if (columns > encoded.length / Long.BYTES) {
            // Before they are multiplied with the arcs, which could overflow.
            throw body.wrong("columns", "must fit into " + encoded.length + " bytes, was " + columns);
        }
        if (count == 0 && columns > 0) {
            throw body.wrong("columns", "must be 0 where there are no arcs, was " + columns);
        }
        body.mustEnd(end(bits, count, columns));
        int offset = HEAD_BYTES;
        long[] hearers = (bits & WIDE_HEARERS) != 0 ? body.longs(offset, count) : body.longsFrom(body.id(LEAST_HEARER), offset, count);
        offset += idBytes(bits, WIDE_HEARERS) * count;
        long[] speakers = (bits & WIDE_SPEAKERS) != 0 ? body.longs(offset, count) : body.longsFrom(body.id(LEAST_SPEAKER), offset, count);
        offset += idBytes(bits, WIDE_SPEAKERS) * count;
        double[] weights = null;
        if ((bits & WEIGHTED) != 0) {
            weights = body.doubles(offset, count);
            offset += Double.BYTES * count;
        }
        var values = new long[columns][];
        for (int column = 0; column < columns; column++) {
            values[column] = body.longs(offset, count);
            offset += Long.BYTES * count;
        }
        return new ToPeer.Arcs(body.number("from", FROM), body.number("partition", PARTITION), (bits & REVERSED) != 0, hearers, speakers,
            weights, values);
    }

    /** Where the body ends. */
    private static long end(int bits, int count, int columns) {
        int fixed = idBytes(bits, WIDE_HEARERS) + idBytes(bits, WIDE_SPEAKERS) + ((bits & WEIGHTED) != 0 ? Double.BYTES : 0);
        return HEAD_BYTES + (fixed + (long) Long.BYTES * columns) * count;
    }

    private static int idBytes(int bits, int wide) {
        return (bits & wide) != 0 ? Long.BYTES : Integer.BYTES;
    }

    /** Puts one side's ids and returns where they end. */
    private static int putIds(ByteBuffer bytes, int offset, long[] ids, Range range) {
        if (range.isWide()) {
            bytes.position(offset).asLongBuffer().put(ids);
            return offset + Long.BYTES * ids.length;
        }
        long least = range.least();
        for (int i = 0; i < ids.length; i++) {
            bytes.putInt(offset + Integer.BYTES * i, (int) (ids[i] - least));
        }
        return offset + Integer.BYTES * ids.length;
    }

    private static void mustHave(int count, ToPeer.Arcs arcs) {
        if (arcs.speakers().length != count || arcs.weights() != null && arcs.weights().length != count
            || Arrays.stream(arcs.columns()).anyMatch(column -> column.length != count) || count == 0 && arcs.columns().length > 0) {
            throw new IllegalArgumentException("each of " + count + " arcs must have two ends, and a value in each column");
        }
    }

    /** From the least to the greatest of some ids. */
    private record Range(long least, long greatest) {
        static Range of(long[] ids) {
            if (ids.length == 0) {
                return new Range(0, 0);
            }
            long least = Long.MAX_VALUE;
            long greatest = Long.MIN_VALUE;
            for (long id : ids) {
                least = Math.min(least, id);
                greatest = Math.max(greatest, id);
            }
            return new Range(least, greatest);
        }

        /** The difference is right as an unsigned number, however far apart the two are. */
        boolean isWide() {
            return greatest - least >>> Integer.SIZE != 0;
        }
    }
}
