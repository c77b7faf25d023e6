package org.superstep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.superstep.Result;

/** An output in the form of LDBC Graphalytics, one line {@code vertex value} each, and its rules for comparing. */
record ReferenceOutput(TreeMap<Long, String> values) {
    private static final String UNREACHED = Long.toString(Long.MAX_VALUE);

    static ReferenceOutput parse(String text) {
        var values = new TreeMap<Long, String>();
        text.lines().map(String::strip).filter(line -> !line.isEmpty()).map(line -> line.split("\\s+"))
            .forEach(fields -> values.put(Long.parseLong(fields[0]), fields[1]));
        return new ReferenceOutput(values);
    }

    /** Levels must be equal; those unreached are the greatest long there and -1 here. */
    void requireLevels(Result result) {
        requireVertices(result);
        long[] levels = result.longs("level");
        values.forEach((id, value) -> assertThat(levels[result.position(id)]).as("level of %s", id)
            .isEqualTo(value.equals(UNREACHED) ? -1 : Long.parseLong(value)));
    }

    /** Numbers must differ by no more than this share of the expected one. */
    void requireClose(Result result, String column, double tolerance) {
        requireVertices(result);
        double[] numbers = result.doubles(column);
        values.forEach((id, value) -> {
            double expected = value.toLowerCase().startsWith("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(value);
            double actual = numbers[result.position(id)];
            assertThat(actual == expected || Math.abs(actual - expected) <= tolerance * Math.abs(expected))
                .as("%s of %s: expected %s, was %s", column, id, expected, actual).isTrue();
        });
    }

    /** Components must hold the same vertices, whatever they are called. */
    void requireSameComponents(Result result) {
        requireVertices(result);
        long[] components = result.longs("component");
        Map<String, Long> ours = new HashMap<>();
        Map<Long, String> theirs = new HashMap<>();
        values.forEach((id, value) -> {
            long component = components[result.position(id)];
            assertThat(ours.merge(value, component, (old, now) -> old)).as("component of %s", id).isEqualTo(component);
            assertThat(theirs.merge(component, value, (old, now) -> old)).as("component of %s", id).isEqualTo(value);
        });
    }

    private void requireVertices(Result result) {
        assertThat(result.size()).isEqualTo(values.size());
        int position = 0;
        for (long id : values.keySet()) {
            assertThat(result.id(position)).isEqualTo(id);
            assertThat(result.position(id)).isEqualTo(position++);
        }
    }
}
