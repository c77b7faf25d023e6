package org.superstep.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.superstep.net.Connection;
import org.superstep.net.ConnectionListener;
import org.superstep.net.Frame;
import org.superstep.net.HostPort;
import org.superstep.net.Network;
import org.superstep.net.Party;
import org.superstep.net.socket.Secret;
import org.superstep.net.socket.SocketNetwork;
import org.superstep.net.socket.SocketOptions;

/**
 * Two ends of a socket on this machine, each with threads of its own: how long 64 frames of 1 MB take to be received (so 64 MB over the
 * figure is the rate), and how long a small frame takes there and back between two threads.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class SocketBenchmark {
    private static final int FRAMES = 64;
    private static final int FRAME_BYTES = 1 << 20;

    /** Whether frames are sealed. */
    @Param({"false", "true"})
    public boolean sealed;

    private final Semaphore received = new Semaphore(0);
    private final BlockingQueue<Frame> questions = new ArrayBlockingQueue<>(1);
    private final BlockingQueue<Frame> answers = new ArrayBlockingQueue<>(1);
    private final Frame large = new Frame(Frame.Type.OUTBOX, 1, 1, 0, new byte[FRAME_BYTES]);
    private final Frame small = new Frame(Frame.Type.TO_MEMBER, 1, 1, 0, new byte[100]);
    private Network listening;
    private Network connecting;
    private Connection connection;
    private Thread answering;

    /** Connects the two. */
    @Setup
    public void connect() throws IOException, InterruptedException {
        byte[] secret = "no secret, only a benchmark's".getBytes(StandardCharsets.UTF_8);
        SocketOptions options = sealed ? SocketOptions.defaults().withSecret(Secret.of(secret)) : SocketOptions.defaults();
        listening = new SocketNetwork(options);
        connecting = new SocketNetwork(options);
        var there = new ArrayBlockingQueue<Connection>(1);
        var here = new ArrayBlockingQueue<Connection>(1);
        var peer = new Party(Party.Role.PEER, "1.0");
        HostPort at = listening.listen(new HostPort("localhost", 0), peer, listener(there, questions));
        connecting.connect(at, peer, listener(here, answers));
        connection = here.take();
        Connection other = there.take();
        answering = new Thread(() -> {
            try {
                while (true) {
                    other.send(questions.take());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        answering.start();
    }

    private ConnectionListener listener(BlockingQueue<Connection> opened, BlockingQueue<Frame> control) {
        return new ConnectionListener() {
            @Override public void opened(Connection connection) {
                opened.add(connection);
            }

            @Override public void received(Connection connection, Frame frame) {
                if (frame.type() == Frame.Type.OUTBOX) {
                    received.release();
                } else {
                    control.add(frame);
                }
            }

            @Override public void closed(Connection connection, String reason) {
                answering.interrupt();
            }
        };
    }

    /** Closes both. */
    @TearDown
    public void close() {
        connecting.close();
        listening.close();
    }

    /** 64 MB there. */
    @Benchmark
    public void transfer() throws InterruptedException {
        for (int i = 0; i < FRAMES; i++) {
            connection.sendData(large);
        }
        received.acquire(FRAMES);
    }

    /** A small frame there and back. */
    @Benchmark
    public Frame pingPong() throws InterruptedException {
        connection.send(small);
        return answers.take();
    }
}
