package org.superstep.master;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.superstep.graph.Master;
import org.superstep.graph.Parameter;
import org.superstep.graph.Phase;
import org.superstep.graph.Program;
import org.superstep.graph.VertexParameter;
import org.superstep.graph.VerticesParameter;
import org.superstep.graph.internal.Declarations;
import org.superstep.graph.internal.MasterView;
import org.superstep.graph.internal.MessageForm;
import org.superstep.graph.internal.SharedObjects;
import org.superstep.graph.internal.Tally;
import org.superstep.graph.internal.Thrown;
import org.superstep.graph.io.InputException;
import org.superstep.net.Delivery;
import org.superstep.net.Fault;
import org.superstep.net.ToMaster;
import org.superstep.net.ToWorker;

/**
 * Runs one job: a state machine that takes what workers report and says what is to be done. It has no clock and does no input or output;
 * one thread uses it. Nothing in it knows where the workers are.
 *
 * <pre>
 *   state       event                       commands                                              next
 *   NEW         start                       Announce Sample                                       SAMPLING
 *   SAMPLING    last Sampled                cut; Announce Load                                    LOADING
 *   SAMPLING    last Sampled, no room       Abort                                                 FAILED
 *   LOADING     last Loaded                 GraphLoaded; then as at a barrier                     COMPUTING | WRITING | DONE
 *   COMPUTING   Traced                      nothing; Tell before what comes of the superstep      same
 *   COMPUTING   last SuperstepDone          SuperstepEnded; then as at a barrier                  COMPUTING | WRITING | DONE
 *   COMPUTING   last SuperstepDone, changes Announce ChangeGraph                                  CHANGING
 *   CHANGING    last GraphChanged           SuperstepEnded; then as at a barrier                  COMPUTING | WRITING | DONE
 *   WRITING     last Written                CommitOutput, Finish                                  DONE
 *   any         Failed                      Abort                                                 FAILED
 *   DONE, FAILED  anything                  nothing                                               same
 *
 *   At a barrier: merge the aggregates, ask the master hook. Where it halts the job, or all have halted, nothing is in flight and it
 *   wakes nobody: Announce Write, or where there is neither an output nor a shared object Finish. Where a phase with another message type
 *   would begin while messages are in flight, or the limit of supersteps is reached: Abort, or where the plan ends the job at the limit,
 *   LimitReached and then as at its end. Else: Announce RunSuperstep.
 * </pre>
 *
 * <p>A superstep in which vertices or edges were added, removed or changed does not fuse delivering with computing: the messages travel
 * over the graph in which they were said. Between the last SuperstepDone that reports changes and the barrier the workers change the graph,
 * in sub-steps that they coordinate among themselves, as they do while loading; the master waits for the last answer. What each worker does
 * stands in the table of {@code Worker}: deliver; resolve, at the owners of the edges' sources; tell the owners of the targets; tell whose
 * vertices are named where; count.
 */
public final class Coordinator {
    /** What it costs to push a message, in arcs that a pull looks at; measured in {@code docs/benchmarks.md}. */
    private static final long ARCS_PER_PUSHED_MESSAGE = 12;
    /** What a pull costs for every vertex of the graph, whether or not it hears, in arcs. */
    private static final long ARCS_PER_VERTEX = 2;

    private enum State { NEW, SAMPLING, LOADING, COMPUTING, CHANGING, WRITING, DONE, FAILED }

    private final JobPlan plan;
    private final Program program;
    private final Declarations declared;
    private final MasterView view;
    private final Master master;
    private final Tally tally;
    private final List<ToMaster.Sampled> samples = new ArrayList<>();
    /** Ids that parameters name, parameter by parameter, then those to be traced, and which of them the graph has. */
    private long[] wanted;
    private boolean[] found;
    /** For each phase, how many messages it makes when all vertices broadcast. */
    private final long[] hearings;

    private State state = State.NEW;
    /** Workers that have answered the last announcement. */
    private int answers;
    private int partitions;
    private long mirrors;
    private long dropped;
    private long computed;
    private long awake;
    private long messages;
    private long sends;
    private long goneInEdges;
    private long goneOutEdges;
    /** Changes of the graph that were asked for in the superstep that runs, or ran last. */
    private long changes;
    private ToWorker.RunSuperstep running;
    /** What workers have written, by worker. */
    private final ToMaster.Written[] parts;
    /** Where workers' time went in the superstep that runs, by worker. */
    private final ToMaster.Effort[] efforts;
    /** By vertex, what it has done in the superstep that runs, as far as workers have told. */
    private final TreeMap<Long, String> traces = new TreeMap<>();

    /** A job that has not begun. */
    public Coordinator(JobPlan plan) {
        this.plan = plan;
        program = plan.program();
        declared = program.declarations();
        view = new MasterView(declared);
        master = new Master(view);
        tally = view.tally;
        parts = new ToMaster.Written[plan.workers()];
        efforts = new ToMaster.Effort[plan.workers()];
        hearings = new long[declared.phases().size()];
    }

    /** Begins the job. */
    public List<MasterCommand> start() {
        if (state != State.NEW) {
            throw new IllegalStateException("the job has begun already");
        }
        for (Parameter parameter : declared.parameters()) {
            if (!parameter.isPresent()) {
                return abort(new Fault(Fault.Kind.INPUT, program.name() + " needs " + parameter.name() + ": " + parameter.help()
                    + " (--" + parameter.name() + " " + parameter.typeName() + ")"));
            }
        }
        wanted = LongStream.concat(declared.parameters().stream().flatMapToLong(parameter -> LongStream.of(vertices(parameter))),
            LongStream.of(plan.traced())).toArray();
        found = new boolean[wanted.length];
        state = State.SAMPLING;
        return List.of(new MasterCommand.Announce(new ToWorker.Sample()));
    }

    /** Takes what a worker reports and says what is to be done. */
    public List<MasterCommand> on(ToMaster event) {
        if (state == State.DONE || state == State.FAILED) {
            return List.of();
        }
        if (event instanceof ToMaster.Failed failed) {
            return abort(failed.fault());
        }
        if (event instanceof ToMaster.SuperstepDone done && state == State.COMPUTING) {
            return done(done);
        }
        if (event instanceof ToMaster.Traced traced && state == State.COMPUTING) {
            for (int i = 0; i < traced.vertices().length; i++) {
                traces.put(traced.vertices()[i], traced.texts().get(i));
            }
            return List.of();
        }
        if (event instanceof ToMaster.GraphChanged changed && state == State.CHANGING) {
            return changed(changed);
        }
        if (event instanceof ToMaster.Sampled sampled && state == State.SAMPLING) {
            return sampled(sampled);
        }
        if (event instanceof ToMaster.Loaded loaded && state == State.LOADING) {
            return loaded(loaded);
        }
        if (event instanceof ToMaster.Written written && state == State.WRITING) {
            return written(written);
        }
        throw new IllegalStateException("worker " + event.worker() + " reported " + event + " while the job was " + state);
    }

    /** Closes what the program shares of a job that has failed; call last. */
    public void closeShared() {
        try {
            view.shared.close();
        } catch (SharedObjects.Fault e) {
            // What the job has failed of is on its way to the user, and matters more.
            return;
        }
    }

    private boolean isLastAnswer() {
        answers = (answers + 1) % plan.workers();
        return answers == 0;
    }

    private List<MasterCommand> sampled(ToMaster.Sampled sampled) {
        samples.add(sampled);
        if (!isLastAnswer()) {
            return List.of();
        }
        long edges = samples.stream().mapToLong(ToMaster.Sampled::estimatedEdges).sum() * (plan.undirected() ? 2 : 1);
        partitions = plan.partitions() > 0 ? plan.partitions() : Cuts.suitable(edges, plan.threads(), plan.workers());
        var cuts = new Cuts(samples, partitions);
        Optional<String> tooLarge = cuts.tooLarge(plan.capacities());
        if (tooLarge.isPresent()) {
            return abort(new Fault(Fault.Kind.FAILURE, tooLarge.get()));
        }
        state = State.LOADING;
        return List.of(new MasterCommand.Announce(new ToWorker.Load(cuts.placement(plan.capacities()), wanted)));
    }

    private List<MasterCommand> loaded(ToMaster.Loaded loaded) {
        view.vertexCount += loaded.vertices();
        view.edgeCount += loaded.edges();
        mirrors += loaded.mirrors();
        for (int i = 0; i < found.length; i++) {
            found[i] |= loaded.foundVertices()[i];
        }
        for (int i = 0; i < hearings.length; i++) {
            hearings[i] += loaded.hearings()[i];
        }
        if (!isLastAnswer()) {
            return List.of();
        }
        int first = 0;
        for (Parameter parameter : declared.parameters()) {
            int end = first + vertices(parameter).length;
            int missing = 0;
            long example = 0;
            for (int i = end - 1; i >= first; i--) {
                if (!found[i]) {
                    missing++;
                    example = wanted[i];
                }
            }
            if (missing > 0) {
                boolean one = missing == 1;
                return abort(new Fault(Fault.Kind.INPUT, parameter.name() + " " + example + (one ? " is no vertex"
                    : " and " + (missing - 1) + " more are no vertices") + " of the graph, which has " + view.vertexCount
                    + " vertices; name " + (one ? "one that occurs" : "such as occur") + " in the input"));
            }
            first = end;
        }
        for (int i = first; i < wanted.length; i++) {
            if (!found[i]) {
                traces.put(wanted[i], "vertex " + wanted[i] + " is to be traced, but is none of the graph so far");
            }
        }
        awake = view.vertexCount;
        try {
            tally.read(view.aggregates);
        } catch (Throwable e) {
            return failed("in aggregator \"" + tally.current() + "\" before superstep 0", e);
        }
        if (!view.phase.startsAwake()) {
            // Nobody is awake and nothing is in flight: the hook alone can begin.
            awake = 0;
        }
        var commands = new ArrayList<MasterCommand>();
        commands.add(new MasterCommand.GraphLoaded(view.vertexCount, view.edgeCount, mirrors, partitions));
        commands.addAll(traces());
        commands.addAll(barrier());
        return commands;
    }

    /** The ids that a parameter names; none if it does not name vertices. */
    private static long[] vertices(Parameter parameter) {
        if (parameter instanceof VertexParameter vertex) {
            return new long[] {vertex.get()};
        }
        return parameter instanceof VerticesParameter vertices ? vertices.ids() : new long[0];
    }

    private List<MasterCommand> done(ToMaster.SuperstepDone done) {
        computed += done.computed();
        awake += done.awake();
        messages += done.messages();
        sends += done.sends();
        goneInEdges += done.goneInEdges();
        goneOutEdges += done.goneOutEdges();
        dropped += done.dropped();
        efforts[done.worker()] = done.effort();
        boolean last = isLastAnswer();
        if (!declared.aggregators().isEmpty()) {
            try {
                aggregate(done.tally(), last);
            } catch (Throwable e) {
                return failed("in aggregator \"" + tally.current() + "\" after superstep " + done.superstep(), e);
            }
        }
        changes += done.changes();
        if (!last) {
            return List.of();
        }
        if (changes > 0) {
            return change();
        }
        return superstepEnded();
    }

    private List<MasterCommand> change() {
        Phase spoken = declared.phases().get(running.phase());
        long everyone = hearings[running.phase()];
        var change = new ToWorker.ChangeGraph(running.superstep(), running.phase(), delivery(spoken, everyone), messages,
            messages - sends == everyone, sends > 0, view.vertexCount, view.edgeCount);
        view.vertexCount = 0;
        view.edgeCount = 0;
        awake = 0;
        goneInEdges = 0;
        goneOutEdges = 0;
        Arrays.fill(hearings, 0);
        state = State.CHANGING;
        return List.of(new MasterCommand.Announce(change));
    }

    private List<MasterCommand> changed(ToMaster.GraphChanged changed) {
        view.vertexCount += changed.vertices();
        view.edgeCount += changed.edges();
        awake += changed.awake();
        goneInEdges += changed.goneInEdges();
        goneOutEdges += changed.goneOutEdges();
        dropped += changed.dropped();
        for (int i = 0; i < hearings.length; i++) {
            hearings[i] += changed.hearings()[i];
        }
        return isLastAnswer() ? superstepEnded() : List.of();
    }

    private List<MasterCommand> superstepEnded() {
        var commands = new ArrayList<MasterCommand>(traces());
        commands.add(new MasterCommand.SuperstepEnded(running, computed, awake, messages, view.aggregates.boxed(), view.globals.boxed(),
            List.of(efforts)));
        commands.addAll(barrier());
        return commands;
    }

    /** Merges what one worker's vertices have added; after the last worker's the superstep's aggregates can be read. */
    private void aggregate(long[][] added, boolean last) {
        if (added.length > 0) {
            tally.merge(added);
        }
        if (last) {
            tally.read(view.aggregates);
            tally.clearUnlessPersistent();
        }
    }

    private List<MasterCommand> barrier() {
        int superstep = running == null ? 0 : running.superstep() + 1;
        Phase phaseBefore = view.phase;
        view.superstep = superstep;
        view.awake = awake;
        view.messages = messages;
        view.wakeAll = false;
        view.phaseStarts = false;
        view.halt = false;
        try {
            program.beforeSuperstep(master);
        } catch (Throwable e) {
            return failed("in beforeSuperstep before superstep " + superstep, e);
        }
        // Before superstep 0 nobody has spoken: the phase that begins hears as if it had itself.
        Phase spoken = superstep == 0 ? view.phase : phaseBefore;
        boolean goesOn = awake > 0 || messages > 0 || view.wakeAll || view.phaseStarts;
        if (view.halt || !goesOn || superstep == 0 && view.vertexCount == 0) {
            return end(superstep);
        }
        if (plan.maxSupersteps() > 0 && superstep == plan.maxSupersteps()) {
            String message = program.name() + " has not halted after " + superstep + (superstep == 1 ? " superstep" : " supersteps")
                + ", the limit: " + (awake == 1 ? "1 vertex is" : awake + " vertices are") + " awake and " + messages
                + (messages == 1 ? " message" : " messages") + " in flight; raise --max-supersteps, or let vertices halt";
            return plan.partial() ? endAtLimit(superstep, message) : abort(new Fault(Fault.Kind.FAILURE, message));
        }
        if (messages > 0 && spoken != view.phase && !MessageForm.of(spoken).isOfSameType(MessageForm.of(view.phase))) {
            return abort(new Fault(Fault.Kind.FAILURE, program.name() + " starts phase \"" + nameOf(view.phase) + "\" before superstep "
                + superstep + " while " + messages + " messages of phase \"" + nameOf(spoken) + "\" are in flight, which have another type"
                + " (" + MessageForm.of(spoken).typeName() + ", not " + MessageForm.of(view.phase).typeName() + "); end \""
                + nameOf(spoken) + "\" with a superstep in which nothing is said"));
        }
        try {
            running = next(superstep, spoken);
        } catch (Throwable e) {
            return failed("when its aggregators and globals were announced for superstep " + superstep, e);
        }
        computed = 0;
        awake = 0;
        messages = 0;
        sends = 0;
        goneInEdges = 0;
        goneOutEdges = 0;
        changes = 0;
        state = State.COMPUTING;
        return List.of(new MasterCommand.Announce(running));
    }

    private ToWorker.RunSuperstep next(int superstep, Phase spoken) {
        long broadcasts = messages - sends;
        long everyone = hearings[declared.indexOf(spoken)];
        return new ToWorker.RunSuperstep(superstep, declared.indexOf(view.phase), view.phaseBegan, declared.indexOf(spoken),
            delivery(spoken, everyone), messages, changes > 0, broadcasts == everyone, sends > 0, awake, view.wakeAll, view.vertexCount,
            view.edgeCount, view.aggregates.packed(), view.globals.packed());
    }

    /**
     * How to deliver what this phase said. A pull looks at all that vertices hear over which have not halted for good, a push at what was
     * said. A function of counts that no placement changes, so that a run can be told again.
     */
    private Delivery delivery(Phase spoken, long everyone) {
        if (plan.delivery() != Delivery.AUTO) {
            return plan.delivery();
        }
        long deaf = switch (spoken.direction()) {
            case OUT -> goneInEdges;
            case IN -> goneOutEdges;
            case BOTH -> goneInEdges + goneOutEdges;
        };
        long pulling = everyone - deaf + ARCS_PER_VERTEX * view.vertexCount;
        return spoken.everyoneSpeaks() || messages >= pulling / ARCS_PER_PUSHED_MESSAGE ? Delivery.PULL : Delivery.PUSH;
    }

    private String nameOf(Phase phase) {
        return declared.phaseName(declared.indexOf(phase));
    }

    private List<MasterCommand> endAtLimit(int supersteps, String message) {
        var commands = new ArrayList<MasterCommand>(2);
        commands.add(new MasterCommand.LimitReached(message));
        commands.addAll(end(supersteps));
        return commands;
    }

    private List<MasterCommand> end(int supersteps) {
        try {
            view.shared.close();
        } catch (SharedObjects.Fault e) {
            return failed("at its end", e);
        }
        if (plan.writes() || !declared.shared().isEmpty()) {
            state = State.WRITING;
            return List.of(new MasterCommand.Announce(new ToWorker.Write()));
        }
        state = State.DONE;
        return List.of(new MasterCommand.Finish(supersteps, dropped, view.globals.boxed()));
    }

    private List<MasterCommand> written(ToMaster.Written part) {
        parts[part.worker()] = part;
        if (!isLastAnswer()) {
            return List.of();
        }
        state = State.DONE;
        int supersteps = running == null ? 0 : running.superstep() + 1;
        return List.of(new MasterCommand.CommitOutput(List.of(parts)), new MasterCommand.Finish(supersteps, dropped, view.globals.boxed()));
    }

    /** The program's own code has failed, on the master. */
    private List<MasterCommand> failed(String where, Throwable thrown) {
        if (thrown instanceof InputException) {
            return abort(new Fault(Fault.Kind.INPUT, thrown.getMessage(), List.of(), thrown));
        }
        if (thrown instanceof OutOfMemoryError error) {
            return abort(Fault.outOfMemory(error));
        }
        boolean isHooks = thrown instanceof StackOverflowError || Thrown.isFrom(thrown, Coordinator.class);
        List<String> details = isHooks ? Thrown.lines(thrown, Coordinator.class) : List.of();
        String message = thrown instanceof SharedObjects.Fault ? thrown.getMessage()
            : program.name() + " failed " + where + ": " + Thrown.line(thrown);
        return abort(new Fault(Fault.Kind.FAILURE, message, details, thrown));
    }

    private List<MasterCommand> abort(Fault fault) {
        state = State.FAILED;
        var commands = new ArrayList<MasterCommand>(traces());
        commands.add(new MasterCommand.Abort(fault));
        return commands;
    }

    /** What is to be told of traced vertices since the last time, in the order of their ids. */
    private List<MasterCommand> traces() {
        if (traces.isEmpty()) {
            return List.of();
        }
        var tell = new MasterCommand.Tell(List.copyOf(traces.values()));
        traces.clear();
        return List.of(tell);
    }
}
