package org.superstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superstep.JobException;
import org.superstep.master.ClusterCommand;
import org.superstep.master.ClusterEvent;
import org.superstep.master.PastJob;
import org.superstep.net.Fault;
import org.superstep.net.JobSpec;
import org.superstep.net.ToClient;

/** What a master finds of the one before it. */
final class StateFolderTest {
    @TempDir Path temporary;
    private final List<String> log = new ArrayList<>();

    private Path folder() {
        return temporary.resolve("state");
    }

    private StateFolder open() {
        return new StateFolder(folder(), log::add);
    }

    private static ClusterEvent.RecalledJob job(long number) {
        return job(number, 0, 0);
    }

    private static ClusterEvent.RecalledJob job(long number, int attempts, int workers) {
        var spec = new JobSpec("pagerank", List.of("pagerank", "--input=/graph" + number), List.of(new JobSpec.Jar("mine.jar",
            "0123456789abcdef".repeat(4), 17)), List.of("/out" + number), 3, 6, new JobSpec.Recovery(3, true, false, false));
        return new ClusterEvent.RecalledJob(number, "token-" + number, spec, 1_700_000_000_000L + number, attempts, workers);
    }

    private static void keep(StateFolder state, long number) {
        ClusterEvent.RecalledJob job = job(number);
        state.keep(new ClusterCommand.Keep(number, job.token(), job.spec(), job.submittedMillis()));
    }

    private static PastJob past(long number) {
        return new PastJob("token-" + number, shown(number), end(number));
    }

    private static ToClient.Job shown(long number) {
        return new ToClient.Job(number, "pagerank", ToClient.JobState.FAILED, "it was not to be", 1_700_000_000_000L + number, 5_000);
    }

    private static ToClient.Failed end(long number) {
        return new ToClient.Failed(number, new Fault(Fault.Kind.FAILURE, "it was not to be"));
    }

    @Test void theNextMasterFindsWhatWasKept() {
        try (var state = open()) {
            assertThat(state.recalled(Set.of())).isEqualTo(new ClusterEvent.Recalled(List.of(), List.of(), Set.of(), 0, 0));
            for (long number = 1; number <= 3; number++) {
                keep(state, number);
            }
            state.keep(new ClusterCommand.KeepAttempt(1, 7, 1, 3));
            state.keep(new ClusterCommand.KeepAttempt(1, 8, 2, 2));
            state.remember(past(3));
            state.remember(past(2));
        }
        try (var state = open()) {
            var found = state.recalled(Set.of("0123456789abcdef"));
            assertThat(found.jobs()).containsExactly(job(1, 2, 2));
            assertThat(found.past()).extracting(PastJob::token).containsExactlyInAnyOrder("token-2", "token-3");
            assertThat(found.past()).extracting(PastJob::job).containsExactlyInAnyOrder(shown(2), shown(3));
            assertThat(found.past()).extracting(past -> ((ToClient.Failed) past.end()).fault().message()).containsOnly("it was not to be");
            assertThat(found.jars()).containsExactly("0123456789abcdef");
            assertThat(found.lastJob()).isEqualTo(3);
            assertThat(found.lastAttempt()).isEqualTo(8);
        }
        assertThat(log).isEmpty();
    }

    @Test void theLastHundredEndsStay() throws IOException {
        try (var state = open()) {
            for (long number = 1; number <= 103; number++) {
                keep(state, number);
                state.remember(past(number));
            }
        }
        try (var state = open()) {
            var found = state.recalled(Set.of());
            assertThat(found.past()).extracting(past -> past.job().job()).hasSize(100).doesNotContain(1L, 2L, 3L).contains(103L);
            assertThat(found.lastJob()).isEqualTo(103);
        }
        try (var files = Files.list(folder())) {
            assertThat(files).hasSize(100 + 3);
        }
    }

    @Test void epochsAscendWhateverTheClockDoes() throws IOException {
        long first;
        try (var state = open()) {
            first = state.epoch();
        }
        try (var state = open()) {
            assertThat(state.epoch()).isGreaterThan(first);
        }
        long future = System.currentTimeMillis() + 1_000_000;
        Files.writeString(folder().resolve("epoch"), future + "\n");
        try (var state = open()) {
            assertThat(state.epoch()).isEqualTo(future + 1);
        }
    }

    @Test void anEpochThatIsNoneIsRefused() throws IOException {
        Files.createDirectories(folder());
        Files.writeString(folder().resolve("epoch"), "soon\n");
        assertThatThrownBy(this::open).isInstanceOf(JobException.class).hasMessageContaining("--state-dir " + folder() + ": ")
            .hasMessageContaining("\"soon\"");
    }

    @Test void twoMastersDoNotShareAFolder() {
        try (var state = open()) {
            assertThat(state.epoch()).isPositive();
            assertThatThrownBy(this::open).isInstanceOf(JobException.class).hasMessageMatching("--state-dir .*: another master uses it,"
                + " process " + ProcessHandle.current().pid() + " on .+; end that one first, or name another folder");
        }
        open().close();
    }

    @Test void aFolderOfOtherThingsIsRefused() throws IOException {
        Files.createDirectories(folder());
        Files.writeString(folder().resolve("thesis.tex"), "");
        assertThatThrownBy(this::open).isInstanceOf(JobException.class).hasMessage("--state-dir " + folder()
            + ": holds other things, such as thesis.tex; name a folder that is new or empty");
        assertThatThrownBy(() -> new StateFolder(folder().resolve("thesis.tex"), log::add)).isInstanceOf(JobException.class)
            .hasMessageContaining("is no folder");
    }

    @Test void damagedFilesAreToldAndLeftOut() throws IOException {
        try (var state = open()) {
            for (long number = 1; number <= 4; number++) {
                keep(state, number);
            }
        }
        byte[] torn = Files.readAllBytes(folder().resolve("job-1"));
        Files.write(folder().resolve("job-1"), Arrays.copyOf(torn, torn.length - 1));
        byte[] flipped = Files.readAllBytes(folder().resolve("job-2"));
        flipped[40] ^= 4;
        Files.write(folder().resolve("job-2"), flipped);
        Files.write(folder().resolve("job-4"), new byte[0]);
        Files.writeString(folder().resolve("job-5.part"), "half of");
        Files.writeString(folder().resolve("thesis.tex"), "");
        try (var state = open()) {
            assertThat(state.recalled(Set.of()).jobs()).containsExactly(job(3));
            assertThat(state.recalled(Set.of()).lastJob()).isEqualTo(4);
        }
        assertThat(log).containsExactly(
            folder().resolve("job-1") + " cannot be read and is left out: it is damaged: its checksum does not match; submit the job again",
            folder().resolve("job-2") + " cannot be read and is left out: it is damaged: its checksum does not match; submit the job again",
            folder().resolve("job-4") + " cannot be read and is left out: it is no file of a master's; submit the job again",
            folder().resolve("thesis.tex") + " is none of the master's; it stays");
        assertThat(folder().resolve("job-5.part")).doesNotExist();
    }

    @Test void anEndThatWasWrittenCounts() throws IOException {
        byte[] accepted;
        try (var state = open()) {
            keep(state, 1);
            accepted = Files.readAllBytes(folder().resolve("job-1"));
            state.remember(past(1));
        }
        // As if the master had died between the two.
        Files.write(folder().resolve("job-1"), accepted);
        try (var state = open()) {
            assertThat(state.recalled(Set.of()).jobs()).isEmpty();
            assertThat(state.recalled(Set.of()).past()).hasSize(1);
        }
        assertThat(folder().resolve("job-1")).doesNotExist();
    }
}
