/**
 * A whole cluster in one thread: the state machines of master and members, real coordinators and workers, over a network and a clock that
 * are made up from one seed.
 *
 * <p>Read {@link org.superstep.simulation.SimulatedCluster} first: it makes up what happens. {@link org.superstep.simulation.Laws} says
 * what must hold whatever happens.
 */
package org.superstep.simulation;
