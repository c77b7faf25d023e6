package org.superstep.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/** Writes a {@link Manifest} as bytes, in the layout that is drawn there. */
final class ManifestEncoder {
    /** "SUPRSTEP", as eight letters in a file. */
    static final long MAGIC = ByteBuffer.wrap("SUPRSTEP".getBytes(StandardCharsets.US_ASCII)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    /** The version of the layout that is written here. */
    static final int LAYOUT = 1;
    /** What stands in place of a count where there is nothing to count. */
    static final int NONE = -1;
    /** How long a segment is. */
    static final int SEGMENT_BYTES = 24;

    private ByteBuffer bytes = ByteBuffer.allocate(1 << 12).order(ByteOrder.LITTLE_ENDIAN);
    /** Numbers of files, in the order of their first use. */
    private final Map<String, Integer> files = new LinkedHashMap<>();

    private ManifestEncoder() {
    }

    static byte[] encode(Manifest manifest) {
        return new ManifestEncoder().encoded(manifest);
    }

    private byte[] encoded(Manifest manifest) {
        number(MAGIC);
        number(LAYOUT);
        text(manifest.version());
        text(manifest.job().token());
        text(manifest.job().program());
        texts(manifest.job().words());
        texts(manifest.job().jars());
        number(manifest.job().seed());
        number(manifest.createdMillis());
        number(manifest.leader());
        number(manifest.superstep());
        numbers(manifest.firsts());
        master(manifest.master());
        for (var partition : manifest.partitions()) {
            name(partition.topology());
            name(partition.state());
            partition.records().forEach(this::name);
        }
        texts(List.copyOf(files.keySet()));
        for (var partition : manifest.partitions()) {
            number(partition.vertices());
            number(partition.edges());
            number(partition.neededBytes());
            segment(partition.topology());
            segment(partition.state());
            number(partition.records().size());
            partition.records().forEach(this::segment);
        }
        var checksum = new CRC32C();
        checksum.update(bytes.array(), 0, bytes.position());
        number((int) checksum.getValue());
        var encoded = new byte[bytes.position()];
        bytes.get(0, encoded);
        return encoded;
    }

    private void master(MasterState master) {
        number(master.phase());
        number(master.phaseBegan());
        number(master.spokenPhase());
        room(1).put((byte) (master.isDelivered() ? 1 : 0));
        number(master.awake());
        number(master.messages());
        number(master.sends());
        number(master.goneInEdges());
        number(master.goneOutEdges());
        number(master.dropped());
        number(master.vertices());
        number(master.edges());
        numbers(master.aggregates());
        numbers(master.globals());
        number(master.persistent().length);
        for (long[] states : master.persistent()) {
            if (states == null) {
                number(NONE);
            } else {
                numbers(states);
            }
        }
    }

    private void name(Segment segment) {
        files.putIfAbsent(segment.file(), files.size());
    }

    private void segment(Segment segment) {
        number(files.get(segment.file()));
        number(segment.offset());
        number(segment.bytes());
        number(segment.checksum());
    }

    private void number(int value) {
        room(Integer.BYTES).putInt(value);
    }

    private void number(long value) {
        room(Long.BYTES).putLong(value);
    }

    private void numbers(long[] values) {
        number(values.length);
        room(Math.multiplyExact(values.length, Long.BYTES));
        for (long value : values) {
            bytes.putLong(value);
        }
    }

    private void texts(List<String> values) {
        number(values.size());
        values.forEach(this::text);
    }

    private void text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        number(utf8.length);
        room(utf8.length).put(utf8);
    }

    private ByteBuffer room(int count) {
        if (bytes.remaining() < count) {
            bytes.flip();
            bytes = ByteBuffer.allocate(Math.max(Math.addExact(bytes.limit(), count), Math.multiplyExact(bytes.capacity(), 2)))
                .order(ByteOrder.LITTLE_ENDIAN).put(bytes);
        }
        return bytes;
    }
}
