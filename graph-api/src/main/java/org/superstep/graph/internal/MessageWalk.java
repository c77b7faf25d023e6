package org.superstep.graph.internal;

/**
 * A walk over the messages to one vertex in the order of their senders' ids, for phases that do not fold them as they come. The engine
 * places it, the messages' cursor drives it; one per compute thread.
 */
public abstract class MessageWalk {
    /** Where the message stands that {@link #next} has come to. */
    public MessageArray messages;
    /** Its number there. */
    public int at;

    /** For the engine's walks. */
    protected MessageWalk() {
    }

    /** Goes back to before the first message. */
    public abstract void rewind();

    /** Goes to the next message; false where there is none. */
    public abstract boolean next();

    /** The vertex id of the sender of the message that the walk has come to. */
    public abstract long senderId();
}
