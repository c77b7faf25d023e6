package org.superstep.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.superstep.checkpoint.CheckpointFolder;
import org.superstep.checkpoint.SavedPartition;
import org.superstep.checkpoint.Segment;
import org.superstep.checkpoint.SegmentOutput;
import org.superstep.graph.Direction;
import org.superstep.graph.Program;
import org.superstep.net.ToMaster;
import org.superstep.net.ToWorker;
import org.superstep.net.Transport;

/**
 * Saves a worker's partitions. What the next superstep changes is copied by all compute threads, into buffers that stay from checkpoint to
 * checkpoint; the rest is done by a thread of its own while supersteps go on. Vertices and lists are written where they stand: nobody
 * changes them but a change of the graph, which waits for {@link #releaseTopology}.
 */
final class CheckpointWriter implements AutoCloseable {
    /** How long closing waits for a write that is under way; an answer that comes later is not given. */
    private static final long CLOSE_SECONDS = 2;

    private final int worker;
    private final CheckpointFolder folder;
    private final Crew crew;
    private final Transport transport;
    private final Program program;
    private final Direction columned;
    /** By place of the partition. */
    private FrameWriter[] states = {};
    /** By place of the partition, then output: how many runs of records some checkpoint holds. */
    private int[][] savedRuns = {};
    private volatile Pass last = new Pass();
    /** What was written for the last checkpoint; used by the thread that writes. */
    private List<Path> lastFiles = List.of();
    /** Made on first use; guarded by this. */
    private ExecutorService thread;
    private volatile boolean isClosed;

    /** How far a checkpoint has been written. */
    private static final class Pass {
        final CountDownLatch topology = new CountDownLatch(1);
        final CountDownLatch all = new CountDownLatch(1);
    }

    /** What is to be written of one partition beside its state. */
    private record Part(Partition partition, int number, long vertices, long edges, long neededBytes, List<RecordsSegment.Entry> records,
            boolean withTopology, long[][] edgeColumns) {
    }

    /** The job must have a folder for checkpoints. */
    CheckpointWriter(int worker, WorkerJob job, Crew crew, Transport transport) {
        this.worker = worker;
        this.crew = crew;
        this.transport = transport;
        folder = job.checkpoints().orElseThrow();
        program = job.program();
        columned = program.declarations().edgeColumns().isEmpty() ? null : job.plan().outEdges();
        last.topology.countDown();
        last.all.countDown();
    }

    /** Takes note that the checkpoint before this superstep holds the partitions' lists, and what was emitted before it. */
    void areSaved(Partition[] partitions, int superstep) {
        savedRuns = new int[partitions.length][];
        for (int place = 0; place < partitions.length; place++) {
            partitions[place].isSaved = true;
            savedRuns[place] = Arrays.stream(partitions[place].records).mapToInt(
                records -> (int) records.runs().stream().takeWhile(run -> run.superstep() < superstep).count()).toArray();
        }
    }

    /**
     * Copies what is to be saved, and returns; the master is told when it is on disk, or that it cannot be. Where the checkpoint before is
     * still being written, that is waited for.
     *
     * @param board where what was said stands
     */
    void save(ToWorker.Checkpoint command, LocalGraph graph, Board board) {
        await(last.all);
        long begun = System.nanoTime();
        Partition[] partitions = graph.partitions;
        if (states.length != partitions.length) {
            states = new FrameWriter[partitions.length];
            Arrays.setAll(states, place -> new FrameWriter(0));
        }
        if (command.isWhole() || savedRuns.length != partitions.length) {
            savedRuns = new int[partitions.length][];
            Arrays.setAll(savedRuns, place -> new int[partitions[place].records.length]);
        }
        copyStates(command, graph, board);
        var parts = new ArrayList<Part>();
        for (int place = 0; place < partitions.length; place++) {
            Partition partition = partitions[place];
            boolean withTopology = command.isWhole() || !partition.isSaved;
            parts.add(new Part(partition, partition.number, partition.size, partition.edges(), TopologySegment.neededBytes(partition),
                RecordsSegment.since(partition.records, savedRuns[place]), withTopology, withTopology ? edgeColumns(partition) : null));
            partition.isSaved = true;
        }
        long copyNanos = System.nanoTime() - begun;
        var pass = new Pass();
        last = pass;
        thread().execute(() -> {
            try {
                tell(written(command, parts, graph, pass, copyNanos));
            } finally {
                pass.topology.countDown();
                pass.all.countDown();
            }
        });
    }

    /** A copy of what edges have held from the beginning, which the next superstep may set; null where it is the state that holds it. */
    private long[][] edgeColumns(Partition partition) {
        return columned == null || partition.hasSetEdges ? null
            : Arrays.stream(partition.hearing(columned).columns).map(long[]::clone).toArray(long[][]::new);
    }

    private void copyStates(ToWorker.Checkpoint command, LocalGraph graph, Board board) {
        PendingSends sends = command.delivered() ? null : PendingSends.of(graph, crew);
        crew.run(graph.partitions.length, (place, lane) -> {
            states[place].clear();
            Partition partition = graph.partitions[place];
            Adjacency lists = partition.hasSetEdges ? partition.hearing(columned) : null;
            try {
                StateSegment.write(graph, place, program.declarations().columns(), lists, board, sends, states[place]);
            } catch (Throwable t) {
                throw ProgramException.saving(program, command.superstep(), t);
            }
        });
    }

    private synchronized ExecutorService thread() {
        if (isClosed) {
            throw new IllegalStateException("the worker has ended");
        }
        if (thread == null) {
            thread = Executors.newSingleThreadExecutor(task -> {
                var writer = new Thread(task, "superstep-checkpoint-" + worker);
                writer.setDaemon(true);
                return writer;
            });
        }
        return thread;
    }

    private void tell(ToMaster answer) {
        if (!isClosed) {
            transport.toMaster(answer);
        }
    }

    private ToMaster written(ToWorker.Checkpoint command, List<Part> parts, LocalGraph graph, Pass pass, long copyNanos) {
        long begun = System.nanoTime();
        String stem = command.stem() + "-w" + worker;
        var begunFiles = new ArrayList<Path>();
        if (command.isWhole()) {
            // The one before has not come to be, and the disk may be full of what this worker has written for it.
            lastFiles.forEach(CheckpointWriter::delete);
        }
        lastFiles = begunFiles;
        try {
            var topology = new Segment[parts.size()];
            if (parts.stream().anyMatch(Part::withTopology)) {
                long[] idOfSlot = graph.idOfSlot();
                try (SegmentOutput out = created(stem + ".topology", begunFiles)) {
                    for (int i = 0; i < topology.length; i++) {
                        if (parts.get(i).withTopology) {
                            out.begin();
                            TopologySegment.write(parts.get(i).partition, idOfSlot, parts.get(i).edgeColumns, out);
                            topology[i] = out.end();
                        }
                    }
                    out.sync();
                }
            }
            pass.topology.countDown();
            var records = new Segment[parts.size()];
            if (parts.stream().anyMatch(part -> !part.records.isEmpty())) {
                try (SegmentOutput out = created(stem + ".records", begunFiles)) {
                    for (int i = 0; i < records.length; i++) {
                        if (!parts.get(i).records.isEmpty()) {
                            out.begin();
                            RecordsSegment.write(parts.get(i).records, out);
                            records[i] = out.end();
                        }
                    }
                    out.sync();
                }
            }
            var saved = new ArrayList<SavedPartition>();
            if (!parts.isEmpty()) {
                try (SegmentOutput out = created(stem + ".state", begunFiles)) {
                    for (int i = 0; i < records.length; i++) {
                        Part part = parts.get(i);
                        out.begin();
                        out.write(states[i].content());
                        saved.add(new SavedPartition(part.number, part.vertices, part.edges, part.neededBytes, topology[i], out.end(),
                            records[i]));
                    }
                    out.sync();
                }
            }
            return new ToMaster.Checkpointed(worker, command.superstep(), saved, copyNanos, System.nanoTime() - begun);
        } catch (Throwable t) {
            // Whatever it is: the job can go on without this checkpoint, and whoever awaits an answer must get one.
            begunFiles.forEach(CheckpointWriter::delete);
            return new ToMaster.NotCheckpointed(worker, command.superstep(), reason(t));
        }
    }

    private SegmentOutput created(String name, List<Path> begunFiles) throws IOException {
        if (isClosed) {
            throw new IOException("the worker has ended");
        }
        Path file = folder.file(name);
        var out = new SegmentOutput(file);
        begunFiles.add(file);
        return out;
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // Nothing names it, and whoever prunes the folder deletes it.
            return;
        }
    }

    /** What has gone wrong with a checkpoint, in one line. */
    static String reason(Throwable t) {
        return t.getMessage() == null ? t.toString() : t.getMessage().lines().findFirst().orElse(t.toString());
    }

    /** Waits until nobody reads the vertices and lists of the graph as it is; to be called before they change. */
    void releaseTopology() {
        await(last.topology);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a checkpoint is written", e);
        }
    }

    /** Breaks off what is being written, and tells nobody. Any thread may call. */
    @Override public void close() {
        ExecutorService writing;
        synchronized (this) {
            isClosed = true;
            writing = thread;
        }
        if (writing != null) {
            writing.shutdownNow();
            // What has not begun never will, and nobody may wait for it.
            last.topology.countDown();
            last.all.countDown();
            try {
                writing.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
