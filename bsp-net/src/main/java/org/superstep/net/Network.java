package org.superstep.net;

import java.io.IOException;

/** Makes connections between processes. Any thread may call. */
public interface Network extends AutoCloseable {
    /**
     * Takes connections at this address from now on.
     *
     * @param self what this process tells of itself to whoever connects
     * @return the address with the port that was taken
     * @throws IOException if it cannot; the message is one line that names the address and the remedy
     */
    HostPort listen(HostPort at, Party self, ConnectionListener listener) throws IOException;

    /** Tries once to connect; the listener hears {@code opened} or {@code failed}, on another thread. */
    void connect(HostPort to, Party self, ConnectionListener listener);

    /** Closes all connections and takes no new ones; returns when all threads have ended. */
    @Override void close();
}
