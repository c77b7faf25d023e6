package org.superstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.superstep.JobException;

/** Which processes are replaced, with real ones that nobody tells anything. */
@Timeout(60)
final class LocalWorkersTest {
    private static final long HEAP = 32L << 20;

    @TempDir Path folder;
    private final Queue<String> notices = new ConcurrentLinkedQueue<>();
    private final CountDownLatch dead = new CountDownLatch(1);
    private LocalWorkers workers;

    private void start(boolean areReplaced, long heapBytes) throws IOException {
        workers = new LocalWorkers(2, 1, heapBytes, Duration.ofSeconds(10), areReplaced, folder);
        workers.watch(notices::add, dead::countDown);
        workers.start();
    }

    @AfterEach void endAll() {
        workers.close();
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
    }

    /** Kills the first, and waits until another is in its place; null: none came. */
    private Long killFirst() throws InterruptedException {
        long killed = workers.processes().get(0);
        ProcessHandle.of(killed).orElseThrow().destroyForcibly();
        while (workers.processes().get(0) == killed && dead.getCount() > 0) {
            Thread.onSpinWait();
        }
        return dead.getCount() > 0 ? workers.processes().get(0) : null;
    }

    private JobException death() throws InterruptedException {
        assertThat(dead.await(30, TimeUnit.SECONDS)).as("a death is told").isTrue();
        return workers.death(new IllegalStateException("what came of it")).orElseThrow();
    }

    @Test void oneThatIsKilledIsReplaced() throws Exception {
        start(true, HEAP);
        List<Long> first = workers.processes();
        Long next = killFirst();
        assertThat(next).isNotNull().isNotIn(first);
        assertThat(workers.processes()).containsExactly(next, first.get(1));
        assertThat(notices).containsExactly("process " + first.get(0) + " was killed by signal 9; process " + next + " takes its place");
        assertThat(ProcessHandle.of(next).orElseThrow().isAlive()).isTrue();
    }

    @Test void notForEver() throws Exception {
        start(true, HEAP);
        int replaced = 0;
        while (killFirst() != null) {
            replaced++;
        }
        assertThat(replaced).isEqualTo(4);
        assertThat(death()).hasMessage("worker 1 of 2 ended with status 137 (killed; out of memory?)")
            .hasRootCauseMessage("what came of it");
    }

    @Test void whereTheJobMayNotGoOnNoneIs() throws Exception {
        start(false, HEAP);
        assertThat(killFirst()).isNull();
        assertThat(death()).hasMessage("worker 1 of 2 ended with status 137 (killed; out of memory?)");
        assertThat(notices).isEmpty();
    }

    @Test void oneThatCannotEvenStartIsNot() throws Exception {
        start(true, 1L << 60);
        var death = death();
        assertThat(death.getMessage()).matches("worker [12] of 2 ended with status 1");
        assertThat(death.details()).anyMatch(line -> line.contains("heap"));
        assertThat(notices).isEmpty();
    }
}
