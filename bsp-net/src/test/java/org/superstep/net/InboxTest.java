package org.superstep.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was put first is taken first, as it was, wherever it has waited. */
@Timeout(60)
class InboxTest {
    private static final Path FULL = Path.of("/dev/full");

    @TempDir
    Path folder;

    private static Frame frame(SplittableRandom random, long job, int number) {
        byte[] body = new byte[random.nextInt(4) == 0 ? random.nextInt(10) : random.nextInt(5_000)];
        random.nextBytes(body);
        return new Frame(Frame.Type.values()[random.nextInt(13)], job, random.nextLong(), number, body);
    }

    private static void assertSame(Object taken, Object put, String when) {
        if (put instanceof Frame frame) {
            var other = (Frame) taken;
            assertThat(other.body()).as(when).isEqualTo(frame.body());
            assertThat(new Frame(other.type(), other.attempt(), other.epoch(), other.superstep(), frame.body())).as(when).isEqualTo(frame);
        } else {
            assertThat(taken).as(when).isSameAs(put);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 3_000, 100_000, Long.MAX_VALUE})
    void whatWasPutIsTakenInOrderWhateverFitsInMemory(long bound) throws Exception {
        for (long seed = 0; seed < 20; seed++) {
            var random = new SplittableRandom(seed);
            Queue<Object> expected = new ArrayDeque<>();
            try (var inbox = new Inbox(folder, bound)) {
                for (int i = 0; i < 500; i++) {
                    if (random.nextInt(100) < (i < 250 ? 60 : 40)) {
                        Object next = random.nextInt(5) == 0 ? new Object() : frame(random, 1, i);
                        expected.add(next);
                        if (next instanceof Frame frame) {
                            inbox.put(frame);
                        } else {
                            inbox.putMessage(next);
                        }
                    } else if (!expected.isEmpty()) {
                        assertSame((random.nextBoolean() ? inbox.take() : inbox.poll()).orElseThrow(), expected.remove(),
                            "seed " + seed + ", step " + i);
                    }
                }
                while (!expected.isEmpty()) {
                    assertSame(inbox.take().orElseThrow(), expected.remove(), "seed " + seed);
                }
                assertThat(inbox.poll()).as("seed %s: there is nothing any more", seed).isEmpty();
            }
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void eachConnectionsFramesStayInOrderWhenManyPutAtOnce() throws Exception {
        int each = 2_000;
        int threads = 4;
        try (var inbox = new Inbox(folder, 50_000)) {
            var putting = new ArrayList<Thread>();
            for (int thread = 0; thread < threads; thread++) {
                int job = thread;
                putting.add(new Thread(() -> {
                    var random = new SplittableRandom(job);
                    for (int i = 0; i < each; i++) {
                        inbox.put(frame(random, job, i));
                    }
                }));
            }
            putting.forEach(Thread::start);
            int[] next = new int[threads];
            var same = new SplittableRandom[threads];
            for (int thread = 0; thread < threads; thread++) {
                same[thread] = new SplittableRandom(thread);
            }
            for (int i = 0; i < threads * each; i++) {
                var taken = (Frame) inbox.take().orElseThrow();
                int from = (int) taken.attempt();
                assertSame(taken, frame(same[from], from, next[from]++), "from " + from);
            }
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatIsBeyondTheBoundWaitsOnDisk() throws Exception {
        var files = new AtomicInteger();
        try (var inbox = new Inbox(folder, 10_000, () -> {
            files.incrementAndGet();
            return Files.createTempFile(folder, "test", null);
        })) {
            for (int i = 0; i < 9; i++) {
                inbox.put(new Frame(Frame.Type.OUTBOX, 0, 0, i, new byte[1_000]));
            }
            assertThat(files).hasValue(0);
            inbox.put(new Frame(Frame.Type.OUTBOX, 0, 0, 9, new byte[1_000]));
            assertThat(files).hasValue(1);
            for (int i = 0; i < 10; i++) {
                assertThat(((Frame) inbox.take().orElseThrow()).superstep()).isEqualTo(i);
            }
            // The file was given back, and memory is free again.
            inbox.put(new Frame(Frame.Type.OUTBOX, 0, 0, 10, new byte[9_000]));
            assertThat(files).hasValue(1);
            inbox.put(new Frame(Frame.Type.OUTBOX, 0, 0, 11, new byte[9_000]));
            assertThat(files).hasValue(2);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFrameLargerThanTheBoundIsTaken() throws Exception {
        try (var inbox = new Inbox(folder, 10)) {
            byte[] large = new byte[5_000_000];
            new SplittableRandom(1).nextBytes(large);
            inbox.put(new Frame(Frame.Type.OUTBOX, 0, 0, 0, large));
            inbox.put(new Frame(Frame.Type.OUTBOX, 0, 0, 1, large));
            assertThat(((Frame) inbox.take().orElseThrow()).body()).isEqualTo(large);
            assertThat(((Frame) inbox.take().orElseThrow()).body()).isEqualTo(large);
        }
    }

    /** What a thread that takes has got; it is waiting when this returns. */
    private static Thread waiting(Inbox inbox, AtomicReference<Object> got) {
        var thread = new Thread(() -> {
            try {
                got.set(inbox.take());
            } catch (InterruptedException | IOException e) {
                got.set(e);
            }
        });
        thread.start();
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        return thread;
    }

    @Test
    void whoWaitsIsWokenByWhatIsPut() throws Exception {
        var got = new AtomicReference<>();
        try (var inbox = new Inbox(folder, 10)) {
            Thread thread = waiting(inbox, got);
            inbox.putMessage("a message");
            thread.join();
        }
        assertThat(got).hasValue(Optional.of("a message"));
    }

    @Test
    void whoWaitsIsWokenByAClose() throws Exception {
        var got = new AtomicReference<>();
        var inbox = new Inbox(folder, 10);
        Thread thread = waiting(inbox, got);
        inbox.close();
        thread.join();
        assertThat(got).hasValue(Optional.empty());
        inbox.put(new Frame(Frame.Type.OUTBOX, 0, 0, 0, new byte[1]));
        inbox.putMessage("late");
        assertThat(inbox.take()).isEmpty();
        inbox.close();
    }

    @Test
    void whoWaitsMayBeInterruptedAndNothingIsLost() throws Exception {
        var got = new AtomicReference<>();
        try (var inbox = new Inbox(folder, 10)) {
            Thread thread = waiting(inbox, got);
            thread.interrupt();
            thread.join();
            assertThat(got.get()).isInstanceOf(InterruptedException.class);
            inbox.put(new Frame(Frame.Type.OUTBOX, 0, 0, 0, new byte[1_000]));
            inbox.put(new Frame(Frame.Type.OUTBOX, 0, 0, 1, new byte[1_000]));
            inbox.take();
            Thread.currentThread().interrupt();
            assertThat(((Frame) inbox.take().orElseThrow()).superstep()).isEqualTo(1);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aFullDiskIsToldToWhoTakes() throws Exception {
        assumeTrue(Files.exists(FULL), "this machine has no " + FULL);
        try (var inbox = new Inbox(folder, 1_000, () -> Files.createSymbolicLink(folder.resolve("full"), FULL))) {
            for (int i = 0; i < 5; i++) {
                inbox.put(new Frame(Frame.Type.OUTBOX, 0, 0, i, new byte[900]));
            }
            assertThatThrownBy(inbox::take).isInstanceOf(IOException.class).hasMessage("what has come for this worker does not fit in"
                + " memory and cannot be kept in " + folder
                + ": No space left on device; free space there, or give the worker more memory");
            inbox.put(new Frame(Frame.Type.OUTBOX, 0, 0, 5, new byte[1]));
            assertThatThrownBy(inbox::take).isInstanceOf(IOException.class);
        }
        assertThat(FULL).exists();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        Path noFolder = Files.writeString(folder.resolve("file"), "").resolve("below");
        try (var inbox = new Inbox(noFolder, 1_000)) {
            inbox.put(new Frame(Frame.Type.OUTBOX, 0, 0, 0, new byte[900]));
            inbox.put(new Frame(Frame.Type.OUTBOX, 0, 0, 1, new byte[900]));
            assertThatThrownBy(inbox::take).isInstanceOf(IOException.class).hasMessageContaining("cannot be kept in " + noFolder);
        }
    }
}
