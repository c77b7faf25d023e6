package org.superstep.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.superstep.checkpoint.CheckpointFolder;
import org.superstep.master.ClusterEvent;
import org.superstep.net.FromClient;
import org.superstep.net.JobSpec;
import org.superstep.net.ToClient;

/** A master, some members and some clients, and all that happens to them; a function of the seed. */
final class SimulatedCluster {
    /** All submissions have ended by then, and all members are idle: longer than any patience that the machines have. */
    private static final long BOUND_NANOS = Plan.CALM_NANOS + 300 * Timeline.SECOND;
    private static final int MOST_EVENTS = 2_000_000;

    final SplittableRandom random;
    final Timeline timeline = new Timeline();
    final Journal journal;
    final Plan plan;
    final SimulatedNetwork network = new SimulatedNetwork(this);
    /** Where checkpoints lie. */
    final MemoryFiles files;
    private SimulatedMaster master;
    private final SimulatedState state;
    private final Map<String, History> histories = new TreeMap<>();
    private final List<SimulatedMember> members = new ArrayList<>();
    private final List<SimulatedClient> clients = new ArrayList<>();
    /** How many members there are in the end. */
    private final int count;
    private int events;
    private int steps;
    private int mastersSteps;
    /** How long workers take for each thing that they hear, at most, where they are not slow. */
    private final long paceNanos;

    /** How one seed has ended. */
    record Outcome(int events, List<SimulatedClient.Outcome> clients, History.Figures figures) {
    }

    SimulatedCluster(long seed, boolean keepsJournal) {
        random = new SplittableRandom(seed);
        journal = new Journal(keepsJournal, timeline);
        plan = new Plan(random.split());
        journal.note("plan", () -> plan);
        files = new MemoryFiles(() -> plan.isFull(timeline.nanos()));
        state = plan.masterRemembers ? new SimulatedState() : null;
        // Most jobs are so short that little would happen to them, if it were not for some that take their time.
        paceNanos = random.nextInt(20) == 0 ? 150 * Timeline.MILLISECOND : random.nextBoolean() ? 20 * Timeline.MILLISECOND : 200_000;
        master = new SimulatedMaster(this, 1 + random.nextInt(100), state);
        count = 1 + random.nextInt(5);
        for (int i = 1; i <= count; i++) {
            int number = i;
            // Some come late, and some are slow.
            long joins = random.nextInt(3) == 0 ? random.nextLong((random.nextInt(4) == 0 ? 15 : 2) * Timeline.SECOND)
                : random.nextLong(50 * Timeline.MILLISECOND);
            timeline.after(joins, () -> start(number));
        }
        int submissions = 1 + random.nextInt(4);
        for (int i = 1; i <= submissions; i++) {
            JobSpec spec = SimulatedJob.any(random, i, Math.max(1, count));
            var changeOfMind = random.nextInt(6) == 0 ? SimulatedClient.ChangeOfMind.CANCELS
                : random.nextInt(6) == 0 ? SimulatedClient.ChangeOfMind.SUSPENDS : SimulatedClient.ChangeOfMind.NONE;
            clients.add(new SimulatedClient(this, i, spec, random.nextLong(Timeline.SECOND), changeOfMind,
                random.nextLong(400 * Timeline.MILLISECOND)));
        }
        for (int i = 0; i < plan.severed; i++) {
            sever(false);
        }
        for (int i = 0; i < plan.silenced; i++) {
            sever(true);
        }
        for (int i = 0; i < plan.killed; i++) {
            timeline.after(random.nextLong(Plan.CALM_NANOS), this::killOne);
        }
        if (!plan.isCalm && random.nextInt(6) == 0) {
            timeline.after(random.nextLong(Timeline.SECOND), clients.get(0)::goAway);
        }
        for (int i = 0; i < plan.drained; i++) {
            timeline.after(random.nextLong(Plan.CALM_NANOS), this::drainOne);
        }
        for (int i = 0; i < plan.damaged; i++) {
            timeline.after(random.nextLong(Plan.CALM_NANOS), () -> files.flip(random));
        }
        if (plan.masterDies && plan.mastersFatalStep == 0) {
            timeline.after(random.nextLong(Plan.CALM_NANOS), this::killMaster);
        }
        if (plan.masterEnds) {
            timeline.after(random.nextLong(Plan.CALM_NANOS), () -> master.on(new ClusterEvent.End("it was told to")));
        }
    }

    static JobSpec.JarPiece piece(String sha256) {
        return new JobSpec.JarPiece(sha256, 0, new byte[1]);
    }

    List<SimulatedMember> members() {
        return members;
    }

    long shortWhile() {
        return random.nextLong(20 * Timeline.MILLISECOND);
    }

    /** What has become of this job. */
    History history(JobSpec spec) {
        return histories.computeIfAbsent(SimulatedJob.of(spec).token(), History::new);
    }

    CheckpointFolder folder(JobSpec spec) {
        return new CheckpointFolder(files.folder(SimulatedJob.of(spec).token()));
    }

    private void killMaster() {
        if (master.isAlive()) {
            master.kill("killed");
            timeline.after(random.nextLong(2 * Timeline.SECOND), () -> master = new SimulatedMaster(this, master.epoch + 1, state));
        }
    }

    /** The master does something for a job; true: that was its last. */
    boolean strikesMaster() {
        if (++mastersSteps == plan.mastersFatalStep && timeline.nanos() < Plan.CALM_NANOS) {
            killMaster();
            return true;
        }
        return false;
    }

    /** A worker does something; true: that was its process's last. */
    boolean strikes(SimulatedMember member) {
        if (plan.fatalSteps.contains(++steps) && timeline.nanos() < Plan.CALM_NANOS) {
            member.kill("killed at step " + steps);
            return true;
        }
        return false;
    }

    /** A process is no more, and another is started in its place, so that in the end there are as many as at first. */
    void replace(int number) {
        timeline.after(random.nextLong(2 * Timeline.SECOND), () -> start(number));
    }

    private void drainOne() {
        ToClient.Status status = master.isAlive() ? master.status() : null;
        if (status != null && !status.members().isEmpty()) {
            int member = status.members().get(random.nextInt(status.members().size())).member();
            journal.note("plan", () -> "drains worker " + member);
            master.ask(new FromClient.Drain(member));
        }
    }

    private void start(int number) {
        long slowness = random.nextInt(5) == 0 ? 3 * paceNanos : paceNanos;
        members.add(new SimulatedMember(this, number, slowness));
    }

    private void sever(boolean silently) {
        timeline.after(random.nextLong(Plan.CALM_NANOS), () -> {
            End end = network.any();
            if (end != null) {
                journal.note("plan", () -> (silently ? "silences " : "severs ") + end);
                end.sever(silently, "the connection was reset");
            }
        });
    }

    /** A process dies, or is told to end. */
    void killOne() {
        if (random.nextBoolean()) {
            crashOne();
        } else {
            anyMember().ifPresent(victim -> victim.leave("it was told to"));
        }
    }

    /** A process dies. */
    void crashOne() {
        anyMember().ifPresent(victim -> victim.kill("killed"));
    }

    private Optional<SimulatedMember> anyMember() {
        List<SimulatedMember> alive = members.stream().filter(member -> member.isAlive() && !member.isLeaving()).toList();
        return alive.isEmpty() ? Optional.empty() : Optional.of(alive.get(random.nextInt(alive.size())));
    }

    /** Lets all happen that happens, and then one job more; throws what is thrown where a law is broken. */
    Outcome run() {
        rest(BOUND_NANOS);
        if (master.isAlive()) {
            var last = new SimulatedClient(this, clients.size() + 1, SimulatedJob.plain(random, clients.size() + 1, count), 0,
                SimulatedClient.ChangeOfMind.NONE, 0);
            clients.add(last);
            rest(timeline.nanos() + BOUND_NANOS);
            if (last.outcome() != SimulatedClient.Outcome.DONE) {
                throw new AssertionError("all are idle, and yet a job has " + last.outcome() + ": " + last.reason());
            }
        }
        for (SimulatedClient client : clients) {
            if (isSurprising(client)) {
                throw new AssertionError(client.name + " has " + client.outcome() + ": " + client.reason());
            }
        }
        return new Outcome(events, clients.stream().map(SimulatedClient::outcome).toList(),
            histories.values().stream().map(History::figures).reduce(History.Figures.NONE, History.Figures::plus));
    }

    private void rest(long boundNanos) {
        while (!isAtRest()) {
            if (!timeline.step()) {
                throw new AssertionError("nothing happens any more");
            }
            events++;
            master.laws.check();
            network.check();
            if (timeline.nanos() > boundNanos || events > MOST_EVENTS) {
                throw new AssertionError("this has not ended in time: " + clients.stream().filter(client -> client.outcome() == null)
                    .map(client -> client.name).toList() + " wait, " + members.stream().filter(member -> member.isAlive()
                    && member.part() != null).map(member -> member.name).toList() + " hold a job");
            }
        }
    }

    /** Where nothing goes wrong, a job fails only for what it does itself; and whatever happens, somebody says why. */
    private boolean isSurprising(SimulatedClient client) {
        var tiny = SimulatedJob.of(client.spec).tiny();
        return switch (client.outcome()) {
            case DONE -> tiny.fails();
            case CANCELLED, WENT_AWAY -> false;
            case REFUSED -> plan.isCalm && !client.reason().contains("is written by");
            case FAILED -> client.reason().isBlank() || plan.isCalm && !tiny.isItsFault(client.reason()) || isFailedTooEarly(client);
            case NO_MASTER -> !plan.masterEnds;
        };
    }

    /** A job that may begin anew does not fail of a loss as long as it may. */
    private boolean isFailedTooEarly(SimulatedClient client) {
        int maxRestarts = client.spec.recovery().maxRestarts();
        boolean isLoss = client.reason().contains(" was lost: ") || client.reason().contains(" cannot hear ")
            || client.reason().contains("the master was started again");
        return isLoss && maxRestarts > 0 && !(client.reason().contains("--max-restarts is " + maxRestarts)
            && history(client.spec).wasWornOut(maxRestarts));
    }

    /** Nobody waits for anything: all submissions have ended, all members are there and idle, and whatever is broken is known to be. */
    private boolean isAtRest() {
        if (timeline.nanos() <= (plan.isCalm ? 0 : Plan.CALM_NANOS)) {
            return false;
        }
        for (SimulatedClient client : clients) {
            if (client.outcome() == null) {
                return false;
            }
        }
        int alive = 0;
        for (SimulatedMember member : members) {
            if (member.isAlive() && member.part() != null) {
                return false;
            }
            alive += member.isAlive() ? 1 : 0;
        }
        if (!master.isAlive()) {
            return plan.masterEnds;
        }
        if (master.run() != null || alive < count || !network.isSound()) {
            return false;
        }
        ToClient.Status status = master.status();
        return status != null && status.members().size() == alive && status.running() == null && status.queued().isEmpty()
            && status.members().stream().allMatch(member -> member.doing().equals("idle"));
    }
}
