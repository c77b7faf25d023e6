/**
 * What makes a job of a program, a graph and options, wherever its workers are. {@link org.superstep.job.Job} makes what the master and
 * the workers have to know; {@link org.superstep.job.JobRun} is the master's side while it runs; {@link org.superstep.job.OutputFiles} are
 * what it leaves behind. For the launcher's own use: programs take {@link org.superstep.Superstep}.
 */
package org.superstep.job;
