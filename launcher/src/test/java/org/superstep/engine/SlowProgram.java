package org.superstep.engine;

import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.superstep.Graph;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.DoubleCombiner;
import org.superstep.graph.DoubleMessages;
import org.superstep.graph.DoubleProgram;
import org.superstep.graph.DoubleVertex;

/** Each vertex takes a millisecond, however busy the machine is otherwise: how long a worker takes goes with what it owns. */
public final class SlowProgram extends DoubleProgram {
    private static final int VERTICES = 60;

    private final DoubleColumn heard = doubleColumn("heard", 0);
    private final int supersteps;

    /** For so many supersteps. */
    public SlowProgram(int supersteps) {
        this.supersteps = supersteps;
    }

    /** A ring with chords, on which it takes 60 ms a superstep. */
    public static Graph graph() {
        return Graph.of(LongStream.range(0, 2 * VERTICES).map(i -> i % VERTICES).toArray(),
            LongStream.range(0, 2 * VERTICES).map(i -> i < VERTICES ? (i + 1) % VERTICES : i * 7 % VERTICES).toArray());
    }

    @Override public DoubleCombiner combiner() {
        return DoubleCombiner.SUM;
    }

    @Override public void compute(DoubleVertex v, DoubleMessages in) {
        try {
            TimeUnit.MILLISECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        v.set(heard, in.combined() / 3 + 1.0 / (1 + v.id()));
        if (v.superstep() == supersteps - 1) {
            v.halt();
        } else {
            v.broadcast(v.get(heard));
        }
    }
}
