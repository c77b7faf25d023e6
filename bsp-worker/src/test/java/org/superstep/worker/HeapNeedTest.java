package org.superstep.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.superstep.graph.Direction;
import org.superstep.graph.Edges;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongEdgeColumn;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;

/** A graph that cannot fit is refused before it is read, in words that say what to do. */
class HeapNeedTest {
    private static final long HEAP = Runtime.getRuntime().maxMemory();
    private static final LoadPlan DIRECTED = new LoadPlan(false, false, false, Set.of(Direction.OUT));
    private static final LoadPlan REVERSED = new LoadPlan(false, false, false, Set.of(Direction.IN));
    private static final LoadPlan BOTH = new LoadPlan(false, false, false, Set.of(Direction.BOTH));
    private static final LoadPlan UNDIRECTED = new LoadPlan(true, false, false, Set.of(Direction.OUT));

    private static long perEdge(LoadPlan plan, boolean weighted) {
        return perEdge(plan, weighted, EdgeColumns.NONE);
    }

    private static long perEdge(LoadPlan plan, boolean weighted, EdgeColumns columns) {
        return (HeapNeed.bytes(1_000_000, plan, weighted, columns) - HeapNeed.bytes(0, plan, weighted, columns)) / 1_000_000;
    }

    @Test
    void anEdgeNeedsTheBytesOfItsArcs() {
        assertThat(perEdge(DIRECTED, false)).isBetween(12L, 16L);
        assertThat(perEdge(DIRECTED, true)).isBetween(28L, 36L);
        assertThat(perEdge(REVERSED, false)).isEqualTo(perEdge(DIRECTED, false));
        for (boolean weighted : new boolean[] {false, true}) {
            assertThat(perEdge(UNDIRECTED, weighted)).isBetween(2 * perEdge(DIRECTED, weighted), 2 * perEdge(DIRECTED, weighted) + 1);
            assertThat(perEdge(BOTH, weighted)).isEqualTo(perEdge(UNDIRECTED, weighted));
        }
    }

    @Test
    void columnsCountInTheListsOfOutEdgesAndOnTheWayThere() {
        var program = new Crossings();
        var lacking = new EdgeColumns(program.declarations().edgeColumns(), List.of());
        var carried = new EdgeColumns(program.declarations().edgeColumns(), program.declarations().edgeColumns());
        assertThat(perEdge(BOTH, false, lacking) - perEdge(BOTH, false)).isBetween(8L, 10L);
        assertThat(perEdge(BOTH, false, carried) - perEdge(BOTH, false)).isBetween(16L, 19L);
        assertThat(perEdge(UNDIRECTED, false, carried) - perEdge(UNDIRECTED, false)).isBetween(32L, 37L);
    }

    /** Has one edge column. */
    private static final class Crossings extends LongProgram {
        private final Edges out = outEdges();
        private final LongEdgeColumn crossings = longEdgeColumn("crossings", 0);

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
        }
    }

    @Test
    void aSmallGraphFits() {
        assertThatCode(() -> HeapNeed.check(0, BOTH, true, EdgeColumns.NONE, HEAP)).doesNotThrowAnyException();
        assertThatCode(() -> HeapNeed.check(1000, BOTH, true, EdgeColumns.NONE, HEAP)).doesNotThrowAnyException();
    }

    @Test
    void aGraphFitsUntilItsNeedIsMoreThanTheHeap() {
        long edges = HEAP / perEdge(DIRECTED, false);
        assertThatCode(() -> HeapNeed.check(edges * 9 / 10, DIRECTED, false, EdgeColumns.NONE, HEAP)).doesNotThrowAnyException();
        assertThatThrownBy(() -> HeapNeed.check(edges * 11 / 10, DIRECTED, false, EdgeColumns.NONE, HEAP))
            .isInstanceOf(HeapTooSmallException.class);
        assertThatThrownBy(() -> HeapNeed.check(edges * 9 / 10, DIRECTED, true, EdgeColumns.NONE, HEAP))
            .isInstanceOf(HeapTooSmallException.class);
    }

    @Test
    void theRefusalIsOneLineThatSaysHowMuchIsNeededAndHowToGiveIt() {
        long megabytes = (HEAP + (1 << 20) - 1) >> 20;
        assertThatThrownBy(() -> HeapNeed.check(10_000_000_000L, DIRECTED, false, EdgeColumns.NONE, HEAP))
            .isInstanceOf(HeapTooSmallException.class)
            .hasMessageStartingWith("the input holds about 10000000000 edges, which need about ")
            .hasMessageContaining("the heap has " + megabytes + " MB").hasMessageContaining("SUPERSTEP_HEAP=")
            .hasMessageContaining("superstep worker --memory ")
            .hasMessageNotContaining("\n");
    }

    @Test
    void whatTheRefusalAsksForWouldBeEnough() {
        long edges = 123_456_789_012L;
        assertThatThrownBy(() -> HeapNeed.check(edges, UNDIRECTED, true, EdgeColumns.NONE, HEAP))
            .isInstanceOfSatisfying(HeapTooSmallException.class, refusal -> {
                long gigabytes = Long.parseLong(refusal.getMessage().replaceAll(".*SUPERSTEP_HEAP=(\\d+)g.*", "$1"));
                long need = HeapNeed.bytes(edges, UNDIRECTED, true, EdgeColumns.NONE);
                assertThat(gigabytes << 30).isBetween(need, need / 2 * 3);
            });
    }
}
