package org.superstep.worker;

import java.util.stream.LongStream;
import org.superstep.graph.Direction;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;

/** Each vertex notes its degrees and says its id; in every later superstep it notes the sum of what it hears, in which order too. */
final class Neighbourhood extends LongProgram {
    final LongColumn outDegree = longColumn("out", -1);
    final LongColumn inDegree = longColumn("in", -1);
    final LongColumn heard = longColumn("heard", -1);
    private final Direction direction;

    /** A hash of a list: no two orders of the same messages give the same. */
    private static final class Hash extends LongCombiner {
        @Override public long identity() {
            return 0;
        }

        @Override public long combine(long left, long right) {
            return left * 1_000_003 + right;
        }
    }

    private static final LongCombiner HASH = new Hash();

    Neighbourhood(Direction direction) {
        this.direction = direction;
    }

    /** The hash of these messages in this order. */
    static long hash(LongStream messages) {
        return messages.reduce(HASH.identity(), HASH::combine);
    }

    @Override public Direction direction() {
        return direction;
    }

    @Override public LongCombiner combiner() {
        return HASH;
    }

    @Override public void compute(LongVertex v, LongMessages in) {
        if (v.superstep() == 0) {
            v.set(outDegree, v.outDegree());
            v.set(inDegree, v.inDegree());
        } else {
            v.set(heard, in.isEmpty() ? -1 : in.combined());
        }
        v.broadcast(v.id());
    }
}
