package org.superstep.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

/** What a folder of checkpoints is on any file system: what it is on a disk. */
abstract class CheckpointFolderLaws {
    /** Longer than a block of the small HDFS. */
    private static final int STATE_BYTES = 2_300_000;
    private static final int LEADERS = 6;

    Path path;
    CheckpointFolder folder;

    /** Where a folder may be made, which nobody else uses. */
    abstract Path place() throws IOException;

    @BeforeEach final void nameAFolder() throws IOException {
        path = place();
        folder = new CheckpointFolder(path);
    }

    static byte[] state(int superstep) {
        var bytes = new byte[STATE_BYTES];
        new SplittableRandom(superstep).nextBytes(bytes);
        return bytes;
    }

    private Segment write(String name, byte[] content) throws IOException {
        try (var output = new SegmentOutput(folder.file(name))) {
            output.begin();
            output.write(ByteBuffer.wrap(content));
            Segment segment = output.end();
            output.sync();
            return segment;
        }
    }

    /** A checkpoint of one partition, but for its manifest. */
    final Manifest checkpoint(long leader, int superstep) throws IOException {
        String stem = superstep + "-" + leader + "-1-w0";
        Segment topology = write(stem + ".topology", new byte[99]);
        Segment state = write(stem + ".state", state(superstep));
        var master = new MasterState(0, 0, 0, 12, 27, 3, false, 0, 0, 1, 15, 27, new long[]{1, 2}, new long[0], new long[][]{{4}});
        return new Manifest("0.1", new JobIdentity("3f2a", "pagerank", List.of(), List.of(), 7), 0, leader, superstep, new long[0], master,
            List.of(new Manifest.Entry(5, 9, 400, topology, state, List.of())));
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(path)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    final byte[] restored(Manifest manifest) throws IOException {
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

    @Test void whatIsCommittedIsReadAgainAndTheLastTwoAreKept() throws IOException {
        long leader = folder.lead();
        for (int superstep = 0; superstep < 4; superstep++) {
            folder.commit(checkpoint(leader, superstep));
            folder.prune(leader, 2, "");
        }
        assertThat(folder.manifests()).containsExactly("manifest-00000003-00000001", "manifest-00000002-00000001");
        assertThat(names()).containsExactly("2-1-1-w0.state", "2-1-1-w0.topology", "3-1-1-w0.state", "3-1-1-w0.topology",
            "leader-00000001", "manifest-00000002-00000001", "manifest-00000003-00000001");
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
        folder.commit(checkpoint(second, 5));
        // The same superstep once more, after a restart: the manifest is replaced.
        Files.delete(folder.file("5-2-1-w0.state"));
        Files.delete(folder.file("5-2-1-w0.topology"));
        folder.commit(checkpoint(second, 5));
        assertThat(folder.manifests()).containsExactly("manifest-00000005-00000002");
    }

    @Test void aFileThatIsCutOffOrGoneIsFound() throws IOException {
        long leader = folder.lead();
        Manifest manifest = checkpoint(leader, 1);
        folder.commit(manifest);
        Path state = folder.file("1-1-1-w0.state");
        byte[] whole = Files.readAllBytes(state);
        Files.write(state, Arrays.copyOf(whole, whole.length - 1));
        assertThatThrownBy(() -> folder.verify(manifest, false)).isInstanceOf(DamagedException.class)
            .hasMessageContaining(state.toString());
        whole[whole.length / 2] ^= 1;
        Files.write(state, whole);
        folder.verify(manifest, false);
        assertThatThrownBy(() -> folder.verify(manifest, true)).isInstanceOf(DamagedException.class)
            .hasMessageContaining(state.toString());
        assertThatThrownBy(() -> restored(manifest)).isInstanceOf(DamagedException.class);
        Files.delete(state);
        assertThatThrownBy(() -> folder.verify(manifest, false)).isInstanceOf(DamagedException.class)
            .hasMessageContaining(state.toString());
    }
}
