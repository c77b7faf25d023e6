package org.superstep.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.superstep.graph.Codec;
import org.superstep.graph.Codecs;
import org.superstep.graph.Direction;
import org.superstep.graph.LongColumn;
import org.superstep.graph.ObjectMessages;
import org.superstep.graph.ObjectProgram;
import org.superstep.graph.ObjectVertex;
import org.superstep.net.Delivery;
import org.superstep.net.Placement;
import org.superstep.net.ToMaster;

/** What a worker lets go of once nobody needs it any more, so that the collector can have it. */
class RetentionTest {
    private static final int VERTICES = 12;
    private static final ArrayEdges PATH =
        ArrayEdges.of(LongStream.range(0, VERTICES - 1).flatMap(id -> LongStream.of(id, id + 1)).toArray());

    /** A text of its own goes from vertex to vertex along a path. */
    private static final class Wave extends ObjectProgram<String> {
        final LongColumn reached = longColumn("reached", -1);
        final List<WeakReference<String>> said = new CopyOnWriteArrayList<>();
        private final long failsAt;

        /** {@code failsAt} is the vertex that fails once it is reached. */
        Wave(long failsAt) {
            this.failsAt = failsAt;
        }

        @Override public Codec<String> codec() {
            return Codecs.STRING;
        }

        @Override public void compute(ObjectVertex<String> v, ObjectMessages<String> in) {
            if (v.superstep() == 0 ? v.id() == 0 : in.next()) {
                v.set(reached, v.superstep());
                if (v.id() == failsAt) {
                    throw new IllegalStateException("as far as it goes");
                }
                String text = "of vertex " + v.id();
                said.add(new WeakReference<>(text));
                v.broadcast(text);
            }
            v.halt();
        }

        long alive() {
            System.gc();
            return said.stream().filter(text -> text.get() != null).count();
        }
    }

    private static WorkerGroup loaded(Wave wave, int workers) {
        var group = new WorkerGroup(wave, PATH, LoadPlan.of(wave, false, false, false), workers, 1, 0);
        group.load(new Placement(new long[] {VERTICES / 2}, new int[] {0, workers - 1}));
        return group;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void objectsThatWerePushedAreForgotten(int workers) {
        var wave = new Wave(VERTICES);
        try (var group = loaded(wave, workers)) {
            for (int superstep = 0; superstep < VERTICES; superstep++) {
                group.run(superstep, Delivery.PUSH);
            }
            assertThat(group.values(wave.reached)).containsEntry(VERTICES - 1L, VERTICES - 1L);
            // What was said last is in flight; a cursor may know what was said before.
            assertThat(wave.alive()).isLessThanOrEqualTo(2L * workers);
        }
    }

    /** Where memory has run out, the message that says so must find some. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aWorkerThatHasFailedHoldsNothingOfItsGraph(int threads) {
        var wave = new Wave(3);
        try (var group = new WorkerGroup(wave, PATH, LoadPlan.of(wave, false, false, false), 1, threads, 0)) {
            group.load(new Placement(new long[] {VERTICES / 2}, new int[2]));
            for (int superstep = 0; superstep < 3; superstep++) {
                group.run(superstep, Delivery.PULL);
            }
            assertThat(wave.alive()).isPositive();
            assertThat(group.tell(group.command(3, 0, 0, Delivery.PULL, false))).hasSize(1).first().isInstanceOf(ToMaster.Failed.class);
            assertThat(wave.alive()).isZero();
        }
    }

    /** A caller who keeps results would keep their graphs. */
    @Test
    void rowsThatAreReadOnceTheJobHasEndedDoNotKeepItsEdges() {
        var partition = new Partition(4, 0, new long[] {7, 9}, new int[] {0, 1}, new int[2], new int[2], List.of());
        var lists = new WeakReference<>(Adjacency.of(new int[] {0, 1, 2}, new int[] {1, 0}, null));
        partition.hears(Direction.OUT, lists.get());
        var rows = new Rows(new Partition[] {partition});
        partition = null;
        System.gc();
        assertThat(lists.get()).isNull();
        assertThat(rows.partitions()).isEqualTo(1);
        assertThat(rows.ids(0)).containsExactly(7, 9);
        assertThat(rows.number(0)).isEqualTo(4);
    }
}
