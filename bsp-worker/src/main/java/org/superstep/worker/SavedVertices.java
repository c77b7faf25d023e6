package org.superstep.worker;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.superstep.checkpoint.CheckpointFolder;
import org.superstep.checkpoint.Manifest;
import org.superstep.checkpoint.SegmentInput;
import org.superstep.graph.Column;
import org.superstep.graph.ObjectColumn;
import org.superstep.graph.Program;
import org.superstep.graph.internal.MessageForm;
import org.superstep.graph.internal.RoundTrip;
import org.superstep.graph.io.InputException;

/**
 * The vertices of one partition as a checkpoint holds them, for who wants to look at them; no job is needed for that, and none is made.
 * Vertices go by their index in the partition, in the order of ids. For one thread.
 */
public final class SavedVertices {
    private final List<Column> declared;
    private final TopologySegment topology;
    private final StateSegment state;
    private final boolean[] hasSpoken;
    private final long[] messages;

    /**
     * Reads what is saved of the partition.
     *
     * @param program that of the job, with its parameters
     * @throws InputException if it is another program
     */
    public SavedVertices(CheckpointFolder folder, Manifest manifest, int partition, Program program) throws IOException {
        Manifest.Entry entry = manifest.partitions().get(partition);
        declared = program.declarations().columns();
        try (SegmentInput in = folder.open(entry.topology())) {
            topology = TopologySegment.read(in);
        }
        try (SegmentInput in = folder.open(entry.state())) {
            state = StateSegment.read(declared, in.all());
        }
        hasSpoken = new boolean[topology.ids.length];
        messages = new long[topology.ids.length];
        ByteBuffer in = state.messages();
        try {
            count(MessageForm.of(program.declarations().phases().get(manifest.master().spokenPhase())), in);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw different(program, e);
        }
        if (in.hasRemaining()) {
            throw different(program, null);
        }
    }

    private static InputException different(Program program, RuntimeException cause) {
        return new InputException("the program is not the one whose checkpoint this is: the messages of " + program.name() + " have another"
            + " form", cause);
    }

    /** Finds out how many messages are kept with each vertex, in what {@link StateSegment} draws. */
    private void count(MessageForm form, ByteBuffer in) {
        var bits = new long[topology.ids.length + 63 >>> 6];
        for (int word = 0; word < bits.length; word++) {
            bits[word] = in.getLong();
        }
        for (int index = 0; index < messages.length; index++) {
            if (!isSet(bits, index)) {
                continue;
            }
            if (!state.isDelivered()) {
                hasSpoken[index] = true;
                skip(form, in);
            } else if (form.isFoldedScalar()) {
                messages[index] = 1;
                skip(form, in);
            } else {
                messages[index] = in.getInt();
                for (long left = messages[index]; left > 0; left--) {
                    in.getLong();
                    skip(form, in);
                }
            }
        }
        for (int left = state.isDelivered() ? 0 : in.getInt(); left > 0; left--) {
            in.getLong();
            int receiver = indexOf(in.getLong());
            if (receiver >= 0) {
                messages[receiver]++;
            }
            skip(form, in);
        }
    }

    private static void skip(MessageForm form, ByteBuffer in) {
        int bytes = form.kind() == MessageForm.Kind.OBJECT ? in.getInt() : Long.BYTES * form.width();
        in.position(in.position() + bytes);
    }

    private static boolean isSet(long[] bits, int index) {
        return (bits[index >>> 6] >>> index & 1) != 0;
    }

    /** Their ids, ascending; not to be changed. */
    public long[] ids() {
        return topology.ids;
    }

    /** Which of them has this id; less than 0 where none has. */
    public int indexOf(long id) {
        return Arrays.binarySearch(topology.ids, id);
    }

    /** How many edges leave the vertex. */
    public int outDegree(int index) {
        return topology.outDegrees[index];
    }

    /** How many edges enter the vertex. */
    public int inDegree(int index) {
        return topology.inDegrees[index];
    }

    /** Whether the vertex computes in the next superstep even if it hears nothing. */
    public boolean isAwake(int index) {
        return isSet(state.awake(), index);
    }

    /** Whether the vertex neither computes nor hears any more. */
    public boolean hasHaltedForGood(int index) {
        return isSet(state.gone(), index);
    }

    /** Whether messages stand with those who will hear them, all of them; else broadcasts stand with those who have spoken. */
    public boolean isDelivered() {
        return state.isDelivered();
    }

    /** Whether the vertex has broadcast, and nobody has heard it yet. */
    public boolean hasSpoken(int index) {
        return hasSpoken[index];
    }

    /** How many messages to the vertex stand with it: those sent to it, or, delivered, all; one where they were folded as they came. */
    public long messages(int index) {
        return messages[index];
    }

    /** What the vertex holds in this column, as text. */
    public String text(int index, Column column) {
        var texts = new ValueTexts();
        column.encode(state.columns.array(column), index, texts);
        return texts.texts().get(0);
    }

    /** Whether a vertex of another checkpoint holds the same in this column, to the bit. */
    public boolean isEqual(int index, SavedVertices other, int otherIndex, Column column) {
        Object mine = state.columns.array(column);
        Object others = other.state.columns.array(column);
        int from = index * column.width();
        int to = from + column.width();
        int otherFrom = otherIndex * column.width();
        int otherTo = otherFrom + column.width();
        if (mine instanceof double[] doubles) {
            return Arrays.equals(doubles, from, to, (double[]) others, otherFrom, otherTo);
        } else if (mine instanceof long[] longs) {
            return Arrays.equals(longs, from, to, (long[]) others, otherFrom, otherTo);
        } else if (mine instanceof int[] ints) {
            return ints[index] == ((int[]) others)[otherIndex];
        } else if (mine instanceof float[] floats) {
            return Float.floatToRawIntBits(floats[index]) == Float.floatToRawIntBits(((float[]) others)[otherIndex]);
        } else if (mine instanceof boolean[] booleans) {
            return booleans[index] == ((boolean[]) others)[otherIndex];
        }
        var codec = new RoundTrip(((ObjectColumn<?>) column).codec());
        return Arrays.equals(codec.written(((Object[]) mine)[index]), codec.written(((Object[]) others)[otherIndex]));
    }
}
