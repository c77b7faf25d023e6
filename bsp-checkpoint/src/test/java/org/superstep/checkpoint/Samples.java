package org.superstep.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Checkpoints to test with, the same for the same seed. */
final class Samples {
    static final JobIdentity JOB = new JobIdentity("3f2a", "pagerank", List.of("pagerank", "/data/web edges.txt"), List.of(), 7);

    private Samples() {
    }

    static byte[] bytes(SplittableRandom random, int count) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** What a worker would write for this partition. */
    static Segment write(SegmentOutput output, byte[] content) throws IOException {
        output.begin();
        output.write(ByteBuffer.wrap(content));
        return output.end();
    }

    /** A small checkpoint, of which only the manifest is still to be committed. */
    static Manifest checkpoint(CheckpointFolder folder, long leader, int superstep, int attempt) throws IOException {
        var random = new SplittableRandom(superstep * 31L + attempt);
        String stem = superstep + "-" + leader + "-" + attempt + "-w0";
        var entries = new ArrayList<Manifest.Entry>();
        try (var topology = new SegmentOutput(folder.file(stem + ".topology"));
             var state = new SegmentOutput(folder.file(stem + ".state"));
             var records = new SegmentOutput(folder.file(stem + ".records"))) {
            for (int partition = 0; partition < 3; partition++) {
                entries.add(new Manifest.Entry(5, 9, 400, write(topology, bytes(random, 40)), write(state, bytes(random, 33 * partition)),
                    partition == 1 ? List.of(write(records, bytes(random, 17))) : List.of()));
            }
            state.sync();
        }
        return manifest(leader, superstep, entries);
    }

    static Manifest manifest(long leader, int superstep, List<Manifest.Entry> entries) {
        var master = new MasterState(0, 0, 0, 12, 27, 3, false, 0, 0, 1, 15, 27, new long[] {1, 2}, new long[] {},
            new long[][] {null, {4}});
        long[] cuts = LongStream.range(1, entries.size()).toArray();
        return new Manifest("0.1", JOB, 1_700_000_000_000L, leader, superstep, cuts, master, entries);
    }

    /** Any manifest, the odd ones among them. */
    static Manifest anyManifest(SplittableRandom random) {
        int partitions = 1 + random.nextInt(5);
        var entries = new ArrayList<Manifest.Entry>();
        for (int partition = 0; partition < partitions; partition++) {
            entries.add(new Manifest.Entry(random.nextLong(), random.nextLong(), random.nextLong(), anySegment(random), anySegment(random),
                IntStream.range(0, random.nextInt(4)).mapToObj(i -> anySegment(random)).toList()));
        }
        var persistent = new long[random.nextInt(4)][];
        Arrays.setAll(persistent, i -> random.nextBoolean() ? null : anyLongs(random));
        var master = new MasterState(random.nextInt(), random.nextInt(), random.nextInt(), random.nextLong(), random.nextLong(),
            random.nextLong(), random.nextBoolean(), random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong(),
            random.nextLong(), anyLongs(random), anyLongs(random), persistent);
        var job = new JobIdentity(anyText(random), anyText(random), anyTexts(random), anyTexts(random), random.nextLong());
        return new Manifest(anyText(random), job, random.nextLong(), random.nextLong(), random.nextInt(),
            random.longs(partitions - 1).toArray(), master, entries);
    }

    private static Segment anySegment(SplittableRandom random) {
        return new Segment("f" + random.nextInt(4) + ".state", random.nextLong(1L << 60), random.nextLong(1L << 60), random.nextInt());
    }

    private static long[] anyLongs(SplittableRandom random) {
        return random.longs(random.nextInt(4)).toArray();
    }

    private static List<String> anyTexts(SplittableRandom random) {
        return IntStream.range(0, random.nextInt(4)).mapToObj(i -> anyText(random)).toList();
    }

    private static String anyText(SplittableRandom random) {
        return random.ints(random.nextInt(6), 1, 0x3000).collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    }
}
