package org.superstep.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.superstep.graph.Program;
import org.superstep.master.ClusterCommand;
import org.superstep.master.ClusterEvent;
import org.superstep.master.Coordinator;
import org.superstep.master.JobPlan;
import org.superstep.master.MasterCommand;
import org.superstep.net.Fault;
import org.superstep.net.ToClient;
import org.superstep.net.ToMaster;
import org.superstep.net.ToMember;
import org.superstep.net.ToWorker;

/** The master's side of one job: a real coordinator, which takes some time for each thing that it hears, one after the other. */
final class SimulatedRun {
    private final SimulatedMaster master;
    private final SimulatedCluster world;
    private final ClusterCommand.BeginJob begin;
    private final SimulatedJob what;
    private final Program program;
    private final Coordinator coordinator;
    private final List<MasterCommand.SuperstepEnded> supersteps = new ArrayList<>();
    private long busyUntil;
    private Fault broken;
    private boolean isOver;

    SimulatedRun(SimulatedMaster master, ClusterCommand.BeginJob begin) {
        this.master = master;
        this.begin = begin;
        world = master.world;
        what = SimulatedJob.of(begin.spec());
        program = what.tiny().program();
        coordinator = new Coordinator(new JobPlan(program, what.tiny().graph().isUndirected(), begin.workers().size(),
            begin.workers().size(), what.partitions(), what.delivery(), 1000, true));
        next(() -> obey(coordinator.start(0)));
    }

    long job() {
        return begin.job();
    }

    long attempt() {
        return begin.attempt();
    }

    boolean isOver() {
        return isOver;
    }

    List<ClusterCommand.Worker> workers() {
        return begin.workers();
    }

    void hears(ToMaster message) {
        next(() -> {
            master.laws.reports(attempt(), message);
            obey(coordinator.on(message, 0));
        });
    }

    void breakOff(ClusterCommand.BreakOff off) {
        broken = off.fault();
        next(() -> { });
    }

    /** Does this when all before it is done; a run that is broken off, or over, does nothing any more. */
    private void next(Runnable step) {
        busyUntil = Math.max(busyUntil, world.timeline.nanos()) + world.random.nextLong(100_000);
        world.timeline.at(busyUntil, () -> {
            if (isOver || !master.isAlive()) {
                return;
            }
            if (broken != null) {
                over(new ToClient.Failed(job(), broken));
            } else {
                step.run();
            }
        });
    }

    private void over(ToClient end) {
        isOver = true;
        coordinator.closeShared();
        master.over(new ClusterEvent.JobOver(job(), end));
    }

    private void obey(List<MasterCommand> commands) {
        for (MasterCommand command : commands) {
            if (command instanceof MasterCommand.Announce announce) {
                announce(announce.command());
            } else if (command instanceof MasterCommand.GraphLoaded loaded) {
                master.laws.loaded(attempt(), what, loaded);
                master.told(job(), new ToClient.Loaded(job(), loaded.vertices(), loaded.edges()));
            } else if (command instanceof MasterCommand.SuperstepEnded ended) {
                supersteps.add(ended);
                master.told(job(), new ToClient.SuperstepEnded(job(), ended.superstep().superstep(), "", ended.superstep().delivery(),
                    ended.computed(), ended.awake(), ended.messages(), 1, Map.of()));
            } else if (command instanceof MasterCommand.Finish finish) {
                master.laws.finishes(attempt(), what, program, begin.workers().size(), supersteps, finish.droppedMessages());
                over(new ToClient.Done(job(), "", "", new byte[0], ""));
            } else if (command instanceof MasterCommand.Abort abort) {
                over(new ToClient.Failed(job(), abort.fault()));
            }
        }
    }

    private void announce(ToWorker command) {
        master.note(command);
        master.laws.announces(attempt(), begin.workers().size(), command);
        begin.workers().forEach(worker -> master.tell(worker, new ToMember.Tell(attempt(), command)));
    }
}
