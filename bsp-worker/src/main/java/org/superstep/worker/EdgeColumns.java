package org.superstep.worker;

import java.util.List;
import org.superstep.graph.EdgeColumn;

/**
 * The columns that a program's edges have.
 *
 * @param declared what the program declares
 * @param carried those of them that the input has, in the same order; arcs carry their values on the way to the edges' sources
 */
record EdgeColumns(List<EdgeColumn> declared, List<EdgeColumn> carried) {
    /** No columns. */
    static final EdgeColumns NONE = new EdgeColumns(List.of(), List.of());

    /** The values of so many edges in each declared column: the ones carried, the rest initial. Null where none are declared. */
    long[][] completed(long[][] values, int edges) {
        if (declared.isEmpty()) {
            return null;
        }
        var columns = new long[declared.size()][];
        for (EdgeColumn column : declared) {
            int place = carried.indexOf(column);
            columns[column.index()] = place >= 0 && edges > 0 ? values[place] : column.newArray(edges);
        }
        return columns;
    }
}
