package org.superstep.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.superstep.net.JobSpec;

/**
 * Jars that have come from another process, as files named by their hashes. A jar comes in pieces, in order; the last one is shorter than
 * {@link JobSpec.JarPiece#MOST_BYTES}, and empty where there is nothing left. It is not to be seen before it is whole and has the hash that
 * was asked for, and only what was asked for is taken, so that nobody can fill the disk. Any thread may call.
 */
final class JarStore implements AutoCloseable {
    /** The longest jar. */
    static final long MOST_BYTES = 512L << 20;

    private static final String SUFFIX = ".jar";

    private final Path folder;
    private final boolean stay;
    private final Listener listener;
    private final Map<Wanted, Arrival> arrivals = new HashMap<>();
    private final Set<String> stored = new HashSet<>();

    /** Hears what has become of the jars that were wanted; called by whoever brings a piece. */
    interface Listener {
        /** The jar is there. */
        void stored(String sha256);

        /** What came is not the jar, or cannot be kept; it is not wanted any more from this connection. */
        void spoilt(long connection, String sha256, String reason);
    }

    /** Takes the pieces of a jar, one behind another. */
    @FunctionalInterface
    interface Sink {
        /** Takes the next one; may wait. */
        void take(JobSpec.JarPiece piece) throws InterruptedException;
    }

    private record Wanted(long connection, String sha256) {
    }

    /** Keeps jars in this folder, which is there when the first comes; {@code stay}: they outlive this process. */
    JarStore(Path folder, boolean stay, Listener listener) {
        this.folder = folder;
        this.stay = stay;
        this.listener = listener;
    }

    /** Finds the jars that another process has left, and returns their hashes; what is none is deleted. */
    synchronized Set<String> recall() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(SUFFIX) && JobSpec.Jar.of(file).sha256().equals(name.substring(0, name.length() - SUFFIX.length()))) {
                    stored.add(name.substring(0, name.length() - SUFFIX.length()));
                } else {
                    delete(file);
                }
            }
        }
        return Set.copyOf(stored);
    }

    /** Where a jar that has been stored is. */
    Path file(String sha256) {
        return folder.resolve(sha256 + SUFFIX);
    }

    /** From now on, takes this jar from this connection. */
    synchronized void want(long connection, String sha256) {
        arrivals.computeIfAbsent(new Wanted(connection, sha256),
            wanted -> new Arrival(folder.resolve(sha256 + "." + connection + ".part")));
    }

    /** Takes a piece, which is dropped if nobody wants it. */
    void take(long connection, JobSpec.JarPiece piece) {
        String reason;
        synchronized (this) {
            var wanted = new Wanted(connection, piece.sha256());
            Arrival arrival = arrivals.get(wanted);
            if (arrival == null) {
                return;
            }
            reason = arrival.takeAndJudge(piece);
            if (reason == null && !arrival.isWhole()) {
                return;
            }
            arrivals.remove(wanted);
            if (reason == null) {
                reason = keep(arrival, piece.sha256());
            }
            arrival.discard();
        }
        if (reason == null) {
            listener.stored(piece.sha256());
        } else {
            listener.spoilt(connection, piece.sha256(), reason);
        }
    }

    /** Gives what has come whole its name, or tells why it cannot have it. */
    private String keep(Arrival arrival, String sha256) {
        String found = arrival.sha256();
        if (!found.equals(sha256)) {
            return "what came has the hash " + found + ", and not " + sha256;
        }
        try {
            Files.move(arrival.file, file(sha256), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            return unwritable(e);
        }
        stored.add(sha256);
        return null;
    }

    private static String unwritable(IOException e) {
        return "it cannot be written: " + e + "; make room there";
    }

    /** Nothing more comes over this connection. */
    synchronized void abandon(long connection) {
        for (Iterator<Map.Entry<Wanted, Arrival>> all = arrivals.entrySet().iterator(); all.hasNext(); ) {
            var next = all.next();
            if (next.getKey().connection == connection) {
                all.remove();
                next.getValue().discard();
            }
        }
    }

    /** Deletes a jar that nobody needs any more. */
    synchronized void forget(String sha256) {
        if (stored.remove(sha256)) {
            delete(file(sha256));
        }
    }

    /** Sends a file piece by piece, in the way in which a store takes it. */
    static void send(Path file, String sha256, Sink sink) throws IOException, InterruptedException {
        try (InputStream in = Files.newInputStream(file)) {
            long offset = 0;
            byte[] bytes;
            do {
                bytes = in.readNBytes(JobSpec.JarPiece.MOST_BYTES);
                sink.take(new JobSpec.JarPiece(sha256, offset, bytes));
                offset += bytes.length;
            } while (bytes.length == JobSpec.JarPiece.MOST_BYTES);
        }
    }

    /** Deletes all that is there and not to stay. */
    @Override public synchronized void close() {
        arrivals.values().forEach(Arrival::discard);
        arrivals.clear();
        if (!stay) {
            stored.forEach(sha256 -> delete(file(sha256)));
        }
        stored.clear();
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // It is in a folder of the process's own, which is tried again when the process ends.
            return;
        }
    }

    /** A jar on its way. */
    private static final class Arrival {
        private final Path file;
        private final MessageDigest digest = JobSpec.Jar.digest();
        private OutputStream out;
        private long bytes;
        private boolean isWhole;

        Arrival(Path file) {
            this.file = file;
        }

        boolean isWhole() {
            return isWhole;
        }

        /** Writes a piece; null, or why it must not come further. */
        String takeAndJudge(JobSpec.JarPiece piece) {
            if (piece.offset() != bytes) {
                return "a piece came at byte " + piece.offset() + ", and byte " + bytes + " was to come";
            }
            bytes += piece.bytes().length;
            if (bytes > MOST_BYTES) {
                return "it has more than " + (MOST_BYTES >> 20) + " MB, the most that a jar may have";
            }
            try {
                if (out == null) {
                    out = Files.newOutputStream(file);
                }
                out.write(piece.bytes());
                digest.update(piece.bytes());
                isWhole = piece.bytes().length < JobSpec.JarPiece.MOST_BYTES;
                if (isWhole) {
                    out.close();
                }
            } catch (IOException e) {
                return unwritable(e);
            }
            return null;
        }

        String sha256() {
            return JobSpec.Jar.hash(digest);
        }

        /** Closes and deletes what is still there under the name of something that is on its way. */
        void discard() {
            try {
                if (out != null) {
                    out.close();
                }
            } catch (IOException e) {
                // What could not be written is deleted next.
                bytes = 0;
            }
            delete(file);
        }
    }
}
