package org.superstep.datasets;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.superstep.graph.io.PartFile;

/**
 * Writes an R-MAT graph ({@link RmatEdges}) as text: source, tab, target, and perhaps a weight. Repeated edges and self-loops are kept
 * and counted.
 *
 * <p>Threads make blocks of lines and write them in turn. Sorting and counting repeated lines needs all arcs at once, 8 bytes each: they
 * are generated twice, first to count how many fall into each range of sources, then into place, and each range is sorted by itself.
 * Where they do not fit, an unsorted graph is still written, in bounded memory, and its repeated lines stay uncounted.
 */
public final class RmatGenerator {
    private static final int BLOCK = 1 << 16;
    /** Three numbers of at most ten digits, and what stands between them. */
    private static final int LINE_BYTES = 27;
    /** Ranges of sources that are sorted by themselves: many more than threads, because hubs make them uneven. */
    private static final int RANGE_BITS = 12;
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final RmatOptions options;
    private final RmatEdges edges;

    /** A generator of this graph. */
    public RmatGenerator(RmatOptions options) {
        this.options = options;
        edges = new RmatEdges(options.scale(), options.seed());
    }

    /**
     * Writes the graph to this file, which appears when it is complete.
     *
     * @throws IllegalArgumentException if the graph is to be sorted and does not fit the heap
     */
    public RmatCounts write(Path file) throws IOException {
        var beside = PartFile.of(file, 0);
        PartFile.claim(file);
        boolean complete = false;
        try {
            RmatCounts counts;
            try (var out = Files.newOutputStream(beside)) {
                counts = write(out);
            }
            PartFile.commit(file);
            complete = true;
            return counts;
        } finally {
            if (!complete) {
                Files.deleteIfExists(beside);
            }
        }
    }

    private RmatCounts write(OutputStream out) throws IOException {
        long most = options.bothDirections() ? 2 * options.edges() : options.edges();
        // Half of the heap, so that the rest of the program lives too.
        long heap = Runtime.getRuntime().maxMemory();
        boolean fits = most <= LONGEST_ARRAY && most * Long.BYTES <= heap / 2;
        if (options.sort() && !fits) {
            throw new IllegalArgumentException(most > LONGEST_ARRAY
                ? "sorting is limited to " + LONGEST_ARRAY + " lines, and these would be " + most + "; leave out --sort"
                : "sorting " + most + " lines needs a heap of " + (most * Long.BYTES * 2 >> 20) + " MB, was " + (heap >> 20)
                    + " MB; give more memory, or leave out --sort");
        }
        var selfLoops = new AtomicLong();
        if (!options.sort()) {
            long lines = writeGenerated(out, selfLoops);
            return new RmatCounts(lines, selfLoops.get(), fits ? OptionalLong.of(duplicates(sortedArcs())) : OptionalLong.empty());
        }
        long[] arcs = sortedArcs();
        writeArcs(arcs, out, selfLoops);
        return new RmatCounts(arcs.length, selfLoops.get(), OptionalLong.of(duplicates(arcs)));
    }

    private long writeGenerated(OutputStream out, AtomicLong selfLoops) throws IOException {
        var lines = new AtomicLong();
        var turn = new OrderedBlocks.Turn();
        OrderedBlocks.run(blocks(options.edges()), options.threads(), () -> {
            var text = new byte[2 * BLOCK * LINE_BYTES];
            return block -> {
                int size = 0;
                int loops = 0;
                int count = 0;
                for (long number = block * BLOCK, end = Math.min(options.edges(), number + BLOCK); number < end; number++) {
                    long arc = edges.packed(number);
                    boolean loop = isLoop(arc);
                    size = line(arc, text, size);
                    loops += loop ? 1 : 0;
                    count++;
                    if (options.bothDirections() && !loop) {
                        size = line(edges.reversed(arc), text, size);
                        count++;
                    }
                }
                selfLoops.addAndGet(loops);
                lines.addAndGet(count);
                int length = size;
                turn.pass(block, k -> out.write(text, 0, length));
            };
        });
        return lines.get();
    }

    private void writeArcs(long[] arcs, OutputStream out, AtomicLong selfLoops) throws IOException {
        var turn = new OrderedBlocks.Turn();
        OrderedBlocks.run(blocks(arcs.length), options.threads(), () -> {
            var text = new byte[BLOCK * LINE_BYTES];
            return block -> {
                int size = 0;
                int loops = 0;
                for (int i = (int) (block * BLOCK), end = (int) Math.min(arcs.length, (block + 1) * BLOCK); i < end; i++) {
                    size = line(arcs[i], text, size);
                    loops += isLoop(arcs[i]) ? 1 : 0;
                }
                selfLoops.addAndGet(loops);
                int length = size;
                turn.pass(block, k -> out.write(text, 0, length));
            };
        });
    }

    private int line(long arc, byte[] text, int from) {
        long source = edges.source(arc);
        long target = edges.target(arc);
        int at = NumberOutput.outputLong(source, text, from);
        text[at++] = '\t';
        at = NumberOutput.outputLong(target, text, at);
        if (options.weights()) {
            text[at++] = '\t';
            at = NumberOutput.outputInt(edges.weight(source, target), text, at);
        }
        text[at++] = '\n';
        return at;
    }

    /** All lines' arcs, packed and sorted. */
    private long[] sortedArcs() throws IOException {
        int rangeBits = Math.min(RANGE_BITS, options.scale());
        int shift = 2 * options.scale() - rangeBits;
        int ranges = 1 << rangeBits;
        var counts = new AtomicLongArray(ranges);
        OrderedBlocks.run(blocks(options.edges()), options.threads(), () -> {
            var mine = new int[ranges];
            return block -> {
                Arrays.fill(mine, 0);
                for (long number = block * BLOCK, end = Math.min(options.edges(), number + BLOCK); number < end; number++) {
                    long arc = edges.packed(number);
                    mine[(int) (arc >>> shift)]++;
                    if (options.bothDirections() && !isLoop(arc)) {
                        mine[(int) (edges.reversed(arc) >>> shift)]++;
                    }
                }
                for (int r = 0; r < ranges; r++) {
                    counts.addAndGet(r, mine[r]);
                }
            };
        });
        var starts = new int[ranges + 1];
        var next = new AtomicLongArray(ranges);
        for (int r = 0; r < ranges; r++) {
            starts[r + 1] = (int) (starts[r] + counts.get(r));
            next.set(r, starts[r]);
        }
        var arcs = new long[starts[ranges]];
        OrderedBlocks.run(blocks(options.edges()), options.threads(), () -> block -> {
            for (long number = block * BLOCK, end = Math.min(options.edges(), number + BLOCK); number < end; number++) {
                long arc = edges.packed(number);
                arcs[(int) next.getAndIncrement((int) (arc >>> shift))] = arc;
                if (options.bothDirections() && !isLoop(arc)) {
                    long reversed = edges.reversed(arc);
                    arcs[(int) next.getAndIncrement((int) (reversed >>> shift))] = reversed;
                }
            }
        });
        OrderedBlocks.run(ranges, options.threads(), () -> range -> Arrays.sort(arcs, starts[(int) range], starts[(int) range + 1]));
        return arcs;
    }

    private static long duplicates(long[] sorted) {
        long duplicates = 0;
        for (int i = 1; i < sorted.length; i++) {
            duplicates += sorted[i] == sorted[i - 1] ? 1 : 0;
        }
        return duplicates;
    }

    private boolean isLoop(long arc) {
        return edges.source(arc) == edges.target(arc);
    }

    private static long blocks(long lines) {
        return (lines + BLOCK - 1) / BLOCK;
    }
}
