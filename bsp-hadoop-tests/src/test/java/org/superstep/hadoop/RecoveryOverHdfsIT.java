package org.superstep.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs whose input, output and checkpoints are on HDFS end with the bytes of an undisturbed one, whatever is lost on the way. */
final class RecoveryOverHdfsIT {
    /** Written behind supersteps of a few milliseconds each, the first checkpoints are there long before. */
    private static final String LATE = "kill worker 2 at superstep 110 compute";

    @TempDir private Path local;
    private Path remote;

    @BeforeEach void makeAnUndisturbedAnswer() throws IOException, InterruptedException {
        remote = SmallHdfs.folder();
        var random = new SplittableRandom(6);
        var text = new StringBuilder();
        for (int edge = 0; edge < 100_000; edge++) {
            text.append(random.nextInt(20_000)).append('\t').append(random.nextInt(20_000)).append('\n');
        }
        Files.copy(Files.writeString(local.resolve("graph.tsv"), text), remote.resolve("graph.tsv"));
        assertThat(superstep("run", "pagerank", "--input", "graph.tsv", "--iterations", "120", "--output", "ranks", "--quiet").status())
            .isZero();
    }

    private Command.Session superstep(String... words) throws IOException, InterruptedException {
        return new Command(local, "").run(words);
    }

    private Command.Session runThere(String... more) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of("run", "pagerank", "--input", remote.resolve("graph.tsv").toString(), "--iterations", "120",
            "--output", remote.resolve("ranks").toString(), "--workers", "2", "--checkpoint-every", "10", "--checkpoint-dir",
            remote.resolve("saved").toString()));
        words.addAll(Arrays.asList(more));
        return superstep(words.toArray(String[]::new));
    }

    private void assertUndisturbed() throws IOException {
        assertThat(Files.mismatch(remote.resolve("ranks"), local.resolve("ranks"))).isEqualTo(-1);
    }

    @Test void aLostWorkerIsReplacedAndGoesOnFromThere() throws IOException, InterruptedException {
        var session = runThere("--inject", LATE, "--keep-checkpoints", "2");
        assertThat(session.status()).as(session.err()).isZero();
        assertThat(session.err()).contains("going back to the checkpoint before superstep ", "restarts 1\n");
        assertUndisturbed();
        var verified = superstep("checkpoints", "verify", remote.resolve("saved").toString());
        assertThat(verified.status()).as(verified.err()).isZero();
        assertThat(verified.out().lines()).hasSize(2).allMatch(line -> line.contains(": every byte is as it was written"));
    }

    @Test void aJobThatHasEndedIsResumedWithADataNodeLess() throws Exception {
        var failed = runThere("--inject", LATE, "--max-restarts", "0");
        assertThat(failed.status()).isEqualTo(1);
        assertThat(failed.err()).contains("continue with: superstep resume " + remote.resolve("saved"));
        assertThat(remote.resolve("ranks")).doesNotExist();
        SmallHdfs.withoutOneDataNode(() -> {
            var resumed = superstep("resume", remote.resolve("saved").toString());
            assertThat(resumed.status()).as(resumed.err()).isZero();
            assertUndisturbed();
        });
        assertThat(remote.resolve("saved")).as("the checkpoints of a job that has ended well").doesNotExist();
    }

    @Test void aProgramsJarMayBeThereAndLiesWithTheCheckpoints() throws IOException, InterruptedException {
        String name = Clock.class.getName().replace('.', '/') + ".class";
        Path jar = remote.resolve("clock.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar)); var in = Clock.class.getClassLoader().getResourceAsStream(name)) {
            out.putNextEntry(new ZipEntry(name));
            in.transferTo(out);
        }
        Files.writeString(local.resolve("small.tsv"), "1\t2\n2\t3\n");
        var failed = superstep("run", "--jar", jar.toString(), Clock.class.getName(), "--input", "small.tsv", "--output",
            remote.resolve("ticks").toString(), "--workers", "2", "--checkpoint-every", "10", "--checkpoint-dir",
            remote.resolve("saved").toString(), "--max-restarts", "0", "--inject", "kill worker 2 at superstep 1900 compute");
        assertThat(failed.err()).contains("continue with: superstep resume ");
        Files.delete(jar);
        var resumed = superstep("resume", remote.resolve("saved").toString());
        assertThat(resumed.status()).as(resumed.err()).isZero();
        assertThat(remote.resolve("ticks")).hasContent("id\tticks\n1\t2001\n2\t2001\n3\t2001\n");
    }
}
