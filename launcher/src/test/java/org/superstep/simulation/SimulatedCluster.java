package org.superstep.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.superstep.master.ClusterEvent;
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
    private SimulatedMaster master;
    private final List<SimulatedMember> members = new ArrayList<>();
    private final List<SimulatedClient> clients = new ArrayList<>();
    /** How many members there are in the end. */
    private final int count;
    private int events;

    /** How one seed has ended. */
    record Outcome(int events, List<SimulatedClient.Outcome> clients, boolean isCalm) {
    }

    SimulatedCluster(long seed, boolean keepsJournal) {
        random = new SplittableRandom(seed);
        journal = new Journal(keepsJournal, timeline);
        plan = new Plan(random.split());
        journal.note("plan", () -> plan);
        master = new SimulatedMaster(this, 1 + random.nextInt(100));
        count = 1 + random.nextInt(5);
        for (int i = 1; i <= count; i++) {
            int number = i;
            // Some come late, and some are slow.
            long joins = random.nextInt(3) == 0 ? random.nextLong(2 * Timeline.SECOND) : random.nextLong(50 * Timeline.MILLISECOND);
            timeline.after(joins, () -> start(number));
        }
        int submissions = 1 + random.nextInt(4);
        for (int i = 1; i <= submissions; i++) {
            JobSpec spec = SimulatedJob.any(random, i, Math.max(1, count));
            long cancelsAfter = random.nextInt(6) == 0 ? random.nextLong(400 * Timeline.MILLISECOND) : -1;
            clients.add(new SimulatedClient(this, i, spec, random.nextLong(Timeline.SECOND), cancelsAfter));
        }
        for (int i = 0; i < plan.severed; i++) {
            sever(false);
        }
        for (int i = 0; i < plan.silenced; i++) {
            sever(true);
        }
        for (int i = 0; i < plan.killed; i++) {
            killOne();
        }
        if (!plan.isCalm && random.nextInt(6) == 0) {
            timeline.after(random.nextLong(Timeline.SECOND), clients.get(0)::goAway);
        }
        if (plan.masterDies) {
            timeline.after(random.nextLong(Plan.CALM_NANOS), () -> {
                master.kill("killed");
                timeline.after(random.nextLong(2 * Timeline.SECOND), () -> master = new SimulatedMaster(this, master.epoch + 1));
            });
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

    private void start(int number) {
        long slowness = random.nextInt(5) == 0 ? 10 * Timeline.MILLISECOND : 200_000;
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

    /** A process dies, or is told to end, and another is started in its place, so that in the end there are as many as at first. */
    private void killOne() {
        timeline.after(random.nextLong(Plan.CALM_NANOS), () -> {
            List<SimulatedMember> alive = members.stream().filter(member -> member.isAlive() && !member.isLeaving()).toList();
            if (!alive.isEmpty()) {
                SimulatedMember victim = alive.get(random.nextInt(alive.size()));
                if (random.nextBoolean()) {
                    victim.kill("killed");
                } else {
                    victim.leave("it was told to");
                }
                int number = Integer.parseInt(victim.name.substring("member ".length()));
                timeline.after(random.nextLong(2 * Timeline.SECOND), () -> start(number));
            }
        });
    }

    /** Lets all happen that happens, and then one job more; throws what is thrown where a law is broken. */
    Outcome run() {
        rest(BOUND_NANOS);
        if (master.isAlive()) {
            var last = new SimulatedClient(this, clients.size() + 1, SimulatedJob.plain(random, clients.size() + 1, count), 0, -1);
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
        return new Outcome(events, clients.stream().map(SimulatedClient::outcome).toList(), plan.isCalm);
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
            case FAILED -> client.reason().isBlank() || plan.isCalm && !tiny.isItsFault(client.reason());
            case NO_MASTER -> !plan.masterEnds;
        };
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
