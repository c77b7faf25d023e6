package org.superstep.simulation;

import org.superstep.net.Fault;
import org.superstep.net.FromClient;
import org.superstep.net.JobSpec;
import org.superstep.net.Party;
import org.superstep.net.ToClient;

/** A user's command: it submits one job and waits for its end; where the connection breaks, it submits the same again over another. */
final class SimulatedClient extends Actor {
    private static final int MOST_CALLS = 40;

    /** How the submission ended, as the user knows. */
    enum Outcome { DONE, FAILED, CANCELLED, REFUSED, NO_MASTER, WENT_AWAY }

    final JobSpec spec;
    private final String token;
    /** How long after the first connection it changes its mind; negative: it does not. */
    private final long cancelsAfter;
    private End end;
    private int calls;
    private boolean hasCancelled;
    private long job;
    private Outcome outcome;
    private String reason = "";

    SimulatedClient(SimulatedCluster world, int number, JobSpec spec, long startsAfter, long cancelsAfter) {
        super("client " + number, world);
        this.spec = spec;
        this.cancelsAfter = cancelsAfter;
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
        if (cancelsAfter >= 0 && !hasCancelled) {
            later(cancelsAfter, this::cancel);
        }
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
        } else if (message instanceof ToClient.Failed failed) {
            ends(failed.fault().kind() == Fault.Kind.CANCELLED ? Outcome.CANCELLED : Outcome.FAILED,
                failed.fault().message());
        } else if (message instanceof ToClient.Refused refused && !hasCancelled) {
            ends(Outcome.REFUSED, refused.fault().message());
        }
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
