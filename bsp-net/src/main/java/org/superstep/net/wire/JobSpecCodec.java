package org.superstep.net.wire;

import com.google.protobuf.UnsafeByteOperations;
import java.util.List;
import org.superstep.net.JobSpec;
import org.superstep.net.wire.proto.Proto;

/** What a job is, and the jars that it brings along: the master speaks of them to members as clients do to the master. */
final class JobSpecCodec {
    private static final Fields SPEC = new Fields("JobSpec");
    private static final Fields RECOVERY = new Fields("JobSpec.Recovery");
    private static final Fields JAR = new Fields("JobSpec.Jar");
    private static final Fields PIECE = new Fields("JobSpec.JarPiece");

    private JobSpecCodec() {
    }

    static Proto.JobSpec encode(JobSpec spec) {
        return Proto.JobSpec.newBuilder().setProgram(spec.program()).addAllWords(spec.words())
            .addAllJars(spec.jars().stream().map(JobSpecCodec::encode).toList()).addAllOutputs(spec.outputs())
            .setWorkers(spec.workers()).setThreads(spec.threads()).setRecovery(Proto.JobSpec.Recovery.newBuilder()
                .setMaxRestarts(spec.recovery().maxRestarts()).setCheckpoints(spec.recovery().hasCheckpoints())
                .setElastic(spec.recovery().isElastic()).setConfined(spec.recovery().isConfined())).build();
    }

    static JobSpec decode(Proto.JobSpec spec) {
        List<JobSpec.Jar> jars = spec.getJarsList().stream().map(JobSpecCodec::decode).toList();
        return new JobSpec(spec.getProgram(), spec.getWordsList(), jars, spec.getOutputsList(),
            SPEC.number("workers", spec.getWorkers()), SPEC.number("threads", spec.getThreads()),
            new JobSpec.Recovery(RECOVERY.number("max_restarts", spec.getRecovery().getMaxRestarts()),
                spec.getRecovery().getCheckpoints(), spec.getRecovery().getElastic(), spec.getRecovery().getConfined()));
    }

    private static Proto.JobSpec.Jar encode(JobSpec.Jar jar) {
        return Proto.JobSpec.Jar.newBuilder().setName(jar.name()).setSha256(jar.sha256()).setBytes(jar.bytes()).build();
    }

    private static JobSpec.Jar decode(Proto.JobSpec.Jar jar) {
        return new JobSpec.Jar(jar.getName(), JAR.sha256("sha256", jar.getSha256()), JAR.count("bytes", jar.getBytes()));
    }

    static Proto.JarPiece encode(JobSpec.JarPiece piece) {
        return Proto.JarPiece.newBuilder().setSha256(piece.sha256()).setOffset(piece.offset())
            .setBytes(UnsafeByteOperations.unsafeWrap(piece.bytes())).build();
    }

    static JobSpec.JarPiece decode(Proto.JarPiece piece) {
        return new JobSpec.JarPiece(PIECE.sha256("sha256", piece.getSha256()), PIECE.count("offset", piece.getOffset()),
            PIECE.piece("bytes", piece.getBytes()));
    }
}
