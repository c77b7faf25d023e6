/**
 * The bundled vertex programs, one file each, written against {@code graph-api} alone, as a user's are.
 *
 * <p>Read {@link org.superstep.algorithms.PageRank} first. {@code META-INF/services/org.superstep.graph.Program} lists them for the command
 * line. The definitions are those of the LDBC Graphalytics specification.
 */
package org.superstep.algorithms;
