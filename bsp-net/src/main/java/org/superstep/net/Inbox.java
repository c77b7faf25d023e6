package org.superstep.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/**
 * Where what comes for one worker of a job waits until the worker's thread takes it, in the order in which it was put: frames from any
 * number of connections, and messages from this process. To put never waits for who takes, so connections always drain; what is more than
 * the bound on memory waits on disk. Any thread may put or close; one takes.
 */
public final class Inbox implements AutoCloseable {
    /** A body as small as this costs no more than to remember where on disk it is. So small frames stay in memory, beyond the bound too. */
    private static final int SMALL_BYTES = 256;

    private record Spilled(Frame.Type type, long job, long epoch, int superstep, long at, int bytes) {
    }

    private final Path scratch;
    private final long boundBytes;
    private final SpillFile file;
    private final Queue<Object> waiting = new ArrayDeque<>();
    private long heldBytes;
    private int spilled;
    private IOException failure;
    private boolean isClosed;

    /**
     * An empty one.
     *
     * @param scratch a folder on a local disk, made where it is missing; the file has no name in it while it is in use, so that nothing is
     *     left behind
     * @param boundBytes how many bytes of frames wait in memory; one frame may go beyond
     */
    public Inbox(Path scratch, long boundBytes) {
        this(scratch, boundBytes, () -> Files.createTempFile(Files.createDirectories(scratch), "inbox-", ".spill"));
    }

    Inbox(Path scratch, long boundBytes, SpillFile.Place place) {
        this.scratch = scratch;
        this.boundBytes = boundBytes;
        this.file = new SpillFile(place);
    }

    /** Takes a frame; on a closed inbox, or one that has failed, it is dropped. */
    public synchronized void put(Frame frame) {
        if (isClosed || failure != null) {
            return;
        }
        if (heldBytes > 0 && heldBytes + frame.bytes() > boundBytes && frame.body().length > SMALL_BYTES) {
            try {
                long at = file.append(frame.body());
                waiting.add(new Spilled(frame.type(), frame.attempt(), frame.epoch(), frame.superstep(), at, frame.body().length));
                spilled++;
            } catch (IOException e) {
                failure = e;
                waiting.clear();
            }
        } else {
            waiting.add(frame);
            heldBytes += frame.bytes();
        }
        notifyAll();
    }

    /** Takes a message that is no frame; on a closed inbox, or one that has failed, it is dropped. */
    public synchronized void putMessage(Object message) {
        if (!isClosed && failure == null) {
            waiting.add(message);
            notifyAll();
        }
    }

    /**
     * What was put first, a {@link Frame} or a message; waits for it. Empty when the inbox is closed.
     *
     * @throws IOException if something could not be kept on disk, or read from there: something is missing now. The message is one line
     *     that names the folder
     */
    public Optional<Object> take() throws InterruptedException, IOException {
        synchronized (this) {
            while (waiting.isEmpty() && !isClosed && failure == null) {
                wait();
            }
        }
        return poll();
    }

    /** The same without waiting: empty where there is nothing, too. */
    public Optional<Object> poll() throws IOException {
        Object next;
        synchronized (this) {
            if (isClosed) {
                return Optional.empty();
            } else if (failure != null) {
                throw failed();
            } else if (waiting.isEmpty()) {
                return Optional.empty();
            }
            next = waiting.remove();
            if (next instanceof Frame frame) {
                heldBytes -= frame.bytes();
            }
        }
        return next instanceof Spilled kept ? read(kept) : Optional.of(next);
    }

    /** Reads without the lock, so that nobody who puts waits for the disk's reading. */
    private Optional<Object> read(Spilled kept) throws IOException {
        byte[] body = null;
        IOException thrown = null;
        try {
            body = file.read(kept.at, kept.bytes);
        } catch (IOException e) {
            thrown = e;
        }
        synchronized (this) {
            if (isClosed) {
                return Optional.empty();
            } else if (thrown != null) {
                failure = thrown;
                throw failed();
            }
            spilled--;
            if (spilled == 0) {
                file.clear();
            }
        }
        return Optional.of(new Frame(kept.type, kept.job, kept.epoch, kept.superstep, body));
    }

    private IOException failed() {
        return new IOException("what has come for this worker does not fit in memory and cannot be kept in " + scratch + ": "
            + failure.getMessage() + "; free space there, or give the worker more memory", failure);
    }

    /** Drops what waits, and wakes who takes. */
    @Override public synchronized void close() throws IOException {
        isClosed = true;
        waiting.clear();
        notifyAll();
        file.clear();
    }
}
