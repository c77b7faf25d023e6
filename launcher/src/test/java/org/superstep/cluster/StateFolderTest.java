package org.superstep.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.superstep.JobException;
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

    private static StateFolder.Accepted job(long number) {
        var spec = new JobSpec("pagerank", List.of("pagerank", "--input=/graph" + number), List.of(new JobSpec.Jar("mine.jar",
            "0123456789abcdef".repeat(4), 17)), List.of("/out" + number), 3, 6, new JobSpec.Recovery(3, true, false));
        return new StateFolder.Accepted(number, "token-" + number, spec, 1_700_000_000_000L + number);
    }

    private static ToClient.Job shown(long number) {
        return new ToClient.Job(number, "pagerank", ToClient.JobState.FAILED, "it was not to be", 1_700_000_000_000L + number, 5_000);
    }

    private static ToClient.Failed end(long number) {
        return new ToClient.Failed(number, new Fault(Fault.Kind.FAILURE, "it was not to be"));
    }

    @Test void theNextMasterFindsWhatWasKept() {
        try (var state = open()) {
            assertThat(state.accepted()).isEmpty();
            assertThat(state.lastNumber()).isZero();
            for (long number = 1; number <= 3; number++) {
                state.keep(job(number));
            }
            state.remember(shown(2), end(2));
        }
        try (var state = open()) {
            assertThat(state.accepted()).containsExactly(job(1), job(3));
            assertThat(state.past()).singleElement().satisfies(past -> {
                assertThat(past.token()).isEqualTo("token-2");
                assertThat(past.job()).isEqualTo(shown(2));
                assertThat(((ToClient.Failed) past.end()).fault().message()).isEqualTo("it was not to be");
            });
            assertThat(state.lastNumber()).isEqualTo(3);
        }
        assertThat(log).isEmpty();
    }

    @Test void theLastHundredEndsStay() throws IOException {
        try (var state = open()) {
            for (long number = 1; number <= 103; number++) {
                state.keep(job(number));
                state.remember(shown(number), end(number));
            }
        }
        try (var state = open()) {
            assertThat(state.past()).extracting(past -> past.job().job()).hasSize(100).startsWith(4L).endsWith(103L);
            assertThat(state.lastNumber()).isEqualTo(103);
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
                state.keep(job(number));
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
            assertThat(state.accepted()).containsExactly(job(3));
            assertThat(state.lastNumber()).isEqualTo(4);
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
            state.keep(job(1));
            accepted = Files.readAllBytes(folder().resolve("job-1"));
            state.remember(shown(1), end(1));
        }
        // As if the master had died between the two.
        Files.write(folder().resolve("job-1"), accepted);
        try (var state = open()) {
            assertThat(state.accepted()).isEmpty();
            assertThat(state.past()).hasSize(1);
        }
        assertThat(folder().resolve("job-1")).doesNotExist();
    }
}
