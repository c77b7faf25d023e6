/**
 * The Java facade: run a program on a graph inside this process, in four lines.
 *
 * <p>Read {@link org.superstep.Superstep} and {@link org.superstep.Graph} first. {@link org.superstep.LocalJob} carries messages between
 * the coordinator and the workers; the command line in {@code org.superstep.cli} is one more user of the facade.
 */
package org.superstep;
