package org.superstep.worker;

/**
 * Vertices of a partition that do not exist and that edges lead to all the same. What is said over such an edge reaches nobody, unless the
 * vertex comes back.
 *
 * @param ids the vertices, ascending
 * @param hearing whom each would hear over its in-edges; row {@code i} is {@code ids[i]}'s
 */
record Ghosts(long[] ids, Adjacency hearing) {
    /** How many messages are said to them by those that spoke, told by slot. */
    long messages(byte[] spoke) {
        long count = 0;
        for (int slot : hearing.slots) {
            count += spoke[slot];
        }
        return count;
    }
}
