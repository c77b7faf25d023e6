package org.superstep.simulation;

import java.util.List;

/**
 * One end of a connection. What is sent arrives in order, after a time that is up to the seed; what is on its way when the connection is
 * severed, or reaches an end that is closed, is lost.
 */
final class End {
    /** From here on a process takes the other for dead. */
    private static final long SILENCE_NANOS = 10 * Timeline.SECOND;

    final long id;
    final Actor owner;
    final Call call;
    /** Whether its owner has asked for the connection. */
    final boolean isCaller;
    private final SimulatedNetwork network;
    private final long latencyNanos;
    private End other;
    private boolean isOpen = true;
    /** Whether its owner knows of it. */
    private boolean isKnown;
    private boolean isSevered;
    /** When the last of what is on its way to this end arrives. */
    private long arrivalNanos;

    // Of what was sent to this end.
    private long sent;
    private long delivered;
    private long lost;
    private long lastDelivered;

    private End(long id, Actor owner, Call call, boolean isCaller, SimulatedNetwork network, long latencyNanos) {
        this.id = id;
        this.owner = owner;
        this.call = call;
        this.isCaller = isCaller;
        this.network = network;
        this.latencyNanos = latencyNanos;
    }

    /** The two ends of a new connection, the caller's first. */
    static List<End> pair(long id, Actor caller, Actor called, Call call, SimulatedNetwork network, long latencyNanos) {
        var first = new End(id, caller, call, true, network, latencyNanos);
        var second = new End(id + 1, called, call, false, network, latencyNanos);
        first.other = second;
        second.other = first;
        return List.of(first, second);
    }

    boolean isOpen() {
        return isOpen;
    }

    /** Whether what is sent here may still arrive. */
    boolean isWhole() {
        return isOpen && other.isOpen && !isSevered;
    }

    Actor other() {
        return other.owner;
    }

    /** The connection stands for its owner from now on; false: it has broken before. */
    boolean opens() {
        isKnown = isOpen && !isSevered && owner.isAlive();
        isOpen = isKnown;
        return isKnown;
    }

    void send(Object message) {
        if (!isOpen) {
            return;
        }
        long number = ++other.sent;
        other.arrive(() -> {
            if (other.isSevered || !other.isOpen || !other.owner.isAlive()) {
                other.lost++;
                return;
            }
            if (number != other.lastDelivered + 1) {
                throw new AssertionError("message " + number + " arrives after " + other.lastDelivered + " at " + other);
            }
            other.lastDelivered = number;
            other.delivered++;
            other.owner.received(other, message);
        });
    }

    /** Lets something happen at this end after all that is on its way to it. */
    void arrive(Runnable what) {
        arrivalNanos = Math.max(arrivalNanos, network.world.timeline.nanos() + network.latency(latencyNanos));
        network.world.timeline.at(arrivalNanos, what);
    }

    /** Closes it; the other end hears of it after all that was sent. */
    void close(String reason) {
        if (isOpen) {
            isOpen = false;
            other.arrive(() -> {
                if (!other.isSevered) {
                    other.end(reason);
                }
            });
        }
    }

    private void end(String reason) {
        if (isOpen) {
            isOpen = false;
            if (isKnown && owner.isAlive()) {
                owner.closed(this, reason);
            }
        }
    }

    /** Nothing gets through any more, in either direction; each end learns of it in its own time: at once, or by the other's silence. */
    void sever(boolean silently, String reason) {
        if (!isSevered) {
            isSevered = true;
            other.isSevered = true;
            for (End end : List.of(this, other)) {
                long delay = silently ? SILENCE_NANOS + network.world.random.nextLong(2 * Timeline.SECOND) : network.latency(latencyNanos);
                network.world.timeline.after(delay, () -> end.end(silently ? "nothing was heard from it for 10 s" : reason));
            }
        }
    }

    /** What was sent here is delivered, lost for a cause, or on its way. */
    boolean isConserved() {
        return delivered + lost <= sent && (lost == 0 || isSevered || !isOpen || !owner.isAlive());
    }

    @Override public String toString() {
        return "end " + id + " of " + owner.name + " with " + other.owner.name;
    }
}
