/**
 * The processes of a cluster: what a master, a worker process and a user's command do beside the state machines that decide
 * ({@code Cluster} and {@code Coordinator} in {@code bsp-master}, {@code Membership} and {@code Worker} in {@code bsp-worker}):
 * connections, threads, jars and files. They know nothing of command lines: a {@link org.superstep.cluster.JobMaker} makes jobs of what
 * was submitted.
 */
package org.superstep.cluster;
