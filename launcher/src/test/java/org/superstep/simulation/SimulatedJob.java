package org.superstep.simulation;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.superstep.engine.TinyJob;
import org.superstep.net.Delivery;
import org.superstep.net.JobSpec;
import org.superstep.worker.LogPlan;

/**
 * What a submitted job's words mean here.
 *
 * @param tiny what is computed
 * @param delivery how messages are delivered
 * @param partitions how many there are
 * @param token by which a job that has checkpoints is known again, and its folder's name
 * @param isSaved whether it has checkpoints
 * @param every after how many supersteps; 0: as time goes
 * @param isAwaited whether supersteps wait for them
 * @param log what each worker keeps of what its vertices say, where only lost partitions compute again
 */
record SimulatedJob(TinyJob tiny, Delivery delivery, int partitions, String token, boolean isSaved, int every, boolean isAwaited,
        Optional<LogPlan> log) {
    static final String JAR = "ab".repeat(32);
    /** Nothing gets there: what so small a graph says fits in the least memory that a log has. */
    private static final Path SCRATCH = Path.of(System.getProperty("java.io.tmpdir"));
    private static final List<TinyJob> JOBS = TinyJob.all();
    private static final List<TinyJob> FAILING = TinyJob.failing();

    /** A job that nothing is wrong with. */
    static JobSpec plain(SplittableRandom random, int number, int mostWorkers) {
        JobSpec spec = any(random, number, mostWorkers);
        return of(spec).tiny().fails() ? plain(random, number, mostWorkers) : spec;
    }

    static JobSpec any(SplittableRandom random, int number, int mostWorkers) {
        boolean isSaved = random.nextInt(3) > 0;
        boolean isConfined = isSaved && random.nextInt(3) > 0;
        // Of those that are lost alone nobody keeps anything.
        int workers = isConfined && random.nextInt(4) > 0 ? 0 : random.nextInt(mostWorkers + 1);
        int partitions = (isConfined ? mostWorkers : workers) + random.nextInt(12);
        // A number below zero is one that fails.
        int job = random.nextInt(15) == 0 ? -1 - random.nextInt(FAILING.size()) : random.nextInt(JOBS.size());
        List<String> words = List.of("" + job, "" + random.nextInt(Delivery.values().length), "" + Math.max(1, partitions),
            "saved-" + number, random.nextInt(4) == 0 ? "awaited" : "beside", isSaved ? "" + Math.max(0, random.nextInt(6) - 2) : "never",
            // Now and then a log is too short.
            random.nextInt(6) == 0 ? "" + random.nextInt(600) : "1000000");
        int maxRestarts = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(4);
        var recovery = new JobSpec.Recovery(maxRestarts, isSaved, isSaved && random.nextBoolean(), isConfined);
        List<JobSpec.Jar> jars = random.nextInt(4) == 0 ? List.of(new JobSpec.Jar("user.jar", JAR, 1)) : List.of();
        // Now and then two jobs write the same.
        String output = "/out/" + (random.nextInt(6) == 0 ? 0 : number);
        return new JobSpec("p" + words.get(0), words, jars, List.of(output), workers, random.nextInt(3), recovery);
    }

    static SimulatedJob of(JobSpec spec) {
        int job = Integer.parseInt(spec.words().get(0));
        return new SimulatedJob(job < 0 ? FAILING.get(-1 - job) : JOBS.get(job),
            Delivery.values()[Integer.parseInt(spec.words().get(1))], Integer.parseInt(spec.words().get(2)), spec.words().get(3),
            spec.recovery().hasCheckpoints(), spec.recovery().hasCheckpoints() ? Integer.parseInt(spec.words().get(5)) : 0,
            spec.words().get(4).equals("awaited"), spec.recovery().isConfined() ? Optional.of(new LogPlan(SCRATCH,
                0, Long.parseLong(spec.words().get(6)))) : Optional.empty());
    }
}
