package org.superstep.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;

/** HDFS keeps the laws, and what is its own. */
final class HdfsFileLawsIT extends FileLaws {
    @Override Path newFolder() throws IOException {
        return SmallHdfs.folder();
    }

    @Test void aPathSaysWholeWhereItIs() throws IOException {
        Path folder = newFolder();
        assertThat(folder.toString()).startsWith("hdfs://localhost:");
        assertThat(folder.toAbsolutePath().normalize().toString()).isEqualTo(folder.toString());
        assertThat(Files.getFileStore(folder).getUsableSpace()).isPositive();
        assertThat(Files.isSameFile(folder, folder.resolve("x/.."))).isTrue();
    }

    @Test void whatIsWrittenSurvivesTheLossOfADataNodeMeanwhile() throws Exception {
        Path file = newFolder().resolve("file");
        var content = new byte[700_000];
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(content));
            channel.force(false);
            SmallHdfs.withoutOneDataNode(() -> {
                for (int i = 1; i < 4; i++) {
                    channel.write(ByteBuffer.wrap(content));
                    channel.force(false);
                }
                assertThat(Files.readAllBytes(file)).hasSize(4 * content.length);
            });
        }
        assertThat(Files.size(file)).isEqualTo(4L * content.length);
    }

    @Test void aFileHasOneWriter() throws IOException {
        Path file = Files.writeString(newFolder().resolve("file"), "content");
        try (var first = FileChannel.open(file, StandardOpenOption.WRITE)) {
            assertThatThrownBy(() -> FileChannel.open(file, StandardOpenOption.WRITE)).isInstanceOf(FileSystemException.class)
                .hasMessage(file + ": another process writes it, or has died less than a minute ago while it did");
            assertThatThrownBy(() -> first.write(ByteBuffer.allocate(1), 0)).isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining(file.toString());
        }
    }

    @Test void whereNobodyAnswersOneLineSaysSo() throws IOException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Path file = Path.of(URI.create("hdfs://localhost:" + port + "/graph.tsv"));
        assertThatThrownBy(() -> Files.size(file)).isInstanceOf(FileSystemException.class)
            .hasMessage(file + ": no NameNode answers at localhost:" + port
                + "; check host and port (hdfs getconf -confKey fs.defaultFS), and that HDFS runs");
        assertThat(Files.exists(file)).isFalse();
    }

    @Test void anAddressOfNobodyIsToldInOneLine() {
        Path file = Path.of(URI.create("hdfs://nobody.invalid/graph.tsv"));
        assertThatThrownBy(() -> Files.size(file)).isInstanceOf(FileSystemException.class)
            .hasMessageStartingWith(file + ": there is no host or name service nobody.invalid");
        assertThatThrownBy(() -> Files.size(Path.of(URI.create("hdfs:///graph.tsv")))).isInstanceOf(FileSystemException.class)
            .hasMessageStartingWith("hdfs:///graph.tsv: ");
    }
}
