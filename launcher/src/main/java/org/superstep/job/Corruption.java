package org.superstep.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.superstep.JobOptions;
import org.superstep.checkpoint.CheckpointFolder;
import org.superstep.checkpoint.Segment;
import org.superstep.net.ToMaster;

/**
 * Changes what a worker has saved, as a bad disk does, so that it can be tried what that leads to. Whoever carries the worker's words shows
 * them here first; any thread may.
 */
public final class Corruption {
    private final JobOptions options;
    private volatile boolean isWanted;

    /** Of nothing, until it is asked for. */
    public Corruption(JobOptions options) {
        this.options = options;
    }

    /** Asks for it: what the worker saves next is changed. Only of a job that is saved. */
    public void ask() {
        isWanted = true;
    }

    /** The worker is about to say this; changes what it has saved, if that was asked for and is what it says. */
    public void before(ToMaster message) {
        if (isWanted && message instanceof ToMaster.Checkpointed saved) {
            isWanted = false;
            try {
                flip(new CheckpointFolder(options.checkpoints().orElseThrow().folder()), saved);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Flips a bit in the middle of the state of one of the worker's partitions; of a worker that owns none, nothing. */
    private static void flip(CheckpointFolder folder, ToMaster.Checkpointed saved) throws IOException {
        if (saved.partitions().isEmpty()) {
            return;
        }
        Segment segment = saved.partitions().get(0).state();
        long place = segment.offset() + segment.bytes() / 2;
        try (var file = FileChannel.open(folder.file(segment.file()), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var one = ByteBuffer.allocate(1);
            file.read(one, place);
            one.put(0, (byte) (one.get(0) ^ 1)).rewind();
            file.write(one, place);
        }
    }
}
