package org.superstep.cluster;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.superstep.JobObserver;
import org.superstep.JobReport;
import org.superstep.net.ToClient;

/**
 * Tells those who watch a job how it comes along. Used by the job's thread alone. What is read is told at most every 100 ms and when all
 * has been, since many workers tell of it.
 */
final class JobNews implements JobObserver {
    private static final long READING_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final long job;
    private final Consumer<ToClient> told;
    private long opened;
    private long read;
    private long untoldBytes;
    private long untoldEdges;
    private long lastNanos = System.nanoTime() - READING_NANOS;

    JobNews(long job, Consumer<ToClient> told) {
        this.job = job;
        this.told = told;
    }

    @Override public void opened(String description, long bytes) {
        if (bytes < opened) {
            // Another attempt reads it all once more.
            read = 0;
        }
        opened = bytes;
        told.accept(new ToClient.Opened(job, description, bytes));
    }

    @Override public void read(long bytes, long edges) {
        read += bytes;
        untoldBytes += bytes;
        untoldEdges += edges;
        long now = System.nanoTime();
        if (now - lastNanos >= READING_NANOS || read >= opened) {
            lastNanos = now;
            tellRead();
        }
    }

    @Override public void notice(String line) {
        told.accept(new ToClient.Notice(job, line));
    }

    private void tellRead() {
        if (untoldBytes != 0 || untoldEdges != 0) {
            told.accept(new ToClient.Read(job, untoldBytes, untoldEdges));
            untoldBytes = 0;
            untoldEdges = 0;
        }
    }

    @Override public void loaded(long vertices, long edges) {
        tellRead();
        told.accept(new ToClient.Loaded(job, vertices, edges));
    }

    @Override public void superstep(JobReport.Superstep superstep) {
        told.accept(new ToClient.SuperstepEnded(job, superstep.number(), superstep.phase(), superstep.delivery(), superstep.computed(),
            superstep.awake(), superstep.messages(), superstep.nanos(), numbers(superstep.aggregates())));
    }

    /** Rankings, histograms and objects are for the report. */
    private static Map<String, Object> numbers(Map<String, Object> aggregates) {
        var numbers = new LinkedHashMap<String, Object>();
        aggregates.forEach((name, value) -> {
            if (value instanceof Double || value instanceof Long || value instanceof Boolean) {
                numbers.put(name, value);
            }
        });
        return numbers;
    }

    @Override public void writing() {
        told.accept(new ToClient.Writing(job));
    }

    /** A traced vertex has done something. */
    void traced(String text) {
        told.accept(new ToClient.Traced(job, text));
    }
}
