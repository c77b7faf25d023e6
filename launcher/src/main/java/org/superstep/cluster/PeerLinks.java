package org.superstep.cluster;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.superstep.net.Connection;
import org.superstep.net.ConnectionListener;
import org.superstep.net.Frame;
import org.superstep.net.wire.PeerCodec;
import org.superstep.net.wire.WireException;
import org.superstep.worker.MembershipEvent;

/**
 * A worker process's connections with other workers, by attempt and worker and by number, whichever end has made them. What comes over them
 * goes straight to the attempt that it is for, if this process is at that one; nobody speaks for another worker. Any thread may call.
 */
final class PeerLinks {
    private final Supplier<MemberJob> job;
    private final Consumer<MembershipEvent> events;
    private final Map<Peer, Connection> byPeer = new ConcurrentHashMap<>();
    private final Map<Long, Connection> byNumber = new ConcurrentHashMap<>();
    private volatile boolean isClosed;

    private record Peer(long attempt, int worker) {
    }

    /**
     * None yet.
     *
     * @param job the part of the job that is made, runs, or is stopped; null: none
     * @param events hears how connections come and go
     */
    PeerLinks(Supplier<MemberJob> job, Consumer<MembershipEvent> events) {
        this.job = job;
        this.events = events;
    }

    /** What hears a connection with this worker of this attempt. */
    ConnectionListener heard(long attempt, int worker) {
        return new Link(new Peer(attempt, worker));
    }

    /** The connection with this worker of this attempt; where there are several, the latest; null: there is none. */
    Connection with(long attempt, int worker) {
        return byPeer.get(new Peer(attempt, worker));
    }

    /** Closes the connection with this number, if it is there. */
    void close(long connection, String reason) {
        Connection closing = byNumber.get(connection);
        if (closing != null) {
            closing.close(reason);
        }
    }

    /** Closes all connections that stand; others can be made. */
    void breakAll(String reason) {
        byNumber.values().forEach(connection -> connection.close(reason));
    }

    /** Closes all connections, and those that are still to come. */
    void closeAll(String reason) {
        isClosed = true;
        breakAll(reason);
    }

    /** Hears what one other worker of a job says. */
    private final class Link implements ConnectionListener {
        private final Peer peer;

        Link(Peer peer) {
            this.peer = peer;
        }

        @Override public void opened(Connection connection) {
            byNumber.put(connection.id(), connection);
            byPeer.put(peer, connection);
            // Only now, so that it is found here by who closes all, or finds out itself.
            if (isClosed) {
                connection.close("the worker has ended");
                return;
            }
            events.accept(new MembershipEvent.PeerConnected(connection.id(), peer.attempt, peer.worker));
        }

        @Override public void failed(String reason, boolean isFinal) {
            events.accept(new MembershipEvent.PeerNotConnected(peer.attempt, peer.worker, reason));
        }

        @Override public void received(Connection connection, Frame frame) {
            try {
                int from = PeerCodec.from(frame);
                if (from != peer.worker) {
                    throw new WireException("worker " + (peer.worker + 1) + " of the job speaks for worker " + (from + 1));
                }
                MemberJob current = job.get();
                if (current != null && frame.attempt() == current.number() && frame.epoch() == current.epoch()) {
                    current.take(frame);
                }
            } catch (WireException e) {
                connection.close(e.getMessage());
            } catch (OutOfMemoryError e) {
                connection.close("the heap is full");
            }
        }

        @Override public void closed(Connection connection, String reason) {
            byNumber.remove(connection.id());
            byPeer.remove(peer, connection);
            events.accept(new MembershipEvent.PeerClosed(connection.id(), reason));
        }
    }
}
