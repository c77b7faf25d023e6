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
}
