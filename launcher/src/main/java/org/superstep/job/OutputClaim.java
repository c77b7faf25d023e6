package org.superstep.job;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * What keeps two jobs from writing one output: a small file whose exclusive creation is the claim, which works on network file systems too.
 * It holds who claims, so that what a dead process has left behind does not block for ever: on the same machine, where that can be found
 * out, such a claim is taken over; elsewhere the user is told which file to delete. (A lock of the kernel's, held all the time, would go by
 * itself, but not every network file system has locks; and where a claim is deleted to let go of it, another may hold a lock on what is no
 * file any more.)
 */
final class OutputClaim {
    /** What its file's name ends in. */
    static final String SUFFIX = ".superstep-claim";
    /** What a job's token is made of. */
    static final String TOKEN = "[A-Za-z0-9-]{1,64}";

    private final Path file;
    private final Owner owner;
    private boolean isTaken;

    /** A claim that is not made yet, by the job with this token, whose claim stands in this file. */
    OutputClaim(Path file, String token) {
        this.file = file;
        owner = Owner.of(token);
    }

    boolean isTaken() {
        return isTaken;
    }

    /**
     * Makes the claim; the fault says who has made one before.
     *
     * @return the token of the job whose process has died with the claim: what it has left behind belongs to nobody; empty where there was
     *     none
     */
    Optional<String> take() throws IOException {
        Optional<String> dead = create() ? Optional.empty() : takeOver();
        isTaken = true;
        return dead;
    }

    private boolean create() throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            write(channel, owner.text());
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /** A claim of nobody, as a full disk leaves one, would keep everybody away. */
    private void write(FileChannel channel, String text) throws IOException {
        try {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), channel.size());
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
    }

    /** Adds to the claim of a dead process: it is there all the time, so that nobody can create another meanwhile. */
    private Optional<String> takeOver() throws IOException {
        String dead = "";
        // Of several processes that find it dead one gets the lock. Of several threads of this one each would get it in turn, but a channel
        // that one closes lets go of the other's.
        synchronized (OutputClaim.class) {
            try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                    var lock = channel.tryLock()) {
                Owner other = Owner.parsed(new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8));
                if (lock == null || !other.isDead(owner)) {
                    throw claimed(other);
                }
                dead = other.token();
                // Behind the other's, as not every file system lets a file be written elsewhere.
                write(channel, "\n" + owner.text());
            } catch (NoSuchFileException e) {
                // Let go of just now.
                if (!create()) {
                    throw claimed(Owner.parsed(""));
                }
            }
        }
        Owner found = Owner.parsed(read(file));
        if (!found.equals(owner)) {
            throw claimed(found);
        }
        // It becomes part of files' names.
        return Optional.of(dead).filter(token -> token.matches(TOKEN));
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    private IOException claimed(Owner other) {
        if (other.isProcessOf(owner)) {
            return new IOException("another job of this process writes it");
        }
        return new IOException("another job writes it" + (other.process().isEmpty() ? "" : ", of process " + other.process() + " on "
            + other.host()) + "; if that is none any more, delete " + file);
    }

    /** Lets go of the claim; without one does nothing. */
    void release() throws IOException {
        if (isTaken) {
            isTaken = false;
            Files.deleteIfExists(file);
        }
    }

    /** Lets go of a claim with the same token, whoever in this process has made it. */
    void abandon() throws IOException {
        if (Owner.parsed(read(file)).equals(owner)) {
            Files.deleteIfExists(file);
        }
    }

    /**
     * Who claims. What Linux tells of a process is read from its files: asking the JVM would load the classes of {@code java.time}.
     *
     * @param process its number; empty: unknown
     * @param began when it began, in the kernel's count, as numbers are given again
     * @param machine the machine since its last start, and the name space of process numbers on it; empty: unknown
     * @param host the machine's name, for people
     * @param token the job's
     */
    private record Owner(String process, String began, String machine, String host, String token) {
        static Owner of(String token) {
            try {
                String stat = Files.readString(Path.of("/proc/self/stat"));
                String machine = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip()
                    + Files.readSymbolicLink(Path.of("/proc/self/ns/pid"));
                String host = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
                return new Owner(stat.substring(0, stat.indexOf(' ')), began(stat), machine, host, token);
            } catch (IOException e) {
                // No Linux: its claims are found, but never dead.
                return new Owner(Long.toString(ProcessHandle.current().pid()), "", "", "this machine", token);
            }
        }

        /** The last who stands in a claim's file. */
        static Owner parsed(String text) {
            String[] lines = text.split("\n", -1);
            int at = lines.length - 5;
            return at < 0 ? new Owner("", "", "", "", "")
                : new Owner(lines[at], lines[at + 1], lines[at + 2], lines[at + 3], lines[at + 4]);
        }

        String text() {
            return String.join("\n", process, began, machine, host, token);
        }

        /** The twentieth field behind the process's name, which stands in brackets and may hold anything. */
        private static String began(String stat) {
            return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19];
        }

        boolean isProcessOf(Owner other) {
            return process.equals(other.process) && began.equals(other.began) && machine.equals(other.machine);
        }

        /** Whether the other, who lives, can tell that this one does not. */
        boolean isDead(Owner other) {
            if (machine.isEmpty() || !machine.equals(other.machine)) {
                return false;
            }
            try {
                return !began(Files.readString(Path.of("/proc", process, "stat"))).equals(began);
            } catch (NoSuchFileException e) {
                return true;
            } catch (IOException e) {
                return false;
            }
        }
    }
}
