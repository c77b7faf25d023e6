package org.superstep.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.superstep.Graph;
import org.superstep.JobObserver;
import org.superstep.JobOptions;
import org.superstep.JobReport;
import org.superstep.graph.Program;
import org.superstep.job.Job;
import org.superstep.job.OutputFiles;
import org.superstep.net.JobSpec;
import org.superstep.net.ToClient;
import org.superstep.net.ToMaster;

/** Jobs by name, which every process of a test's cluster makes anew for itself. Any thread may call. */
public final class TestJobs implements JobMaker {
    private final Map<String, Kind> kinds = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final Queue<List<String>> jars = new ConcurrentLinkedQueue<>();
    private final Queue<JobReport> reports = new ConcurrentLinkedQueue<>();
    private volatile Runnable makingIt = () -> { };

    private record Kind(Supplier<Program> program, Supplier<Graph> graph, UnaryOperator<JobOptions> options) {
    }

    /** What a user would submit, for so many workers (0: all) with so many threads in all (0: what they have). */
    public JobSpec spec(Supplier<Program> program, Supplier<Graph> graph, UnaryOperator<JobOptions> options, int workers, int threads) {
        String name = "job kind " + kinds.size();
        kinds.put(name, new Kind(program, graph, options));
        JobOptions chosen = options.apply(JobOptions.DEFAULT);
        var outputs = new ArrayList<String>();
        chosen.output().ifPresent(file -> outputs.add(file.toString()));
        chosen.records().forEach(records -> outputs.add(records.file().toString()));
        return new JobSpec(program.get().name(), List.of(name), List.of(), outputs, workers, threads);
    }

    /** Does this whenever a job is made, before all else. */
    void whenMade(Runnable what) {
        makingIt = what;
    }

    /** How many jobs have been made and not closed. */
    int open() {
        return open.get();
    }

    /** The hashes of the jars with which jobs have been made, as they were then. */
    Queue<List<String>> jars() {
        return jars;
    }

    /** The reports of jobs that have ended well, in that order. */
    Queue<JobReport> reports() {
        return reports;
    }

    @Override public Made make(JobSpec spec, List<Path> files, int workers, int threads, JobObserver observer) {
        makingIt.run();
        jars.add(files.stream().map(TestJobs::sha256).toList());
        Kind kind = kinds.get(spec.words().get(0));
        JobOptions options = kind.options.apply(JobOptions.DEFAULT).withWorkers(workers).withThreads(threads).withObserver(observer);
        var program = kind.program.get();
        var job = new Job(program, kind.graph.get(), options);
        var outputs = new OutputFiles(program, options);
        open.incrementAndGet();
        return new Made() {
            @Override public Job job() {
                return job;
            }

            @Override public OutputFiles files() {
                return outputs;
            }

            @Override public ToClient.Done done(long number, JobReport report, List<ToMaster.Written> parts) {
                reports.add(report);
                return new ToClient.Done(number, parts.size() + " parts", figures(report), new byte[0], report.cut().orElse(""));
            }

            @Override public void close() {
                open.decrementAndGet();
            }
        };
    }

    static String sha256(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** What a job's report says, as far as it must not depend on how it was run. */
    public static String figures(JobReport report) {
        return report.vertices() + " vertices, " + report.edges() + " edges, " + report.droppedMessages() + " dropped, globals "
            + report.globals() + report.supersteps().stream().map(superstep -> "\n" + superstep.number() + " " + superstep.phase() + " "
            + superstep.computed() + " " + superstep.awake() + " " + superstep.messages() + " " + superstep.aggregates() + " "
            + superstep.globals()).collect(Collectors.joining());
    }
}
