package org.superstep.net.socket;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.NetUtil;
import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.JdkLoggerFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLException;
import org.superstep.net.ConnectionListener;
import org.superstep.net.HostPort;
import org.superstep.net.Network;
import org.superstep.net.Party;

/**
 * Connections over sockets, with one thread for the master's connections and one for those between workers; both start when they are
 * needed. Listeners are called on these threads.
 */
public final class SocketNetwork implements Network {
    /** Held here, because Java's loggers are forgotten when nobody does. */
    private static final Logger NETTY = Logger.getLogger("io.netty");
    /** How many bytes may wait in a channel; what more there is waits in the connection's queue, on the heap. */
    private static final WriteBufferWaterMark WAITING_BYTES = new WriteBufferWaterMark(256 << 10, 512 << 10);
    private static final int LEAST_READ_BYTES = 1 << 10;
    private static final int FIRST_READ_BYTES = 16 << 10;
    private static final int MOST_READ_BYTES = 256 << 10;
    private static final Duration GRACE = Duration.ofSeconds(1);

    static {
        // Whatever concerns a user comes through listeners and exceptions; and which logger Netty finds should not depend on a user's jar.
        NETTY.setLevel(Level.OFF);
        InternalLoggerFactory.setDefaultFactory(JdkLoggerFactory.INSTANCE);
    }

    private final SocketOptions options;
    private final IoThread.Kind kind;
    private final IoThread control;
    private final IoThread data;
    /** Looks up names, which may take seconds, with a thread that ends when there are none. */
    private final ExecutorService names;
    private final SslContext connecting;
    private final SslContext listening;
    private final AtomicInteger strangers = new AtomicInteger();
    private final Set<Channel> channels = ConcurrentHashMap.newKeySet();
    private volatile boolean isClosed;

    /**
     * A network without connections.
     *
     * @throws IOException if the files for TLS cannot be used; the message is one line that names them
     */
    public SocketNetwork(SocketOptions options) throws IOException {
        this(options, IoThread.Kind.best());
    }

    SocketNetwork(SocketOptions options, IoThread.Kind kind) throws IOException {
        this.options = options;
        this.kind = kind;
        connecting = options.tls().isPresent() ? tls(options.tls().get(), false) : null;
        listening = options.tls().isPresent() ? tls(options.tls().get(), true) : null;
        control = new IoThread("superstep-control", kind);
        data = new IoThread("superstep-data", kind);
        var pool = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            var thread = new Thread(task, "superstep-names");
            thread.setDaemon(true);
            return thread;
        });
        pool.allowCoreThreadTimeOut(true);
        names = pool;
    }

    private static SslContext tls(TlsFiles files, boolean isListening) throws IOException {
        try {
            SslContextBuilder builder = isListening ? SslContextBuilder.forServer(files.certificate().toFile(), files.key().toFile())
                : SslContextBuilder.forClient().keyManager(files.certificate().toFile(), files.key().toFile());
            // Hosts' names are not looked at: workers come and go, and whom the authority has signed for belongs to the cluster.
            return builder.trustManager(files.authority().toFile()).clientAuth(ClientAuth.REQUIRE).sslProvider(SslProvider.JDK)
                .endpointIdentificationAlgorithm(null).build();
        } catch (SSLException | IllegalArgumentException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException("cannot use the certificate " + files.certificate() + " with the key " + files.key()
                + " and the authority " + files.authority() + ": " + cause.getMessage() + "; they should be PEM files, the key in PKCS #8"
                + " without a password", e);
        }
    }

    @Override public HostPort listen(HostPort at, Party self, ConnectionListener listener) throws IOException {
        InetAddress address;
        try {
            address = InetAddress.getByName(at.host());
        } catch (UnknownHostException e) {
            throw new IOException(Reasons.listening(at, e), e);
        }
        if (!address.isLoopbackAddress() && options.secret().isEmpty()) {
            throw new IOException("cannot listen at " + at + " without a secret, since other machines could connect; give all of the"
                + " cluster the same --secret-file FILE, or listen at localhost:" + at.port());
        }
        if (isClosed) {
            throw new IOException("cannot listen at " + at + ": the network has ended");
        }
        // Only members and clients come to a master; only peers come to anyone else.
        IoThread thread = self.role() == Party.Role.MASTER ? control : data;
        ChannelFuture bound = new ServerBootstrap().group(thread.loop(), thread.loop()).channel(kind.servers())
            .handler(initially(this::keep))
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WAITING_BYTES)
            .childOption(ChannelOption.RECVBUF_ALLOCATOR, reading())
            .childHandler(initially(channel -> take(channel, self, listener)))
            .bind(new InetSocketAddress(address, at.port())).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(Reasons.listening(at, bound.cause()), bound.cause());
        }
        return new HostPort(at.host(), ((InetSocketAddress) bound.channel().localAddress()).getPort());
    }

    private void take(Channel channel, Party self, ConnectionListener listener) {
        keep(channel);
        var address = (InetSocketAddress) channel.remoteAddress();
        if (address == null) {
            channel.close();
            return;
        } else if (strangers.incrementAndGet() > options.strangers()) {
            strangers.decrementAndGet();
            channel.close();
            return;
        }
        String remote = new HostPort(address.getAddress().getHostAddress(), address.getPort()).toString();
        if (listening != null) {
            channel.pipeline().addLast(listening.newHandler(channel.alloc()));
        }
        channel.pipeline().addLast(new Greeting(Handshake.End.LISTENING, self, listener, options, remote, strangers::decrementAndGet));
    }

    @Override public void connect(HostPort to, Party self, ConnectionListener listener) {
        IoThread thread = self.role() == Party.Role.PEER ? data : control;
        try {
            byte[] address = NetUtil.createByteArrayFromIpAddressString(to.host());
            if (address != null) {
                connect(to, InetAddress.getByAddress(address), thread, self, listener);
                return;
            }
            names.execute(() -> {
                try {
                    connect(to, InetAddress.getByName(to.host()), thread, self, listener);
                } catch (UnknownHostException e) {
                    Mistake.guard(() -> listener.failed(Reasons.connecting(to, e), false));
                }
            });
        } catch (UnknownHostException e) {
            throw new AssertionError("an address needs no looking up: " + to, e);
        } catch (RejectedExecutionException e) {
            listener.failed("cannot connect to " + to + ": the network has ended", true);
        }
    }

    private void connect(HostPort to, InetAddress address, IoThread thread, Party self, ConnectionListener listener) {
        // A resolver would have Netty's global executor told of the thread's end, and so start one more.
        new Bootstrap().disableResolver().group(thread.loop()).channel(kind.channels())
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_KEEPALIVE, true)
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WAITING_BYTES)
            .option(ChannelOption.RECVBUF_ALLOCATOR, reading())
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) options.connecting().toMillis())
            .handler(initially(channel -> {
                keep(channel);
                if (connecting != null) {
                    channel.pipeline().addLast(connecting.newHandler(channel.alloc()));
                }
                channel.pipeline().addLast(new Greeting(Handshake.End.CONNECTING, self, listener, options, to.toString(), () -> { }));
            }))
            .connect(new InetSocketAddress(address, to.port())).addListener((ChannelFuture connected) -> {
                if (!connected.isSuccess()) {
                    Mistake.guard(() -> listener.failed(Reasons.connecting(to, connected.cause()), false));
                }
            });
    }

    private static AdaptiveRecvByteBufAllocator reading() {
        return new AdaptiveRecvByteBufAllocator(LEAST_READ_BYTES, FIRST_READ_BYTES, MOST_READ_BYTES);
    }

    private interface Initially {
        void run(Channel channel);
    }

    private static ChannelHandler initially(Initially task) {
        return new ChannelInitializer<>() {
            @Override protected void initChannel(Channel channel) {
                task.run(channel);
            }
        };
    }

    private void keep(Channel channel) {
        channels.add(channel);
        channel.closeFuture().addListener(closed -> channels.remove(channel));
        if (isClosed) {
            channel.close();
        }
    }

    /** Not to be called by a listener: it would wait for its own thread. */
    @Override public void close() {
        if (control.isThisOne() || data.isThisOne()) {
            throw new IllegalStateException("a listener must not close the network: the thread that it would wait for is its own");
        }
        isClosed = true;
        names.shutdownNow();
        channels.forEach(channel -> channel.eventLoop().execute(() -> end(channel)));
        long endNanos = System.nanoTime() + options.flushing().toNanos() + GRACE.toNanos();
        for (Channel channel : channels) {
            channel.closeFuture().awaitUninterruptibly(Math.max(0, endNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
        try {
            control.end();
            data.end();
            names.awaitTermination(GRACE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void end(Channel channel) {
        SocketConnection connection = channel.pipeline().get(SocketConnection.class);
        if (connection == null) {
            channel.close();
        } else {
            connection.close("the network ends");
        }
    }
}
