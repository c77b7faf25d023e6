package org.superstep.master;

import org.superstep.checkpoint.MasterState;
import org.superstep.graph.Master;
import org.superstep.graph.Phase;
import org.superstep.graph.Program;
import org.superstep.graph.internal.Declarations;
import org.superstep.graph.internal.MasterView;
import org.superstep.graph.internal.MessageForm;
import org.superstep.graph.internal.Tally;
import org.superstep.net.Delivery;
import org.superstep.net.ToMaster;
import org.superstep.net.ToWorker;

/**
 * What the master knows of its job between two supersteps: counts, aggregators, globals and the phase; what it shows to the program's hook,
 * announces to workers, and saves in manifests. A part of {@link Coordinator}, whose thread uses it.
 *
 * <p>Codecs, aggregators and the hook are the program's code: methods that call it throw whatever it throws.
 */
final class Knowledge {
    final Declarations declared;
    final MasterView view;
    final Census census;
    private final Program program;
    private final Delivery delivery;
    private final Master master;
    private final Tally tally;

    /** Before superstep 0, of a graph of which nothing is known. */
    Knowledge(JobPlan plan) {
        program = plan.program();
        delivery = plan.delivery();
        declared = program.declarations();
        view = new MasterView(declared);
        master = new Master(view);
        tally = view.tally;
        census = new Census(declared.phases().size());
    }

    /** A worker has loaded its part of the graph. */
    void add(ToMaster.Loaded loaded) {
        view.vertexCount += loaded.vertices();
        view.edgeCount += loaded.edges();
        census.addHearings(loaded.hearings());
    }

    /** All have loaded theirs: aggregators come to what nothing makes them, and vertices are awake as the first phase says. */
    void begin() {
        tally.read(view.aggregates);
        // Where nobody is awake and nothing is in flight, the hook alone can begin.
        census.awake = view.phase.startsAwake() ? view.vertexCount : 0;
    }

    /** Goes on from what was saved; what the graph's vertices hear is counted anew. */
    void restore(MasterState saved) {
        view.phase = declared.phases().get(saved.phase());
        view.phaseBegan = saved.phaseBegan();
        view.vertexCount = saved.vertices();
        view.edgeCount = saved.edges();
        census.restore(saved);
        view.aggregates.unpack(saved.aggregates().clone());
        view.globals.unpack(saved.globals().clone());
        tally.merge(saved.persistent());
    }

    /** What is to be saved. */
    MasterState state() {
        long[][] persistent = tally.states();
        for (int i = 0; i < persistent.length; i++) {
            persistent[i] = declared.aggregators().get(i).isPersistent() ? persistent[i] : null;
        }
        return census.state(declared.indexOf(view.phase), view.phaseBegan, view.vertexCount, view.edgeCount, view.aggregates.packed(),
            view.globals.packed(), persistent);
    }

    /** Merges what one worker's vertices have added; after the last worker's the superstep's aggregates can be read. */
    void aggregate(long[][] added, boolean isLast) {
        if (declared.aggregators().isEmpty()) {
            return;
        }
        if (added.length > 0) {
            tally.merge(added);
        }
        if (isLast) {
            tally.read(view.aggregates);
            tally.clearUnlessPersistent();
        }
    }

    /** The aggregator at which {@link #aggregate} or {@link #begin} has failed. */
    String failedAggregator() {
        return tally.current();
    }

    /** The graph changes: what is to be announced for that. What depends on the graph is counted anew. */
    ToWorker.ChangeGraph change(ToWorker.RunSuperstep run) {
        var change = new ToWorker.ChangeGraph(run.superstep(), run.phase(), delivery(run.phase()), census.messages,
            census.everyoneSpoke(run.phase()), census.hasSends(), view.vertexCount, view.edgeCount);
        view.vertexCount = 0;
        view.edgeCount = 0;
        census.beginChange();
        return change;
    }

    /** A worker has changed its part of the graph. */
    void add(ToMaster.GraphChanged changed) {
        view.vertexCount += changed.vertices();
        view.edgeCount += changed.edges();
        census.add(changed);
    }

    /** Asks the program's hook what is to be done before this superstep; returns the phase that has spoken in the one before. */
    Phase ask(int superstep) {
        Phase before = view.phase;
        view.superstep = superstep;
        view.awake = census.awake;
        view.messages = census.messages;
        view.wakeAll = false;
        view.phaseStarts = false;
        view.halt = false;
        program.beforeSuperstep(master);
        // Before superstep 0 nobody has spoken: the phase that begins hears as if it had itself.
        return superstep == 0 ? view.phase : before;
    }

    /** Whether there is nothing to do any more, as the hook says or because nobody is awake and nothing in flight. */
    boolean hasEnded(int superstep) {
        boolean goesOn = census.awake > 0 || census.messages > 0 || view.wakeAll || view.phaseStarts;
        return view.halt || !goesOn || superstep == 0 && view.vertexCount == 0;
    }

    /** Whether messages are in flight that the phase which comes next cannot read. */
    boolean hasForeignMessages(Phase spoken) {
        return census.messages > 0 && spoken != view.phase && !MessageForm.of(spoken).isOfSameType(MessageForm.of(view.phase));
    }

    /** That in words. */
    String foreignMessages(Phase spoken, int superstep) {
        return program.name() + " starts phase \"" + nameOf(view.phase) + "\" before superstep " + superstep + " while " + census.messages
            + " messages of phase \"" + nameOf(spoken) + "\" are in flight, which have another type (" + MessageForm.of(spoken).typeName()
            + ", not " + MessageForm.of(view.phase).typeName() + "); end \"" + nameOf(spoken)
            + "\" with a superstep in which nothing is said";
    }

    /** That the limit is reached before this superstep, in words. */
    String notHalted(int superstep) {
        return program.name() + " has not halted after " + superstep + (superstep == 1 ? " superstep" : " supersteps") + ", the limit: "
            + (census.awake == 1 ? "1 vertex is" : census.awake + " vertices are") + " awake and " + census.messages
            + (census.messages == 1 ? " message" : " messages") + " in flight; raise --max-supersteps, or let vertices halt";
    }

    /** What is to be announced for this superstep, before which this phase has spoken. */
    ToWorker.RunSuperstep run(int superstep, Phase spoken) {
        int index = declared.indexOf(spoken);
        return new ToWorker.RunSuperstep(superstep, declared.indexOf(view.phase), view.phaseBegan, index, delivery(index), census.messages,
            census.isDelivered, census.everyoneSpoke(index), census.hasSends(), census.awake, view.wakeAll, view.vertexCount,
            view.edgeCount, view.aggregates.packed(), view.globals.packed());
    }

    /** How what the phase with this index has said is to be delivered. */
    private Delivery delivery(int spoken) {
        return delivery != Delivery.AUTO ? delivery : census.delivery(declared.phases().get(spoken), spoken, view.vertexCount);
    }

    private String nameOf(Phase phase) {
        return declared.phaseName(declared.indexOf(phase));
    }
}
