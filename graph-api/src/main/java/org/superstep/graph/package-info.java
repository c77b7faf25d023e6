/**
 * All that the author of a vertex program sees.
 *
 * <p>Read {@link org.superstep.graph.DoubleProgram} and its {@link org.superstep.graph.DoublePhase} first, then the cursor
 * {@link org.superstep.graph.DoubleVertex}; the {@code Long} types are the same for messages that are longs, the {@code Object} types for
 * messages of any type with a {@link org.superstep.graph.Codec}, the {@code DoubleVector} and {@code LongVector} types for vectors of one
 * width. Messages are folded by a combiner, or walked over one by one where that is {@code NONE}.
 * {@link org.superstep.graph.Program} lists what can be declared. What all cursors have in common is
 * {@link org.superstep.graph.Vertex}: columns, aggregators, globals, walks over edges by an {@link org.superstep.graph.EdgeCursor}, and
 * changes of the graph, where a {@link org.superstep.graph.VertexConflict} decides who exists. A program of several phases is a
 * {@link org.superstep.graph.PhasedProgram}, steered by {@link org.superstep.graph.Master}.
 *
 * <p>Invariants: handles (columns, parameters, aggregators, globals, edges) hold no job state; cursors are final, belong to one thread and
 * do not allocate (objects are those that the program makes); a message is present or absent by a flag, never by its value; whatever is
 * folded or walked over comes in the order of sender ids; objects are immutable once said, stored or added.
 */
package org.superstep.graph;
