package org.superstep.net.socket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/** The last to see what a channel sends: flips a bit of what comes next, and goes. */
final class FlippedBit extends ChannelOutboundHandlerAdapter {
    @Override public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes && bytes.isReadable()) {
            int last = bytes.writerIndex() - 1;
            bytes.setByte(last, bytes.getByte(last) ^ 1);
            context.pipeline().remove(this);
        }
        context.write(message, promise);
    }
}
