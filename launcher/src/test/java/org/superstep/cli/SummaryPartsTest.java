package org.superstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.superstep.Result;
import org.superstep.graph.Column;
import org.superstep.graph.Summary;
import org.superstep.worker.SummaryPart;

/** However vertices are dealt out to workers, the table made of their parts is that of all of them, for columns of every type. */
final class SummaryPartsTest {
    private final ArrayResult.Columns columns = new ArrayResult.Columns();

    /** A column and a result that holds something worth a table in it. */
    private record Filled(Column column, Result result) {
    }

    private List<Filled> filled(SplittableRandom random) {
        int size = random.nextInt(2_500);
        int values = 1 + random.nextInt(60);
        var scores = new double[size];
        var shares = new float[size];
        var labels = new long[size];
        var levels = new int[size];
        var leaders = new boolean[size];
        var places = new double[size][];
        var paths = new long[size][];
        var titles = new Object[size];
        double[] odd = {Double.NaN, -0.0, 0.0, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, -1.5};
        for (int i = 0; i < size; i++) {
            int value = random.nextInt(values);
            scores[i] = value < odd.length ? odd[value] : (value - 30) / 7.0;
            shares[i] = (float) scores[i];
            labels[i] = value == 0 ? Long.MIN_VALUE : value == 1 ? Long.MAX_VALUE : value - 30;
            levels[i] = value == 0 ? Integer.MIN_VALUE : value - 30;
            leaders[i] = value % 3 == 0;
            places[i] = new double[] {scores[i], value % 2};
            paths[i] = new long[] {value % 5, labels[i]};
            titles[i] = "t" + value;
        }
        return List.of(new Filled(columns.score, ArrayResult.of(scores)), new Filled(columns.share, ArrayResult.ofShares(shares)),
            new Filled(columns.label, ArrayResult.ofLabels(labels)), new Filled(columns.level, ArrayResult.ofLevels(levels)),
            new Filled(columns.leader, ArrayResult.ofLeaders(leaders)), new Filled(columns.place, ArrayResult.ofPlaces(places)),
            new Filled(columns.path, ArrayResult.ofPaths(paths)), new Filled(columns.title, ArrayResult.ofObjects(titles)));
    }

    /** The part of the vertices from one position to another. */
    private static SummaryPart part(Summary summary, int rows, Result result, int from, int to) {
        Column column = summary.column();
        Object some = column.newArray(to - from);
        System.arraycopy(result.array(column), from * column.width(), some, 0, (to - from) * column.width());
        return SummaryPart.of(summary, rows, to - from, place -> result.id(from + place), some);
    }

    @ParameterizedTest @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void partsOfAnySplitMakeTheTableOfTheWhole(long seed) {
        var random = new SplittableRandom(seed);
        for (Filled filled : filled(random)) {
            int size = filled.result.size();
            for (Summary summary : List.of(Summary.top(filled.column), Summary.bottom(filled.column), Summary.counts(filled.column),
                    Summary.distribution(filled.column))) {
                int rows = 1 + random.nextInt(random.nextBoolean() ? 12 : 3_000);
                var parts = new ArrayList<SummaryPart>();
                for (int from = 0; from < size || parts.isEmpty(); ) {
                    int to = Math.min(size, from + random.nextInt(size / 2 + 2));
                    parts.add(SummaryPart.decoded(summary, rows, part(summary, rows, filled.result, from, to).encoded()));
                    from = to;
                }
                String merged = new SummaryTable(summary, SummaryPart.of(summary, rows, parts), rows).text();
                assertThat(merged).as(() -> "seed " + seed + ", " + summary + ", " + rows + " rows of " + size + " vertices")
                    .isEqualTo(new SummaryTable(summary, SummaryTable.part(summary, filled.result, rows), rows).text());
            }
        }
    }
}
