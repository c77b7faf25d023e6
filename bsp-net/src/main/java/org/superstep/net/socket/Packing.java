package org.superstep.net.socket;

/** When connections pack what workers say to each other. */
public enum Packing {
    /** Where the other end is on another machine, and {@link PackingChoice} has measured that it pays. */
    WHEN_FASTER,
    /** Whatever gets smaller by it, on any connection: for tests. */
    ALWAYS,
    /** Nothing. */
    NEVER
}
