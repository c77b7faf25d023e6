package org.superstep.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superstep.graph.Direction;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongPhase;
import org.superstep.graph.LongVertex;
import org.superstep.graph.PhasedProgram;

/** Which structures a program needs. */
class LoadPlanTest {
    private record Speech(Direction direction, LongCombiner combiner) implements LongPhase {
        @Override public void compute(LongVertex v, LongMessages in) {
        }
    }

    private static final class Speeches extends PhasedProgram {
        Speeches(Speech... speeches) {
            for (Speech speech : speeches) {
                phase(speech.direction() + " " + declarations().phases().size(), speech);
            }
        }
    }

    @ParameterizedTest(name = "{0}, undirected {1}: {2} where twice the same says no more, else {3}")
    @CsvSource({
        "OUT, false, OUT, OUT", "IN, false, IN, IN", "BOTH, false, BOTH, BOTH",
        "OUT, true, OUT, OUT", "IN, true, OUT, OUT", "BOTH, true, OUT, BOTH"})
    void anUndirectedGraphNeedsNoInDirection(Direction direction, boolean undirected, Direction ofMin, Direction ofSum) {
        assertThat(LoadPlan.structureOf(new Speech(direction, LongCombiner.MIN), undirected)).isEqualTo(ofMin);
        assertThat(LoadPlan.structureOf(new Speech(direction, LongCombiner.SUM), undirected)).isEqualTo(ofSum);
        assertThat(LoadPlan.structureOf(new Speech(direction, LongCombiner.FIRST), undirected)).isEqualTo(ofSum);
    }

    @Test
    void theStructuresOfAllPhasesAreBuilt() {
        var program = new Speeches(new Speech(Direction.IN, LongCombiner.SUM), new Speech(Direction.BOTH, LongCombiner.MIN));
        LoadPlan directed = LoadPlan.of(program, false, true, false);
        assertThat(directed.structures()).isEqualTo(Set.of(Direction.IN, Direction.BOTH));
        assertThat(directed.dedupe()).isTrue();
        assertThat(directed.dropSelfLoops()).isFalse();
        assertThat(LoadPlan.of(program, true, false, true).structures()).isEqualTo(Set.of(Direction.OUT));
    }

    @Test
    void edgesAreTakenToWhereTheyAreHeard() {
        checkHearers(Direction.OUT, true, false);
        checkHearers(Direction.IN, false, true);
        checkHearers(Direction.BOTH, true, true);
        LoadPlan undirected = new LoadPlan(true, false, false, Set.of(Direction.BOTH));
        assertThat(undirected.heardByTargets()).isTrue();
        assertThat(undirected.heardBySources()).isFalse();
    }

    private static void checkHearers(Direction structure, boolean byTargets, boolean bySources) {
        var plan = new LoadPlan(false, false, false, Set.of(structure));
        assertThat(plan.heardByTargets()).as("%s", structure).isEqualTo(byTargets);
        assertThat(plan.heardBySources()).as("%s", structure).isEqualTo(bySources);
    }
}
