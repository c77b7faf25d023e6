package org.superstep.net.socket;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How a {@link SocketNetwork} behaves; the same at both ends, but for what bounds this process's own memory.
 *
 * @param secret what both ends must know; needed to listen where other machines can connect
 * @param tls what TLS needs; empty: none
 * @param seals whether, with a secret and without TLS, every frame is proved; false: only who is at the other end is, which is enough where
 *     all that is said stays on this machine
 * @param heartbeat how long a connection says nothing before it says that it lives; less where the other end waits for less
 * @param timeout how long nothing is heard before a connection is given up; at least twice the heartbeat
 * @param connecting how long to wait for an answer to a connection's first packet
 * @param handshake how long the other end has to tell and prove who it is
 * @param flushing how long a connection that this end has closed may take to send what was sent on it before
 * @param strangers how many may be in the handshake at once, among those who come; further ones are turned away
 * @param queuedBytes how much data may be under way on a connection before {@code sendData} waits; it goes on at half of that
 * @param packing when what workers say to each other is packed
 */
public record SocketOptions(Optional<Secret> secret, Optional<TlsFiles> tls, boolean seals, Duration heartbeat, Duration timeout,
        Duration connecting, Duration handshake, Duration flushing, int strangers, long queuedBytes, Packing packing) {
    /** How often an end speaks while the other waits for a word: nothing happens if a few are late. */
    static final int BEATS = 5;

    /** Checks the bounds. */
    public SocketOptions {
        Objects.requireNonNull(secret, "secret");
        Objects.requireNonNull(tls, "tls");
        Objects.requireNonNull(packing, "packing");
        atLeastAMillisecond("heartbeat", heartbeat);
        atLeastAMillisecond("connecting", connecting);
        atLeastAMillisecond("handshake", handshake);
        atLeastAMillisecond("flushing", flushing);
        if (timeout.compareTo(heartbeat.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException("timeout must be at least twice the heartbeat, " + heartbeat.toMillis() + " ms, was "
                + timeout.toMillis() + " ms");
        }
        if (strangers < 1) {
            throw new IllegalArgumentException("strangers must be at least 1, was " + strangers);
        }
        if (queuedBytes < 1) {
            throw new IllegalArgumentException("queuedBytes must be at least 1, was " + queuedBytes);
        }
    }

    private static void atLeastAMillisecond(String name, Duration duration) {
        if (duration.toMillis() < 1) {
            throw new IllegalArgumentException(name + " must be at least 1 ms, was " + duration);
        }
    }

    /** No secret and no TLS; a heartbeat of 2 s, a timeout of 10 s, 32 MB of data under way on a connection, packed when faster. */
    public static SocketOptions defaults() {
        return new SocketOptions(Optional.empty(), Optional.empty(), true, Duration.ofSeconds(2), Duration.ofSeconds(10),
            Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(5), 64, 32 << 20, Packing.WHEN_FASTER);
    }

    /** The same with this secret. */
    public SocketOptions withSecret(Secret secret) {
        return new SocketOptions(Optional.of(secret), tls, seals, heartbeat, timeout, connecting, handshake, flushing, strangers,
            queuedBytes, packing);
    }

    /** The same with TLS. */
    public SocketOptions withTls(TlsFiles tls) {
        return new SocketOptions(secret, Optional.of(tls), seals, heartbeat, timeout, connecting, handshake, flushing, strangers,
            queuedBytes, packing);
    }

    /** The same without seals: for processes of one machine. */
    public SocketOptions withoutSeals() {
        return new SocketOptions(secret, tls, false, heartbeat, timeout, connecting, handshake, flushing, strangers,
            queuedBytes, packing);
    }

    /** The same with this heartbeat and timeout. */
    public SocketOptions withHeartbeat(Duration heartbeat, Duration timeout) {
        return new SocketOptions(secret, tls, seals, heartbeat, timeout, connecting, handshake, flushing, strangers,
            queuedBytes, packing);
    }

    /** The same with this timeout, and a fifth of it as the heartbeat. */
    public SocketOptions withTimeout(Duration timeout) {
        return withHeartbeat(timeout.dividedBy(BEATS), timeout);
    }

    /** The same with this packing. */
    public SocketOptions withPacking(Packing packing) {
        return new SocketOptions(secret, tls, seals, heartbeat, timeout, connecting, handshake, flushing, strangers,
            queuedBytes, packing);
    }
}
