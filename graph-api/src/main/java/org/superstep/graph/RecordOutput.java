package org.superstep.graph;

import java.util.HashSet;
import java.util.List;

/**
 * An output of records that are not one a vertex: walks, edges of a forest, levels. Declared once by a {@link Program}; a vertex emits as
 * many records as it likes, {@code v.emit(output, value, ...)}, a value for each field. They stand in the order of supersteps, within one
 * in that of the emitting vertices' ids, then of calls, whatever the job's shape; one that has been emitted stays, also where its vertex is
 * removed. Nothing is added to the declared fields: who wants the superstep or the vertex in them emits it.
 */
public final class RecordOutput {
    private final String name;
    private final int index;
    private final List<String> fields;

    RecordOutput(String name, int index, List<String> fields) {
        // The name is also a file's.
        if (!name.matches("[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException("a record output's name must be letters, digits, - and _, was \"" + name + "\"");
        }
        if (fields.isEmpty() || fields.contains("") || new HashSet<>(fields).size() < fields.size()) {
            throw new IllegalArgumentException("record output \"" + name + "\" must have one field or more, each with a name of its own,"
                + " was " + fields);
        }
        this.name = name;
        this.index = index;
        this.fields = fields;
    }

    /** The output's name; unique within the program. */
    public String name() {
        return name;
    }

    /** The handle's number within its program, from 0. */
    public int index() {
        return index;
    }

    /** The names of a record's values, in order. */
    public List<String> fields() {
        return fields;
    }

    /** The name, and the fields in brackets. */
    @Override public String toString() {
        return name + " (" + String.join(", ", fields) + ")";
    }
}
