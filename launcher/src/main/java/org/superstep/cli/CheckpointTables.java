package org.superstep.cli;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.superstep.checkpoint.Manifest;
import org.superstep.checkpoint.Segment;

/** What a folder of checkpoints holds, as text for people. */
final class CheckpointTables {
    private CheckpointTables() {
    }

    /** Which job it is, as a user has begun it. */
    static String job(Manifest manifest) {
        var job = manifest.job();
        String words = job.words().stream().filter(word -> !word.startsWith("--" + Precautions.TOKEN + "="))
            .collect(Collectors.joining(" "));
        return job.program() + ", seed " + job.seed() + ", saved by Superstep " + manifest.version()
            + (words.isEmpty() ? "" : ": superstep run " + words);
    }

    /** What was found when every byte of a checkpoint was read: a line, or one for each file that is wrong. */
    static String verified(SavedCheckpoint checkpoint) {
        var text = new StringBuilder();
        for (String fault : checkpoint.faults()) {
            text.append("superstep ").append(checkpoint.superstep()).append(": ").append(fault).append('\n');
        }
        if (checkpoint.isWhole()) {
            text.append("superstep ").append(checkpoint.superstep()).append(": every byte is as it was written, ")
                .append(Figures.bytes(bytes(checkpoint.manifest().orElseThrow(), segment -> true))).append('\n');
        }
        return text.toString();
    }

    /** A row for each checkpoint. */
    static TextTable checkpoints(List<SavedCheckpoint> checkpoints) {
        return new TextTable()
            .column("superstep", checkpoints.stream().map(checkpoint -> Long.toString(checkpoint.superstep())).toArray(String[]::new))
            .text("saved", cells(checkpoints, manifest -> ClusterTables.time(manifest.createdMillis())))
            .column("leader", cells(checkpoints, manifest -> Long.toString(manifest.leader())))
            .column("new", cells(checkpoints, manifest -> Figures.bytes(bytes(manifest, manifest::isOwn))))
            .column("in all", cells(checkpoints, manifest -> Figures.bytes(bytes(manifest, segment -> true))))
            .column("partitions", cells(checkpoints, manifest -> Figures.count(manifest.partitions().size())))
            .column("vertices", cells(checkpoints, manifest -> Figures.count(sum(manifest, Manifest.Entry::vertices))))
            .column("edges", cells(checkpoints, manifest -> Figures.count(sum(manifest, Manifest.Entry::edges))))
            .text("", checkpoints.stream().map(CheckpointTables::state).toArray(String[]::new));
    }

    private static long bytes(Manifest manifest, Predicate<Segment> isCounted) {
        return manifest.partitions().stream().flatMap(partition -> partition.segments().stream()).filter(isCounted)
            .mapToLong(Segment::bytes).sum();
    }

    private static long sum(Manifest manifest, ToLongFunction<Manifest.Entry> figure) {
        return manifest.partitions().stream().mapToLong(figure).sum();
    }

    private static String state(SavedCheckpoint checkpoint) {
        if (checkpoint.isWhole()) {
            return "complete";
        }
        int more = checkpoint.faults().size() - 1;
        return "damaged: " + checkpoint.faults().get(0) + (more == 0 ? "" : ", and " + Figures.counted(more, "file", "files") + " more");
    }

    private static String[] cells(List<SavedCheckpoint> checkpoints, Function<Manifest, String> cell) {
        return checkpoints.stream().map(checkpoint -> checkpoint.manifest().map(cell).orElse("-")).toArray(String[]::new);
    }

    /** A row for each partition of a checkpoint. */
    static TextTable partitions(Manifest manifest) {
        var partitions = manifest.partitions();
        return new TextTable()
            .column("partition", IntStream.range(0, partitions.size()).mapToObj(Integer::toString).toArray(String[]::new))
            .column("ids from", Stream.concat(Stream.of("-"), IntStream.range(0, manifest.firsts().length)
                .mapToObj(i -> Long.toString(manifest.firsts()[i]))).toArray(String[]::new))
            .column("vertices", rows(manifest, entry -> Figures.count(entry.vertices())))
            .column("edges", rows(manifest, entry -> Figures.count(entry.edges())))
            .column("topology", rows(manifest, entry -> Figures.bytes(entry.topology().bytes())))
            .text("checksum", rows(manifest, entry -> checksum(entry.topology())))
            .column("state", rows(manifest, entry -> Figures.bytes(entry.state().bytes())))
            .text("checksum", rows(manifest, entry -> checksum(entry.state())))
            .column("records", rows(manifest, entry -> Figures.bytes(entry.records().stream().mapToLong(Segment::bytes).sum())));
    }

    private static String[] rows(Manifest manifest, Function<Manifest.Entry, String> cell) {
        return manifest.partitions().stream().map(cell).toArray(String[]::new);
    }

    private static String checksum(Segment segment) {
        String digits = Integer.toHexString(segment.checksum());
        return "0".repeat(8 - digits.length()) + digits;
    }
}
