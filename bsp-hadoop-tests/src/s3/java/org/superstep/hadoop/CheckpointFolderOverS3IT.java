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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.superstep.checkpoint.CheckpointFolder;
import org.superstep.checkpoint.DamagedException;
import org.superstep.checkpoint.JobIdentity;
import org.superstep.checkpoint.Manifest;
import org.superstep.checkpoint.MasterState;
import org.superstep.checkpoint.OvertakenException;
import org.superstep.checkpoint.Segment;
import org.superstep.checkpoint.SegmentOutput;
import org.superstep.graph.io.PartFile;

/** A folder of checkpoints in an object store is what it is on a disk; where others could not be, files are refused. */
final class CheckpointFolderOverS3IT {
    private static final int STATE_BYTES = 2_300_000;
    private static final int LEADERS = 6;

    private Path path;
    private CheckpointFolder folder;

    @BeforeAll static void tellWhereItIs() throws IOException {
        SmallS3.configure(Path.of(System.getenv("HADOOP_CONF_DIR")));
    }

    @BeforeEach void nameAFolder() {
        path = SmallS3.folder();
        folder = new CheckpointFolder(path);
    }

    private static byte[] state(int superstep) {
        var bytes = new byte[STATE_BYTES];
        new SplittableRandom(superstep).nextBytes(bytes);
        return bytes;
    }

    /** A checkpoint of one partition, but for its manifest. */
    private Manifest checkpoint(long leader, int superstep) throws IOException {
        Segment state;
        try (var output = new SegmentOutput(folder.file(superstep + "-" + leader + "-1-w0.state"))) {
            output.begin();
            output.write(ByteBuffer.wrap(state(superstep)));
            state = output.end();
            output.sync();
        }
        var master = new MasterState(0, 0, 0, 12, 27, 3, false, 0, 0, 1, 15, 27, new long[]{1, 2}, new long[0], new long[][]{{4}});
        return new Manifest("0.1", new JobIdentity("3f2a", "pagerank", List.of(), List.of(), 7), 0, leader, superstep, new long[0], master,
            List.of(new Manifest.Entry(5, 9, 400, state, state, List.of())));
    }

    private byte[] restored(Manifest manifest) throws IOException {
        try (var input = folder.open(manifest.partitions().get(0).state())) {
            ByteBuffer all = input.all();
            var bytes = new byte[all.remaining()];
            all.get(bytes);
            return bytes;
        }
    }

    @Test void ofSeveralThatLeadAtOnceEachHasANumberOfItsOwn() throws Exception {
        var threads = Executors.newFixedThreadPool(LEADERS);
        try {
            var start = new CyclicBarrier(LEADERS);
            var numbers = new ArrayList<Future<Long>>();
            for (int i = 0; i < LEADERS; i++) {
                numbers.add(threads.submit(() -> {
                    start.await();
                    return new CheckpointFolder(path).lead();
                }));
            }
            var all = new ArrayList<Long>();
            for (var number : numbers) {
                all.add(number.get());
            }
            assertThat(all).doesNotHaveDuplicates();
        } finally {
            threads.shutdownNow();
        }
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

    @Test void whatIsCommittedIsReadAgainAndTheLastTwoAreKept() throws IOException {
        long leader = folder.lead();
        for (int superstep = 0; superstep < 4; superstep++) {
            folder.commit(checkpoint(leader, superstep));
            folder.prune(leader, 2, "");
        }
        assertThat(folder.manifests()).containsExactly("manifest-00000003-00000001", "manifest-00000002-00000001");
        try (var files = Files.list(path)) {
            assertThat(files.map(file -> file.getFileName().toString()).sorted()).containsExactly("2-1-1-w0.state", "3-1-1-w0.state",
                "leader-00000001", "manifest-00000002-00000001", "manifest-00000003-00000001");
        }
        Manifest latest = folder.read("manifest-00000003-00000001");
        folder.verify(latest, true);
        assertThat(restored(latest)).isEqualTo(state(3));
        folder.delete(leader);
        assertThat(path).doesNotExist();
    }

    @Test void whoHasBeenOvertakenCommitsNothing() throws IOException {
        long first = folder.lead();
        Manifest late = checkpoint(first, 5);
        long second = folder.lead();
        assertThat(second).isEqualTo(first + 1);
        assertThatThrownBy(() -> folder.commit(late)).isInstanceOf(OvertakenException.class);
        assertThat(folder.manifests()).isEmpty();
        Manifest again = checkpoint(second, 5);
        folder.commit(again);
        // The same superstep once more, after a restart: the manifest is replaced.
        folder.commit(again);
        assertThat(folder.manifests()).containsExactly("manifest-00000005-00000002");
    }

    @Test void aFileThatIsCutOffOrGoneIsFound() throws IOException {
        long leader = folder.lead();
        Manifest manifest = checkpoint(leader, 1);
        folder.commit(manifest);
        Path state = folder.file("1-1-1-w0.state");
        byte[] whole = Files.readAllBytes(state);
        Files.write(state, Arrays.copyOf(whole, whole.length - 1));
        assertThatThrownBy(() -> folder.verify(manifest, false)).isInstanceOf(DamagedException.class).hasMessageContaining(state.toString());
        Files.delete(state);
        assertThatThrownBy(() -> folder.verify(manifest, false)).isInstanceOf(DamagedException.class).hasMessageContaining(state.toString());
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
