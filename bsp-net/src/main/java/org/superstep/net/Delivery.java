package org.superstep.net;

/** How what was said in one superstep reaches the vertices in the next; never a matter of results. */
public enum Delivery {
    /** As counts say, superstep by superstep. */
    AUTO,
    /** Each vertex gathers what its neighbours have said: best when much of the graph spoke. */
    PULL,
    /** Each speaker's message is carried to its neighbours: best when little did. */
    PUSH
}
