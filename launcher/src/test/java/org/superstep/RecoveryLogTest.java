package org.superstep;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RecoveryLogTest {
    private static final long HEAP = 800;

    @Test
    void aLogHasAsMuchMemoryAsIsSaidButLeavesHalfOfTheHeapToTheGraph() {
        assertThat(RecoveryLog.DEFAULT.memoryBytes(HEAP)).isEqualTo(100);
        assertThat(RecoveryLog.DEFAULT.withMemory(0).memoryBytes(HEAP)).isZero();
        assertThat(RecoveryLog.DEFAULT.withMemory(399).memoryBytes(HEAP)).isEqualTo(399);
        assertThat(RecoveryLog.DEFAULT.withMemory(10L << 30).memoryBytes(HEAP)).isEqualTo(400);
    }
}
