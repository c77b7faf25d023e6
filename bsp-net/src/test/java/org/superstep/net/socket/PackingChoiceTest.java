package org.superstep.net.socket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of {@link PackingChoice}, line by line; speeds are told in MB, 10^6 bytes, a second. */
class PackingChoiceTest {
    private static final int FRAME = 10_000;
    /** 1 ms at 125 MB a second. */
    private static final int BACKLOG = 125_000;

    private final PackingChoice choice = new PackingChoice();
    private long now = 5;

    /** The network takes 100 buffers, one after the other, and more is left. */
    private void networkTakes(double megabytes) {
        for (int i = 0; i < 100; i++) {
            now += (long) (128_000 * 1000 / megabytes);
            choice.taken(128_000, 1, now);
        }
    }

    private void packed(double megabytes, double ratio, int times) {
        for (int i = 0; i < times; i++) {
            choice.packed(FRAME, (int) (ratio * FRAME), (long) (FRAME * 1000 / megabytes));
        }
    }

    private int packedOf(int frames, int bytes, long queued) {
        int packed = 0;
        for (int i = 0; i < frames; i++) {
            packed += choice.packs(bytes, queued) ? 1 : 0;
        }
        return packed;
    }

    private int packedOf(int frames) {
        return packedOf(frames, FRAME, BACKLOG);
    }

    @Test
    void aNetworkThatIsNotMeasuredIsSlowWhereMuchIsQueued() {
        assertThat(packedOf(10, FRAME, PackingChoice.UNKNOWN_BACKLOG_BYTES - 1)).isZero();
        assertThat(packedOf(10, FRAME, PackingChoice.UNKNOWN_BACKLOG_BYTES)).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({"12.5, 12500", "125, 125000", "1250, 1250000"})
    void theFirstFrameThatWaitsForTheNetworkIsTried(double network, long backlog) {
        networkTakes(network);
        assertThat(choice.packs(FRAME, backlog - 1)).isFalse();
        assertThat(choice.packs(FRAME, backlog)).isTrue();
    }

    /** A frame of 1 MB as it is takes the network 80 ms at 12.5 MB a second, and 8 ms at 125. */
    @ParameterizedTest
    @CsvSource({
        // The network is busy for longer than packing takes: all that counts is the ratio.
        "12.5, 500, 0.89, 1000000, true",
        "12.5, 500, 0.91, 1000000, false",
        "125, 100, 0.89, 2000000, true",
        "1000, 500, 0.89, 2000000, true",
        // Packing takes longer, by 10 ms at 100 MB a second, less 8 ms for 100,000 bytes at 12.5 MB, or 1.6 ms for 200,000 at 125.
        "12.5, 100, 0.87, 100000, true",
        "12.5, 100, 0.88, 100000, false",
        "125, 100, 0.01, 200000, false",
        "125, 500, 0.84, 200000, true",
        "125, 500, 0.86, 200000, false",
        "1000, 500, 0.01, 1000000, false"})
    void framesArePackedThatAreThroughATenthOfTheirTimeEarlier(double network, double packing, double ratio, long queued, boolean pays) {
        networkTakes(network);
        packed(packing, ratio, 1);
        assertThat(packedOf(10, 1_000_000, queued)).isEqualTo(pays ? 10 : 0);
        assertThat(packedOf(100, 1_000_000, (long) (network * 1000) - 1)).as("with less than 1 ms queued").isZero();
    }

    @Test
    void whereItDoesNotPayOneFrameInManyIsTriedAndAChangeNoticed() {
        networkTakes(125);
        packed(500, 1, 1);
        assertThat(packedOf(10 * PackingChoice.TRIAL_EVERY)).isEqualTo(10);
        int trials = 0;
        while (packedOf(PackingChoice.TRIAL_EVERY) == 1 && trials < 100) {
            packed(500, 0.1, 1);
            trials++;
        }
        assertThat(trials).as("trials of frames that have become worth packing").isBetween(1, 10);
        packed(500, 1, 20);
        assertThat(packedOf(PackingChoice.TRIAL_EVERY)).as("frames that are worth it no more").isEqualTo(1);
    }

    @Test
    void aNetworkThatBecomesFasterIsNoticed() {
        networkTakes(12.5);
        packed(100, 0.7, 1);
        assertThat(packedOf(10, 1_000_000, 2_000_000)).isEqualTo(10);
        networkTakes(1000);
        assertThat(packedOf(10, 1_000_000, 2_000_000)).isZero();
    }

    @Test
    void timeInWhichNothingWaitedIsNotTheNetworks() {
        networkTakes(1000);
        for (int i = 0; i < 100; i++) {
            choice.taken(128_000, 0, now);
            now += 1_000_000_000;
        }
        packed(100, 0.5, 1);
        assertThat(packedOf(10, 1_000_000, 2_000_000)).as("frames packed for a network of 1000 MB/s that was idle").isZero();
    }

    @Test
    void oneSlowPackingDoesNotSpoilWhatIsKnown() {
        networkTakes(125);
        packed(0.1, 0.5, 1);
        assertThat(packedOf(10)).as("frames packed while it is believed to take 100 ms each").isZero();
        packed(500, 0.5, 1);
        assertThat(packedOf(10)).isEqualTo(10);
        packed(100, 0.5, 1);
        assertThat(packedOf(10)).isEqualTo(10);
    }
}
