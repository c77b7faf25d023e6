package org.superstep.graph;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.StringJoiner;
import java.util.stream.LongStream;
import org.superstep.graph.io.Location;

/**
 * A parameter that names one vertex or more: a set, each once and in ascending order, however they were given. It has no default; a job
 * whose graph lacks one of them is refused before its first superstep. As text their ids are parted by commas, or stand in a file, one a
 * line, with comments from {@code #} to the line's end: {@code @ids.txt}.
 */
public final class VerticesParameter extends Parameter {
    /** Ascending, none twice. */
    private long[] vertexIds = {};

    VerticesParameter(String name, String help) {
        super(name, help, false);
    }

    /** How many vertices are named. */
    public int size() {
        requirePresent();
        return vertexIds.length;
    }

    /** A vertex's id, by its place from 0 in ascending order. */
    public long get(int index) {
        requirePresent();
        return vertexIds[index];
    }

    /** Whether this vertex is named; takes logarithmic time and no memory, so that {@code compute} may ask. */
    public boolean contains(long vertexId) {
        requirePresent();
        return Arrays.binarySearch(vertexIds, vertexId) >= 0;
    }

    /** All ids, ascending, copied. */
    public long[] ids() {
        requirePresent();
        return vertexIds.clone();
    }

    /** Names the vertices, at least one, before the job starts; the ids are copied. */
    public void set(long... vertexIds) {
        if (vertexIds.length == 0) {
            throw refused("none");
        }
        long[] distinct = LongStream.of(vertexIds).sorted().distinct().toArray();
        replace();
        this.vertexIds = distinct;
    }

    @Override public void parse(String text) {
        set(text.startsWith("@") ? read(text) : parseIds(text));
    }

    private long[] parseIds(String text) {
        var ids = LongStream.builder();
        // The limit keeps empty pieces at the end: "1,2," is a slip.
        for (String piece : text.split(",", -1)) {
            try {
                ids.add(Long.parseLong(piece.trim()));
            } catch (NumberFormatException e) {
                throw refusedText(text);
            }
        }
        return ids.build().toArray();
    }

    private long[] read(String text) {
        var ids = LongStream.builder();
        // Ids are ASCII; comments may be in any encoding.
        try (BufferedReader lines = Files.newBufferedReader(Location.path(text.substring(1)), StandardCharsets.ISO_8859_1)) {
            int number = 1;
            for (String line = lines.readLine(); line != null; line = lines.readLine(), number++) {
                int comment = line.indexOf('#');
                String id = (comment < 0 ? line : line.substring(0, comment)).trim();
                try {
                    if (!id.isEmpty()) {
                        ids.add(Long.parseLong(id));
                    }
                } catch (NumberFormatException e) {
                    throw refused('"' + id + "\" in line " + number + " of " + text.substring(1));
                }
            }
        } catch (IOException e) {
            throw refused(text + ", which cannot be read: " + reason(e));
        } catch (InvalidPathException e) {
            throw refused('"' + text + "\", which is no path: " + e.getReason());
        }
        long[] found = ids.build().toArray();
        if (found.length == 0) {
            throw refused(text + ", which holds none");
        }
        return found;
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such file";
        }
        return e instanceof FileSystemException fault && fault.getReason() == null ? "permission denied" : e.getMessage();
    }

    @Override public String typeName() {
        return "VERTEX,...|@FILE";
    }

    @Override public String allowed() {
        return "ids of vertices, parted by commas, or @FILE with one a line";
    }

    @Override String valueText() {
        var text = new StringJoiner(",");
        for (long id : vertexIds) {
            text.add(Long.toString(id));
        }
        return text.toString();
    }
}
