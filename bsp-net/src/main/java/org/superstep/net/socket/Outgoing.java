package org.superstep.net.socket;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.superstep.net.Frame;

/** What is under way on a connection, from those who send to the socket. Any thread may call, but frames leave by one. */
final class Outgoing {
    private final Queue<Frame> frames = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();
    private final long bound;
    private volatile int waiting;
    private volatile boolean isClosed;

    Outgoing(long bound) {
        this.bound = bound;
    }

    Queue<Frame> frames() {
        return frames;
    }

    long bytes() {
        return bytes.get();
    }

    void add(Frame frame) {
        bytes.addAndGet(frame.bytes());
        frames.add(frame);
    }

    /** Waits while more is under way than the bound; then until it is half of that, so that who waits is not woken for every frame. */
    void awaitRoom() throws InterruptedException {
        if (bytes.get() <= bound || isClosed) {
            return;
        }
        synchronized (this) {
            // Counted before the bytes are looked at, as `left` takes away bytes before it looks whether somebody waits.
            waiting++;
            try {
                while (bytes.get() > bound / 2 && !isClosed) {
                    wait();
                }
            } finally {
                waiting--;
            }
        }
    }

    /** The socket has taken so many bytes of frames. */
    void left(int count) {
        if (bytes.addAndGet(-count) <= bound / 2 && waiting > 0) {
            wake();
        }
    }

    /** Nobody waits any more. */
    void close() {
        isClosed = true;
        wake();
    }

    private synchronized void wake() {
        notifyAll();
    }
}
