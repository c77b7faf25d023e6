package org.superstep.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderedBlocksTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void resultsPassInTheOrderOfTheBlocks(int threads) throws IOException {
        List<Long> passed = new ArrayList<>();
        var turn = new OrderedBlocks.Turn();
        OrderedBlocks.run(200, threads, () -> block -> turn.pass(block, passed::add));
        assertThat(passed).isEqualTo(LongStream.range(0, 200).boxed().toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void aFullDiskIsWhatIsTold(int threads) {
        List<Long> passed = new ArrayList<>();
        var turn = new OrderedBlocks.Turn();
        assertThatThrownBy(() -> OrderedBlocks.run(200, threads, () -> block -> turn.pass(block, k -> {
            if (k == 20) {
                throw new IOException("No space left on device");
            }
            passed.add(k);
        }))).isInstanceOf(IOException.class).hasMessage("No space left on device");
        assertThat(passed).isEqualTo(LongStream.range(0, 20).boxed().toList());
    }

    @Test
    void aFaultOfOursIsNotSwallowed() {
        assertThatThrownBy(() -> OrderedBlocks.run(3, 2, () -> block -> {
            throw new ArithmeticException("ours");
        })).isInstanceOf(IllegalStateException.class).hasRootCauseMessage("ours");
    }
}
