/**
 * Where graphs come from and how answers are written: file formats, a generator, and two small graphs that are always at hand.
 *
 * <p>Read {@link org.superstep.datasets.EdgeListSource} first: a text edge list as it is found in the wild becomes an
 * {@link org.superstep.graph.io.EdgeSource}. It looks at the beginning of each file ({@code LineLayout}), cuts plain files into chunks
 * that threads claim ({@code PlainEdgeFile}), lets threads take turns at inflating compressed ones ({@code GzipEdgeFile}), and turns
 * lines into edges ({@code EdgeLines}, the hot loop). {@link org.superstep.datasets.TextRows} is the way out,
 * {@link org.superstep.datasets.RmatGenerator} makes the graphs that we measure with.
 *
 * <p>Two invariants hold between them. A line belongs to the chunk in which it begins, so every line is read exactly once however the
 * files are cut. And of several faults the one nearest the input's beginning is reported ({@code EarliestFault}), so that the message
 * is the same for any number of threads.
 */
package org.superstep.datasets;
