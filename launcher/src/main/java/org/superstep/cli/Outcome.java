package org.superstep.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.superstep.JobReport;
import org.superstep.Result;
import org.superstep.graph.Summary;
import org.superstep.net.ToClient;
import org.superstep.net.ToMaster;
import org.superstep.worker.SummaryPart;

/**
 * What has come of a job, but for the rows and records themselves: the same of one in this process, whose result is at hand, and of one
 * whose workers are elsewhere and have told of their parts.
 *
 * @param job its figures
 * @param rows how many vertices there were in the end
 * @param records how many records were emitted, by the name of each output that was wanted
 * @param table what the program shows of its results; empty where that is not wanted, or there is nothing to show
 */
record Outcome(JobReport job, long rows, Map<String, Long> records, String table) {
    /** Of a job in this process. */
    static Outcome of(RunRequest request, Result result) {
        var records = new HashMap<String, Long>();
        for (RecordDestination wanted : request.records()) {
            records.put(wanted.output().name(), result.records(wanted.output().name()).size());
        }
        Summary summary = request.program().summary();
        return new Outcome(result.report(), result.size(), records, request.top() == 0 ? ""
            : new SummaryTable(summary, SummaryTable.part(summary, result, request.top()), request.top()).text());
    }

    /** Of a job whose workers have told this at its end, where they were asked for a table of as many rows as is wanted. */
    static Outcome of(RunRequest request, JobReport report, List<ToMaster.Written> parts) {
        Summary summary = request.program().summary();
        var summaries = new ArrayList<SummaryPart>();
        var records = new HashMap<String, Long>();
        long rows = 0;
        for (ToMaster.Written part : parts) {
            rows += part.rows();
            for (int i = 0; i < part.records().size(); i++) {
                long count = part.records().get(i).stream().mapToLong(ToMaster.RecordPiece::records).sum();
                records.merge(request.records().get(i).output().name(), count, Long::sum);
            }
            summaries.add(SummaryPart.decoded(summary, request.top(), part.summary()));
        }
        // Without anything to write or to show nobody was asked, and who changes no graph has as many vertices as at first.
        return new Outcome(report, parts.isEmpty() ? report.vertices() : rows, records,
            new SummaryTable(summary, SummaryPart.of(summary, request.top(), summaries), request.top()).text());
    }

    /** What a master tells the user of the job with this number. */
    ToClient.Done done(long number, RunRequest request) {
        // The memory of the master's process is no measure for a job that others have computed.
        var figures = new RunFigures(this, job.writeNanos(), Optional.empty());
        var report = new ByteArrayOutputStream();
        try {
            new RunReport(request, figures).write(report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ToClient.Done(number, table, figures.text(request), report.toByteArray(), job.cut().orElse(""));
    }
}
