package org.superstep.soak;

import java.util.HashMap;
import org.superstep.graph.LongAggregator;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongParameter;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Weights;

/**
 * Every vertex takes the label that most of its neighbours have, the least of several, for so many supersteps; all messages are looked at
 * one by one. U. Raghavan, R. Albert, S. Kumara, "Near linear time algorithm to detect community structures in large-scale networks", 2007,
 * but in step, so that the answer is defined.
 */
public final class LabelPropagation extends LongProgram {
    private final LongParameter steps = longParameter("steps", 20, "how long").atLeast(1);
    private final LongColumn label = longColumn("label", 0);
    private final LongAggregator changes = count("labels that changed");

    @Override public Weights weights() {
        return Weights.IGNORED;
    }

    @Override public LongCombiner combiner() {
        return LongCombiner.NONE;
    }

    @Override public void compute(LongVertex v, LongMessages in) {
        long mine = v.superstep() == 0 ? v.id() : most(in, v.get(label));
        if (mine != v.get(label)) {
            v.add(changes, 1);
        }
        v.set(label, mine);
        if (v.superstep() == steps.get()) {
            v.halt();
        } else {
            v.broadcast(mine);
        }
    }

    private static long most(LongMessages in, long otherwise) {
        var counts = new HashMap<Long, Integer>();
        long most = otherwise;
        int best = 0;
        while (in.next()) {
            int count = counts.merge(in.value(), 1, Integer::sum);
            if (count > best || count == best && in.value() < most) {
                best = count;
                most = in.value();
            }
        }
        return most;
    }
}
