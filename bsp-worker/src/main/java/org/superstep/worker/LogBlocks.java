package org.superstep.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The bytes of a log: a stream that is cut into blocks of one length, of which only those take space that hold something that is wanted. As
 * many blocks as may be are in memory; beyond, a thread of their own writes full ones to a {@link LogFile}, oldest first. Arrays go from
 * block to block, so that once there are enough of them nothing is allocated, and the collector finds nothing to copy. Any thread may call
 * anything.
 *
 * <pre>
 *   state     what happens                                             next
 *   FILLING   its last byte was copied in                              FULL
 *   FULL      too much is in memory, and it is the oldest              WRITING
 *   WRITING   it stands in the file; its array goes to another block   WRITTEN
 *   any       trouble: one cannot be written, or they are too many     GONE
 *   any       nothing in it is wanted any more                         GONE
 * </pre>
 *
 * <p>In trouble all blocks are gone, and nothing is taken until that has been noticed ({@link #clear}).
 */
final class LogBlocks implements AutoCloseable {
    /**
     * Just under a megabyte: with its header an array fills a region of G1 where those are small, and is never moved; an even number of
     * the file system's pages.
     */
    static final int BLOCK_BYTES = (1 << 20) - (1 << 12);
    /** One that is filled, and one that is written. */
    private static final int LEAST_ARRAYS = 2;
    /** This part of the memory is kept free by writing ahead, so that compute threads need not wait for the disk. */
    private static final int HEADROOM = 8;
    private static final String[] UNITS = {"bytes", "KB", "MB", "GB", "TB"};

    private enum State { FILLING, FULL, WRITING, WRITTEN, GONE }

    private static final class Block {
        State state = State.FILLING;
        /** Null before anything is copied in, and when all stands in the file. */
        byte[] bytes;
        /** How many bytes have been copied in. */
        int filled;
        /** How many threads copy into it or read its array. */
        int users;
        /** How many of the pieces in it are wanted. */
        int wanted;
        int extent;
    }

    private final Path scratch;
    private final int blockBytes;
    /** How many arrays there are to be. */
    private final long mostArrays;
    private final long limitBytes;
    private final LogFile.Place place;
    private LogFile file;
    /** By number in the stream; those before the last that are not here are gone. */
    private final Map<Long, Block> blocks = new HashMap<>();
    /** In memory, the one that was full first coming first; some may be gone. */
    private final ArrayDeque<Block> full = new ArrayDeque<>();
    private final ArrayList<byte[]> spare = new ArrayList<>();
    private long arrays;
    /** Where the stream ends. */
    private long end;
    private boolean isWriting;
    private Thread writer;
    private String trouble = "";
    private boolean isClosed;

    LogBlocks(LogPlan plan) {
        this(plan, BLOCK_BYTES, () -> Files.createTempFile(Files.createDirectories(plan.scratch()), "outboxes-", ".log"));
    }

    LogBlocks(LogPlan plan, int blockBytes, LogFile.Place place) {
        scratch = plan.scratch();
        this.blockBytes = blockBytes;
        mostArrays = Math.max(LEAST_ARRAYS, plan.memoryBytes() / blockBytes);
        limitBytes = plan.limitBytes();
        this.place = place;
        file = new LogFile(place, blockBytes);
    }

    /** How many blocks' worth of memory is held. */
    synchronized long arrays() {
        return arrays;
    }

    /** Why nothing more is taken, in a few words; empty: it is. */
    synchronized String trouble() {
        return trouble;
    }

    /**
     * Makes room at the end of the stream, which is wanted until it is {@link #release released}.
     *
     * @param count at least 1
     * @return where it begins; -1 where there is trouble
     */
    synchronized long reserve(int count) {
        long last = (end + count - 1) / blockBytes;
        if (trouble.isEmpty() && usedBytes() + count > limitBytes) {
            giveUp("the log would be longer than --log-limit allows (" + text(limitBytes) + ")");
        }
        if (!trouble.isEmpty() || isClosed) {
            return -1;
        }
        for (long number = end / blockBytes; number <= last; number++) {
            blocks.computeIfAbsent(number, made -> new Block()).wanted++;
        }
        long at = end;
        end += count;
        return at;
    }

    /** The space of all blocks, without what is not reserved of the last one. */
    private long usedBytes() {
        int reserved = (int) (end % blockBytes);
        return (long) blocks.size() * blockBytes - (reserved == 0 ? 0 : blockBytes - reserved);
    }

    /** So many bytes in the words of the options. */
    private static String text(long bytes) {
        int unit = 0;
        double value = bytes;
        for (; value >= 1024 && unit < UNITS.length - 1; unit++) {
            value /= 1024;
        }
        return (unit == 0 ? Long.toString(bytes) : String.format(Locale.ROOT, "%.1f", value)) + " " + UNITS[unit];
    }

    /** Copies bytes to where room was made for them. Waits where more is in memory than may be, as long as the disk takes any. */
    void write(long at, ByteBuffer bytes) {
        for (long next = at; bytes.hasRemaining(); ) {
            int from = (int) (next % blockBytes);
            int count = Math.min(bytes.remaining(), blockBytes - from);
            Block block = entered(next / blockBytes);
            if (block == null) {
                return;
            }
            bytes.get(block.bytes, from, count);
            left(block, count);
            next += count;
        }
    }

    /** The block with this number, whose array stays with it until it is left; null where it is gone. */
    private synchronized Block entered(long number) {
        boolean interrupted = false;
        Block block = blocks.get(number);
        while (block != null && block.bytes == null && spare.isEmpty() && arrays >= mostArrays && (isWriting || hasFull())) {
            try {
                wait();
            } catch (InterruptedException e) {
                // The disk is still at it; whoever has interrupted is told afterwards.
                interrupted = true;
            }
            block = blocks.get(number);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (block == null || block.bytes == null && !isProvided(block)) {
            return null;
        }
        block.users++;
        return block;
    }

    /** Gives the block an array; false: there is no memory for that, and all is given up. */
    private boolean isProvided(Block block) {
        if (!spare.isEmpty()) {
            block.bytes = spare.remove(spare.size() - 1);
        } else {
            try {
                block.bytes = new byte[blockBytes];
            } catch (OutOfMemoryError e) {
                // The job may need less than the log, and go on.
                arrays -= spare.size();
                spare.clear();
                giveUp("the worker's heap has no room for the log; --log-memory may be less");
                return false;
            }
            arrays++;
        }
        writeAhead();
        return true;
    }

    private synchronized void left(Block block, int count) {
        block.users--;
        block.filled += count;
        if (block.state == State.FILLING && block.filled == blockBytes) {
            block.state = State.FULL;
            full.add(block);
            writeAhead();
        }
    }

    private boolean hasFull() {
        while (!full.isEmpty() && full.peek().state != State.FULL) {
            full.remove();
        }
        return !full.isEmpty();
    }

    private boolean isAbundant() {
        return arrays - spare.size() > mostArrays - Math.max(1, mostArrays / HEADROOM);
    }

    /** Has a block written if it is time; the thread is started for the first. */
    private void writeAhead() {
        if (hasFull() && isAbundant() && !isClosed) {
            if (writer == null) {
                writer = new Thread(this::writeFull, "superstep-log");
                writer.setDaemon(true);
                writer.start();
            }
            notifyAll();
        }
    }

    private void writeFull() {
        for (Block block = taken(); block != null; block = taken()) {
            int extent = -1;
            String failure = "";
            LogFile into;
            synchronized (this) {
                into = file;
            }
            try {
                extent = into.write(block.bytes);
            } catch (Throwable t) {
                // Whatever it is: the job can go on without its log, and compute threads may wait for this one.
                failure = "the log cannot be written to " + scratch + ": " + reason(t);
            }
            written(block, into, extent, failure);
        }
    }

    /** The next block to be written, when it is time; null: there is none any more. */
    private synchronized Block taken() {
        while (!isClosed && !(isAbundant() && trouble.isEmpty() && hasFull())) {
            try {
                wait();
            } catch (InterruptedException e) {
                // Nobody who knows this thread interrupts it.
                continue;
            }
        }
        if (isClosed) {
            return null;
        }
        Block block = full.remove();
        block.state = State.WRITING;
        block.users++;
        isWriting = true;
        return block;
    }

    private static String reason(Throwable t) {
        // Of a file there may be no more than its name in the message.
        return t instanceof FileSystemException fault && fault.getReason() == null ? t.toString() : CheckpointWriter.reason(t);
    }

    private synchronized void written(Block block, LogFile into, int extent, String failure) {
        isWriting = false;
        block.users--;
        boolean isGone = block.state == State.GONE;
        if (isGone && extent >= 0) {
            into.free(extent);
        } else if (!isGone && extent >= 0) {
            block.state = State.WRITTEN;
            block.extent = extent;
            recycle(block);
        } else if (!isGone) {
            giveUp(failure);
        }
        notifyAll();
    }

    /** Takes the array from a block that does not need it any more. */
    private void recycle(Block block) {
        if (block.bytes == null) {
            return;
        }
        if (block.users > 0) {
            // The block is gone, and its array goes when those who are still at it have left.
            arrays--;
            return;
        }
        if (arrays <= mostArrays) {
            spare.add(block.bytes);
        } else {
            arrays--;
        }
        block.bytes = null;
    }

    /** Reads what was written; not while anybody reserves or writes. The message of what is thrown names the log and the block. */
    byte[] read(long at, int count) throws IOException {
        var bytes = new byte[count];
        for (int read = 0; read < count; ) {
            long number = (at + read) / blockBytes;
            int from = (int) ((at + read) % blockBytes);
            int part = Math.min(count - read, blockBytes - from);
            byte[] array;
            int extent;
            LogFile where;
            synchronized (this) {
                Block block = blocks.get(number);
                if (block == null) {
                    throw new IOException("block " + number + " of the log in " + scratch + " has been given up");
                }
                array = block.bytes;
                extent = block.extent;
                where = file;
            }
            if (array != null) {
                // Nobody writes to it, even if its block comes to be written meanwhile.
                System.arraycopy(array, from, bytes, read, part);
            } else {
                try {
                    where.read(extent, from, bytes, read, part);
                } catch (IOException e) {
                    throw new IOException("block " + number + " of the log in " + scratch + " cannot be read: "
                        + CheckpointWriter.reason(e), e);
                }
            }
            read += part;
        }
        return bytes;
    }

    /** What was reserved there is not wanted any more. */
    synchronized void release(long at, int count) {
        for (long number = at / blockBytes; number <= (at + count - 1) / blockBytes; number++) {
            Block block = blocks.get(number);
            if (block != null && --block.wanted == 0 && (number + 1) * blockBytes <= end) {
                blocks.remove(number);
                forget(block);
            }
        }
        notifyAll();
    }

    private void forget(Block block) {
        if (block.state == State.WRITTEN) {
            file.free(block.extent);
        }
        recycle(block);
        block.state = State.GONE;
    }

    /** Forgets all, and with it the trouble. */
    void clear() {
        LogFile given = null;
        synchronized (this) {
            clearBlocks();
            if (!trouble.isEmpty()) {
                // Space may be what others lack, too.
                given = file;
                file = new LogFile(place, blockBytes);
                trouble = "";
            }
        }
        if (given != null) {
            given.close();
        }
    }

    private void giveUp(String why) {
        trouble = why;
        clearBlocks();
    }

    private void clearBlocks() {
        blocks.values().forEach(this::forget);
        blocks.clear();
        full.clear();
        // Whoever still holds room before this finds it gone.
        end = (end + blockBytes - 1) / blockBytes * blockBytes;
        notifyAll();
    }

    /** Forgets all, and gives back the space, in memory and on disk; nothing is taken any more. */
    @Override public void close() {
        LogFile last;
        synchronized (this) {
            isClosed = true;
            clearBlocks();
            spare.clear();
            last = file;
        }
        // Without the lock, for the disk may hang, and who waits for it is to go on.
        last.close();
    }
}
