package org.superstep.worker;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Sorting the arcs of one partition into lists, on one thread: nanoseconds in all, and ({@code :arcs}) for each arc. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class SortBenchmark {
    /** Arcs of the partition: half a million is what the R-MAT graph of scale 20 has with two threads. */
    @Param("500000")
    public int arcs;

    /** Vertices of the graph, any of which may be heard. */
    @Param("1048576")
    public int speakers;

    /** Vertices of the partition. */
    @Param("16384")
    public int hearers;

    /** Whether the arcs carry weights. */
    @Param({"false", "true"})
    public boolean weighted;

    private final ArcSorter sorter = new ArcSorter();
    private ArcBins bins;
    private RankSpace ranks;

    /** Counts arcs, so that JMH prints the time of one. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Sorted {
        /** Arcs that were sorted. */
        public long arcs;
    }

    /** Draws the arcs, and checks their order against a sort of numbers. */
    @Setup
    public void draw() {
        bins = new ArcBins(1, 0);
        var random = new SplittableRandom(1);
        var packed = new long[arcs];
        ArcBlock block = null;
        for (int i = 0; i < arcs; i++) {
            if (block == null || block.isFull()) {
                block = ArcBlock.after(block, false, weighted, 0);
                bins.add(0, false, block);
            }
            // The square of a random number leans to its lower end, as hubs do.
            int hearer = (int) (hearers * Math.pow(random.nextDouble(), 2));
            int speaker = (int) (speakers * Math.pow(random.nextDouble(), 2));
            packed[i] = (long) hearer << 32 | speaker;
            block.narrow[2 * block.size] = hearer;
            block.narrow[2 * block.size + 1] = speaker;
            if (weighted) {
                block.weights[block.size] = weight(hearer, speaker);
            }
            block.size++;
        }
        bins.seen(0, speakers - 1, Math.max(arcs, speakers));
        try (var crew = new Crew("benchmark", 1)) {
            ranks = RankSpace.of(bins, new int[] {0}, crew);
        }
        Arrays.sort(packed);
        check(packed, sort());
    }

    private static double weight(int hearer, int speaker) {
        return (hearer * 31 + speaker) % 251;
    }

    private void check(long[] packed, SortedArcs sorted) {
        int at = 0;
        for (int row = 0; row < hearers; row++) {
            for (int entry = sorted.offsets[row]; entry < sorted.offsets[row + 1]; entry++) {
                int speaker = sorted.speakers[entry];
                if (packed[at++] != ((long) row << 32 | speaker) || weighted && sorted.weights[entry] != weight(row, speaker)) {
                    throw new AssertionError("entry " + entry + " should be " + packed[at - 1] + ", was row " + row + ", speaker "
                        + speaker);
                }
            }
        }
        if (at != arcs) {
            throw new AssertionError(arcs + " arcs should have come back, was " + at);
        }
    }

    private SortedArcs sort() {
        return sorter.sort(bins.blocks(0, false), bins.base, ranks, 0, hearers, weighted);
    }

    /** The lists of one partition. */
    @Benchmark
    public Object sort(Sorted sorted) {
        sorted.arcs += arcs;
        return sort();
    }
}
