/**
 * The array views that the engine fills and the final cursors read; not for programs, which an ArchUnit test keeps out.
 *
 * <p>Read {@link org.superstep.graph.internal.VertexView} first. Public fields, because cursor and kernel sit in different packages and the
 * per-vertex path has no room for accessors that a cold JVM has not inlined yet. One writer each: the thread that owns the view.
 */
package org.superstep.graph.internal;
