package org.superstep.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.superstep.master.CapacityModel.Costs;
import org.superstep.master.CapacityModel.Recovery;

/** The model against what can be reckoned by hand. */
final class CapacityModelTest {
    private static final double NEVER = Double.POSITIVE_INFINITY;
    private static final Costs FREE = new Costs(2, 0, 0, 0, 0, 0, 0, 0);
    private static final Costs DEAR = new Costs(2, 3, 0.1, 4, 1, 6, 1, 0.05);

    private static double share(Costs costs, Recovery recovery, int workers, double meanSeconds, int every) {
        return new CapacityModel(costs, recovery, workers, meanSeconds).usefulShare(every);
    }

    @Test void withoutLossesOnlyCheckpointsAndTheLogTakeTime() {
        assertThat(share(FREE, Recovery.ROLLBACK, 10, NEVER, 5)).isEqualTo(1, within(1e-9));
        assertThat(share(DEAR, Recovery.ROLLBACK, 10, NEVER, 5)).isEqualTo(10.0 / 13, within(1e-3));
        assertThat(share(DEAR, Recovery.CONFINED, 10, NEVER, 5)).isEqualTo(10.0 / 14, within(1e-3));
    }

    /** With nothing to pay but what is computed again: a superstep of length s takes (exp(s / m) - 1) m on average. */
    @Test void aRollbackToTheLastSuperstepLosesWhatWasComputedOfIt() {
        double mean = 5;
        assertThat(share(FREE, Recovery.ROLLBACK, 10, 10 * mean, 1)).isEqualTo(2 / mean / Math.expm1(2 / mean), within(0.01));
    }

    /** Daly's complete model (2006, equation 20): m exp(r / m) (exp((t + c) / m) - 1) for each stretch t of work. */
    @Test void aRollbackCostsWhatDalyHas() {
        for (double mean : new double[] {20, 100, 1_000}) {
            double expected = 10 / (mean * Math.exp(11 / mean) * Math.expm1(13 / mean));
            assertThat(share(DEAR, Recovery.ROLLBACK, 100, 100 * mean, 5)).as("mean %s", mean).isEqualTo(expected, within(0.01));
        }
    }

    /** If recovering is free, and what is lost is next to nothing of the whole, all that is done again is a checkpoint not yet whole. */
    @Test void aConfinedRecoveryKeepsWhatOthersHaveComputed() {
        var costs = new Costs(2, 3, 0, 0, 0, 0, 0, 0);
        double mean = 20;
        int workers = 1_000_000;
        assertThat(share(costs, Recovery.CONFINED, workers, mean * workers, 5))
            .isEqualTo(10 / (10 + mean * Math.expm1(3 / mean)), within(0.005));
    }

    /** A single worker has nobody who keeps anything. */
    @Test void aConfinedRecoveryOfOneWorkerIsARollback() {
        var costs = new Costs(2, 3, 0, 4, 1, 6, 1, 0.05);
        assertThat(share(costs, Recovery.CONFINED, 1, 50, 5)).isEqualTo(share(costs, Recovery.ROLLBACK, 1, 50, 5));
    }

    /** Around its best the share is flat, so the search may end anywhere near. */
    @Test void theChosenDistanceIsNearlyTheBest() {
        var model = new CapacityModel(DEAR, Recovery.ROLLBACK, 10, 20_000);
        assertThat(model.usefulShare(model.chosen())).isEqualTo(model.usefulShare(model.best()), within(0.005));
        assertThat((double) model.best() / model.chosen()).isBetween(0.5, 2.0);
    }
}
