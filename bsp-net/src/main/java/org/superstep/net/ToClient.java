package org.superstep.net;

import java.util.List;
import java.util.Map;

/** What the master tells a user's command. */
public sealed interface ToClient {
    /** What those hear who watch a job, unasked; all else answers a question. */
    sealed interface News extends ToClient {
        /** The job's number. */
        long job();
    }

    /**
     * The job is in the queue, or known.
     *
     * @param job its number
     */
    record Accepted(long job) implements ToClient {
    }

    /** The master lacks a jar of the job that was submitted; answered by {@link FromClient.Jar}, piece by piece. */
    record WantsJar(String sha256) implements ToClient {
    }

    /** What was asked cannot be done. */
    record Refused(Fault fault) implements ToClient {
    }

    /** The job will end soon. */
    record Cancelling(long job) implements ToClient {
    }

    /** The job will be suspended when its superstep has ended. */
    record Suspending(long job) implements ToClient {
    }

    /** The worker will hand over what it holds, and then end. */
    record Draining(int member) implements ToClient {
    }

    /** The job has not begun yet; why, in one line. */
    record Waiting(long job, String reason) implements News {
    }

    /**
     * The input has been opened, as far as so many bytes.
     *
     * @param job the job
     * @param description what was decided about it
     * @param bytes its size so far, over all workers
     */
    record Opened(long job, String description, long bytes) implements News {
    }

    /** So many more bytes and edges have been read. */
    record Read(long job, long bytes, long edges) implements News {
    }

    /** The graph stands in memory. */
    record Loaded(long job, long vertices, long edges) implements News {
    }

    /**
     * A superstep has ended.
     *
     * @param job the job
     * @param superstep the superstep
     * @param phase the name of the phase that computed
     * @param delivery how messages were delivered; {@code AUTO} where there were none
     * @param computed vertices that computed
     * @param awake vertices awake at its end
     * @param messages messages said in it
     * @param nanos how long it took
     * @param aggregates what aggregators of numbers and truth values came to, in order: each a {@code Double}, {@code Long} or
     *     {@code Boolean}
     */
    record SuperstepEnded(long job, int superstep, String phase, Delivery delivery, long computed, long awake, long messages, long nanos,
            Map<String, Object> aggregates) implements News {
    }

    /** Something has happened to the job that whoever watches it should know: a worker was lost, it goes on from a checkpoint. */
    record Notice(long job, String line) implements News {
    }

    /** What a traced vertex has done. */
    record Traced(long job, String text) implements News {
    }

    /** The output is being written. */
    record Writing(long job) implements News {
    }

    /**
     * The job has ended well.
     *
     * @param job the job
     * @param table what the program shows of its results, as text
     * @param figures what the job did, for people
     * @param report the same for programs, as JSON
     * @param cut why it was cut before its end; empty where it was not
     */
    record Done(long job, String table, String figures, byte[] report, String cut) implements News {
    }

    /** The job has failed, or was cancelled or suspended. */
    record Failed(long job, Fault fault) implements News {
    }

    /**
     * Who is in the cluster, and what it does.
     *
     * @param version the master's
     * @param members all that are there, by number
     * @param running the job that runs; null: none
     * @param queued the jobs that wait, the next one first
     */
    record Status(String version, List<Member> members, Job running, List<Job> queued) implements ToClient {
    }

    /**
     * A worker process.
     *
     * @param member its number
     * @param host where it is
     * @param port where other workers reach it
     * @param process the process's number
     * @param threads compute threads
     * @param memoryBytes heap
     * @param doing what it does, in a word or two
     * @param silentNanos how long the master has waited for an answer from it; 0: it owes none
     */
    record Member(int member, String host, int port, long process, int threads, long memoryBytes, String doing, long silentNanos) {
    }

    /**
     * A job, as the master remembers it.
     *
     * @param job its number
     * @param program what the user has called its program
     * @param state what has become of it
     * @param detail how far it is, or how it ended, in one line
     * @param submittedMillis when it was submitted, milliseconds of the epoch
     * @param nanos how long it has run, or ran
     */
    record Job(long job, String program, JobState state, String detail, long submittedMillis, long nanos) {
    }

    /** What can become of a job. */
    enum JobState {
        /** It waits for its turn, or for workers. */
        QUEUED,
        /** Its workers make their parts. */
        PREPARING,
        /** It runs. */
        RUNNING,
        /** It has ended well. */
        DONE,
        /** It has failed. */
        FAILED,
        /** The user has cancelled it. */
        CANCELLED,
        /** The user has suspended it: it can go on from its checkpoint. */
        SUSPENDED
    }

    /** All jobs that are known, the latest last. */
    record Jobs(List<Job> jobs) implements ToClient {
    }
}
