package org.superstep.graph.internal;

/**
 * A walk over the messages to one vertex in the order of their senders' ids, for phases that do not fold them as they come. The engine
 * places it, the messages' cursor drives it; one per compute thread.
 */
public abstract class MessageWalk {
    /** Where the message stands that {@link #next} has come to. */
    public MessageArray messages;
    /** Its number there; negative where the walk stands at no message. */
    public int at;

    /** For the engine's walks. */
    protected MessageWalk() {
    }

    /** Goes back to before the first message. */
    public abstract void rewind();

    /** Goes to the next message; false where there is none. */
    public abstract boolean next();

    /** How many messages there are; the walk goes over all of them, and back to before the first. */
    public final int count() {
        rewind();
        int count = 0;
        while (next()) {
            count++;
        }
        rewind();
        return count;
    }

    /** The vertex id of the sender of the message that the walk has come to. */
    public abstract long senderId();

    /** This walk, which must stand at a message. */
    public final MessageWalk standing() {
        return at < 0 ? standsNowhere() : this;
    }

    /** Fails: there is no message to be read. */
    public static MessageWalk standsNowhere() {
        throw new IllegalStateException("the cursor over messages stands at none: call next() first, and read while it is true:"
            + " while (in.next()) ... in.value()");
    }
}
