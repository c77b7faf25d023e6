package org.superstep.master;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.superstep.graph.Parameter;
import org.superstep.graph.VertexParameter;
import org.superstep.graph.VerticesParameter;

/** The vertices that a program's parameters name, which must be in its graph, and those that are to be traced, which may come later. */
final class WantedVertices {
    private final List<Parameter> parameters;
    /** Parameter by parameter, then those to be traced. */
    private final long[] ids;
    private final boolean[] found;

    WantedVertices(List<Parameter> parameters, long[] traced) {
        this.parameters = parameters;
        ids = LongStream.concat(parameters.stream().flatMapToLong(parameter -> LongStream.of(named(parameter))), LongStream.of(traced))
            .toArray();
        found = new boolean[ids.length];
    }

    /** Their ids, some perhaps more than once. */
    long[] ids() {
        return ids;
    }

    /** A worker owns those of them, by place. */
    void add(boolean[] owned) {
        for (int i = 0; i < found.length; i++) {
            found[i] |= owned[i];
        }
    }

    /** What a parameter names in vain, in one line; empty: nothing. */
    Optional<String> missing(long vertexCount) {
        int first = 0;
        for (Parameter parameter : parameters) {
            int end = first + named(parameter).length;
            int missing = 0;
            long example = 0;
            for (int i = end - 1; i >= first; i--) {
                if (!found[i]) {
                    missing++;
                    example = ids[i];
                }
            }
            if (missing > 0) {
                boolean one = missing == 1;
                return Optional.of(parameter.name() + " " + example + (one ? " is no vertex"
                    : " and " + (missing - 1) + " more are no vertices") + " of the graph, which has " + vertexCount + " vertices; name "
                    + (one ? "one that occurs" : "such as occur") + " in the input");
            }
            first = end;
        }
        return Optional.empty();
    }

    /** Adds what is to be told of those to be traced that are not there so far. */
    void tellUntraced(Map<Long, String> traces) {
        for (int i = parameters.stream().mapToInt(parameter -> named(parameter).length).sum(); i < ids.length; i++) {
            if (!found[i]) {
                traces.put(ids[i], "vertex " + ids[i] + " is to be traced, but is none of the graph so far");
            }
        }
    }

    /** The ids that a parameter names; none if it does not name vertices. */
    private static long[] named(Parameter parameter) {
        if (parameter instanceof VertexParameter vertex) {
            return new long[] {vertex.get()};
        }
        return parameter instanceof VerticesParameter vertices ? vertices.ids() : new long[0];
    }
}
