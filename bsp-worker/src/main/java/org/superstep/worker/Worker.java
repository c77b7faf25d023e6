package org.superstep.worker;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.IntFunction;
import org.superstep.checkpoint.CheckpointFolder;
import org.superstep.checkpoint.Manifest;
import org.superstep.graph.Program;
import org.superstep.graph.internal.SendList;
import org.superstep.graph.internal.SharedObjects;
import org.superstep.net.ToMaster;
import org.superstep.net.ToPeer;
import org.superstep.net.ToWorker;
import org.superstep.net.Transport;

/**
 * One worker of a job: takes the master's commands and the other workers' messages, one at a time, and answers through the transport. The
 * thread that calls {@link #on} is the first of its compute threads. Between the pieces of its share that it reads it calls the job's
 * {@link WorkerJob.ReadListener}, which may hand over what has come from other workers meanwhile.
 *
 * <pre>
 *   state     message             what happens                                             next
 *   NEW       Sample              open the share, answer Sampled                           SAMPLED
 *   SAMPLED   Load                make what is shared, read, ship Vertices, Arcs, ArcsEnd  READING
 *   READING   Vertices            to the builder, also while the own share is read         READING
 *   READING   Arcs                into the bins, also while the own share is read          READING
 *   READING   Hears               noted: a peer may have all its arcs first                READING
 *   READING   last ArcsEnd        sort, ship Hears to every peer                           SORTED
 *   SORTED    last Hears          build partitions, answer Loaded                          READY
 *   READY     RunSuperstep        deliver, compute, ship outboxes, then OutboxesEnd        WAITING
 *   WAITING   Outbox              gathered, decoded with others                            WAITING
 *   WAITING   OutboxesEnd         noted: it names how many outboxes there are              WAITING
 *   WAITING   last of both        answer SuperstepDone, after Traced if there is any       READY
 *   READY     ChangeGraph         deliver, resolve, ship ChangedArcs to every peer         CHANGING
 *   CHANGING  ChangedArcs         noted                                                    CHANGING
 *   CHANGING  Hears               noted: a peer may have all changed arcs first            CHANGING
 *   CHANGING  last ChangedArcs    bring lists up to date, ship Hears to every peer         CHANGED
 *   CHANGED   last Hears          put the graph together, answer GraphChanged              READY
 *   READY     Checkpoint          copy; once it is written, (Not)Checkpointed is told      READY
 *   READY     Write               close what is shared, write, answer Written              READY
 *   NEW       Restore             read own partitions, ship Hears to every peer            RESTORING
 *   NEW       Restore             read in vain: answer NotRestored                         FAILED
 *   RESTORING last Hears          build partitions, ship what they said                    RESUMING
 *   RESTORING last Hears          of a checkpoint before superstep 0: answer Restored      READY
 *   RESUMING  Outbox              gathered, decoded with others                            RESUMING
 *   RESUMING  OutboxesEnd         noted                                                    RESUMING
 *   RESUMING  last of both        answer Restored                                          READY
 *   NEW       Recall              answer Kept                                              NEW
 *   NEW       Restore, confined   as Restore, of those partitions that have not been kept;
 *                                 what others said stands in the log                       RESTORING
 *   any       Saved               what nobody will ask for goes from the log               same
 *   any       the log in vain     answer NotReplayed                                       FAILED
 *   any       a message too early is kept until its state comes (a peer may be ahead by one step)
 *   any       a failure           answer Failed                                            FAILED
 *   FAILED    anything            ignored
 * </pre>
 *
 * <p>After a confined Restore, RunSuperstep lets only the partitions compute that were restored, up to the superstep that the kept ones
 * have computed; those say once more what they said.
 */
public final class Worker implements AutoCloseable {
    private enum State { NEW, SAMPLED, READING, SORTED, READY, WAITING, CHANGING, CHANGED, RESTORING, RESUMING, FAILED }

    private final int worker;
    private final int workers;
    private final WorkerJob job;
    private final Program program;
    private final Transport transport;
    private final Crew crew;
    private final Queue<ToPeer> early = new ArrayDeque<>();
    private final SharedObjects shared;
    private final EffortClock clock;

    private State state = State.NEW;
    /** Present where the graph comes from the input. */
    private volatile Intake intake;

    private LocalGraph graph;
    private Computation computation;
    /** The superstep that runs, or was run last; of a worker that starts anew, the one before the first. */
    private int superstep = -1;
    private Outboxes outboxes;
    private Arrivals arrivals;

    private ToWorker.ChangeGraph changing;
    private GraphChange change;
    /** What was said to vertices that do not exist, while it is decided whether they come. */
    private SendList held;
    /** By worker, its vertices that this one names. */
    private List<ToPeer.Hears> named;

    private Restoration restoration;
    /** What another worker's loss is not to take back. */
    private final Keeping keeping;
    /** Null where the job has no folder for checkpoints. */
    private final CheckpointWriter checkpoints;

    /** Worker number {@code worker} of {@code workers}, computing with so many threads. */
    public Worker(int worker, int workers, int threads, WorkerJob job, Transport transport) {
        this(worker, workers, threads, job, transport, Optional.empty());
    }

    /** The same, which owns from now on what has been kept of an attempt before, if anything has. */
    public Worker(int worker, int workers, int threads, WorkerJob job, Transport transport, Optional<Remains> remains) {
        this.worker = worker;
        this.workers = workers;
        this.job = job;
        this.transport = transport;
        program = job.program();
        keeping = new Keeping(worker, workers, job, remains);
        shared = new SharedObjects(program.declarations());
        clock = new EffortClock(workers);
        crew = new Crew("superstep-worker-" + worker, threads);
        checkpoints = job.checkpoints().isEmpty() ? null : new CheckpointWriter(worker, job, crew, transport);
    }

    /** The rows that the worker holds, once it has loaded; for reading columns in the same process. */
    public Rows rows() {
        return new Rows(graph.partitions);
    }

    /** Takes a command. */
    public void on(ToWorker command) {
        guarded(() -> {
            if (command instanceof ToWorker.Sample) {
                sample();
            } else if (command instanceof ToWorker.Load wanted) {
                load(wanted);
            } else if (command instanceof ToWorker.RunSuperstep superstep) {
                superstep(superstep);
            } else if (command instanceof ToWorker.ChangeGraph wanted) {
                change(wanted);
            } else if (command instanceof ToWorker.Checkpoint wanted) {
                checkpoint(wanted);
            } else if (command instanceof ToWorker.Restore wanted) {
                restore(wanted);
            } else if (command instanceof ToWorker.Recall) {
                transport.toMaster(keeping.told());
            } else if (command instanceof ToWorker.Saved saved) {
                keeping.saved(saved.superstep());
            } else if (command instanceof ToWorker.Write) {
                write();
            } else {
                throw new AssertionError("a command that no worker knows: " + command);
            }
            takeEarly();
        });
    }

    /** Takes what another worker says. */
    public void on(ToPeer message) {
        guarded(() -> {
            if (accepted(message)) {
                takeEarly();
            } else {
                early.add(message);
            }
        });
    }

    /** Handles what has been kept and whose time has come; one message may be what another has waited for. */
    private void takeEarly() {
        while (early.removeIf(this::accepted)) {
            continue;
        }
    }

    @FunctionalInterface
    private interface Action {
        void run() throws IOException;
    }

    private void guarded(Action action) {
        if (state == State.FAILED) {
            return;
        }
        try {
            action.run();
        } catch (LogException e) {
            state = State.FAILED;
            letGo();
            transport.toMaster(new ToMaster.NotReplayed(worker, e.getMessage()));
        } catch (Throwable t) {
            // Whatever it is, and user code throws what it likes: a worker that does not answer would hold the barrier for ever.
            state = State.FAILED;
            if (computation != null && !(t instanceof OutOfMemoryError)) {
                computation.traced(worker).ifPresent(transport::toMaster);
            }
            letGo();
            transport.toMaster(new ToMaster.Failed(worker, WorkerFault.of(program, t)));
        }
    }

    /** Lets go of the graph, for which nobody has any use now: where memory has run out, the message that says so needs some. */
    private void letGo() {
        early.clear();
        if (intake != null) {
            intake.letGo();
        }
        graph = null;
        computation = null;
        outboxes = null;
        arrivals = null;
        change = null;
        held = null;
        named = null;
        restoration = null;
        keeping.close();
    }

    /** Handles a message if its time has come. */
    private boolean accepted(ToPeer message) {
        if (message instanceof ToPeer.Arcs arcs && state == State.READING) {
            intake.add(arcs);
        } else if (message instanceof ToPeer.Vertices vertices && state == State.READING) {
            intake.add(vertices);
        } else if (message instanceof ToPeer.ArcsEnd && state == State.READING) {
            intake.endArcs();
            sortWhenAllRead();
        } else if (message instanceof ToPeer.Hears heard && (state == State.READING || state == State.SORTED)) {
            intake.add(heard);
            buildWhenAllSorted();
        } else if (message instanceof ToPeer.ChangedArcs arcs && state == State.CHANGING) {
            change.add(arcs);
            applyWhenAllResolved();
        } else if (message instanceof ToPeer.Hears named && (state == State.CHANGING || state == State.CHANGED)) {
            change.add(named);
            assembleWhenAllApplied();
        } else if (message instanceof ToPeer.Hears heard && state == State.RESTORING) {
            restoration.add(heard);
            resumeWhenAllRestored();
        } else if (message instanceof ToPeer.Outbox outbox && isExchanging() && outbox.superstep() == superstep) {
            arrivals.add(outbox);
            goOnWhenAllArrived();
        } else if (message instanceof ToPeer.OutboxesEnd end && isExchanging() && end.superstep() == superstep) {
            arrivals.add(end);
            goOnWhenAllArrived();
        } else {
            return false;
        }
        return true;
    }

    private boolean isExchanging() {
        return state == State.WAITING || state == State.RESUMING;
    }

    private void goOnWhenAllArrived() {
        if (state == State.WAITING) {
            reportWhenAllArrived();
        } else {
            readyWhenAllArrived();
        }
    }

    private void sample() throws IOException {
        keeping.begin(0);
        intake = new Intake(worker, workers, job, crew, transport);
        ToMaster.Sampled sampled = intake.sample();
        state = State.SAMPLED;
        transport.toMaster(sampled);
    }

    private void load(ToWorker.Load wanted) throws IOException {
        disturb(Disturbance.Moment.LOAD);
        shared.all();
        intake.begin(wanted);
        state = State.READING;
        // Before anything else is taken: an end of arcs that comes while the share is read must not overtake what came before.
        takeEarly();
        intake.read();
        if (state == State.READING) {
            // Else it has failed of what another worker has read.
            toEachPeer(peer -> new ToPeer.ArcsEnd(worker));
            sortWhenAllRead();
        }
    }

    private void sortWhenAllRead() {
        if (intake.hasAllArcs()) {
            intake.sort();
            state = State.SORTED;
            buildWhenAllSorted();
        }
    }

    private void buildWhenAllSorted() {
        if (intake.hasHeardFromAll()) {
            begin(intake.graph());
            computation.beginJob();
            state = State.READY;
            transport.toMaster(loaded());
        }
    }

    /** Makes all that computes on a graph. */
    private void begin(LocalGraph built) {
        graph = built;
        if (program.changesGraph()) {
            graph.takeChanges(program.weights());
        }
        connect();
        computation = firstComputation();
        computation.share(shared.all());
        keeping.logTo(computation);
    }

    /** The ways out of the graph as it is now, and into it. */
    private void connect() {
        outboxes = new Outboxes(worker, workers, program, graph, crew.threads(), transport);
        arrivals = new Arrivals(workers - 1, program, graph, crew);
    }

    private Computation firstComputation() {
        try {
            return new Computation(program, graph, job, crew);
        } catch (Throwable t) {
            throw ProgramException.preparing(program, t);
        }
    }

    private ToMaster.Loaded loaded() {
        return new ToMaster.Loaded(worker, ownedVertices(), ownedEdges(), graph.mirrorCount(), computation.hearings(),
            intake.found(graph));
    }

    /** Takes what the folder holds of the partitions; where it does not, the master may know of another checkpoint. */
    private void restore(ToWorker.Restore wanted) throws IOException {
        shared.all();
        CheckpointFolder folder = job.checkpoints().orElseThrow();
        try {
            Manifest manifest = folder.read(wanted.manifest());
            superstep = manifest.superstep() - 1;
            disturb(Disturbance.Moment.RECOVER);
            Optional<Remains> stay = keeping.restored(wanted.until());
            restoration = new Restoration(worker, workers, job, manifest, wanted.placement(), stay, crew);
            restoration.read(folder);
        } catch (IOException e) {
            state = State.FAILED;
            letGo();
            transport.toMaster(new ToMaster.NotRestored(worker, CheckpointWriter.reason(e)));
            return;
        }
        restoration.hear(transport);
        state = State.RESTORING;
        resumeWhenAllRestored();
    }

    /** What was said in the superstep before the checkpoint goes to those who hear it, as it did then. */
    private void resumeWhenAllRestored() {
        if (restoration.hasHeardFromAll()) {
            begin(restoration.graph());
            int phase = restoration.spokenPhase();
            Board board = computation.board(phase);
            keeping.resume(graph, computation, superstep, restoration.isDelivered(), board, crew);
            restoration.resume(graph, board);
            restoration = null;
            checkpoints.areSaved(graph.partitions, superstep + 1);
            if (superstep < 0) {
                // Nobody has said anything yet.
                restored();
                return;
            }
            arrivals.begin(superstep, phase, board);
            outboxes.begin(superstep, phase, board);
            crew.run(graph.partitions.length, (place, thread) -> {
                computation.keep(superstep, phase, place, thread);
                outboxes.ship(place, thread);
            });
            outboxes.end();
            state = State.RESUMING;
            readyWhenAllArrived();
        }
    }

    private void readyWhenAllArrived() {
        if (arrivals.areComplete()) {
            arrivals.decode();
            restored();
        }
    }

    private void restored() {
        state = State.READY;
        transport.toMaster(new ToMaster.Restored(worker, ownedVertices(), ownedEdges(), graph.mirrorCount(), computation.hearings()));
    }

    private void checkpoint(ToWorker.Checkpoint command) {
        requireReady("save its partitions");
        disturb(Disturbance.Moment.CHECKPOINT);
        checkpoints.save(command, graph, computation.board(command.spokenPhase()));
    }

    private void requireReady(String what) {
        if (state != State.READY) {
            throw new IllegalStateException("worker " + worker + " cannot " + what + " while it is " + state);
        }
    }

    /** Something is about to happen; between supersteps the one counts that comes next. */
    private void disturb(Disturbance.Moment moment) {
        boolean isWithin = moment == Disturbance.Moment.COMPUTE || moment == Disturbance.Moment.EXCHANGE
            || moment == Disturbance.Moment.BARRIER;
        job.disturbance().at(moment, isWithin ? superstep : superstep + 1);
    }

    /**
     * The protocol of a superstep: deliver what was said, compute, ship what is said, each partition's when that has computed; the report
     * follows when all has arrived.
     */
    private void superstep(ToWorker.RunSuperstep command) {
        superstep = command.superstep();
        clock.begun();
        disturb(Disturbance.Moment.COMPUTE);
        arrivals.begin(superstep, command.phase(), computation.board(command.phase()));
        outboxes.begin(superstep, command.phase(), computation.board(command.phase()));
        computation.run(command, outboxes);
        keeping.speak(superstep, computation.board(command.phase()), outboxes, crew);
        clock.computed();
        disturb(Disturbance.Moment.EXCHANGE);
        outboxes.end();
        clock.ended();
        state = State.WAITING;
        reportWhenAllArrived();
    }

    private void reportWhenAllArrived() {
        if (arrivals.areComplete()) {
            arrivals.decode();
            disturb(Disturbance.Moment.BARRIER);
            state = State.READY;
            keeping.report(superstep, computation, clock.effort(outboxes, arrivals), transport);
        }
    }

    /**
     * Another worker was lost: lets go of all but what another attempt can go on with. Nothing is to be called afterwards but
     * {@link #close}; not while {@link #on} runs.
     *
     * @return what that is, the caller's from now on; empty where there is nothing
     */
    public Optional<Remains> keep() {
        Optional<Remains> kept = keeping.kept(superstep, state == State.WAITING, state == State.READY, graph, computation);
        state = State.FAILED;
        letGo();
        return kept;
    }

    /** The protocol of a change: deliver what was said, decide on what was asked, tell those at the other ends, put the graph together. */
    private void change(ToWorker.ChangeGraph command) {
        changing = command;
        keeping.changed(superstep);
        if (checkpoints != null) {
            checkpoints.releaseTopology();
        }
        held = computation.deliver(command);
        change = new GraphChange(program, graph, job.plan(), worker, workers, crew);
        toEachPeer(change.resolve(held)::get);
        state = State.CHANGING;
        applyWhenAllResolved();
    }

    private void applyWhenAllResolved() {
        if (change.hasHeardAllArcs()) {
            named = change.apply();
            toEachPeer(named::get);
            state = State.CHANGED;
            assembleWhenAllApplied();
        }
    }

    private void assembleWhenAllApplied() {
        if (state == State.CHANGED && change.hasHeardFromAll()) {
            graph = change.changed(named);
            if (program.changesGraph()) {
                graph.takeChanges(program.weights());
            }
            connect();
            computation = computation.over(graph, change, changing.spokenPhase(), held);
            keeping.logTo(computation);
            change = null;
            held = null;
            named = null;
            state = State.READY;
            transport.toMaster(computation.changed(worker));
        }
    }

    private void write() throws IOException {
        requireReady("write");
        disturb(Disturbance.Moment.WRITE);
        // Before anything is written: a program that cannot finish its work has no result.
        shared.close();
        transport.toMaster(new OutputParts(job, worker, workers, crew).write(graph.partitions, ownedVertices()));
    }

    private long ownedVertices() {
        long vertices = 0;
        for (Partition partition : graph.partitions) {
            vertices += partition.size;
        }
        return vertices;
    }

    private long ownedEdges() {
        long edges = 0;
        for (Partition partition : graph.partitions) {
            edges += partition.edges();
        }
        return edges;
    }

    private void toEachPeer(IntFunction<? extends ToPeer> messages) {
        for (int peer = 0; peer < workers; peer++) {
            if (peer != worker) {
                transport.toPeer(peer, messages.apply(peer));
            }
        }
    }

    /**
     * Closes what the program shares of a job that has failed, and the log. For when nothing of the worker runs any more; call after
     * {@link #close}.
     */
    public void closeShared() {
        keeping.close();
        try {
            shared.close();
        } catch (SharedObjects.Fault e) {
            // What the job has failed of is on its way to the user, and matters more.
            return;
        }
    }

    /** Ends the compute threads and closes the input, if it is still open. Any thread may call; a step that runs is broken off. */
    @Override public void close() {
        crew.close();
        if (checkpoints != null) {
            checkpoints.close();
        }
        Intake open = intake;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // It was only read from.
                return;
            }
        }
    }
}
