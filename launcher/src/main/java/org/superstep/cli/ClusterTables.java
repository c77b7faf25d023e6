package org.superstep.cli;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.superstep.net.HostPort;
import org.superstep.net.ToClient;

/** What a master tells of its cluster, as text for people. */
final class ClusterTables {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    /** Whoever owes an answer owes it sooner. */
    private static final long SILENCE_NANOS = 5_000_000_000L;

    private ClusterTables() {
    }

    /** Who is in the cluster of the master at this address, and what it does. */
    static String status(ToClient.Status status, HostPort master) {
        long threads = status.members().stream().mapToLong(ToClient.Member::threads).sum();
        long bytes = status.members().stream().mapToLong(ToClient.Member::memoryBytes).sum();
        var text = new StringBuilder("master at ").append(master).append(", Superstep ").append(status.version()).append('\n')
            .append(Figures.counted(status.members().size(), "worker", "workers"));
        if (status.members().isEmpty()) {
            text.append("; superstep worker --master ").append(master).append(" starts one\n");
        } else {
            text.append(", ").append(Figures.counted(threads, "thread", "threads")).append(", ").append(Figures.bytes(bytes))
                .append(" of heap\n\n").append(members(sorted(status.members())));
        }
        if (status.running() == null && status.queued().isEmpty()) {
            return text.append("\nno job runs or waits\n").toString();
        }
        text.append('\n');
        if (status.running() != null) {
            text.append("running  ").append(line(status.running())).append(", ").append(Figures.time(status.running().nanos()))
                .append('\n');
        }
        for (ToClient.Job job : status.queued()) {
            text.append("waiting  ").append(line(job)).append('\n');
        }
        return text.toString();
    }

    private static String line(ToClient.Job job) {
        return "job " + job.job() + ", " + job.program() + (job.detail().isEmpty() ? "" : ": " + job.detail());
    }

    /** A master tells of them as their connections came, workers by what number they have. */
    private static List<ToClient.Member> sorted(List<ToClient.Member> members) {
        return members.stream().sorted(Comparator.comparingInt(ToClient.Member::member)).toList();
    }

    private static TextTable members(List<ToClient.Member> members) {
        return new TextTable()
            .column("worker", cells(members, member -> Integer.toString(member.member())))
            .text("address", cells(members, member -> new HostPort(member.host(), member.port()).toString()))
            .column("process", cells(members, member -> Long.toString(member.process())))
            .column("threads", cells(members, member -> Integer.toString(member.threads())))
            .column("heap", cells(members, member -> Figures.bytes(member.memoryBytes())))
            .text("does", cells(members, member -> member.doing() + (member.silentNanos() < SILENCE_NANOS ? ""
                : ", silent for " + Figures.time(member.silentNanos()))));
    }

    /** All jobs that are known. */
    static String jobs(List<ToClient.Job> jobs) {
        if (jobs.isEmpty()) {
            return "no job was submitted so far\n";
        }
        return new TextTable()
            .column("job", cells(jobs, job -> Long.toString(job.job())))
            .text("program", cells(jobs, ToClient.Job::program))
            .text("state", cells(jobs, job -> job.state().name().toLowerCase(Locale.ROOT)))
            .text("submitted", cells(jobs, job -> time(job.submittedMillis())))
            .column("time", cells(jobs, job -> job.nanos() == 0 ? "-" : Figures.time(job.nanos())))
            .text("", cells(jobs, ToClient.Job::detail))
            .toString();
    }

    /** A moment, in milliseconds of the epoch, as clocks here show it. */
    static String time(long millis) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneId.systemDefault()).format(TIME);
    }

    private static <T> String[] cells(List<T> rows, Function<T, String> cell) {
        return rows.stream().map(cell).toArray(String[]::new);
    }
}
