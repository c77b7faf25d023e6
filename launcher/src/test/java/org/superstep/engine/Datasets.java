package org.superstep.engine;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The real graphs that lie beside the checkout on our machines; a test that needs one is skipped where they are not. */
final class Datasets {
    private Datasets() {
    }

    /** The file at this place below {@code shared/datasets}; skips the running test where there is none. */
    static Path file(String name) {
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            var file = folder.resolve("shared/datasets").resolve(name);
            if (Files.exists(file)) {
                return file;
            }
        }
        assumeTrue(false, name + " is not on this machine");
        throw new AssertionError();
    }

    /** The file's text, unpacked where it is compressed. */
    static String text(String name) {
        try (InputStream bytes = Files.newInputStream(file(name));
                InputStream plain = name.endsWith(".gz") ? new GZIPInputStream(bytes) : bytes) {
            return new String(plain.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The edges in a file of edges, by the plainest of readers: two ids a line, and a weight where there is a third number. */
    static Sample edges(String name) {
        var lines = new ArrayList<Arc>();
        boolean weighted = false;
        for (String line : lines(name)) {
            String[] fields = line.strip().split("[\\s,]+");
            if (fields.length >= 2 && fields[0].matches("-?[0-9]+")) {
                weighted = fields.length > 2;
                lines.add(new Arc(Long.parseLong(fields[0]), Long.parseLong(fields[1]), weighted ? Double.parseDouble(fields[2]) : 1));
            }
        }
        return new Sample(name, lines, weighted, false, false, false);
    }

    /** The edges in a file of adjacency lists: a vertex and those that it points to. */
    static Sample adjacency(String name) {
        var lines = new ArrayList<Arc>();
        for (String line : lines(name)) {
            String[] fields = line.strip().split("\\s+");
            for (int i = 1; i < fields.length; i++) {
                lines.add(new Arc(Long.parseLong(fields[0]), Long.parseLong(fields[i]), 1));
            }
        }
        return new Sample(name, lines, false, false, false, false);
    }

    private static List<String> lines(String name) {
        try (InputStream bytes = Files.newInputStream(file(name));
                InputStream plain = name.endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
                var reader = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            return reader.lines().filter(line -> !line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
