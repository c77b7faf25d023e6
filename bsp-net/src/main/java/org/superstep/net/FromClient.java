package org.superstep.net;

/** What a user's command tells the master. */
public sealed interface FromClient {
    /**
     * Run this job, and tell how it comes along; answered by {@link ToClient.Accepted} or {@link ToClient.Refused}.
     *
     * @param token a name that no other submission has; where one with the same has come before, because a connection broke before the
     *     answer, this is the same job
     * @param spec what it is
     * @param detached whether the user wants to hear no more than that it was accepted
     */
    record Submit(String token, JobSpec spec, boolean detached) implements FromClient {
    }

    /** A piece of a jar that the master lacks. */
    record Jar(JobSpec.JarPiece piece) implements FromClient {
    }

    /** Tell how this job comes along, and how it ended if it has; answered as {@link Submit} is. */
    record Attach(long job) implements FromClient {
    }

    /** End this job; answered by {@link ToClient.Cancelling} or {@link ToClient.Refused}. */
    record Cancel(long job) implements FromClient {
    }

    /**
     * Save this job in a checkpoint before its next superstep, and end it there; answered by {@link ToClient.Suspending} or
     * {@link ToClient.Refused}.
     */
    record Suspend(long job) implements FromClient {
    }

    /**
     * Let this worker process hand over what it holds to the others, and end; answered by {@link ToClient.Draining} or
     * {@link ToClient.Refused}.
     */
    record Drain(int member) implements FromClient {
    }

    /** Tell who is in the cluster and what it does; answered by {@link ToClient.Status}. */
    record AskStatus() implements FromClient {
    }

    /** Tell all jobs that are known; answered by {@link ToClient.Jobs}. */
    record AskJobs() implements FromClient {
    }
}
