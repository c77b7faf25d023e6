package org.superstep.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.superstep.graph.io.PartFile;

/** A folder of checkpoints in an object store is what it is on a disk; where others could not be, files are refused. */
final class CheckpointFolderOverS3IT extends CheckpointFolderLaws {
    @BeforeAll static void tellWhereItIs() throws IOException {
        SmallS3.configure(Path.of(System.getenv("HADOOP_CONF_DIR")));
    }

    @Override Path place() {
        return SmallS3.folder();
    }

    @Test void whoOpensAFileThatIsNotThereYetIsRefusedWhenItIsWhole() throws IOException {
        Path file = path.resolve("leader");
        var first = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var second = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        first.write(ByteBuffer.wrap(new byte[]{1}));
        second.write(ByteBuffer.wrap(new byte[]{2}));
        assertThat(file).doesNotExist();
        second.close();
        assertThatThrownBy(first::close).isInstanceOf(FileAlreadyExistsException.class).hasMessage(file.toString());
        assertThat(Files.readAllBytes(file)).containsExactly(2);
    }

    @Test void whatAnObjectStoreCannotDoIsRefusedInALine() throws IOException {
        Path file = Files.write(path.resolve("one"), new byte[]{1});
        assertThatThrownBy(() -> Files.move(file, path.resolve("other"), StandardCopyOption.ATOMIC_MOVE))
            .isInstanceOf(AtomicMoveNotSupportedException.class).hasMessageEndingWith("write it to a disk or to hdfs://");
        assertThatThrownBy(() -> Files.write(file, new byte[]{2}, StandardOpenOption.APPEND)).isInstanceOf(FileSystemException.class)
            .hasMessage(file + ": an object store writes no file on; write it to a disk or to hdfs://");
        assertThatThrownBy(() -> PartFile.claim(path.resolve("ranks")))
            .hasMessage("an object store renames no file; write to a disk or to hdfs://");
        assertThat(path.resolve("other")).doesNotExist();
    }
}
