package org.superstep.cli;

import java.util.ArrayList;
import java.util.List;

/** Columns under names: numbers aligned to the right, text to the left. */
final class TextTable {
    private static final int GAP = 2;

    private final List<String> names = new ArrayList<>();
    private final List<String[]> columns = new ArrayList<>();
    private final List<Boolean> areText = new ArrayList<>();
    private String note = "";

    /** Adds a column; all have the same number of cells. */
    TextTable column(String name, String[] cells) {
        return column(name, cells, false);
    }

    /** Adds a column of text. */
    TextTable text(String name, String[] cells) {
        return column(name, cells, true);
    }

    private TextTable column(String name, String[] cells, boolean isText) {
        names.add(name);
        columns.add(cells);
        areText.add(isText);
        return this;
    }

    /** Adds a line that ends the table. */
    TextTable note(String line) {
        note = line;
        return this;
    }

    @Override public String toString() {
        var widths = new int[columns.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = names.get(i).length();
            for (String cell : columns.get(i)) {
                widths[i] = Math.max(widths[i], cell.length());
            }
        }
        var text = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            append(text, i, widths[i], names.get(i));
        }
        endLine(text);
        for (int row = 0; row < columns.get(0).length; row++) {
            for (int i = 0; i < widths.length; i++) {
                append(text, i, widths[i], columns.get(i)[row]);
            }
            endLine(text);
        }
        return note.isEmpty() ? text.toString() : text.append(note).append('\n').toString();
    }

    private void append(StringBuilder text, int column, int width, String cell) {
        String padding = " ".repeat(width - cell.length());
        text.append(column == 0 ? "" : " ".repeat(GAP));
        if (!areText.get(column)) {
            text.append(padding).append(cell);
        } else {
            text.append(cell).append(padding);
        }
    }

    /** No blanks end a line. */
    private static void endLine(StringBuilder text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ') {
            end--;
        }
        text.setLength(end);
        text.append('\n');
    }
}
