package org.superstep.net;

/**
 * Hears what happens on connections; for one connection, one call at a time, in order: {@code opened}, any number of {@code received},
 * {@code closed}. Must return soon: nothing else arrives meanwhile.
 */
public interface ConnectionListener {
    /** Both ends know who the other is. */
    void opened(Connection connection);

    /** A frame has arrived. */
    void received(Connection connection, Frame frame);

    /** An open connection has been closed, by either end or because nothing was heard from the other for too long. */
    void closed(Connection connection, String reason);

    /**
     * No connection could be made, for one that was asked for.
     *
     * @param reason one line that names what was tried
     * @param isFinal whether to try again would be in vain: the other end has refused this one
     */
    default void failed(String reason, boolean isFinal) {
    }

    /**
     * Somebody has come to where this end listens, and was turned away before anything but the handshake crossed. For the log: who comes
     * may be anyone, so nothing should hang on it.
     *
     * @param reason one line that names the other end
     */
    default void refused(String reason) {
    }
}
