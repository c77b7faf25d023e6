/**
 * What master and workers say to each other, and the ways it travels. They meet here and nowhere else.
 *
 * <p>Read {@link org.superstep.net.ToWorker} (what the master commands) and {@link org.superstep.net.ToMaster} (what comes of it) first,
 * then {@link org.superstep.net.ToPeer}, the data between workers. {@link org.superstep.net.Transport} carries them; in one process that is
 * {@link org.superstep.net.InProcessTransport}. Between processes messages are {@link org.superstep.net.Frame}s on the
 * {@link org.superstep.net.Connection}s of a {@link org.superstep.net.Network}, and wait for a worker in its
 * {@link org.superstep.net.Inbox}.
 *
 * <p>Around jobs the processes of a cluster say {@link org.superstep.net.FromMember} and {@link org.superstep.net.ToMember},
 * {@link org.superstep.net.FromClient} and {@link org.superstep.net.ToClient}; a job travels as a {@link org.superstep.net.JobSpec}.
 *
 * <p>Messages are immutable once sent: arrays in them belong to the receiver.
 */
package org.superstep.net;
