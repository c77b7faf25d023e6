/**
 * What makes a job of a program, a graph and options, wherever its workers are. {@link org.superstep.job.Job} makes what the master and
 * the workers have to know; {@link org.superstep.job.JobRun} is the master's side while it runs, over all its attempts, with the
 * checkpoints from which the next attempt goes on ({@code SavedJob}); {@link org.superstep.job.OutputFiles} are what it leaves behind. A
 * {@link org.superstep.job.ReplayedJob} looks at some of its supersteps once more, when it is over or while it runs. For the launcher's
 * own use: programs take {@link org.superstep.Superstep}.
 *
 * <p>Outputs are claimed by the job and written by an attempt; checkpoints are led by a process and written by an attempt. So what a worker
 * of an attempt that is over still writes has a name that nobody looks at, and goes in the end.
 */
package org.superstep.job;
