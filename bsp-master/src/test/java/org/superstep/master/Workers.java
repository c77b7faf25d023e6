package org.superstep.master;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.superstep.checkpoint.Manifest;
import org.superstep.graph.Program;
import org.superstep.net.Delivery;
import org.superstep.net.Fault;
import org.superstep.net.ToMaster;
import org.superstep.net.ToWorker;

/**
 * A coordinator with workers that answer what a test says, in the order that it says; every worker but the last to answer must be met with
 * silence.
 */
final class Workers {
    /** Each of so many messages when all vertices of a {@link #loaded} worker broadcast, whatever the phase. */
    static final long HEARINGS = 80;
    static final long VERTICES = 10;
    static final long EDGES = 40;
    static final long MIRRORS = 3;

    final Coordinator coordinator;
    private final int phases;
    private final int[] order;

    /** What the coordinator is told that its clock shows. */
    long nanos;

    private Workers(JobPlan plan, Coordinator coordinator, int... order) {
        this.coordinator = coordinator;
        phases = plan.program().declarations().phases().size();
        this.order = order;
    }

    /** Workers that answer in this order, with an output to write. */
    static Workers of(Program program, int... order) {
        return of(program, Delivery.AUTO, 0, true, order);
    }

    static Workers of(Program program, Delivery delivery, int maxSupersteps, boolean writes, int... order) {
        return of(new JobPlan(program, false, order.length, order.length, 4, delivery, maxSupersteps, writes), order);
    }

    static Workers of(JobPlan plan, int... order) {
        return new Workers(plan, new Coordinator(plan), order);
    }

    /** Workers of an attempt that goes on from this checkpoint. */
    static Workers of(JobPlan plan, Manifest manifest, int... order) {
        return new Workers(plan, new Coordinator(plan, manifest), order);
    }

    /** Workers of an attempt that goes on from this checkpoint, if there is one, with what those before it have announced. */
    static Workers of(JobPlan plan, Optional<Manifest> manifest, Chronicle chronicle, int... order) {
        return new Workers(plan, new Coordinator(plan, manifest, Optional.of(chronicle)), order);
    }

    /** All workers answer; returns what the last answer led to. */
    List<MasterCommand> answer(IntFunction<ToMaster> answers) {
        List<MasterCommand> commands = List.of();
        for (int i = 0; i < order.length; i++) {
            commands = coordinator.on(answers.apply(order[i]), nanos);
            if (i + 1 < order.length) {
                assertThat(commands).as("after answer %d of %d", i + 1, order.length).isEmpty();
            }
        }
        return commands;
    }

    List<MasterCommand> sampled() {
        return answer(worker -> new ToMaster.Sampled(worker, "edges", 100, 0, new long[] {worker, 10 + worker, 20 + worker}));
    }

    /** Each worker has {@link #VERTICES} vertices. */
    List<MasterCommand> loaded() {
        return answer(this::loaded);
    }

    ToMaster.Loaded loaded(int worker) {
        return loaded(worker, VERTICES, new boolean[0]);
    }

    ToMaster.Loaded loaded(int worker, long vertices, boolean... found) {
        var hearings = new long[phases];
        Arrays.fill(hearings, HEARINGS);
        return new ToMaster.Loaded(worker, vertices, 4 * vertices, MIRRORS, hearings, found);
    }

    /** Each worker has this many vertices awake, and has said this many messages. */
    List<MasterCommand> done(int superstep, long awake, long messages, long sends) {
        return answer(worker -> new ToMaster.SuperstepDone(worker, superstep, VERTICES, awake, messages, sends, 0, 0, 0, 0, new long[0][]));
    }

    /** Each worker has one vertex awake, has said nothing, and asks for so many changes of the graph. */
    List<MasterCommand> doneWithChanges(int superstep, long changes) {
        return answer(worker -> new ToMaster.SuperstepDone(worker, superstep, VERTICES, 1, 0, 0, changes, 0, 0, 0, new long[0][]));
    }

    /** Each worker has changed its graph, and has as much as it had. */
    List<MasterCommand> changed() {
        return answer(this::changed);
    }

    ToMaster.GraphChanged changed(int worker) {
        var hearings = new long[phases];
        Arrays.fill(hearings, HEARINGS);
        return new ToMaster.GraphChanged(worker, VERTICES, EDGES, 1, hearings, 0, 0, 0);
    }

    /** Starts the job and brings it to the barrier after loading. */
    List<MasterCommand> startAndLoad() {
        coordinator.start(nanos);
        sampled();
        return loaded();
    }

    int workers() {
        return order.length;
    }

    static List<ToWorker> announcements(List<MasterCommand> commands) {
        var announced = new ArrayList<ToWorker>();
        for (MasterCommand command : commands) {
            if (command instanceof MasterCommand.Announce announce) {
                announced.add(announce.command());
            }
        }
        return announced;
    }

    /** The superstep that these commands announce; fails where they announce anything else. */
    static ToWorker.RunSuperstep superstep(List<MasterCommand> commands) {
        assertThat(announcements(commands)).hasSize(1);
        return (ToWorker.RunSuperstep) announcements(commands).get(0);
    }

    /** Why these commands abort the job; fails where they do anything else. */
    static Fault fault(List<MasterCommand> commands) {
        assertThat(commands).isNotEmpty();
        MasterCommand last = commands.get(commands.size() - 1);
        assertThat(last).isInstanceOf(MasterCommand.Abort.class);
        assertThat(announcements(commands)).isEmpty();
        return ((MasterCommand.Abort) last).fault();
    }
}
