package org.superstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.superstep.net.Connection;
import org.superstep.net.ConnectionListener;
import org.superstep.net.Frame;
import org.superstep.net.Party;
import org.superstep.net.ToPeer;
import org.superstep.net.wire.PackCodec;
import org.superstep.net.wire.PeerCodec;
import org.superstep.worker.MembershipEvent;

/** Who may say what on a connection between workers. */
final class PeerLinksTest {
    private static final long ATTEMPT = 7;
    private static final int WORKER = 2;

    private final List<MembershipEvent> events = new ArrayList<>();
    private final PeerLinks links = new PeerLinks(() -> null, events::add);
    private final ConnectionListener listener = links.heard(ATTEMPT, WORKER);
    private final Line line = new Line();

    /** A connection that remembers why it was closed. */
    private static final class Line implements Connection {
        private final List<String> reasons = new ArrayList<>();

        @Override public long id() {
            return 1;
        }

        @Override public Party party() {
            return new Party(Party.Role.PEER, "1.0", ATTEMPT, WORKER);
        }

        @Override public String remote() {
            return "the other end";
        }

        @Override public boolean isSafe() {
            return true;
        }

        @Override public void send(Frame frame) {
            throw new AssertionError("nothing is said here");
        }

        @Override public int sendData(Frame frame) {
            throw new AssertionError("nothing is said here");
        }

        @Override public void corrupt() {
            throw new AssertionError("nothing is said here");
        }

        @Override public void close(String reason) {
            reasons.add(reason);
        }
    }

    private static Frame end(int from) {
        return PeerCodec.encode(new ToPeer.OutboxesEnd(from, 3, 0), ATTEMPT, 1);
    }

    private static Frame outbox(int from) {
        return PackCodec.pack(PeerCodec.encode(new ToPeer.Outbox(from, 3, 0, new byte[1000]), ATTEMPT, 1));
    }

    @Test void aConnectionIsWithTheWorkerThatItIsFor() {
        listener.opened(line);
        assertThat(events).containsExactly(new MembershipEvent.PeerConnected(1, ATTEMPT, WORKER));
        assertThat(links.with(ATTEMPT, WORKER)).isSameAs(line);
        assertThat(links.with(ATTEMPT + 1, WORKER)).isNull();
    }

    @Test void nobodySpeaksForAnotherWorker() {
        listener.opened(line);
        listener.received(line, end(WORKER));
        listener.received(line, outbox(WORKER));
        assertThat(line.reasons).isEmpty();
        listener.received(line, end(0));
        assertThat(line.reasons).containsExactly("worker 3 of the job speaks for worker 1");
        listener.received(line, outbox(1));
        assertThat(line.reasons).last().isEqualTo("worker 3 of the job speaks for worker 2");
    }

    @Test void whatIsNoWorkersMessageEndsTheConnection() {
        listener.opened(line);
        listener.received(line, new Frame(Frame.Type.OUTBOX, ATTEMPT, 1, 3, new byte[2]));
        assertThat(line.reasons).containsExactly("a frame of type OUTBOX must be at least 4 bytes, was 2");
    }
}
