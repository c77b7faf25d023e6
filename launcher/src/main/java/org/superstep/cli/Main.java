package org.superstep.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.superstep.JobException;
import org.superstep.graph.Program;
import org.superstep.graph.internal.Thrown;
import org.superstep.graph.io.InputException;
import org.superstep.job.SuspendedException;
import org.superstep.job.Version;

/** The {@code superstep} command. */
public final class Main {
    private static final int OK = 0;
    private static final int FAILURE = 1;
    private static final int USAGE = 2;
    private static final int SUSPENDED = 3;
    private static final List<String> COMMANDS = List.of("run", "resume", "programs", "check", "generate", "checkpoints", "replay",
        "master", "worker", "submit", "attach", "status", "jobs", "cancel", "suspend", "drain");

    private final Console console;
    private final Engine engine;
    private final Interruption interruption;

    Main(Console console, Engine engine, Interruption interruption) {
        this.console = console;
        this.engine = engine;
        this.interruption = interruption;
    }

    /** Runs the command and ends the JVM with its exit status. */
    public static void main(String[] words) {
        var console = Console.ofProcess();
        var interruption = new Interruption(console);
        Runtime.getRuntime().addShutdownHook(new Thread(interruption, "interruption"));
        int status = new Main(console, Engine.LOCAL, interruption).run(words);
        interruption.over();
        System.exit(status);
    }

    /**
     * Runs the command and returns its exit status: 0, 1 for a failure or a finding, 2 where the command line or the input is wrong, 3
     * where the job was suspended.
     */
    int run(String... words) {
        try {
            List<String> said = Arrays.asList(words.clone());
            // Whoever tries -h first is not to be sent to --help.
            Collections.replaceAll(said, "-h", "--help");
            return dispatch(said);
        } catch (UsageException | InputException e) {
            return fault(USAGE, e.getMessage(), e, words);
        } catch (JobException e) {
            return fault(FAILURE, e.getMessage(), e, words);
        } catch (SuspendedException e) {
            // As was wanted: there is no stack to look at.
            return fault(SUSPENDED, e.getMessage(), e);
        } catch (Console.StandardOutputException e) {
            return e.readerHasLeft() ? FAILURE : fault(FAILURE, e.getMessage(), e, words);
        } catch (IOException e) {
            return fault(FAILURE, inputOutput(e), e, words);
        } catch (UncheckedIOException e) {
            return fault(FAILURE, inputOutput(e.getCause()), e, words);
        } catch (OutOfMemoryError e) {
            return fault(FAILURE, outOfMemory(), e, words);
        } catch (RuntimeException | Error e) {
            return fault(FAILURE, unexpected(e), e, words);
        }
    }

    private int dispatch(List<String> words) throws IOException {
        if (words.isEmpty()) {
            throw new UsageException("which command? superstep run PROGRAM --input PATH..., superstep programs, or superstep --help");
        }
        List<String> rest = words.subList(1, words.size());
        switch (words.get(0)) {
            case "run" -> new RunCommand(console, engine, interruption).run(rest);
            case "resume" -> new ResumeCommand(console, engine, interruption).run(rest);
            case "programs" -> new ProgramsCommand(console).run(rest);
            case "check" -> {
                return new CheckCommand(console).run(rest) ? OK : FAILURE;
            }
            case "generate" -> new GenerateCommand(console, interruption).run(rest);
            case "checkpoints" -> {
                return new CheckpointsCommand(console).run(rest) ? OK : FAILURE;
            }
            case "replay" -> new ReplayCommand(console).run(rest);
            case "master" -> new MasterCommand(console, interruption).run(rest);
            case "worker" -> new WorkerCommand(console, interruption).run(rest);
            case "submit" -> new SubmitCommand(console, interruption).run(rest);
            case "attach" -> new JobCommands(console, interruption).attach(rest);
            case "status" -> new JobCommands(console, interruption).status(rest);
            case "jobs" -> new JobCommands(console, interruption).jobs(rest);
            case "cancel" -> new JobCommands(console, interruption).cancel(rest);
            case "suspend" -> new JobCommands(console, interruption).suspend(rest);
            case "drain" -> new JobCommands(console, interruption).drain(rest);
            case "--version" -> console.print("superstep " + Version.text() + "\n");
            case "--help", "help" -> console.print(help());
            default -> throw unknown(words.get(0));
        }
        return OK;
    }

    private static UsageException unknown(String word) {
        if (!word.startsWith("-")) {
            for (Program program : Programs.all()) {
                if (program.name().equals(word)) {
                    return new UsageException("there is no command \"" + word + "\", but a program: superstep run " + word
                        + " --input PATH...");
                }
            }
        }
        var meant = EditDistance.nearest(word, word.startsWith("-") ? List.of("--help", "--version") : COMMANDS);
        return new UsageException("there is no " + (word.startsWith("-") ? "option " + word : "command \"" + word + "\"")
            + (meant.isPresent() ? "; did you mean " + meant.get() + "?" : "") + " (superstep --help lists them)");
    }

    private static String help() {
        return """
            superstep: runs vertex programs on graphs, superstep by superstep

            usage: superstep run PROGRAM --input PATH... [options]
                   superstep run PROGRAM --help
                   superstep run --jar FILE CLASS --input PATH... [options]
                   superstep resume FOLDER [options]
                   superstep programs [--jar FILE]
                   superstep check [--jar FILE] PROGRAM
                   superstep generate rmat --scale S --output FILE [options]
                   superstep checkpoints ls|verify|inspect|diff FOLDER
                   superstep replay FOLDER --vertex ID --superstep S
                   superstep master [--listen HOST:PORT]
                   superstep worker [--master HOST:PORT] [--listen HOST:PORT]
                   superstep submit [--master HOST:PORT] PROGRAM --input PATH... [options]
                   superstep attach|cancel|suspend [--master HOST:PORT] JOB
                   superstep drain [--master HOST:PORT] WORKER
                   superstep status|jobs [--master HOST:PORT]
                   superstep --version

            commands:
                run          runs a program on a graph of text files
                resume       goes on with a job that was saved while it ran
                programs     lists the programs that can be run
                check        looks for what makes a program's answers depend on how it runs
                generate     makes graphs to try things with
                checkpoints  shows what a job has saved while it ran
                replay       shows what a vertex of a saved job did
                master       takes workers and jobs: what makes machines a cluster
                worker       works for a master
                submit       runs a program on a cluster
                attach       shows a job that was submitted
                cancel       ends a job that was submitted
                suspend      ends a job so that it can go on later
                drain        takes a worker out of a cluster without a loss
                status       shows a cluster's workers and what they do
                jobs         lists a cluster's jobs
            superstep COMMAND --help tells more of each.

            environment:
                SUPERSTEP_HEAP          heap, such as 4g (three quarters of all memory)
                SUPERSTEP_JAVA_OPTIONS  further options for the JVM
                JAVA_HOME               the Java to use (that on the path)
            """;
    }

    /** Whatever is thrown outside {@code compute} and the like: by a method that describes the program, or by a mistake of ours. */
    private static String unexpected(Throwable thrown) {
        var place = Thrown.place(thrown);
        if (place.isPresent()) {
            return "the program failed in " + place.get() + ": " + Thrown.text(thrown) + "; --verbose shows the stack";
        }
        return "unexpected " + Thrown.text(thrown) + "; run again with --verbose, and report what it prints";
    }

    private static String outOfMemory() {
        long heap = Runtime.getRuntime().maxMemory();
        return "out of memory: the heap may grow to " + Figures.bytes(heap) + "; give more with SUPERSTEP_HEAP (twice as much:"
            + " SUPERSTEP_HEAP=" + Math.max(1, 2 * heap >> 20) + "m), or need less with fewer --threads";
    }

    private static String inputOutput(IOException e) {
        return (e instanceof FileSystemException fault ? fault.getFile() + ": " : "input or output has failed: ") + Destination.reason(e);
    }

    private int fault(int status, String message, Throwable fault, String... words) {
        if (interruption.hasBegun()) {
            return status;
        }
        PrintStream err = console.err();
        err.println("superstep: " + oneLine(message == null ? fault.toString() : message));
        if (fault instanceof JobException job) {
            job.details().forEach(line -> err.println("    " + line));
        }
        if (Arrays.asList(words).contains("--verbose")) {
            fault.printStackTrace(err);
        }
        return status;
    }

    static String oneLine(String message) {
        return message.replace("\r", "").replace('\n', ' ');
    }
}
