package org.superstep.master;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.superstep.checkpoint.JobIdentity;
import org.superstep.checkpoint.Manifest;
import org.superstep.checkpoint.Segment;
import org.superstep.net.ToMaster;

/** When partitions move because a worker is late, and where to. */
class BalanceTest {
    private static final long MILLI = 1_000_000;
    private static final List<String> THREE = List.of("a", "b", "c");
    private static final int[] EVENLY = {0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2};

    private final Balance balance = new Balance();
    private long nanos;
    private int superstep;

    private static Manifest manifest(long... bytes) {
        var segment = new Segment("0-1-1-w0.state", 0, 1, 0);
        return new Manifest("1.0", new JobIdentity("7-1", "still", List.of(), List.of(), 1), 0, 1, 0,
            LongStream.range(1, bytes.length).toArray(), new Census(1).state(0, 0, 1, 1, new long[0], new long[0], new long[0][]),
            Arrays.stream(bytes).mapToObj(each -> new Manifest.Entry(1, 1, each, segment, segment, List.of())).toList());
    }

    private static long[] alike() {
        var bytes = new long[EVENLY.length];
        Arrays.fill(bytes, 1000);
        return bytes;
    }

    private List<Capacity> begin(List<String> names, int[] owners, long... bytes) {
        List<Capacity> each = balance.begin(names, Capacity.equal(names.size(), names.size(), Long.MAX_VALUE));
        balance.placed(owners);
        balance.measured(manifest(bytes));
        return each;
    }

    /** A superstep in which workers have computed for so many milliseconds. */
    private Optional<String> superstep(int... millis) {
        balance.superstepBegins(nanos);
        superstep++;
        nanos += MILLI * Arrays.stream(millis).max().orElseThrow();
        return balance.superstepEnded(Arrays.stream(millis).mapToObj(each -> new ToMaster.Effort(MILLI * each, 0, 0, 0, 0)).toList(),
            nanos);
    }

    /** After how many supersteps like these, one behind the other, partitions move; -1: not in so many. */
    private int moved(int most, int[]... supersteps) {
        int begun = superstep;
        while (superstep - begun < most) {
            if (superstep(supersteps[(superstep - begun) % supersteps.length]).isPresent()) {
                return superstep - begun;
            }
        }
        return -1;
    }

    private static int[] millis(String words) {
        return Arrays.stream(words.split(" ")).mapToInt(Integer::parseInt).toArray();
    }

    /**
     * Three workers that own as much, and how long they compute. To move costs 2 s. Of 300 ms a worker could be spared 150, of which 2 s
     * are lost in the second window of ten supersteps; of shorter supersteps a window has more, until it has 2 s.
     * Of those who do nothing at all nobody knows how fast they are.
     */
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "100 100 300, 20",
        "300 100 100, 20",
        "1000 1000 3000, 10",
        "10 10 30, 134",
        "0 0 300, -1",
        "100 100 149, -1",
        "100 100 100, -1",
        "100 290 300, 30",
        "100 290 290, -1",
        "0 0 0, -1"})
    void whoIsSteadilyLateHasPartitionsMovedWhenTheTimeLostHasComeToTheirPrice(String millis, int expected) {
        begin(THREE, EVENLY, alike());
        assertThat(moved(200, millis(millis))).isEqualTo(expected);
    }

    @Test
    void onePauseIsNotSteady() {
        begin(THREE, EVENLY, alike());
        for (int i = 0; i < 20; i++) {
            assertThat(superstep(100, 20_000, 100)).isEmpty();
            assertThat(moved(9, millis("100 100 100"))).isEqualTo(-1);
        }
    }

    @Test
    void whoIsLateByTurnsIsNotSteadilyLate() {
        begin(THREE, EVENLY, alike());
        assertThat(moved(200, millis("300 100 100"), millis("100 300 100"), millis("100 100 300"))).isEqualTo(-1);
    }

    @Test
    void whatWasLostForAnotherIsForgotten() {
        begin(THREE, EVENLY, alike());
        for (int i = 0; i < 10; i++) {
            assertThat(moved(10, millis("300 100 100"))).isEqualTo(-1);
            assertThat(moved(10, millis("100 100 300"))).isEqualTo(-1);
        }
    }

    @Test
    void whereOnePartitionHoldsItAllNothingMoves() {
        begin(List.of("a", "b"), new int[] {0, 1, 1, 1}, 1_000_000, 10, 10, 10);
        assertThat(moved(500, millis("300 1"))).isEqualTo(-1);
    }

    @Test
    void whatLiesInPartitionsMustBeKnown() {
        balance.begin(THREE, Capacity.equal(3, 3, Long.MAX_VALUE));
        balance.placed(EVENLY);
        assertThat(moved(100, millis("100 100 300"))).isEqualTo(-1);
        balance.measured(manifest(alike()));
        assertThat(moved(100, millis("100 100 300"))).isEqualTo(20);
    }

    @Test
    void whoIsAloneIsNotLate() {
        begin(List.of("a"), new int[12], alike());
        assertThat(moved(100, millis("3000"))).isEqualTo(-1);
    }

    @Test
    void theUserIsToldWhoIsLateAndHowMuch() {
        begin(THREE, EVENLY, alike());
        assertThat(moved(19, millis("100 110 221"))).isEqualTo(-1);
        Optional<String> told = Optional.empty();
        for (int i = 0; i < 100 && told.isEmpty(); i++) {
            told = superstep(100, 110, 221);
        }
        assertThat(told).hasValue("c computes 2.1 times as long as the others");
    }

    @Test
    void partitionsMoveOnceAMinuteAtMost() {
        begin(THREE, EVENLY, alike());
        assertThat(moved(100, millis("100 100 300"))).isEqualTo(20);
        long first = nanos;
        assertThat(moved(1000, millis("100 100 300"))).isPositive();
        assertThat(nanos - first).isBetween(60_000 * MILLI, 64_000 * MILLI);
        // For whatever reason.
        balance.moves();
        nanos += 500 * MILLI;
        begin(THREE, EVENLY, alike());
        long second = nanos;
        assertThat(moved(1000, millis("300 100 100"))).isPositive();
        assertThat(nanos - second).isGreaterThan(59_000 * MILLI);
    }

    @Test
    void whatAMoveCostsIsMeasured() {
        begin(THREE, EVENLY, alike());
        assertThat(moved(100, millis("100 100 300"))).isEqualTo(20);
        balance.moves();
        nanos += 70_000 * MILLI;
        begin(THREE, EVENLY, alike());
        // 70 s, of which each window's supersteps lose 1.5.
        assertThat(moved(1000, millis("100 100 300"))).isEqualTo(470);
    }

    @Test
    void whatALossCostsIsNoMeasure() {
        begin(THREE, EVENLY, alike());
        assertThat(moved(100, millis("100 100 300"))).isEqualTo(20);
        balance.moves();
        balance.lost();
        nanos += 70_000 * MILLI;
        begin(THREE, EVENLY, alike());
        assertThat(moved(100, millis("100 100 300"))).isEqualTo(20);
    }

    @Test
    void whoIsSlowGetsLessInTheNextAttemptWhateverItsNumberIsThere() {
        begin(THREE, EVENLY, alike());
        assertThat(moved(100, millis("100 300 100"))).isEqualTo(20);
        List<Capacity> each = begin(List.of("new", "c", "b"), EVENLY, alike());
        assertThat(each.get(0).speed()).isEqualTo(1);
        assertThat(each.get(1).speed()).isCloseTo(9.0 / 7, within(1e-9));
        assertThat(each.get(2).speed()).isCloseTo(3.0 / 7, within(1e-9));
        int[] owners = new Cuts(manifest(alike())).placement(each).owners();
        assertThat(IntStream.range(0, 3).map(worker -> (int) Arrays.stream(owners).filter(owner -> owner == worker).count()))
            .containsExactly(4, 6, 2);
    }

    @Test
    void whoGetsAsMuchAsItCanDoIsNotLateAnyMore() {
        begin(THREE, EVENLY, alike());
        assertThat(moved(100, millis("100 100 300"))).isEqualTo(20);
        balance.moves();
        begin(THREE, new int[] {0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2}, alike());
        nanos += 100_000 * MILLI;
        assertThat(moved(1000, millis("125 125 150"))).isEqualTo(-1);
    }

    @Test
    void whoHasMoreThreadsIsNotFasterForThat() {
        balance.begin(List.of("a", "b"), List.of(new Capacity(3, Long.MAX_VALUE), new Capacity(1, Long.MAX_VALUE)));
        balance.placed(new int[] {0, 0, 0, 1});
        balance.measured(manifest(10, 10, 10, 10));
        assertThat(moved(100, millis("100 100"))).isEqualTo(-1);
        for (Capacity each : balance.begin(List.of("b", "a"), Capacity.equal(2, 2, 1))) {
            assertThat(each.speed()).isCloseTo(1, within(1e-9));
        }
    }
}
