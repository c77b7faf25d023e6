package org.superstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

final class EditDistanceTest {
    @Test void countsLettersInsertedLeftOutReplacedAndSwapped() {
        assertThat(EditDistance.of("pagerank", "pagerank")).isZero();
        assertThat(EditDistance.of("pagernak", "pagerank")).isEqualTo(1);
        assertThat(EditDistance.of("pagrank", "pagerank")).isEqualTo(1);
        assertThat(EditDistance.of("paageerank", "pagerank")).isEqualTo(2);
        assertThat(EditDistance.of("", "bfs")).isEqualTo(3);
        assertThat(EditDistance.of("kitten", "sitting")).isEqualTo(3);
    }

    @Property(tries = 200)
    void isSymmetricAndBounded(@ForAll @AlphaChars @StringLength(max = 8) String a, @ForAll @AlphaChars @StringLength(max = 8) String b) {
        int distance = EditDistance.of(a, b);
        assertThat(distance).isEqualTo(EditDistance.of(b, a))
            .isBetween(Math.abs(a.length() - b.length()), Math.max(a.length(), b.length()));
        assertThat(distance == 0).isEqualTo(a.equals(b));
    }

    @Test void suggestsOnlyWhatIsNear() {
        var names = List.of("bfs", "pagerank", "sssp", "wcc");
        assertThat(EditDistance.nearest("pagernak", names)).contains("pagerank");
        assertThat(EditDistance.nearest("ssp", names)).contains("sssp");
        assertThat(EditDistance.nearest("louvain", names)).isEmpty();
        assertThat(EditDistance.nearest("x", names)).isEmpty();
    }
}
