package org.superstep.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.superstep.cluster.MasterProcess;
import org.superstep.cluster.OwnProcess;
import org.superstep.cluster.WorkerProcess;
import org.superstep.cluster.WorkerSetup;
import org.superstep.job.Version;
import org.superstep.net.HostPort;

/**
 * Runs what users run, on a small graph and for nobody to see, so that a class-data archive made at its end holds the classes of every
 * usual command. The start script's business.
 */
public final class Rehearsal {
    private static final HostPort ANYWHERE = new HostPort(LocalCluster.HOST, 0);

    private final Main main;
    private final Path folder;

    private Rehearsal(Path folder) {
        this.folder = folder;
        var console = new Console(OutputStream.nullOutputStream(), new PrintStream(OutputStream.nullOutputStream(), false,
            StandardCharsets.UTF_8), true);
        main = new Main(console, Engine.LOCAL, new Interruption(console));
    }

    /** Rehearses on the graph in this file; with a second word that is not empty, what takes other processes too. */
    public static void main(String[] words) throws IOException {
        Path folder = Files.createTempDirectory("superstep-rehearsal");
        try {
            var rehearsal = new Rehearsal(folder);
            rehearsal.run(Path.of(words[0]));
            if (words.length > 1 && !words[1].isEmpty()) {
                rehearsal.runOnCluster(words[0]);
            }
        } finally {
            try (var files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    private void run(Path graph) throws IOException {
        Path compressed = folder.resolve("graph.gz");
        try (var out = new GZIPOutputStream(Files.newOutputStream(compressed))) {
            Files.copy(graph, out);
        }
        String plain = graph.toString();
        main.run("run", "pagerank", "--input", plain, "--output", file("ranks.tsv"));
        main.run("run", "pagerank", "--input", compressed.toString(), "--undirected", "--output", file("ranks.csv"), "--output-format",
            "csv");
        main.run("run", "sssp", "--input", plain, "--source", "1", "--output", "-", "--output-format", "jsonl");
        main.run("run", "bfs", "--input", plain, "--source", "1", "--dedupe", "--verbose", "--report", file("report.json"));
        main.run("run", "wcc", "--input", plain, "--quiet");
        main.run("run", "pagerank", "--help");
        main.run("run", "pagerank", "--input", file("missing"));
        main.run("run", "pagernak", "--input", plain);
        main.run("programs");
        main.run("--version");
    }

    /** What processes of a cluster load, all of it in this one. Where there is no loopback there will be no cluster either. */
    private void runOnCluster(String graph) throws IOException {
        try (var network = Credentials.NONE.network();
                var master = new MasterProcess(network, Version.text(), ANYWHERE, new CommandLineJobs(), folder.resolve("master"),
                    Optional.empty(), line -> { });
                var others = Credentials.NONE.network()) {
            HostPort at = master.start();
            try (var worker = new WorkerProcess(others, new WorkerSetup(Version.text(), at, ANYWHERE, 1, 1 << 20,
                    WorkerSetup.MASTER_TIMEOUT, folder.resolve("worker")), new CommandLineJobs(), OwnProcess.THIS, line -> { })) {
                var thread = new Thread(() -> run(worker), "worker");
                thread.setDaemon(true);
                thread.start();
                main.run("submit", "--master", at.toString(), "pagerank", "--input", graph, "--output", file("ranks"));
                main.run("status", "--master", at.toString());
            }
        }
    }

    private static void run(WorkerProcess worker) {
        try {
            worker.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }
}
