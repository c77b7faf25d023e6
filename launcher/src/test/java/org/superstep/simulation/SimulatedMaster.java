package org.superstep.simulation;

import java.util.HashMap;
import java.util.Map;
import org.superstep.master.Cluster;
import org.superstep.master.ClusterCommand;
import org.superstep.master.ClusterEvent;
import org.superstep.net.FromClient;
import org.superstep.net.FromMember;
import org.superstep.net.HostPort;
import org.superstep.net.JobSpec;
import org.superstep.net.Party;
import org.superstep.net.ToClient;
import org.superstep.net.ToMember;

/** The master's process: the cluster's state machine, and at most one job's run. */
final class SimulatedMaster extends Actor {
    static final HostPort ADDRESS = new HostPort("master", 7077);

    /** A connection of nobody's, over which the simulation asks how things are. */
    private static final long ASKER = 0;

    final Laws laws;
    final long epoch;
    private final Cluster cluster;
    private final Map<Long, End> ends = new HashMap<>();
    private final SimulatedState state;
    /** By number, what jobs are that were accepted. */
    private final Map<Long, JobSpec> specs = new HashMap<>();
    private SimulatedRun run;
    private ToClient.Status status;

    /** {@code state}: what a master before it has kept; null: masters keep nothing here. */
    SimulatedMaster(SimulatedCluster world, long epoch, SimulatedState state) {
        super("master", world);
        this.state = state;
        this.epoch = epoch;
        laws = new Laws(world, this);
        world.network.listen(ADDRESS, this);
        cluster = new Cluster("simulated", epoch, 0, Cluster.REGROUP_NANOS);
        if (state != null) {
            ClusterEvent.Recalled recalled = state.recalled();
            recalled.jobs().forEach(job -> specs.put(job.job(), job.spec()));
            on(recalled);
        }
    }

    void on(ClusterEvent event) {
        if (!(event instanceof ClusterEvent.Tick)) {
            note(event);
        }
        for (ClusterCommand command : cluster.on(event, world.timeline.nanos())) {
            note(command);
            obey(command);
        }
    }

    private void obey(ClusterCommand command) {
        if (command instanceof ClusterCommand.TellMember tell) {
            if (tell.message() instanceof ToMember.Prepare prepare) {
                laws.prepares(prepare);
            }
            send(tell.connection(), tell.message());
        } else if (command instanceof ClusterCommand.TellClient tell) {
            send(tell.connection(), tell.message());
        } else if (command instanceof ClusterCommand.SendJar jar) {
            send(jar.connection(), new ToMember.Jar(SimulatedCluster.piece(jar.sha256())));
        } else if (command instanceof ClusterCommand.Close close) {
            End end = ends.get(close.connection());
            if (world.plan.isCalm) {
                throw new AssertionError("nothing has gone wrong, and " + end + " is closed: " + close.reason());
            }
            if (end != null) {
                end.close(close.reason());
            }
        } else if (command instanceof ClusterCommand.BeginJob begin) {
            laws.begins(begin, run);
            if (run == null) {
                run = new SimulatedRun(this, begin);
            } else {
                run.begin(begin);
            }
        } else if (command instanceof ClusterCommand.Pause pause) {
            run.pause(pause);
        } else if (command instanceof ClusterCommand.Regroup regroup) {
            run.regroup(regroup.reason());
        } else if (command instanceof ClusterCommand.Suspend) {
            run.suspend();
        } else if (command instanceof ClusterCommand.Keep || command instanceof ClusterCommand.KeepAttempt
                || command instanceof ClusterCommand.ForgetJar) {
            keep(command);
        } else if (command instanceof ClusterCommand.BreakOff off) {
            world.history(specs.get(off.job())).isGivenUp();
            run.breakOff(off);
        } else if (command instanceof ClusterCommand.LetGo gone) {
            laws.letGo(gone.job());
        } else if (command instanceof ClusterCommand.Remember remember) {
            laws.ends(remember);
            if (run == null) {
                world.history(specs.get(remember.past().job().job())).isGivenUp();
            }
            if (state != null) {
                state.remember(remember.past());
            }
        } else if (command instanceof ClusterCommand.Exit) {
            later(0, () -> kill("the end"));
        }
    }

    private void keep(ClusterCommand command) {
        if (command instanceof ClusterCommand.Keep keep) {
            specs.put(keep.job(), keep.spec());
            if (state != null) {
                state.keep(keep);
            }
        } else if (command instanceof ClusterCommand.KeepAttempt keep) {
            world.history(specs.get(keep.job())).prepares();
            if (state != null) {
                state.keep(keep);
            }
        } else if (command instanceof ClusterCommand.ForgetJar jar && state != null) {
            state.forget(jar.sha256());
        }
    }

    private void send(long connection, Object message) {
        End end = ends.get(connection);
        if (end != null) {
            end.send(message);
        } else if (connection == ASKER && message instanceof ToClient.Status told) {
            status = told;
        }
    }

    /** To one of the run's workers. */
    void tell(ClusterCommand.Worker worker, ToMember.Tell command) {
        send(worker.connection(), command);
    }

    /** What it tells who asks now; null: nothing, because it ends. */
    ToClient.Status status() {
        status = null;
        ask(new FromClient.AskStatus());
        return status;
    }

    /** Somebody asks something, and does not wait for what comes of it. */
    void ask(FromClient what) {
        on(new ClusterEvent.ClientConnected(ASKER));
        on(new ClusterEvent.ClientSaid(ASKER, what));
        on(new ClusterEvent.Closed(ASKER, "it knows"));
    }

    @Override void kill(String reason) {
        if (isAlive() && run != null) {
            run.dies();
        }
        super.kill(reason);
    }

    void over(ClusterEvent.JobOver over) {
        run = null;
        on(over);
    }

    /** Whether what is said over this connection may still arrive. */
    boolean isWhole(long connection) {
        End end = ends.get(connection);
        return end != null && end.isWhole();
    }

    SimulatedRun run() {
        return run;
    }

    @Override void tick() {
        on(new ClusterEvent.Tick());
    }

    @Override void opened(End end) {
        ends.put(end.id, end);
        on(end.call.party().role() == Party.Role.CLIENT ? new ClusterEvent.ClientConnected(end.id)
            : new ClusterEvent.MemberConnected(end.id, true));
    }

    @Override void received(End end, Object message) {
        if (message instanceof FromMember.Says says && run != null && run.isLive() && run.attempt() == says.attempt()) {
            run.hears(says.message());
        } else if (message instanceof FromMember said) {
            on(new ClusterEvent.MemberSaid(end.id, said));
        } else if (message instanceof FromClient.Jar jar) {
            String sha256 = jar.piece().sha256();
            boolean isSpoilt = world.plan.spoilsJar(world.timeline.nanos());
            later(world.shortWhile(), () -> {
                if (!isSpoilt && state != null) {
                    state.stored(sha256);
                }
                on(isSpoilt ? new ClusterEvent.JarSpoilt(end.id, sha256, "the jar was spoilt") : new ClusterEvent.JarStored(sha256));
            });
        } else if (message instanceof FromClient said) {
            on(new ClusterEvent.ClientSaid(end.id, said));
        } else {
            throw new AssertionError("no message for a master: " + message);
        }
    }

    @Override void closed(End end, String reason) {
        if (ends.remove(end.id) != null) {
            on(new ClusterEvent.Closed(end.id, reason));
        }
    }

    @Override void failed(Call call, String reason) {
        throw new AssertionError("a master calls nobody");
    }

    /** What the run tells goes through here, in order. */
    void told(long job, ToClient message) {
        on(new ClusterEvent.JobTold(job, message));
    }
}
