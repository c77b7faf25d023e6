package org.superstep.master;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.superstep.checkpoint.MasterState;
import org.superstep.net.Delivery;
import org.superstep.net.ToWorker;

/** What of a job's announcements is still known. */
class ChronicleTest {
    private final Chronicle chronicle = new Chronicle();

    private static ToWorker.RunSuperstep run(int superstep, long messages) {
        return new ToWorker.RunSuperstep(superstep, 0, 0, 0, Delivery.PUSH, messages, false, false, false, 1, false, 1, 1, new long[0],
            new long[0]);
    }

    private static MasterState state(long messages) {
        return new MasterState(0, 0, 0, 0, messages, 0, false, 0, 0, 0, 1, 1, new long[0], new long[0], new long[0][]);
    }

    private void announce(int from, int to) {
        for (int superstep = from; superstep <= to; superstep++) {
            chronicle.announced(run(superstep, superstep), state(superstep));
            chronicle.ended(10 + superstep);
        }
    }

    @Test
    void superstepsAreThereFromTheFirstThatWasAnnounced() {
        assertThat(chronicle.isEmpty()).isTrue();
        assertThat(chronicle.reaches(0)).isFalse();
        announce(4, 7);
        assertThat(chronicle.reaches(3)).isFalse();
        assertThat(chronicle.reaches(4)).isTrue();
        assertThat(chronicle.reaches(7)).isTrue();
        assertThat(chronicle.reaches(8)).isFalse();
        assertThat(chronicle.last()).isEqualTo(7);
        assertThat(chronicle.run(5).messages()).isEqualTo(5);
        assertThat(chronicle.before().messages()).isEqualTo(7);
        assertThat(chronicle.computedFrom(5)).as("the last one has not ended for whoever asks").isEqualTo(15 + 16);
        assertThat(chronicle.hindrance(3)).isEmpty();
    }

    @Test
    void whatIsAnnouncedOnceMoreStandsInPlaceOfWhatWas() {
        announce(0, 2);
        chronicle.announced(run(2, 99), state(98));
        assertThat(chronicle.run(2).messages()).isEqualTo(99);
        assertThat(chronicle.before().messages()).isEqualTo(98);
        assertThat(chronicle.run(1).messages()).isEqualTo(1);
        assertThat(chronicle.last()).isEqualTo(2);
    }

    @Test
    void theLastAnnouncementCanBeTakenBackOnce() {
        announce(0, 3);
        assertThat(chronicle.takeBack()).isTrue();
        assertThat(chronicle.last()).isEqualTo(2);
        assertThat(chronicle.before().messages()).isEqualTo(2);
        assertThat(chronicle.takeBack()).as("what was before superstep 1 is not known").isFalse();
        chronicle.announced(run(2, 99), state(98));
        assertThat(chronicle.takeBack()).as("it is the same superstep once more").isFalse();
        announce(3, 3);
        assertThat(chronicle.takeBack()).isTrue();
        assertThat(chronicle.before().messages()).isEqualTo(98);
        chronicle.forget();
        announce(5, 5);
        assertThat(chronicle.takeBack()).isFalse();
    }

    @Test
    void whatIsSavedIsForgotten() {
        announce(0, 5);
        chronicle.saved(0);
        assertThat(chronicle.reaches(0)).isTrue();
        chronicle.saved(3);
        assertThat(chronicle.reaches(2)).isFalse();
        assertThat(chronicle.run(3).superstep()).isEqualTo(3);
        assertThat(chronicle.computedFrom(4)).isEqualTo(14);
    }

    @Test
    void aChangeOfTheGraphHindersWhoeverAsksForWhatWasBefore() {
        announce(0, 3);
        chronicle.changed();
        assertThat(chronicle.isEmpty()).isTrue();
        assertThat(chronicle.hindrance(2)).isEqualTo("the graph has changed in superstep 3");
        announce(4, 5);
        assertThat(chronicle.reaches(3)).isFalse();
        assertThat(chronicle.hindrance(3)).isEqualTo("the graph has changed in superstep 3");
        assertThat(chronicle.hindrance(4)).isEmpty();
        chronicle.forget();
        assertThat(chronicle.isEmpty()).isTrue();
        assertThat(chronicle.hindrance(0)).isEmpty();
    }

    @Test
    void nobodyIsToldMoreSuperstepsThanAreWorthIt() {
        int most = 1 << 16;
        announce(0, most - 1);
        assertThat(chronicle.reaches(0)).isTrue();
        announce(most, most);
        assertThat(chronicle.reaches(most - 1)).isFalse();
        assertThat(chronicle.reaches(most)).isTrue();
        assertThat(chronicle.hindrance(0)).isEqualTo("more than 65536 supersteps have run since the last checkpoint");
    }
}
