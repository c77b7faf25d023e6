package org.superstep.worker;

/**
 * Where messages of one type stand on their way: what each slot says now, what it said in the superstep before, and the partitions'
 * inboxes. Kernels of the phases with that message type share a worker's board. A slot has one writer in a superstep: the thread that
 * computes its vertex, or the one that decodes its mirror.
 */
abstract class Board {
    /** Which slots broadcast in the superstep before, as bytes, so that threads can write neighbours; kept only for pulling. */
    final byte[] spoke;

    Board(int slots) {
        spoke = new byte[slots];
    }

    /** A superstep begins: what was said becomes what is heard. */
    abstract void swap();

    /** What the slot says, as raw bits. */
    abstract long saidBits(int slot);

    /** Sets what the slot says, from raw bits. */
    abstract void say(int slot, long bits);

    /** Marks those of a partition who spoke, for pulling. */
    final void mark(Speakers speakers) {
        for (int word = 0; word < speakers.spoke.length; word++) {
            for (long bits = speakers.spoke[word]; bits != 0; bits &= bits - 1) {
                spoke[speakers.slots[(word << 6) + Long.numberOfTrailingZeros(bits)]] = 1;
            }
        }
    }

    /** Takes the marks of a partition's speakers away. */
    final void unmark(Speakers speakers) {
        for (int slot : speakers.slots) {
            spoke[slot] = 0;
        }
    }
}
