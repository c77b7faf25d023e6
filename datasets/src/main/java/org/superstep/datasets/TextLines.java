package org.superstep.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The lines of a text one after the other, comments and blank ones passed over; for inputs that are small beside the edges. */
final class TextLines {
    private static final byte[] UTF8_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final InputStream text;
    private final byte[] buffer = new byte[1 << 16];
    private int next;
    private int limit;
    private long position;

    private byte[] line = new byte[256];
    private int length;
    private long start;

    /** The lines from here on, where {@code position} bytes of the text lie before. */
    TextLines(InputStream text, long position) {
        this.text = text;
        this.position = position;
    }

    /** Moves to the next line that is neither blank nor a comment; false at the end of the text, or where a line is too long. */
    boolean next() throws IOException {
        while (read()) {
            if (length > EdgeFile.LONGEST_LINE) {
                return false;
            }
            if (!isBlankOrComment()) {
                return true;
            }
        }
        return false;
    }

    /** Moves to the next line whatever it holds. */
    boolean read() throws IOException {
        start = position;
        length = 0;
        while (length <= EdgeFile.LONGEST_LINE) {
            if (next == limit) {
                limit = Math.max(0, text.read(buffer, 0, buffer.length));
                next = 0;
                if (limit == 0) {
                    break;
                }
            }
            int end = next;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            append(end);
            if (next < limit) {
                next++;
                position++;
                break;
            }
        }
        if (start == 0 && length >= UTF8_MARK.length && Arrays.equals(line, 0, UTF8_MARK.length, UTF8_MARK, 0,
                UTF8_MARK.length)) {
            length -= UTF8_MARK.length;
            System.arraycopy(line, UTF8_MARK.length, line, 0, length);
        }
        return position > start;
    }

    private void append(int end) {
        int more = end - next;
        if (length + more > line.length) {
            line = Arrays.copyOf(line, Math.max(2 * line.length, length + more));
        }
        System.arraycopy(buffer, next, line, length, more);
        length += more;
        position += more;
        next = end;
    }

    private boolean isBlankOrComment() {
        int at = 0;
        while (at < length && (line[at] == ' ' || line[at] == '\t' || line[at] == '\r')) {
            at++;
        }
        return at == length || line[at] == '#' || line[at] == '%' || line[at] == '/' && at + 1 < length && line[at + 1] == '/';
    }

    /** Where the line begins, in bytes of the text. */
    long start() {
        return start;
    }

    /** Whether the line goes on beyond what any line may hold. */
    boolean isTooLong() {
        return length > EdgeFile.LONGEST_LINE;
    }

    /** Refuses, on the first line, a text in another encoding or a compressed file. */
    void refuseOtherEncodings(String name) {
        LineLayout.refuseOtherEncodings(name, line, length);
    }

    /** What the line's columns are parted by: the first that it holds of tab, comma and semicolon, else blanks. */
    char separator() {
        for (char candidate : new char[] {'\t', ',', ';'}) {
            for (int i = 0; i < length; i++) {
                if (line[i] == candidate) {
                    return candidate;
                }
            }
        }
        return ' ';
    }

    /** The line's columns, without blanks around them; a blank as the separator stands for any number of them. */
    List<String> columns(char separator) {
        String whole = new String(line, 0, length, StandardCharsets.UTF_8).strip();
        var columns = new ArrayList<String>();
        int from = 0;
        for (int end = whole.indexOf(separator); end >= 0; end = whole.indexOf(separator, from)) {
            if (separator != ' ' || end > from) {
                columns.add(whole.substring(from, end).strip());
            }
            from = end + 1;
        }
        columns.add(whole.substring(from).strip());
        return columns;
    }
}
