package org.superstep.net;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** Writes down what a listener hears, and waits for it, though not for ever. */
public final class Recorder implements ConnectionListener {
    private static final long LIMIT_MS = 20_000;

    private final List<String> events = new ArrayList<>();
    private final List<Connection> connections = new ArrayList<>();
    private final List<Frame> frames = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private boolean isFinal;
    private volatile CountDownLatch gate = new CountDownLatch(0);
    private volatile RuntimeException mistake;
    private volatile RuntimeException mistakeAtFailures;

    /** From now on it does not come back from {@code received}. */
    public void block() {
        gate = new CountDownLatch(1);
    }

    /** It comes back. */
    public void unblock() {
        gate.countDown();
    }

    /** Throws this from now on, at the next frame. */
    public void fail(RuntimeException thrown) {
        mistake = thrown;
    }

    /** Throws this from now on, when no connection could be made. */
    public void failAtFailures(RuntimeException thrown) {
        mistakeAtFailures = thrown;
    }

    @Override public void opened(Connection connection) {
        write("opened", () -> connections.add(connection));
    }

    @Override public void received(Connection connection, Frame frame) {
        write("received", () -> frames.add(frame));
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (mistake != null) {
            throw mistake;
        }
    }

    @Override public void closed(Connection connection, String reason) {
        write("closed", () -> reasons.add(reason));
    }

    @Override public void failed(String reason, boolean isFinal) {
        write("failed", () -> {
            reasons.add(reason);
            this.isFinal = isFinal;
        });
        if (mistakeAtFailures != null) {
            throw mistakeAtFailures;
        }
    }

    @Override public void refused(String reason) {
        write("refused", () -> refusals.add(reason));
    }

    private synchronized void write(String event, Runnable content) {
        events.add(event);
        content.run();
        notifyAll();
    }

    private synchronized <T> T await(String what, Supplier<T> found) throws InterruptedException {
        long endMs = System.currentTimeMillis() + LIMIT_MS;
        for (T result = found.get(); ; result = found.get()) {
            if (result != null) {
                return result;
            } else if (System.currentTimeMillis() >= endMs) {
                throw new AssertionError("waited for " + what + " in vain, heard " + events + " " + reasons + " " + refusals);
            }
            wait(Math.max(1, endMs - System.currentTimeMillis()));
        }
    }

    /** The first connection. */
    public Connection connection() throws InterruptedException {
        return connections(1).get(0);
    }

    /** The connections, once there are so many. */
    public List<Connection> connections(int count) throws InterruptedException {
        return await(count + " connections", () -> connections.size() >= count ? List.copyOf(connections) : null);
    }

    /** The frames, once there are so many. */
    public List<Frame> frames(int count) throws InterruptedException {
        return await(count + " frames", () -> frames.size() >= count ? List.copyOf(frames) : null);
    }

    /** Why the connection was closed, or could not be made. */
    public String reason() throws InterruptedException {
        return reasons(1).get(0);
    }

    /** Why connections were closed, or could not be made, once there are so many. */
    public List<String> reasons(int count) throws InterruptedException {
        return await(count + " reasons", () -> reasons.size() >= count ? List.copyOf(reasons) : null);
    }

    /** Why somebody was turned away. */
    public String refusal() throws InterruptedException {
        return await("a refusal", () -> refusals.isEmpty() ? null : refusals.get(0));
    }

    /** Whether the failure was final. */
    public synchronized boolean isFinal() {
        return isFinal;
    }

    /** All that was heard until now. */
    public synchronized List<String> events() {
        return List.copyOf(events);
    }
}
