package org.superstep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.superstep.Injection.Action;
import org.superstep.job.Harm;
import org.superstep.worker.Disturbance;
import org.superstep.worker.Disturbance.Moment;

final class InjectionTest {
    /** Keeps what was done. */
    private static final class Record implements Harm {
        private final List<String> done = new ArrayList<>();

        @Override public void kill() {
            done.add("kill");
        }

        @Override public void pause(Duration time) {
            done.add("pause " + time.toMillis());
        }

        @Override public void disconnect() {
            done.add("disconnect");
        }

        @Override public void corruptSaved() {
            done.add("corrupt what is saved");
        }

        @Override public void corruptSent() {
            done.add("corrupt what is sent");
        }
    }

    @Test void wordsNameAFault() {
        assertThat(Injection.parse("kill worker 2 at superstep 5 compute"))
            .isEqualTo(new Injection(Action.KILL, 2, 5, Moment.COMPUTE, 1, Duration.ZERO));
        assertThat(Injection.parse(" pause  worker 1 write for 20s in attempt 3"))
            .isEqualTo(new Injection(Action.PAUSE, 1, -1, Moment.WRITE, 3, Duration.ofSeconds(20)));
    }

    @ParameterizedTest @ValueSource(strings = {"kill worker 2 at superstep 5 compute", "kill worker 1 at load",
        "pause worker 3 at superstep 0 exchange for 20s", "disconnect worker 12 at superstep 7 barrier in attempt 2",
        "corrupt worker 1 at superstep 4 checkpoint", "slow worker 1 at write for 500ms", "kill worker 1 at recover",
        "kill worker 1 at superstep 3 recover in attempt 1", "slow worker 2 at checkpoint for 2m in attempt 4",
        "slow worker 2 at compute by 3", "slow worker 2 at compute by 3 in attempt 1"})
    void aFaultIsToldInTheWordsThatNameIt(String words) {
        assertThat(Injection.parse(words)).hasToString(words);
    }

    @Test void whoRecoversDoesSoInTheSecondAttemptUnlessToldOtherwise() {
        assertThat(Injection.parse("kill worker 1 recover").attempt()).isEqualTo(2);
        assertThat(Injection.parse("kill worker 1 recover in attempt 1").attempt()).isEqualTo(1);
        assertThat(Injection.parse("kill worker 1 barrier").attempt()).isEqualTo(1);
    }

    @ParameterizedTest @CsvSource(delimiter = ';', value = {
        "murder worker 2 at load; expected one of kill, pause, disconnect, corrupt, slow, was \"murder\"",
        "kill wroker 2 at load; expected \"worker\" after \"kill\", was \"wroker\"",
        "kill worker two at load; expected a number of at least 1 after \"worker\", was \"two\"",
        "kill worker 0 at load; expected a number of at least 1 after \"worker\", was \"0\"",
        "kill worker; expected a number of at least 1 after \"worker\"",
        "kill worker 99999999999 at load; expected a number of at least 1",
        "kill worker 2; expected one of load, compute, exchange, barrier, checkpoint, recover, write after \"2\"",
        "kill worker 2 at superstep -1 compute; expected a number of at least 0 after \"superstep\", was \"-1\"",
        "kill worker 2 at superstep 5; expected one of load, compute, exchange, barrier, checkpoint, recover, write after \"5\"",
        "kill worker 2 at superstep 5 computing; was \"computing\"",
        "pause worker 2 at load for a while; expected a time such as 500ms or 20s after \"for\", was \"a\"",
        "pause worker 2 at load for; expected a time such as 500ms or 20s after \"for\"",
        "pause worker 2 at load; pause must say for how long, such as \"for 20s\"",
        "slow worker 2 at load for 0s; slow must say for how long",
        "kill worker 2 at load for 20s; kill happens in an instant; leave out \"for 20s\"",
        "kill worker 2 at superstep 3 load; load belongs to no superstep; leave out \"superstep 3\"",
        "kill worker 2 at superstep 3 write; write belongs to no superstep",
        "kill worker 2 at load in 2; expected \"attempt\" after \"in\", was \"2\"",
        "kill worker 2 at load in attempt 0; expected a number of at least 1 after \"attempt\", was \"0\"",
        "slow worker 2 at compute by 1; expected a number of at least 2 after \"by\", was \"1\"",
        "slow worker 2 at compute; slow must say for how long, such as \"for 20s\"",
        "slow worker 2 at compute by 3 for 2s; expected the end after \"3\", was \"for\"",
        "slow worker 2 at superstep 3 compute by 3; \"by 3\" is for a worker whose computing is slow in every superstep",
        "slow worker 2 at load by 3; \"by 3\" is for a worker whose computing is slow",
        "kill worker 2 at compute by 3; \"by 3\" is for a worker whose computing is slow",
        "kill worker 2 at load twice; expected the end after \"load\", was \"twice\""})
    void whatCannotBeFollowedIsToldAtItsWord(String words, String told) {
        assertThatThrownBy(() -> Injection.parse(words)).isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith("\"" + words + "\": ").hasMessageContaining(told).hasMessageNotContaining("\n");
    }

    @Test void noWordsAreNoFault() {
        assertThatThrownBy(() -> Injection.parse(" ")).hasMessageContaining("\" \": expected one of kill,");
    }

    @Test void aFaultHappensOnceToItsWorkerInItsAttempt() {
        var faults = List.of(Injection.parse("pause worker 2 at superstep 5 compute for 3s"),
            Injection.parse("disconnect worker 2 at barrier"), Injection.parse("kill worker 2 at superstep 5 compute"),
            Injection.parse("corrupt worker 2 at checkpoint in attempt 2"), Injection.parse("corrupt worker 2 at exchange in attempt 2"));
        var harm = new Record();
        Disturbance second = Injection.disturbance(faults, 1, 1, harm);
        second.at(Moment.CHECKPOINT, 0);
        second.at(Moment.COMPUTE, 4);
        assertThat(harm.done).isEmpty();
        second.at(Moment.BARRIER, 4);
        second.at(Moment.BARRIER, 5);
        assertThat(harm.done).containsExactly("disconnect");
        second.at(Moment.COMPUTE, 5);
        second.at(Moment.COMPUTE, 5);
        assertThat(harm.done).containsExactly("disconnect", "pause 3000", "kill");
        Disturbance again = Injection.disturbance(faults, 1, 2, harm);
        again.at(Moment.COMPUTE, 5);
        again.at(Moment.CHECKPOINT, 6);
        assertThat(harm.done).last().isEqualTo("corrupt what is saved");
        again.at(Moment.EXCHANGE, 6);
        assertThat(harm.done).last().isEqualTo("corrupt what is sent");
    }

    @Test void whoIsNotMeantIsLeftAlone() {
        var faults = List.of(Injection.parse("kill worker 2 at superstep 5 compute"));
        assertThat(Injection.disturbance(faults, 0, 1, new Record())).isSameAs(Disturbance.NONE);
        assertThat(Injection.disturbance(faults, 1, 2, new Record())).isSameAs(Disturbance.NONE);
    }

    @Test void whoIsSlowTakesSoMuchLonger() {
        Disturbance slow = Injection.disturbance(List.of(Injection.parse("slow worker 1 at load for 20ms")), 0, 1, new Record());
        long start = System.nanoTime();
        slow.at(Moment.LOAD, 0);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(Duration.ofMillis(20).toNanos());
    }

    @Test void whoIsSteadilySlowTakesSoManyTimesAsLongInEverySuperstepOfEveryAttempt() throws InterruptedException {
        for (int attempt = 1; attempt <= 2; attempt++) {
            Disturbance slow = Injection.disturbance(List.of(Injection.parse("slow worker 1 at compute by 4")), 0, attempt, new Record());
            long tookNanos = 0;
            for (int superstep = 0; superstep < 3; superstep++) {
                long begun = System.nanoTime();
                slow.at(Moment.COMPUTE, superstep);
                long lateNanos = System.nanoTime() - begun;
                assertThat(lateNanos).as("attempt %d, superstep %d", attempt, superstep).isGreaterThanOrEqualTo(3 * tookNanos);
                tookNanos = Duration.ofMillis(5).toNanos();
                TimeUnit.NANOSECONDS.sleep(tookNanos);
                slow.at(Moment.EXCHANGE, superstep);
            }
        }
        var first = List.of(Injection.parse("slow worker 1 at compute by 4 in attempt 1"));
        assertThat(Injection.disturbance(first, 0, 1, new Record())).isNotSameAs(Disturbance.NONE);
        assertThat(Injection.disturbance(first, 0, 2, new Record())).isSameAs(Disturbance.NONE);
    }

    @Test void whoIsSlowEndsWithTheJob() {
        Disturbance slow = Injection.disturbance(List.of(Injection.parse("slow worker 1 at load for 1d")), 0, 1, new Record());
        Thread.currentThread().interrupt();
        slow.at(Moment.LOAD, 0);
        assertThat(Thread.interrupted()).isTrue();
    }
}
