/**
 * What is promised of files holds on HDFS as on the machine's own disks: the same laws for both ({@code FileLaws}), and runs of the command
 * whose input, output and checkpoints are there. All classes share one small HDFS ({@code SmallHdfs}), which takes seconds to start.
 */
package org.superstep.hadoop;
