/**
 * Connections between processes, over sockets.
 *
 * <p>Read {@link org.superstep.net.socket.SocketNetwork} first, then {@code SocketConnection}. On a channel there is first a
 * {@code Greeting}, which runs the {@code Handshake} (a state machine without I/O) and lets nothing else across; when both ends know who
 * the other is, a {@code SocketConnection} takes its place. Bytes become frames in {@code FrameReader}, frames become bytes in
 * {@code FrameWriter}; with a secret and no TLS each frame is sealed ({@code Seal}). What workers say to each other is packed on the
 * sender's thread, where {@code PackingChoice} finds that it is sooner through then, and unpacked by whoever decodes it.
 *
 * <p>Everything that concerns a channel happens on the thread of its event loop; listeners are called there. There are two: one for what
 * the master says and hears, one for data between workers, so that neither waits for the other.
 */
package org.superstep.net.socket;
