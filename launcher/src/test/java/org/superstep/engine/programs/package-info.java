/**
 * Programs from the literature as a user would write them, each for a part of the programming model that the bundled ones do not need:
 * messages one by one, as objects and as vectors, walks over edges, changes of the graph, phases of different message types.
 *
 * <p>{@code PregelProgramsTest} compares each with an oracle that knows nothing of Pregel.
 */
package org.superstep.engine.programs;
