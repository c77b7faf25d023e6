package org.superstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.superstep.net.HostPort;
import org.superstep.net.ToClient;

final class ClusterTablesTest {
    private static final HostPort MASTER = new HostPort("localhost", 7077);
    private static final long SUBMITTED = LocalDateTime.of(2026, 1, 31, 9, 5, 7).atZone(ZoneId.systemDefault()).toInstant().toEpochMilli();

    private static ToClient.Job job(long number, String program, ToClient.JobState state, String detail, long nanos) {
        return new ToClient.Job(number, program, state, detail, SUBMITTED, nanos);
    }

    @Test void anEmptyClusterSaysHowToFillIt() {
        assertThat(ClusterTables.status(new ToClient.Status("1.2", List.of(), null, List.of()), MASTER)).isEqualTo("""
            master at localhost:7077, Superstep 1.2
            0 workers; superstep worker --master localhost:7077 starts one

            no job runs or waits
            """);
    }

    @Test void aBusyClusterShowsWhoDoesWhat() {
        var members = List.of(
            new ToClient.Member(12, "fe80::1", 41234, 123456, 16, 3L << 30, "idle", 7_000_000_000L),
            new ToClient.Member(1, "10.0.0.1", 4000, 77, 8, 1L << 30, "works for job 3", 1_000_000));
        assertThat(ClusterTables.status(new ToClient.Status("1.2", members,
            job(3, "pagerank", ToClient.JobState.RUNNING, "superstep 12", 1_500_000_000), List.of(
                job(4, "wcc", ToClient.JobState.QUEUED, "", 0))), MASTER)).isEqualTo("""
            master at localhost:7077, Superstep 1.2
            2 workers, 24 threads, 4.29 GB of heap

            worker  address          process  threads     heap  does
                 1  10.0.0.1:4000         77        8  1.07 GB  works for job 3
                12  [fe80::1]:41234   123456       16  3.22 GB  idle, silent for 7.00 s

            running  job 3, pagerank: superstep 12, 1.50 s
            waiting  job 4, wcc
            """);
    }

    @Test void jobsAreListedAsTheyWereSubmitted() {
        assertThat(ClusterTables.jobs(List.of())).isEqualTo("no job was submitted so far\n");
        assertThat(ClusterTables.jobs(List.of(job(9, "pagerank", ToClient.JobState.FAILED, "worker 2 was lost", 2_000_000),
            job(10, "wcc", ToClient.JobState.QUEUED, "", 0)))).isEqualTo("""
            job  program   state   submitted               time
              9  pagerank  failed  2026-01-31 09:05:07  2.00 ms  worker 2 was lost
             10  wcc       queued  2026-01-31 09:05:07        -
            """);
    }
}
