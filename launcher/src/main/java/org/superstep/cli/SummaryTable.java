package org.superstep.cli;

import org.superstep.Result;
import org.superstep.graph.Column;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.FloatColumn;
import org.superstep.graph.Summary;
import org.superstep.graph.internal.ObjectValues;
import org.superstep.worker.SummaryPart;

/** The table that ends a run: vertices by rank, or how many hold each value, as the program's summary says. */
final class SummaryTable {
    private static final int MOST_CHARACTERS = 60;

    private final Summary summary;
    private final SummaryPart all;
    private final int rows;

    /** The table, of so many rows at most, of the part of all vertices. */
    SummaryTable(Summary summary, SummaryPart all, int rows) {
        this.summary = summary;
        this.all = all;
        this.rows = Math.min(rows, all.size());
    }

    /** The part of all vertices, where they are in this process. */
    static SummaryPart part(Summary summary, Result result, int rows) {
        return SummaryPart.of(summary, rows, result.size(), new SummaryPart.Ids() {
            @Override public long at(int place) {
                return result.id(place);
            }
        }, result.array(summary.column()));
    }

    /** Empty where there are no vertices. */
    String text() {
        if (rows == 0) {
            return "";
        }
        return (summary instanceof Summary.Top ? ranking() : counts()).toString();
    }

    private TextTable ranking() {
        var places = new String[rows];
        var vertices = new String[rows];
        for (int i = 0; i < rows; i++) {
            places[i] = Integer.toString(i + 1);
            vertices[i] = Long.toString(all.number(i));
        }
        var table = new TextTable().column("#", places).column("vertex", vertices).column(summary.column().name(), values());
        return all.left() == 0 ? table : table.note("and more, which are more than workers send for a table; --output writes all");
    }

    private TextTable counts() {
        var vertices = new String[rows];
        for (int i = 0; i < rows; i++) {
            vertices[i] = Figures.count(all.number(i));
        }
        var table = new TextTable().column(summary.column().name(), values()).column("vertices", vertices);
        long more = all.size() - rows + all.left();
        if (more == 0) {
            return table;
        }
        String others = Figures.counted(more, "more value", "more values");
        return table.note(all.left() == 0 ? "and " + others : "and at most " + others
            + ", which are more than workers send for a table: counts may be too small; --output writes all");
    }

    /** The values as a person reads them; numbers in one form for all. */
    private String[] values() {
        Column column = summary.column();
        if (column instanceof DoubleColumn || column instanceof FloatColumn) {
            var numbers = new double[rows];
            for (int i = 0; i < rows; i++) {
                numbers[i] = (Double) all.value(i);
            }
            return Figures.column(numbers);
        }
        var texts = new String[rows];
        for (int i = 0; i < rows; i++) {
            texts[i] = text(all.value(i));
        }
        return texts;
    }

    private static String text(Object value) {
        if (value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        String text = ObjectValues.text(value).replaceAll("\\p{Cntrl}", " ");
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS - 3) + "...";
    }
}
