package org.superstep.checkpoint;

import java.util.Objects;

/**
 * A piece of a file that holds something of one partition, as {@link SegmentOutput} has written it and {@link SegmentInput} reads it.
 *
 * @param file the file's name, in the folder of the checkpoints
 * @param offset where in the file it begins
 * @param bytes how long it is in the file
 * @param checksum CRC32C of the content, by which two can be compared without being read
 */
public record Segment(String file, long offset, long bytes, int checksum) {
    /** Checks what must be there. */
    public Segment {
        Objects.requireNonNull(file, "file");
        if (offset < 0 || bytes < 0) {
            throw new IllegalArgumentException("a segment begins at 0 or behind it and has no less than 0 bytes, was " + offset + " and "
                + bytes);
        }
    }
}
