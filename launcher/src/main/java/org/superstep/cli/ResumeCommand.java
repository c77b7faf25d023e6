package org.superstep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.superstep.checkpoint.JobIdentity;
import org.superstep.checkpoint.Manifest;
import org.superstep.graph.Program;

/**
 * {@code superstep resume}: a run or a submission once more, in the words that its checkpoint holds and those that are said now, which the
 * job's folder makes go on where it was.
 */
final class ResumeCommand {
    private final Console console;
    private final Engine engine;
    private final Interruption interruption;

    ResumeCommand(Console console, Engine engine, Interruption interruption) {
        this.console = console;
        this.engine = engine;
        this.interruption = interruption;
    }

    void run(List<String> words) throws IOException {
        if (words.contains("--help")) {
            console.print(RunOptions.RESUME.help());
            return;
        }
        var arguments = arguments(words);
        String said = arguments.word().orElseThrow(() -> new UsageException("resume which job? superstep resume FOLDER, the folder where it"
            + " was saved (--checkpoint-dir)"));
        boolean isOnCluster = arguments.has("master");
        if (!isOnCluster) {
            for (String option : List.of("detach", "elastic", "secret-file", "tls-cert", "tls-key", "tls-ca")) {
                if (arguments.has(option)) {
                    throw new UsageException("--" + option + " is for a cluster; name its master: --master HOST:PORT");
                }
            }
        }
        List<String> again = again(said, Destination.pathOf("resume", said), arguments);
        if (isOnCluster) {
            new SubmitCommand(console, interruption).run(again);
        } else {
            new RunCommand(console, engine, interruption).run(again);
        }
    }

    private static Arguments arguments(List<String> words) {
        try {
            return RunOptions.RESUME.ofAnyProgram().word().parse(words);
        } catch (CommandOptions.UnknownOptionException e) {
            if (RunOptions.RUN.ofAnyProgram().has(e.option()) || isParameter(e.option())) {
                throw new UsageException("--" + e.option() + " was said when the job began: one that goes on keeps its program, parameters,"
                    + " input, partitions, seed and folder; leave it out", e);
            }
            throw e.asUsageFault();
        }
    }

    private static boolean isParameter(String option) {
        for (Program program : Programs.all()) {
            if (program.declarations().parameters().stream().anyMatch(parameter -> parameter.name().equals(option))) {
                return true;
            }
        }
        return false;
    }

    /** All words for a run that goes on, the program's name first. */
    private static List<String> again(String said, Path folder, Arguments arguments) throws IOException {
        var saved = new SavedRun(folder);
        requireCheckpoint(said, folder, saved);
        JobIdentity job = job(said, saved);
        var given = new TreeSet<>(List.of(Precautions.FOLDER, Precautions.TOKEN));
        arguments.given().forEach(option -> given.add(option.option()));
        if (arguments.given().contains(new Arguments.Given("max-supersteps", List.of("0")))) {
            // Without a limit there is nothing partial, and saying so would be a contradiction.
            given.add("partial-output");
        }
        var words = new ArrayList<String>();
        for (String word : Precautions.withoutContradictions(job.words(), arguments)) {
            if (!word.startsWith("--") || !given.contains(word.substring(2).split("=", 2)[0])) {
                words.add(word);
            }
        }
        words.add("--" + Precautions.FOLDER + "=" + folder);
        words.add("--" + Precautions.TOKEN + "=" + job.token());
        for (String hash : job.jars()) {
            words.add("--jar=" + saved.intactJar(hash, said));
        }
        for (Arguments.Given option : arguments.given()) {
            if (option.values().isEmpty()) {
                words.add("--" + option.option());
            }
            option.values().forEach(value -> words.add("--" + option.option() + "=" + value));
        }
        return words;
    }

    private static void requireCheckpoint(String said, Path folder, SavedRun saved) throws IOException {
        SavedRun.requireThere(folder, said);
        if (!Files.isDirectory(folder)) {
            throw new UsageException(said + ": is a file; name the folder where the job was saved");
        }
        if (saved.canGoOn()) {
            return;
        }
        try (var inside = Files.list(folder)) {
            Optional<Path> meant = inside.filter(path -> new SavedRun(path).canGoOn()).sorted().findFirst();
            throw new UsageException(said + ": there is no checkpoint" + (meant.isPresent() ? ", but there is one in " + meant.get()
                : "; name the folder where the job was saved (--checkpoint-dir), or begin it anew by superstep run"));
        }
    }

    private static JobIdentity job(String said, SavedRun saved) {
        Manifest last;
        try {
            last = saved.last();
        } catch (IOException e) {
            throw new UsageException(said + ": no checkpoint can be read (" + Destination.reason(e) + "); begin the job anew by superstep"
                + " run", e);
        }
        SavedRun.requireVersion(last, said, "go on with it by that version");
        if (last.job().words().isEmpty()) {
            throw new UsageException(said + ": " + last.job().program() + " was started by a program of Java, which goes on with it when it"
                + " runs it again with the same Checkpoints");
        }
        return last.job();
    }
}
