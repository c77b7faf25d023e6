/**
 * The way in and out of a job: where edges come from and how rows are written.
 *
 * <p>Read {@link org.superstep.graph.io.EdgeSource} first: it opens an {@link org.superstep.graph.io.EdgeReader}, which several threads
 * drain at once into their own {@link org.superstep.graph.io.EdgeSink}s, in batches of plain arrays.
 * {@link org.superstep.graph.io.VertexSource} brings isolated vertices and first values.
 * {@link org.superstep.graph.io.RowFormat} is the way out. Formats live in the {@code datasets} module, or in a user's jar.
 *
 * <p>No result depends on the order in which edges arrive, nor on which thread or worker reads them.
 */
package org.superstep.graph.io;
