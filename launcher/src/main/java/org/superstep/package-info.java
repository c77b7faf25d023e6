/**
 * The Java facade: run a program on a graph inside this process, in four lines.
 *
 * <p>Read {@link org.superstep.Superstep} and {@link org.superstep.Graph} first. {@link org.superstep.LocalJob} is a job over
 * all its attempts, {@link org.superstep.LocalAttempt} carries messages between the coordinator and the workers of one; the command line in
 * {@code org.superstep.cli} is one more user of the facade.
 */
package org.superstep;
