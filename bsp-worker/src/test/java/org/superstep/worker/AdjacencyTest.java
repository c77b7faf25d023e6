package org.superstep.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Weights are kept in the narrowest form from which they come back to the bit. */
class AdjacencyTest {
    private static final double[] ODD = {1, 0, 2, 127, 128, 254, 255, -0.0, 256, -1, 0.5, 0.1, 0x1p24, 0x1p24 + 1, 1e300, -1e300,
        Double.MIN_VALUE, Float.MIN_VALUE, Float.MAX_VALUE, Double.MAX_VALUE, Integer.MAX_VALUE, 1L << 32, (1L << 32) + 1};

    static Stream<Arguments> weights() {
        return Stream.of(
            Arguments.of(new double[] {}, Adjacency.NONE),
            Arguments.of(new double[] {1}, Adjacency.NONE),
            Arguments.of(new double[] {1, 1, 1}, Adjacency.NONE),
            Arguments.of(new double[] {0}, Adjacency.BYTES),
            Arguments.of(new double[] {1, 255}, Adjacency.BYTES),
            Arguments.of(new double[] {0, 127, 128, 255}, Adjacency.BYTES),
            Arguments.of(new double[] {256}, Adjacency.FLOATS),
            Arguments.of(new double[] {1, -0.0}, Adjacency.FLOATS),
            Arguments.of(new double[] {-0.0}, Adjacency.FLOATS),
            Arguments.of(new double[] {-1}, Adjacency.FLOATS),
            Arguments.of(new double[] {0.5, 255}, Adjacency.FLOATS),
            Arguments.of(new double[] {0x1p24}, Adjacency.FLOATS),
            Arguments.of(new double[] {1L << 32}, Adjacency.FLOATS),
            Arguments.of(new double[] {Float.MAX_VALUE, Float.MIN_VALUE}, Adjacency.FLOATS),
            Arguments.of(new double[] {0x1p24 + 1}, Adjacency.DOUBLES),
            Arguments.of(new double[] {0.1}, Adjacency.DOUBLES),
            Arguments.of(new double[] {1e300}, Adjacency.DOUBLES),
            Arguments.of(new double[] {Double.MIN_VALUE}, Adjacency.DOUBLES),
            Arguments.of(new double[] {(1L << 32) + 1}, Adjacency.DOUBLES),
            Arguments.of(new double[] {1, 2, 256, 0.1}, Adjacency.DOUBLES),
            Arguments.of(new double[] {0.1, 1, 2}, Adjacency.DOUBLES));
    }

    private static Adjacency of(double[] weights) {
        return Adjacency.of(new int[] {0, weights.length}, new int[weights.length], weights.clone());
    }

    @ParameterizedTest
    @MethodSource("weights")
    void theNarrowestExactFormIsTaken(double[] weights, int form) {
        Adjacency lists = of(weights);
        assertThat(lists.weightForm).as(Arrays.toString(weights)).isEqualTo(form);
        assertThat(lists.byteWeights != null).isEqualTo(form == Adjacency.BYTES);
        assertThat(lists.floatWeights != null).isEqualTo(form == Adjacency.FLOATS);
        assertThat(lists.doubleWeights != null).isEqualTo(form == Adjacency.DOUBLES);
        checkExact("", lists, weights);
    }

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyWeightComesBackToTheBit(long seed) {
        var random = new SplittableRandom(seed);
        int kinds = 1 + random.nextInt(ODD.length);
        double[] weights = random.ints(random.nextInt(70), 0, kinds).mapToDouble(kind -> ODD[kind]).toArray();
        checkExact("seed " + seed, of(weights), weights);
    }

    private static void checkExact(String words, Adjacency lists, double[] weights) {
        for (int entry = 0; entry < weights.length; entry++) {
            assertThat(Double.doubleToRawLongBits(lists.weight(entry))).as("%s, %s", words, weights[entry])
                .isEqualTo(Double.doubleToRawLongBits(weights[entry]));
        }
    }

    @Test
    void withoutWeightsEachIsOne() {
        Adjacency lists = Adjacency.of(new int[] {0, 1}, new int[] {5}, null);
        assertThat(lists.weightForm).isEqualTo(Adjacency.NONE);
        assertThat(lists.weight(0)).isEqualTo(1);
        assertThat(lists.slots).containsExactly(5);
    }
}
