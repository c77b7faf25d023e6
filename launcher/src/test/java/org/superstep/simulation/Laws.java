package org.superstep.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.superstep.checkpoint.Manifest;
import org.superstep.graph.Program;
import org.superstep.master.ClusterCommand;
import org.superstep.master.MasterCommand;
import org.superstep.net.HostPort;
import org.superstep.net.Placement;
import org.superstep.net.ToMaster;
import org.superstep.net.ToMember;
import org.superstep.net.ToPeer;
import org.superstep.net.ToWorker;
import org.superstep.worker.Rows;

/**
 * What must hold whatever happens, as long as a master lives. It sees all processes at once, as none of them can, and keeps books of its
 * own, for each attempt at a job; what holds over all attempts is {@link History}'s:
 *
 * <ul>
 *   <li>No superstep begins anywhere before all workers have run the last one, and all that was said in it to other workers has arrived.
 *   <li>While an attempt is heard, each of its workers lives in one process; at a job's end each partition was owned by one worker.
 *   <li>What one worker says to another in an attempt that ends with the job's good end, the other has heard.
 *   <li>At most one job runs; each attempt runs once; no process holds two; none begins while a member still holds another.
 *   <li>Where only lost partitions compute again, no worker computes more vertices than those of it have; and all go back only where nobody
 *       has kept what was computed last, or the user hears why.
 *   <li>When a job is over, or its next attempt runs, nobody keeps anything of it but that one's workers.
 *   <li>A job that is done has the embedded run's answer, to the bit, counts and all.
 * </ul>
 */
final class Laws {
    private final SimulatedCluster world;
    private final SimulatedMaster master;
    private final Map<Long, Books> attempts = new TreeMap<>();
    /** By attempt, whose it is. */
    private final Map<Long, Long> jobs = new HashMap<>();
    private final Map<String, Long> numbers = new HashMap<>();
    private final Set<Long> ended = new HashSet<>();

    /** What is known of an attempt. */
    private static final class Books {
        final Map<Integer, SimulatedMember> makers = new HashMap<>();
        /** By worker, which superstep what it was made with has computed last; -1: it was made with nothing. */
        final Map<Integer, Integer> kept = new HashMap<>();
        /** Up to which superstep lost partitions compute again; -1: none do. */
        int replayedUntil = -1;
        /** By worker, how many vertices its lost partitions have. */
        long[] lostVertices;
        /** By superstep, the workers that were told to run it, and those that have told that they have. */
        final Map<Integer, Set<Integer>> began = new HashMap<>();
        final Map<Integer, Set<Integer>> done = new HashMap<>();
        /** By superstep, outboxes that are under way. */
        final Map<Integer, Integer> outboxes = new HashMap<>();
        /** By kind, what workers have said to each other and not heard yet. */
        final Map<Class<?>, Integer> unheard = new HashMap<>();
        final Map<Integer, Rows> written = new TreeMap<>();
        int running = -1;
        /** The superstep with which it has gone on. */
        int restored;
        Placement placement;
    }

    Laws(SimulatedCluster world, SimulatedMaster master) {
        this.world = world;
        this.master = master;
    }

    private Books books(long attempt) {
        return attempts.computeIfAbsent(attempt, number -> new Books());
    }

    private static void require(boolean holds, Supplier<String> broken) {
        if (!holds) {
            throw new AssertionError(broken.get());
        }
    }

    /** After every event. */
    void check() {
        SimulatedRun run = master.run();
        if (run != null && run.isAlive()) {
            Books books = books(run.attempt());
            for (int worker = 0; worker < run.workers().size(); worker++) {
                SimulatedMember maker = books.makers.get(worker);
                SimulatedMember.Part part = maker.part();
                boolean isThere = maker.isAlive() && part != null && part.attempt == run.attempt() && part.number == worker;
                if (!isThere && !maker.isLeaving() && master.isWhole(run.workers().get(worker).connection())) {
                    throw new AssertionError("worker " + worker + " of job " + run.job() + " is nowhere");
                }
            }
        }
    }

    void accepted(String token, long job) {
        Long other = numbers.put(token, job);
        require(other == null || other == job, () -> token + " is job " + other + " and " + job);
    }

    void prepares(ToMember.Prepare prepare) {
        jobs.put(prepare.attempt(), prepare.job());
        long processes = prepare.peers().stream().map(peer -> new HostPort(peer.host(), peer.port())).distinct().count();
        require(processes == prepare.peers().size(), () -> "job " + prepare.attempt() + " has a process twice: " + prepare.peers());
    }

    void begins(ClusterCommand.BeginJob begin, SimulatedRun before) {
        require(before == null || before.isOver() || before.job() == begin.job() && !before.isLive(),
            () -> "job " + begin.job() + " begins while another runs");
        Books books = books(begin.attempt());
        require(books.running < 0, () -> "job " + begin.job() + " runs twice");
        require(begin.workers().stream().map(ClusterCommand.Worker::member).distinct().count() == begin.workers().size(),
            () -> "job " + begin.job() + " has a member twice");
        keepNothing(begin.job());
        require(books.makers.size() == begin.workers().size(), () -> "job " + begin.job() + " begins when of its " + begin.workers().size()
            + " workers " + books.makers.keySet() + " have been made");
    }

    /** {@code kept}: which superstep what it was made with has computed last; -1: it was made with nothing. */
    void made(long attempt, int worker, SimulatedMember member, int kept) {
        for (SimulatedMember other : world.members()) {
            SimulatedMember.Part part = other.part();
            // Who is cut off does not know yet that its attempt is over; nobody hears it.
            boolean works = other.isAlive() && other.isConnected() && part != null && part.runs();
            if (other != member && works && member.isConnected()) {
                require(part.attempt == attempt, () -> member.name + " makes attempt " + attempt + " while " + other.name
                    + " works on another");
                require(part.number != worker, () -> "worker " + worker + " of attempt " + attempt + " is in two processes");
            }
        }
        require(books(attempt).makers.put(worker, member) == null, () -> "worker " + worker + " of attempt " + attempt + " is made twice");
        books(attempt).kept.put(worker, kept);
    }

    /** Whether this worker owns anything, as far as is known. */
    boolean hasPartitions(long attempt, int worker) {
        Placement placement = books(attempt).placement;
        return placement == null || placement.ownedBy(worker).length > 0;
    }

    void stopped(long attempt, int worker) {
        require(books(attempt).makers.containsKey(worker), () -> "worker " + worker + " of attempt " + attempt
            + " stops, and has never been made");
    }

    void letGo(long job) {
        keepNothing(job);
        for (SimulatedMember member : world.members()) {
            SimulatedMember.Part part = member.part();
            boolean holds = part != null && part.laws == this && Objects.equals(jobs.get(part.attempt), job);
            require(!holds || !member.isAlive() || !member.isConnected(),
                () -> member.name + " holds job " + job + ", of which all are said to have let go");
        }
    }

    /** Those who are at no attempt keep nothing of this job, as soon as they have heard what the master has told them. */
    private void keepNothing(long job) {
        List<SimulatedMember> keepers = world.members().stream().filter(member -> member.isAlive() && member.keeps(job)).toList();
        if (!keepers.isEmpty()) {
            master.later(Timeline.SECOND, () -> keepers.forEach(member -> require(!member.isAlive() || !member.isConnected()
                || !member.keeps(job), () -> member.name + " keeps something of job " + job + ", which has no use for it")));
        }
    }

    void ends(ClusterCommand.Remember remember) {
        long job = remember.past().job().job();
        require(ended.add(job), () -> "job " + job + " ends twice");
    }

    // Inside a job.

    /** {@code restored}: the superstep before which it goes on, where the command is to restore. */
    void announces(long attempt, int workers, ToWorker command, int restored) {
        Books books = books(attempt);
        boolean first = command instanceof ToWorker.Sample || command instanceof ToWorker.Load || command instanceof ToWorker.Restore
            || command instanceof ToWorker.Recall || command instanceof ToWorker.Saved;
        if (!first && books.running > books.restored - 1) {
            require(books.done.getOrDefault(books.running, Set.of()).size() == workers, () -> "attempt " + attempt + ": " + command
                + " before all workers have run superstep " + books.running);
            require(books.outboxes.getOrDefault(books.running, 0) == 0, () -> "attempt " + attempt + ": " + command
                + " before all that was said in superstep " + books.running + " has arrived");
        }
        if (command instanceof ToWorker.Load load) {
            places(attempt, workers, load.placement());
        } else if (command instanceof ToWorker.Restore restore) {
            places(attempt, workers, restore.placement());
            books.running = restored - 1;
            books.restored = restored;
        } else if (command instanceof ToWorker.RunSuperstep superstep) {
            require(superstep.superstep() == books.running + 1, () -> "attempt " + attempt + ": superstep " + superstep.superstep()
                + " after "
                + books.running);
            books.running = superstep.superstep();
        }
    }

    /** Only lost partitions compute again; {@code afterAnother}: others were at it when a worker was lost. */
    void confined(long attempt, MasterCommand.Confined confined, Manifest manifest, boolean afterAnother) {
        Books books = books(attempt);
        books.kept.forEach((worker, kept) -> require(kept < 0 || kept == confined.to() || afterAnother && kept < confined.to(),
            () -> "attempt " + attempt + ": worker " + worker + " has kept what superstep " + kept + " has computed, and others superstep "
                + confined.to()));
        books.replayedUntil = confined.to();
        books.lostVertices = new long[books.makers.size()];
        for (int partition : confined.lost()) {
            books.lostVertices[confined.owners()[partition]] += manifest.partitions().get(partition).vertices();
        }
        require(Arrays.stream(books.lostVertices).sum() == confined.vertices(), () -> "attempt " + attempt + " has lost "
            + confined.vertices() + " vertices, and not " + Arrays.toString(books.lostVertices));
    }

    /** They have. */
    void recovered(long attempt, MasterCommand.Recovered recovered) {
        Books books = books(attempt);
        long most = Arrays.stream(books.lostVertices).sum() * (recovered.superstep() - books.restored + 1);
        require(recovered.computed() <= most, () -> "attempt " + attempt + " has computed " + recovered.computed()
            + " vertices again, where at most " + most + " were lost");
        books.replayedUntil = -1;
    }

    /** All partitions go back to the checkpoint before a superstep, and nobody is told why; this one was announced last. */
    void isNoFallBack(long attempt, int superstep, int announced) {
        Books books = books(attempt);
        books.kept.forEach((worker, kept) -> require(kept < superstep || kept < announced, () -> "attempt " + attempt + " goes back before "
            + "superstep " + superstep + " without a reason, and worker " + worker + " has kept what superstep " + kept + " has computed"));
    }

    private void places(long attempt, int workers, Placement placement) {
        books(attempt).placement = placement;
        for (int owner : placement.owners()) {
            require(owner >= 0 && owner < workers, () -> "attempt " + attempt + " has a partition that nobody owns");
        }
    }

    void commanded(long attempt, int worker, ToWorker command) {
        Books books = books(attempt);
        if (command instanceof ToWorker.RunSuperstep superstep) {
            require(books.outboxes.getOrDefault(superstep.superstep() - 1, 0) == 0, () -> "attempt " + attempt + ": worker " + worker
                + " begins "
                + "superstep " + superstep.superstep() + " before all that was said before has arrived everywhere");
            require(books.began.computeIfAbsent(superstep.superstep(), number -> new HashSet<>()).add(worker),
                () -> "attempt " + attempt + ": worker " + worker + " runs superstep " + superstep.superstep() + " twice");
        }
    }

    void reports(long attempt, ToMaster message) {
        if (message instanceof ToMaster.SuperstepDone done) {
            require(books(attempt).began.get(done.superstep()).contains(done.worker()) && books(attempt).done
                .computeIfAbsent(done.superstep(), number -> new HashSet<>()).add(done.worker()),
                () -> "attempt " + attempt + ": worker " + done.worker() + " reports superstep " + done.superstep()
                    + " twice, or has not run it");
            Books books = books(attempt);
            require(done.superstep() >= books.replayedUntil || done.computed() <= books.lostVertices[done.worker()], () -> "attempt "
                + attempt + ": worker " + done.worker() + " has computed " + done.computed() + " vertices again, and has lost "
                + Arrays.toString(books.lostVertices));
        }
    }

    void said(long attempt, ToPeer message) {
        Books books = books(attempt);
        books.unheard.merge(message.getClass(), 1, Integer::sum);
        if (message instanceof ToPeer.Outbox outbox) {
            books.outboxes.merge(outbox.superstep(), 1, Integer::sum);
        }
    }

    void heard(long attempt, ToPeer message) {
        Books books = books(attempt);
        books.unheard.merge(message.getClass(), -1, Integer::sum);
        if (message instanceof ToPeer.Outbox outbox) {
            books.outboxes.merge(outbox.superstep(), -1, Integer::sum);
        }
    }

    void loaded(long attempt, SimulatedJob what, MasterCommand.GraphLoaded loaded) {
        if (what.tiny().fails()) {
            return;
        }
        var report = what.tiny().report();
        require(loaded.vertices() == report.vertices() && loaded.edges() == report.edges(), () -> "attempt " + attempt + " has loaded "
            + loaded.vertices() + " vertices and " + loaded.edges() + " edges, not " + report.vertices() + " and " + report.edges());
    }

    void written(long attempt, int worker, Rows rows) {
        require(books(attempt).written.put(worker, rows) == null, () -> "worker " + worker + " of attempt " + attempt + " writes twice");
    }

    void finishes(long attempt, SimulatedJob what, Program program, int workers, List<MasterCommand.SuperstepEnded> supersteps,
            long dropped) {
        Books books = books(attempt);
        require(books.written.size() == workers, () -> "attempt " + attempt + " is done, and only " + books.written.keySet()
            + " have written");
        var owned = new HashSet<Integer>();
        books.written.forEach((worker, rows) -> {
            for (int partition = 0; partition < rows.partitions(); partition++) {
                int number = rows.number(partition);
                require(owned.add(number), () -> "partition " + number + " of attempt " + attempt + " is owned twice");
                require(books.placement.owners()[number] == worker, () -> "partition " + number + " of attempt " + attempt
                    + " is worker " + worker
                    + "'s, who was not given it");
            }
        });
        require(owned.size() == books.placement.partitions(), () -> "of the " + books.placement.partitions()
            + " partitions of attempt " + attempt
            + " only " + owned.size() + " are owned");
        books.unheard.forEach((kind, count) -> require(count == 0 || kind == ToPeer.OutboxesEnd.class, () -> "attempt " + attempt
            + " is done, and "
            + count + " " + kind.getSimpleName() + " have never been heard"));
        var difference = what.tiny().difference(program, new ArrayList<>(books.written.values()), supersteps, dropped);
        require(difference.isEmpty(), () -> "attempt " + attempt + " (" + what + ") has another answer than the embedded run: "
            + difference.orElse(""));
    }
}
