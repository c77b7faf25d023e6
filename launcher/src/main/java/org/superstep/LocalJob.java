package org.superstep;

import java.util.List;
import java.util.Optional;
import org.superstep.graph.Program;
import org.superstep.job.Job;
import org.superstep.job.JobRun;
import org.superstep.job.OutputFiles;
import org.superstep.worker.Remains;

/**
 * A job inside this process, over all its attempts. Here a worker is lost only where the job's options say that one is to be: then the
 * others go on without it, and if there are no others, a new one does.
 */
final class LocalJob {
    private final Job job;
    private final OutputFiles files;
    private final JobRun run;

    LocalJob(Program program, Graph graph, JobOptions options) {
        job = new Job(program, graph, options);
        files = new OutputFiles(program, options);
        run = new JobRun(job, text -> options.trace().orElseThrow().listener().accept(text));
    }

    Result run() {
        try {
            int workers = job.options().workers();
            int losses = 0;
            int checkpoints = 0;
            List<Remains> remains = List.of();
            for (int number = 1;; number++) {
                var attempt = new LocalAttempt(job, run, files.attempt(number, workers, List.of()), workers, remains);
                Optional<String> loss;
                try {
                    loss = attempt.run();
                    remains = List.of();
                    if (loss.isPresent()) {
                        losses = run.checkpoints() > checkpoints ? 1 : losses + 1;
                        checkpoints = run.checkpoints();
                        requireRestart(loss.get(), losses);
                        run.lost(loss.get());
                        workers = Math.max(1, workers - 1);
                        remains = run.wantsKept() ? attempt.keep() : remains;
                    }
                } finally {
                    attempt.close();
                }
                if (run.isOver()) {
                    return new LocalResult(run.report(), job.program(), attempt.rows());
                }
            }
        } finally {
            run.close();
        }
    }

    private void requireRestart(String loss, int losses) {
        int most = job.options().maxRestarts();
        if (losses > most) {
            throw new JobException(loss + "; " + (most == 0 ? "this job is not to go on after that (--recovery none, or"
                + " --max-restarts 0)"
                : "the job has begun anew " + most + (most == 1 ? " time" : " times") + " without getting to another checkpoint, and fails:"
                + " raise --max-restarts, or have it saved more often"), null);
        }
    }
}
