package org.superstep.net.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import org.superstep.net.FromClient;
import org.superstep.net.FromMember;
import org.superstep.net.ToClient;
import org.superstep.net.ToMember;
import org.superstep.net.wire.proto.Proto;

/** Encodes what master, members and clients say to each other, and decodes it. Stateless; any thread may call. */
public final class ControlCodec {
    private ControlCodec() {
    }

    /** A member's message as bytes. */
    public static byte[] encode(FromMember message) {
        return MemberCodec.encode(message).toByteArray();
    }

    /** A member's message; {@link WireException} where the bytes are none. */
    public static FromMember fromMember(byte[] bytes) {
        return MemberCodec.decode(parse(Proto.FromMember.parser(), "FromMember", bytes));
    }

    /** A message to a member as bytes. */
    public static byte[] encode(ToMember message) {
        return MemberCodec.encode(message).toByteArray();
    }

    /** A message to a member; {@link WireException} where the bytes are none. */
    public static ToMember toMember(byte[] bytes) {
        return MemberCodec.decode(parse(Proto.ToMember.parser(), "ToMember", bytes));
    }

    /** A client's message as bytes. */
    public static byte[] encode(FromClient message) {
        return ClientCodec.encode(message).toByteArray();
    }

    /** A client's message; {@link WireException} where the bytes are none. */
    public static FromClient fromClient(byte[] bytes) {
        return ClientCodec.decode(parse(Proto.FromClient.parser(), "FromClient", bytes));
    }

    /** A message to a client as bytes. */
    public static byte[] encode(ToClient message) {
        return ClientCodec.encode(message).toByteArray();
    }

    /** A message to a client; {@link WireException} where the bytes are none. */
    public static ToClient toClient(byte[] bytes) {
        return ClientCodec.decode(parse(Proto.ToClient.parser(), "ToClient", bytes));
    }

    private static <M extends Message> M parse(Parser<M> parser, String name, byte[] bytes) {
        try {
            return parser.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new WireException(name + " cannot be read: " + e.getMessage(), e);
        }
    }
}
