package org.superstep.net.wire;

import java.util.List;
import org.superstep.net.FromMember;
import org.superstep.net.ToMember;
import org.superstep.net.wire.proto.Proto;

/** What the master and a worker process say to each other. */
final class MemberCodec {
    private static final Fields JOIN = new Fields("FromMember.Join");
    private static final Fields WANTS_JAR = new Fields("FromMember.WantsJar");
    private static final Fields PREPARED = new Fields("FromMember.Prepared");
    private static final Fields READING = new Fields("FromMember.Reading");
    private static final Fields SAYS = new Fields("FromMember.Says");
    private static final Fields RELEASED = new Fields("FromMember.Released");
    private static final Fields LOST_PEER = new Fields("FromMember.LostPeer");
    private static final Fields WELCOME = new Fields("ToMember.Welcome");
    private static final Fields PREPARE = new Fields("ToMember.Prepare");
    private static final Fields PEER = new Fields("ToMember.Peer");
    private static final Fields TELL = new Fields("ToMember.Tell");
    private static final Fields RELEASE = new Fields("ToMember.Release");

    private MemberCodec() {
    }

    static Proto.FromMember encode(FromMember said) {
        var message = Proto.FromMember.newBuilder();
        if (said instanceof FromMember.Join join) {
            message.setJoin(Proto.FromMember.Join.newBuilder().setHost(join.host()).setPort(join.port())
                .setThreads(join.threads()).setMemoryBytes(join.memoryBytes()).setProcess(join.process()));
        } else if (said instanceof FromMember.WantsJar wanted) {
            message.setWantsJar(Proto.FromMember.WantsJar.newBuilder().setAttempt(wanted.attempt()).setSha256(wanted.sha256()));
        } else if (said instanceof FromMember.Prepared prepared) {
            message.setPrepared(Proto.FromMember.Prepared.newBuilder().setAttempt(prepared.attempt()));
        } else if (said instanceof FromMember.Reading reading) {
            message.setReading(Proto.FromMember.Reading.newBuilder().setAttempt(reading.attempt()).setWorker(reading.worker())
                .setDescription(reading.description()).setOpenedBytes(reading.openedBytes()).setBytes(reading.bytes())
                .setEdges(reading.edges()));
        } else if (said instanceof FromMember.Says says) {
            message.setSaysOfJob(Proto.FromMember.Says.newBuilder().setAttempt(says.attempt())
                .setMessage(WorkerCodec.encode(says.message())));
        } else if (said instanceof FromMember.Released released) {
            message.setReleased(Proto.FromMember.Released.newBuilder().setAttempt(released.attempt()));
        } else if (said instanceof FromMember.LostPeer lost) {
            message.setLostPeer(Proto.FromMember.LostPeer.newBuilder().setAttempt(lost.attempt()).setWorker(lost.worker())
                .setReason(lost.reason()));
        } else if (said instanceof FromMember.Leaving leaving) {
            message.setLeaving(Proto.FromMember.Leaving.newBuilder().setReason(leaving.reason()));
        } else {
            throw new AssertionError("no encoding for " + said);
        }
        return message.build();
    }

    static FromMember decode(Proto.FromMember message) {
        return switch (message.getSaysCase()) {
            case JOIN -> decode(message.getJoin());
            case WANTS_JAR -> new FromMember.WantsJar(WANTS_JAR.count("attempt", message.getWantsJar().getAttempt()),
                WANTS_JAR.sha256("sha256", message.getWantsJar().getSha256()));
            case PREPARED -> new FromMember.Prepared(PREPARED.count("attempt", message.getPrepared().getAttempt()));
            case READING -> decode(message.getReading());
            case SAYS_OF_JOB -> decode(message.getSaysOfJob());
            case RELEASED -> new FromMember.Released(RELEASED.count("attempt", message.getReleased().getAttempt()));
            case LOST_PEER -> new FromMember.LostPeer(LOST_PEER.count("attempt", message.getLostPeer().getAttempt()),
                LOST_PEER.number("worker", message.getLostPeer().getWorker()), message.getLostPeer().getReason());
            case LEAVING -> new FromMember.Leaving(message.getLeaving().getReason());
            case SAYS_NOT_SET -> throw new WireException("FromMember holds no message that is known");
        };
    }

    private static FromMember decode(Proto.FromMember.Join join) {
        return new FromMember.Join(join.getHost(), JOIN.port("port", join.getPort()),
            JOIN.number("threads", join.getThreads()), JOIN.count("memory_bytes", join.getMemoryBytes()),
            JOIN.count("process", join.getProcess()));
    }

    private static FromMember decode(Proto.FromMember.Reading reading) {
        return new FromMember.Reading(READING.count("attempt", reading.getAttempt()), READING.number("worker", reading.getWorker()),
            reading.getDescription(), READING.count("opened_bytes", reading.getOpenedBytes()), READING.count("bytes", reading.getBytes()),
            READING.count("edges", reading.getEdges()));
    }

    private static FromMember decode(Proto.FromMember.Says says) {
        SAYS.mustBeThere("message", says.hasMessage());
        return new FromMember.Says(SAYS.count("attempt", says.getAttempt()), WorkerCodec.decode(says.getMessage()));
    }

    static Proto.ToMember encode(ToMember said) {
        var message = Proto.ToMember.newBuilder();
        if (said instanceof ToMember.Welcome welcome) {
            message.setWelcome(Proto.ToMember.Welcome.newBuilder().setMember(welcome.member()).setEpoch(welcome.epoch()));
        } else if (said instanceof ToMember.Refused refused) {
            message.setRefused(Proto.ToMember.Refused.newBuilder().setReason(refused.reason()));
        } else if (said instanceof ToMember.Prepare prepare) {
            message.setPrepare(Proto.ToMember.Prepare.newBuilder().setAttempt(prepare.attempt()).setJob(prepare.job())
                .setOrdinal(prepare.ordinal())
                .setSpec(JobSpecCodec.encode(prepare.spec()))
                .setWorker(prepare.worker()).setThreads(prepare.threads())
                .addAllPeers(prepare.peers().stream().map(MemberCodec::encode).toList()));
        } else if (said instanceof ToMember.Jar jar) {
            message.setJar(JobSpecCodec.encode(jar.piece()));
        } else if (said instanceof ToMember.Tell tell) {
            message.setTell(Proto.ToMember.Tell.newBuilder().setAttempt(tell.attempt()).setCommand(WorkerCodec.encode(tell.command())));
        } else if (said instanceof ToMember.Release release) {
            message.setRelease(Proto.ToMember.Release.newBuilder().setAttempt(release.attempt()).setKeeps(release.keeps()));
        } else if (said instanceof ToMember.Dismissed) {
            message.setDismissed(Proto.ToMember.Dismissed.getDefaultInstance());
        } else if (said instanceof ToMember.Farewell farewell) {
            message.setFarewell(Proto.ToMember.Farewell.newBuilder().setReason(farewell.reason()));
        } else {
            throw new AssertionError("no encoding for " + said);
        }
        return message.build();
    }

    static ToMember decode(Proto.ToMember message) {
        return switch (message.getSaysCase()) {
            case WELCOME -> new ToMember.Welcome(WELCOME.number("member", message.getWelcome().getMember()),
                WELCOME.count("epoch", message.getWelcome().getEpoch()));
            case REFUSED -> new ToMember.Refused(message.getRefused().getReason());
            case PREPARE -> decode(message.getPrepare());
            case JAR -> new ToMember.Jar(JobSpecCodec.decode(message.getJar()));
            case TELL -> decode(message.getTell());
            case RELEASE -> new ToMember.Release(RELEASE.count("attempt", message.getRelease().getAttempt()),
                message.getRelease().getKeeps());
            case FAREWELL -> new ToMember.Farewell(message.getFarewell().getReason());
            case DISMISSED -> new ToMember.Dismissed();
            case SAYS_NOT_SET -> throw new WireException("ToMember holds no message that is known");
        };
    }

    private static ToMember decode(Proto.ToMember.Prepare prepare) {
        PREPARE.mustBeThere("spec", prepare.hasSpec());
        List<ToMember.Peer> peers = prepare.getPeersList().stream().map(MemberCodec::decode).toList();
        return new ToMember.Prepare(PREPARE.count("attempt", prepare.getAttempt()), PREPARE.count("job", prepare.getJob()),
            PREPARE.number("ordinal", prepare.getOrdinal()), JobSpecCodec.decode(prepare.getSpec()),
            PREPARE.number("worker", prepare.getWorker()), PREPARE.number("threads", prepare.getThreads()), peers);
    }

    private static ToMember decode(Proto.ToMember.Tell tell) {
        TELL.mustBeThere("command", tell.hasCommand());
        return new ToMember.Tell(TELL.count("attempt", tell.getAttempt()), WorkerCodec.decode(tell.getCommand()));
    }

    private static Proto.ToMember.Peer encode(ToMember.Peer peer) {
        return Proto.ToMember.Peer.newBuilder().setMember(peer.member()).setHost(peer.host()).setPort(peer.port()).build();
    }

    private static ToMember.Peer decode(Proto.ToMember.Peer peer) {
        return new ToMember.Peer(PEER.number("member", peer.getMember()), peer.getHost(), PEER.port("port", peer.getPort()));
    }
}
