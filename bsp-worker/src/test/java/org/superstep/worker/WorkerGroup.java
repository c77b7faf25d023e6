package org.superstep.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.superstep.checkpoint.CheckpointFolder;
import org.superstep.graph.LongColumn;
import org.superstep.graph.Program;
import org.superstep.graph.io.EdgeSource;
import org.superstep.graph.io.RowFormat;
import org.superstep.graph.io.VertexSource;
import org.superstep.net.Delivery;
import org.superstep.net.Placement;
import org.superstep.net.ToMaster;
import org.superstep.net.ToPeer;
import org.superstep.net.ToWorker;

/**
 * Several workers, all on one thread: a seed says whose next message is handled, and from whom. Plays the master as far as counts go.
 */
final class WorkerGroup implements AutoCloseable {
    final PairwiseTransport transport;
    final Worker[] workers;
    private final SplittableRandom order;
    private final Program program;
    private List<ToMaster.Loaded> loaded = List.of();
    private long messages;
    private long awake;
    private long sends;
    private long changes;
    private boolean delivered;

    WorkerGroup(Program program, EdgeSource source, LoadPlan plan, int workers, int threads, long orderSeed) {
        this(program, source, plan, workers, threads, orderSeed, Optional.empty(), Optional.empty());
    }

    WorkerGroup(Program program, EdgeSource source, LoadPlan plan, int workers, int threads, long orderSeed, Optional<Path> folder,
            Optional<RowFormat> format) {
        this(program, workers, threads, orderSeed, i -> new WorkerJob(program, source, Optional.empty(), plan, 1,
            folder.map(path -> path.resolve("part" + i)), format, Long.MAX_VALUE, false, new SilentListener()));
    }

    private WorkerGroup(Program program, int workers, int threads, long orderSeed, IntFunction<WorkerJob> jobs) {
        this(program, workers, threads, orderSeed, jobs, List.of());
    }

    private WorkerGroup(Program program, int workers, int threads, long orderSeed, IntFunction<WorkerJob> jobs, List<Remains> remains) {
        this.program = program;
        transport = new PairwiseTransport(workers, orderSeed);
        order = new SplittableRandom(orderSeed);
        this.workers = IntStream.range(0, workers).mapToObj(i -> new Worker(i, workers, threads, jobs.apply(i), transport,
            i < remains.size() ? Optional.of(remains.get(i)) : Optional.empty())).toArray(Worker[]::new);
    }

    /** Workers whose job is saved in this folder. */
    static WorkerGroup saved(Program program, EdgeSource source, Optional<VertexSource> vertices, LoadPlan plan, int workers, int threads,
            long orderSeed, CheckpointFolder folder, Disturbance disturbance) {
        return new WorkerGroup(program, workers, threads, orderSeed, i -> new WorkerJob(program, source, vertices, plan, 1,
            Optional.empty(), Optional.empty(), List.of(), 0, Long.MAX_VALUE, false, Optional.empty(), Optional.of(folder),
            Optional.empty(), disturbance, new SilentListener()));
    }

    /** Workers whose job is saved and logged; the first ones go on with what remains of others. */
    static WorkerGroup logged(Program program, EdgeSource source, LoadPlan plan, int workers, int threads, long orderSeed,
            CheckpointFolder folder, LogPlan log, List<Remains> remains) {
        return new WorkerGroup(program, workers, threads, orderSeed, i -> new WorkerJob(program, source, Optional.empty(), plan, 1,
            Optional.empty(), Optional.empty(), List.of(), 0, Long.MAX_VALUE, false, Optional.empty(), Optional.of(folder),
            Optional.of(log), Disturbance.NONE, new SilentListener()), remains);
    }

    private static final class SilentListener implements WorkerJob.ReadListener {
        @Override public void opened(String description, long bytes) {
        }

        @Override public void advanced(long bytes, long edges) {
        }
    }

    /** Gives every worker a command and lets all of them go on until no message is left; returns the answers by worker. */
    List<ToMaster> tell(ToWorker command) {
        for (int worker = 0; worker < workers.length; worker++) {
            transport.toWorker(worker, command);
        }
        settle();
        return answers();
    }

    /** Lets the workers handle messages, in turns as the seed says, until none is left. */
    void settle() {
        var left = new ArrayList<>(IntStream.range(0, workers.length).boxed().toList());
        while (!left.isEmpty()) {
            int place = order.nextInt(left.size());
            if (handleOne(left.get(place))) {
                left = new ArrayList<>(IntStream.range(0, workers.length).boxed().toList());
            } else {
                left.remove(place);
            }
        }
    }

    /** Lets a worker handle its next message; false: there is none. */
    boolean handleOne(int worker) {
        Object message = transport.pollForWorker(worker);
        if (message instanceof ToWorker command) {
            workers[worker].on(command);
        } else if (message instanceof ToPeer data) {
            workers[worker].on(data);
        }
        return message != null;
    }

    List<ToMaster> answers() {
        List<ToMaster> answers = transport.takeForMaster();
        answers.sort(Comparator.comparingInt(ToMaster::worker));
        return answers;
    }

    List<ToMaster.Loaded> load(Placement placement, long... wanted) {
        assertThat(tell(new ToWorker.Sample())).hasSize(workers.length).allMatch(ToMaster.Sampled.class::isInstance);
        List<ToMaster> answers = tell(new ToWorker.Load(placement, wanted));
        assertThat(answers).hasSize(workers.length).allMatch(ToMaster.Loaded.class::isInstance);
        loaded = answers.stream().map(ToMaster.Loaded.class::cast).toList();
        awake = loaded.stream().mapToLong(ToMaster.Loaded::vertices).sum();
        return loaded;
    }

    /** The command for a superstep, given what was said and who is awake. */
    ToWorker.RunSuperstep command(int superstep, int phase, int spokenPhase, Delivery delivery, boolean wakeAll) {
        long everyone = loaded.stream().mapToLong(answer -> answer.hearings()[spokenPhase]).sum();
        return new ToWorker.RunSuperstep(superstep, phase, 0, spokenPhase, delivery, messages, delivered,
            messages - sends == everyone, sends > 0, awake, wakeAll,
            loaded.stream().mapToLong(ToMaster.Loaded::vertices).sum(), loaded.stream().mapToLong(ToMaster.Loaded::edges).sum(),
            new long[program.declarations().aggregators().size()], new long[program.declarations().globals().size()]);
    }

    List<ToMaster.SuperstepDone> run(int superstep, int phase, int spokenPhase, Delivery delivery, boolean wakeAll) {
        return done(tell(command(superstep, phase, spokenPhase, delivery, wakeAll)));
    }

    List<ToMaster.SuperstepDone> run(int superstep, Delivery delivery) {
        return run(superstep, 0, 0, delivery, false);
    }

    /** Takes the answers to a superstep. */
    List<ToMaster.SuperstepDone> done(List<ToMaster> answers) {
        assertThat(answers).hasSize(workers.length).allMatch(ToMaster.SuperstepDone.class::isInstance);
        List<ToMaster.SuperstepDone> done = answers.stream().map(ToMaster.SuperstepDone.class::cast).toList();
        messages = done.stream().mapToLong(ToMaster.SuperstepDone::messages).sum();
        sends = done.stream().mapToLong(ToMaster.SuperstepDone::sends).sum();
        awake = done.stream().mapToLong(ToMaster.SuperstepDone::awake).sum();
        changes = done.stream().mapToLong(ToMaster.SuperstepDone::changes).sum();
        delivered = false;
        return done;
    }

    /** How many changes of the graph were asked for in the superstep that was run last. */
    long changes() {
        return changes;
    }

    /** Delivers what was said in the superstep that was run last, and changes the graph. */
    List<ToMaster.GraphChanged> change(int superstep, int spokenPhase, Delivery delivery) {
        ToWorker.RunSuperstep next = command(superstep + 1, spokenPhase, spokenPhase, delivery, false);
        List<ToMaster> answers = tell(new ToWorker.ChangeGraph(superstep, spokenPhase, delivery, messages, next.everyoneSpoke(),
            next.hasSends(), next.vertices(), next.edges()));
        assertThat(answers).hasSize(workers.length).allMatch(ToMaster.GraphChanged.class::isInstance);
        List<ToMaster.GraphChanged> changed = answers.stream().map(ToMaster.GraphChanged.class::cast).toList();
        loaded = changed.stream()
            .map(answer -> new ToMaster.Loaded(answer.worker(), answer.vertices(), answer.edges(), 0, answer.hearings(),
                new boolean[0])).toList();
        awake = changed.stream().mapToLong(ToMaster.GraphChanged::awake).sum();
        delivered = true;
        return changed;
    }

    /** Has all workers save what they have; returns what they answer once that is on disk, by worker. */
    List<ToMaster> save(int superstep, String stem, boolean isWhole) {
        List<ToMaster> answers = new ArrayList<>(tell(new ToWorker.Checkpoint(superstep, 0, delivered, stem, isWhole)));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (answers.size() < workers.length && System.nanoTime() < deadline) {
            answers.addAll(answers());
            Thread.onSpinWait();
        }
        assertThat(answers).as("answers within 30 s").hasSize(workers.length);
        answers.sort(Comparator.comparingInt(ToMaster::worker));
        return answers;
    }

    /** Has workers that know nothing go on where others were, who have answered to all that was said. */
    List<ToMaster.Restored> restore(String manifest, Placement placement, WorkerGroup before) {
        List<ToMaster> answers = tell(new ToWorker.Restore(manifest, placement, OptionalInt.empty()));
        assertThat(answers).hasSize(workers.length).allMatch(ToMaster.Restored.class::isInstance);
        List<ToMaster.Restored> restored = answers.stream().map(ToMaster.Restored.class::cast).toList();
        loaded = restored.stream().map(answer -> new ToMaster.Loaded(answer.worker(), answer.vertices(), answer.edges(), answer.mirrors(),
            answer.hearings(), new boolean[0])).toList();
        messages = before.messages;
        sends = before.sends;
        awake = before.awake;
        delivered = before.delivered;
        return restored;
    }

    /** A column of all workers by vertex id. */
    TreeMap<Long, Long> values(LongColumn column) {
        return values((rows, partition) -> (long[]) rows.values(partition, column));
    }

    /** A value of all workers' vertices by id. */
    TreeMap<Long, Long> values(BiFunction<Rows, Integer, long[]> column) {
        var values = new TreeMap<Long, Long>();
        for (Worker worker : workers) {
            Rows rows = worker.rows();
            for (int partition = 0; partition < rows.partitions(); partition++) {
                long[] ids = rows.ids(partition);
                for (int i = 0; i < ids.length; i++) {
                    values.put(ids[i], column.apply(rows, partition)[i]);
                }
            }
        }
        return values;
    }

    @Override public void close() {
        for (Worker worker : workers) {
            worker.close();
        }
    }
}
