/**
 * What a worker does: read its share of the edges, build its partitions, deliver and compute, exchange outboxes, change the graph, save
 * its partitions and make them anew, write its rows.
 *
 * <p>Read {@link org.superstep.worker.Worker} first: its {@code superstep} method is the protocol. {@link org.superstep.worker.Membership}
 * is how a worker process joins a cluster, takes part in an attempt at a job ({@code HeldAttempt}), and lets go of it. What partitions say
 * leaves by {@code Outboxes}, and what others say comes in by {@code Arrivals}. {@link org.superstep.worker.LocalGraph} is what a worker
 * holds, {@code Intake} makes it of the input, {@link org.superstep.worker.DoubleKernel} is the hot loop,
 * {@link org.superstep.worker.ListKernel} the one for messages that are not folded as they come, {@link org.superstep.worker.GraphChange}
 * what happens between supersteps when the graph changes. {@code CheckpointWriter} saves a worker's partitions between supersteps, and
 * {@code Restoration} makes them of what was saved: {@code StateSegment}, {@code TopologySegment} and {@code RecordsSegment} draw that.
 * {@code OutboxLog} keeps what partitions have said since, in {@code LogBlocks}, so that lost ones can compute again by themselves
 * ({@code Replay}) beside what {@link org.superstep.worker.Remains} of another attempt ({@code KeptPartitions}).
 * {@link org.superstep.worker.SavedVertices} is for who looks at a checkpoint without a job. {@code docs/architecture.md} follows an edge
 * through them all.
 *
 * <p>Invariants: within a step one thread works on a partition; neighbour lists hold slots in the order of vertex ids; whatever is folded
 * is folded in the order of sender ids, so that no count of threads, workers or partitions shows in a result; what is saved of a partition
 * is the same bytes whichever worker writes it, and does not depend on slots.
 */
package org.superstep.worker;
