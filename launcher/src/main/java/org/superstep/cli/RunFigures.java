package org.superstep.cli;

import java.util.Optional;
import org.superstep.JobReport;

/**
 * What a run has done, in figures.
 *
 * @param outcome what has come of it
 * @param writeNanos writing rows: the job's time, and that for rows which the command wrote itself
 * @param peak the most memory, where the process that tells is the one that computed
 */
record RunFigures(Outcome outcome, long writeNanos, Optional<PeakMemory> peak) {
    /** They as people read them, a few lines; the last has no line end. */
    String text(RunRequest request) {
        JobReport job = outcome.job();
        var text = new StringBuilder();
        text.append("input    ");
        if (request.inputs().size() == 1) {
            text.append(request.inputs().get(0).getFileName()).append(": ");
        }
        // Where a checkpoint was all that was needed, nobody has looked at it.
        text.append(job.input().isEmpty() ? "not read again" : job.input());
        if (!request.vertices().isEmpty()) {
            text.append("\nvertices ").append(request.vertices().size() == 1 ? request.vertices().get(0).getFileName()
                : Figures.counted(request.vertices().size(), "file", "files"));
        }
        text.append("\ngraph    ").append(Figures.counted(job.vertices(), "vertex", "vertices")).append(", ")
            .append(Figures.counted(job.edges(), "edge", "edges")).append(", ")
            .append(Figures.counted(job.partitions(), "partition", "partitions"));
        text.append("\nrun      ").append(Figures.counted(job.superstepCount(), "superstep", "supersteps")).append(" on ")
            .append(Figures.counted(job.threads(), "thread", "threads"));
        if (job.workers() > 1) {
            text.append(" of ").append(Figures.count(job.workers())).append(" workers");
        }
        if (job.cut().isPresent()) {
            text.append("; cut there, so that the values are not final");
        }
        if (job.droppedMessages() > 0) {
            text.append("; ").append(Figures.counted(job.droppedMessages(), "message", "messages"))
                .append(" to vertices missing or halted for good dropped");
        }
        if (outcome.rows() != job.vertices()) {
            text.append("\nleft     ").append(Figures.counted(outcome.rows(), "vertex", "vertices"));
        }
        text.append("\ntime     load ").append(Figures.time(job.loadNanos())).append(", compute ").append(Figures.time(job.computeNanos()))
            .append(" (").append(Figures.threeDigits(job.nanosPerEdge())).append(" ns per edge and superstep)");
        if (writeNanos > 0) {
            text.append(", write ").append(Figures.time(writeNanos));
        }
        text.append(recovery(job.recovery()));
        if (!job.workerTotals().isEmpty()) {
            text.append("\nworkers  ").append(new WorkerFigures(job.workerTotals()).text());
        }
        if (peak.isPresent()) {
            text.append("\nmemory   ").append(Figures.bytes(peak.get().bytes()))
                .append(peak.get().isResident() ? " at its peak" : " of heap");
        }
        if (request.output().isPresent() && request.output().get().kind() != Destination.Kind.STANDARD_OUTPUT) {
            text.append("\noutput   ").append(request.output().get().said()).append(", ")
                .append(Figures.counted(outcome.rows(), "row", "rows"));
        }
        for (RecordDestination wanted : request.records()) {
            if (wanted.destination().kind() != Destination.Kind.STANDARD_OUTPUT) {
                String name = wanted.output().name();
                text.append("\nrecords  ").append(wanted.destination().said()).append(", ")
                    .append(Figures.counted(outcome.records().get(name), "record", "records")).append(" of ").append(name);
            }
        }
        return text.toString();
    }

    /** How it was saved, and went on from there. */
    private static String recovery(JobReport.Recovery recovery) {
        var text = new StringBuilder();
        recovery.resumedFrom().ifPresent(superstep -> text.append("\nresumed  before superstep ").append(superstep));
        if (recovery.restarts() > 0) {
            text.append("\nrestarts ").append(Figures.count(recovery.restarts()));
            if (recovery.confined() > 0) {
                text.append(", ").append(recovery.confined() == recovery.restarts() ? "" : Figures.count(recovery.confined()) + " of them ")
                    .append("confined");
            }
            text.append("\nlost     ").append(Figures.time(recovery.lostNanos()));
            if (recovery.computedAgainOfAll() > 0) {
                text.append("; ").append(Figures.counted(recovery.computedAgain(), "vertex", "vertices")).append(" computed again");
            }
            if (recovery.confined() > 0) {
                text.append(", where going back would have cost ").append(Figures.count(recovery.computedAgainOfAll()));
            }
        }
        if (recovery.moves() > 0) {
            text.append("\nmoved    ").append(Figures.counted(recovery.moves(), "time", "times"));
        }
        if (recovery.checkpoints() > 0) {
            text.append("\nsaved    ").append(Figures.counted(recovery.checkpoints(), "time", "times")).append(", ")
                .append(Figures.bytes(recovery.checkpointBytes())).append(", which held it up for ")
                .append(Figures.time(recovery.copyNanos()));
        }
        return text.toString();
    }
}
