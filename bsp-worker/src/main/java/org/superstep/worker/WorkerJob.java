package org.superstep.worker;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.superstep.checkpoint.CheckpointFolder;
import org.superstep.graph.Program;
import org.superstep.graph.RecordOutput;
import org.superstep.graph.io.EdgeReader;
import org.superstep.graph.io.EdgeSource;
import org.superstep.graph.io.RowFormat;
import org.superstep.graph.io.VertexSource;

/**
 * What a worker has to know of its job before the first command.
 *
 * @param program the program, frozen
 * @param source where the edges come from
 * @param vertices where first values and isolated vertices come from, if anywhere
 * @param plan how they are read, and into which structures
 * @param seed what {@code v.random()} is keyed by
 * @param output where this worker writes its part, {@link org.superstep.graph.io.PartFile#ofRun run by run}; empty: nowhere
 * @param format how the rows look; present where {@code output} is
 * @param records where this worker writes its parts of which outputs of records
 * @param summaryRows how many rows the table has that is made of the program's summary; 0: none is made
 * @param heapBytes how much of the heap is this worker's
 * @param roundTrips whether every object message goes through its codec, also where nothing asks for its bytes
 * @param trace which vertices tell what they do, if any
 * @param checkpoints where the job is saved, if it is
 * @param log where the worker keeps what its partitions say, so that lost ones can be computed again by themselves; empty: it does not
 * @param disturbance what harms the worker
 * @param listener hears how reading comes along
 */
public record WorkerJob(Program program, EdgeSource source, Optional<VertexSource> vertices, LoadPlan plan, long seed,
        Optional<Path> output, Optional<RowFormat> format, List<RecordPart> records, int summaryRows, long heapBytes, boolean roundTrips,
        Optional<TracePlan> trace, Optional<CheckpointFolder> checkpoints, Optional<LogPlan> log, Disturbance disturbance,
        ReadListener listener) {

    /** A job that writes no records, makes no table, traces nothing, is not saved and is left in peace. */
    public WorkerJob(Program program, EdgeSource source, Optional<VertexSource> vertices, LoadPlan plan, long seed, Optional<Path> output,
            Optional<RowFormat> format, long heapBytes, boolean roundTrips, ReadListener listener) {
        this(program, source, vertices, plan, seed, output, format, List.of(), 0, heapBytes, roundTrips, Optional.empty(),
            Optional.empty(), Optional.empty(), Disturbance.NONE, listener);
    }

    /**
     * Where a worker's part of an output of records goes.
     *
     * @param output one of the program's
     * @param file the part; with the format's header where the worker is the only one, because those of several are not joined by worker
     * @param format how records look
     */
    public record RecordPart(RecordOutput output, Path file, RowFormat format) {
    }

    /**
     * Hears how a worker's reading comes along. {@link #advanced} is called between pieces of the input, by every compute thread: by the
     * one that runs the worker, this is a time to hand it what other workers have said meanwhile, so that it need not be kept elsewhere.
     */
    public interface ReadListener extends EdgeReader.ReadProgress {
        /** The share has been opened: what was decided about it, and its size in bytes as stored. */
        void opened(String description, long bytes);
    }
}
