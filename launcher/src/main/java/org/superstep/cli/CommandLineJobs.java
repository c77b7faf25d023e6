package org.superstep.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.superstep.JobObserver;
import org.superstep.JobOptions;
import org.superstep.JobReport;
import org.superstep.checkpoint.JobIdentity;
import org.superstep.cluster.JobMaker;
import org.superstep.graph.Program;
import org.superstep.graph.io.InputException;
import org.superstep.job.Job;
import org.superstep.job.OutputFiles;
import org.superstep.net.JobSpec;
import org.superstep.net.ToClient;
import org.superstep.net.ToMaster;

/** Makes jobs of the words of a command line, on every process of a cluster in the same way: what was sent says it all. */
final class CommandLineJobs implements JobMaker {
    private final Optional<JobIdentity> known;

    /** What jobs are is said by what was sent. */
    CommandLineJobs() {
        this(Optional.empty());
    }

    /** The same of a job that is known; streams, say, are none where it is made, and would not be again. */
    CommandLineJobs(Optional<JobIdentity> known) {
        this.known = known;
    }

    @Override public Made make(JobSpec spec, List<Path> jars, int workers, int threads, JobObserver observer) {
        try {
            var names = new ArrayList<String>();
            for (Path jar : jars) {
                names.add(jar.toString());
            }
            var named = new NamedProgram(spec.words().get(0), names);
            boolean isMade = false;
            try {
                var request = request(named.make(), spec);
                var made = new MadeJob(request, options(request, workers, threads, observer), named);
                isMade = true;
                return made;
            } finally {
                if (!isMade) {
                    named.close();
                }
            }
        } catch (UsageException | IllegalArgumentException e) {
            throw new InputException(e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RunRequest request(Program program, JobSpec spec) {
        var said = ProgramWords.of(spec.words(), RunOptions.RUN.ofAnyProgram());
        var arguments = RunOptions.RUN.parse(program, said);
        NamedFiles.requireOnCluster(NamedFiles.ofParameters(program, arguments));
        var request = RunRequest.onCluster(program, "run " + said.call(), arguments, Thread.currentThread().getContextClassLoader());
        if (!request.goesOn()) {
            NamedFiles.requireOnCluster(NamedFiles.ofGraph(arguments));
        }
        return request.options().checkpoints().isEmpty() ? request
            : request.of(known.orElseGet(() -> Submission.identity(program, spec.words(), spec.jars(), request)));
    }

    private static JobOptions options(RunRequest request, int workers, int threads, JobObserver observer) {
        return request.writingOptions().withWorkers(workers).withThreads(threads).withObserver(observer);
    }

    /** A job, what was asked of it, and what its program comes from. */
    private static final class MadeJob implements Made {
        private final RunRequest request;
        private final NamedProgram named;
        private final Job job;
        private final OutputFiles files;

        MadeJob(RunRequest request, JobOptions options, NamedProgram named) {
            this.request = request;
            this.named = named;
            job = new Job(request.program(), request.graph(), options, request.top());
            files = new OutputFiles(request.program(), options);
        }

        @Override public Job job() {
            return job;
        }

        @Override public OutputFiles files() {
            return files;
        }

        @Override public ToClient.Done done(long number, JobReport report, List<ToMaster.Written> parts) {
            return Outcome.of(request, report, parts).done(number, request);
        }

        @Override public void close() {
            try {
                named.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
