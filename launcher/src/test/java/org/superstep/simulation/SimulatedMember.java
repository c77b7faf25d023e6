package org.superstep.simulation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.superstep.graph.Program;
import org.superstep.net.Fault;
import org.superstep.net.FromMember;
import org.superstep.net.HostPort;
import org.superstep.net.Party;
import org.superstep.net.ToMaster;
import org.superstep.net.ToMember;
import org.superstep.net.ToPeer;
import org.superstep.net.ToWorker;
import org.superstep.net.Transport;
import org.superstep.worker.Disturbance;
import org.superstep.worker.LoadPlan;
import org.superstep.worker.Membership;
import org.superstep.worker.MembershipCommand;
import org.superstep.worker.MembershipEvent;
import org.superstep.worker.Remains;
import org.superstep.worker.Worker;
import org.superstep.worker.WorkerJob;

/**
 * A worker's process: the membership's state machine, and at most one job's worker, or what one has kept of an attempt in which another was
 * lost.
 */
final class SimulatedMember extends Actor {
    private final HostPort address;
    private final Membership membership;
    /** How long it takes for each thing that its worker hears, at most. */
    private final long slownessNanos;
    private End masters;
    /** Connections with other workers, the latest last; by the end's number. */
    private final Map<Long, Peer> peers = new LinkedHashMap<>();
    private Part part;
    /** What the last part has kept, until the next takes it; null: nothing. */
    private Kept kept;
    private boolean isLeaving;
    private final int number;

    private record Peer(End end, long attempt, int worker) {
    }

    /** What is left of a part of this job; its partitions have computed this superstep last, and -1 where it has none. */
    private record Kept(long job, Remains remains, int superstep) {
    }

    /** A job's worker, from when it is to be made until it has stopped. */
    final class Part implements Transport {
        final long attempt;
        final int number;
        /** Those of the master whose job it is. */
        final Laws laws;
        private Program program;
        private Worker worker;
        private String folder = "";
        /** What the names of files begin with that are being written; empty: none are. */
        private String writing = "";
        private final BlockingQueue<ToMaster> saved = new LinkedBlockingQueue<>();
        private boolean isStopping;
        /** It is to stop when it has done all that it was told, and to keep what it has computed. */
        private boolean isKeeping;
        private boolean hasStopped;
        private long busyUntil;
        private long job;
        /** The last superstep that it was told to run, or, if that is later, the one that what it was made with has computed. */
        private int last = -1;

        Part(long attempt, int number, Laws laws) {
            this.attempt = attempt;
            this.number = number;
            this.laws = laws;
        }

        boolean runs() {
            return worker != null && !isStopping;
        }

        private boolean hears() {
            return runs() || worker != null && isKeeping && !hasStopped;
        }

        void make(MembershipCommand.Make make) {
            var what = SimulatedJob.of(make.spec());
            program = what.tiny().program();
            var graph = what.tiny().graph();
            var plan = LoadPlan.of(program, graph.isUndirected(), graph.isDeduped(), graph.isWithoutSelfLoops());
            var workerJob = new WorkerJob(program, graph.source(), graph.vertices(), plan, 1, Optional.empty(), Optional.empty(), List.of(),
                0, 1L << 28, false, Optional.empty(), what.isSaved() ? Optional.of(world.folder(make.spec())) : Optional.empty(),
                what.log(), Disturbance.NONE, Deaf.EARS);
            folder = what.token();
            Optional<Kept> before = Optional.ofNullable(kept);
            kept = null;
            worker = new Worker(number, make.workers(), 1, workerJob, this, before.map(Kept::remains));
            last = before.map(Kept::superstep).orElse(-1);
            laws.made(attempt, number, SimulatedMember.this, last);
        }

        /** The worker takes one thing after the other. */
        void take(Object message) {
            busyUntil = Math.max(busyUntil, world.timeline.nanos()) + 1 + world.random.nextLong(slownessNanos);
            world.timeline.at(busyUntil, () -> {
                if (!isAlive() || !hears() || world.strikes(SimulatedMember.this)) {
                    return;
                }
                if (message instanceof ToWorker command) {
                    laws.commanded(attempt, number, command);
                    if (command instanceof ToWorker.RunSuperstep superstep) {
                        last = Math.max(last, superstep.superstep());
                    } else if (command instanceof ToWorker.Sample || command instanceof ToWorker.Restore restore
                            && !restore.isConfined()) {
                        last = -1;
                    }
                    worker.on(command);
                    if (command instanceof ToWorker.Checkpoint checkpoint) {
                        writes(checkpoint);
                    }
                } else if (message instanceof ToPeer data) {
                    laws.heard(attempt, data);
                    worker.on(data);
                }
            });
        }

        /** What is written while supersteps go on is written at once, by another thread; that it is there becomes known later. */
        private void writes(ToWorker.Checkpoint checkpoint) {
            ToMaster answer;
            try {
                answer = saved.poll(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            if (answer == null) {
                throw new AssertionError(name + " has not written a checkpoint within 30 s");
            }
            writing = checkpoint.stem() + "-w" + number;
            later(world.plan.write(), () -> {
                writing = "";
                if (runs()) {
                    tell(new FromMember.Says(attempt, answer));
                }
            });
        }

        /** The process is killed: what it was writing is cut off. */
        void dies() {
            close();
            if (!writing.isEmpty()) {
                world.files.tear(folder, writing, world.random);
            }
        }

        private void close() {
            worker.close();
            worker.closeShared();
            laws.stopped(attempt, number);
        }

        void stop(boolean keeps) {
            isStopping = true;
            isKeeping = keeps;
            later(world.plan.work(world.timeline.nanos()), () -> {
                if (keeps) {
                    // Behind all that it has been told.
                    world.timeline.at(Math.max(busyUntil, world.timeline.nanos()), () -> end(true));
                } else {
                    end(false);
                }
            });
        }

        private void end(boolean keeps) {
            if (!isAlive() || hasStopped || keeps && !isKeeping) {
                return;
            }
            hasStopped = true;
            if (worker != null) {
                if (keeps) {
                    kept = worker.keep().map(remains -> new Kept(job, remains, laws.hasPartitions(attempt, number) ? last
                        : -1)).orElse(null);
                }
                close();
            }
            part = null;
            on(new MembershipEvent.Stopped(attempt));
        }

        @Override public void toMaster(ToMaster message) {
            if (message instanceof ToMaster.Checkpointed || message instanceof ToMaster.NotCheckpointed) {
                saved.add(message);
                return;
            }
            if (message instanceof ToMaster.Written) {
                laws.written(attempt, number, worker.rows());
            }
            tell(new FromMember.Says(attempt, message));
        }

        @Override public void toPeer(int to, ToPeer message) {
            laws.said(attempt, message);
            End end = null;
            for (Peer peer : peers.values()) {
                end = peer.attempt() == attempt && peer.worker() == to ? peer.end() : end;
            }
            if (end == null) {
                // Its loss has been noticed, and has failed the job.
                return;
            }
            end.send(message);
        }
    }

    SimulatedMember(SimulatedCluster world, int number, long slownessNanos) {
        super("member " + number, world);
        this.number = number;
        this.slownessNanos = slownessNanos;
        address = new HostPort("host" + number, 7000 + number);
        world.network.listen(address, this);
        membership = new Membership(new FromMember.Join(address.host(), address.port(), 1 + world.random.nextInt(3), 1 << 30, number),
            Membership.PATIENCE_NANOS, Long.MAX_VALUE);
    }

    Part part() {
        return part;
    }

    /** Whether the master is known to be there. */
    boolean isConnected() {
        return masters != null && masters.isWhole();
    }

    void leave(String reason) {
        isLeaving = true;
        on(new MembershipEvent.Leave(reason));
    }

    /** It is told to end; what it holds it lets go of by itself. */
    boolean isLeaving() {
        return isLeaving;
    }

    private void on(MembershipEvent event) {
        if (!(event instanceof MembershipEvent.Tick)) {
            note(event);
        }
        for (MembershipCommand command : membership.on(event, world.timeline.nanos())) {
            note(command);
            obey(command);
        }
    }

    private void obey(MembershipCommand command) {
        if (command instanceof MembershipCommand.Connect) {
            world.network.connect(this, new Call(SimulatedMaster.ADDRESS, new Party(Party.Role.MEMBER, "simulated"), 0));
        } else if (command instanceof MembershipCommand.Tell tell) {
            tell(tell.message());
        } else if (command instanceof MembershipCommand.ConnectPeer connect) {
            int own = part.number;
            world.network.connect(this, new Call(new HostPort(connect.peer().host(), connect.peer().port()),
                new Party(Party.Role.PEER, "simulated", connect.attempt(), own), connect.worker()));
        } else if (command instanceof MembershipCommand.ClosePeer close) {
            Peer peer = peers.remove(close.connection());
            if (peer != null) {
                peer.end().close(close.reason());
            }
        } else if (command instanceof MembershipCommand.Make make) {
            make(make);
        } else if (command instanceof MembershipCommand.Stop stop) {
            if (!stop.keeps()) {
                forget();
            }
            if (part == null || part.attempt != stop.attempt()) {
                later(world.shortWhile(), () -> on(new MembershipEvent.Stopped(stop.attempt())));
            } else {
                part.stop(stop.keeps());
            }
        } else if (command instanceof MembershipCommand.Exit exit) {
            later(0, () -> kill(exit.reason()));
        }
    }

    private void forget() {
        if (kept != null) {
            kept.remains.close();
            kept = null;
        }
    }

    /** Whether it keeps what it has computed of this job, and is at no attempt. */
    boolean keeps(long job) {
        return kept != null && kept.job == job && part == null;
    }

    private void make(MembershipCommand.Make make) {
        if (part != null) {
            throw new AssertionError(name + " is to make attempt " + make.attempt() + " while it holds " + part.attempt);
        }
        var made = new Part(make.attempt(), make.worker(), ((SimulatedMaster) masters.other()).laws);
        made.job = make.job();
        part = made;
        if (kept != null && kept.job != make.job()) {
            forget();
        }
        later(world.plan.work(world.timeline.nanos()), () -> {
            if (made.isStopping) {
                return;
            }
            if (world.plan.cannotMake(world.timeline.nanos())) {
                on(new MembershipEvent.NotMade(make.attempt(), new Fault(Fault.Kind.FAILURE, "no part could be made")));
            } else {
                made.make(make);
                on(new MembershipEvent.Made(make.attempt()));
            }
        });
    }

    private void tell(FromMember message) {
        if (masters != null) {
            masters.send(message);
        }
    }

    @Override void kill(String reason) {
        if (isAlive() && part != null && part.worker != null) {
            part.dies();
        }
        if (isAlive()) {
            forget();
            world.replace(number);
        }
        super.kill(reason);
    }

    @Override void tick() {
        on(new MembershipEvent.Tick());
    }

    @Override void opened(End end) {
        if (end.call.party().role() == Party.Role.MEMBER) {
            masters = end;
            on(new MembershipEvent.Connected());
        } else {
            Party party = end.call.party();
            int worker = end.isCaller ? end.call.worker() : party.worker();
            peers.put(end.id, new Peer(end, party.attempt(), worker));
            on(new MembershipEvent.PeerConnected(end.id, party.attempt(), worker));
        }
    }

    @Override void received(End end, Object message) {
        if (message instanceof ToMember.Tell tell) {
            if (part != null && part.attempt == tell.attempt()) {
                part.take(tell.command());
            }
        } else if (message instanceof ToMember.Jar jar) {
            boolean isSpoilt = world.plan.spoilsJar(world.timeline.nanos());
            String sha256 = jar.piece().sha256();
            later(world.shortWhile(), () -> on(isSpoilt ? new MembershipEvent.JarSpoilt(sha256, "the jar was spoilt")
                : new MembershipEvent.JarStored(sha256)));
        } else if (message instanceof ToMember said) {
            if (end == masters) {
                on(new MembershipEvent.MasterSaid(said));
            }
        } else if (message instanceof ToPeer data) {
            if (part != null && part.attempt == end.call.party().attempt()) {
                part.take(data);
            }
        } else {
            throw new AssertionError("no message for a member: " + message);
        }
    }

    @Override void closed(End end, String reason) {
        if (end == masters) {
            masters = null;
            on(new MembershipEvent.Disconnected(reason));
        } else if (peers.remove(end.id) != null) {
            on(new MembershipEvent.PeerClosed(end.id, reason));
        }
    }

    @Override void failed(Call call, String reason) {
        Party party = call.party();
        on(party.role() == Party.Role.MEMBER ? new MembershipEvent.NotConnected(reason, false)
            : new MembershipEvent.PeerNotConnected(party.attempt(), call.worker(), reason));
    }

    /** Hears nothing of the reading. */
    private enum Deaf implements WorkerJob.ReadListener {
        EARS;

        @Override public void opened(String description, long bytes) {
        }

        @Override public void advanced(long bytes, long edges) {
        }
    }
}
