package org.superstep.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** Random numbers that depend on seed, superstep and vertex id, and on nothing else. */
class VertexRandomTest {
    @Property(tries = 300)
    void whatWasDrawnElsewhereBeforeDoesNotShow(@ForAll long seed, @ForAll @IntRange(max = 1000) int superstep, @ForAll long id,
            @ForAll long elsewhere, @ForAll @IntRange(max = 5) int draws) {
        long[] fresh = three(new VertexRandom().at(seed, superstep, id));
        var used = new VertexRandom();
        for (int i = 0; i < draws; i++) {
            used.at(seed, superstep, elsewhere).nextLong();
            used.at(seed, superstep + 1, id).nextLong();
        }
        if (elsewhere != id || draws == 0) {
            assertThat(three(used.at(seed, superstep, id))).isEqualTo(fresh);
        }
    }

    @Property(tries = 300)
    void withinOneVisitEachCallGoesOn(@ForAll long seed, @ForAll long id) {
        var random = new VertexRandom();
        long[] all = three(new VertexRandom().at(seed, 0, id));
        assertThat(random.at(seed, 0, id).nextLong()).isEqualTo(all[0]);
        assertThat(random.at(seed, 0, id).nextLong()).isEqualTo(all[1]);
        assertThat(random.at(seed, 0, id).nextLong()).isEqualTo(all[2]);
    }

    @Property(tries = 300)
    void numbersStayBelowTheBound(@ForAll long seed, @ForAll @LongRange(min = 1) long bound, @ForAll @IntRange(min = 1) int small) {
        var random = new VertexRandom().at(seed, 3, 5);
        for (int i = 0; i < 20; i++) {
            assertThat(random.nextLong(bound)).isBetween(0L, bound - 1);
            assertThat(random.nextInt(small)).isBetween(0, small - 1);
            assertThat(random.nextDouble()).isGreaterThanOrEqualTo(0).isLessThan(1);
        }
        assertThat(random.nextLong(1)).isZero();
    }

    @Test
    void aBoundBelowOneIsRefused() {
        assertThatThrownBy(() -> new VertexRandom().at(1, 1, 1).nextLong(0)).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("the bound must be at least 1, was 0");
        assertThatThrownBy(() -> new VertexRandom().at(1, 1, 1).nextInt(-4)).hasMessageContaining("was -4");
    }

    @Test
    void neighbouringSeedsSuperstepsAndIdsShareNoNumber() {
        var seen = new HashSet<Long>();
        int draws = 0;
        for (long seed = 0; seed < 8; seed++) {
            for (int superstep = 0; superstep < 8; superstep++) {
                for (long id = -8; id < 8; id++) {
                    for (long number : three(new VertexRandom().at(seed, superstep, id))) {
                        seen.add(number);
                        draws++;
                    }
                }
            }
        }
        assertThat(seen).hasSize(draws);
    }

    @Test
    void numbersAreSpreadEvenlyOverVertices() {
        int vertices = 60_000;
        int[] thirds = new int[3];
        int[] heads = new int[64];
        double sum = 0;
        for (int id = 0; id < vertices; id++) {
            var random = new VertexRandom().at(42, 7, id);
            thirds[random.nextInt(3)]++;
            sum += random.nextDouble();
            long bits = random.nextLong();
            for (int bit = 0; bit < 64; bit++) {
                heads[bit] += (int) (bits >>> bit & 1);
            }
        }
        // Six standard deviations of a binomial: about 700 and 740.
        assertThat(Arrays.stream(thirds).boxed()).allSatisfy(count -> assertThat(count).isBetween(vertices / 3 - 700, vertices / 3 + 700));
        assertThat(Arrays.stream(heads).boxed()).allSatisfy(count -> assertThat(count).isBetween(vertices / 2 - 740, vertices / 2 + 740));
        assertThat(sum / vertices).isBetween(0.493, 0.507);
    }

    @Test
    void aBoundThatDoesNotDivideTheRangeIsNotBiased() {
        // Of 2^63 numbers modulo 3 * 2^61, without rejection a third would be hit twice as often.
        long bound = 3L << 61;
        int low = 0;
        int draws = 30_000;
        var random = new VertexRandom().at(1, 1, 1);
        for (int i = 0; i < draws; i++) {
            if (random.nextLong(bound) < 1L << 61) {
                low++;
            }
        }
        assertThat(low).isBetween(draws / 3 - 500, draws / 3 + 500);
    }

    private static long[] three(VertexRandom random) {
        return new long[] {random.nextLong(), random.nextLong(), random.nextLong()};
    }
}
