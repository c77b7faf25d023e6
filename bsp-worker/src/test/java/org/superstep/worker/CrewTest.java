package org.superstep.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A step's tasks are run once each, failures come out, and the threads end. */
@Timeout(30)
class CrewTest {
    private static final int[] COUNTS = {0, 1, 2, 3, 63, 64, 65, 1000};

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void everyTaskIsRunOnce(int threads) {
        try (var crew = new Crew("crew-test", threads)) {
            assertThat(crew.threads()).isEqualTo(threads);
            for (int count : COUNTS) {
                var runs = new AtomicIntegerArray(count);
                var busy = new AtomicIntegerArray(threads);
                var shared = new AtomicInteger();
                crew.run(count, (task, thread) -> {
                    shared.addAndGet(busy.incrementAndGet(thread) - 1);
                    runs.incrementAndGet(task);
                    busy.decrementAndGet(thread);
                });
                for (int task = 0; task < count; task++) {
                    assertThat(runs.get(task)).as("task %d of %d", task, count).isEqualTo(1);
                }
                assertThat(shared.get()).as("tasks that ran under one thread's number at once").isZero();
            }
        }
    }

    @Test
    void allThreadsTakePart() {
        try (var crew = new Crew("crew-test", 3)) {
            var meeting = new CyclicBarrier(3);
            var numbers = new AtomicIntegerArray(3);
            crew.run(3, (task, thread) -> {
                meeting.await(20, TimeUnit.SECONDS);
                numbers.incrementAndGet(thread);
            });
            assertThat(List.of(numbers.get(0), numbers.get(1), numbers.get(2))).containsOnly(1);
        }
    }

    /** As it does while another sends to a worker that is slow. */
    @Test
    void whoWaitsLongForAnothersTaskLeavesTheProcessor() throws InterruptedException {
        try (var crew = new Crew("crew-test", 2)) {
            var meeting = new CyclicBarrier(2);
            var slow = new CountDownLatch(1);
            var isDone = new AtomicBoolean();
            var caller = new Thread(() -> crew.run(2, (task, thread) -> {
                meeting.await(20, TimeUnit.SECONDS);
                if (thread == 1) {
                    slow.await(20, TimeUnit.SECONDS);
                }
                isDone.set(true);
            }));
            caller.start();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            boolean hasRested = false;
            while (!hasRested && System.nanoTime() < deadline) {
                hasRested = isDone.get() && caller.getState() == Thread.State.TIMED_WAITING;
                Thread.onSpinWait();
            }
            slow.countDown();
            caller.join();
            assertThat(hasRested).as("the caller has let go of its processor within 10 s").isTrue();
        }
    }

    @Test
    void whatATaskWroteIsSeenAfterwardsStepByStep() {
        try (var crew = new Crew("crew-test", 3)) {
            var cells = new long[7];
            for (int round = 1; round <= 3_000; round++) {
                crew.run(cells.length, (task, thread) -> cells[task]++);
                for (long cell : cells) {
                    assertThat(cell).isEqualTo(round);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void theFirstFailingTasksExceptionIsThrownHoweverTheThreadsRun(int threads) {
        try (var crew = new Crew("crew-test", threads)) {
            for (int round = 0; round < 120; round++) {
                int first = round % 40;
                assertThatThrownBy(() -> crew.run(64, (task, thread) -> {
                    if (task >= first) {
                        throw new IllegalArgumentException("task " + task);
                    }
                })).isInstanceOf(IllegalArgumentException.class).hasMessage("task " + first);
            }
        }
    }

    @Test
    void ofTasksThatFailAtOnceTheFirstIsHeard() {
        try (var crew = new Crew("crew-test", 2)) {
            for (int round = 0; round < 50; round++) {
                var meeting = new CyclicBarrier(2);
                assertThatThrownBy(() -> crew.run(2, (task, thread) -> {
                    meeting.await(20, TimeUnit.SECONDS);
                    throw new IllegalArgumentException("task " + task);
                })).isInstanceOf(IllegalArgumentException.class).hasMessage("task 0");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void afterAFailureTasksNotYetStartedAreSkipped(int threads) {
        try (var crew = new Crew("crew-test", threads)) {
            var started = new AtomicInteger();
            assertThatThrownBy(() -> crew.run(1_000_000, (task, thread) -> {
                started.incrementAndGet();
                throw new IllegalStateException();
            })).isInstanceOf(IllegalStateException.class);
            assertThat(started.get()).isBetween(1, threads);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void aCrewWorksOnAfterAFailure(int threads) {
        try (var crew = new Crew("crew-test", threads)) {
            for (int round = 0; round < 100; round++) {
                assertThatThrownBy(() -> crew.run(9, (task, thread) -> {
                    throw new IllegalStateException("broken");
                })).hasMessage("broken");
                var runs = new AtomicInteger();
                crew.run(9, (task, thread) -> runs.incrementAndGet());
                assertThat(runs.get()).isEqualTo(9);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void failuresKeepTheirKind(int threads) {
        try (var crew = new Crew("crew-test", threads)) {
            for (int count : new int[] {1, 5}) {
                var error = new StackOverflowError();
                assertThatThrownBy(() -> crew.run(count, (task, thread) -> {
                    throw error;
                })).isSameAs(error);
                var unchecked = new IllegalArgumentException();
                assertThatThrownBy(() -> crew.run(count, (task, thread) -> {
                    throw unchecked;
                })).isSameAs(unchecked);
                var io = new IOException("disk full");
                assertThatThrownBy(() -> crew.run(count, (task, thread) -> {
                    throw io;
                })).isInstanceOf(UncheckedIOException.class).hasCause(io);
                var checked = new ReflectiveOperationException();
                assertThatThrownBy(() -> crew.run(count, (task, thread) -> {
                    throw checked;
                })).isInstanceOf(IllegalStateException.class).hasCause(checked);
            }
        }
    }

    @Test
    void aClosedCrewRefusesToWorkAndDoesNotHang() {
        var crew = new Crew("crew-test", 2);
        crew.close();
        assertThatThrownBy(() -> crew.run(2, (task, thread) -> { })).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void closingEndsTheThreads() throws InterruptedException {
        var crew = new Crew("crew-that-ends", 4);
        List<Thread> helpers = Thread.getAllStackTraces().keySet().stream().filter(t -> t.getName().startsWith("crew-that-ends")).toList();
        assertThat(helpers).hasSize(3).allMatch(Thread::isDaemon);
        crew.run(10, (task, thread) -> { });
        crew.close();
        for (Thread helper : helpers) {
            helper.join(10_000);
            assertThat(helper.isAlive()).isFalse();
        }
    }
}
