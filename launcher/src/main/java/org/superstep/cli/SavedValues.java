package org.superstep.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.superstep.checkpoint.CheckpointFolder;
import org.superstep.checkpoint.Manifest;
import org.superstep.graph.Column;
import org.superstep.graph.Program;
import org.superstep.worker.SavedVertices;

/** What some vertices hold in a checkpoint. */
final class SavedValues {
    private final List<Column> columns;
    private final List<Found> found = new ArrayList<>();

    /** A vertex, where it is, and those among which it is one. */
    private record Found(long id, int partition, SavedVertices vertices, int index) {
    }

    /** Looks for these vertices, each of which must be there. */
    SavedValues(CheckpointFolder folder, Manifest manifest, Program program, long[] ids) throws IOException {
        columns = program.declarations().columns();
        long[] firsts = manifest.firsts();
        for (long id : Arrays.stream(ids).sorted().distinct().toArray()) {
            int partition = (int) Arrays.stream(firsts).filter(first -> first <= id).count();
            Found last = found.isEmpty() ? null : found.get(found.size() - 1);
            var vertices = last != null && last.partition == partition ? last.vertices
                : new SavedVertices(folder, manifest, partition, program);
            int index = vertices.indexOf(id);
            if (index < 0) {
                throw new UsageException("--vertex " + id + ": there is no such vertex before superstep " + manifest.superstep());
            }
            found.add(new Found(id, partition, vertices, index));
        }
    }

    @Override public String toString() {
        boolean isDelivered = found.get(0).vertices.isDelivered();
        var table = new TextTable()
            .column("vertex", cells(one -> Long.toString(one.id)))
            .column("partition", cells(one -> Integer.toString(one.partition)))
            .column("out-edges", cells(one -> Figures.count(one.vertices.outDegree(one.index))))
            .column("in-edges", cells(one -> Figures.count(one.vertices.inDegree(one.index))))
            .text("is", cells(one -> one.vertices.hasHaltedForGood(one.index) ? "halted for good"
                : one.vertices.isAwake(one.index) ? "awake" : "asleep"));
        if (!isDelivered) {
            table.text("has broadcast", cells(one -> one.vertices.hasSpoken(one.index) ? "yes" : "no"));
        }
        table.column(isDelivered ? "hears" : "was sent", cells(one -> Figures.count(one.vertices.messages(one.index))));
        for (Column column : columns) {
            table.column(column.name(), cells(one -> one.vertices.text(one.index, column)));
        }
        return table.toString();
    }

    private String[] cells(Function<Found, String> cell) {
        return found.stream().map(cell).toArray(String[]::new);
    }
}
