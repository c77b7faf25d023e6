package org.superstep.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.graph.Direction;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongPhase;
import org.superstep.graph.LongVertex;
import org.superstep.graph.PhasedProgram;
import org.superstep.net.Delivery;
import org.superstep.net.Placement;

/** A broadcast that nobody could hear is forgotten, though it made no message and the phase that follows speaks the other way. */
class SilenceTest {
    /** First 2 broadcasts over its out-edges, of which it has none; then 3 broadcasts over its in-edges. */
    private static final class ThereAndBack extends PhasedProgram {
        final LongColumn heard = longColumn("heard", -1);

        ThereAndBack() {
            phase("there", new Speech(heard, Direction.OUT));
            phase("back", new Speech(heard, Direction.IN));
        }
    }

    private record Speech(LongColumn heard, Direction direction) implements LongPhase {
        @Override public LongCombiner combiner() {
            return LongCombiner.MIN;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            if (!in.isEmpty()) {
                v.set(heard, in.combined());
            }
            if (v.superstep() == 0 && v.id() == 2 || v.superstep() == 1 && v.id() == 3) {
                v.broadcast(v.id());
            }
        }
    }

    static Stream<Arguments> shapes() {
        var shapes = new ArrayList<Arguments>();
        for (Delivery delivery : List.of(Delivery.PULL, Delivery.PUSH)) {
            shapes.add(Arguments.of(delivery, 1, new Placement(new long[0], new int[1])));
            shapes.add(Arguments.of(delivery, 1, new Placement(new long[] {2, 3}, new int[3])));
            shapes.add(Arguments.of(delivery, 2, new Placement(new long[] {2, 3}, new int[] {0, 1, 1})));
            shapes.add(Arguments.of(delivery, 3, new Placement(new long[] {2, 3}, new int[] {0, 1, 2})));
        }
        return shapes.stream();
    }

    @ParameterizedTest(name = "{0}, {1} workers, {2}")
    @MethodSource("shapes")
    void whatWasSaidToNobodyIsNotHeardLater(Delivery delivery, int workers, Placement placement) {
        var program = new ThereAndBack();
        ArrayEdges edges = ArrayEdges.of(1, 2, 1, 3);
        try (var group = new WorkerGroup(program, edges, LoadPlan.of(program, false, false, false), workers, 1, 0)) {
            group.load(placement);
            assertThat(group.run(0, 0, 0, delivery, false)).allMatch(done -> done.messages() == 0);
            group.run(1, 1, 0, delivery, false);
            group.run(2, 1, 1, delivery, false);
            assertThat(group.values(program.heard)).containsEntry(1L, 3L).containsEntry(2L, -1L).containsEntry(3L, -1L);
        }
    }
}
