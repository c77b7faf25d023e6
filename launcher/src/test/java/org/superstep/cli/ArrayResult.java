package org.superstep.cli;

import java.util.Arrays;
import java.util.List;
import org.superstep.JobReport;
import org.superstep.Result;
import org.superstep.graph.Column;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.DoubleCombiner;
import org.superstep.graph.DoubleMessages;
import org.superstep.graph.DoubleProgram;
import org.superstep.graph.DoubleVertex;
import org.superstep.graph.IntColumn;
import org.superstep.graph.LongColumn;

/** A result that is made of arrays rather than computed; its vertices have ids 0, 10, 20 ... */
record ArrayResult(double[] doubles, long[] longs, int[] ints) implements Result {
    /** The program that declares such columns. */
    static final class Columns extends DoubleProgram {
        final DoubleColumn score = doubleColumn("score", 0);
        final LongColumn label = longColumn("label", 0);
        final IntColumn level = intColumn("level", 0);

        @Override public DoubleCombiner combiner() {
            return DoubleCombiner.SUM;
        }

        @Override public void compute(DoubleVertex v, DoubleMessages in) {
            v.halt();
        }
    }

    static ArrayResult of(double... scores) {
        return new ArrayResult(scores, new long[scores.length], new int[scores.length]);
    }

    static ArrayResult ofLabels(long... labels) {
        return new ArrayResult(new double[labels.length], labels, new int[labels.length]);
    }

    static ArrayResult ofLevels(int... levels) {
        return new ArrayResult(new double[levels.length], new long[levels.length], levels);
    }

    @Override public JobReport report() {
        return new JobReport("columns", "arrays", size(), 0, 1, 1, 1, 1, 1, 0, 0, List.of());
    }

    @Override public int size() {
        return doubles.length;
    }

    @Override public long id(int position) {
        return 10L * position;
    }

    @Override public int position(long vertexId) {
        return (int) (vertexId / 10);
    }

    @Override public Column column(String name) {
        throw new IllegalArgumentException("no column " + name);
    }

    @Override public double[] values(DoubleColumn column) {
        return Arrays.copyOf(doubles, doubles.length);
    }

    @Override public long[] values(LongColumn column) {
        return Arrays.copyOf(longs, longs.length);
    }

    @Override public int[] values(IntColumn column) {
        return Arrays.copyOf(ints, ints.length);
    }
}
