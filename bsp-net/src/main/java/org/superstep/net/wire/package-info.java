/**
 * How messages look on the wire. {@link org.superstep.net.wire.ControlCodec} is for what master, members and clients say, in Protocol
 * Buffers ({@code superstep.proto}), with a codec for each who speaks behind it; {@link org.superstep.net.wire.PeerCodec} for what workers
 * say to each other, raw and little-endian, and {@link org.superstep.net.wire.PackCodec} makes that smaller where a network is slow. Every
 * length that is read is checked before memory is taken for it; what cannot be read is a {@link org.superstep.net.wire.WireException}.
 */
package org.superstep.net.wire;
