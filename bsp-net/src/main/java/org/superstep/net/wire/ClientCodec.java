package org.superstep.net.wire;

import com.google.protobuf.UnsafeByteOperations;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import org.superstep.net.Delivery;
import org.superstep.net.FromClient;
import org.superstep.net.ToClient;
import org.superstep.net.wire.proto.Proto;

/** What the master and a user's command say to each other. */
final class ClientCodec {
    private static final Fields SUBMIT = new Fields("FromClient.Submit");
    private static final Fields ATTACH = new Fields("FromClient.Attach");
    private static final Fields CANCEL = new Fields("FromClient.Cancel");
    private static final Fields SUSPEND = new Fields("FromClient.Suspend");
    private static final Fields DRAIN = new Fields("FromClient.Drain");
    private static final Fields ACCEPTED = new Fields("ToClient.Accepted");
    private static final Fields WANTS_JAR = new Fields("ToClient.WantsJar");
    private static final Fields REFUSED = new Fields("ToClient.Refused");
    private static final Fields CANCELLING = new Fields("ToClient.Cancelling");
    private static final Fields SUSPENDING = new Fields("ToClient.Suspending");
    private static final Fields DRAINING = new Fields("ToClient.Draining");
    private static final Fields NOTICE = new Fields("ToClient.Notice");
    private static final Fields WAITING = new Fields("ToClient.Waiting");
    private static final Fields OPENED = new Fields("ToClient.Opened");
    private static final Fields READ = new Fields("ToClient.Read");
    private static final Fields LOADED = new Fields("ToClient.Loaded");
    private static final Fields SUPERSTEP_ENDED = new Fields("ToClient.SuperstepEnded");
    private static final Fields TRACED = new Fields("ToClient.Traced");
    private static final Fields WRITING = new Fields("ToClient.Writing");
    private static final Fields DONE = new Fields("ToClient.Done");
    private static final Fields FAILED = new Fields("ToClient.Failed");
    private static final Fields MEMBER = new Fields("ToClient.Member");
    private static final Fields JOB = new Fields("ToClient.Job");

    private ClientCodec() {
    }

    static Proto.FromClient encode(FromClient said) {
        var message = Proto.FromClient.newBuilder();
        if (said instanceof FromClient.Submit submit) {
            message.setSubmit(Proto.FromClient.Submit.newBuilder().setToken(submit.token()).setSpec(JobSpecCodec.encode(submit.spec()))
                .setDetached(submit.detached()));
        } else if (said instanceof FromClient.Jar jar) {
            message.setJar(JobSpecCodec.encode(jar.piece()));
        } else if (said instanceof FromClient.Attach attach) {
            message.setAttach(Proto.FromClient.Attach.newBuilder().setJob(attach.job()));
        } else if (said instanceof FromClient.Cancel cancel) {
            message.setCancel(Proto.FromClient.Cancel.newBuilder().setJob(cancel.job()));
        } else if (said instanceof FromClient.Suspend suspend) {
            message.setSuspend(Proto.FromClient.Suspend.newBuilder().setJob(suspend.job()));
        } else if (said instanceof FromClient.Drain drain) {
            message.setDrain(Proto.FromClient.Drain.newBuilder().setMember(drain.member()));
        } else if (said instanceof FromClient.AskStatus) {
            message.setAskStatus(Proto.FromClient.AskStatus.getDefaultInstance());
        } else if (said instanceof FromClient.AskJobs) {
            message.setAskJobs(Proto.FromClient.AskJobs.getDefaultInstance());
        } else {
            throw new AssertionError("no encoding for " + said);
        }
        return message.build();
    }

    static FromClient decode(Proto.FromClient message) {
        return switch (message.getSaysCase()) {
            case SUBMIT -> decode(message.getSubmit());
            case JAR -> new FromClient.Jar(JobSpecCodec.decode(message.getJar()));
            case ATTACH -> new FromClient.Attach(ATTACH.count("job", message.getAttach().getJob()));
            case CANCEL -> new FromClient.Cancel(CANCEL.count("job", message.getCancel().getJob()));
            case SUSPEND -> new FromClient.Suspend(SUSPEND.count("job", message.getSuspend().getJob()));
            case DRAIN -> new FromClient.Drain(DRAIN.number("member", message.getDrain().getMember()));
            case ASK_STATUS -> new FromClient.AskStatus();
            case ASK_JOBS -> new FromClient.AskJobs();
            case SAYS_NOT_SET -> throw new WireException("FromClient holds no message that is known");
        };
    }

    private static FromClient decode(Proto.FromClient.Submit submit) {
        SUBMIT.mustBeThere("spec", submit.hasSpec());
        return new FromClient.Submit(submit.getToken(), JobSpecCodec.decode(submit.getSpec()), submit.getDetached());
    }

    static Proto.ToClient encode(ToClient said) {
        var message = Proto.ToClient.newBuilder();
        if (said instanceof ToClient.Accepted accepted) {
            message.setAccepted(Proto.ToClient.Accepted.newBuilder().setJob(accepted.job()));
        } else if (said instanceof ToClient.WantsJar wanted) {
            message.setWantsJar(Proto.ToClient.WantsJar.newBuilder().setSha256(wanted.sha256()));
        } else if (said instanceof ToClient.Refused refused) {
            message.setRefused(Proto.ToClient.Refused.newBuilder().setFault(FaultCodec.encode(refused.fault())));
        } else if (said instanceof ToClient.Cancelling cancelling) {
            message.setCancelling(Proto.ToClient.Cancelling.newBuilder().setJob(cancelling.job()));
        } else if (said instanceof ToClient.Suspending suspending) {
            message.setSuspending(Proto.ToClient.Suspending.newBuilder().setJob(suspending.job()));
        } else if (said instanceof ToClient.Draining draining) {
            message.setDraining(Proto.ToClient.Draining.newBuilder().setMember(draining.member()));
        } else if (said instanceof ToClient.Notice notice) {
            message.setNotice(Proto.ToClient.Notice.newBuilder().setJob(notice.job()).setLine(notice.line()));
        } else if (said instanceof ToClient.Waiting waiting) {
            message.setWaiting(Proto.ToClient.Waiting.newBuilder().setJob(waiting.job()).setReason(waiting.reason()));
        } else if (said instanceof ToClient.Opened opened) {
            message.setOpened(Proto.ToClient.Opened.newBuilder().setJob(opened.job()).setDescription(opened.description())
                .setBytes(opened.bytes()));
        } else if (said instanceof ToClient.Read read) {
            message.setRead(Proto.ToClient.Read.newBuilder().setJob(read.job()).setBytes(read.bytes()).setEdges(read.edges()));
        } else if (said instanceof ToClient.Loaded loaded) {
            message.setLoaded(Proto.ToClient.Loaded.newBuilder().setJob(loaded.job()).setVertices(loaded.vertices())
                .setEdges(loaded.edges()));
        } else if (said instanceof ToClient.SuperstepEnded ended) {
            message.setSuperstepEnded(encode(ended));
        } else if (said instanceof ToClient.Traced traced) {
            message.setTraced(Proto.ToClient.Traced.newBuilder().setJob(traced.job()).setText(traced.text()));
        } else if (said instanceof ToClient.Writing writing) {
            message.setWriting(Proto.ToClient.Writing.newBuilder().setJob(writing.job()));
        } else if (said instanceof ToClient.Done done) {
            message.setDone(Proto.ToClient.Done.newBuilder().setJob(done.job()).setTable(done.table()).setFigures(done.figures())
                .setReport(UnsafeByteOperations.unsafeWrap(done.report())).setCut(done.cut()));
        } else if (said instanceof ToClient.Failed failed) {
            message.setFailed(Proto.ToClient.Failed.newBuilder().setJob(failed.job()).setFault(FaultCodec.encode(failed.fault())));
        } else if (said instanceof ToClient.Status status) {
            message.setStatus(encode(status));
        } else if (said instanceof ToClient.Jobs jobs) {
            message.setJobs(Proto.ToClient.Jobs.newBuilder().addAllJobs(jobs.jobs().stream().map(ClientCodec::encode).toList()));
        } else {
            throw new AssertionError("no encoding for " + said);
        }
        return message.build();
    }

    static ToClient decode(Proto.ToClient message) {
        return switch (message.getSaysCase()) {
            case ACCEPTED -> new ToClient.Accepted(ACCEPTED.count("job", message.getAccepted().getJob()));
            case WANTS_JAR -> new ToClient.WantsJar(WANTS_JAR.sha256("sha256", message.getWantsJar().getSha256()));
            case REFUSED -> decode(message.getRefused());
            case CANCELLING -> new ToClient.Cancelling(CANCELLING.count("job", message.getCancelling().getJob()));
            case SUSPENDING -> new ToClient.Suspending(SUSPENDING.count("job", message.getSuspending().getJob()));
            case DRAINING -> new ToClient.Draining(DRAINING.number("member", message.getDraining().getMember()));
            case NOTICE -> new ToClient.Notice(NOTICE.count("job", message.getNotice().getJob()), message.getNotice().getLine());
            case WAITING -> new ToClient.Waiting(WAITING.count("job", message.getWaiting().getJob()), message.getWaiting().getReason());
            case OPENED -> decode(message.getOpened());
            case READ -> decode(message.getRead());
            case LOADED -> decode(message.getLoaded());
            case SUPERSTEP_ENDED -> decode(message.getSuperstepEnded());
            case TRACED -> new ToClient.Traced(TRACED.count("job", message.getTraced().getJob()), message.getTraced().getText());
            case WRITING -> new ToClient.Writing(WRITING.count("job", message.getWriting().getJob()));
            case DONE -> decode(message.getDone());
            case FAILED -> decode(message.getFailed());
            case STATUS -> decode(message.getStatus());
            case JOBS -> new ToClient.Jobs(jobs(message.getJobs().getJobsList()));
            case SAYS_NOT_SET -> throw new WireException("ToClient holds no message that is known");
        };
    }

    private static ToClient decode(Proto.ToClient.Refused refused) {
        REFUSED.mustBeThere("fault", refused.hasFault());
        return new ToClient.Refused(FaultCodec.decode(refused.getFault()));
    }

    private static ToClient decode(Proto.ToClient.Opened opened) {
        return new ToClient.Opened(OPENED.count("job", opened.getJob()), opened.getDescription(),
            OPENED.count("bytes", opened.getBytes()));
    }

    private static ToClient decode(Proto.ToClient.Read read) {
        return new ToClient.Read(READ.count("job", read.getJob()), READ.count("bytes", read.getBytes()),
            READ.count("edges", read.getEdges()));
    }

    private static ToClient decode(Proto.ToClient.Loaded loaded) {
        return new ToClient.Loaded(LOADED.count("job", loaded.getJob()), LOADED.count("vertices", loaded.getVertices()),
            LOADED.count("edges", loaded.getEdges()));
    }

    private static Proto.ToClient.SuperstepEnded.Builder encode(ToClient.SuperstepEnded ended) {
        var message = Proto.ToClient.SuperstepEnded.newBuilder()
            .setJob(ended.job())
            .setSuperstep(ended.superstep())
            .setPhase(ended.phase())
            .setDeliveryValue(Fields.place(ended.delivery()))
            .setComputed(ended.computed())
            .setAwake(ended.awake())
            .setMessages(ended.messages())
            .setNanos(ended.nanos());
        ended.aggregates().forEach((name, value) -> message.addAggregates(encode(name, value)));
        return message;
    }

    private static ToClient decode(Proto.ToClient.SuperstepEnded ended) {
        var aggregates = new LinkedHashMap<String, Object>();
        for (Proto.ToClient.Aggregate aggregate : ended.getAggregatesList()) {
            if (aggregates.put(aggregate.getName(), decode(aggregate)) != null) {
                throw SUPERSTEP_ENDED.wrong("aggregates", "must each have a name of its own");
            }
        }
        return new ToClient.SuperstepEnded(
            SUPERSTEP_ENDED.count("job", ended.getJob()),
            SUPERSTEP_ENDED.number("superstep", ended.getSuperstep()),
            ended.getPhase(),
            SUPERSTEP_ENDED.constant("delivery", Delivery.values(), ended.getDeliveryValue()),
            SUPERSTEP_ENDED.count("computed", ended.getComputed()),
            SUPERSTEP_ENDED.count("awake", ended.getAwake()),
            SUPERSTEP_ENDED.count("messages", ended.getMessages()),
            ended.getNanos(),
            Collections.unmodifiableMap(aggregates));
    }

    private static Proto.ToClient.Aggregate encode(String name, Object value) {
        var aggregate = Proto.ToClient.Aggregate.newBuilder().setName(name);
        if (value instanceof Double real) {
            // There is one NaN in all that Superstep shows.
            aggregate.setReal(Double.longBitsToDouble(Double.doubleToLongBits(real)));
        } else if (value instanceof Long whole) {
            aggregate.setWhole(whole);
        } else if (value instanceof Boolean truth) {
            aggregate.setTruth(truth);
        } else {
            throw new IllegalArgumentException("aggregate \"" + name + "\" must be a Double, Long or Boolean, was " + value);
        }
        return aggregate.build();
    }

    private static Object decode(Proto.ToClient.Aggregate aggregate) {
        return switch (aggregate.getValueCase()) {
            case REAL -> aggregate.getReal();
            case WHOLE -> aggregate.getWhole();
            case TRUTH -> aggregate.getTruth();
            case VALUE_NOT_SET -> throw SUPERSTEP_ENDED.wrong("aggregates", "must each have a value");
        };
    }

    private static ToClient decode(Proto.ToClient.Done done) {
        return new ToClient.Done(DONE.count("job", done.getJob()), done.getTable(), done.getFigures(), done.getReport().toByteArray(),
            done.getCut());
    }

    private static ToClient decode(Proto.ToClient.Failed failed) {
        FAILED.mustBeThere("fault", failed.hasFault());
        return new ToClient.Failed(FAILED.count("job", failed.getJob()), FaultCodec.decode(failed.getFault()));
    }

    private static Proto.ToClient.Status.Builder encode(ToClient.Status status) {
        var message = Proto.ToClient.Status.newBuilder().setVersion(status.version())
            .addAllMembers(status.members().stream().map(ClientCodec::encode).toList())
            .addAllQueued(status.queued().stream().map(ClientCodec::encode).toList());
        if (status.running() != null) {
            message.setRunning(encode(status.running()));
        }
        return message;
    }

    private static ToClient decode(Proto.ToClient.Status status) {
        return new ToClient.Status(status.getVersion(), status.getMembersList().stream().map(ClientCodec::decode).toList(),
            status.hasRunning() ? decode(status.getRunning()) : null, jobs(status.getQueuedList()));
    }

    private static Proto.ToClient.Member encode(ToClient.Member member) {
        return Proto.ToClient.Member.newBuilder()
            .setMember(member.member())
            .setHost(member.host())
            .setPort(member.port())
            .setProcess(member.process())
            .setThreads(member.threads())
            .setMemoryBytes(member.memoryBytes())
            .setDoing(member.doing())
            .setSilentNanos(member.silentNanos())
            .build();
    }

    private static ToClient.Member decode(Proto.ToClient.Member member) {
        return new ToClient.Member(
            MEMBER.number("member", member.getMember()),
            member.getHost(),
            MEMBER.port("port", member.getPort()),
            MEMBER.count("process", member.getProcess()),
            MEMBER.number("threads", member.getThreads()),
            MEMBER.count("memory_bytes", member.getMemoryBytes()),
            member.getDoing(),
            member.getSilentNanos());
    }

    private static Proto.ToClient.Job encode(ToClient.Job job) {
        return Proto.ToClient.Job.newBuilder()
            .setJob(job.job())
            .setProgram(job.program())
            .setStateValue(Fields.place(job.state()))
            .setDetail(job.detail())
            .setSubmittedMillis(job.submittedMillis())
            .setNanos(job.nanos())
            .build();
    }

    private static ToClient.Job decode(Proto.ToClient.Job job) {
        return new ToClient.Job(
            JOB.count("job", job.getJob()),
            job.getProgram(),
            JOB.constant("state", ToClient.JobState.values(), job.getStateValue()),
            job.getDetail(),
            job.getSubmittedMillis(),
            job.getNanos());
    }

    private static List<ToClient.Job> jobs(List<Proto.ToClient.Job> jobs) {
        return jobs.stream().map(ClientCodec::decode).toList();
    }
}
