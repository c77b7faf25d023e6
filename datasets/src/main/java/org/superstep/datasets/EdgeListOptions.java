package org.superstep.datasets;

import java.util.Objects;
import java.util.Optional;

/**
 * What the user said about text edge lists.
 *
 * @param separator the character between columns; empty to find it out from each file's first edge. A blank stands for any run of
 *     blanks and tabs; any other separator may have blanks around it
 * @param weights whether a third column is read as the weight when the program wants weights
 */
public record EdgeListOptions(Optional<Character> separator, WeightColumn weights) {
    /** Everything found out from the files. */
    public static final EdgeListOptions AUTO = new EdgeListOptions(Optional.empty(), WeightColumn.AUTO);

    /** What becomes of a third column. */
    public enum WeightColumn {
        /** It is the weight, when the program wants weights. */
        AUTO,
        /** It is ignored; each edge weighs 1. */
        NONE
    }

    /** Refuses separators that may occur within a number or begin a comment. */
    public EdgeListOptions {
        Objects.requireNonNull(separator, "separator");
        Objects.requireNonNull(weights, "weights");
        if (separator.isPresent() && !isSeparator(separator.get())) {
            throw new IllegalArgumentException("the separator must be a tab, a blank or a sign such as , ; | or :, was '"
                + separator.get() + "'; leave it out to have it found from the file");
        }
    }

    private static boolean isSeparator(char c) {
        return c == ' ' || c == '\t' || c > ' ' && c < 127 && !Character.isLetterOrDigit(c) && "+-.#%/\"".indexOf(c) < 0;
    }
}
