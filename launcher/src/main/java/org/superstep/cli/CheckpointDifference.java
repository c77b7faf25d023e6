package org.superstep.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.superstep.checkpoint.CheckpointFolder;
import org.superstep.checkpoint.Manifest;
import org.superstep.checkpoint.Segment;
import org.superstep.graph.Column;
import org.superstep.graph.Program;
import org.superstep.worker.SavedVertices;

/** What has changed from one checkpoint to another. Only partitions whose checksums differ are read. */
final class CheckpointDifference {
    /** Of so many changes the values are shown. */
    private static final int MOST_SHOWN = 10;

    private final CheckpointFolder folder;
    private final Program program;
    private final Manifest before;
    private final Manifest after;
    private final List<Column> columns;
    private final long[] changed;
    private final List<Change> shown = new ArrayList<>();
    private int states;
    private int topologies;
    private long appeared;
    private long disappeared;
    private long woken;
    private long asleep;

    /** A value that is not the same any more. */
    private record Change(long vertex, String column, String before, String after) {
    }

    /** Finds out; the two must have the same partitions. */
    CheckpointDifference(CheckpointFolder folder, Program program, Manifest before, Manifest after) throws IOException {
        this.folder = folder;
        this.program = program;
        this.before = before;
        this.after = after;
        columns = program.declarations().columns();
        changed = new long[columns.size()];
        if (!Arrays.equals(before.firsts(), after.firsts())) {
            throw new UsageException("the checkpoints of supersteps " + before.superstep() + " and " + after.superstep() + " have different"
                + " partitions, because the job began anew in between: they cannot be compared");
        }
        for (int partition = 0; partition < before.partitions().size(); partition++) {
            Manifest.Entry old = before.partitions().get(partition);
            Manifest.Entry now = after.partitions().get(partition);
            boolean isTopologyOther = isOther(old.topology(), now.topology());
            topologies += isTopologyOther ? 1 : 0;
            states += isOther(old.state(), now.state()) ? 1 : 0;
            if (isTopologyOther || isOther(old.state(), now.state())) {
                compare(partition);
            }
        }
    }

    private static boolean isOther(Segment one, Segment two) {
        return one.checksum() != two.checksum() || one.bytes() != two.bytes();
    }

    private void compare(int partition) throws IOException {
        var old = new SavedVertices(folder, before, partition, program);
        var now = new SavedVertices(folder, after, partition, program);
        int i = 0;
        int j = 0;
        while (i < old.ids().length || j < now.ids().length) {
            if (j == now.ids().length || i < old.ids().length && old.ids()[i] < now.ids()[j]) {
                disappeared++;
                i++;
            } else if (i == old.ids().length || old.ids()[i] > now.ids()[j]) {
                appeared++;
                j++;
            } else {
                compare(old, i++, now, j++);
            }
        }
    }

    private void compare(SavedVertices old, int i, SavedVertices now, int j) {
        woken += !old.isAwake(i) && now.isAwake(j) ? 1 : 0;
        asleep += old.isAwake(i) && !now.isAwake(j) ? 1 : 0;
        for (int c = 0; c < changed.length; c++) {
            if (!old.isEqual(i, now, j, columns.get(c))) {
                changed[c]++;
                if (shown.size() < MOST_SHOWN) {
                    shown.add(new Change(old.ids()[i], columns.get(c).name(), old.text(i, columns.get(c)), now.text(j, columns.get(c))));
                }
            }
        }
    }

    @Override public String toString() {
        int partitions = before.partitions().size();
        var text = new StringBuilder("from superstep " + before.superstep() + " to " + after.superstep() + ": the state of "
            + Figures.count(states) + " of " + Figures.counted(partitions, "partition", "partitions") + " differs, and the topology of "
            + Figures.count(topologies) + "\n");
        if (appeared + disappeared > 0) {
            text.append(Figures.counted(appeared, "vertex has", "vertices have")).append(" come, ").append(Figures.count(disappeared))
                .append(" gone\n");
        }
        if (woken + asleep > 0) {
            text.append(Figures.counted(woken, "vertex has", "vertices have")).append(" woken up, ").append(Figures.count(asleep))
                .append(" fallen asleep\n");
        }
        for (int c = 0; c < changed.length; c++) {
            text.append(columns.get(c).name()).append(" has changed at ").append(Figures.counted(changed[c], "vertex", "vertices"))
                .append('\n');
        }
        if (!shown.isEmpty()) {
            text.append('\n').append(new TextTable()
                .column("vertex", shown.stream().map(change -> Long.toString(change.vertex)).toArray(String[]::new))
                .text("column", shown.stream().map(Change::column).toArray(String[]::new))
                .column(Integer.toString(before.superstep()), shown.stream().map(Change::before).toArray(String[]::new))
                .column(Integer.toString(after.superstep()), shown.stream().map(Change::after).toArray(String[]::new)));
        }
        return text.toString();
    }
}
