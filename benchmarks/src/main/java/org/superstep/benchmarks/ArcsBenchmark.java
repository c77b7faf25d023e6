package org.superstep.benchmarks;

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
import org.superstep.net.Frame;
import org.superstep.net.ToPeer;
import org.superstep.net.wire.PeerCodec;

/** Megabytes of arcs that one thread encodes and decodes in a second: what loading over a network costs besides the network. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ArcsBenchmark {
    /** As many as a worker sends at once. */
    private static final int ARCS = 8192;

    /** Whether the speaking ends span more than 32 bits. */
    @Param({"false", "true"})
    public boolean wide;

    /** Whether the arcs have weights. */
    @Param({"false", "true"})
    public boolean weighted;

    private ToPeer.Arcs arcs;

    /** Counts what was encoded; JMH prints it as megabytes a second. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Carried {
        /** Megabytes (10^6 bytes). */
        public double megabytes;
    }

    /** Draws the arcs of one partition, and checks that they arrive. */
    @Setup
    public void draw() {
        var random = new SplittableRandom(1);
        long[] hearers = random.longs(ARCS, 1L << 33, (1L << 33) + 1_000_000).toArray();
        long[] speakers = random.longs(ARCS, 0, wide ? Long.MAX_VALUE : 1L << 31).toArray();
        arcs = new ToPeer.Arcs(0, 1, false, hearers, speakers, weighted ? random.doubles(ARCS).toArray() : null, new long[0][]);
        ToPeer.Arcs arrived = carry(new Carried());
        if (!Arrays.equals(arrived.hearers(), hearers) || !Arrays.equals(arrived.speakers(), speakers)
            || !Arrays.equals(arrived.weights(), arcs.weights())) {
            throw new AssertionError("the arcs that arrive differ from those that were sent");
        }
    }

    /** One batch, there and back. */
    @Benchmark
    public ToPeer.Arcs carry(Carried carried) {
        Frame frame = PeerCodec.encode(arcs, 1, 1);
        carried.megabytes += frame.body().length / 1e6;
        return (ToPeer.Arcs) PeerCodec.decode(frame);
    }
}
