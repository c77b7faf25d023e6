package org.superstep.graph;

/** Whom a broadcast reaches. */
public enum Direction {
    /** The vertices at the ends of the speaker's out-edges. */
    OUT,
    /** The vertices at the beginnings of the speaker's in-edges. */
    IN,
    /** Both; a vertex joined by edges of both directions hears the broadcast once for each. */
    BOTH
}
