package org.superstep.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What partitions have said is told as it was said, wherever it was kept; or the log says that it does not know. */
@Timeout(60)
class OutboxLogTest {
    private static final Path FULL = Path.of("/dev/full");
    private static final int BLOCK = 100;

    @TempDir
    private Path folder;

    private final AtomicInteger files = new AtomicInteger();

    private LogFile.Place place() {
        return () -> {
            files.incrementAndGet();
            return Files.createTempFile(folder, "test", null);
        };
    }

    /** A log of small blocks in a file that keeps its name, so that it can be harmed. */
    private LogFile.Place kept(Path file) {
        return () -> {
            files.incrementAndGet();
            // A link is what is deleted.
            return Files.createSymbolicLink(folder.resolve("link" + files.get()), Files.write(file, new byte[0]));
        };
    }

    private OutboxLog log(long memoryBytes, long limitBytes, LogFile.Place place) {
        return new OutboxLog(new LogBlocks(new LogPlan(folder, memoryBytes, limitBytes), BLOCK, place));
    }

    private static byte[] outbox(int superstep, int partition, int bytes) {
        var outbox = new byte[bytes];
        new SplittableRandom(31L * superstep + partition).nextBytes(outbox);
        return outbox;
    }

    private static void keep(OutboxLog log, int superstep, int partition, int bytes) {
        log.keep(superstep, partition, ByteBuffer.wrap(outbox(superstep, partition, bytes)));
    }

    private static void assertTold(OutboxLog log, int superstep, int partition, int bytes) throws IOException {
        assertThat(log.outbox(superstep, partition)).as("superstep %s, partition %s", superstep, partition)
            .isEqualTo(outbox(superstep, partition, bytes));
    }

    /** Does each piece of work on a thread of its own, and returns when all have. */
    private static void together(Stream<Runnable> work) throws InterruptedException {
        var threads = work.map(Thread::new).toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** A log beside a map that holds the same. */
    private static final class Model {
        final long seed;
        final SplittableRandom random;
        final OutboxLog log;
        final Map<Integer, Map<Integer, byte[]>> outboxes = new HashMap<>();
        int superstep;

        Model(long seed, OutboxLog log) {
            this.seed = seed;
            random = new SplittableRandom(seed);
            this.log = log;
        }

        /** All partitions speak, on several threads, some of them much and some nothing. */
        void run(int threads, int partitions) throws InterruptedException {
            Map<Integer, byte[]> said = new HashMap<>();
            for (int partition = 0; partition < partitions; partition++) {
                if (random.nextInt(5) > 0) {
                    int most = random.nextInt(10) == 0 ? 20 * BLOCK : BLOCK;
                    said.put(partition, outbox(superstep, partition, 1 + random.nextInt(most)));
                }
            }
            outboxes.put(superstep, said);
            keep(threads, partitions, superstep, said);
            superstep++;
        }

        void keep(int threads, int partitions, int when, Map<Integer, byte[]> said) throws InterruptedException {
            together(IntStream.range(0, threads).mapToObj(thread -> () -> {
                for (int partition = thread; partition < partitions; partition += threads) {
                    if (said.containsKey(partition)) {
                        log.keep(when, partition, ByteBuffer.wrap(said.get(partition)));
                    }
                }
            }));
        }

        void forgetBefore(int first) {
            log.forgetBefore(first);
            outboxes.keySet().removeIf(kept -> kept < first);
        }

        void retain(Set<Integer> partitions) {
            log.retain(partitions);
            outboxes.values().forEach(said -> said.keySet().retainAll(partitions));
        }

        /** From some superstep on, which is returned, the log tells all. */
        int check(int partitions) throws IOException {
            int from = log.from();
            for (int when = from; when < superstep; when++) {
                for (int partition = 0; partition < partitions; partition++) {
                    assertThat(log.outbox(when, partition))
                        .as("seed %s, superstep %s of %s, partition %s", seed, when, superstep, partition)
                        .isEqualTo(outboxes.getOrDefault(when, Map.of()).get(partition));
                }
            }
            if (from > 0) {
                assertThatThrownBy(() -> log.outbox(from - 1, 0)).as("seed " + seed).isInstanceOf(IOException.class);
            }
            return from;
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 10 * BLOCK, 100 * BLOCK, Long.MAX_VALUE})
    void whateverFitsInMemoryIsToldAsItWasSaid(long memoryBytes) throws Exception {
        for (long seed = 0; seed < 40; seed++) {
            try (var log = log(memoryBytes, Long.MAX_VALUE, place())) {
                var model = new Model(seed, log);
                int saved = 0;
                for (int step = 0; step < 40; step++) {
                    int what = model.random.nextInt(10);
                    if (what < 6) {
                        model.run(1 + model.random.nextInt(4), 8);
                    } else if (what == 6) {
                        saved = Math.min(model.superstep, saved + model.random.nextInt(5));
                        model.forgetBefore(saved);
                    } else if (what == 7) {
                        // A loss: some partitions go, and come back, computed again.
                        Set<Integer> left = IntStream.range(0, 8).filter(partition -> model.random.nextBoolean()).boxed()
                            .collect(Collectors.toCollection(TreeSet::new));
                        var before = new HashMap<Integer, Map<Integer, byte[]>>();
                        model.outboxes.forEach((when, said) -> before.put(when, new HashMap<>(said)));
                        model.retain(left);
                        assertThat(model.check(8)).isEqualTo(saved);
                        for (int when = saved; when < model.superstep; when++) {
                            Map<Integer, byte[]> again = before.getOrDefault(when, new HashMap<>());
                            again.keySet().removeAll(left);
                            model.keep(3, 8, when, again);
                            model.outboxes.computeIfAbsent(when, none -> new HashMap<>()).putAll(again);
                        }
                    } else if (what == 8 && model.random.nextInt(3) == 0) {
                        saved = model.superstep;
                        log.begin(saved, "the graph has changed");
                        model.outboxes.clear();
                        assertThat(log.hindrance()).isEqualTo("the graph has changed");
                    }
                    assertThat(model.check(8)).as("seed %s, step %s", seed, step).isEqualTo(saved);
                }
            }
        }
        assertThat(files.get()).matches(count -> count > 0 == memoryBytes < Long.MAX_VALUE);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void beyondItsLimitTheLogBeginsAnewWithTheNextSuperstepAndSaysWhy() throws Exception {
        int times = 0;
        for (long seed = 0; seed < 40; seed++) {
            try (var log = log(10 * BLOCK, 60 * BLOCK, place())) {
                var model = new Model(seed, log);
                for (int step = 0; step < 40; step++) {
                    model.run(3, 8);
                    int before = log.from();
                    if (model.random.nextInt(8) == 0) {
                        model.forgetBefore(Math.max(before, model.superstep - 2));
                    }
                    int from = model.check(8);
                    if (from == model.superstep) {
                        assertThat(log.hindrance()).isEqualTo("the log would be longer than --log-limit allows (5.9 KB)");
                        times++;
                    }
                }
            }
        }
        assertThat(times).isPositive();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aLogAsLongAsItsLimitIsWhole() throws Exception {
        try (var log = log(0, 10 * BLOCK, place())) {
            keep(log, 0, 0, 9 * BLOCK + 1);
            keep(log, 1, 0, BLOCK - 1);
            assertThat(log.from()).isZero();
            assertTold(log, 0, 0, 9 * BLOCK + 1);
            keep(log, 2, 0, 1);
            assertThat(log.from()).isEqualTo(3);
            keep(log, 2, 1, 1);
            assertThat(log.from()).isEqualTo(3);
            assertThatThrownBy(() -> log.outbox(2, 1)).isInstanceOf(IOException.class)
                .hasMessage("the log would be longer than --log-limit allows (1000 bytes)");
            keep(log, 3, 0, 5 * BLOCK);
            assertTold(log, 3, 0, 5 * BLOCK);
            log.forgetBefore(4);
            assertThat(log.hindrance()).isEmpty();
        }
    }

    @Test
    void aLimitIsToldInTheUnitsOfTheOption() {
        try (var log = new OutboxLog(new LogPlan(folder, 0, 0))) {
            log.keep(0, 0, ByteBuffer.wrap(new byte[1]));
            assertThat(log.hindrance()).isEqualTo("the log would be longer than --log-limit allows (0 bytes)");
        }
        try (var blocks = new LogBlocks(new LogPlan(folder, 0, 1L << 30), 1 << 29, place())) {
            // There is only room made for it: nothing is copied.
            assertThat(blocks.reserve(1 << 30)).isZero();
            assertThat(blocks.reserve(1)).isEqualTo(-1);
            assertThat(blocks.trouble()).isEqualTo("the log would be longer than --log-limit allows (1.0 GB)");
        }
    }

    @Test
    void theFileGrowsToTheNeedAndItsExtentsAreUsedAgain() throws Exception {
        Path file = folder.resolve("file");
        try (var log = log(0, Long.MAX_VALUE, kept(file))) {
            long most = 0;
            for (int superstep = 0; superstep < 100; superstep++) {
                keep(log, superstep, 0, 10 * BLOCK);
                if (superstep % 5 == 4) {
                    for (int when = superstep - 4; when <= superstep; when++) {
                        assertTold(log, when, 0, 10 * BLOCK);
                    }
                    log.forgetBefore(superstep);
                }
                most = superstep == 10 ? Files.size(file) : most;
            }
            assertThat(Files.size(file)).isBetween(40L * BLOCK, 64L * BLOCK).isBetween(most - 2 * BLOCK, most + 2 * BLOCK);
        }
        assertThat(files).hasValue(1);
    }

    /** Fills a log, all of whose blocks but the last are in the file. */
    private static void fill(OutboxLog log, Path file, int supersteps) throws Exception {
        for (int superstep = 0; superstep < supersteps; superstep++) {
            keep(log, superstep, 0, BLOCK);
        }
        // The last full block is written at once as well, on the log's thread.
        while (Files.size(file) < (long) (supersteps - 1) * BLOCK) {
            Thread.onSpinWait();
        }
    }

    @Test
    void everyFlippedBitInTheFileIsFound() throws Exception {
        Path file = folder.resolve("file");
        var random = new SplittableRandom(7);
        try (var log = log(0, Long.MAX_VALUE, kept(file))) {
            fill(log, file, 10);
            for (int superstep = 0; superstep < 9; superstep++) {
                int inBlock = random.nextInt(BLOCK);
                flip(file, superstep * BLOCK + inBlock);
                int when = superstep;
                assertThatThrownBy(() -> log.outbox(when, 0)).as("superstep %s, byte %s", superstep, inBlock)
                    .isInstanceOf(IOException.class).hasMessage("block " + superstep + " of the log in " + folder
                        + " cannot be read: its bytes from 0 on are not those that were written");
                flip(file, superstep * BLOCK + inBlock);
                assertTold(log, superstep, 0, BLOCK);
            }
        }
    }

    private static void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 4;
        try (var harmed = new RandomAccessFile(file.toFile(), "rw")) {
            harmed.write(bytes);
        }
    }

    @Test
    void everyTruncationOfTheFileIsFound() throws Exception {
        Path file = folder.resolve("file");
        try (var log = log(0, Long.MAX_VALUE, kept(file))) {
            fill(log, file, 5);
            for (int length = 4 * BLOCK - 1; length >= 0; length--) {
                try (var harmed = new RandomAccessFile(file.toFile(), "rw")) {
                    harmed.setLength(length);
                }
                int cut = length / BLOCK;
                assertThatThrownBy(() -> log.outbox(cut, 0)).isInstanceOf(IOException.class).hasMessage("block " + cut + " of the log in "
                    + folder + " cannot be read: the file ends at byte " + length + ", within it");
                if (cut > 0) {
                    assertTold(log, cut - 1, 0, BLOCK);
                }
            }
        }
    }

    @Test
    void aPartOfALargeBlockIsReadWithoutTheRest() throws Exception {
        var blocks = new LogBlocks(new LogPlan(folder, 0, Long.MAX_VALUE), 200_000, place());
        try (var log = new OutboxLog(blocks)) {
            for (int superstep = 0; superstep < 50; superstep++) {
                keep(log, superstep, 3, 30_000);
            }
            for (int superstep = 0; superstep < 50; superstep++) {
                assertTold(log, superstep, 3, 30_000);
            }
        }
    }

    @Test
    void severalThreadsReadAtOnce() throws Exception {
        try (var log = log(0, Long.MAX_VALUE, place())) {
            for (int partition = 0; partition < 100; partition++) {
                keep(log, 0, partition, 3 * BLOCK);
            }
            var told = new AtomicInteger();
            together(IntStream.range(0, 4).mapToObj(thread -> () -> {
                try {
                    for (int partition = thread; partition < 100; partition++) {
                        assertTold(log, 0, partition, 3 * BLOCK);
                    }
                    told.incrementAndGet();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }));
            assertThat(told).hasValue(4);
        }
    }

    @Test
    void aFullDiskMakesTheLogBeginAnew() throws Exception {
        assumeTrue(Files.exists(FULL), "this machine has no " + FULL);
        try (var log = log(0, Long.MAX_VALUE, () -> Files.createSymbolicLink(folder.resolve("full"), FULL))) {
            for (int round = 0; round < 3; round++) {
                int superstep = log.from();
                keep(log, superstep, 0, 30 * BLOCK);
                keep(log, superstep, 1, 10);
                awaitTrouble(log, superstep);
                assertThat(log.from()).isEqualTo(superstep + 1);
                assertThat(log.hindrance()).isEqualTo("the log cannot be written to " + folder + ": No space left on device");
            }
            keep(log, 10, 0, BLOCK);
            assertTold(log, 10, 0, BLOCK);
        }
        assertThat(FULL).exists();
        assertThat(folder).isEmptyDirectory();
    }

    private static void awaitTrouble(OutboxLog log, int from) {
        while (log.from() == from) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aDiskThatFailsBetweenSuperstepsLosesNoSuperstepToCome() throws Exception {
        try (var log = log(0, Long.MAX_VALUE, () -> {
            throw new IOException("Input/output error");
        })) {
            keep(log, 4, 0, 3 * BLOCK);
            awaitTrouble(log, 0);
            assertThat(log.from()).isEqualTo(5);
            keep(log, 5, 0, BLOCK);
            assertThat(log.from()).isEqualTo(5);
            assertTold(log, 5, 0, BLOCK);
            assertThat(log.outbox(5, 1)).isNull();
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        Path noFolder = Files.writeString(folder.resolve("file"), "").resolve("below");
        try (var log = new OutboxLog(new LogPlan(noFolder, 0, Long.MAX_VALUE))) {
            log.keep(0, 0, ByteBuffer.wrap(new byte[3 * LogBlocks.BLOCK_BYTES]));
            awaitTrouble(log, 0);
            assertThat(log.hindrance()).startsWith("the log cannot be written to " + noFolder + ": ").doesNotContain("\n");
        }
    }

    @Test
    void whoIsInterruptedKeepsAndReadsAllTheSame() throws Exception {
        try (var log = log(0, Long.MAX_VALUE, place())) {
            for (int superstep = 0; superstep < 50; superstep++) {
                Thread.currentThread().interrupt();
                keep(log, superstep, 0, 7 * BLOCK);
            }
            for (int superstep = 0; superstep < 50; superstep++) {
                assertTold(log, superstep, 0, 7 * BLOCK);
            }
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void aLogThatIsClosedWakesWhoWaitsForTheDiskAndTakesNothingMore() throws Exception {
        var isMade = new CountDownLatch(1);
        var mayGoOn = new CountDownLatch(1);
        var log = log(0, Long.MAX_VALUE, () -> {
            isMade.countDown();
            try {
                mayGoOn.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return Files.createTempFile(folder, "test", null);
        });
        var keeping = new Thread(() -> keep(log, 0, 0, 20 * BLOCK));
        keeping.start();
        isMade.await();
        while (keeping.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThat(log.from()).isZero();
        var closing = new Thread(log::close);
        closing.start();
        keeping.join();
        mayGoOn.countDown();
        closing.join();
        keep(log, 1, 0, 20 * BLOCK);
        log.close();
        assertThat(folder).isEmptyDirectory();
    }

    /** What this process has open in the folder. */
    private Set<String> open() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        assumeTrue(Files.exists(descriptors), "this machine does not tell what is open");
        var found = new TreeSet<String>();
        try (Stream<Path> all = Files.list(descriptors)) {
            for (Path each : all.toList()) {
                try {
                    String target = Files.readSymbolicLink(each).toString();
                    if (target.startsWith(folder.toRealPath().toString())) {
                        found.add(target);
                    }
                } catch (IOException e) {
                    // It was closed meanwhile.
                    continue;
                }
            }
        }
        return found;
    }

    @Test
    void aClosedLogHasNoFileAndNoThread() throws Exception {
        int before = threads();
        var log = log(0, Long.MAX_VALUE, place());
        keep(log, 0, 0, 50 * BLOCK);
        assertThat(open()).hasSize(1);
        assertThat(folder).as("it has no name").isEmptyDirectory();
        log.close();
        assertThat(open()).isEmpty();
        while (threads() > before) {
            Thread.onSpinWait();
        }
    }

    private static int threads() {
        return (int) Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().equals("superstep-log")).count();
    }

    @Test
    void memoryIsBoundedHoweverMuchIsKept() throws Exception {
        var blocks = new LogBlocks(new LogPlan(folder, 20 * BLOCK, Long.MAX_VALUE), BLOCK, place());
        try (var log = new OutboxLog(blocks)) {
            for (int superstep = 0; superstep < 20; superstep++) {
                int now = superstep;
                together(IntStream.range(0, 4).mapToObj(partition -> () -> keep(log, now, partition, 33 * BLOCK)));
                assertThat(blocks.arrays()).isLessThanOrEqualTo(20 + 4);
            }
            for (int superstep = 0; superstep < 20; superstep++) {
                for (int partition = 0; partition < 4; partition++) {
                    assertTold(log, superstep, partition, 33 * BLOCK);
                }
            }
        }
    }

    @Test
    void whatIsForgottenGivesItsMemoryToWhatComes() throws Exception {
        var blocks = new LogBlocks(new LogPlan(folder, Long.MAX_VALUE, Long.MAX_VALUE), BLOCK, place());
        try (var log = new OutboxLog(blocks)) {
            for (int superstep = 0; superstep < 1_000; superstep++) {
                keep(log, superstep, 0, 3 * BLOCK + 1);
                log.forgetBefore(superstep - 4);
            }
            assertThat(blocks.arrays()).isLessThanOrEqualTo(22);
            assertThat(files).hasValue(0);
            assertThat(Arrays.equals(log.outbox(999, 0), outbox(999, 0, 3 * BLOCK + 1))).isTrue();
        }
    }
}
