package org.superstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeapWatchTest {
    private final HeapWatch watch = new HeapWatch();
    private long ms = 1_000_000;
    private long collections;
    private long collectingMs;

    /** So many samples half a second apart, of each of which so much went into a full collection; whether all was called useless. */
    private boolean hears(int samples, long busyMs, boolean isFull) {
        boolean isUseless = false;
        for (int i = 0; i < samples; i++) {
            ms += 500;
            collections++;
            collectingMs += busyMs;
            isUseless = watch.isUseless(new HeapWatch.Sample(ms, collections, collectingMs, isFull));
        }
        return isUseless;
    }

    /** Without a sample before it, none says how long anything took. */
    @BeforeEach
    void begin() {
        hears(1, 0, false);
    }

    @Test
    void aFullHeapThatIsCollectedAgainAndAgainIsUseless() {
        assertThat(hears(12, 450, true)).isFalse();
        assertThat(hears(1, 450, true)).isTrue();
    }

    @Test
    void aHeapThatIsFullButLeavesTimeForWorkIsNot() {
        assertThat(hears(100, 300, true)).isFalse();
    }

    @Test
    void collectionsThatFindRoomAreNot() {
        assertThat(hears(100, 490, false)).isFalse();
    }

    @Test
    void patienceBeginsAnewWithEachSampleThatIsWell() {
        assertThat(hears(12, 450, true)).isFalse();
        assertThat(hears(1, 100, true)).isFalse();
        assertThat(hears(12, 450, true)).isFalse();
        assertThat(hears(1, 450, true)).isTrue();
    }

    @Test
    void fewLongCollectionsOfALargeHeapAreNot() {
        for (int i = 0; i < HeapWatch.LEAST_COLLECTIONS; i++) {
            ms += 5_000;
            collectingMs += 4_900;
            collections++;
            assertThat(watch.isUseless(new HeapWatch.Sample(ms, collections, collectingMs, true))).isFalse();
        }
        collections++;
        assertThat(watch.isUseless(new HeapWatch.Sample(ms, collections, collectingMs, true))).isTrue();
    }
}
