package org.superstep.worker;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.superstep.graph.Column;
import org.superstep.graph.Direction;
import org.superstep.graph.internal.RecordList;

/**
 * A range of vertex ids with all that belongs to its vertices: lists of whom they hear, columns, who is awake. Vertices are numbered by an
 * index in id order. In a step of a superstep one thread at a time works on a partition.
 */
final class Partition {
    private static final Adjacency[] NO_LISTS = new Adjacency[Direction.values().length];
    private static final RecordList[] NO_RECORDS = {};

    /** The partition's number in the placement. */
    final int number;
    /** Where the partition begins in the worker's positions, a multiple of 64: vertex {@code i} has position {@code start + i}. */
    int start;
    final int size;
    /** The vertices' ids, ascending. */
    final long[] ids;
    /** The vertices' slots. */
    final int[] slots;
    final int[] outDegrees;
    final int[] inDegrees;
    /** What the vertices say; its slots are the partition's. */
    final Speakers speakers;
    /** Whom each vertex hears, by the structure's direction; null where a structure is not built. */
    private final Adjacency[] hearing;

    /** The vertices' values. */
    final Columns columns;

    /** What the vertices have emitted, by output; also those that do not exist any more. */
    RecordList[] records = NO_RECORDS;

    /** Which vertices have not halted, a bit each. */
    final long[] awake;
    /** Which have halted for good. */
    final long[] gone;
    /** Edges that enter those halted for good. */
    long goneInEdges;
    /** Edges that leave them. */
    long goneOutEdges;
    int awakeCount;
    /** Which vertices have something in the inbox, a bit each; the values stand in the board of the message type. */
    final long[] received;
    /** Whether any bit of {@link #received} is set. */
    boolean hasMail;
    /** The sends to this partition that a pull has yet to merge; null without any. */
    SendBox sendBox;

    /** Vertices that do not exist and that edges lead to; null where there are none, as in a graph that does not change. */
    Ghosts ghosts;

    /** Whether any edge may hold something else in its columns than when the lists were made. */
    boolean hasSetEdges;
    /** Whether some checkpoint holds the vertices and lists. */
    boolean isSaved;

    /** Made when an id is first looked for; null before, and where ids have no gaps. */
    private volatile IntMap indexes;

    /** A partition whose columns hold their initial values. */
    Partition(int number, int start, long[] ids, int[] slots, int[] outDegrees, int[] inDegrees, List<Column> columns) {
        this(number, start, ids, slots, outDegrees, inDegrees, new Columns(columns, ids.length));
    }

    Partition(int number, int start, long[] ids, int[] slots, int[] outDegrees, int[] inDegrees, Columns columns) {
        this.number = number;
        this.start = start;
        this.size = ids.length;
        this.ids = ids;
        this.slots = slots;
        this.outDegrees = outDegrees;
        this.inDegrees = inDegrees;
        speakers = new Speakers(number, slots);
        hearing = NO_LISTS.clone();
        this.columns = columns;
        int words = (size + 63) >>> 6;
        awake = new long[words];
        gone = new long[words];
        received = new long[words];
        wakeAll();
    }

    void hears(Direction structure, Adjacency lists) {
        hearing[structure.ordinal()] = lists;
    }

    Adjacency hearing(Direction structure) {
        return hearing[structure.ordinal()];
    }

    /** All arrays of the partition that hold slots, each once. */
    List<int[]> slotLists() {
        var lists = new ArrayList<int[]>();
        lists.add(slots);
        for (Adjacency list : hearing) {
            if (list != null) {
                lists.add(list.slots);
            }
        }
        if (ghosts != null) {
            lists.add(ghosts.hearing().slots);
        }
        return lists;
    }

    /** The slots of those vertices that broadcast in the superstep that ended last, ascending by vertex. */
    int[] speakingSlots() {
        if (speakers.count == size) {
            return slots;
        }
        var speaking = new int[speakers.count];
        int count = 0;
        for (int word = 0; word < speakers.spoke.length; word++) {
            for (long bits = speakers.spoke[word]; bits != 0; bits &= bits - 1) {
                speaking[count++] = slots[(word << 6) + Long.numberOfTrailingZeros(bits)];
            }
        }
        return speaking;
    }

    /** Forgets what was delivered, before anybody has heard it. */
    void forgetMail() {
        Arrays.fill(received, 0);
        hasMail = false;
    }

    /** How many edges leave the vertices. */
    long edges() {
        long edges = 0;
        for (int degree : outDegrees) {
            edges += degree;
        }
        return edges;
    }

    /** How many messages a broadcast of this vertex makes. */
    int fanOutDegree(Direction direction, int index) {
        return switch (direction) {
            case OUT -> outDegrees[index];
            case IN -> inDegrees[index];
            case BOTH -> outDegrees[index] + inDegrees[index];
        };
    }

    /**
     * Notes what has come of 64 vertices' computing, a bit each.
     *
     * @param word which 64
     * @param computed those that computed
     * @param spoke of them, those that broadcast; what they said stands at their slots
     * @param halted of them, those that sleep now
     * @param goneNow of these, those that never wake
     * @param direction whom the broadcasts reach
     * @param lane counts
     */
    void computed(int word, long computed, long spoke, long halted, long goneNow, Direction direction, Lane lane) {
        if (computed == 0) {
            return;
        }
        lane.computed += Long.bitCount(computed);
        if (spoke != 0) {
            speakers.spoke[word] = spoke;
            speakers.count += Long.bitCount(spoke);
            lane.messages += direction == Direction.IN ? 0 : sum(outDegrees, word, spoke);
            lane.messages += direction == Direction.OUT ? 0 : sum(inDegrees, word, spoke);
        }
        long before = awake[word];
        long after = before & ~computed | computed & ~halted;
        awake[word] = after;
        awakeCount += Long.bitCount(after) - Long.bitCount(before);
        if (goneNow != 0) {
            gone[word] |= goneNow;
            goneInEdges += sum(inDegrees, word, goneNow);
            goneOutEdges += sum(outDegrees, word, goneNow);
        }
    }

    private static long sum(int[] degrees, int word, long which) {
        long sum = 0;
        for (long left = which; left != 0; left &= left - 1) {
            sum += degrees[(word << 6) + Long.numberOfTrailingZeros(left)];
        }
        return sum;
    }

    /** Wakes all vertices but those gone for good. */
    void wakeAll() {
        awakeCount = 0;
        for (int word = 0; word < awake.length; word++) {
            awake[word] = ~gone[word] & wordMask(word);
            awakeCount += Long.bitCount(awake[word]);
        }
    }

    /**
     * Takes over columns, sleep, mail and records of the same partition as it was before a change of the graph.
     *
     * @param oldIndexes where each vertex was; -1 for one that comes, awake and with the columns' initial values; null where the vertices
     *     are the same, and the columns the other partition's own
     */
    void takeState(Partition before, int[] oldIndexes) {
        for (int i = 0; i < size; i++) {
            int old = oldIndexes == null ? i : oldIndexes[i];
            if (old < 0) {
                continue;
            }
            if (oldIndexes != null) {
                columns.copyRow(before.columns, old, i);
            }
            if (!isSet(before.awake, old)) {
                awake[i >>> 6] &= ~(1L << i);
                awakeCount--;
            }
            if (isSet(before.gone, old)) {
                gone[i >>> 6] |= 1L << i;
                goneInEdges += inDegrees[i];
                goneOutEdges += outDegrees[i];
            }
            if (isSet(before.received, old)) {
                receives(i);
            }
        }
        hasSetEdges = before.hasSetEdges;
        speakers.changes = before.speakers.changes;
        records = before.records;
    }

    /** Lets those be awake, and those be gone for good, whose bits are set. */
    void sleep(long[] awakeNow, long[] goneNow) {
        System.arraycopy(awakeNow, 0, awake, 0, awake.length);
        System.arraycopy(goneNow, 0, gone, 0, gone.length);
        awakeCount = 0;
        goneInEdges = 0;
        goneOutEdges = 0;
        for (int word = 0; word < awake.length; word++) {
            awakeCount += Long.bitCount(awake[word]);
            goneInEdges += sum(inDegrees, word, gone[word]);
            goneOutEdges += sum(outDegrees, word, gone[word]);
        }
    }

    /** Notes that those have something in the inbox whose bits are set. */
    void receive(long[] bits) {
        System.arraycopy(bits, 0, received, 0, received.length);
        for (long word : received) {
            hasMail |= word != 0;
        }
    }

    private static boolean isSet(long[] bits, int index) {
        return (bits[index >>> 6] >>> index & 1) != 0;
    }

    /** Lets all vertices sleep until a message arrives. */
    void sleepAll() {
        Arrays.fill(awake, 0);
        awakeCount = 0;
    }

    /** The bits of a word that stand for vertices. */
    private long wordMask(int word) {
        int left = size - (word << 6);
        return left >= 64 ? -1L : (1L << left) - 1;
    }

    /** Which vertices of a word may compute. */
    long living(int word) {
        return ~gone[word] & wordMask(word);
    }

    /** Notes that a vertex has something in the inbox; tells whether it had nothing before. */
    boolean receives(int index) {
        long word = received[index >>> 6];
        hasMail = true;
        received[index >>> 6] = word | 1L << index;
        return (word >>> index & 1) == 0;
    }

    boolean isIdle() {
        return awakeCount == 0 && !hasMail;
    }

    /** The index of the vertex with this id, or -1 where the partition has none. Any thread may call. */
    int indexOf(long id) {
        if (size == 0 || id < ids[0] || id > ids[size - 1]) {
            return -1;
        }
        if (ids[size - 1] - ids[0] == size - 1) {
            return (int) (id - ids[0]);
        }
        IntMap map = indexes;
        return (map == null ? mapIds() : map).indexOf(id);
    }

    private synchronized IntMap mapIds() {
        if (indexes == null) {
            indexes = new IntMap(ids);
        }
        return indexes;
    }

    /** The index of the vertex with this id, or -1 where there is none or it has halted for good: a send to it is dropped. */
    int listenerAt(long id) {
        int index = indexOf(id);
        return index < 0 || isSet(gone, index) ? -1 : index;
    }

    /** Ids with gaps to indexes: an array over their span where that is at most eight times as long as they are many, else a hash map. */
    private static final class IntMap {
        private final long first;
        private final int[] indexOfOffset;
        private final Long2IntOpenHashMap indexOfId;

        IntMap(long[] ids) {
            first = ids[0];
            long span = ids[ids.length - 1] - first;
            if (span >= 0 && span < Math.min(8L * ids.length, Integer.MAX_VALUE - 64)) {
                indexOfId = null;
                indexOfOffset = new int[(int) span + 1];
                Arrays.fill(indexOfOffset, -1);
                for (int i = 0; i < ids.length; i++) {
                    indexOfOffset[(int) (ids[i] - first)] = i;
                }
            } else {
                indexOfOffset = null;
                indexOfId = new Long2IntOpenHashMap(ids.length);
                indexOfId.defaultReturnValue(-1);
                for (int i = 0; i < ids.length; i++) {
                    indexOfId.put(ids[i], i);
                }
            }
        }

        int indexOf(long id) {
            return indexOfId != null ? indexOfId.get(id) : indexOfOffset[(int) (id - first)];
        }
    }
}
