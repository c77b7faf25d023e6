package org.superstep.engine;

import java.util.List;

/**
 * One edge from one vertex to another, as the graph holds it after the input was read; {@code columns} is what it holds in edge columns, as
 * raw bits.
 */
record Arc(long source, long target, double weight, List<Long> columns) {
    Arc(long source, long target, double weight) {
        this(source, target, weight, List.of());
    }

    /** The same edge with other values in its columns. */
    Arc with(List<Long> values) {
        return new Arc(source, target, weight, values);
    }
}
