package org.superstep.master;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.superstep.net.Fault;
import org.superstep.net.FromClient;
import org.superstep.net.FromMember;
import org.superstep.net.JobSpec;
import org.superstep.net.ToClient;
import org.superstep.net.ToMaster;
import org.superstep.net.ToMember;

/** A cluster that is stepped by hand; what it wants done is told in short lines. Connections are its names. */
final class ClusterRig {
    static final String JAR = "a".repeat(64);
    static final long SECOND = 1_000_000_000L;

    final Cluster cluster = new Cluster("1.0", 7, 1_000_000, Cluster.REGROUP_NANOS);
    final List<String> logged = new ArrayList<>();
    /** What is to outlive the master. */
    final List<String> kept = new ArrayList<>();
    long nanos;

    List<String> on(ClusterEvent event) {
        var lines = new ArrayList<String>();
        for (ClusterCommand command : cluster.on(event, nanos)) {
            if (command instanceof ClusterCommand.Log log) {
                logged.add(log.line());
            } else if (command instanceof ClusterCommand.Keep keep) {
                kept.add("job " + keep.job() + " " + keep.token() + " " + keep.submittedMillis());
            } else if (command instanceof ClusterCommand.KeepAttempt keep) {
                kept.add("attempt " + keep.attempt() + " is job " + keep.job() + "'s " + keep.ordinal() + " of " + keep.workers());
            } else {
                lines.add(shown(command));
            }
        }
        return lines;
    }

    List<String> tick(long seconds) {
        nanos += seconds * SECOND;
        return on(new ClusterEvent.Tick());
    }

    /** A member at port 7000 plus its connection. */
    List<String> join(long connection, int threads, boolean isSafe) {
        on(new ClusterEvent.MemberConnected(connection, isSafe));
        return says(connection, new FromMember.Join("host", (int) (7000 + connection), threads, 1 << 30, 100 + connection));
    }

    /** So many members with connections from 1. */
    ClusterRig members(int count) {
        for (int i = 1; i <= count; i++) {
            join(i, 2, true);
        }
        return this;
    }

    /** So many clients with connections from 91. */
    ClusterRig clients(int count) {
        for (int i = 1; i <= count; i++) {
            on(new ClusterEvent.ClientConnected(90 + i));
        }
        return this;
    }

    List<String> says(long member, FromMember message) {
        return on(new ClusterEvent.MemberSaid(member, message));
    }

    /** A job that may begin anew so often, of this name. */
    static JobSpec spec(String program, int workers, JobSpec.Recovery recovery) {
        return new JobSpec(program, List.of(program), List.of(), List.of("/out/" + program), workers, 0, recovery);
    }

    /** A job of so many workers runs, watched by client 91, with attempt 1. */
    static ClusterRig running(int workers, JobSpec.Recovery recovery) {
        var rig = new ClusterRig().members(workers).clients(2);
        rig.submit(91, "t1", spec("one", workers, recovery));
        rig.prepared(1, workers);
        return rig;
    }

    /** The members with connections from 1 have prepared this attempt. */
    List<String> prepared(long attempt, int members) {
        var lines = new ArrayList<String>();
        for (int i = 1; i <= members; i++) {
            lines.addAll(says(i, new FromMember.Prepared(attempt)));
        }
        return lines;
    }

    List<String> released(long member, long attempt) {
        return says(member, new FromMember.Released(attempt));
    }

    List<String> closed(long connection) {
        return on(new ClusterEvent.Closed(connection, "connection reset"));
    }

    List<String> status() {
        return asks(91, new FromClient.AskStatus());
    }

    List<String> fails(long member, long job, String message) {
        return says(member, new FromMember.Says(job, new ToMaster.Failed(0, new Fault(Fault.Kind.FAILURE, message))));
    }

    List<String> asks(long client, FromClient message) {
        return on(new ClusterEvent.ClientSaid(client, message));
    }

    List<String> submit(long client, String token, JobSpec spec) {
        return asks(client, new FromClient.Submit(token, spec, false));
    }

    /** A job of this name that nobody else's output is in the way of. */
    static JobSpec spec(String program, int workers) {
        return new JobSpec(program, List.of(program), List.of(), List.of("/out/" + program), workers, 0);
    }

    static JobSpec jarSpec(String program, int workers) {
        return new JobSpec(program, List.of(program), List.of(new JobSpec.Jar("user.jar", JAR, 10)), List.of(), workers, 0);
    }

    /** A job of two workers runs, watched by client 91. */
    static ClusterRig running() {
        var rig = new ClusterRig().members(2).clients(2);
        rig.submit(91, "t1", spec("one", 2));
        rig.says(1, new FromMember.Prepared(1));
        rig.says(2, new FromMember.Prepared(1));
        return rig;
    }

    static ToClient.Done done(long job) {
        return new ToClient.Done(job, "table", "figures", new byte[8], "");
    }

    static ToClient.Failed failed(long job, String message) {
        return new ToClient.Failed(job, new Fault(Fault.Kind.FAILURE, message));
    }

    private static String shown(ClusterCommand command) {
        if (command instanceof ClusterCommand.TellMember tell) {
            return tell.connection() + " " + shown(tell.message());
        } else if (command instanceof ClusterCommand.TellClient tell) {
            return tell.connection() + " " + shown(tell.message());
        } else if (command instanceof ClusterCommand.SendJar jar) {
            return jar.connection() + " gets jar " + jar.sha256().charAt(0);
        } else if (command instanceof ClusterCommand.Close close) {
            return close.connection() + " closed: " + close.reason();
        } else if (command instanceof ClusterCommand.BeginJob begin) {
            return "begin " + begin.job() + (begin.ordinal() == 1 ? "" : " attempt " + begin.attempt() + " its " + begin.ordinal()) + " on "
                + begin.workers().stream().map(worker -> worker.member() + "x" + worker.threads()).toList();
        } else if (command instanceof ClusterCommand.BreakOff off) {
            return "break off " + off.job() + ": " + off.fault().message();
        } else if (command instanceof ClusterCommand.LetGo gone) {
            return "let go " + gone.job();
        } else if (command instanceof ClusterCommand.ForgetJar jar) {
            return "forget jar " + jar.sha256().charAt(0);
        } else if (command instanceof ClusterCommand.Remember remember) {
            return "remember " + remember.past().job().job() + " " + remember.past().job().state();
        } else if (command instanceof ClusterCommand.Pause pause) {
            return "pause " + pause.job() + " attempt " + pause.attempt() + ": " + pause.reason();
        } else if (command instanceof ClusterCommand.Regroup regroup) {
            return "regroup " + regroup.job() + ": " + regroup.reason();
        } else if (command instanceof ClusterCommand.Suspend suspend) {
            return "suspend " + suspend.job();
        } else if (command instanceof ClusterCommand.Exit) {
            return "exit";
        }
        throw new AssertionError(command);
    }

    private static String shown(ToMember message) {
        if (message instanceof ToMember.Welcome welcome) {
            return "welcome " + welcome.member() + " epoch " + welcome.epoch();
        } else if (message instanceof ToMember.Refused refused) {
            return "refused: " + refused.reason();
        } else if (message instanceof ToMember.Prepare prepare) {
            return "prepare " + prepare.attempt() + " worker " + prepare.worker() + " threads " + prepare.threads() + " of "
                + prepare.peers().stream().map(ToMember.Peer::member).toList();
        } else if (message instanceof ToMember.Release release) {
            return "release " + release.attempt() + (release.keeps() ? ", to be kept" : "");
        } else if (message instanceof ToMember.Farewell farewell) {
            return "farewell: " + farewell.reason();
        } else if (message instanceof ToMember.Dismissed) {
            return "dismissed";
        }
        throw new AssertionError(message);
    }

    private static String shown(ToClient message) {
        if (message instanceof ToClient.Accepted accepted) {
            return "accepted " + accepted.job();
        } else if (message instanceof ToClient.WantsJar wanted) {
            return "wants jar " + wanted.sha256().charAt(0);
        } else if (message instanceof ToClient.Refused refused) {
            return "refused: " + refused.fault().message();
        } else if (message instanceof ToClient.Cancelling cancelling) {
            return "cancelling " + cancelling.job();
        } else if (message instanceof ToClient.Suspending suspending) {
            return "suspending " + suspending.job();
        } else if (message instanceof ToClient.Draining draining) {
            return "draining " + draining.member();
        } else if (message instanceof ToClient.Notice notice) {
            return "notice " + notice.job() + ": " + notice.line();
        } else if (message instanceof ToClient.Waiting waiting) {
            return "waits " + waiting.job() + ": " + waiting.reason();
        } else if (message instanceof ToClient.Failed failed) {
            return "failed " + failed.job() + ": " + failed.fault().message();
        } else if (message instanceof ToClient.Done done) {
            return "done " + done.job();
        } else if (message instanceof ToClient.SuperstepEnded ended) {
            return "superstep " + ended.superstep();
        } else if (message instanceof ToClient.Read read) {
            return "read " + read.bytes() + " " + read.edges();
        } else if (message instanceof ToClient.Status status) {
            return "members " + status.members().stream().map(member -> member.member() + " " + member.doing()
                + (member.silentNanos() == 0 ? "" : " " + member.silentNanos() / SECOND + " s")).toList() + ", running "
                + (status.running() == null ? "none" : status.running().job() + " " + status.running().detail()) + ", queued "
                + status.queued().stream().map(ToClient.Job::job).toList();
        } else if (message instanceof ToClient.Jobs jobs) {
            return jobs.jobs().stream().map(job -> job.job() + " " + job.state() + " " + job.submittedMillis()).toList().toString();
        }
        return message.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
}
