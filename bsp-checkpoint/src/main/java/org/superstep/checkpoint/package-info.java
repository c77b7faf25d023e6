/**
 * The files of a checkpoint, which nothing but the JDK is needed to read: {@link org.superstep.checkpoint.CheckpointFolder} is the folder
 * of one job, {@link org.superstep.checkpoint.Manifest} says what one checkpoint consists of, and each
 * {@link org.superstep.checkpoint.Segment} is a piece of a file that holds something of one partition.
 *
 * <p>A checkpoint without a manifest does not exist. A manifest names every segment with its length and checksum, so that whatever is
 * missing, short or changed is found before it is used. No segment tells which worker has written it: any number of workers can go on from
 * any checkpoint. What segments hold is the worker's business, and stands there; {@code docs/checkpoint-format.md} draws it.
 */
package org.superstep.checkpoint;
