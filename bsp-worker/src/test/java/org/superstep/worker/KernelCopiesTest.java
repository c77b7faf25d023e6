package org.superstep.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.LongToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.graph.Direction;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.DoubleCombiner;
import org.superstep.graph.DoubleMessages;
import org.superstep.graph.DoubleProgram;
import org.superstep.graph.DoubleVertex;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.net.Delivery;
import org.superstep.net.Placement;

/** A kernel class for each phase class; the kernels for longs do what those for doubles do. */
class KernelCopiesTest {
    /** What a vertex says: some are silent, some also send, most wait to be spoken to. */
    private static long said(long id, int superstep, long heard) {
        return Math.floorMod(id * 7 + superstep * 3L + heard, 50);
    }

    private static boolean speaks(long id, int superstep) {
        return Math.floorMod(id * 31 + superstep, 3) > 0;
    }

    private static final class InDoubles extends DoubleProgram {
        final DoubleColumn heard = doubleColumn("heard", 0);
        private final DoubleCombiner combiner;

        InDoubles(DoubleCombiner combiner) {
            this.combiner = combiner;
        }

        @Override public DoubleCombiner combiner() {
            return combiner;
        }

        @Override public double along(double message, double weight) {
            return message + weight;
        }

        @Override public void compute(DoubleVertex v, DoubleMessages in) {
            v.set(heard, v.get(heard) * 3 % 1000 + (in.isEmpty() ? -1 : in.combined()));
            if (speaks(v.id(), v.superstep())) {
                v.broadcast(said(v.id(), v.superstep(), (long) v.get(heard)));
            }
            if (v.id() % 5 == 0) {
                v.send(v.id() + 1, said(v.id(), v.superstep(), 1));
            }
            if (v.id() % 2 == 0) {
                v.halt();
            }
        }
    }

    private static final class InLongs extends LongProgram {
        final LongColumn heard = longColumn("heard", 0);
        private final LongCombiner combiner;

        InLongs(LongCombiner combiner) {
            this.combiner = combiner;
        }

        @Override public LongCombiner combiner() {
            return combiner;
        }

        @Override public long along(long message, double weight) {
            return message + (long) weight;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            v.set(heard, v.get(heard) * 3 % 1000 + (in.isEmpty() ? -1 : in.combined()));
            if (speaks(v.id(), v.superstep())) {
                v.broadcast(said(v.id(), v.superstep(), v.get(heard)));
            }
            if (v.id() % 5 == 0) {
                v.send(v.id() + 1, said(v.id(), v.superstep(), 1));
            }
            if (v.id() % 2 == 0) {
                v.halt();
            }
        }
    }

    private static Kernel kernel(LocalGraph graph, DoubleProgram program) {
        return KernelCopies.kernel(graph, program, Direction.OUT, new DoubleBoard(graph));
    }

    private static LocalGraph smallGraph() {
        var plan = new LoadPlan(false, false, false, Set.of(Direction.OUT));
        try (var loading = new Loading(ArrayEdges.of(1, 2), plan, new Placement(new long[0], new int[1]), 1, 1, 0)) {
            return loading.graphs[0];
        }
    }

    @Test
    void aPhaseClassHasAKernelClassOfItsOwn() {
        LocalGraph graph = smallGraph();
        Kernel one = kernel(graph, new InDoubles(DoubleCombiner.SUM));
        Kernel same = kernel(graph, new InDoubles(DoubleCombiner.MIN));
        Kernel other = kernel(smallGraph(), new Silent());
        Kernel longs = KernelCopies.kernel(graph, new InLongs(LongCombiner.SUM), Direction.OUT, new LongBoard(graph));
        assertThat(same).isNotSameAs(one).hasSameClassAs(one);
        assertThat(other.getClass()).isNotEqualTo(one.getClass());
        for (Kernel kernel : new Kernel[] {one, other}) {
            assertThat(kernel.getClass().isHidden()).isTrue();
            assertThat(kernel.getClass()).isNotEqualTo(DoubleKernel.class);
            assertThat(kernel.getClass().getName()).startsWith(DoubleKernel.class.getName());
        }
        assertThat(longs.getClass().isHidden()).isTrue();
        assertThat(longs.getClass().getName()).startsWith(LongKernel.class.getName());
    }

    private static final class Silent extends DoubleProgram {
        @Override public DoubleCombiner combiner() {
            return DoubleCombiner.SUM;
        }

        @Override public void compute(DoubleVertex v, DoubleMessages in) {
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void kernelsForLongsAndForDoublesAgreeOnSmallIntegersAndSoDoAllDeliveries(long seed) {
        var random = new SplittableRandom(seed);
        long[] ids = LongStream.range(0, 1 + random.nextInt(100)).toArray();
        ArrayEdges edges = ArrayEdges.random(random, ids);
        if (edges.weights() != null) {
            int most = random.nextBoolean() ? 100 : 1000;
            for (int i = 0; i < edges.size(); i++) {
                edges.weights()[i] = random.nextInt(most);
            }
        }
        Placement placement = Ids.placement(random, ids, 2);
        int kind = random.nextInt(4);
        var doubles = new InDoubles(new DoubleCombiner[] {DoubleCombiner.SUM, DoubleCombiner.MIN, DoubleCombiner.MAX,
            DoubleCombiner.FIRST}[kind]);
        var longs = new InLongs(new LongCombiner[] {LongCombiner.SUM, LongCombiner.MIN, LongCombiner.MAX, LongCombiner.FIRST}[kind]);
        var plan = LoadPlan.of(longs, random.nextInt(3) == 0, false, false);
        LongToDoubleFunction pushes = superstep -> new SplittableRandom(seed * 100 + superstep).nextDouble();
        try (var inLongs = new WorkerGroup(longs, edges, plan, 2, 1, seed);
            var inDoubles = new WorkerGroup(doubles, edges, plan, 2, 2, seed + 1);
            var alone = new WorkerGroup(longs, edges, plan, 1, 2, seed)) {
            inLongs.load(placement);
            inDoubles.load(placement);
            alone.load(new Placement(placement.firsts(), new int[placement.partitions()]));
            for (int superstep = 0; superstep < 5; superstep++) {
                Delivery delivery = pushes.applyAsDouble(superstep) < 0.5 ? Delivery.PUSH : Delivery.PULL;
                inLongs.run(superstep, delivery);
                inDoubles.run(superstep, delivery == Delivery.PUSH ? Delivery.PULL : Delivery.PUSH);
                alone.run(superstep, delivery);
                var values = inLongs.values(longs.heard);
                assertThat(inDoubles.values((rows, partition) ->
                    Arrays.stream((double[]) rows.values(partition, doubles.heard)).mapToLong(value -> (long) value).toArray()))
                    .as("seed %d, superstep %d, combiner %d", seed, superstep, kind).isEqualTo(values);
                assertThat(alone.values(longs.heard)).as("seed %d, superstep %d alone", seed, superstep).isEqualTo(values);
            }
        }
    }
}
