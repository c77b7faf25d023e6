package org.superstep.worker;

import java.util.Arrays;
import org.superstep.graph.internal.ChangeList;
import org.superstep.graph.internal.SendList;

/**
 * The vertices of one partition as far as this worker hears them, and what they said in the superstep that ended last: all vertices of a
 * partition that it owns, the mirrors of one that it does not. Ascending by id.
 */
final class Speakers {
    /** The partition's number in the placement. */
    final int partition;
    /** The speakers' slots. */
    final int[] slots;
    /** Which of them broadcast, a bit each; what they said stands at their slots. */
    final long[] spoke;
    /** What they sent; of another worker's partition, only to vertices of this worker's. */
    final SendList sends = new SendList();
    /** What they ask to be changed in the graph; null where the program changes none. */
    ChangeList changes;
    /** How many of them broadcast. */
    int count;

    Speakers(int partition, int[] slots) {
        this.partition = partition;
        this.slots = slots;
        spoke = new long[(slots.length + 63) >>> 6];
    }

    /** Lets those broadcast whose bits are set. */
    void speak(long[] bits) {
        System.arraycopy(bits, 0, spoke, 0, spoke.length);
        count = 0;
        for (long word : spoke) {
            count += Long.bitCount(word);
        }
    }

    boolean areSilent() {
        return count == 0 && sends.size == 0;
    }

    /** Whether they ask for any change of the graph. */
    boolean haveChanges() {
        return changes != null && changes.size > 0;
    }

    /** Forgets what was said, once it has been delivered; changes of the graph are forgotten when they have been made. */
    void clear() {
        if (count > 0) {
            Arrays.fill(spoke, 0);
            count = 0;
        }
        sends.clear();
    }
}
