package org.superstep.cli;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.superstep.JobReport;
import org.superstep.Result;
import org.superstep.graph.BooleanColumn;
import org.superstep.graph.Codecs;
import org.superstep.graph.Column;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.DoubleCombiner;
import org.superstep.graph.DoubleMessages;
import org.superstep.graph.DoubleProgram;
import org.superstep.graph.DoubleVectorColumn;
import org.superstep.graph.DoubleVertex;
import org.superstep.graph.FloatColumn;
import org.superstep.graph.IntColumn;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongVectorColumn;
import org.superstep.graph.ObjectColumn;

/**
 * A result that is made of an array rather than computed; its vertices have ids 0, 10, 20 ...
 *
 * @param size how many vertices there are
 * @param values what the column of the array's type holds, a list in a column of objects; others hold nothing but zeros
 */
record ArrayResult(int size, Object values) implements Result {
    /** The program that declares such columns. */
    static final class Columns extends DoubleProgram {
        final DoubleColumn score = doubleColumn("score", 0);
        final LongColumn label = longColumn("label", 0);
        final IntColumn level = intColumn("level", 0);
        final FloatColumn share = floatColumn("share", 0);
        final BooleanColumn leader = booleanColumn("leader", false);
        final DoubleVectorColumn place = doubleVectorColumn("place", 2, 0);
        final LongVectorColumn path = longVectorColumn("path", 2, 0);
        final ObjectColumn<String> title = objectColumn("title", Codecs.STRING, "");

        @Override public DoubleCombiner combiner() {
            return DoubleCombiner.SUM;
        }

        @Override public void compute(DoubleVertex v, DoubleMessages in) {
            v.halt();
        }
    }

    static ArrayResult of(double... scores) {
        return new ArrayResult(scores.length, scores);
    }

    static ArrayResult ofLabels(long... labels) {
        return new ArrayResult(labels.length, labels);
    }

    static ArrayResult ofLevels(int... levels) {
        return new ArrayResult(levels.length, levels);
    }

    static ArrayResult ofShares(float... shares) {
        return new ArrayResult(shares.length, shares);
    }

    static ArrayResult ofLeaders(boolean... leaders) {
        return new ArrayResult(leaders.length, leaders);
    }

    static ArrayResult ofPlaces(double[]... places) {
        return new ArrayResult(places.length, places);
    }

    static ArrayResult ofPaths(long[]... paths) {
        return new ArrayResult(paths.length, paths);
    }

    static ArrayResult ofObjects(Object... objects) {
        return new ArrayResult(objects.length, List.of(objects));
    }

    @Override public JobReport report() {
        return new JobReport("columns", "arrays", size(), 0, 0, 1, 1, 1, 1, 1, 0, 0, List.of(), Map.of(), List.of(),
            Optional.empty(), JobReport.Recovery.NONE);
    }

    @Override public long id(int position) {
        return 10L * position;
    }

    @Override public int position(long vertexId) {
        return (int) (vertexId / 10);
    }

    @Override public List<Column> columns() {
        return List.of();
    }

    @Override public Column column(String name) {
        throw new IllegalArgumentException("no column " + name);
    }

    @Override public double[] values(DoubleColumn column) {
        return values instanceof double[] doubles ? doubles.clone() : new double[size];
    }

    @Override public long[] values(LongColumn column) {
        return values instanceof long[] longs ? longs.clone() : new long[size];
    }

    @Override public int[] values(IntColumn column) {
        return values instanceof int[] ints ? ints.clone() : new int[size];
    }

    @Override public float[] values(FloatColumn column) {
        return values instanceof float[] floats ? floats.clone() : new float[size];
    }

    @Override public boolean[] values(BooleanColumn column) {
        return values instanceof boolean[] booleans ? booleans.clone() : new boolean[size];
    }

    @Override public double[][] values(DoubleVectorColumn column) {
        return values instanceof double[][] vectors ? vectors.clone() : new double[size][column.width()];
    }

    @Override public long[][] values(LongVectorColumn column) {
        return values instanceof long[][] vectors ? vectors.clone() : new long[size][column.width()];
    }

    @SuppressWarnings("unchecked")
    @Override public <T> List<T> values(ObjectColumn<T> column) {
        return values instanceof List<?> objects ? (List<T>) objects : Collections.nCopies(size, column.initial());
    }
}
