package org.superstep.benchmarks;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.superstep.graph.internal.ExactSum;

/** What exactness costs an aggregator: nanoseconds to add one double to an exact sum, and to a plain one. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ExactSumBenchmark {
    private static final int TERMS = 4096;

    private final double[] terms = new double[TERMS];

    /** Draws terms that look like ranks, and checks the sum against decimal arithmetic. */
    @Setup
    public void draw() {
        var random = new SplittableRandom(1);
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < TERMS; i++) {
            terms[i] = Math.exp(-20 * random.nextDouble());
            sum = sum.add(new BigDecimal(terms[i]));
        }
        if (exact() != sum.doubleValue()) {
            throw new AssertionError("the exact sum should be " + sum.doubleValue() + ", was " + exact());
        }
    }

    /** Each term added to an exact sum. */
    @Benchmark
    @OperationsPerInvocation(TERMS)
    public double exact() {
        var sum = new ExactSum();
        for (double term : terms) {
            sum.add(term);
        }
        return sum.rounded();
    }

    /** Each term added to a double. */
    @Benchmark
    @OperationsPerInvocation(TERMS)
    public double plain() {
        double sum = 0;
        for (double term : terms) {
            sum += term;
        }
        return sum;
    }
}
