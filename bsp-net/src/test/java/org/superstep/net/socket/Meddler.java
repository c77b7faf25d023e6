package org.superstep.net.socket;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.superstep.net.HostPort;

/** Sits between two ends, hears all that they say, and changes what it likes. */
final class Meddler implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final HostPort target;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private final AtomicLong pieces = new AtomicLong();
    private volatile UnaryOperator<byte[]> forth = UnaryOperator.identity();
    private volatile UnaryOperator<byte[]> back = UnaryOperator.identity();

    Meddler(HostPort target) throws IOException {
        this.target = target;
        start(this::accept);
    }

    HostPort at() {
        return new HostPort("localhost", server.getLocalPort());
    }

    /** Changes each piece from the end that has connected; what becomes of it may be empty. */
    void changeForth(UnaryOperator<byte[]> change) {
        forth = change;
    }

    /** Changes each piece from the end that listens. */
    void changeBack(UnaryOperator<byte[]> change) {
        back = change;
    }

    /** All that the end that has connected has said. */
    byte[] heard() {
        synchronized (heard) {
            return heard.toByteArray();
        }
    }

    /** How many pieces have come, from both. */
    long pieces() {
        return pieces.get();
    }

    private static void start(Runnable task) {
        var thread = new Thread(task, "meddler");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket from = server.accept();
                Socket to = new Socket(target.host(), target.port());
                from.setTcpNoDelay(true);
                to.setTcpNoDelay(true);
                sockets.add(from);
                sockets.add(to);
                start(() -> carry(from, to, true));
                start(() -> carry(to, from, false));
            }
        } catch (IOException e) {
            // It was closed.
        }
    }

    private void carry(Socket from, Socket to, boolean isForth) {
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                byte[] piece = Arrays.copyOf(buffer, count);
                pieces.incrementAndGet();
                if (isForth) {
                    synchronized (heard) {
                        heard.writeBytes(piece);
                    }
                }
                out.write((isForth ? forth : back).apply(piece));
            }
        } catch (IOException e) {
            // One of the ends has closed; so is the other, by the end of this.
        }
    }

    @Override public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
