package org.superstep.worker;

import it.unimi.dsi.fastutil.longs.LongArrays;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.superstep.graph.Direction;
import org.superstep.graph.Phase;
import org.superstep.graph.Program;
import org.superstep.graph.internal.MessageForm;
import org.superstep.graph.internal.RecordList;
import org.superstep.graph.internal.SendList;
import org.superstep.graph.internal.Values;
import org.superstep.net.Delivery;
import org.superstep.net.ToMaster;
import org.superstep.net.ToWorker;

/**
 * What a worker's threads do in a superstep, once its partitions stand: they deliver what was said in the superstep before, and let
 * vertices compute. Which steps that takes is decided here; the loops are the {@linkplain Kernel kernels'}.
 */
final class Computation {
    /** A superstep with less to do than this is run by one thread: starting the others would take longer. */
    private static final long SERIAL_WORK = 4096;

    private final Program program;
    private final WorkerJob job;
    private final LocalGraph graph;
    private final Crew crew;
    private final Lane[] lanes;
    private final Kernel[] kernels;
    /** By phase, as {@link #kernels} are. */
    private final MessageForm[] forms;
    private final int[] heaviestFirst;
    private final Values aggregates;
    private final Values globals;
    /** Tells of the vertices that are traced; empty where there are none. */
    private final Optional<Tracer> tracer;
    private ToWorker.RunSuperstep running;
    private Outboxes outboxes;
    /** Where what is said is kept; null: nowhere. */
    private OutboxLog log;
    /** By compute thread, an outbox on its way there; made on first use. */
    private final FrameWriter[] logged;
    /** By place, whether the partition rests while lost ones compute again; null where all compute. */
    private boolean[] rests;
    /** Of what is held back while the graph changes, how many are broadcasts; they come first. */
    private long heldBroadcasts;

    Computation(Program program, LocalGraph graph, WorkerJob job, Crew crew) {
        this(program, graph, job, crew,
            IntStream.range(0, crew.threads()).mapToObj(i -> new Lane(program, job.seed())).toArray(Lane[]::new));
    }

    private Computation(Program program, LocalGraph graph, WorkerJob job, Crew crew, Lane[] lanes) {
        this.program = program;
        this.graph = graph;
        this.job = job;
        this.crew = crew;
        this.lanes = lanes;
        aggregates = Values.ofAggregators(program.declarations());
        globals = Values.ofGlobals(program.declarations());
        forms = program.declarations().phases().stream().map(MessageForm::of).toArray(MessageForm[]::new);
        tracer = job.trace().map(plan -> new Tracer(plan, program, lanes));
        List<Phase> phases = program.declarations().phases();
        logged = new FrameWriter[lanes.length];
        kernels = kernels(graph, tracer.isPresent() ? tracer.get().traced(phases) : phases, forms, job);
        if (!program.declarations().edges().isEmpty()) {
            for (Lane lane : lanes) {
                lane.walkOver(graph, program, job.plan());
            }
        }
        heaviestFirst = IntStream.range(0, graph.partitions.length).boxed()
            .sorted(Comparator.comparingLong(place -> -weight(graph.partitions[place]))).mapToInt(place -> place).toArray();
    }

    /** One kernel a phase; phases of one message type share a board. */
    private static Kernel[] kernels(LocalGraph graph, List<Phase> phases, MessageForm[] forms, WorkerJob job) {
        var boards = new ArrayList<Board>();
        var kernels = new Kernel[phases.size()];
        for (int i = 0; i < kernels.length; i++) {
            Direction structure = LoadPlan.structureOf(phases.get(i), job.plan().symmetric());
            MessageForm form = forms[i];
            if (form.isFoldedScalar()) {
                Board board = form.kind() == MessageForm.Kind.DOUBLE
                    ? boardOf(boards, DoubleBoard.class::isInstance, () -> new DoubleBoard(graph))
                    : boardOf(boards, LongBoard.class::isInstance, () -> new LongBoard(graph));
                kernels[i] = KernelCopies.kernel(graph, phases.get(i), structure, board);
            } else {
                Board board = boardOf(boards, made -> made instanceof ListBoard list && list.form.isOfSameType(form),
                    () -> new ListBoard(graph, form));
                kernels[i] = new ListKernel(graph, phases.get(i), structure, (ListBoard) board, job.roundTrips());
            }
        }
        return kernels;
    }

    private static Board boardOf(List<Board> boards, Predicate<Board> suits, Supplier<Board> maker) {
        return boards.stream().filter(suits).findFirst().orElseGet(() -> {
            boards.add(maker.get());
            return boards.get(boards.size() - 1);
        });
    }

    private static long weight(Partition partition) {
        long weight = partition.size;
        for (int degree : partition.inDegrees) {
            weight += degree;
        }
        return weight;
    }

    /** Of a graph that has been loaded: nothing has been emitted, and vertices are awake as the first phase says. */
    void beginJob() {
        for (Partition partition : graph.partitions) {
            partition.records = RecordList.of(program.declarations().recordOutputs());
            if (!program.declarations().phases().get(0).startsAwake()) {
                partition.sleepAll();
            }
        }
    }

    /** Lets vertices see what they share, by handle. */
    void share(Object[] objects) {
        for (Lane lane : lanes) {
            lane.view.shared = objects;
        }
    }

    /** Keeps what partitions say in this log from now on; null: nowhere. */
    void logTo(OutboxLog where) {
        log = where;
        for (Lane lane : lanes) {
            lane.speech = where == null ? null : new long[0];
        }
    }

    /** Lets these partitions rest from now on, by place; null: all compute. */
    void rest(boolean[] byPlace) {
        rests = byPlace;
    }

    private boolean rests(int place) {
        return rests != null && rests[place];
    }

    /** Where a phase's messages stand. */
    Board board(int phase) {
        return kernels[phase].board;
    }

    /** For each phase, how many messages it makes when all owned vertices broadcast. */
    long[] hearings() {
        var hearings = new long[kernels.length];
        for (int phase = 0; phase < kernels.length; phase++) {
            for (Partition partition : graph.partitions) {
                for (int i = 0; i < partition.size; i++) {
                    hearings[phase] += partition.fanOutDegree(kernels[phase].direction, i);
                }
            }
        }
        return hearings;
    }

    /**
     * Delivers and computes. What vertices say stands in the boards and with their {@link Speakers} afterwards, as far as this worker's
     * vertices hear it; what others' do has gone through these outboxes.
     */
    void run(ToWorker.RunSuperstep command, Outboxes leaving) {
        running = command;
        outboxes = leaving;
        begin(command);
        Kernel spoken = kernels[command.spokenPhase()];
        Kernel computing = kernels[command.phase()];
        if (command.messages() == 0 || command.delivered()) {
            // A broadcast to nobody is no message, and must not wait for a phase whose direction has somebody.
            forgetSpeech(spoken);
            computeAll(spoken, computing, false, computing(command) + (command.delivered() ? command.messages() : 0) <= SERIAL_WORK);
            return;
        }
        if (graph.hasGhosts() && spoken.direction != Direction.IN) {
            countWhatGhostsHear(spoken);
        }
        // Where some rest, most of what would be pushed is not for those who compute.
        if (command.delivery() == Delivery.PULL || rests != null && !isSerial(command)) {
            pull(spoken, computing, command);
        } else {
            push(spoken, computing, command);
        }
    }

    private static boolean isSerial(ToWorker.RunSuperstep command) {
        return command.messages() + computing(command) <= SERIAL_WORK;
    }

    /** How many vertices compute whether or not they hear anything. */
    private static long computing(ToWorker.RunSuperstep command) {
        return command.wakeAll() ? command.vertices() : command.awake();
    }

    private void begin(ToWorker.RunSuperstep command) {
        for (int place = 0; command.wakeAll() && place < graph.partitions.length; place++) {
            if (!rests(place)) {
                graph.partitions[place].wakeAll();
            }
        }
        try {
            aggregates.unpack(command.aggregates());
            globals.unpack(command.globals());
        } catch (Throwable t) {
            throw ProgramException.hearing(program, command.superstep(), t);
        }
        for (Lane lane : lanes) {
            lane.view.superstep = command.superstep();
            lane.view.phaseBegan = command.phaseBegan();
            lane.view.vertexCount = command.vertices();
            lane.view.edgeCount = command.edges();
            lane.view.aggregates = aggregates;
            lane.view.globals = globals;
            lane.computed = 0;
            lane.messages = 0;
            lane.sends = 0;
            lane.dropped = 0;
        }
        tracer.ifPresent(looking -> looking.begin(program.declarations().phases().get(
            forms[command.spokenPhase()].isOfSameType(forms[command.phase()]) ? command.spokenPhase() : command.phase())));
        // What the phase that spoke said is now heard; boards are shared by phases of one message type.
        kernels[command.spokenPhase()].board.swap();
    }

    private void pull(Kernel spoken, Kernel computing, ToWorker.RunSuperstep command) {
        boolean serial = command.vertices() + command.edges() <= SERIAL_WORK;
        Kernel.Speaking speaking = preparedToPull(spoken, command.everyoneSpoke(), command.hasSends(), serial);
        if (forms[command.spokenPhase()].isFoldedScalar()) {
            tracer.ifPresent(looking -> looking.hears(new FoldedMessages(graph, spoken, speaking)));
        }
        if (spoken == computing) {
            eachPartition(serial, (place, thread) -> {
                try {
                    computing.pullAndCompute(place, lanes[thread], speaking);
                } catch (Throwable t) {
                    throw fault(place, lanes[thread], speaking, t);
                }
                computed(place, thread);
            });
        } else {
            spoken.pulledSpeaking = speaking;
            delivering(spoken, speaking, () -> eachPartition(serial, (place, thread) -> spoken.pull(place, lanes[thread], speaking)));
            computeAll(spoken, computing, true, serial);
        }
        forgetSendBoxes();
    }

    private Kernel.Speaking preparedToPull(Kernel spoken, boolean everyoneSpoke, boolean hasSends, boolean serial) {
        List<Speakers> speakers = graph.speakers;
        boolean broadcasts = speakers.stream().anyMatch(group -> group.count > 0);
        Kernel.Speaking speaking = !broadcasts ? Kernel.Speaking.NONE
            : everyoneSpoke && !graph.hasChanged() ? Kernel.Speaking.ALL : Kernel.Speaking.SOME;
        if (speaking == Kernel.Speaking.SOME) {
            delivering(spoken, null, () -> {
                var sums = new long[speakers.size()];
                spoken.findNeutrality(graph.partitions.length, crew);
                each(sums.length, serial, (group, thread) -> sums[group] = spoken.mark(speakers.get(group)));
                spoken.marked(sums);
            });
        }
        if (hasSends) {
            SendSorter.sort(graph, crew, lanes);
        }
        speakers.forEach(Speakers::clear);
        return speaking;
    }

    private void forgetSendBoxes() {
        for (Partition partition : graph.partitions) {
            partition.sendBox = null;
        }
    }

    private void push(Kernel spoken, Kernel computing, ToWorker.RunSuperstep command) {
        boolean serial = isSerial(command);
        push(spoken, serial);
        for (int place = 0; rests != null && place < rests.length; place++) {
            if (rests[place]) {
                graph.partitions[place].forgetMail();
                spoken.delivered(place);
            }
        }
        computeAll(spoken, computing, false, serial);
    }

    private void push(Kernel spoken, boolean serial) {
        List<Speakers> speakers = graph.speakers;
        Adjacency fanOut = graph.isSymmetric(spoken.structure) ? null : graph.fanOut(spoken.structure, crew);
        delivering(spoken, null, () -> {
            if (serial) {
                spoken.pushSerially(fanOut, lanes[0]);
                return;
            }
            crew.run(speakers.size(), (group, thread) -> {
                if (!speakers.get(group).areSilent()) {
                    spoken.spread(group, fanOut, lanes[thread]);
                }
            });
            eachPartition(false, (place, thread) -> spoken.fold(place));
        });
        forgetSpeech(spoken);
    }

    /** What was said is delivered, and nobody looks for it on the board any more. */
    private void forgetSpeech(Kernel spoken) {
        for (Speakers group : graph.speakers) {
            spoken.board.forget(group);
            group.clear();
        }
    }

    /** What is said over edges to vertices that do not exist is dropped; so it is here, where they would be. */
    private void countWhatGhostsHear(Kernel spoken) {
        delivering(spoken, null, () -> {
            graph.speakers.forEach(spoken::mark);
            for (int place = 0; place < graph.partitions.length; place++) {
                Ghosts ghosts = graph.partitions[place].ghosts;
                lanes[0].dropped += ghosts == null || rests(place) ? 0 : ghosts.messages(spoken.board.spoke);
            }
        });
    }

    /**
     * Delivers what was said in the superstep that has just been run, before the graph changes: the messages travel over the graph in
     * which they were said. Inboxes hold them afterwards.
     *
     * @return what was said to vertices that do not exist, by sender and call, for the case that they come
     */
    SendList deliver(ToWorker.ChangeGraph command) {
        Kernel spoken = kernels[command.spokenPhase()];
        for (Lane lane : lanes) {
            lane.dropped = 0;
        }
        spoken.board.swap();
        var held = new SendList();
        held.hold(spoken.board.width);
        if (command.messages() == 0) {
            forgetSpeech(spoken);
            return held;
        }
        delivering(spoken, null, () -> holdBack(spoken, held));
        if (command.delivery() == Delivery.PUSH && (graph.isSymmetric(spoken.structure) || graph.hasFanOut(spoken.structure))) {
            push(spoken, command.messages() <= SERIAL_WORK);
        } else {
            // A fan-out that would serve this once costs more than looking at every list.
            boolean serial = command.vertices() + command.edges() <= SERIAL_WORK;
            Kernel.Speaking speaking = preparedToPull(spoken, command.everyoneSpoke(), command.hasSends(), serial);
            delivering(spoken, speaking,
                () -> eachPartition(serial, (place, thread) -> spoken.pullToKeep(place, lanes[thread], speaking)));
            forgetSendBoxes();
        }
        return held;
    }

    private void holdBack(Kernel spoken, SendList held) {
        if (graph.hasGhosts() && spoken.direction != Direction.IN) {
            graph.speakers.forEach(spoken::mark);
            long[] ids = graph.idOfSlot();
            for (Partition partition : graph.partitions) {
                Ghosts ghosts = partition.ghosts;
                for (int ghost = 0; ghosts != null && ghost < ghosts.ids().length; ghost++) {
                    for (int entry = ghosts.hearing().offsets[ghost]; entry < ghosts.hearing().offsets[ghost + 1]; entry++) {
                        int slot = ghosts.hearing().slots[entry];
                        if (spoken.board.spoke[slot] != 0) {
                            spoken.holdBack(held, ids[slot], ghosts.ids()[ghost], slot, ghosts.hearing().weight(entry));
                        }
                    }
                }
            }
        }
        heldBroadcasts = held.size;
        for (Speakers group : graph.speakers) {
            for (int i = 0; i < group.sends.size; i++) {
                if (graph.isMissingHere(group.sends.targets[i])) {
                    held.add(group.sends.senders[i], group.sends.targets[i], group.sends.messages, i);
                }
            }
        }
    }

    /**
     * The computation over the graph as it is after a change, with what this one has delivered.
     *
     * @param held what {@link #deliver} has held back
     */
    Computation over(LocalGraph changed, GraphChange change, int spokenPhase, SendList held) {
        var after = new Computation(program, changed, job, crew, lanes);
        Kernel spoken = after.kernels[spokenPhase];
        for (int place = 0; place < changed.partitions.length; place++) {
            spoken.board.takeInbox(kernels[spokenPhase].board, place, change.oldIndexes(place));
        }
        // Stable: of one sender its broadcast stands before its sends already.
        int[] bySender = IntStream.range(0, held.size).toArray();
        LongArrays.radixSortIndirect(bySender, held.senders, true);
        long arrived = 0;
        for (int i : bySender) {
            int place = changed.placeOf(held.targets[i]);
            int index = changed.partitions[place].indexOf(held.targets[i]);
            if (index >= 0 && change.isNew(place, index)) {
                spoken.receive(place, index, held, i);
                arrived++;
            }
        }
        after.lanes[0].dropped += heldBroadcasts - arrived;
        return after;
    }

    /** How many messages were said in this superstep to vertices that do not exist here; none where the program does not create those. */
    long saidToMissing() {
        if (!program.createMissing()) {
            return 0;
        }
        long count = 0;
        for (Speakers group : graph.speakers) {
            for (int i = 0; i < group.sends.size; i++) {
                count += graph.isMissingHere(group.sends.targets[i]) ? 1 : 0;
            }
        }
        Kernel spoken = kernels[running.phase()];
        if (graph.hasGhosts() && spoken.direction != Direction.IN && graph.speakers.stream().anyMatch(group -> group.count > 0)) {
            graph.speakers.forEach(spoken.board::note);
            for (Partition partition : graph.partitions) {
                count += partition.ghosts == null ? 0 : partition.ghosts.messages(spoken.board.spoke);
            }
        }
        return count;
    }

    /**
     * Delivers what a phase has said, and names the message where {@code along} or the combiner throw at one.
     *
     * @param speaking whom to ask whether it has spoken, where messages are pulled; null while the speakers still know
     */
    private void delivering(Kernel spoken, Kernel.Speaking speaking, Runnable delivery) {
        try {
            delivery.run();
        } catch (Throwable t) {
            throw deliveryFault(spoken, speaking, t);
        }
    }

    private ProgramException deliveryFault(Kernel spoken, Kernel.Speaking speaking, Throwable t) {
        int phase = List.of(kernels).indexOf(spoken);
        Redelivery again = null;
        try {
            if (t instanceof OutOfMemoryError || crew.isClosed()) {
                return ProgramException.delivering(program, phase, running.superstep(), t);
            }
            if (speaking == null) {
                graph.speakers.forEach(spoken.board::note);
                SendSorter.sort(graph, crew, lanes);
            }
            again = new Redelivery(graph, spoken, forms[phase], speaking == null ? Kernel.Speaking.SOME : speaking, lanes[0], t);
            again = again.findsFault() ? again : null;
        } catch (Throwable another) {
            // Then it remains unknown where; what has failed first is told all the same.
            again = null;
        }
        return again == null ? ProgramException.delivering(program, phase, running.superstep(), t)
            : ProgramException.delivering(again, program, phase, running.superstep());
    }

    /** What has failed at the vertex where the lane stands: delivering, if folding what it hears fails again, or else computing. */
    private ProgramException fault(int place, Lane lane, Kernel.Speaking speaking, Throwable t) {
        int phase = running.phase();
        if (forms[phase].isFoldedScalar()) {
            var again = new Redelivery(graph, kernels[phase], forms[phase], speaking, lane, t);
            boolean heard = lane.view.heard;
            double heardDouble = lane.view.heardDouble;
            long heardLong = lane.view.heardLong;
            if (again.findsFault(place, lane.view.index)) {
                return ProgramException.delivering(again, program, phase, running.superstep());
            }
            lane.view.heard = heard;
            lane.view.heardDouble = heardDouble;
            lane.view.heardLong = heardLong;
        }
        return ProgramException.at(lane, program, phase, running.superstep(), t);
    }

    private void computeAll(Kernel spoken, Kernel computing, boolean pulled, boolean serial) {
        // Of another message type there is nothing in flight, and who hears nothing is told what the phase that computes says of that.
        Kernel heard = forms[running.spokenPhase()].isOfSameType(forms[running.phase()]) ? spoken : computing;
        eachPartition(serial, (place, thread) -> {
            if (graph.partitions[place].isIdle()) {
                return;
            }
            try {
                computing.compute(place, lanes[thread], heard, pulled);
                heard.delivered(place);
            } catch (Throwable t) {
                throw ProgramException.at(lanes[thread], program, running.phase(), running.superstep(), t);
            }
            computed(place, thread);
        });
    }

    /** A partition has said all that it will say in this superstep. */
    private void computed(int place, int thread) {
        lanes[thread].sends += graph.partitions[place].speakers.sends.size;
        keep(running.superstep(), running.phase(), place, thread);
        outboxes.ship(place, thread);
    }

    /** Keeps what the partition at this place has said in the log, if there is one; of one that rests it is there already. */
    void keep(int superstep, int phase, int place, int thread) {
        Partition partition = graph.partitions[place];
        if (log == null || rests(place) || partition.speakers.areSilent() && !partition.speakers.haveChanges()) {
            return;
        }
        if (logged[thread] == null) {
            logged[thread] = new FrameWriter(0);
        }
        logged[thread].clear();
        try {
            OutboxFrame.encodeAll(partition, kernels[phase].board, lanes[thread], logged[thread]);
        } catch (Throwable t) {
            throw ProgramException.shipping(program, phase, superstep, t);
        }
        log.keep(superstep, partition.number, logged[thread].content());
    }

    /**
     * Does a step for every partition, the heaviest first. If it fails for several, what the least has thrown is thrown: so it does not
     * depend on threads and partitions which vertex is named.
     */
    private void eachPartition(boolean serial, Crew.Step step) {
        var fault = new LeastFault();
        each(heaviestFirst.length, serial, (task, thread) -> {
            int place = heaviestFirst[task];
            if (place < fault.place && !rests(place)) {
                try {
                    step.run(place, thread);
                } catch (Throwable t) {
                    fault.at(place, t);
                }
            }
        });
        if (fault.thrown != null) {
            throw Crew.rethrown(fault.thrown);
        }
    }

    /** The fault in the least partition so far; those after it need not run any more. */
    private static final class LeastFault {
        volatile int place = Integer.MAX_VALUE;
        Throwable thrown;

        synchronized void at(int failed, Throwable t) {
            if (failed < place) {
                place = failed;
                thrown = t;
            }
        }
    }

    private void each(int count, boolean serial, Crew.Step step) {
        if (serial) {
            crew.runSerially(count, step);
        } else {
            crew.run(count, step);
        }
    }

    /** What has come of a change of the graph, for the master. */
    ToMaster.GraphChanged changed(int worker) {
        return new Figures(graph, lanes).changed(worker, hearings());
    }

    /** What the traced vertices have done since this was asked last, for the master. */
    Optional<ToMaster.Traced> traced(int worker) {
        return tracer.flatMap(all -> all.taken(worker));
    }

    /** What has come of the superstep, for the master. Empties the tallies. */
    ToMaster.SuperstepDone report(int worker, ToMaster.Effort effort) {
        return new Figures(graph, lanes).done(worker, running.superstep(), saidToMissing(), program, effort);
    }
}
