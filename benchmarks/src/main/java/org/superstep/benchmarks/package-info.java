/**
 * What is measured inside one JVM; {@code docs/benchmarks.md} tells how to run each and what its figure means.
 *
 * <p>JMH benchmarks are the classes whose names end in {@code Benchmark}; those that open the worker's package-private classes stand in
 * {@code org.superstep.worker} beside them. Each verifies its answer in its set-up. {@link org.superstep.benchmarks.SteppedJob} takes a job
 * through its supersteps one by one, {@link org.superstep.benchmarks.OtherPrograms} are what else may have run in the JVM before, and
 * {@link org.superstep.benchmarks.WarmPrograms} times whole programs.
 */
package org.superstep.benchmarks;
