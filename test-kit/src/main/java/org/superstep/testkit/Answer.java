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
 * @param records what was emitted to each output, by its name, in order: the values of each record, a Long for longs and ints, else what
 *     was emitted
 * @param edges the edges by source, target and weight, and what they hold; empty where it is the engine's answer, which does not tell
 */
public record Answer(long[] ids, List<Column> columns, List<Object> arrays, List<Figures> figures, long dropped,
        Map<String, List<List<Object>>> records, Optional<List<TestGraph.Edge>> edges) {
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
        Column column = named(name, columns);
        Object array = arrays.get(columns.indexOf(column));
        var values = new TreeMap<Long, Object>();
        for (int v = 0; v < ids.length; v++) {
            values.put(ids[v], ColumnValue.of(column, array, v));
        }
        return values;
    }

    /** What was emitted to the output with this name, record by record. */
    public List<List<Object>> records(String name) {
        if (!records.containsKey(name)) {
            throw new IllegalArgumentException("the program has no record output \"" + name + "\"; it has " + records.keySet());
        }
        return records.get(name);
    }

    static Column named(String name, List<Column> columns) {
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
        String details = recordDifference(other, kind, otherKind).or(() -> edgeDifference(other, kind, otherKind)).orElse("");
        String what = details + (details.isEmpty() || counts.isEmpty() ? "" : "; ") + counts;
        return what.isEmpty() ? Optional.empty() : Optional.of(new Difference(OptionalLong.empty(), superstep, what));
    }

    private Optional<String> recordDifference(Answer other, String kind, String otherKind) {
        for (String output : records.keySet()) {
            List<List<Object>> here = records(output);
            List<List<Object>> there = other.records(output);
            for (int i = 0; i < Math.min(here.size(), there.size()); i++) {
                Object[] record = here.get(i).toArray();
                Object[] otherRecord = there.get(i).toArray();
                if (!Arrays.deepEquals(record, otherRecord)) {
                    return Optional.of("record " + i + " of " + output + " is " + ColumnValue.text(record) + " " + kind + ", "
                        + ColumnValue.text(otherRecord) + " " + otherKind);
                }
            }
            if (here.size() != there.size()) {
                return Optional.of(here.size() + " records of " + output + " " + kind + ", " + there.size() + " " + otherKind);
            }
        }
        return Optional.empty();
    }

    private Optional<String> edgeDifference(Answer other, String kind, String otherKind) {
        if (edges.isEmpty() || other.edges.isEmpty() || edges.equals(other.edges)) {
            return Optional.empty();
        }
        List<TestGraph.Edge> here = edges.get();
        List<TestGraph.Edge> there = other.edges.get();
        for (int i = 0; i < Math.min(here.size(), there.size()); i++) {
            if (!here.get(i).equals(there.get(i))) {
                return Optional.of("there is the edge " + here.get(i) + " " + kind + ", " + there.get(i) + " " + otherKind);
            }
        }
        return Optional.of(here.size() + " edges " + kind + ", " + there.size() + " " + otherKind);
    }
}
