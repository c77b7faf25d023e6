package org.superstep.master;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.superstep.checkpoint.Manifest;
import org.superstep.checkpoint.MasterState;
import org.superstep.graph.Parameter;
import org.superstep.graph.Phase;
import org.superstep.graph.internal.MasterView;
import org.superstep.graph.internal.SharedObjects;
import org.superstep.net.Fault;
import org.superstep.net.Placement;
import org.superstep.net.ToMaster;
import org.superstep.net.ToWorker;

/**
 * Runs one attempt at a job: a state machine that takes what workers report and says what is to be done. It has no clock and does no input
 * or output; one thread uses it. Nothing in it knows where the workers are. Times are those of a clock that only ever goes on, in
 * nanoseconds; whoever calls has one.
 *
 * <pre>
 *   state       event                       commands                                              next
 *   NEW         start, from the input       Announce Sample                                       SAMPLING
 *   NEW         start, from a checkpoint    Announce Restore                                      RESTORING
 *   NEW         the same, no room           Abort                                                 FAILED
 *   SAMPLING    last Sampled                cut; Announce Load                                    LOADING
 *   SAMPLING    last Sampled, no room       Abort                                                 FAILED
 *   LOADING     last Loaded                 GraphLoaded; then as at a barrier                     as there
 *   RESTORING   last Restored               GraphRestored; then as at a barrier                   as there
 *   RESTORING   NotRestored                 Damaged                                               LEFT
 *   NEW         start, from a checkpoint, after a loss: Announce Recall                           RECALLING
 *   RECALLING   last Kept, and lost partitions can compute again by themselves:
 *                                           Confined; Announce Restore, confined                  RESTORING
 *   RECALLING   last Kept, otherwise        AllGoBack; as start, from a checkpoint                as there
 *   RESTORING   last Restored, confined     GraphRestored; Announce the first RunSuperstep once more; where that is the last one, as
 *                                           at a barrier                                          REPLAYING | as there
 *   REPLAYING   last SuperstepDone          Announce the next RunSuperstep once more; behind the last but one, as at a barrier
 *                                                                                                 REPLAYING | as there
 *   RESTORING to COMPUTING  NotReplayed     NotConfined                                           LEFT
 *   COMPUTING   Traced                      nothing; Tell before what comes of the superstep      same
 *   COMPUTING   last SuperstepDone          SuperstepEnded; then as at a barrier                  as there
 *   COMPUTING   last SuperstepDone, changes Announce ChangeGraph                                  CHANGING
 *   CHANGING    last GraphChanged           SuperstepEnded; then as at a barrier                  as there
 *   HELD        a checkpoint is over        as at a barrier where all is held                     as there
 *   WRITING     last Written                CommitOutput, Finish                                  DONE
 *   COMPUTING   last SuperstepDone, the one that lost partitions have computed again: Recovered as well
 *   any         Checkpointed, NotCheckpointed, committed, notCommitted:  as the table of Saving says; then, if HELD, as above
 *   any         suspend, regroup            nothing, before the next barrier                      same
 *   any         Failed                      Abort                                                 FAILED
 *   DONE, FAILED, LEFT  anything            nothing                                               same
 *
 *   At a barrier: merge the aggregates, ask the master hook. Where it halts the job, or all have halted, nothing is in flight and it
 *   wakes nobody: Announce Write, or where there is neither an output nor a shared object Finish. Where a phase with another message type
 *   would begin while messages are in flight, or the limit of supersteps is reached: Abort, or where the plan ends the job at the limit,
 *   LimitReached and then as at its end. Else, if the job is to be suspended or regrouped, or a checkpoint is due that is awaited, all is
 *   held. Else: where a checkpoint is due, Announce Checkpoint, of what was before the hook was asked; Announce RunSuperstep (COMPUTING).
 *
 *   Where all is held (HELD): what is under way is waited for. If the job is saved as it stands: Suspended or Regroup (LEFT), or, if
 *   neither was asked for, Announce RunSuperstep (COMPUTING). If that has not been tried: Announce Checkpoint. If it has failed: Notice, if
 *   something was asked for, and Announce RunSuperstep as if it had not been (COMPUTING).
 *
 *   At the barrier before the superstep that lost partitions compute again last, nothing is saved and nothing held: the partitions stand
 *   at different supersteps.
 * </pre>
 *
 * <p>A superstep in which vertices or edges were added, removed or changed does not fuse delivering with computing: the messages travel
 * over the graph in which they were said. Between the last SuperstepDone that reports changes and the barrier the workers change the graph,
 * in sub-steps that they coordinate among themselves, as they do while loading; the master waits for the last answer. What each worker does
 * stands in the table of {@code Worker}: deliver; resolve, at the owners of the edges' sources; tell the owners of the targets; tell whose
 * vertices are named where; count.
 */
public final class Coordinator {
    private enum State { NEW, SAMPLING, LOADING, RECALLING, RESTORING, REPLAYING, COMPUTING, CHANGING, HELD, WRITING, DONE, FAILED, LEFT }

    private final JobPlan plan;
    private final Optional<Manifest> origin;
    private final Optional<Chronicle> chronicle;
    private final Knowledge known;
    private final MasterView view;
    private final Census census;
    private final List<ToMaster.Sampled> samples = new ArrayList<>();

    /** Present from the start on of an attempt that begins with the input. */
    private WantedVertices wanted;
    private State state = State.NEW;
    /** Workers that have answered the last announcement. */
    private int answers;
    private int partitions;
    /** The cuts, from when they are known. */
    private long[] firsts;
    private long mirrors;
    private ToWorker.RunSuperstep running;
    /** Which superstep is to run next, or runs. */
    private int superstep;
    /** Present from the first barrier on, if the job is saved. */
    private Optional<Saving> saving = Optional.empty();
    private Optional<Wish> wish = Optional.empty();
    /** Present from when it is known that lost partitions can compute again by themselves, until they have. */
    private Optional<Confinement> confinement = Optional.empty();
    /** While all is held, what the master knew before its hook was asked. */
    private MasterState held;
    /** What workers have written, by worker. */
    private final ToMaster.Written[] parts;
    /** Where workers' time went in the superstep that runs, by worker. */
    private final ToMaster.Effort[] efforts;
    /** By vertex, what it has done in the superstep that runs, as far as workers have told. */
    private final TreeMap<Long, String> traces = new TreeMap<>();

    /** An attempt that begins with the input. */
    public Coordinator(JobPlan plan) {
        this(plan, Optional.empty(), Optional.empty());
    }

    /** An attempt that goes on from this checkpoint. */
    public Coordinator(JobPlan plan, Manifest from) {
        this(plan, Optional.of(from), Optional.empty());
    }

    /**
     * An attempt that goes on from a checkpoint, or begins with the input. With a chronicle it lets only those partitions go back to the
     * checkpoint that were lost, where it can.
     *
     * @param origin the checkpoint, if there is one
     * @param chronicle what earlier attempts have announced; this one goes on with it
     */
    public Coordinator(JobPlan plan, Optional<Manifest> origin, Optional<Chronicle> chronicle) {
        this.plan = plan;
        this.origin = origin;
        this.chronicle = chronicle;
        known = new Knowledge(plan);
        view = known.view;
        census = known.census;
        parts = new ToMaster.Written[plan.workers()];
        efforts = new ToMaster.Effort[plan.workers()];
    }

    /** Begins the attempt. */
    public List<MasterCommand> start(long nanos) {
        if (state != State.NEW) {
            throw new IllegalStateException("the attempt has begun already");
        }
        for (Parameter parameter : known.declared.parameters()) {
            if (!parameter.isPresent()) {
                return abort(new Fault(Fault.Kind.INPUT, plan.program().name() + " needs " + parameter.name() + ": " + parameter.help()
                    + " (--" + parameter.name() + " " + parameter.typeName() + ")"));
            }
        }
        if (origin.isPresent() && chronicle.isPresent() && !chronicle.get().isEmpty()) {
            confinement = Optional.of(new Confinement(chronicle.get(), origin.get()));
            state = State.RECALLING;
            return List.of(new MasterCommand.Announce(new ToWorker.Recall()));
        }
        chronicle.ifPresent(Chronicle::forget);
        if (origin.isPresent()) {
            return restore(origin.get(), nanos);
        }
        wanted = new WantedVertices(known.declared.parameters(), plan.traced());
        state = State.SAMPLING;
        return List.of(new MasterCommand.Announce(new ToWorker.Sample()));
    }

    /** Takes what a worker reports and says what is to be done. */
    public List<MasterCommand> on(ToMaster event, long nanos) {
        if (isOver()) {
            return List.of();
        }
        if (event instanceof ToMaster.Failed failed) {
            return abort(failed.fault());
        }
        if (event instanceof ToMaster.Checkpointed saved && saving.isPresent()) {
            return thenHeld(saving.get().on(saved, nanos), nanos);
        }
        if (event instanceof ToMaster.NotCheckpointed unsaved && saving.isPresent()) {
            return thenHeld(saving.get().on(unsaved, nanos), nanos);
        }
        if (event instanceof ToMaster.SuperstepDone done && state == State.COMPUTING) {
            return done(done, nanos);
        }
        if (event instanceof ToMaster.Traced traced && state == State.COMPUTING) {
            for (int i = 0; i < traced.vertices().length; i++) {
                traces.put(traced.vertices()[i], traced.texts().get(i));
            }
            return List.of();
        }
        if (event instanceof ToMaster.GraphChanged changed && state == State.CHANGING) {
            return changed(changed, nanos);
        }
        if (event instanceof ToMaster.Sampled sampled && state == State.SAMPLING) {
            return sampled(sampled);
        }
        if (event instanceof ToMaster.Loaded loaded && state == State.LOADING) {
            return loaded(loaded, nanos);
        }
        if (event instanceof ToMaster.Restored restored && state == State.RESTORING) {
            return restored(restored, nanos);
        }
        if (event instanceof ToMaster.NotRestored unreadable && state == State.RESTORING) {
            state = State.LEFT;
            return List.of(new MasterCommand.Damaged(unreadable.reason()));
        }
        if (event instanceof ToMaster.Kept kept && state == State.RECALLING) {
            return recalled(kept, nanos);
        }
        if (event instanceof ToMaster.SuperstepDone done && state == State.REPLAYING) {
            return replayed(done, nanos);
        }
        if (event instanceof ToMaster.Traced && state == State.REPLAYING) {
            return List.of();
        }
        if (event instanceof ToMaster.NotReplayed lost && confinement.isPresent()) {
            state = State.LEFT;
            return List.of(new MasterCommand.NotConfined(lost.worker(), lost.reason()));
        }
        if (event instanceof ToMaster.Written written && state == State.WRITING) {
            return written(written);
        }
        throw new IllegalStateException("worker " + event.worker() + " reported " + event + " while the job was " + state);
    }

    private boolean isOver() {
        return state == State.DONE || state == State.FAILED || state == State.LEFT;
    }

    /** The checkpoint that was to be committed is there. */
    public List<MasterCommand> committed(long nanos) {
        saving.orElseThrow().committed();
        int saved = saving.orElseThrow().committedBefore();
        chronicle.ifPresent(told -> told.saved(saved));
        boolean isAnybodys = chronicle.isPresent() && !isOver();
        return thenHeld(isAnybodys ? List.of(new MasterCommand.Announce(new ToWorker.Saved(saved))) : List.of(), nanos);
    }

    /** The checkpoint that was to be committed could not be, for this reason, told in one line. */
    public List<MasterCommand> notCommitted(String reason, long nanos) {
        return thenHeld(saving.orElseThrow().notSaved(reason), nanos);
    }

    /** Whether nothing goes on before the checkpoint that is to be committed is there, or is known not to be. */
    public boolean awaitsCommit() {
        return state == State.HELD && saving.orElseThrow().isBeingCommitted();
    }

    /** At the next barrier, saves the job as it stands, and lets it be over for now; a job that is not saved cannot. */
    public void suspend() {
        wish(new Wish(Optional.empty()));
    }

    /** At the next barrier, saves the job as it stands, and ends the attempt, for this reason; a job that is not saved cannot. */
    public void regroup(String reason) {
        wish(new Wish(Optional.of(reason)));
    }

    private void wish(Wish what) {
        if (plan.checkpoints().isEmpty()) {
            throw new IllegalStateException("the job is not saved: " + what.refused());
        }
        wish = wish.filter(present -> !present.yieldsTo(what)).or(() -> Optional.of(what));
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
        Placement placement = cuts.placement(plan.capacities());
        firsts = placement.firsts();
        state = State.LOADING;
        return List.of(new MasterCommand.Announce(new ToWorker.Load(placement, wanted.ids())));
    }

    private List<MasterCommand> restore(Manifest manifest, long nanos) {
        var cuts = new Cuts(manifest);
        Optional<String> tooLarge = cuts.tooLarge(plan.capacities());
        if (tooLarge.isPresent()) {
            return abort(new Fault(Fault.Kind.FAILURE, tooLarge.get()));
        }
        superstep = manifest.superstep();
        return restore(manifest, manifest.master(), cuts.placement(plan.capacities()), nanos);
    }

    private List<MasterCommand> restore(Manifest manifest, MasterState master, Placement placement, long nanos) {
        partitions = manifest.partitions().size();
        try {
            known.restore(master);
        } catch (Throwable e) {
            return failed("when its aggregators and globals were read from the checkpoint before superstep " + superstep, e);
        }
        beginSaving(manifest.firsts(), nanos);
        state = State.RESTORING;
        OptionalInt until = confinement.isPresent() ? OptionalInt.of(superstep) : OptionalInt.empty();
        return List.of(new MasterCommand.Announce(new ToWorker.Restore(manifest.name(), placement, until)));
    }

    private List<MasterCommand> recalled(ToMaster.Kept kept, long nanos) {
        Confinement lost = confinement.orElseThrow();
        lost.add(kept);
        if (!isLastAnswer()) {
            return List.of();
        }
        Manifest manifest = origin.orElseThrow();
        Optional<MasterCommand.AllGoBack> hindrance = lost.hindrance();
        Optional<Placement> placement = hindrance.isPresent() ? Optional.empty()
            : new Cuts(manifest).around(lost.keepers(), plan.capacities());
        var commands = new ArrayList<MasterCommand>();
        if (placement.isPresent()) {
            superstep = lost.last();
            commands.add(lost.begin(placement.get().owners()));
            commands.addAll(restore(manifest, chronicle.orElseThrow().before(), placement.get(), nanos));
            return commands;
        }
        confinement = Optional.empty();
        chronicle.orElseThrow().forget();
        commands.add(hindrance.orElseGet(lost::withoutRoom));
        commands.addAll(restore(manifest, nanos));
        return commands;
    }

    private List<MasterCommand> replayed(ToMaster.SuperstepDone done, long nanos) {
        confinement.orElseThrow().again(done.computed());
        return isLastAnswer() ? replay(nanos) : List.of();
    }

    /** Lets lost partitions compute the next superstep again. */
    private List<MasterCommand> replay(long nanos) {
        Optional<ToWorker> next = confinement.orElseThrow().next();
        if (next.isEmpty()) {
            return barrier(nanos);
        }
        state = State.REPLAYING;
        return List.of(new MasterCommand.Announce(next.get()));
    }

    private void beginSaving(long[] firsts, long nanos) {
        saving = plan.checkpoints().map(how -> new Saving(how, plan.workers(), firsts, origin, nanos));
    }

    private List<MasterCommand> restored(ToMaster.Restored restored, long nanos) {
        mirrors += restored.mirrors();
        census.addHearings(restored.hearings());
        if (!isLastAnswer()) {
            return List.of();
        }
        var commands = new ArrayList<MasterCommand>();
        commands.add(new MasterCommand.GraphRestored(superstep, view.vertexCount, view.edgeCount, mirrors, partitions));
        commands.addAll(confinement.isPresent() ? replay(nanos) : barrier(nanos));
        return commands;
    }

    private List<MasterCommand> loaded(ToMaster.Loaded loaded, long nanos) {
        known.add(loaded);
        mirrors += loaded.mirrors();
        wanted.add(loaded.foundVertices());
        if (!isLastAnswer()) {
            return List.of();
        }
        Optional<String> missing = wanted.missing(view.vertexCount);
        if (missing.isPresent()) {
            return abort(new Fault(Fault.Kind.INPUT, missing.get()));
        }
        wanted.tellUntraced(traces);
        try {
            known.begin();
        } catch (Throwable e) {
            return failed("in aggregator \"" + known.failedAggregator() + "\" before superstep 0", e);
        }
        beginSaving(firsts, nanos);
        var commands = new ArrayList<MasterCommand>();
        commands.add(new MasterCommand.GraphLoaded(view.vertexCount, view.edgeCount, mirrors, partitions));
        commands.addAll(traces());
        commands.addAll(barrier(nanos));
        return commands;
    }

    private List<MasterCommand> done(ToMaster.SuperstepDone done, long nanos) {
        census.add(done);
        efforts[done.worker()] = done.effort();
        boolean last = isLastAnswer();
        try {
            known.aggregate(done.tally(), last);
        } catch (Throwable e) {
            return failed("in aggregator \"" + known.failedAggregator() + "\" after superstep " + done.superstep(), e);
        }
        if (!last) {
            return List.of();
        }
        var commands = new ArrayList<MasterCommand>();
        confinement.ifPresent(lost -> commands.add(lost.end(census.computed)));
        confinement = Optional.empty();
        chronicle.ifPresent(told -> told.ended(census.computed));
        if (census.changes > 0) {
            chronicle.ifPresent(Chronicle::changed);
            state = State.CHANGING;
            commands.add(new MasterCommand.Announce(known.change(running)));
        } else {
            commands.addAll(superstepEnded(nanos));
        }
        return commands;
    }

    private List<MasterCommand> changed(ToMaster.GraphChanged changed, long nanos) {
        known.add(changed);
        return isLastAnswer() ? superstepEnded(nanos) : List.of();
    }

    private List<MasterCommand> superstepEnded(long nanos) {
        census.isDelivered = census.changes > 0;
        superstep++;
        var commands = new ArrayList<MasterCommand>(traces());
        commands.add(new MasterCommand.SuperstepEnded(running, census.computed, census.awake, census.messages, view.aggregates.boxed(),
            view.globals.boxed(), List.of(efforts)));
        commands.addAll(barrier(nanos));
        return commands;
    }

    private List<MasterCommand> barrier(long nanos) {
        boolean isDue = saving.isPresent() && confinement.isEmpty() && saving.get().isDue(superstep, nanos);
        boolean isWished = wish.isPresent() && confinement.isEmpty();
        MasterState before = null;
        if (isDue || isWished || chronicle.isPresent()) {
            try {
                before = known.state();
            } catch (Throwable e) {
                return failed("when its aggregators and globals were saved before superstep " + superstep, e);
            }
        }
        Phase spoken;
        try {
            spoken = known.ask(superstep);
        } catch (Throwable e) {
            return failed("in beforeSuperstep before superstep " + superstep, e);
        }
        if (known.hasEnded(superstep)) {
            return end();
        }
        if (plan.maxSupersteps() > 0 && superstep >= plan.maxSupersteps()) {
            String message = known.notHalted(superstep);
            return plan.partial() ? endAtLimit(message) : abort(new Fault(Fault.Kind.FAILURE, message));
        }
        if (known.hasForeignMessages(spoken)) {
            return abort(new Fault(Fault.Kind.FAILURE, known.foreignMessages(spoken, superstep)));
        }
        try {
            running = known.run(superstep, spoken);
        } catch (Throwable e) {
            return failed("when its aggregators and globals were announced for superstep " + superstep, e);
        }
        census.beginSuperstep();
        if (isWished || isDue && plan.checkpoints().orElseThrow().isAwaited()) {
            state = State.HELD;
            held = before;
            return held(nanos);
        }
        MasterCommand run = announced(before);
        return isDue ? List.of(new MasterCommand.Announce(saving.get().begin(superstep, before, nanos)), run)
            : saving.flatMap(saved -> saved.slowness(superstep, nanos)).<List<MasterCommand>>map(line -> List.of(
                new MasterCommand.Notice(line), run)).orElseGet(() -> List.of(run));
    }

    /** The superstep that is to run begins, before which the master knew this. */
    private MasterCommand announced(MasterState before) {
        state = State.COMPUTING;
        chronicle.ifPresent(told -> told.announced(running, before));
        return new MasterCommand.Announce(running);
    }

    /** What comes after these commands where all is held. */
    private List<MasterCommand> thenHeld(List<MasterCommand> commands, long nanos) {
        if (state != State.HELD) {
            return commands;
        }
        var all = new ArrayList<MasterCommand>(commands);
        all.addAll(held(nanos));
        return all;
    }

    private List<MasterCommand> held(long nanos) {
        Saving saved = saving.orElseThrow();
        if (saved.isUnderWay()) {
            return List.of();
        }
        boolean isSaved = saved.isSaved(superstep);
        if (isSaved && wish.isPresent()) {
            state = State.LEFT;
            return List.of(wish.get().granted(superstep));
        }
        if (!isSaved && !saved.isTried(superstep)) {
            return List.of(new MasterCommand.Announce(saved.begin(superstep, held, nanos)));
        }
        var commands = new ArrayList<MasterCommand>();
        wish.ifPresent(refused -> commands.add(new MasterCommand.Notice("the job could not be saved before superstep " + superstep + ": "
            + refused.refused())));
        commands.add(announced(held));
        wish = Optional.empty();
        held = null;
        return commands;
    }

    private List<MasterCommand> endAtLimit(String message) {
        var commands = new ArrayList<MasterCommand>(2);
        commands.add(new MasterCommand.LimitReached(message));
        commands.addAll(end());
        return commands;
    }

    private List<MasterCommand> end() {
        try {
            view.shared.close();
        } catch (SharedObjects.Fault e) {
            return failed("at its end", e);
        }
        if (plan.writes() || !known.declared.shared().isEmpty()) {
            state = State.WRITING;
            return List.of(new MasterCommand.Announce(new ToWorker.Write()));
        }
        state = State.DONE;
        return List.of(new MasterCommand.Finish(superstep, census.dropped, view.globals.boxed()));
    }

    private List<MasterCommand> written(ToMaster.Written part) {
        parts[part.worker()] = part;
        if (!isLastAnswer()) {
            return List.of();
        }
        state = State.DONE;
        return List.of(new MasterCommand.CommitOutput(List.of(parts)),
            new MasterCommand.Finish(superstep, census.dropped, view.globals.boxed()));
    }

    /** The program's own code has failed, on the master. */
    private List<MasterCommand> failed(String where, Throwable thrown) {
        return abort(MasterFault.of(plan.program(), where, thrown));
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
