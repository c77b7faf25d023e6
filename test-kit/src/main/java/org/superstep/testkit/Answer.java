package org.superstep.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.superstep.graph.Column;

/**
 * All that a job has to say and that must not depend on how it runs.
 *
 * @param ids vertex ids, ascending
 * @param columns the program's columns
 * @param arrays what each column holds, an array as {@link Column#newArray} makes it
 * @param figures what each superstep counted, and what its aggregators and globals came to
 * @param dropped sends that were to be delivered to vertices that do not exist or have halted for good
 */
public record Answer(long[] ids, List<Column> columns, List<Object> arrays, List<Figures> figures, long dropped) {
    /**
     * What a superstep counted.
     *
     * @param superstep its number, from 0
     * @param phase the name of the phase that computed
     * @param computed vertices that computed
     * @param awake vertices awake at its end
     * @param messages messages that it said, each neighbour of a broadcast counted
     * @param aggregators what each aggregator came to, in the order of their declaration, before the hook saw it
     * @param globals what vertices read of each global
     */
    public record Figures(int superstep, String phase, long computed, long awake, long messages, List<Object> aggregators,
            List<Object> globals) {
        /** Objects are compared by what they are made of: a program's own need not have an equals. */
        private boolean isSame(Figures other) {
            return FieldState.words(this).equals(FieldState.words(other));
        }

        private String difference(Figures other, String kind, String otherKind) {
            return !phase.equals(other.phase) ? "phase " + phase + " " + kind + ", " + other.phase + " " + otherKind
                : computed != other.computed ? computed + " vertices compute " + kind + ", " + other.computed + " " + otherKind
                : messages != other.messages ? messages + " messages " + kind + ", " + other.messages + " " + otherKind
                : awake != other.awake ? awake + " vertices stay awake " + kind + ", " + other.awake + " " + otherKind
                : "aggregators and globals are " + FieldState.words(List.of(aggregators, globals)) + " " + kind + ", "
                + FieldState.words(List.of(other.aggregators, other.globals)) + " " + otherKind;
        }
    }

    /** Where two answers are not one: at a vertex, in a superstep, or both, as far as it is known. */
    record Difference(OptionalLong vertex, OptionalInt superstep, String what) {
    }

    /** What the column with this name holds of each vertex, by ascending ids. */
    public Map<Long, Object> column(String name) {
        Column column = columnNamed(name);
        Object array = arrays.get(columns.indexOf(column));
        var values = new TreeMap<Long, Object>();
        for (int v = 0; v < ids.length; v++) {
            values.put(ids[v], ColumnValue.of(column, array, v));
        }
        return values;
    }

    Column columnNamed(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst().orElseThrow(() -> new IllegalArgumentException(
            "the program has no column \"" + name + "\"; it has " + columns));
    }

    /** The first place where another answer is not this one; {@code kinds} names the two ways to come to them. */
    Optional<Difference> difference(Answer other, String kind, String otherKind) {
        OptionalInt superstep = OptionalInt.empty();
        String counts = "";
        for (int i = 0; i < Math.max(figures.size(), other.figures.size()) && superstep.isEmpty(); i++) {
            if (i >= figures.size() || i >= other.figures.size()) {
                superstep = OptionalInt.of(i);
                counts = figures.size() + " supersteps " + kind + ", " + other.figures.size() + " " + otherKind;
            } else if (!figures.get(i).isSame(other.figures.get(i))) {
                superstep = OptionalInt.of(i);
                counts = figures.get(i).difference(other.figures.get(i), kind, otherKind);
            }
        }
        if (superstep.isEmpty() && dropped != other.dropped) {
            counts = dropped + " messages dropped " + kind + ", " + other.dropped + " " + otherKind;
        }
        if (!Arrays.equals(ids, other.ids)) {
            return Optional.of(new Difference(OptionalLong.empty(), superstep, ids.length + " vertices " + kind + ", " + other.ids.length
                + " " + otherKind + (counts.isEmpty() ? "" : "; " + counts)));
        }
        for (int v = 0; v < ids.length; v++) {
            for (int c = 0; c < columns.size(); c++) {
                Object here = ColumnValue.of(columns.get(c), arrays.get(c), v);
                Object there = ColumnValue.of(other.columns.get(c), other.arrays.get(c), v);
                if (!ColumnValue.isSame(columns.get(c), here, there)) {
                    return Optional.of(new Difference(OptionalLong.of(ids[v]), superstep, columns.get(c).name() + " is "
                        + ColumnValue.text(here) + " " + kind + ", " + ColumnValue.text(there) + " " + otherKind
                        + (counts.isEmpty() ? "" : "; " + counts)));
                }
            }
        }
        return counts.isEmpty() ? Optional.empty() : Optional.of(new Difference(OptionalLong.empty(), superstep, counts));
    }
}
