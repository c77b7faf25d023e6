package org.superstep.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.superstep.Graph;
import org.superstep.JobOptions;
import org.superstep.Result;
import org.superstep.Row;
import org.superstep.Superstep;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.IntColumn;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;

/** How an answer is read: by id, by position, ranked, and as streams. */
class ResultTest {
    private static final Marks PROGRAM = new Marks();
    private static Result result;

    /** Every vertex's id as each type, with some ties and oddities among the doubles. */
    public static final class Marks extends LongProgram {
        private final DoubleColumn odd = doubleColumn("odd", 0);
        private final LongColumn own = longColumn("own", 0);
        private final IntColumn half = intColumn("half", 0);
        private final IntColumn secret = intColumn("secret", 7).hidden();

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            v.set(own, v.id());
            v.set(half, (int) (v.id() / 2));
            v.set(odd, v.id() == 3 ? Double.NaN : v.id() == 4 ? Double.POSITIVE_INFINITY : v.id() == 5 ? Double.NEGATIVE_INFINITY
                : v.id() == 6 ? -0.0 : v.id() == 7 ? 0.0 : -v.id());
            v.halt();
        }
    }

    @BeforeAll
    static void run() {
        // Ids 1 to 10 and -8, in partitions of two workers.
        long[] sources = {1, 2, 3, 4, 5, -8};
        long[] targets = {6, 7, 8, 9, 10, 1};
        result = Superstep.run(PROGRAM, Graph.of(sources, targets), JobOptions.DEFAULT.withWorkers(2).withPartitions(5));
    }

    private static List<Long> ids(List<Row> rows) {
        return rows.stream().map(Row::id).toList();
    }

    @Test
    void aResultSaysWhatIsInIt() {
        assertThat(result).asString().isEqualTo("marks: 11 vertices, columns [odd, own, half, secret]");
    }

    @Test
    void valuesAreHadByIdWithoutACopy() {
        for (long id : new long[] {-8, 1, 2, 10}) {
            assertThat(result.longOf("own", id)).isEqualTo(id);
            assertThat(result.get(PROGRAM.own, id)).isEqualTo(id);
            assertThat(result.intOf("half", id)).isEqualTo((int) (id / 2));
            assertThat(result.get(PROGRAM.half, id)).isEqualTo((int) (id / 2));
            assertThat(result.doubleOf("odd", id)).isEqualTo(-id);
            assertThat(result.get(PROGRAM.odd, id)).isEqualTo(-id);
            assertThat(result.valueAt(PROGRAM.own, result.position(id))).isEqualTo(id);
        }
        assertThat(result.get(PROGRAM.secret, 1)).isEqualTo(7);
        assertThat(result.columns()).containsExactly(PROGRAM.odd, PROGRAM.own, PROGRAM.half, PROGRAM.secret);
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> result.longOf("own", 11)).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("no vertex 11");
        assertThatThrownBy(() -> result.get(PROGRAM.odd, 0)).isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("no vertex 0");
        assertThatThrownBy(() -> result.doubleOf("rank", 1)).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("marks has no column \"rank\"; it has [odd, own, half, secret]");
        assertThatThrownBy(() -> result.doubleOf("own", 1)).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("column \"own\" is of type LongColumn, not DoubleColumn");
        assertThatThrownBy(() -> result.longStream("half")).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("column \"half\" is of type IntColumn, not LongColumn");
        assertThatThrownBy(() -> result.valueAt(PROGRAM.own, 11)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> new Row(result, -1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void theGreatestAndTheLeastComeInOrderWithTiesById() {
        assertThat(ids(result.top("own", 3))).containsExactly(10L, 9L, 8L);
        assertThat(ids(result.least(PROGRAM.own, 3))).containsExactly(-8L, 1L, 2L);
        assertThat(ids(result.top(PROGRAM.half, 4))).containsExactly(10L, 8L, 9L, 6L);
        assertThat(ids(result.least("half", 4))).containsExactly(-8L, 1L, 2L, 3L);
        assertThat(result.top("own", 0)).isEmpty();
        assertThat(result.top("own", 100)).hasSize(11);
        assertThatThrownBy(() -> result.top("own", -1)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("was -1");
    }

    @Test
    void infinitiesAreNumbersAndNothingIsTheLastOfAll() {
        assertThat(ids(result.top("odd", 11))).containsExactly(4L, -8L, 7L, 6L, 1L, 2L, 8L, 9L, 10L, 5L, 3L);
        assertThat(ids(result.least("odd", 11))).containsExactly(5L, 10L, 9L, 8L, 2L, 1L, 6L, 7L, -8L, 4L, 3L);
    }

    @Test
    void rankingsAgreeWithSorting() {
        var random = new SplittableRandom(4);
        for (int size : new int[] {1, 2, 5, 64, 300}) {
            var sample = RandomGraphs.path(size);
            var ranked = Superstep.run(new TestPrograms.Dice(), sample.graph(), JobOptions.DEFAULT.withSeed(random.nextInt(100)));
            String column = ranked.columns().stream().filter(LongColumn.class::isInstance).findFirst().orElseThrow().name();
            var rows = new ArrayList<>(ranked.rows().toList());
            rows.sort(Comparator.<Row>comparingLong(row -> row.longOf(column)).reversed().thenComparing(Row::id));
            for (int k : new int[] {1, 2, size / 2, size, size + 1}) {
                assertThat(ranked.top(column, k)).isEqualTo(rows.subList(0, k));
            }
        }
    }

    @Test
    void everythingStreamsInTheOrderOfIds() {
        assertThat(result.ids()).containsExactly(-8L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
        assertThat(result.rows().map(Row::id)).containsExactlyElementsOf(result.ids().boxed().toList());
        assertThat(result.longStream("own")).containsExactly(result.ids().boxed().toArray(Long[]::new));
        assertThat(result.intStream("half").boxed()).containsExactlyElementsOf(IntStream.of(result.ints("half")).boxed().toList());
        assertThat(result.doubleStream("odd").toArray()).isEqualTo(result.doubles("odd"));
        assertThat(result.doubleStream("odd").parallel().filter(Double::isNaN).count()).isEqualTo(1);
    }

    @Test
    void aRowKnowsItsValuesAndSaysThoseThatAreShown() {
        Row row = result.top("own", 1).get(0);
        assertThat(row.longOf("own")).isEqualTo(10);
        assertThat(row.doubleOf("odd")).isEqualTo(-10);
        assertThat(row.intOf("half")).isEqualTo(5);
        assertThat(row.position()).isEqualTo(10);
        assertThat(row).hasToString("10 odd=-10.0 own=10 half=5");
    }
}
