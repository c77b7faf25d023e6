package org.superstep.cli;

import java.util.ArrayList;
import java.util.List;

/** Columns of text under names, aligned to the right. */
final class TextTable {
    private static final int GAP = 2;

    private final List<String> names = new ArrayList<>();
    private final List<String[]> columns = new ArrayList<>();
    private String note = "";

    /** Adds a column; all have the same number of cells. */
    TextTable column(String name, String[] cells) {
        names.add(name);
        columns.add(cells);
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
        text.append('\n');
        for (int row = 0; row < columns.get(0).length; row++) {
            for (int i = 0; i < widths.length; i++) {
                append(text, i, widths[i], columns.get(i)[row]);
            }
            text.append('\n');
        }
        return note.isEmpty() ? text.toString() : text.append(note).append('\n').toString();
    }

    private static void append(StringBuilder text, int column, int width, String cell) {
        text.append(" ".repeat((column == 0 ? 0 : GAP) + width - cell.length())).append(cell);
    }
}
