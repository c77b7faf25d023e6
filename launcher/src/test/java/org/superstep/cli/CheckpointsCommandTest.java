package org.superstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superstep.Checkpoints;
import org.superstep.Graph;
import org.superstep.JobOptions;
import org.superstep.Superstep;
import org.superstep.algorithms.PageRank;
import org.superstep.checkpoint.CheckpointFolder;
import org.superstep.checkpoint.JobIdentity;
import org.superstep.checkpoint.Manifest;
import org.superstep.checkpoint.MasterState;
import org.superstep.checkpoint.Segment;
import org.superstep.checkpoint.SegmentOutput;

final class CheckpointsCommandTest {
    private static final long SAVED = LocalDateTime.of(2026, 1, 31, 9, 5, 7).atZone(ZoneId.systemDefault()).toInstant().toEpochMilli();

    @TempDir Path scratch;
    private Path path;
    private CheckpointFolder folder;

    /** Two checkpoints of two partitions, which share the topology. */
    @BeforeEach void job() throws IOException {
        path = scratch.resolve("job");
        folder = new CheckpointFolder(path);
        long leader = folder.lead();
        List<Segment> topology = write("0-1-1-w0.topology", 4000);
        commit(leader, 0, topology, write("0-1-1-w0.state", 100));
        commit(leader, 5, topology, write("5-1-1-w0.state", 200));
    }

    private List<Segment> write(String name, int bytes) throws IOException {
        var segments = new ArrayList<Segment>();
        try (var output = new SegmentOutput(folder.file(name))) {
            for (int partition = 0; partition < 2; partition++) {
                output.begin();
                output.write(ByteBuffer.allocate(bytes * (partition + 1)));
                segments.add(output.end());
            }
        }
        return segments;
    }

    private void commit(long leader, int superstep, List<Segment> topology, List<Segment> state) throws IOException {
        var master = new MasterState(0, 0, 0, 0, 0, 0, false, 0, 0, 0, 1500, 30_000, new long[0], new long[0], new long[0][]);
        var entries = List.of(new Manifest.Entry(1000, 20_000, 1, topology.get(0), state.get(0), List.of()),
            new Manifest.Entry(500, 10_000, 1, topology.get(1), state.get(1), List.of()));
        folder.commit(new Manifest("0.1", new JobIdentity("3f2a", "pagerank", List.of("pagerank", "--input=/data/edges.txt"), List.of(), 1),
            SAVED, leader, superstep, new long[] {17}, master, entries));
    }

    private Session checkpoints(String verb, String... more) {
        var words = new ArrayList<>(List.of("checkpoints", verb, path.toString()));
        words.addAll(List.of(more));
        return Session.of(words.toArray(String[]::new));
    }

    @Test void theyAreListedTheLatestFirst() {
        var session = checkpoints("ls");
        assertThat(session.err()).isEmpty();
        assertThat(session.status()).isZero();
        assertThat(session.out()).isEqualTo("""
            pagerank, seed 1, saved by Superstep 0.1: superstep run pagerank --input=/data/edges.txt

            superstep  saved                leader      new   in all  partitions  vertices   edges
                    5  2026-01-31 09:05:07       1    616 B  12.6 kB           2     1,500  30,000  complete
                    0  2026-01-31 09:05:07       1  12.3 kB  12.3 kB           2     1,500  30,000  complete
            """);
    }

    @Test void aDamagedOneIsListedWithItsFault() throws IOException {
        Files.delete(path.resolve("5-1-1-w0.state"));
        Files.write(path.resolve("manifest-00000000-00000001"), new byte[4]);
        var session = checkpoints("ls");
        assertThat(session.status()).isZero();
        assertThat(session.out().lines().skip(3)).containsExactly(
            "        5  2026-01-31 09:05:07       1  616 B  12.6 kB           2     1,500  30,000  damaged: "
                + path.resolve("5-1-1-w0.state") + " is missing",
            "        0  -                         -      -        -           -         -       -  damaged: "
                + path.resolve("manifest-00000000-00000001") + " is cut off: 4 bytes long");
    }

    @Test void partitionsAreListedWithTheirChecksums() {
        var session = checkpoints("ls", "--partitions", "--superstep", "0");
        assertThat(session.err()).isEmpty();
        assertThat(session.out()).isEqualTo("""
            partition  ids from  vertices   edges  topology  checksum  state  checksum  records
                    0         -     1,000  20,000   4.01 kB  ea910674  108 B  07cb9ff6      0 B
                    1        17       500  10,000   8.01 kB  e2796e14  208 B  cb6727d2      0 B
            """);
        assertThat(checkpoints("ls", "--superstep", "0").faults()).singleElement().asString().contains("--partitions");
    }

    @Test void whatIsWholeIsVerified() {
        var session = checkpoints("verify");
        assertThat(session.status()).isZero();
        assertThat(session.err()).isEmpty();
        assertThat(session.out()).isEqualTo("""
            superstep 5: every byte is as it was written, 12.6 kB
            superstep 0: every byte is as it was written, 12.3 kB
            """);
    }

    @Test void everyFaultIsALineAndAStatus() throws IOException {
        flip("0-1-1-w0.topology", 7000);
        flip("5-1-1-w0.state", 2);
        var session = checkpoints("verify");
        assertThat(session.status()).isEqualTo(1);
        assertThat(session.err()).isEmpty();
        assertThat(session.out().lines()).hasSize(3)
            .anyMatch(line -> line.startsWith("superstep 5: " + path.resolve("5-1-1-w0.state") + " is not what was written: "))
            .anyMatch(line -> line.startsWith("superstep 5: " + path.resolve("0-1-1-w0.topology") + " is not what was written: "))
            .anyMatch(line -> line.startsWith("superstep 0: " + path.resolve("0-1-1-w0.topology") + " is not what was written: "));
        assertThat(checkpoints("verify", "--superstep", "5").out().lines()).hasSize(2);
    }

    private void flip(String name, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(path.resolve(name));
        bytes[at] ^= 1;
        Files.write(path.resolve(name), bytes);
    }

    @Test void whatCannotBeShownIsToldInOneLine() throws IOException {
        assertThat(Session.of("checkpoints").faults()).singleElement().asString().contains("superstep checkpoints ls|verify");
        assertThat(Session.of("checkpoints", "lst", "x").faults()).singleElement().asString().contains("there is no \"checkpoints lst\"");
        assertThat(Session.of("checkpoints", "ls").faults()).singleElement().asString().contains("needs a folder");
        assertThat(Session.of("checkpoints", "ls", path.resolve("gone").toString()).faults()).singleElement().asString()
            .contains("there is no such folder");
        assertThat(Session.of("checkpoints", "ls", scratch.toString()).faults()).singleElement().asString()
            .contains("there is no checkpoint");
        assertThat(Session.of("checkpoints", "ls", path.resolve("5-1-1-w0.state").toString()).faults()).singleElement().asString()
            .contains("it is not a folder");
        assertThat(checkpoints("verify", "--superstep", "4").faults()).singleElement().asString()
            .contains("there is no checkpoint of superstep 4, but there is one of 5, 0");
        Files.write(path.resolve("manifest-00000005-00000001"), new byte[4]);
        assertThat(checkpoints("ls", "--partitions", "--superstep", "5").faults()).singleElement().asString().contains("is cut off");
        assertThat(checkpoints("ls", "--partitions").out()).contains("07cb9ff6");
    }

    @Test void theValuesOfARunAreShownAndCompared() {
        Path saved = scratch.resolve("saved");
        var identity = new JobIdentity("17", "pagerank", List.of("pagerank", "--input=edges.tsv", "--iterations=20"), List.of(), 1);
        Superstep.run(new PageRank(0.85, 20), Graph.of(new long[] {1, 2, 3, 3}, new long[] {2, 3, 1, 4}), JobOptions.DEFAULT.withWorkers(2)
            .withPartitions(2).withCheckpoints(Checkpoints.in(saved).every(5).keeping(5).awaited().of(identity)));
        var first = Session.of("checkpoints", "inspect", saved.toString(), "--superstep", "0", "--vertex", "4,1");
        assertThat(first.err()).isEmpty();
        assertThat(first.out()).isEqualTo("""
            before superstep 0 of pagerank

            vertex  partition  out-edges  in-edges  is     has broadcast  was sent  rank
                 1          0          1         1  awake  no                    0   0.0
                 4          1          0         1  awake  no                    0   0.0
            """);
        var latest = Session.of("checkpoints", "inspect", saved.toString(), "--vertex", "3,4");
        assertThat(latest.out()).startsWith("before superstep 20 of pagerank\n").contains("awake  yes", "awake  no");

        var difference = Session.of("checkpoints", "diff", saved.toString(), "0", "20");
        assertThat(difference.err()).isEmpty();
        assertThat(difference.out()).startsWith("""
            from superstep 0 to 20: the state of 2 of 2 partitions differs, and the topology of 0
            rank has changed at 4 vertices

            vertex  \
            """);
        assertThat(difference.out().lines()).hasSize(8);
        assertThat(Session.of("checkpoints", "diff", saved.toString(), "20", "20").out()).isEqualTo("""
            from superstep 20 to 20: the state of 0 of 2 partitions differs, and the topology of 0
            rank has changed at 0 vertices
            """);

        assertThat(Session.of("checkpoints", "inspect", saved.toString(), "--vertex", "5").faults()).singleElement().asString()
            .contains("--vertex 5: there is no such vertex before superstep 20");
        assertThat(Session.of("checkpoints", "inspect", saved.toString(), "--vertex", "a").faults()).singleElement().asString()
            .contains("must be the ids of vertices");
        assertThat(Session.of("checkpoints", "inspect", saved.toString()).faults()).singleElement().asString().contains("needs --vertex");
        assertThat(Session.of("checkpoints", "diff", saved.toString(), "0").faults()).singleElement().asString()
            .contains("needs two supersteps");
        assertThat(Session.of("checkpoints", "diff", saved.toString(), "0", "x").faults()).singleElement().asString()
            .contains("compares two supersteps, such as 5 10, was \"x\"");
    }

    @Test void valuesAreShownOfTheJobsOwnProgramAndWhereNothingIsDamaged() throws IOException {
        assertThat(checkpoints("inspect", "--vertex", "1").faults()).singleElement().asString()
            .contains("the program is not the one whose checkpoint this is");
        flip("5-1-1-w0.state", 20);
        assertThat(checkpoints("inspect", "--vertex", "1").faults()).singleElement().asString()
            .contains(path.resolve("5-1-1-w0.state") + " is not what was written");
    }
}
