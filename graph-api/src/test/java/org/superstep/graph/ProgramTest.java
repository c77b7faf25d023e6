package org.superstep.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a program declares, and the name that it has by itself. */
class ProgramTest {
    @Test
    void byDefaultTheNameIsTheClassInLowerCaseWithDashes() {
        assertThat(new CountsTheNeighbours(p -> { }).name()).isEqualTo("counts-the-neighbours");
        assertThat(new Top2Hubs().name()).isEqualTo("top2-hubs");
        assertThat(new Single().name()).isEqualTo("single");
    }

    @Test
    void byDefaultTheSummaryIsTheTopOfTheFirstColumn() {
        var program = new CountsTheNeighbours(p -> {
            p.longColumn("first", 1);
            p.doubleColumn("second", 2);
        });
        assertThat(program.summary()).isEqualTo(Summary.top(program.declarations().columns().get(0)));
    }

    @Test
    void columnsAreNumberedByType() {
        var program = new CountsTheNeighbours(p -> {
            p.longColumn("a", 1);
            p.doubleColumn("b", 2);
            p.longColumn("c", 3).hidden();
            p.intColumn("d", 4);
            p.doubleColumn("e", 5);
        });
        assertThat(program.declarations().columns()).extracting(Column::name).containsExactly("a", "b", "c", "d", "e");
        assertThat(program.declarations().columns()).extracting(Column::index).containsExactly(0, 0, 1, 0, 1);
        assertThat(program.declarations().shownColumns()).extracting(Column::name).containsExactly("a", "b", "d", "e");
    }

    @Test
    void aNaNThatAColumnBeginsWithIsTheCanonicalOne() {
        var program = new CountsTheNeighbours(p -> p.doubleColumn("a", Double.longBitsToDouble(0xFFF8_0000_0000_0007L)));
        double initial = ((DoubleColumn) program.declarations().columns().get(0)).initial();
        assertThat(Double.doubleToRawLongBits(initial)).isEqualTo(Double.doubleToRawLongBits(Double.NaN));
    }

    @Test
    void twoOfOneNameAreRefused() {
        refused("column", p -> {
            p.longColumn("twice", 1);
            p.doubleColumn("twice", 1);
        });
        refused("parameter", p -> {
            p.longParameter("twice", 1, "one");
            p.vertexParameter("twice", "the other");
        });
        refused("aggregator", p -> {
            p.sum("twice");
            p.and("twice");
        });
        refused("global", p -> {
            p.longGlobal("twice", 1);
            p.doubleGlobal("twice", 1);
        });
    }

    @Test
    void oneNameMayStandForThingsOfDifferentKinds() {
        var program = new CountsTheNeighbours(p -> {
            p.longColumn("rank", 1);
            p.doubleParameter("rank", 1, "where to begin");
            p.sum("rank");
            p.doubleGlobal("rank", 0);
        });
        assertThat(program.declarations().columns()).hasSize(1);
        assertThat(program.declarations().aggregators()).hasSize(1);
    }

    @Test
    void rankingsAndHistogramsHaveBounds() {
        refusedWith("aggregator \"hubs\" must rank 1 to 10000 vertices, was 0", p -> p.topK("hubs", 0));
        refusedWith("aggregator \"hubs\" must rank 1 to 10000 vertices, was 10001", p -> p.leastK("hubs", 10_001));
        refusedWith("histogram \"degrees\" must have 1 to 10000 bounds, was 0", p -> p.histogram("degrees"));
        refusedWith("the bounds of histogram \"degrees\" must be finite and ascend, was 2.0 after 2.0",
            p -> p.histogram("degrees", 1, 2, 2));
        refusedWith("the bounds of histogram \"degrees\" must be finite and ascend, was NaN", p -> p.histogram("degrees", Double.NaN));
        refusedWith("histogram \"degrees\" must have 1 to 9999 buckets between its bounds, was 0",
            p -> p.evenHistogram("degrees", 0, 1, 0));
        refusedWith("global \"memory\" has no codec; give it one of your own or of Codecs", p -> p.objectGlobal("memory", null, "text"));
        refusedWith("global \"memory\" must begin with an object, was null", p -> p.objectGlobal("memory", Codecs.STRING, null));
    }

    @Test
    void anEvenHistogramHasBucketsOfOneWidth() {
        var program = new CountsTheNeighbours(p -> p.evenHistogram("degrees", -1, 2, 6));
        var counts = (Histogram) program.declarations().aggregators().get(0).form().value(new long[9]);
        var bounds = IntStream.range(0, counts.buckets() - 1).mapToDouble(counts::bound);
        assertThat(bounds.toArray()).containsExactly(-1, -0.5, 0, 0.5, 1, 1.5, 2);
    }

    private static void refusedWith(String message, Consumer<CountsTheNeighbours> declarations) {
        assertThatThrownBy(() -> new CountsTheNeighbours(declarations)).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    @Test
    void aProgramOfOnePhaseIsThatPhase() {
        var program = new Single();
        assertThat(program.declarations().phases()).containsExactly(program);
        assertThat(program.declarations().indexOf(program)).isZero();
        assertThatThrownBy(() -> program.declarations().indexOf(new Single())).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("single starts a phase that it has not declared; declare it with phase(name, ...)");
    }

    @Test
    void twoPhasesOfOneNameAreRefused() {
        assertThatThrownBy(TwoPhasesOfOneName::new).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("two-phases-of-one-name declares two phases named \"walk\"; names must differ");
    }

    @Test
    void weightsBelowTheLeastAreToldByTheBound() {
        assertThat(Weights.OPTIONAL.atLeast(0)).isEqualTo(new Weights(Weights.Need.OPTIONAL, 0));
        assertThat(Weights.IGNORED.wanted()).isFalse();
        assertThat(Weights.REQUIRED.wanted()).isTrue();
        assertThatThrownBy(() -> Weights.OPTIONAL.atLeast(Double.NaN)).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("the least weight must be a number, was NaN");
    }

    @Test
    void namesThatOutputOrCommandLineCannotBearAreRefused() {
        assertThatThrownBy(() -> new CountsTheNeighbours(p -> p.longColumn("id", 0))).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("counts-the-neighbours declares a column named \"id\", as the output's first column is, which holds the vertices'"
                + " ids; give it another name");
        assertThatThrownBy(() -> new CountsTheNeighbours(p -> p.longParameter("my steps", 2, "how far")))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage("a parameter's name must be letters, digits, - and _, was \"my steps\"");
    }

    private static void refused(String what, Consumer<CountsTheNeighbours> declarations) {
        assertThatThrownBy(() -> new CountsTheNeighbours(declarations)).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("counts-the-neighbours declares two " + what + "s named \"twice\"; names must differ");
    }

    /** Declares what it is told to. */
    private static final class CountsTheNeighbours extends LongProgram {
        CountsTheNeighbours(Consumer<CountsTheNeighbours> declarations) {
            declarations.accept(this);
        }

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
        }
    }

    private static class Single extends LongProgram {
        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
        }
    }

    private static final class Top2Hubs extends Single {
    }

    private static final class TwoPhasesOfOneName extends PhasedProgram {
        TwoPhasesOfOneName() {
            phase("walk", new Single());
            phase("walk", new Single());
        }
    }
}
