/**
 * What the master decides: where partitions go, when a superstep begins and how its messages are delivered, when the job ends; and for
 * many jobs, who works on which.
 *
 * <p>Read {@link org.superstep.master.Coordinator} first, whose comment is the transition table of one attempt at a job ({@code Knowledge}
 * is what it knows between two supersteps, {@code Census} what its workers have counted, {@code Saving} its checkpoints and
 * {@code CheckpointPolicy} when they are due; {@link org.superstep.master.Chronicle} is what it has announced since the last one, with
 * which {@code Confinement} lets lost partitions compute again by themselves; {@link org.superstep.master.Balance} looks over all attempts
 * at who is late), then {@link org.superstep.master.Cluster}, which decides who is in the cluster ({@code Members}) and whose turn it is
 * ({@code Jobs}; how they come into the queue is {@code Submissions}, what becomes of one whose turn has come {@code Attempts}, and what
 * clients ask {@code Requests}). Both are pure control: events in, commands out, no clock, no input or output, one thread.
 * {@link org.superstep.master.Cuts} is the one computation of size.
 */
package org.superstep.master;
