package org.superstep.net;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Connections between parts of one process, as a socket's would be, with one thread that delivers. For tests, and laws of a network. */
public final class InProcessNetwork implements Network {
    private static final AtomicLong IDS = new AtomicLong();
    private static final int FIRST_FREE_PORT = 40_000;
    private static final long QUEUED_BYTES = 32 << 20;

    private record Listening(Party self, ConnectionListener listener) {
    }

    private final Map<Integer, Listening> listening = new HashMap<>();
    private final Set<End> ends = ConcurrentHashMap.newKeySet();
    private final ExecutorService delivery = Executors.newSingleThreadExecutor(this::thread);
    private volatile Thread thread;
    private final long queuedBytes;
    private int nextPort = FIRST_FREE_PORT;

    /** A network without connections. */
    public InProcessNetwork() {
        this(QUEUED_BYTES);
    }

    /** A network with this bound on the data that is under way on a connection. */
    InProcessNetwork(long queuedBytes) {
        this.queuedBytes = queuedBytes;
    }

    @Override public synchronized HostPort listen(HostPort at, Party self, ConnectionListener listener) throws IOException {
        int port = at.port() == 0 ? nextPort++ : at.port();
        if (listening.putIfAbsent(port, new Listening(self, listener)) != null) {
            throw new IOException("cannot listen at " + at + ": the port is in use; choose another");
        }
        return new HostPort(at.host(), port);
    }

    @Override public synchronized void connect(HostPort to, Party self, ConnectionListener listener) {
        Listening other = listening.get(to.port());
        if (other == null) {
            post(() -> listener.failed("nobody listens at " + to, false));
            return;
        }
        if (!self.version().equals(other.self.version())) {
            post(() -> listener.failed(to + " is Superstep " + other.self.version() + ", and this is " + self.version()
                + "; both must be the same version", true));
            return;
        }
        var here = new End(other.self, listener);
        var there = new End(self, other.listener);
        here.other = there;
        there.other = here;
        ends.add(here);
        ends.add(there);
        post(() -> {
            // In one go: should the first close it, nobody hears so before it hears that the connection stands.
            there.call(() -> other.listener.opened(there));
            here.call(() -> listener.opened(here));
        });
    }

    private Thread thread(Runnable task) {
        thread = new Thread(task, "in-process-network");
        thread.setDaemon(true);
        return thread;
    }

    private void post(Runnable task) {
        if (!delivery.isShutdown()) {
            delivery.execute(task);
        }
    }

    @Override public void close() {
        ends.forEach(end -> end.close("the network ends"));
        delivery.shutdown();
        try {
            if (delivery.awaitTermination(10, TimeUnit.SECONDS) && thread != null) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One end of a connection. */
    private final class End implements Connection {
        private final long id = IDS.incrementAndGet();
        private final Party party;
        private final ConnectionListener listener;
        private End other;
        private final AtomicLong underWay = new AtomicLong();
        private volatile boolean isClosed;

        End(Party party, ConnectionListener listener) {
            this.party = party;
            this.listener = listener;
        }

        @Override public long id() {
            return id;
        }

        @Override public Party party() {
            return party;
        }

        @Override public String remote() {
            return "this process";
        }

        @Override public boolean isSafe() {
            return true;
        }

        @Override public void send(Frame frame) {
            if (!isClosed) {
                underWay.addAndGet(frame.bytes());
                other.hear(() -> {
                    if (!other.isClosed) {
                        other.listener.received(other, frame);
                    }
                });
                post(() -> arrived(frame.bytes()));
            }
        }

        @Override public int sendData(Frame frame) throws InterruptedException {
            synchronized (this) {
                while (underWay.get() > queuedBytes && !isClosed) {
                    wait();
                }
            }
            send(frame);
            return frame.body().length;
        }

        private synchronized void arrived(long bytes) {
            underWay.addAndGet(-bytes);
            notifyAll();
        }

        @Override public void corrupt() {
            throw new UnsupportedOperationException("what is said inside a process has no bits that a network could flip");
        }

        @Override public void close(String reason) {
            if (isClosing()) {
                hear(() -> listener.closed(this, reason));
                other.hear(() -> other.closedByOther(reason));
            }
        }

        private void closedByOther(String reason) {
            if (isClosing()) {
                listener.closed(this, reason);
            }
        }

        /** Whether this is what closes it: it was open, and is not any more. */
        private boolean isClosing() {
            synchronized (this) {
                if (isClosed) {
                    return false;
                }
                isClosed = true;
                notifyAll();
            }
            ends.remove(this);
            return true;
        }

        /** Has the listener called, in order. */
        private void hear(Runnable call) {
            post(() -> call(call));
        }

        /** Calls the listener; its mistake costs the connection. */
        private void call(Runnable call) {
            try {
                call.run();
            } catch (RuntimeException | Error e) {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
                close("the process could not go on: " + e);
            }
        }
    }
}
