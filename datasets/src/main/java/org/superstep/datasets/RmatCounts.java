package org.superstep.datasets;

import java.util.OptionalLong;

/**
 * What has been written.
 *
 * @param lines lines of the file
 * @param selfLoops how many of them lead from a vertex to itself
 * @param duplicates how many repeat an earlier line's source and target; empty where counting them would not fit into memory
 */
public record RmatCounts(long lines, long selfLoops, OptionalLong duplicates) {
}
