package org.superstep.cli;

import java.util.List;
import org.superstep.Result;
import org.superstep.Row;
import org.superstep.graph.Summary;

/** The vertices with a column's greatest or least values, with places; ties by id, NaN after all numbers. */
final class RankTable {
    private final List<Row> best;
    private final Summary.Top summary;
    private final ColumnValues values;

    RankTable(Result result, Summary.Top summary, int rows) {
        this.summary = summary;
        best = summary.ascending() ? result.least(summary.column(), rows) : result.top(summary.column(), rows);
        values = ColumnValues.of(result, summary.column());
    }

    TextTable table() {
        var positions = new int[best.size()];
        var places = new String[positions.length];
        var vertices = new String[positions.length];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = best.get(i).position();
            places[i] = Integer.toString(i + 1);
            vertices[i] = Long.toString(best.get(i).id());
        }
        return new TextTable()
            .column("#", places)
            .column("vertex", vertices)
            .column(summary.column().name(), values.texts(positions));
    }
}
