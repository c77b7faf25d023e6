package org.superstep.checkpoint;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Reads a {@link Manifest}, in the layout that is drawn there. The checksum comes first, so that what is read later was written by a
 * Superstep; whatever does not add up all the same is damage too, and never more memory than the bytes themselves can ask for.
 */
final class ManifestDecoder {
    private static final int LEAST_PARTITION_BYTES = 3 * Long.BYTES + 2 * ManifestEncoder.SEGMENT_BYTES + Integer.BYTES;

    private final String name;
    private final ByteBuffer bytes;

    private ManifestDecoder(String name, byte[] bytes) {
        this.name = name;
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static Manifest decode(String name, byte[] bytes) throws IOException {
        var decoder = new ManifestDecoder(name, bytes);
        try {
            decoder.begin();
            var manifest = decoder.manifest();
            if (decoder.bytes.hasRemaining()) {
                throw new DamagedException(name, "is not what was written: " + decoder.bytes.remaining() + " bytes too long");
            }
            return manifest;
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new DamagedException(name, "is not what was written: " + (e.getMessage() == null ? "it is cut off" : e.getMessage()), e);
        }
    }

    /** Checks what is the same in all versions. */
    private void begin() throws IOException {
        if (bytes.remaining() < Long.BYTES + 2 * Integer.BYTES) {
            throw new DamagedException(name, "is cut off: " + bytes.remaining() + " bytes long");
        }
        int end = bytes.limit() - Integer.BYTES;
        var checksum = new CRC32C();
        checksum.update(bytes.array(), 0, end);
        if ((int) checksum.getValue() != bytes.getInt(end)) {
            throw new DamagedException(name, "is not what was written: its checksum is another");
        }
        bytes.limit(end);
        if (bytes.getLong() != ManifestEncoder.MAGIC) {
            throw new DamagedException(name, "is no manifest of Superstep");
        }
        int layout = bytes.getInt();
        if (layout != ManifestEncoder.LAYOUT) {
            throw new IOException(name + " was written by another Superstep, in version " + layout
                + " of the format; this one knows version " + ManifestEncoder.LAYOUT + "; go on with that one, or choose another folder");
        }
    }

    private Manifest manifest() {
        String version = text();
        String token = text();
        String program = text();
        var words = texts();
        var jars = texts();
        var job = new JobIdentity(token, program, words, jars, bytes.getLong());
        long createdMillis = bytes.getLong();
        long leader = bytes.getLong();
        int superstep = bytes.getInt();
        long[] firsts = numbers();
        var master = master();
        var files = texts();
        check(firsts.length + 1L, LEAST_PARTITION_BYTES);
        var partitions = new ArrayList<Manifest.Entry>(firsts.length + 1);
        for (int partition = 0; partition <= firsts.length; partition++) {
            partitions.add(partition(files));
        }
        return new Manifest(version, job, createdMillis, leader, superstep, firsts, master, partitions);
    }

    private MasterState master() {
        int phase = bytes.getInt();
        int phaseBegan = bytes.getInt();
        int spokenPhase = bytes.getInt();
        byte delivered = bytes.get();
        if (delivered != 0 && delivered != 1) {
            throw new IllegalArgumentException("neither yes nor no: " + delivered);
        }
        long awake = bytes.getLong();
        long messages = bytes.getLong();
        long sends = bytes.getLong();
        long goneInEdges = bytes.getLong();
        long goneOutEdges = bytes.getLong();
        long dropped = bytes.getLong();
        long vertices = bytes.getLong();
        long edges = bytes.getLong();
        long[] aggregates = numbers();
        long[] globals = numbers();
        var persistent = new long[count(Integer.BYTES)][];
        for (int aggregator = 0; aggregator < persistent.length; aggregator++) {
            int count = bytes.getInt();
            persistent[aggregator] = count == ManifestEncoder.NONE ? null : numbers(count);
        }
        return new MasterState(phase, phaseBegan, spokenPhase, awake, messages, sends, delivered == 1, goneInEdges, goneOutEdges, dropped,
            vertices, edges, aggregates, globals, persistent);
    }

    private Manifest.Entry partition(List<String> files) {
        long vertices = bytes.getLong();
        long edges = bytes.getLong();
        long neededBytes = bytes.getLong();
        var topology = segment(files);
        var state = segment(files);
        int count = count(ManifestEncoder.SEGMENT_BYTES);
        var records = new ArrayList<Segment>(count);
        for (int i = 0; i < count; i++) {
            records.add(segment(files));
        }
        return new Manifest.Entry(vertices, edges, neededBytes, topology, state, records);
    }

    private Segment segment(List<String> files) {
        int file = bytes.getInt();
        if (file < 0 || file >= files.size()) {
            throw new IllegalArgumentException("there is no file number " + file);
        }
        return new Segment(files.get(file), bytes.getLong(), bytes.getLong(), bytes.getInt());
    }

    private long[] numbers() {
        return numbers(bytes.getInt());
    }

    private long[] numbers(int count) {
        check(count, Long.BYTES);
        var values = new long[count];
        for (int i = 0; i < values.length; i++) {
            values[i] = bytes.getLong();
        }
        return values;
    }

    private List<String> texts() {
        int count = count(Integer.BYTES);
        var values = new ArrayList<String>(count);
        for (int i = 0; i < count; i++) {
            values.add(text());
        }
        return values;
    }

    private String text() {
        var utf8 = new byte[count(1)];
        bytes.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    /** How many come, of which each takes so many bytes at least. */
    private int count(int leastBytes) {
        int count = bytes.getInt();
        check(count, leastBytes);
        return count;
    }

    private void check(long count, int leastBytes) {
        if (count < 0 || count * leastBytes > bytes.remaining()) {
            throw new IllegalArgumentException(count + " of something do not fit into " + bytes.remaining() + " bytes");
        }
    }
}
