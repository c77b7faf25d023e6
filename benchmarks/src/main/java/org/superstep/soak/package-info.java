/**
 * Jobs and faults at random, for as long as one likes: {@code benchmarks/soak.sh}. All that is random about a job comes from its seed.
 *
 * <p>A {@link org.superstep.soak.Trial} runs a {@link org.superstep.soak.Workload} undisturbed in one process, then in the shape and with
 * the faults of a {@link org.superstep.soak.Course}, and compares the files as bytes. It sees no more of Superstep than a user does: the
 * command, its lines, files and processes. Where a job runs is its {@link org.superstep.soak.Site}: the command alone, with workers inside
 * it or beside it, or a cluster that stands for many jobs. What a job's lines tell is gathered in a {@link org.superstep.soak.Story}, and
 * those of all jobs in a {@link org.superstep.soak.Tally}.
 *
 * <p>{@link org.superstep.soak.LabelPropagation} and {@link org.superstep.soak.ComingAndGoing} are programs for it, which go into a jar.
 */
package org.superstep.soak;
