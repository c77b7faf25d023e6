package org.superstep.cluster;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.superstep.net.Connection;

/** A worker process's connections with other workers, by job and worker and by number. Any thread may call. */
final class PeerLinks {
    private final Map<Peer, Connection> byPeer = new ConcurrentHashMap<>();
    private final Map<Long, Connection> byNumber = new ConcurrentHashMap<>();

    private record Peer(long job, int worker) {
    }

    /** A connection with this worker stands. Where there is one already, the new one is used. */
    void add(long job, int worker, Connection connection) {
        byNumber.put(connection.id(), connection);
        byPeer.put(new Peer(job, worker), connection);
    }

    /** A connection with this worker is gone. */
    void remove(long job, int worker, Connection connection) {
        byNumber.remove(connection.id());
        byPeer.remove(new Peer(job, worker), connection);
    }

    /** The connection with this worker; null: there is none. */
    Connection with(long job, int worker) {
        return byPeer.get(new Peer(job, worker));
    }

    /** Closes the connection with this number, if it is there. */
    void close(long connection, String reason) {
        Connection closing = byNumber.get(connection);
        if (closing != null) {
            closing.close(reason);
        }
    }

    /** Closes all connections. */
    void closeAll(String reason) {
        byNumber.values().forEach(connection -> connection.close(reason));
    }
}
