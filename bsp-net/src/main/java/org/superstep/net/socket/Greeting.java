package org.superstep.net.socket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.superstep.net.ConnectionListener;
import org.superstep.net.Frame;
import org.superstep.net.Party;
import org.superstep.net.wire.WireException;

/** The first handler of a channel: runs the {@link Handshake}, within a time, and gives the channel to a {@link SocketConnection}. */
final class Greeting extends ChannelInboundHandlerAdapter {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Handshake.End end;
    private final ConnectionListener listener;
    private final SocketOptions options;
    private final String remote;
    private final Handshake handshake;
    private final Runnable done;
    private final FrameReader reader = new FrameReader();
    private Future<?> limit;
    private boolean hasHeard;
    private boolean isDone;

    /**
     * Waits for the channel.
     *
     * @param remote the other end, as messages name it
     * @param done is run when the handshake is over, however it has ended
     */
    Greeting(Handshake.End end, Party self, ConnectionListener listener, SocketOptions options, String remote, Runnable done) {
        this.end = end;
        this.listener = listener;
        this.options = options;
        this.remote = remote;
        this.done = done;
        byte[] nonce = new byte[Hello.NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        this.handshake = new Handshake(end, self, options.secret(), remote, nonce);
    }

    @Override public void channelActive(ChannelHandlerContext context) {
        limit = context.channel().eventLoop().schedule(() -> fail(context, remote + " has not told and proved who it is within "
            + options.handshake().toMillis() + " ms", false), options.handshake().toNanos(), TimeUnit.NANOSECONDS);
        say(context, handshake.start());
    }

    @Override public void channelRead(ChannelHandlerContext context, Object message) {
        hasHeard = true;
        var in = (ByteBuf) message;
        try {
            while (!isDone) {
                Frame frame = reader.next(in);
                if (frame == null) {
                    return;
                }
                hear(context, in, handshake.hear(frame.body()));
            }
        } catch (WireException e) {
            fail(context, reader.hasMetTls() ? metTls() : Reasons.broken(remote, e), reader.hasMetTls());
        } finally {
            in.release();
        }
    }

    private void hear(ChannelHandlerContext context, ByteBuf in, Handshake.Step step) {
        if (step instanceof Handshake.Step.GoOn go) {
            say(context, go.say());
        } else if (step instanceof Handshake.Step.Refused refused) {
            say(context, refused.say());
            fail(context, refused.reason(), refused.isFinal());
        } else if (step instanceof Handshake.Step.Agreed agreed) {
            say(context, agreed.say());
            open(context, in, agreed);
        } else {
            throw new AssertionError("a step of a handshake: " + step);
        }
    }

    private void say(ChannelHandlerContext context, byte[] bytes) {
        if (bytes.length > 0) {
            byte[] header = new byte[Frame.HEADER_BYTES];
            FrameHeader.write(new Frame(Frame.Type.HELLO, 0, 0, -1, bytes), ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN));
            context.writeAndFlush(context.alloc().directBuffer(header.length + bytes.length).writeBytes(header).writeBytes(bytes));
        }
    }

    private void open(ChannelHandlerContext context, ByteBuf in, Handshake.Step.Agreed agreed) {
        finish();
        Channel channel = context.channel();
        boolean hasTls = options.tls().isPresent();
        boolean isHere = channel.remoteAddress() instanceof InetSocketAddress address && address.getAddress().isLoopbackAddress();
        // TLS proves each record by itself; to seal frames as well would only cost.
        var keys = hasTls || !options.seals() ? null : agreed.keys().orElse(null);
        boolean isConnecting = end == Handshake.End.CONNECTING;
        reader.open(keys == null ? null : new Seal(isConnecting ? keys.listening() : keys.connecting()));
        Seal seal = keys == null ? null : new Seal(isConnecting ? keys.connecting() : keys.listening());
        var connection = new SocketConnection(channel, agreed.other(), remote, isHere, listener, options, reader, seal);
        context.pipeline().addLast(connection);
        connection.open();
        // What has come with the last of the handshake is the connection's already.
        context.fireChannelRead(in.retain());
        context.pipeline().remove(this);
    }

    private String metTls() {
        return remote + " uses TLS, and this end does not; give both --tls-cert, --tls-key and --tls-ca, or neither";
    }

    private void fail(ChannelHandlerContext context, String reason, boolean isFinal) {
        if (isDone) {
            return;
        }
        finish();
        if (end == Handshake.End.CONNECTING) {
            Mistake.guard(() -> listener.failed(reason, isFinal));
        } else if (hasHeard) {
            // Who comes and goes without a word only looks whether somebody is there.
            Mistake.guard(() -> listener.refused(reason));
        }
        // An empty write: what was said before goes out first.
        context.writeAndFlush(context.alloc().buffer(0)).addListener(ChannelFutureListener.CLOSE);
    }

    private void finish() {
        isDone = true;
        if (limit != null) {
            limit.cancel(false);
        }
        done.run();
    }

    @Override public void channelInactive(ChannelHandlerContext context) {
        gone(context);
    }

    private void gone(ChannelHandlerContext context) {
        fail(context, reader.hasMetTls() ? metTls() : remote + " has closed the connection before it said who it is; perhaps it "
            + (options.tls().isPresent() ? "does not use TLS, and this end does" : "uses TLS, and this end does not")
            + ", or too many have come to it at once", reader.hasMetTls());
    }

    @Override public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (Reasons.isGone(cause)) {
            gone(context);
        } else {
            hasHeard = true;
            fail(context, Reasons.broken(remote, cause), Reasons.isRefusal(cause));
        }
    }
}
