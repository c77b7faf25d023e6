package org.superstep.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * A job as it travels from who submits it to the master, and from there to the workers: the words of the command line, from which each of
 * them makes the program and its options again.
 *
 * @param program what the user has called the program
 * @param words all words of the command line behind {@code superstep run}, the program's name first, with every path absolute
 * @param jars the jars that hold the program, in the order in which classes are looked for; empty: a bundled program
 * @param outputs the absolute paths of all that the job writes, as no two jobs may write the same
 * @param workers how many workers it is for; 0: as many as there are when it begins
 * @param threads compute threads over all workers, each of which has the same number and at least 1; 0: as many as each has
 * @param recovery what is to be done where workers are lost, or others come
 */
public record JobSpec(String program, List<String> words, List<Jar> jars, List<String> outputs, int workers, int threads,
        Recovery recovery) {
    /** Checks what must be there. */
    public JobSpec {
        Objects.requireNonNull(program, "program");
        words = List.copyOf(words);
        jars = List.copyOf(jars);
        outputs = List.copyOf(outputs);
        Objects.requireNonNull(recovery, "recovery");
    }

    /** A job that fails where a worker is lost. */
    public JobSpec(String program, List<String> words, List<Jar> jars, List<String> outputs, int workers, int threads) {
        this(program, words, jars, outputs, workers, threads, Recovery.NONE);
    }

    /**
     * What is to be done where workers are lost, or others come.
     *
     * @param maxRestarts how often the job may begin anew, or go back to its last checkpoint, without having got to another one in
     *     between; 0: it fails where a worker is lost
     * @param hasCheckpoints whether it is saved now and then, so that it can be suspended, and its partitions can move
     * @param isElastic whether workers that join are given a part of it
     * @param isConfined whether workers keep what they have computed where another is lost
     */
    public record Recovery(int maxRestarts, boolean hasCheckpoints, boolean isElastic, boolean isConfined) {
        /** None. */
        public static final Recovery NONE = new Recovery(0, false, false, false);

        /** Checks the bound. */
        public Recovery {
            if (maxRestarts < 0) {
                throw new IllegalArgumentException("max-restarts must be at least 0, was " + maxRestarts);
            }
        }
    }

    /**
     * A jar of a user's, known by what it holds.
     *
     * @param name its file name, for people alone
     * @param sha256 the hash of its bytes, 64 hexadecimal digits in lower case
     * @param bytes its length
     */
    public record Jar(String name, String sha256, long bytes) {
        /** Checks the hash, which names a file on the workers. */
        public Jar {
            Objects.requireNonNull(name, "name");
            if (!sha256.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException("a jar's hash has 64 hexadecimal digits, was \"" + sha256 + "\"");
            }
            if (bytes < 0) {
                throw new IllegalArgumentException("a jar's length is at least 0, was " + bytes);
            }
        }

        /** The jar that stands in this file, which is read once. */
        public static Jar of(Path file) throws IOException {
            MessageDigest digest = digest();
            try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            return new Jar(file.getFileName().toString(), hash(digest), Files.size(file));
        }

        /** What makes a jar's hash of its bytes. */
        public static MessageDigest digest() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError("every JDK has SHA-256", e);
            }
        }

        /** The hash of the bytes that this has been given. */
        public static String hash(MessageDigest digest) {
            return HexFormat.of().formatHex(digest.digest());
        }
    }

    /**
     * A piece of a jar on its way.
     *
     * @param sha256 which jar
     * @param offset where in it the piece begins
     * @param bytes the piece
     */
    public record JarPiece(String sha256, long offset, byte[] bytes) {
        /** The longest piece. */
        public static final int MOST_BYTES = 1 << 20;
    }
}
