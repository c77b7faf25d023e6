package org.superstep.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Jobs at random, a few at once, until the time is over: {@code benchmarks/soak.sh}. Exits with status 1 if anything was wrong. */
public final class Soak {
    private static final long LINE_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final long MOST_SEEDS = 1_000_000_000L;

    private final Setting setting;
    private final Tally tally = new Tally();
    private final SplittableRandom seeds;
    private final long endNanos;

    private Soak(Setting setting, long seed, long minutes) {
        this.setting = setting;
        seeds = new SplittableRandom(seed);
        endNanos = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
    }

    /**
     * Runs it.
     *
     * @param words the command that is tried, the jar of programs, a folder, the library that makes disks slow or nothing, ROLLBACK,
     *     CONFINED or BOTH, how many jobs at once, and then minutes and the seed of all, or {@code --seed} and that of one job
     */
    public static void main(String[] words) throws Exception {
        var setting = new Setting(Path.of(words[0]), Path.of(words[1]), Path.of(words[2]),
            Optional.of(words[3]).filter(name -> !name.isEmpty()).map(Path::of), Course.Recoveries.valueOf(words[4]));
        int lanes = Integer.parseInt(words[5]);
        boolean isOne = words[6].equals("--seed");
        long seed = Long.parseLong(words[7]);
        var soak = new Soak(setting, seed, isOne ? 0 : Long.parseLong(words[6]));
        if (isOne) {
            try (var clusters = new Clusters(setting, soak.tally, "alone")) {
                soak.run(seed, clusters);
            }
        } else {
            soak.runAll(lanes);
        }
        System.out.println(soak.tally.report());
        System.exit(soak.tally.isClean() ? 0 : 1);
    }

    private void runAll(int lanes) throws InterruptedException {
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < lanes; i++) {
            var thread = new Thread(this::runLane, "lane-" + i);
            thread.start();
            threads.add(thread);
        }
        for (long next = System.nanoTime() + LINE_NANOS; next < endNanos; next += LINE_NANOS) {
            TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
            System.out.println(tally.line());
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void runLane() {
        try (var clusters = new Clusters(setting, tally, Thread.currentThread().getName())) {
            while (System.nanoTime() < endNanos) {
                long seed;
                synchronized (seeds) {
                    seed = seeds.nextLong(MOST_SEEDS);
                }
                run(seed, clusters);
            }
        } catch (IOException | InterruptedException e) {
            tally.wrong("the soak itself has failed: " + e);
        }
    }

    private void run(long seed, Clusters clusters) throws IOException, InterruptedException {
        try {
            Verdict verdict = new Trial(setting, seed).run(clusters::site);
            tally.add(verdict);
            if (!verdict.wrong().isEmpty()) {
                clusters.drop();
            }
            for (String line : verdict.wrong()) {
                System.out.println("wrong: --seed " + seed + ", " + verdict.workload().name() + ", " + verdict.course() + ": " + line);
            }
        } catch (IOException | RuntimeException e) {
            clusters.drop();
            tally.wrong("seed " + seed + ": the soak itself has failed: " + e);
            System.out.println("wrong: --seed " + seed + ": " + e);
        }
    }
}
