package org.superstep.soak;

import java.util.List;

/**
 * What has become of a job.
 *
 * @param seed what it was made of
 * @param workload what it computed
 * @param course how, and with which faults
 * @param story what its lines told
 * @param isWhole whether it ended well and its files were compared
 * @param wrong what should not be, a line each; empty: nothing
 */
record Verdict(long seed, Workload workload, Course course, Story story, boolean isWhole, List<String> wrong) {
}
