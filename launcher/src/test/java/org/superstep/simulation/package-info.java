/**
 * A whole cluster in one thread: the state machines of master and members, real coordinators and workers, over a network and a clock that
 * are made up from one seed.
 *
 * <p>Read {@link org.superstep.simulation.SimulatedCluster} first: it makes up what happens. {@link org.superstep.simulation.Laws} says
 * what must hold whatever happens, {@link org.superstep.simulation.History} what must hold over all attempts at a job, and under all its
 * masters. Checkpoints are real files on a disk that is not ({@link org.superstep.simulation.MemoryFiles}). What a process does beside its
 * supersteps is done at once, and known later: so all is a function of the seed, though workers write checkpoints by threads of their own.
 */
package org.superstep.simulation;
