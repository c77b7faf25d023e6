package org.superstep.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.superstep.JobOptions;
import org.superstep.Trace;
import org.superstep.checkpoint.CheckpointFolder;
import org.superstep.checkpoint.JobIdentity;
import org.superstep.checkpoint.Manifest;
import org.superstep.graph.Program;
import org.superstep.job.Job;
import org.superstep.job.ReplayedJob;
import org.superstep.net.Delivery;
import org.superstep.worker.Rows;

/**
 * {@code superstep replay}: what vertices of a saved job heard, did and said in a superstep that is long over. It runs again here, from the
 * checkpoint before it; the folder is only read, so that the job may run meanwhile.
 */
final class ReplayCommand {
    private static final String VERTEX = "vertex";
    private static final String SUPERSTEP = "superstep";
    private static final String TEST = "as-test";

    private final Console console;
    // What was asked for.
    private String said;
    private CheckpointFolder folder;
    private Trace wanted;
    private Optional<TestFile> test;
    private int threads;
    private boolean isQuiet;

    ReplayCommand(Console console) {
        this.console = console;
    }

    void run(List<String> words) throws IOException {
        if (words.contains("--help")) {
            console.print(help());
            return;
        }
        var arguments = options().arguments(words);
        said = arguments.word().orElseThrow(() -> new UsageException("replay which job? superstep replay FOLDER --vertex ID --superstep S,"
            + " the folder where it was saved (--checkpoint-dir)"));
        wanted = wanted(arguments);
        test = arguments.text(TEST).map(text -> TestFile.of(TEST, text));
        threads = arguments.integer("threads", JobOptions.DEFAULT.threads(), 1, RunRequest.MOST_THREADS);
        isQuiet = arguments.has("quiet");
        Path path = Destination.pathOf("replay", said);
        SavedRun.requireThere(path, said);
        folder = new CheckpointFolder(path);
        IOException fault = null;
        for (String name : reaching()) {
            Optional<IOException> unreadable = show(name);
            if (unreadable.isEmpty()) {
                return;
            }
            fault = fault == null ? unreadable.get() : fault;
        }
        throw new UsageException(said + ": no checkpoint from which superstep " + wanted.firstSuperstep() + " can be shown is whole: "
            + fault.getMessage() + "; superstep checkpoints ls " + said + " lists all", fault);
    }

    private static Trace wanted(Arguments arguments) {
        String vertices = arguments.text(VERTEX).orElseThrow(() -> new UsageException("replay needs --vertex ID[,ID...]"));
        String supersteps = arguments.text(SUPERSTEP).orElseThrow(() -> new UsageException("replay needs --superstep S"));
        return RunRequest.inSupersteps(RunRequest.traceOf(VERTEX, vertices), SUPERSTEP, supersteps);
    }

    /** The manifests from which the first wanted superstep can be come to, the nearest first; at least one. */
    private List<String> reaching() throws IOException {
        List<String> all;
        try {
            all = folder.manifests();
        } catch (IOException e) {
            throw new UsageException(e.getMessage(), e);
        }
        if (all.isEmpty()) {
            throw new UsageException(said + ": there is no checkpoint; name the folder where a job was saved (--checkpoint-dir)");
        }
        List<String> reaching = all.stream().filter(name -> CheckpointFolder.superstep(name) <= wanted.firstSuperstep()).toList();
        if (reaching.isEmpty()) {
            throw new UsageException("--superstep " + wanted.firstSuperstep() + ": the earliest checkpoint in " + said
                + " is that before superstep " + CheckpointFolder.superstep(all.get(all.size() - 1))
                + ", and what comes before it cannot be shown; a run keeps more of them by --keep-checkpoints N");
        }
        return reaching;
    }

    /** Shows what is wanted, from this checkpoint; returns why that cannot be read, if it cannot. */
    private Optional<IOException> show(String name) throws IOException {
        Manifest manifest;
        try {
            manifest = folder.read(name);
        } catch (IOException e) {
            return Optional.of(e);
        }
        JobIdentity identity = manifest.job();
        SavedRun.requireVersion(manifest, said, "look at it by that version");
        if (identity.words().isEmpty()) {
            throw new UsageException(said + ": " + identity.program() + " was started by a program of Java, so that nobody knows here how"
                + " to make it; let that one run it again with a Trace");
        }
        var saved = new SavedRun(folder.path());
        var jars = new ArrayList<String>();
        for (String hash : identity.jars()) {
            jars.add(saved.intactJar(hash, said).toString());
        }
        try (var named = new NamedProgram(identity.words().get(0), jars)) {
            Program program = named.make();
            test.ifPresent(file -> SceneSource.requireReachable(program, file.inPackage()));
            var words = ProgramWords.of(identity.words(), RunOptions.RUN.ofAnyProgram());
            var request = RunRequest.onCluster(program, "run " + words.call(), RunOptions.RUN.parse(program, words),
                Thread.currentThread().getContextClassLoader());
            int limit = request.options().maxSupersteps();
            if (limit > 0 && wanted.firstSuperstep() >= limit) {
                throw new UsageException("--superstep " + wanted.firstSuperstep() + ": the job was to run " + limit
                    + " supersteps at most (--max-supersteps), so that the last is superstep " + (limit - 1));
            }
            return show(manifest, request, program);
        }
    }

    private Optional<IOException> show(Manifest manifest, RunRequest request, Program program) throws IOException {
        var texts = new ArrayList<String>();
        JobOptions options = JobOptions.DEFAULT.withThreads(threads).withSeed(request.options().seed()).withDelivery(Delivery.PULL)
            .withTrace(wanted.to(texts::add));
        options = request.options().checksCodecs() ? options.withCodecChecks() : options;
        var scenes = new Scenes(program);
        ReplayedJob.Ended ended;
        try {
            ended = new ReplayedJob(new Job(program, request.graph(), options), folder, test.map(file -> scenes)).run(manifest);
        } catch (IOException e) {
            return Optional.of(e);
        }
        if (!isQuiet) {
            console.err().println(program.name() + ", from the checkpoint before superstep " + manifest.superstep());
        }
        if (ended.fault().isEmpty() && ended.last() < wanted.firstSuperstep()) {
            throw new UsageException("--superstep " + wanted.firstSuperstep() + ": the job has ended with superstep " + ended.last());
        }
        console.print(texts.isEmpty() ? "" : String.join("\n", texts) + "\n");
        if (ended.fault().isPresent()) {
            if (ended.last() < wanted.firstSuperstep() || texts.isEmpty()) {
                throw ended.fault().get();
            }
            console.err().println("superstep: the job fails in superstep " + ended.last() + ": "
                + Main.oneLine(ended.fault().get().getMessage()));
        } else {
            tellSleepers(ended, texts, program);
        }
        if (test.isPresent()) {
            write(scenes.all(), program);
        }
        return Optional.empty();
    }

    /** Tells of the vertices of which there was nothing to tell. */
    private void tellSleepers(ReplayedJob.Ended ended, List<String> texts, Program program) throws IOException {
        String when = wanted.firstSuperstep() == ended.last() ? "superstep " + ended.last()
            : "supersteps " + wanted.firstSuperstep() + " to " + ended.last();
        Rows rows = ended.rows().orElseThrow();
        for (long id : new TreeSet<>(wanted.vertices())) {
            boolean hasComputed = texts.stream().anyMatch(text -> text.lines().findFirst().orElse("").matches(
                "superstep \\d+, vertex " + id + "(, .*)?"));
            if (!hasComputed) {
                String state = rows.text(id, program.declarations().columns()).orElseThrow(() -> new UsageException("--vertex " + id
                    + ": there is no such vertex in " + when));
                console.print(when + ", vertex " + id + "\n    did not compute: it slept, and nothing was said to it\n    state       "
                    + state + "\n");
            }
        }
        if (ended.isOver() && ended.last() < wanted.lastSuperstep()) {
            console.err().println("the job has ended with superstep " + ended.last());
        }
    }

    private void write(List<Scene> scenes, Program program) throws IOException {
        TestFile file = test.orElseThrow();
        if (scenes.isEmpty()) {
            throw new UsageException("--as-test " + file.path() + ": there is nothing to test, as no such vertex computes then; choose"
                + " another superstep");
        }
        file.write(new SceneSource(program).source(file.inPackage(), file.name(), scenes));
        if (!isQuiet) {
            console.err().println("wrote " + file.path() + ", " + Figures.counted(scenes.size(), "test", "tests"));
        }
    }

    private static CommandOptions options() {
        return new CommandOptions("replay").word().section("options")
            .value(VERTEX, "ID[,ID...]", "the vertices to look at (needed)")
            .value(SUPERSTEP, "S", "the superstep, or from one to another, such as 3-7 (needed)")
            .value(TEST, "FILE.java", "write what is shown as tests, too, for JUnit 5 and the test kit; a new file")
            .value("threads", "N", "compute threads (all cores)")
            .flag("quiet", "no word on standard error, but of faults")
            .flag("verbose", "stack traces")
            .flag("help", "this text");
    }

    private static String help() {
        var text = new StringBuilder("""
            superstep replay: shows what a vertex of a saved job heard, did and said

            usage: superstep replay FOLDER --vertex ID --superstep S [--as-test FILE.java]

            The folder is the one of --checkpoint-dir. The job may be over, have failed, or
            run meanwhile: the folder is only read. From the last checkpoint that is not
            behind superstep S the supersteps up to S run again, in this process. A run keeps
            as many checkpoints as --keep-checkpoints says, also when it has ended well.
            """);
        options().describe(text);
        return text.toString();
    }
}
