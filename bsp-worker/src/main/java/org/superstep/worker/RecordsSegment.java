package org.superstep.worker;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.superstep.checkpoint.SegmentInput;
import org.superstep.checkpoint.SegmentOutput;
import org.superstep.graph.RecordOutput;
import org.superstep.graph.internal.RecordList;

/**
 * What a checkpoint holds of the records that one partition's vertices have emitted since the checkpoint before; little-endian.
 *
 * <pre>
 *   offset  bytes  field
 *        0      4  runs r; of each:
 *        0      4  number of the output that it goes to
 *        4      4  superstep
 *        8      4  records
 *       12      4  bytes b
 *       16      b  values, as {@link RecordList} draws them
 * </pre>
 */
final class RecordsSegment {
    /** A run and the output that it goes to. */
    record Entry(int output, RecordList.Run run) {
    }

    private RecordsSegment() {
    }

    /**
     * What a partition has emitted since.
     *
     * @param saved by output, how many runs are saved; set to how many there are
     */
    static List<Entry> since(RecordList[] records, int[] saved) {
        var entries = new ArrayList<Entry>();
        for (int output = 0; output < records.length; output++) {
            List<RecordList.Run> runs = records[output].runs();
            for (RecordList.Run run : runs.subList(saved[output], runs.size())) {
                entries.add(new Entry(output, run));
            }
            saved[output] = runs.size();
        }
        return entries;
    }

    static void write(List<Entry> entries, SegmentOutput out) throws IOException {
        var block = new BlockWriter(out);
        block.putInt(entries.size());
        for (Entry entry : entries) {
            block.putInt(entry.output);
            block.putInt(entry.run.superstep());
            block.putInt(entry.run.count());
            block.putInt(entry.run.bytes().length);
            block.putBytes(entry.run.bytes());
        }
        block.flush();
    }

    /** Appends what the segment holds to the lists of these outputs. */
    static void read(SegmentInput in, List<RecordOutput> outputs, RecordList[] records) throws IOException {
        var block = new BlockReader(in);
        for (int left = block.getInt(); left > 0; left--) {
            int output = block.getInt();
            int superstep = block.getInt();
            int count = block.getInt();
            byte[] values = block.getBytes(block.getInt());
            records[output].add(new RecordList.Run(superstep, count, outputs.get(output).fields().size(), values));
        }
    }
}
