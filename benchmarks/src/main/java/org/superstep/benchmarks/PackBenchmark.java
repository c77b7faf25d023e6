package org.superstep.benchmarks;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
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
import org.superstep.net.wire.PackCodec;
import org.superstep.net.wire.PeerCodec;

/** How long one thread takes to pack an outbox of 8,000 numbers, and to unpack and decode it: 64 KB over the figure is the rate. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PackBenchmark {
    private static final int NUMBERS = 8_000;

    /** Ranks are doubles that differ in all but their highest bytes; labels are the ids of a million vertices. */
    @Param({"ranks", "labels"})
    public String content;

    private Frame frame;
    private Frame packed;

    /** Makes the outbox, packs it, and compares what is unpacked. */
    @Setup
    public void make() {
        var random = new SplittableRandom(1);
        byte[] said = new byte[Long.BYTES * NUMBERS];
        ByteBuffer numbers = ByteBuffer.wrap(said).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < NUMBERS; i++) {
            double rank = 1e-6 / (0.01 + random.nextDouble());
            numbers.putLong(content.equals("ranks") ? Double.doubleToRawLongBits(rank) : random.nextLong(1 << 20));
        }
        frame = PeerCodec.encode(new ToPeer.Outbox(0, 1, 2, said), 3, 4);
        packed = PackCodec.pack(frame);
        if (!Arrays.equals(((ToPeer.Outbox) unpack()).frame(), said)) {
            throw new AssertionError("what is unpacked is not what was packed");
        }
    }

    /** One frame packed. */
    @Benchmark
    public Frame pack() {
        return PackCodec.pack(frame);
    }

    /** One frame unpacked and decoded. */
    @Benchmark
    public ToPeer unpack() {
        return PeerCodec.decode(packed);
    }
}
