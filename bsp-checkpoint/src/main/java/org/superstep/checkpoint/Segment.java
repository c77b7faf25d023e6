package org.superstep.checkpoint;

import java.util.regex.Pattern;

/**
 * A piece of a file that holds something of one partition, as {@link SegmentOutput} has written it and {@link SegmentInput} reads it.
 *
 * @param file the file's name, in the folder of the checkpoints; never a path, so that nothing leads out of the folder
 * @param offset where in the file it begins
 * @param bytes how long it is in the file
 * @param checksum CRC32C of the content, by which two can be compared without being read
 */
public record Segment(String file, long offset, long bytes, int checksum) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    /** Checks name and place. */
    public Segment {
        if (!NAME.matcher(file).matches()) {
            throw new IllegalArgumentException("the name of a checkpoint's file must be letters, digits, '.', '-' and '_', was \"" + file
                + "\"");
        }
        if (offset < 0 || bytes < 0 || offset > Long.MAX_VALUE - bytes) {
            throw new IllegalArgumentException("a segment begins at 0 or behind it and has no less than 0 bytes, was " + offset + " and "
                + bytes);
        }
    }

    /** Where in the file the next one may begin. */
    public long end() {
        return offset + bytes;
    }
}
