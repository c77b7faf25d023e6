package org.superstep.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.superstep.checkpoint.Manifest;

/** A folder of checkpoints on HDFS is what it is on a disk. */
final class CheckpointFolderOverHdfsIT extends CheckpointFolderLaws {
    @Override Path place() throws IOException {
        return SmallHdfs.folder().resolve("checkpoints");
    }

    @Test void aDataNodeMayGoBetweenWritingAndReading() throws Exception {
        long leader = folder.lead();
        folder.commit(checkpoint(leader, 0));
        SmallHdfs.withoutOneDataNode(() -> {
            Manifest before = folder.read("manifest-00000000-00000001");
            assertThat(restored(before)).isEqualTo(state(0));
            folder.commit(checkpoint(leader, 1));
            folder.prune(leader, 1, "");
        });
        assertThat(folder.manifests()).containsExactly("manifest-00000001-00000001");
        assertThat(restored(folder.read("manifest-00000001-00000001"))).isEqualTo(state(1));
    }
}
