package org.superstep.net.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.util.List;
import java.util.OptionalInt;
import org.superstep.checkpoint.SavedPartition;
import org.superstep.checkpoint.Segment;
import org.superstep.net.Delivery;
import org.superstep.net.Placement;
import org.superstep.net.ToMaster;
import org.superstep.net.ToWorker;
import org.superstep.net.wire.proto.Proto;

/** What the master commands a job's workers, and what they report. */
final class WorkerCodec {
    private static final Fields LOAD = new Fields("ToWorker.Load");
    private static final Fields RUN_SUPERSTEP = new Fields("ToWorker.RunSuperstep");
    private static final Fields CHANGE_GRAPH = new Fields("ToWorker.ChangeGraph");
    private static final Fields CHECKPOINT = new Fields("ToWorker.Checkpoint");
    private static final Fields SAVED = new Fields("ToWorker.Saved");
    private static final Fields RESTORE = new Fields("ToWorker.Restore");
    private static final Fields TO_MASTER = new Fields("ToMaster");
    private static final Fields SAMPLED = new Fields("ToMaster.Sampled");
    private static final Fields LOADED = new Fields("ToMaster.Loaded");
    private static final Fields SUPERSTEP_DONE = new Fields("ToMaster.SuperstepDone");
    private static final Fields TRACED = new Fields("ToMaster.Traced");
    private static final Fields GRAPH_CHANGED = new Fields("ToMaster.GraphChanged");
    private static final Fields WRITTEN = new Fields("ToMaster.Written");
    private static final Fields ROW_RUN = new Fields("ToMaster.RowRun");
    private static final Fields CHECKPOINTED = new Fields("ToMaster.Checkpointed");
    private static final Fields SAVED_PARTITION = new Fields("ToMaster.SavedPartition");
    private static final Fields SEGMENT = new Fields("ToMaster.Segment");
    private static final Fields NOT_CHECKPOINTED = new Fields("ToMaster.NotCheckpointed");
    private static final Fields RESTORED = new Fields("ToMaster.Restored");
    private static final Fields KEPT = new Fields("ToMaster.Kept");
    private static final Fields RECORD_PIECE = new Fields("ToMaster.RecordPiece");

    private WorkerCodec() {
    }

    static Proto.ToWorker encode(ToWorker command) {
        var message = Proto.ToWorker.newBuilder();
        if (command instanceof ToWorker.Sample) {
            message.setSample(Proto.ToWorker.Sample.getDefaultInstance());
        } else if (command instanceof ToWorker.Load load) {
            message.setLoad(Proto.ToWorker.Load.newBuilder().setFirsts(Fields.bytes(load.placement().firsts()))
                .setOwners(Fields.bytes(load.placement().owners())).setWantedVertices(Fields.bytes(load.wantedVertices())));
        } else if (command instanceof ToWorker.RunSuperstep run) {
            message.setRunSuperstep(encode(run));
        } else if (command instanceof ToWorker.ChangeGraph change) {
            message.setChangeGraph(encode(change));
        } else if (command instanceof ToWorker.Write) {
            message.setWrite(Proto.ToWorker.Write.getDefaultInstance());
        } else if (command instanceof ToWorker.Checkpoint checkpoint) {
            message.setCheckpoint(Proto.ToWorker.Checkpoint.newBuilder().setSuperstep(checkpoint.superstep())
                .setSpokenPhase(checkpoint.spokenPhase()).setDelivered(checkpoint.delivered()).setStem(checkpoint.stem())
                .setWhole(checkpoint.isWhole()));
        } else if (command instanceof ToWorker.Restore restore) {
            var told = Proto.ToWorker.Restore.newBuilder().setManifest(restore.manifest())
                .setFirsts(Fields.bytes(restore.placement().firsts())).setOwners(Fields.bytes(restore.placement().owners()));
            restore.until().ifPresent(told::setUntil);
            message.setRestore(told);
        } else if (command instanceof ToWorker.Recall) {
            message.setRecall(Proto.ToWorker.Recall.getDefaultInstance());
        } else if (command instanceof ToWorker.Saved saved) {
            message.setSaved(Proto.ToWorker.Saved.newBuilder().setSuperstep(saved.superstep()));
        } else {
            throw new AssertionError("no encoding for " + command);
        }
        return message.build();
    }

    static ToWorker decode(Proto.ToWorker message) {
        return switch (message.getCommandCase()) {
            case SAMPLE -> new ToWorker.Sample();
            case LOAD -> decode(message.getLoad());
            case RUN_SUPERSTEP -> decode(message.getRunSuperstep());
            case CHANGE_GRAPH -> decode(message.getChangeGraph());
            case WRITE -> new ToWorker.Write();
            case CHECKPOINT -> new ToWorker.Checkpoint(CHECKPOINT.number("superstep", message.getCheckpoint().getSuperstep()),
                CHECKPOINT.number("spoken_phase", message.getCheckpoint().getSpokenPhase()), message.getCheckpoint().getDelivered(),
                message.getCheckpoint().getStem(), message.getCheckpoint().getWhole());
            case RESTORE -> new ToWorker.Restore(message.getRestore().getManifest(),
                placement(RESTORE, message.getRestore().getFirsts(), message.getRestore().getOwners()),
                message.getRestore().hasUntil() ? OptionalInt.of(RESTORE.number("until", message.getRestore().getUntil()))
                    : OptionalInt.empty());
            case RECALL -> new ToWorker.Recall();
            case SAVED -> new ToWorker.Saved(SAVED.number("superstep", message.getSaved().getSuperstep()));
            case COMMAND_NOT_SET -> throw new WireException("ToWorker holds no command that is known");
        };
    }

    private static ToWorker decode(Proto.ToWorker.Load load) {
        return new ToWorker.Load(placement(LOAD, load.getFirsts(), load.getOwners()),
            LOAD.longs("wanted_vertices", load.getWantedVertices()));
    }

    private static Placement placement(Fields fields, ByteString firstBytes, ByteString ownerBytes) {
        long[] firsts = fields.longs("firsts", firstBytes);
        int[] owners = fields.ints("owners", ownerBytes);
        for (int owner : owners) {
            fields.number("owners", owner);
        }
        return fields.made("placement", () -> new Placement(firsts, owners));
    }

    private static Proto.ToWorker.RunSuperstep encode(ToWorker.RunSuperstep run) {
        return Proto.ToWorker.RunSuperstep.newBuilder()
            .setSuperstep(run.superstep())
            .setPhase(run.phase())
            .setPhaseBegan(run.phaseBegan())
            .setSpokenPhase(run.spokenPhase())
            .setDeliveryValue(Fields.place(run.delivery()))
            .setMessages(run.messages())
            .setDelivered(run.delivered())
            .setEveryoneSpoke(run.everyoneSpoke())
            .setHasSends(run.hasSends())
            .setAwake(run.awake())
            .setWakeAll(run.wakeAll())
            .setVertices(run.vertices())
            .setEdges(run.edges())
            .setAggregates(Fields.bytes(run.aggregates()))
            .setGlobals(Fields.bytes(run.globals()))
            .build();
    }

    private static ToWorker decode(Proto.ToWorker.RunSuperstep run) {
        return new ToWorker.RunSuperstep(
            RUN_SUPERSTEP.number("superstep", run.getSuperstep()),
            RUN_SUPERSTEP.number("phase", run.getPhase()),
            RUN_SUPERSTEP.number("phase_began", run.getPhaseBegan()),
            RUN_SUPERSTEP.number("spoken_phase", run.getSpokenPhase()),
            RUN_SUPERSTEP.constant("delivery", Delivery.values(), run.getDeliveryValue()),
            RUN_SUPERSTEP.count("messages", run.getMessages()),
            run.getDelivered(),
            run.getEveryoneSpoke(),
            run.getHasSends(),
            RUN_SUPERSTEP.count("awake", run.getAwake()),
            run.getWakeAll(),
            RUN_SUPERSTEP.count("vertices", run.getVertices()),
            RUN_SUPERSTEP.count("edges", run.getEdges()),
            RUN_SUPERSTEP.longs("aggregates", run.getAggregates()),
            RUN_SUPERSTEP.longs("globals", run.getGlobals()));
    }

    private static Proto.ToWorker.ChangeGraph encode(ToWorker.ChangeGraph change) {
        return Proto.ToWorker.ChangeGraph.newBuilder()
            .setSuperstep(change.superstep())
            .setSpokenPhase(change.spokenPhase())
            .setDeliveryValue(Fields.place(change.delivery()))
            .setMessages(change.messages())
            .setEveryoneSpoke(change.everyoneSpoke())
            .setHasSends(change.hasSends())
            .setVertices(change.vertices())
            .setEdges(change.edges())
            .build();
    }

    private static ToWorker decode(Proto.ToWorker.ChangeGraph change) {
        return new ToWorker.ChangeGraph(
            CHANGE_GRAPH.number("superstep", change.getSuperstep()),
            CHANGE_GRAPH.number("spoken_phase", change.getSpokenPhase()),
            CHANGE_GRAPH.constant("delivery", Delivery.values(), change.getDeliveryValue()),
            CHANGE_GRAPH.count("messages", change.getMessages()),
            change.getEveryoneSpoke(),
            change.getHasSends(),
            CHANGE_GRAPH.count("vertices", change.getVertices()),
            CHANGE_GRAPH.count("edges", change.getEdges()));
    }

    static Proto.ToMaster encode(ToMaster report) {
        var message = Proto.ToMaster.newBuilder().setWorker(report.worker());
        if (report instanceof ToMaster.Sampled sampled) {
            message.setSampled(Proto.ToMaster.Sampled.newBuilder().setDescription(sampled.description())
                .setEstimatedEdges(sampled.estimatedEdges()).setNeededBytes(sampled.neededBytes())
                .setHearers(Fields.bytes(sampled.hearers())));
        } else if (report instanceof ToMaster.Loaded loaded) {
            message.setLoaded(encode(loaded));
        } else if (report instanceof ToMaster.SuperstepDone done) {
            message.setSuperstepDone(encode(done));
        } else if (report instanceof ToMaster.Traced traced) {
            message.setTraced(Proto.ToMaster.Traced.newBuilder().setVertices(Fields.bytes(traced.vertices()))
                .addAllTexts(traced.texts()));
        } else if (report instanceof ToMaster.GraphChanged changed) {
            message.setGraphChanged(encode(changed));
        } else if (report instanceof ToMaster.Written written) {
            message.setWritten(Proto.ToMaster.Written.newBuilder().setRows(written.rows())
                .addAllRowRuns(written.rowRuns().stream().map(WorkerCodec::encode).toList())
                .addAllRecords(written.records().stream().map(WorkerCodec::encode).toList())
                .setSummary(UnsafeByteOperations.unsafeWrap(written.summary())));
        } else if (report instanceof ToMaster.Checkpointed checkpointed) {
            message.setCheckpointed(Proto.ToMaster.Checkpointed.newBuilder().setSuperstep(checkpointed.superstep())
                .addAllPartitions(checkpointed.partitions().stream().map(WorkerCodec::encode).toList())
                .setCopyNanos(checkpointed.copyNanos()).setWriteNanos(checkpointed.writeNanos()));
        } else if (report instanceof ToMaster.NotCheckpointed not) {
            message.setNotCheckpointed(Proto.ToMaster.NotCheckpointed.newBuilder().setSuperstep(not.superstep())
                .setReason(not.reason()));
        } else if (report instanceof ToMaster.Restored restored) {
            message.setRestored(Proto.ToMaster.Restored.newBuilder().setVertices(restored.vertices()).setEdges(restored.edges())
                .setMirrors(restored.mirrors()).setHearings(Fields.bytes(restored.hearings())));
        } else if (report instanceof ToMaster.NotRestored not) {
            message.setNotRestored(Proto.ToMaster.NotRestored.newBuilder().setReason(not.reason()));
        } else if (report instanceof ToMaster.Kept kept) {
            message.setKept(Proto.ToMaster.Kept.newBuilder().setSuperstep(kept.superstep())
                .setPartitions(Fields.bytes(kept.partitions())).setComputed(kept.computed()).setLoggedFrom(kept.loggedFrom())
                .setHindrance(kept.hindrance()));
        } else if (report instanceof ToMaster.NotReplayed not) {
            message.setNotReplayed(Proto.ToMaster.NotReplayed.newBuilder().setReason(not.reason()));
        } else if (report instanceof ToMaster.Failed failed) {
            message.setFailed(FaultCodec.encode(failed.fault()));
        } else {
            throw new AssertionError("no encoding for " + report);
        }
        return message.build();
    }

    static ToMaster decode(Proto.ToMaster message) {
        int worker = TO_MASTER.number("worker", message.getWorker());
        return switch (message.getReportCase()) {
            case SAMPLED -> decode(worker, message.getSampled());
            case LOADED -> decode(worker, message.getLoaded());
            case SUPERSTEP_DONE -> decode(worker, message.getSuperstepDone());
            case TRACED -> decode(worker, message.getTraced());
            case GRAPH_CHANGED -> decode(worker, message.getGraphChanged());
            case WRITTEN -> decode(worker, message.getWritten());
            case CHECKPOINTED -> new ToMaster.Checkpointed(worker,
                CHECKPOINTED.number("superstep", message.getCheckpointed().getSuperstep()),
                message.getCheckpointed().getPartitionsList().stream().map(WorkerCodec::decode).toList(),
                message.getCheckpointed().getCopyNanos(), message.getCheckpointed().getWriteNanos());
            case NOT_CHECKPOINTED -> new ToMaster.NotCheckpointed(worker,
                NOT_CHECKPOINTED.number("superstep", message.getNotCheckpointed().getSuperstep()),
                message.getNotCheckpointed().getReason());
            case RESTORED -> decode(worker, message.getRestored());
            case NOT_RESTORED -> new ToMaster.NotRestored(worker, message.getNotRestored().getReason());
            case KEPT -> decode(worker, message.getKept());
            case NOT_REPLAYED -> new ToMaster.NotReplayed(worker, message.getNotReplayed().getReason());
            case FAILED -> new ToMaster.Failed(worker, FaultCodec.decode(message.getFailed()));
            case REPORT_NOT_SET -> throw new WireException("ToMaster holds no report that is known");
        };
    }

    private static ToMaster decode(int worker, Proto.ToMaster.Sampled sampled) {
        return new ToMaster.Sampled(worker, sampled.getDescription(),
            SAMPLED.count("estimated_edges", sampled.getEstimatedEdges()), SAMPLED.count("needed_bytes", sampled.getNeededBytes()),
            SAMPLED.longs("hearers", sampled.getHearers()));
    }

    private static Proto.ToMaster.Loaded.Builder encode(ToMaster.Loaded loaded) {
        var message = Proto.ToMaster.Loaded.newBuilder().setVertices(loaded.vertices()).setEdges(loaded.edges())
            .setMirrors(loaded.mirrors()).setHearings(Fields.bytes(loaded.hearings()));
        for (boolean found : loaded.foundVertices()) {
            message.addFoundVertices(found);
        }
        return message;
    }

    private static ToMaster decode(int worker, Proto.ToMaster.Loaded loaded) {
        var found = new boolean[loaded.getFoundVerticesCount()];
        for (int i = 0; i < found.length; i++) {
            found[i] = loaded.getFoundVertices(i);
        }
        return new ToMaster.Loaded(worker, LOADED.count("vertices", loaded.getVertices()), LOADED.count("edges", loaded.getEdges()),
            LOADED.count("mirrors", loaded.getMirrors()),
            LOADED.longs("hearings", loaded.getHearings()), found);
    }

    private static Proto.ToMaster.SuperstepDone.Builder encode(ToMaster.SuperstepDone done) {
        var message = Proto.ToMaster.SuperstepDone.newBuilder()
            .setSuperstep(done.superstep())
            .setComputed(done.computed())
            .setAwake(done.awake())
            .setMessages(done.messages())
            .setSends(done.sends())
            .setChanges(done.changes())
            .setDropped(done.dropped())
            .setGoneInEdges(done.goneInEdges())
            .setGoneOutEdges(done.goneOutEdges())
            .setEffort(encode(done.effort()));
        for (long[] added : done.tally()) {
            message.addTally(added == null ? Proto.ToMaster.Added.getDefaultInstance()
                : Proto.ToMaster.Added.newBuilder().setValues(Fields.bytes(added)).build());
        }
        return message;
    }

    private static ToMaster decode(int worker, Proto.ToMaster.SuperstepDone done) {
        SUPERSTEP_DONE.mustBeThere("effort", done.hasEffort());
        var tally = new long[done.getTallyCount()][];
        for (int i = 0; i < tally.length; i++) {
            Proto.ToMaster.Added added = done.getTally(i);
            tally[i] = added.hasValues() ? SUPERSTEP_DONE.longs("tally", added.getValues()) : null;
        }
        return new ToMaster.SuperstepDone(worker,
            SUPERSTEP_DONE.number("superstep", done.getSuperstep()),
            SUPERSTEP_DONE.count("computed", done.getComputed()),
            SUPERSTEP_DONE.count("awake", done.getAwake()),
            SUPERSTEP_DONE.count("messages", done.getMessages()),
            SUPERSTEP_DONE.count("sends", done.getSends()),
            SUPERSTEP_DONE.count("changes", done.getChanges()),
            SUPERSTEP_DONE.count("dropped", done.getDropped()),
            SUPERSTEP_DONE.count("gone_in_edges", done.getGoneInEdges()),
            SUPERSTEP_DONE.count("gone_out_edges", done.getGoneOutEdges()),
            tally,
            decode(done.getEffort()));
    }

    private static Proto.ToMaster.Effort encode(ToMaster.Effort effort) {
        return Proto.ToMaster.Effort.newBuilder().setComputeNanos(effort.computeNanos()).setNetworkNanos(effort.networkNanos())
            .setWaitNanos(effort.waitNanos()).setSentBytes(effort.sentBytes()).setReceivedBytes(effort.receivedBytes()).build();
    }

    /** Whatever it says: it is for people, and a job does not fail over a clock. */
    private static ToMaster.Effort decode(Proto.ToMaster.Effort effort) {
        return new ToMaster.Effort(effort.getComputeNanos(), effort.getNetworkNanos(), effort.getWaitNanos(), effort.getSentBytes(),
            effort.getReceivedBytes());
    }

    private static ToMaster decode(int worker, Proto.ToMaster.Traced traced) {
        long[] vertices = TRACED.longs("vertices", traced.getVertices());
        if (traced.getTextsCount() != vertices.length) {
            throw TRACED.wrong("texts", "must be " + vertices.length + ", one of each vertex, was " + traced.getTextsCount());
        }
        return new ToMaster.Traced(worker, vertices, List.copyOf(traced.getTextsList()));
    }

    private static Proto.ToMaster.GraphChanged encode(ToMaster.GraphChanged changed) {
        return Proto.ToMaster.GraphChanged.newBuilder()
            .setVertices(changed.vertices())
            .setEdges(changed.edges())
            .setAwake(changed.awake())
            .setHearings(Fields.bytes(changed.hearings()))
            .setDropped(changed.dropped())
            .setGoneInEdges(changed.goneInEdges())
            .setGoneOutEdges(changed.goneOutEdges())
            .build();
    }

    private static ToMaster decode(int worker, Proto.ToMaster.GraphChanged changed) {
        return new ToMaster.GraphChanged(worker,
            GRAPH_CHANGED.count("vertices", changed.getVertices()),
            GRAPH_CHANGED.count("edges", changed.getEdges()),
            GRAPH_CHANGED.count("awake", changed.getAwake()),
            GRAPH_CHANGED.longs("hearings", changed.getHearings()),
            GRAPH_CHANGED.count("dropped", changed.getDropped()),
            GRAPH_CHANGED.count("gone_in_edges", changed.getGoneInEdges()),
            GRAPH_CHANGED.count("gone_out_edges", changed.getGoneOutEdges()));
    }

    private static Proto.ToMaster.SavedPartition encode(SavedPartition saved) {
        var message = Proto.ToMaster.SavedPartition.newBuilder().setPartition(saved.partition()).setVertices(saved.vertices())
            .setEdges(saved.edges()).setNeededBytes(saved.neededBytes()).setState(encode(saved.state()));
        if (saved.topology() != null) {
            message.setTopology(encode(saved.topology()));
        }
        if (saved.records() != null) {
            message.setRecords(encode(saved.records()));
        }
        return message.build();
    }

    private static SavedPartition decode(Proto.ToMaster.SavedPartition saved) {
        SAVED_PARTITION.mustBeThere("state", saved.hasState());
        return new SavedPartition(SAVED_PARTITION.number("partition", saved.getPartition()),
            SAVED_PARTITION.count("vertices", saved.getVertices()), SAVED_PARTITION.count("edges", saved.getEdges()),
            SAVED_PARTITION.count("needed_bytes", saved.getNeededBytes()), saved.hasTopology() ? decode(saved.getTopology()) : null,
            decode(saved.getState()), saved.hasRecords() ? decode(saved.getRecords()) : null);
    }

    private static Proto.ToMaster.Segment encode(Segment segment) {
        return Proto.ToMaster.Segment.newBuilder().setFile(segment.file()).setOffset(segment.offset()).setBytes(segment.bytes())
            .setChecksum(segment.checksum()).build();
    }

    private static Segment decode(Proto.ToMaster.Segment segment) {
        return SEGMENT.made("file", () -> new Segment(segment.getFile(), SEGMENT.count("offset", segment.getOffset()),
            SEGMENT.count("bytes", segment.getBytes()), segment.getChecksum()));
    }

    private static ToMaster decode(int worker, Proto.ToMaster.Restored restored) {
        return new ToMaster.Restored(worker, RESTORED.count("vertices", restored.getVertices()),
            RESTORED.count("edges", restored.getEdges()), RESTORED.count("mirrors", restored.getMirrors()),
            RESTORED.longs("hearings", restored.getHearings()));
    }

    private static ToMaster decode(int worker, Proto.ToMaster.Kept kept) {
        return new ToMaster.Kept(worker, KEPT.ints("partitions", kept.getPartitions()), KEPT.number("superstep", kept.getSuperstep()),
            KEPT.count("computed", kept.getComputed()), KEPT.number("logged_from", kept.getLoggedFrom()), kept.getHindrance());
    }

    private static Proto.ToMaster.RecordsFile encode(List<ToMaster.RecordPiece> pieces) {
        return Proto.ToMaster.RecordsFile.newBuilder().addAllPieces(pieces.stream().map(piece -> Proto.ToMaster.RecordPiece.newBuilder()
            .setSuperstep(piece.superstep()).setPartition(piece.partition()).setRecords(piece.records())
            .setBytes(piece.bytes()).build()).toList()).build();
    }

    private static ToMaster decode(int worker, Proto.ToMaster.Written written) {
        return new ToMaster.Written(worker, WRITTEN.count("rows", written.getRows()),
            written.getRowRunsList().stream().map(WorkerCodec::decode).toList(),
            written.getRecordsList().stream().map(file -> file.getPiecesList().stream().map(WorkerCodec::decode).toList()).toList(),
            written.getSummary().toByteArray());
    }

    private static Proto.ToMaster.RowRun encode(ToMaster.RowRun run) {
        return Proto.ToMaster.RowRun.newBuilder().setPartition(run.partition()).setBytes(run.bytes()).build();
    }

    private static ToMaster.RowRun decode(Proto.ToMaster.RowRun run) {
        return new ToMaster.RowRun(ROW_RUN.number("partition", run.getPartition()), ROW_RUN.count("bytes", run.getBytes()));
    }

    private static ToMaster.RecordPiece decode(Proto.ToMaster.RecordPiece piece) {
        return new ToMaster.RecordPiece(RECORD_PIECE.number("superstep", piece.getSuperstep()),
            RECORD_PIECE.number("partition", piece.getPartition()), RECORD_PIECE.count("records", piece.getRecords()),
            RECORD_PIECE.count("bytes", piece.getBytes()));
    }
}
