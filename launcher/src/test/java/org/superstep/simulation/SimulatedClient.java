package org.superstep.simulation;

import org.superstep.net.Fault;
import org.superstep.net.FromClient;
import org.superstep.net.JobSpec;
import org.superstep.net.Party;
import org.superstep.net.ToClient;

/**
 * A user's command: it submits one job and waits for its end; where the connection breaks, it submits the same again over another. A job
 * that it has suspended it submits anew.
 */
final class SimulatedClient extends Actor {
    private static final int MOST_CALLS = 40;

    /** How the submission ended, as the user knows. */
    enum Outcome { DONE, FAILED, CANCELLED, REFUSED, NO_MASTER, WENT_AWAY }

    /** What it may do after a while. */
    enum ChangeOfMind { NONE, CANCELS, SUSPENDS }

    final JobSpec spec;
    private String token;
    private final ChangeOfMind changeOfMind;
    /** How long after the first connection. */
    private final long changesAfter;
    private End end;
    private int calls;
    private boolean hasCancelled;
    private boolean hasSuspended;
    private long job;
    private Outcome outcome;
    private String reason = "";

    SimulatedClient(SimulatedCluster world, int number, JobSpec spec, long startsAfter, ChangeOfMind changeOfMind, long changesAfter) {
        super("client " + number, world);
        this.spec = spec;
        this.changeOfMind = changeOfMind;
        this.changesAfter = changesAfter;
        token = "token " + number;
        later(startsAfter, this::call);
    }

    Outcome outcome() {
        return outcome;
    }

    String reason() {
        return reason;
    }

    private void call() {
        if (outcome != null) {
            return;
        }
        if (++calls > MOST_CALLS) {
            ends(Outcome.NO_MASTER, "no master answers");
            return;
        }
        world.network.connect(this, new Call(SimulatedMaster.ADDRESS, new Party(Party.Role.CLIENT, "simulated"), 0));
    }

    private void ends(Outcome how, String why) {
        note(how + " " + why);
        outcome = how;
        reason = why;
        if (end != null) {
            end.close("thank you");
            end = null;
        }
    }

    /** It breaks off, whatever becomes of the job. */
    void goAway() {
        if (outcome == null) {
            ends(Outcome.WENT_AWAY, "");
        }
    }

    @Override void tick() {
        // It has all the time in the world.
    }

    @Override void opened(End opened) {
        if (outcome != null) {
            opened.close("too late");
            return;
        }
        end = opened;
        end.send(new FromClient.Submit(token, spec, false));
        if (changeOfMind == ChangeOfMind.CANCELS && !hasCancelled) {
            later(changesAfter, this::cancel);
        } else if (changeOfMind == ChangeOfMind.SUSPENDS && !hasSuspended) {
            later(changesAfter, this::suspend);
        }
    }

    private void suspend() {
        if (end != null && job > 0 && outcome == null && !hasSuspended) {
            hasSuspended = true;
            end.send(new FromClient.Suspend(job));
        }
    }

    /** The job can go on from its checkpoint, as another one. */
    private void resume() {
        token += ", resumed";
        job = 0;
        end.send(new FromClient.Submit(token, spec, false));
    }

    private void cancel() {
        if (end != null && job > 0 && outcome == null) {
            hasCancelled = true;
            end.send(new FromClient.Cancel(job));
        }
    }

    @Override void received(End from, Object message) {
        if (from != end || outcome != null) {
            return;
        }
        note(message);
        if (message instanceof ToClient.Accepted accepted) {
            ((SimulatedMaster) from.other()).laws.accepted(token, accepted.job());
            job = accepted.job();
        } else if (message instanceof ToClient.WantsJar wanted) {
            later(world.shortWhile(), () -> {
                if (from.isOpen()) {
                    from.send(new FromClient.Jar(SimulatedCluster.piece(wanted.sha256())));
                }
            });
        } else if (message instanceof ToClient.Done) {
            ends(Outcome.DONE, "");
        } else if (message instanceof ToClient.Failed failed && failed.fault().kind() == Fault.Kind.SUSPENDED) {
            resume();
        } else if (message instanceof ToClient.Failed failed) {
            ends(failed.fault().kind() == Fault.Kind.CANCELLED ? Outcome.CANCELLED : Outcome.FAILED,
                failed.fault().message());
        } else if (message instanceof ToClient.Refused refused && !hasCancelled && !isAboutSuspending(refused)) {
            ends(Outcome.REFUSED, refused.fault().message());
        }
    }

    private static boolean isAboutSuspending(ToClient.Refused refused) {
        String reason = refused.fault().message();
        return reason.contains(" is not saved; ") || reason.contains(" has not begun, ") || reason.contains(" is broken off ")
            || reason.contains(" is over already");
    }

    @Override void closed(End closed, String why) {
        if (closed == end) {
            end = null;
            // Another master would give it another number.
            job = 0;
            later(300 * Timeline.MILLISECOND, this::call);
        }
    }

    @Override void failed(Call call, String why) {
        later(300 * Timeline.MILLISECOND, this::call);
    }
}
