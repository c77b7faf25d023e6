/**
 * The processes of a cluster: what a master, a worker process and a user's command do beside the state machines that decide
 * ({@code Cluster} and {@code Coordinator} in {@code bsp-master}, {@code Membership} and {@code Worker} in {@code bsp-worker}):
 * connections, threads, jars and files. They know nothing of command lines: a {@link org.superstep.cluster.JobMaker} makes jobs of what
 * was submitted.
 *
 * <p>Read {@link org.superstep.cluster.MasterProcess} and {@link org.superstep.cluster.WorkerProcess} first, each a control thread around
 * its state machine, then {@code MasterJob} and {@code MemberJob}, what a job has of its own in either: on the master one run over all
 * attempts, in a worker process one part for each. What such a part leaves for the next is a {@code KeptPart}; what a master leaves for the
 * next, in a {@code StateFolder}. {@link org.superstep.cluster.Client} is the user's side.
 *
 * <p>Three invariants hold. No control thread waits for a job that runs: what a job is told goes from a connection's thread straight to the
 * job's. What a job has in a process (threads, jars, files, connections) is gone when that process has let go of it; between two attempts
 * the job, what it has computed and the log of that may stay, and nothing of them runs. And nobody is heard
 * but in the attempt that runs, and for itself: messages carry the attempt and the worker, and both are compared with the connection.
 */
package org.superstep.cluster;
