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
    private boolean open;

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

    /**
     * The line's cells, as {@link TextRows} writes them: between tabs a backslash escapes what no cell can hold, between commas or
     * semicolons a cell in quotes holds all that they enclose. A blank as the separator stands for any number of them, and escapes nothing.
     *
     * @param goesOn whether a quote that is open where the line ends takes in the next line too; else it ends there
     */
    List<String> cells(char separator, boolean goesOn) throws IOException {
        String whole = text();
        open = false;
        if (separator == ' ') {
            return List.of(whole.strip().split("[ \t]+"));
        }
        var cells = new ArrayList<String>();
        for (int from = 0; from <= whole.length(); ) {
            int end = whole.indexOf(separator, from);
            if (separator != '\t' && from < whole.length() && whole.charAt(from) == '"') {
                int close = closingQuote(whole, from + 1);
                if (close < 0 && goesOn) {
                    var longer = new StringBuilder(whole);
                    while (close < 0 && longer.length() <= EdgeFile.LONGEST_LINE && append()) {
                        String next = text();
                        int closeInNext = closingQuote(next, 0);
                        close = closeInNext < 0 ? -1 : longer.length() + 1 + closeInNext;
                        longer.append('\n').append(next);
                    }
                    whole = longer.toString();
                }
                open = close < 0;
                int behind = open ? whole.length() : close + 1;
                end = whole.indexOf(separator, behind);
                String quoted = whole.substring(from + 1, open ? behind : close).replace("\"\"", "\"");
                cells.add(quoted + endOfLine(whole, behind, end));
            } else {
                String cell = endOfLine(whole, from, end);
                cells.add(separator == '\t' && cell.indexOf('\\') >= 0 ? unescaped(cell) : cell);
            }
            if (end < 0) {
                break;
            }
            from = end + 1;
        }
        return cells;
    }

    /** Whether a quote of the last cells is not closed. */
    boolean isOpen() {
        return open;
    }

    private String text() {
        return new String(line, 0, length, StandardCharsets.UTF_8);
    }

    /** Reads on; the line still begins where it did. */
    private boolean append() throws IOException {
        long first = start;
        boolean read = read();
        start = first;
        return read;
    }

    /** Where the quote is closed: the first one that is not one of two; -1 where there is none. */
    private static int closingQuote(String text, int from) {
        int quote = text.indexOf('"', from);
        while (quote >= 0 && quote + 1 < text.length() && text.charAt(quote + 1) == '"') {
            quote = text.indexOf('"', quote + 2);
        }
        return quote;
    }

    /** From one place to another; where that is -1, to the end of the line, without its carriage return. */
    private static String endOfLine(String text, int from, int to) {
        int end = to >= 0 ? to : text.endsWith("\r") && from < text.length() ? text.length() - 1 : text.length();
        return text.substring(from, end);
    }

    private static String unescaped(String cell) {
        var text = new StringBuilder(cell.length());
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            int escape = c == '\\' && i + 1 < cell.length() ? "tnr\\".indexOf(cell.charAt(i + 1)) : -1;
            text.append(escape < 0 ? c : "\t\n\r\\".charAt(escape));
            i += escape < 0 ? 0 : 1;
        }
        return text.toString();
    }
}
