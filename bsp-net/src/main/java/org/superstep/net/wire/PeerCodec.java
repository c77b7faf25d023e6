package org.superstep.net.wire;

import java.util.Arrays;
import org.superstep.net.Frame;
import org.superstep.net.ToPeer;

/**
 * Encodes what workers say to each other, and decodes it: raw, little-endian, each layout drawn beside its code, except that of
 * {@link ToPeer.Arcs}, which is {@link ArcsCodec}'s. Stateless; any thread may call.
 */
public final class PeerCodec {
    /** Every body begins with the worker that sends. */
    static final int FROM = 0;

    private PeerCodec() {
    }

    /** A message as a frame of this job. */
    public static Frame encode(ToPeer message, long job, long epoch) {
        if (message instanceof ToPeer.Arcs arcs) {
            return new Frame(Frame.Type.ARCS, job, epoch, -1, ArcsCodec.encode(arcs));
        } else if (message instanceof ToPeer.Vertices vertices) {
            return new Frame(Frame.Type.VERTICES, job, epoch, -1, encode(vertices));
        } else if (message instanceof ToPeer.ArcsEnd end) {
            return new Frame(Frame.Type.ARCS_END, job, epoch, -1, encode(end));
        } else if (message instanceof ToPeer.Hears heard) {
            return new Frame(Frame.Type.HEARS, job, epoch, -1, encode(heard));
        } else if (message instanceof ToPeer.ChangedArcs arcs) {
            return new Frame(Frame.Type.CHANGED_ARCS, job, epoch, -1, encode(arcs));
        } else if (message instanceof ToPeer.Outbox outbox) {
            return new Frame(Frame.Type.OUTBOX, job, epoch, outbox.superstep(), encode(outbox));
        } else if (message instanceof ToPeer.OutboxesEnd end) {
            return new Frame(Frame.Type.OUTBOXES_END, job, epoch, end.superstep(), encode(end));
        }
        throw new AssertionError("no encoding for " + message);
    }

    /** The message that a frame holds, packed or not; {@link WireException} where it holds none. */
    public static ToPeer decode(Frame frame) {
        return switch (frame.type()) {
            case ARCS -> ArcsCodec.decode(frame.body());
            case VERTICES -> decodeVertices(frame.body());
            case ARCS_END -> decodeArcsEnd(frame.body());
            case HEARS -> decodeHears(frame.body());
            case CHANGED_ARCS -> decodeChangedArcs(frame.body());
            case OUTBOX -> decodeOutbox(superstep("ToPeer.Outbox", frame), frame.body());
            case OUTBOXES_END -> decodeOutboxesEnd(superstep("ToPeer.OutboxesEnd", frame), frame.body());
            case PACKED -> decodePacked(frame);
            case HELLO, PING, FROM_MEMBER, TO_MEMBER, FROM_CLIENT, TO_CLIENT, CLOSE ->
                throw new WireException("a frame of type " + frame.type() + " holds nothing that a worker says to another");
        };
    }

    /** Which worker sends a frame, packed or not, as it says itself; {@link WireException} where it does not. */
    public static int from(Frame frame) {
        return new Body("a frame of type " + frame.type(), frame.body(), Integer.BYTES).number("from", FROM);
    }

    private static ToPeer decodePacked(Frame packed) {
        ToPeer message = decode(PackCodec.unpack(packed));
        return message instanceof ToPeer.Outbox outbox
            ? new ToPeer.Outbox(outbox.from(), outbox.superstep(), outbox.partition(), outbox.frame(), packed.body().length) : message;
    }

    private static int superstep(String message, Frame frame) {
        return new Fields(message).number("superstep", frame.superstep());
    }

    private static final int VERTICES_PARTITION = 4;
    private static final int VERTICES_LONGS = 8;
    private static final int VERTICES_ROWS = 12;

    /**
     * Vertices that the input names.
     *
     * <pre>
     *   offset  bytes  field
     *        0      4  worker that sends
     *        4      4  partition
     *        8      4  longs n
     *       12     8n  rows
     * </pre>
     */
    private static byte[] encode(ToPeer.Vertices vertices) {
        var body = body(VERTICES_ROWS + (long) Long.BYTES * vertices.rows().length);
        LittleEndian.over(body)
            .putInt(FROM, vertices.from())
            .putInt(VERTICES_PARTITION, vertices.partition())
            .putInt(VERTICES_LONGS, vertices.rows().length)
            .position(VERTICES_ROWS).asLongBuffer().put(vertices.rows());
        return body;
    }

    private static ToPeer decodeVertices(byte[] encoded) {
        var body = new Body("ToPeer.Vertices", encoded, VERTICES_ROWS);
        int longs = body.number("longs", VERTICES_LONGS);
        body.mustEnd(VERTICES_ROWS + (long) Long.BYTES * longs);
        return new ToPeer.Vertices(body.number("from", FROM), body.number("partition", VERTICES_PARTITION),
            body.longs(VERTICES_ROWS, longs));
    }

    private static final int ARCS_END_BYTES = 4;

    /**
     * The end of vertices and arcs.
     *
     * <pre>
     *   offset  bytes  field
     *        0      4  worker that sends
     * </pre>
     */
    private static byte[] encode(ToPeer.ArcsEnd end) {
        var body = body(ARCS_END_BYTES);
        LittleEndian.over(body).putInt(FROM, end.from());
        return body;
    }

    private static ToPeer decodeArcsEnd(byte[] encoded) {
        var body = new Body("ToPeer.ArcsEnd", encoded, ARCS_END_BYTES);
        body.mustEnd(ARCS_END_BYTES);
        return new ToPeer.ArcsEnd(body.number("from", FROM));
    }

    private static final int HEARS_VERTICES = 4;
    private static final int HEARS_COUNTS = 8;
    private static final int HEARS_IDS = 12;

    /**
     * Mirrors.
     *
     * <pre>
     *   offset  bytes  field
     *        0      4  worker that sends
     *        4      4  vertices n
     *        8      4  counts m: n, or 0 where none are told
     *       12     8n  ids, ascending
     *    12+8n     4m  over how many out-edges each is heard
     *              4m  over how many in-edges
     * </pre>
     */
    private static byte[] encode(ToPeer.Hears heard) {
        int vertices = heard.ids().length;
        int counts = heard.outEdges().length;
        if (counts != heard.inEdges().length || counts != 0 && counts != vertices) {
            throw new IllegalArgumentException(vertices + " vertices that are heard must have as many counts each way, or none, was "
                + counts + " and " + heard.inEdges().length);
        }
        var body = body(hearsEnd(vertices, counts));
        var bytes = LittleEndian.over(body)
            .putInt(FROM, heard.from())
            .putInt(HEARS_VERTICES, vertices)
            .putInt(HEARS_COUNTS, counts);
        bytes.position(HEARS_IDS).asLongBuffer().put(heard.ids());
        bytes.position(HEARS_IDS + Long.BYTES * vertices).asIntBuffer().put(heard.outEdges()).put(heard.inEdges());
        return body;
    }

    private static ToPeer decodeHears(byte[] encoded) {
        var body = new Body("ToPeer.Hears", encoded, HEARS_IDS);
        int vertices = body.number("vertices", HEARS_VERTICES);
        int counts = body.number("counts", HEARS_COUNTS);
        if (counts != 0 && counts != vertices) {
            throw body.wrong("counts", "must be 0 or " + vertices + ", was " + counts);
        }
        body.mustEnd(hearsEnd(vertices, counts));
        int outEdges = HEARS_IDS + Long.BYTES * vertices;
        return new ToPeer.Hears(body.number("from", FROM), body.longs(HEARS_IDS, vertices), body.ints(outEdges, counts),
            body.ints(outEdges + Integer.BYTES * counts, counts));
    }

    private static long hearsEnd(int vertices, int counts) {
        return HEARS_IDS + (long) Long.BYTES * vertices + 2L * Integer.BYTES * counts;
    }

    private static final int CHANGED_PAIRS = 4;
    private static final int CHANGED_EDGES = 8;
    private static final int CHANGED_HEARERS = 12;

    /**
     * Edges after a change of the graph.
     *
     * <pre>
     *   offset  bytes  field
     *        0      4  worker that sends
     *        4      4  pairs of vertices n
     *        8      4  edges m
     *       12     8n  targets
     *    12+8n     8n  sources
     *   12+16n     4n  edges of each pair, which come to m
     *   12+20n     8m  weights
     * </pre>
     */
    private static byte[] encode(ToPeer.ChangedArcs arcs) {
        int pairs = arcs.hearers().length;
        int edges = arcs.weights().length;
        if (arcs.speakers().length != pairs || arcs.counts().length != pairs
            || Arrays.stream(arcs.counts()).asLongStream().sum() != edges) {
            throw new IllegalArgumentException("each of " + pairs + " pairs of vertices must have two ends and a count, which come to "
                + edges + " edges");
        }
        var body = body(changedEnd(pairs, edges));
        var bytes = LittleEndian.over(body)
            .putInt(FROM, arcs.from())
            .putInt(CHANGED_PAIRS, pairs)
            .putInt(CHANGED_EDGES, edges);
        bytes.position(CHANGED_HEARERS).asLongBuffer().put(arcs.hearers()).put(arcs.speakers());
        bytes.position(changedCounts(pairs)).asIntBuffer().put(arcs.counts());
        bytes.position(changedWeights(pairs)).asDoubleBuffer().put(arcs.weights());
        return body;
    }

    private static ToPeer decodeChangedArcs(byte[] encoded) {
        var body = new Body("ToPeer.ChangedArcs", encoded, CHANGED_HEARERS);
        int pairs = body.number("pairs", CHANGED_PAIRS);
        int edges = body.number("edges", CHANGED_EDGES);
        body.mustEnd(changedEnd(pairs, edges));
        int[] counts = body.ints(changedCounts(pairs), pairs);
        long counted = 0;
        for (int count : counts) {
            if (count < 0) {
                throw body.wrong("counts", "must be at least 0, was " + count);
            }
            counted += count;
        }
        if (counted != edges) {
            throw body.wrong("counts", "must come to " + edges + " edges, was " + counted);
        }
        return new ToPeer.ChangedArcs(body.number("from", FROM), body.longs(CHANGED_HEARERS, pairs),
            body.longs(CHANGED_HEARERS + Long.BYTES * pairs, pairs), counts, body.doubles(changedWeights(pairs), edges));
    }

    private static int changedCounts(int pairs) {
        return CHANGED_HEARERS + 2 * Long.BYTES * pairs;
    }

    private static int changedWeights(int pairs) {
        return changedCounts(pairs) + Integer.BYTES * pairs;
    }

    private static long changedEnd(int pairs, int edges) {
        return CHANGED_HEARERS + (2L * Long.BYTES + Integer.BYTES) * pairs + (long) Double.BYTES * edges;
    }

    private static final int OUTBOX_PARTITION = 4;
    private static final int OUTBOX_SAID = 8;

    /**
     * What a partition said in the superstep that the frame's header names.
     *
     * <pre>
     *   offset  bytes  field
     *        0      4  worker that sends
     *        4      4  partition
     *        8         the encoded outbox, to the end
     * </pre>
     */
    private static byte[] encode(ToPeer.Outbox outbox) {
        var body = body((long) OUTBOX_SAID + outbox.frame().length);
        LittleEndian.over(body)
            .putInt(FROM, outbox.from())
            .putInt(OUTBOX_PARTITION, outbox.partition());
        System.arraycopy(outbox.frame(), 0, body, OUTBOX_SAID, outbox.frame().length);
        return body;
    }

    private static ToPeer decodeOutbox(int superstep, byte[] encoded) {
        var body = new Body("ToPeer.Outbox", encoded, OUTBOX_SAID);
        return new ToPeer.Outbox(body.number("from", FROM), superstep, body.number("partition", OUTBOX_PARTITION),
            Arrays.copyOfRange(encoded, OUTBOX_SAID, encoded.length));
    }

    private static final int OUTBOXES_END_OUTBOXES = 4;
    private static final int OUTBOXES_END_BYTES = 8;

    /**
     * The end of what was said in the superstep that the frame's header names.
     *
     * <pre>
     *   offset  bytes  field
     *        0      4  worker that sends
     *        4      4  outboxes
     * </pre>
     */
    private static byte[] encode(ToPeer.OutboxesEnd end) {
        var body = body(OUTBOXES_END_BYTES);
        LittleEndian.over(body)
            .putInt(FROM, end.from())
            .putInt(OUTBOXES_END_OUTBOXES, end.outboxes());
        return body;
    }

    private static ToPeer decodeOutboxesEnd(int superstep, byte[] encoded) {
        var body = new Body("ToPeer.OutboxesEnd", encoded, OUTBOXES_END_BYTES);
        body.mustEnd(OUTBOXES_END_BYTES);
        return new ToPeer.OutboxesEnd(body.number("from", FROM), superstep, body.number("outboxes", OUTBOXES_END_OUTBOXES));
    }

    private static byte[] body(long bytes) {
        return new byte[Math.toIntExact(bytes)];
    }
}
