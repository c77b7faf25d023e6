package org.superstep.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** This build's version, as Maven has written it into a resource. */
public final class Version {
    private Version() {
    }

    /** As users know it; {@code unknown} where Maven has not built it. */
    public static String text() {
        try (var in = Version.class.getResourceAsStream("version")) {
            return in == null ? "unknown" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
