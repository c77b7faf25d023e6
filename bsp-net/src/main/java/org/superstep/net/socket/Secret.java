package org.superstep.net.socket;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What all processes of a cluster know and nobody else does. It is proved, never sent. */
public final class Secret {
    /** The fewest bytes: who has heard a handshake can try out what is shorter. */
    public static final int LEAST_BYTES = 16;
    private static final int MOST_BYTES = 4096;
    private static final String REMEDY = "; make one with: head -c 32 /dev/urandom | base64 > FILE";

    private final SecretKeySpec key;

    private Secret(byte[] bytes) {
        key = new SecretKeySpec(bytes, "HmacSHA256");
    }

    /** The secret that these bytes are; they are copied. {@link IllegalArgumentException} where they are too few. */
    public static Secret of(byte[] bytes) {
        if (bytes.length < LEAST_BYTES) {
            throw new IllegalArgumentException("a secret has at least " + LEAST_BYTES + " bytes, was " + bytes.length + REMEDY);
        }
        return new Secret(bytes);
    }

    /**
     * The secret that a file holds, without the white space at its end, which editors add.
     *
     * @throws IOException if there is none; the message is one line that names the file
     */
    public static Secret read(Path file) throws IOException {
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw new IOException("secret file " + file + " does not exist" + REMEDY, e);
        } catch (IOException e) {
            throw new IOException("cannot read secret file " + file + ": " + e.getMessage(), e);
        }
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] >= 0 && Character.isWhitespace(bytes[end - 1])) {
            end--;
        }
        if (end < LEAST_BYTES || bytes.length > MOST_BYTES) {
            throw new IOException("secret file " + file + " should hold from " + LEAST_BYTES + " to " + MOST_BYTES + " bytes, holds "
                + (bytes.length > MOST_BYTES ? "more" : end) + REMEDY);
        }
        return of(Arrays.copyOf(bytes, end));
    }

    /** HMAC-SHA256 under this secret. */
    Mac mac() {
        return mac(key);
    }

    /** HMAC-SHA256 under a key. */
    static Mac mac(byte[] key) {
        return mac(new SecretKeySpec(key, "HmacSHA256"));
    }

    private static Mac mac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java has HMAC-SHA256", e);
        }
    }

    /** Gives nothing away. */
    @Override public String toString() {
        return "a secret";
    }
}
