/**
 * All that the author of a vertex program sees.
 *
 * <p>Read {@link org.superstep.graph.DoubleProgram} and its {@link org.superstep.graph.DoublePhase} first, then the cursor
 * {@link org.superstep.graph.DoubleVertex}; the {@code Long} types are the same for messages that are longs.
 * {@link org.superstep.graph.Program} lists what can be declared. A program of several phases is a
 * {@link org.superstep.graph.PhasedProgram}, steered by {@link org.superstep.graph.Master}.
 *
 * <p>Invariants: handles (columns, parameters, aggregators, globals) hold no job state; cursors are final, belong to one thread and never
 * allocate; a message is present or absent by a flag, never by its value; whatever is folded is folded in the order of sender ids.
 */
package org.superstep.graph;
