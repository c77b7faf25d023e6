package org.superstep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.superstep.checkpoint.CheckpointFolder;
import org.superstep.checkpoint.Manifest;

/** {@code superstep checkpoints}: shows what a job has saved while it ran. Nothing is changed, so that a job may run meanwhile. */
final class CheckpointsCommand {
    private static final String SUPERSTEP = "superstep";
    private static final String PARTITIONS = "partitions";

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
            default -> throw new UsageException((verb.isEmpty() ? "checkpoints needs a word" : "there is no \"checkpoints " + verb + "\"")
                + ": superstep checkpoints ls|verify FOLDER (superstep checkpoints --help tells more)");
        };
    }

    private boolean list(String verb, List<String> words) throws IOException {
        var arguments = options(verb).flag(PARTITIONS, "the partitions of one, with the checksums of what they hold").arguments(words);
        var folder = folder(verb, arguments);
        if (arguments.has(PARTITIONS)) {
            console.print(CheckpointTables.partitions(chosen(folder, arguments)).toString());
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
        for (String name : named(folder, arguments)) {
            var checkpoint = SavedCheckpoint.of(folder, name, true);
            isWhole &= checkpoint.isWhole();
            console.print(CheckpointTables.verified(checkpoint));
        }
        return isWhole;
    }

    /** The checkpoint that is asked for, or else the latest that can be read. */
    private static Manifest chosen(CheckpointFolder folder, Arguments arguments) throws IOException {
        IOException fault = null;
        for (String name : named(folder, arguments)) {
            try {
                return folder.read(name);
            } catch (IOException e) {
                fault = fault == null ? e : fault;
            }
        }
        throw new UsageException(fault.getMessage() + "; superstep checkpoints ls " + folder + " lists others", fault);
    }

    /** The manifests that are asked for, the latest first; at least one. */
    private static List<String> named(CheckpointFolder folder, Arguments arguments) throws IOException {
        List<String> all = folder.manifests();
        if (!arguments.has(SUPERSTEP)) {
            return all;
        }
        long superstep = arguments.integer(SUPERSTEP, 0L, 0, Integer.MAX_VALUE);
        var named = all.stream().filter(name -> CheckpointFolder.superstep(name) == superstep).toList();
        if (named.isEmpty()) {
            throw new UsageException("--superstep " + superstep + ": there is no such checkpoint, but there is "
                + String.join(", ", all.stream().map(name -> Long.toString(CheckpointFolder.superstep(name))).distinct().toList()));
        }
        return named;
    }

    /** The folder that is named, which holds a checkpoint. */
    private static CheckpointFolder folder(String verb, Arguments arguments) throws IOException {
        String said = arguments.word().orElseThrow(() -> new UsageException("checkpoints " + verb + " needs a folder: superstep"
            + " checkpoints " + verb + " FOLDER, the one where a job was saved (--checkpoint-dir)"));
        Path path = Destination.pathOf("checkpoints", said);
        if (!Files.exists(path)) {
            throw new UsageException(said + ": there is no such folder; check the path (a job that has ended well deletes its checkpoints,"
                + " unless --keep-checkpoints was said)");
        }
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

    private static CommandOptions options(String verb) {
        return new CommandOptions("checkpoints " + verb).word()
            .section("options")
            .value(SUPERSTEP, "S", "the checkpoint from before superstep S (ls --partitions: the latest, verify: all)")
            .flag("verbose", "stack traces")
            .flag("help", "this text");
    }

    private static String help() {
        var text = new StringBuilder("""
            superstep checkpoints: shows what a job has saved while it ran

            usage: superstep checkpoints ls FOLDER [--partitions] [--superstep S]
                   superstep checkpoints verify FOLDER [--superstep S]

            The folder is the one of --checkpoint-dir. A job may run meanwhile.

            ls lists the checkpoints, the latest first: how much was written for each, how
            much it consists of with what it shares with those before it, and whether all
            of its files are there and as long as they should be.
            verify reads every byte. Status 0 where nothing is wrong, 1 where something is,
            a line each.
            """);
        options("ls").flag(PARTITIONS, "the partitions of one, with the checksums of what they hold").describe(text);
        return text.toString();
    }
}
