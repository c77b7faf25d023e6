package org.superstep.worker;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.superstep.graph.Column;
import org.superstep.graph.DoublePhase;
import org.superstep.graph.Phase;
import org.superstep.graph.Program;
import org.superstep.graph.internal.Declarations;
import org.superstep.graph.io.EdgeSample;
import org.superstep.net.Delivery;
import org.superstep.net.Placement;
import org.superstep.net.ToMaster;
import org.superstep.net.ToPeer;
import org.superstep.net.ToWorker;
import org.superstep.net.Transport;

/**
 * One worker of a job: takes the master's commands and the other workers' messages, one at a time, and answers through the transport. The
 * thread that calls {@link #on} is the first of its compute threads.
 *
 * <pre>
 *   state     message             what happens                                             next
 *   NEW       Sample              open the share, answer Sampled                           SAMPLED
 *   SAMPLED   Load                read, ship Arcs and ArcsEnd to every peer                READING
 *   READING   Arcs                into the bins                                            READING
 *   READING   Hears               noted: a peer may have all its arcs first                READING
 *   READING   last ArcsEnd        sort, ship Hears to every peer                           SORTED
 *   SORTED    last Hears          build partitions, answer Loaded                          READY
 *   READY     RunSuperstep        deliver, compute, ship outboxes                          WAITING
 *   WAITING   last Outbox         answer SuperstepDone                                     READY
 *   READY     Write               write rows, answer Written                               READY
 *   any       a message too early is kept until its state comes (a peer may be ahead by one step)
 *   any       a failure           answer Failed                                            FAILED
 *   FAILED    anything            ignored
 * </pre>
 */
public final class Worker implements AutoCloseable {
    /** A superstep with less to do than this is run by one thread: starting the others would take longer. */
    private static final long SERIAL_WORK = 4096;

    private enum State { NEW, SAMPLED, READING, SORTED, READY, WAITING, FAILED }

    private final int worker;
    private final int workers;
    private final WorkerJob job;
    private final Program program;
    private final Transport transport;
    private final Crew crew;
    private final Queue<ToPeer> early = new ArrayDeque<>();

    private State state = State.NEW;
    private Share share;
    private ToWorker.Load load;
    private GraphBuilder builder;
    private int arcsEnds;

    private LocalGraph graph;
    private Lane[] lanes;
    private Kernel[] kernels;
    private int[] heaviestFirst;
    private ToWorker.RunSuperstep running;
    private int outboxesAwaited;

    /** Worker number {@code worker} of {@code workers}, computing with so many threads. */
    public Worker(int worker, int workers, int threads, WorkerJob job, Transport transport) {
        this.worker = worker;
        this.workers = workers;
        this.job = job;
        this.transport = transport;
        program = job.program();
        crew = new Crew("superstep-worker-" + worker, threads);
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
            } else if (command instanceof ToWorker.Write) {
                write();
            } else {
                throw new AssertionError("a command that no worker knows: " + command);
            }
            early.removeIf(this::accepted);
        });
    }

    /** Takes what another worker says. */
    public void on(ToPeer message) {
        guarded(() -> {
            if (!accepted(message)) {
                early.add(message);
            }
        });
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
        } catch (IOException | RuntimeException | Error e) {
            state = State.FAILED;
            transport.toMaster(new ToMaster.Failed(worker, e));
        }
    }

    /** Handles a message if its time has come. */
    private boolean accepted(ToPeer message) {
        if (message instanceof ToPeer.Arcs arcs && state == State.READING) {
            builder.add(arcs);
        } else if (message instanceof ToPeer.ArcsEnd && state == State.READING) {
            arcsEnds++;
            sortWhenAllRead();
        } else if (message instanceof ToPeer.Hears heard && (state == State.READING || state == State.SORTED)) {
            builder.add(heard);
            buildWhenAllSorted();
        } else if (message instanceof ToPeer.Outbox outbox && state == State.WAITING && outbox.superstep() == running.superstep()) {
            take(outbox);
        } else {
            return false;
        }
        return true;
    }

    private void sample() throws IOException {
        share = new Share(job.source(), worker, workers, program, crew, job.listener());
        EdgeSample sample = share.sample();
        long[] hearers = sample.targets();
        if (job.plan().undirected()) {
            hearers = Arrays.copyOf(sample.targets(), 2 * sample.targets().length);
            System.arraycopy(sample.sources(), 0, hearers, sample.targets().length, sample.sources().length);
        } else if (!job.plan().heardByTargets()) {
            hearers = sample.sources();
        }
        HeapNeed.check(sample.estimatedEdges(), job.plan(), share.weighted(), job.heapBytes());
        state = State.SAMPLED;
        transport.toMaster(new ToMaster.Sampled(worker, share.description(), sample.estimatedEdges(), hearers));
    }

    private void load(ToWorker.Load wanted) throws IOException {
        load = wanted;
        Placement placement = wanted.placement();
        var bins = new ArcBins(placement.partitions(), baseFor(share.sample()));
        builder = new GraphBuilder(worker, workers, job.plan(), placement, bins, share.weighted(), program.declarations().columns(), crew);
        List<ArcRouter> routers = IntStream.range(0, crew.threads())
            .mapToObj(i -> new ArcRouter(job.plan(), placement, bins, worker, transport, share.weighted())).toList();
        share.read(routers);
        routers.forEach(ArcRouter::finish);
        share.close();
        toAllPeers(new ToPeer.ArcsEnd(worker));
        state = State.READING;
        sortWhenAllRead();
    }

    /** Where narrow blocks count from: 0 where all ids seen so far fit 32 bits, else so that the seen ones lie in the middle. */
    private static long baseFor(EdgeSample sample) {
        long least = Math.min(Arrays.stream(sample.sources()).min().orElse(0), Arrays.stream(sample.targets()).min().orElse(0));
        long greatest = Math.max(Arrays.stream(sample.sources()).max().orElse(0), Arrays.stream(sample.targets()).max().orElse(0));
        if (least >= 0 && greatest < 1L << 32) {
            return 0;
        }
        long span = greatest - least;
        return span >= 0 && span < 1L << 32 ? least - ((1L << 32) - span) / 2 : least;
    }

    private void sortWhenAllRead() {
        if (arcsEnds == workers - 1) {
            builder.sortArcs(transport);
            state = State.SORTED;
            buildWhenAllSorted();
        }
    }

    private void buildWhenAllSorted() {
        if (builder.hasHeardFromAll()) {
            graph = builder.build();
            builder = null;
            prepare();
            state = State.READY;
            transport.toMaster(loaded());
        }
    }

    private void prepare() {
        Declarations declared = program.declarations();
        lanes = IntStream.range(0, crew.threads()).mapToObj(i -> new Lane(program, job.seed())).toArray(Lane[]::new);
        DoubleBoard doubles = null;
        LongBoard longs = null;
        List<Phase> phases = declared.phases();
        kernels = new Kernel[phases.size()];
        for (int i = 0; i < kernels.length; i++) {
            Board board;
            if (phases.get(i) instanceof DoublePhase) {
                doubles = doubles == null ? new DoubleBoard(graph) : doubles;
                board = doubles;
            } else {
                longs = longs == null ? new LongBoard(graph) : longs;
                board = longs;
            }
            kernels[i] = KernelCopies.kernel(graph, phases.get(i), LoadPlan.structureOf(phases.get(i), job.plan().undirected()), board);
        }
        if (!phases.get(0).startsAwake()) {
            for (Partition partition : graph.partitions) {
                partition.sleepAll();
            }
        }
        heaviestFirst = IntStream.range(0, graph.partitions.length).boxed()
            .sorted(Comparator.comparingLong(place -> -weight(graph.partitions[place]))).mapToInt(place -> place).toArray();
    }

    private static long weight(Partition partition) {
        long weight = partition.size;
        for (int degree : partition.inDegrees) {
            weight += degree;
        }
        return weight;
    }

    private ToMaster.Loaded loaded() {
        long vertices = 0;
        long edges = 0;
        for (Partition partition : graph.partitions) {
            vertices += partition.size;
            for (int degree : partition.outDegrees) {
                edges += degree;
            }
        }
        var found = new boolean[load.wantedVertices().length];
        for (int i = 0; i < found.length; i++) {
            int place = graph.placeOf(load.wantedVertices()[i]);
            found[i] = place >= 0 && graph.partitions[place].indexOf(load.wantedVertices()[i]) >= 0;
        }
        return new ToMaster.Loaded(worker, vertices, edges, Arrays.stream(kernels).mapToLong(this::hearings).toArray(), found);
    }

    private long hearings(Kernel kernel) {
        long hearings = 0;
        for (Partition partition : graph.partitions) {
            for (int i = 0; i < partition.size; i++) {
                hearings += partition.fanOutDegree(kernel.direction, i);
            }
        }
        return hearings;
    }

    /** The protocol of a superstep: deliver what was said, compute, ship what is said; the report follows when all has arrived. */
    private void superstep(ToWorker.RunSuperstep command) {
        running = command;
        begin(command);
        Kernel spoken = kernels[command.spokenPhase()];
        Kernel computing = kernels[command.phase()];
        if (command.messages() == 0) {
            // A broadcast to nobody is no message, and must not wait for a phase whose direction has somebody.
            graph.speakers.forEach(Speakers::clear);
            computeAll(spoken, computing, (command.wakeAll() ? command.vertices() : command.awake()) <= SERIAL_WORK);
        } else if (command.delivery() == Delivery.PULL) {
            pull(spoken, computing, command);
        } else {
            push(spoken, computing, command);
        }
        ship(computing);
        state = State.WAITING;
        reportWhenAllArrived();
    }

    private void begin(ToWorker.RunSuperstep command) {
        if (command.wakeAll()) {
            for (Partition partition : graph.partitions) {
                partition.wakeAll();
            }
        }
        for (Lane lane : lanes) {
            lane.view.superstep = command.superstep();
            lane.view.vertexCount = command.vertices();
            lane.view.edgeCount = command.edges();
            lane.view.aggregates = command.aggregates();
            lane.view.globals = command.globals();
            lane.computed = 0;
            lane.messages = 0;
            lane.dropped = 0;
        }
        // What the phase that spoke said is now heard; boards are shared by phases of one message type.
        kernels[command.spokenPhase()].board.swap();
    }

    private void pull(Kernel spoken, Kernel computing, ToWorker.RunSuperstep command) {
        boolean serial = command.vertices() + command.edges() <= SERIAL_WORK;
        List<Speakers> speakers = graph.speakers;
        boolean broadcasts = speakers.stream().anyMatch(group -> group.count > 0);
        Kernel.Speaking speaking = !broadcasts ? Kernel.Speaking.NONE
            : command.everyoneSpoke() ? Kernel.Speaking.ALL : Kernel.Speaking.SOME;
        if (speaking == Kernel.Speaking.SOME) {
            spoken.findNeutrality(graph.partitions.length, crew);
            each(speakers.size(), serial, (group, thread) -> spoken.mark(speakers.get(group)));
        }
        if (command.hasSends()) {
            SendSorter.sort(graph, crew, lanes);
        }
        speakers.forEach(Speakers::clear);
        if (spoken == computing) {
            eachPartition(serial, (place, thread) -> {
                try {
                    computing.pullAndCompute(place, lanes[thread], speaking);
                } catch (RuntimeException | StackOverflowError e) {
                    throw ProgramException.at(lanes[thread].view.id(), program, running.superstep(), e);
                }
            });
        } else {
            eachPartition(serial, (place, thread) -> delivering(() -> spoken.pull(place, lanes[thread], speaking)));
            computeAll(spoken, computing, serial);
        }
        if (command.hasSends()) {
            for (Partition partition : graph.partitions) {
                partition.sendBox = null;
            }
        }
    }

    private void push(Kernel spoken, Kernel computing, ToWorker.RunSuperstep command) {
        boolean serial = command.messages() + command.awake() <= SERIAL_WORK;
        List<Speakers> speakers = graph.speakers;
        Adjacency fanOut = graph.isSymmetric(spoken.structure) ? null : graph.fanOut(spoken.structure, crew);
        if (serial) {
            delivering(() -> spoken.pushSerially(fanOut, lanes[0]));
        } else {
            crew.run(speakers.size(), (group, thread) -> {
                if (!speakers.get(group).areSilent()) {
                    delivering(() -> spoken.spread(group, fanOut, lanes[thread]));
                }
            });
            eachPartition(false, (place, thread) -> delivering(() -> spoken.fold(place)));
        }
        for (Speakers group : speakers) {
            group.clear();
        }
        computeAll(spoken, computing, serial);
    }

    /** What {@code along} or the combiner throw has no vertex to be named with. */
    private void delivering(Runnable delivery) {
        try {
            delivery.run();
        } catch (RuntimeException | StackOverflowError e) {
            throw ProgramException.delivering(program, running.superstep(), e);
        }
    }

    private void computeAll(Kernel spoken, Kernel computing, boolean serial) {
        // Who hears nothing is told the identity of those who could have spoken; of another message type there is none.
        long silence = (spoken.board == computing.board ? spoken : computing).identityBits();
        eachPartition(serial, (place, thread) -> {
            if (graph.partitions[place].isIdle()) {
                return;
            }
            try {
                computing.compute(place, lanes[thread], silence);
            } catch (RuntimeException | StackOverflowError e) {
                throw ProgramException.at(lanes[thread].view.id(), program, running.superstep(), e);
            }
        });
    }

    private void eachPartition(boolean serial, Crew.Step step) {
        each(heaviestFirst.length, serial, (task, thread) -> step.run(heaviestFirst[task], thread));
    }

    private void each(int count, boolean serial, Crew.Step step) {
        if (serial) {
            crew.runSerially(count, step);
        } else {
            crew.run(count, step);
        }
    }

    private void ship(Kernel computing) {
        List<LocalGraph.Subscription> subscriptions = graph.subscriptions;
        for (LocalGraph.Subscription subscription : subscriptions) {
            transport.toPeer(subscription.peer(), new ToPeer.Outbox(worker, running.superstep(), subscription.partition().number,
                OutboxFrame.encode(subscription, computing.board, graph.placement)));
        }
        outboxesAwaited = graph.speakers.size() - graph.partitions.length;
    }

    private void take(ToPeer.Outbox outbox) {
        OutboxFrame.decode(outbox.frame(), graph.mirrorsOf(outbox.partition()), kernels[running.phase()].board);
        outboxesAwaited--;
        reportWhenAllArrived();
    }

    private void reportWhenAllArrived() {
        if (outboxesAwaited > 0) {
            return;
        }
        state = State.READY;
        long computed = 0;
        long messages = 0;
        long dropped = 0;
        for (Lane lane : lanes) {
            computed += lane.computed;
            messages += lane.messages;
            dropped += lane.dropped;
        }
        long awake = 0;
        long sends = 0;
        long goneInEdges = 0;
        long goneOutEdges = 0;
        for (Partition partition : graph.partitions) {
            goneInEdges += partition.goneInEdges;
            goneOutEdges += partition.goneOutEdges;
            awake += partition.awakeCount;
            sends += partition.speakers.sends.size;
        }
        transport.toMaster(new ToMaster.SuperstepDone(worker, running.superstep(), computed, awake, messages + sends, sends, dropped,
            goneInEdges, goneOutEdges, tally()));
    }

    private long[][] tally() {
        if (program.declarations().aggregators().isEmpty()) {
            return new long[0][];
        }
        for (int i = 1; i < lanes.length; i++) {
            lanes[0].view.tally.merge(lanes[i].view.tally);
            lanes[i].view.tally.clear();
        }
        long[][] states = lanes[0].view.tally.states();
        lanes[0].view.tally.clear();
        return states;
    }

    private void write() throws IOException {
        List<Column> columns = program.declarations().shownColumns();
        long rows = new RowsFile(job.format().orElseThrow(), columns, crew)
            .write(job.output().orElseThrow(), graph.partitions, worker == 0);
        transport.toMaster(new ToMaster.Written(worker, rows));
    }

    private void toAllPeers(ToPeer message) {
        for (int peer = 0; peer < workers; peer++) {
            if (peer != worker) {
                transport.toPeer(peer, message);
            }
        }
    }

    /** Ends the compute threads and closes the input, if it is still open. */
    @Override public void close() throws IOException {
        crew.close();
        if (share != null) {
            share.close();
        }
    }
}
