package org.superstep.job;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import org.superstep.checkpoint.CheckpointFolder;
import org.superstep.checkpoint.Segment;
import org.superstep.net.ToMaster;

/** Changes what a worker has saved, as a bad disk does, so that it can be tried what that leads to. */
public final class Corruption {
    private Corruption() {
    }

    /** Flips a bit in the middle of the state of one of the worker's partitions; of a worker that owns none, nothing. */
    public static void of(CheckpointFolder folder, ToMaster.Checkpointed saved) throws IOException {
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
