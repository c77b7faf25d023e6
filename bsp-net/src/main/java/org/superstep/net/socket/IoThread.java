package org.superstep.net.socket;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * A thread that does the input and output of any number of channels. Netty's groups of such threads start one more when they end, its
 * global executor's, which lives on for a second; a thread alone does not.
 */
final class IoThread {
    private final IoEventLoop loop;
    private volatile Thread thread;

    /** Starts with its first channel. */
    IoThread(String name, Kind kind) {
        var threads = new DefaultThreadFactory(name, true);
        ThreadFactory remembered = task -> thread = threads.newThread(task);
        loop = new SingleThreadIoEventLoop(null, remembered, kind.handler());
    }

    IoEventLoop loop() {
        return loop;
    }

    boolean isThisOne() {
        return loop.inEventLoop();
    }

    /** Ends the thread; returns when it has. */
    void end() throws InterruptedException {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
        if (thread != null) {
            thread.join();
        }
    }

    /** Whose sockets: the kernel's own where it is Linux, which costs less for each call, or Java's. */
    enum Kind {
        EPOLL(EpollSocketChannel.class, EpollServerSocketChannel.class) {
            @Override IoHandlerFactory handler() {
                return EpollIoHandler.newFactory();
            }
        },
        NIO(NioSocketChannel.class, NioServerSocketChannel.class) {
            @Override IoHandlerFactory handler() {
                return NioIoHandler.newFactory();
            }
        };

        private final Class<? extends SocketChannel> channels;
        private final Class<? extends ServerChannel> servers;

        Kind(Class<? extends SocketChannel> channels, Class<? extends ServerChannel> servers) {
            this.channels = channels;
            this.servers = servers;
        }

        /** The best there is here. */
        static Kind best() {
            return Epoll.isAvailable() ? EPOLL : NIO;
        }

        abstract IoHandlerFactory handler();

        Class<? extends SocketChannel> channels() {
            return channels;
        }

        Class<? extends ServerChannel> servers() {
            return servers;
        }
    }
}
