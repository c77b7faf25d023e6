package org.superstep.job;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Values by name, in order. All supersteps of a job share the names, so that a history of many is not much more than its values. */
final class NamedValues extends AbstractMap<String, Object> {
    private final List<String> names;
    private final List<Object> values;

    private NamedValues(List<String> names, List<Object> values) {
        this.names = names;
        this.values = values;
    }

    /** As many values as names; neither is copied. */
    static Map<String, Object> of(List<String> names, List<Object> values) {
        return names.isEmpty() ? Map.of() : new NamedValues(names, values);
    }

    @Override public Set<Entry<String, Object>> entrySet() {
        return new AbstractSet<>() {
            @Override public Iterator<Entry<String, Object>> iterator() {
                return IntStream.range(0, names.size()).mapToObj(i -> Map.entry(names.get(i), values.get(i))).iterator();
            }

            @Override public int size() {
                return names.size();
            }
        };
    }
}
