package org.superstep.datasets;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the user said about text edge lists.
 *
 * @param separator the character between columns; empty to find it out from each file's first edge. A blank stands for any run of
 *     blanks and tabs; any other separator may have blanks around it
 * @param weights whether a third column is read as the weight when the program wants weights
 * @param columns names of the columns after source and target: {@code weight}, one of the program's edge columns, or
 *     {@value VertexListSource#PASSED_OVER} for one that is passed over; empty where each file's header line names them
 */
public record EdgeListOptions(Optional<Character> separator, WeightColumn weights, List<String> columns) {
    /** Everything found out from the files. */
    public static final EdgeListOptions AUTO = new EdgeListOptions(Optional.empty(), WeightColumn.AUTO);

    /** What becomes of a third column. */
    public enum WeightColumn {
        /** It is the weight, when the program wants weights. */
        AUTO,
        /** It is ignored; each edge weighs 1. */
        NONE
    }

    /** Options of files whose columns after source and target have no names but in their header line. */
    public EdgeListOptions(Optional<Character> separator, WeightColumn weights) {
        this(separator, weights, List.of());
    }

    /** Refuses separators that may occur within a number or begin a comment, and columns that have one name. */
    public EdgeListOptions {
        columns = List.copyOf(columns);
        for (String name : columns) {
            if (!name.equals(VertexListSource.PASSED_OVER) && columns.indexOf(name) != columns.lastIndexOf(name)) {
                throw new IllegalArgumentException("column \"" + name + "\" is named twice; each may be given once");
            }
        }
        Objects.requireNonNull(separator, "separator");
        Objects.requireNonNull(weights, "weights");
        if (separator.isPresent() && !isSeparator(separator.get())) {
            throw new IllegalArgumentException("the separator must be a tab, a blank or a sign such as , ; | or :, was '"
                + separator.get() + "'; leave it out to have it found from the file");
        }
    }

    /** The same where the columns after source and target have these names. */
    public EdgeListOptions withColumns(String... names) {
        return new EdgeListOptions(separator, weights, List.of(names));
    }

    private static boolean isSeparator(char c) {
        return c == ' ' || c == '\t' || c > ' ' && c < 127 && !Character.isLetterOrDigit(c) && "+-.#%/\"".indexOf(c) < 0;
    }
}
