package org.superstep.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.superstep.checkpoint.CheckpointFolder;
import org.superstep.checkpoint.DamagedException;
import org.superstep.checkpoint.Manifest;

/** {@code superstep checkpoints}: shows what a job has saved while it ran. Nothing is changed, so that a job may run meanwhile. */
final class CheckpointsCommand {
    private static final String SUPERSTEP = "superstep";
    private static final String PARTITIONS = "partitions";
    private static final String VERTEX = "vertex";

    private final Console console;

    CheckpointsCommand(Console console) {
        this.console = console;
    }

    /** Shows what is asked for, and returns whether nothing is wrong with it. */
    boolean run(List<String> words) throws IOException {
        if (words.contains("--help")) {
            console.print(help());
            return true;
        }
        String verb = words.isEmpty() ? "" : words.get(0);
        List<String> rest = words.isEmpty() ? words : words.subList(1, words.size());
        return switch (verb) {
            case "ls" -> list(verb, rest);
            case "verify" -> verify(verb, rest);
            case "inspect" -> inspect(verb, rest);
            case "diff" -> diff(verb, rest);
            default -> throw new UsageException((verb.isEmpty() ? "checkpoints needs a word" : "there is no \"checkpoints " + verb + "\"")
                + ": superstep checkpoints ls|verify|inspect|diff FOLDER (superstep checkpoints --help tells more)");
        };
    }

    private boolean list(String verb, List<String> words) throws IOException {
        var arguments = options(verb).arguments(words);
        var folder = folder(verb, arguments);
        if (arguments.has(PARTITIONS)) {
            console.print(CheckpointTables.partitions(chosen(folder, superstep(arguments))).toString());
            return true;
        }
        if (arguments.has(SUPERSTEP)) {
            throw new UsageException("--superstep is said with --partitions: without it all checkpoints are listed");
        }
        var checkpoints = folder.manifests().stream().map(name -> SavedCheckpoint.of(folder, name, false)).toList();
        var text = new StringBuilder();
        checkpoints.stream().flatMap(checkpoint -> checkpoint.manifest().stream()).findFirst()
            .ifPresent(manifest -> text.append(CheckpointTables.job(manifest)).append("\n\n"));
        console.print(text.append(CheckpointTables.checkpoints(checkpoints)));
        return true;
    }

    private boolean verify(String verb, List<String> words) throws IOException {
        var arguments = options(verb).arguments(words);
        var folder = folder(verb, arguments);
        boolean isWhole = true;
        for (String name : named(folder, superstep(arguments))) {
            var checkpoint = SavedCheckpoint.of(folder, name, true);
            isWhole &= checkpoint.isWhole();
            console.print(CheckpointTables.verified(checkpoint));
        }
        return isWhole;
    }

    private boolean inspect(String verb, List<String> words) throws IOException {
        var arguments = options(verb).arguments(words);
        var folder = folder(verb, arguments);
        long[] ids = ids(arguments.text(VERTEX).orElseThrow(() -> new UsageException("checkpoints inspect needs --vertex ID[,ID...]")));
        var manifest = chosen(folder, superstep(arguments));
        try (var program = new SavedProgram(new SavedRun(folder.path()), manifest)) {
            console.print("before superstep " + manifest.superstep() + " of " + manifest.job().program() + "\n\n"
                + new SavedValues(folder, manifest, program.program(), ids));
        } catch (DamagedException e) {
            throw new UsageException(e.getMessage(), e);
        }
        return true;
    }

    private static long[] ids(String text) {
        try {
            return Arrays.stream(text.split(",", -1)).mapToLong(Long::parseLong).toArray();
        } catch (NumberFormatException e) {
            throw new UsageException("--vertex must be the ids of vertices, parted by commas, was \"" + text + "\"", e);
        }
    }

    private boolean diff(String verb, List<String> words) throws IOException {
        var arguments = options(verb).words(3).arguments(words);
        var folder = folder(verb, arguments);
        if (arguments.words().size() < 3) {
            throw new UsageException("checkpoints diff needs two supersteps: superstep checkpoints diff FOLDER A B");
        }
        var before = chosen(folder, superstep(arguments.words().get(1)));
        var after = chosen(folder, superstep(arguments.words().get(2)));
        try (var program = new SavedProgram(new SavedRun(folder.path()), after)) {
            console.print(new CheckpointDifference(folder, program.program(), before, after).toString());
        } catch (DamagedException e) {
            throw new UsageException(e.getMessage(), e);
        }
        return true;
    }

    private static OptionalLong superstep(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw new UsageException("checkpoints diff compares two supersteps, such as 5 10, was \"" + text + "\"", e);
        }
    }

    private static OptionalLong superstep(Arguments arguments) {
        return arguments.has(SUPERSTEP) ? OptionalLong.of(arguments.integer(SUPERSTEP, 0L, 0, Integer.MAX_VALUE)) : OptionalLong.empty();
    }

    /** The checkpoint that is asked for, or else the latest that can be read. */
    private static Manifest chosen(CheckpointFolder folder, OptionalLong superstep) throws IOException {
        IOException fault = null;
        for (String name : named(folder, superstep)) {
            try {
                return folder.read(name);
            } catch (IOException e) {
                fault = fault == null ? e : fault;
            }
        }
        throw new UsageException(fault.getMessage() + "; superstep checkpoints ls " + folder + " lists others", fault);
    }

    /** The manifests that are asked for, the latest first; at least one. */
    private static List<String> named(CheckpointFolder folder, OptionalLong superstep) throws IOException {
        List<String> all = folder.manifests();
        if (superstep.isEmpty()) {
            return all;
        }
        var named = all.stream().filter(name -> CheckpointFolder.superstep(name) == superstep.getAsLong()).toList();
        if (named.isEmpty()) {
            throw new UsageException("there is no checkpoint of superstep " + superstep.getAsLong() + ", but there is one of "
                + String.join(", ", all.stream().map(name -> Long.toString(CheckpointFolder.superstep(name))).distinct().toList()));
        }
        return named;
    }

    /** The folder that is named, which holds a checkpoint. */
    private static CheckpointFolder folder(String verb, Arguments arguments) throws IOException {
        String said = arguments.word().orElseThrow(() -> new UsageException("checkpoints " + verb + " needs a folder: superstep"
            + " checkpoints " + verb + " FOLDER, the one where a job was saved (--checkpoint-dir)"));
        Path path = Destination.pathOf("checkpoints", said);
        SavedRun.requireThere(path, said);
        var folder = new CheckpointFolder(path);
        List<String> manifests;
        try {
            manifests = folder.manifests();
        } catch (IOException e) {
            throw new UsageException(e.getMessage(), e);
        }
        if (manifests.isEmpty()) {
            throw new UsageException(said + ": there is no checkpoint; name the folder where a job was saved (--checkpoint-dir)");
        }
        return folder;
    }

    /** Those of one verb, or of all where it is empty. */
    private static CommandOptions options(String verb) {
        var options = new CommandOptions("checkpoints " + verb).word().section("options");
        if (verb.isEmpty() || verb.equals("ls")) {
            options.flag(PARTITIONS, "ls: the partitions of one, with the checksums of what they hold");
        }
        if (verb.isEmpty() || verb.equals("inspect")) {
            options.value(VERTEX, "ID[,ID...]", "inspect: whose values are shown (needed)");
        }
        if (!verb.equals("diff")) {
            options.value(SUPERSTEP, "S", "the checkpoint from before superstep S (verify: all; else the latest)");
        }
        return options.flag("verbose", "stack traces").flag("help", "this text");
    }

    private static String help() {
        var text = new StringBuilder("""
            superstep checkpoints: shows what a job has saved while it ran

            usage: superstep checkpoints ls FOLDER [--partitions [--superstep S]]
                   superstep checkpoints verify FOLDER [--superstep S]
                   superstep checkpoints inspect FOLDER --vertex ID[,ID...] [--superstep S]
                   superstep checkpoints diff FOLDER A B

            The folder is the one of --checkpoint-dir. A job may run meanwhile. S is the
            superstep that would run next: what is saved is what it would find.

            ls lists the checkpoints, the latest first: how much was written for each, how
            much it consists of with what it shares with those before it, and whether all
            of its files are there and as long as they should be.
            verify reads every byte. Status 0 where nothing is wrong, 1 where something is,
            a line each.
            inspect shows what vertices hold, whether they are awake, and what was said.
            diff tells what is another in B than in A, both supersteps.
            """);
        options("").describe(text);
        return text.toString();
    }
}
