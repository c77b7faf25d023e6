package org.superstep.net.socket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.superstep.net.Connection;
import org.superstep.net.ConnectionListener;
import org.superstep.net.Frame;
import org.superstep.net.Party;
import org.superstep.net.wire.PackCodec;
import org.superstep.net.wire.WireException;

/**
 * A connection whose handshake is over, and the last handler of its channel. Frames to send are queued by any thread and written by the
 * channel's, many at a time; all else happens on the channel's thread.
 *
 * <pre>
 *   state    what happens                                             then
 *   OPEN     close(reason)                                            queue CLOSE, tell the listener, CLOSING
 *   OPEN     nothing has come for too long; the listener has failed   the same
 *   OPEN     CLOSE has come                                           tell the listener its reason, close the channel, CLOSED
 *   OPEN     the channel is closed or broken                          tell the listener why, CLOSED
 *   CLOSING  frames come                                              are dropped
 *   CLOSING  CLOSE has come, the channel is closed, time is over      close the channel, CLOSED
 * </pre>
 *
 * <p>The end that closes leaves it to the other to close the channel: one that is closed with bytes unread is reset, and the other
 * end might lose what was sent last.
 */
final class SocketConnection extends ChannelInboundHandlerAdapter implements Connection {
    private static final AtomicLong IDS = new AtomicLong();
    /** What is written at once: large enough that system calls cost nothing, small enough to stay in the cache between two copies. */
    private static final int BUFFER_BYTES = 128 << 10;
    private static final int LEAST_BUFFER_BYTES = 512;
    private static final int LONGEST_REASON = 1000;
    /** How many bytes may wait in the kernel that are not under way: as much as goes out in a quarter of a millisecond at 1 Gbit/s. */
    private static final int UNSENT_BYTES = 32 << 10;
    /** What is smaller goes with others in one packet. */
    private static final int LEAST_PACKED_BYTES = 256;

    private enum State { OPEN, CLOSING, CLOSED }

    private final long id = IDS.incrementAndGet();
    private final Channel channel;
    private final Party party;
    private final String remote;
    private final boolean isSafe;
    private final ConnectionListener listener;
    private final SocketOptions options;
    private final Frame ping;
    private final FrameReader reader;
    private final FrameWriter writer;
    private final Outgoing outgoing;
    private final Packing packing;
    private final PackingChoice choice = new PackingChoice();
    private final AtomicBoolean isWriteAsked = new AtomicBoolean();
    private volatile boolean isClosed;
    private State state = State.OPEN;
    private long heardNanos;
    private long saidNanos;
    /** How long this end says nothing before it says that it lives: as it was told, or less where the other end waits for less. */
    private long heartbeatNanos;
    private Future<?> beats;

    /**
     * A connection that is not open yet.
     *
     * @param isHere whether the other end is on this machine: what is sent does not pass a network
     */
    SocketConnection(Channel channel, Party party, String remote, boolean isHere, ConnectionListener listener, SocketOptions options,
            FrameReader reader, Seal seal) {
        this.channel = channel;
        this.party = party;
        this.remote = remote;
        this.isSafe = isHere || options.tls().isPresent();
        this.listener = listener;
        this.options = options;
        this.ping = new Frame(Frame.Type.PING, 0, 0, -1, ByteBuffer.allocate(FrameHeader.PING_BYTES)
            .putInt((int) Math.min(Integer.MAX_VALUE, options.timeout().toMillis())).array());
        this.heartbeatNanos = options.heartbeat().toNanos();
        this.reader = reader;
        this.outgoing = new Outgoing(options.queuedBytes());
        this.writer = new FrameWriter(outgoing.frames(), seal);
        this.packing = isHere && options.packing() == Packing.WHEN_FASTER ? Packing.NEVER : options.packing();
    }

    /** The channel is this connection's from now on. */
    void open() {
        if (packing == Packing.WHEN_FASTER && channel instanceof EpollSocketChannel) {
            // What waits has to wait here, and not in the kernel, which would take megabytes that nobody sees before it says no.
            channel.config().setOption(EpollChannelOption.TCP_NOTSENT_LOWAT, (long) UNSENT_BYTES);
        }
        heardNanos = System.nanoTime();
        saidNanos = heardNanos;
        scheduleBeats();
        outgoing.add(ping);
        askToWrite();
        try {
            listener.opened(this);
        } catch (RuntimeException | Error e) {
            listenerFailed(e);
        }
    }

    private void scheduleBeats() {
        long everyNanos = Math.max(1, heartbeatNanos / 2);
        beats = channel.eventLoop().scheduleWithFixedDelay(this::beat, everyNanos, everyNanos, TimeUnit.NANOSECONDS);
    }

    @Override public long id() {
        return id;
    }

    @Override public Party party() {
        return party;
    }

    @Override public String remote() {
        return remote;
    }

    @Override public boolean isSafe() {
        return isSafe;
    }

    @Override public void send(Frame frame) {
        check(frame);
        if (!isClosed) {
            outgoing.add(frame);
            askToWrite();
        }
    }

    @Override public int sendData(Frame frame) throws InterruptedException {
        check(frame);
        if (channel.eventLoop().inEventLoop()) {
            throw new IllegalStateException("a listener must not send data: the thread that it would wait for is its own");
        }
        outgoing.awaitRoom();
        if (isClosed) {
            return frame.body().length;
        }
        Frame sent = packedWherePaying(frame);
        outgoing.add(sent);
        askToWrite();
        return sent.body().length;
    }

    /** Packs on the sender's thread, of which there are many, and not on the network's. */
    private Frame packedWherePaying(Frame frame) {
        int bytes = frame.body().length;
        if (packing == Packing.NEVER || !PackCodec.packs(frame.type()) || bytes < LEAST_PACKED_BYTES
            || packing == Packing.WHEN_FASTER && !choice.packs(bytes, outgoing.bytes())) {
            return frame;
        }
        long begun = System.nanoTime();
        Frame packed = PackCodec.pack(frame);
        choice.packed(bytes, Math.min(bytes, packed.body().length), System.nanoTime() - begun);
        return packed.body().length < bytes ? packed : frame;
    }

    private static void check(Frame frame) {
        Frame.Type type = frame.type();
        if (type == Frame.Type.HELLO || type == Frame.Type.PING || type == Frame.Type.CLOSE || type == Frame.Type.PACKED) {
            throw new IllegalArgumentException(type + " is the connection's own");
        } else if (frame.body().length > FrameHeader.bound(type)) {
            throw new IllegalArgumentException("a frame of type " + type + " has at most " + FrameHeader.bound(type) + " bytes, was "
                + frame.body().length);
        }
    }

    @Override public void corrupt() {
        inOrder(() -> {
            if (state == State.OPEN) {
                channel.pipeline().addFirst(new FlippedBit());
            }
        });
    }

    @Override public void close(String reason) {
        Objects.requireNonNull(reason, "reason");
        inOrder(() -> closeHere(reason));
        isClosed = true;
    }

    /** Runs it on the channel's thread, after what it has been asked before, and not inside of another call. */
    private void inOrder(Runnable task) {
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException e) {
            // The network has ended, and this connection with it: there is nobody left to tell.
            isClosed = true;
        }
    }

    private void askToWrite() {
        if (isWriteAsked.compareAndSet(false, true)) {
            inOrder(this::writeAsked);
        }
    }

    private void writeAsked() {
        // First, so that a frame that is queued while this runs is written now or asks again.
        isWriteAsked.set(false);
        write();
    }

    private void write() {
        try {
            writeWhatFits();
        } catch (OutOfMemoryError e) {
            broken("there is no memory for what is to be sent to " + remote + ": " + e.getMessage());
        }
    }

    private void writeWhatFits() {
        while (state != State.CLOSED && channel.isWritable() && !writer.isEnded()) {
            long wanted = outgoing.bytes() + LEAST_BUFFER_BYTES;
            ByteBuf buffer = channel.alloc().directBuffer((int) Math.min(BUFFER_BYTES, wanted));
            int count = writer.write(buffer);
            if (!buffer.isReadable()) {
                buffer.release();
                return;
            }
            channel.writeAndFlush(buffer).addListener((ChannelFuture written) -> written(written, count));
        }
    }

    private void written(ChannelFuture written, int count) {
        saidNanos = System.nanoTime();
        outgoing.left(count);
        if (packing == Packing.WHEN_FASTER) {
            choice.taken(count, outgoing.bytes(), saidNanos);
        }
        if (!written.isSuccess()) {
            broken(Reasons.broken(remote, written.cause()));
        }
    }

    @Override public void channelWritabilityChanged(ChannelHandlerContext context) {
        write();
    }

    @Override public void channelRead(ChannelHandlerContext context, Object message) {
        var in = (ByteBuf) message;
        try {
            heardNanos = System.nanoTime();
            Frame frame = state == State.CLOSED ? null : reader.next(in);
            while (frame != null) {
                hear(frame);
                frame = state == State.CLOSED ? null : reader.next(in);
            }
        } catch (WireException | OutOfMemoryError e) {
            broken(Reasons.broken(remote, e));
        } finally {
            in.release();
        }
    }

    private void hear(Frame frame) {
        if (frame.type() == Frame.Type.CLOSE) {
            closedByOther(new String(frame.body(), StandardCharsets.UTF_8));
        } else if (frame.type() == Frame.Type.PING) {
            hearPing(frame.body());
        } else if (!isClosed) {
            try {
                listener.received(this, frame);
            } catch (RuntimeException | Error e) {
                listenerFailed(e);
            }
        }
    }

    /** Processes may be told different times: each says how long it waits, so that none has to know what others were told. */
    private void hearPing(byte[] body) {
        if (body.length != FrameHeader.PING_BYTES) {
            throw new WireException("a sign of life of " + body.length + " bytes");
        }
        long wantedNanos = TimeUnit.MILLISECONDS.toNanos(Math.max(1, ByteBuffer.wrap(body).getInt())) / SocketOptions.BEATS;
        if (wantedNanos < heartbeatNanos && state == State.OPEN) {
            heartbeatNanos = wantedNanos;
            beats.cancel(false);
            scheduleBeats();
        }
    }

    private void beat() {
        long now = System.nanoTime();
        if (state != State.OPEN) {
            return;
        }
        if (now - heardNanos > options.timeout().toNanos()) {
            closeHere(Reasons.silent(remote, options.timeout().toMillis()));
        } else if (now - saidNanos >= heartbeatNanos && outgoing.bytes() == 0) {
            outgoing.add(ping);
            write();
        }
    }

    private void closeHere(String reason) {
        if (state != State.OPEN) {
            return;
        }
        String shown = reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
        outgoing.add(new Frame(Frame.Type.CLOSE, 0, 0, -1, shown.getBytes(StandardCharsets.UTF_8)));
        end(State.CLOSING, reason);
        write();
        Future<?> limit = channel.eventLoop().schedule(() -> channel.close(), options.flushing().toNanos(), TimeUnit.NANOSECONDS);
        channel.closeFuture().addListener(closed -> limit.cancel(false));
    }

    private void closedByOther(String reason) {
        if (state == State.OPEN) {
            end(State.CLOSED, reason);
        }
        state = State.CLOSED;
        channel.close();
    }

    private void broken(String reason) {
        closedByOther(reason);
    }

    private void end(State next, String reason) {
        isClosed = true;
        state = next;
        beats.cancel(false);
        outgoing.close();
        Mistake.guard(() -> listener.closed(this, reason));
    }

    /** A listener's mistake costs the connection, since nobody knows what was left undone, but not the network. */
    private void listenerFailed(Throwable thrown) {
        Mistake.tell(thrown);
        closeHere("the process could not go on: " + thrown);
    }

    @Override public void channelInactive(ChannelHandlerContext context) {
        broken(Reasons.gone(remote));
    }

    @Override public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        broken(Reasons.broken(remote, cause));
    }
}
