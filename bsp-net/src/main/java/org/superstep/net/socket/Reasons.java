package org.superstep.net.socket;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.superstep.net.HostPort;
import org.superstep.net.wire.WireException;

/** What went wrong on a socket, in one line that names the remedy. */
final class Reasons {
    private Reasons() {
    }

    /** Why a connection was not made. */
    static String connecting(HostPort to, Throwable cause) {
        String text = text(cause);
        if (cause instanceof UnknownHostException) {
            return "cannot connect to " + to + ": no host is called \"" + to.host() + "\"; check the name, or give the address";
        } else if (cause instanceof ConnectTimeoutException) {
            return "cannot connect to " + to + ": no answer; is the host up, and does a firewall keep the port closed?";
        } else if (cause instanceof ConnectException && text.contains("refused")) {
            return "nobody listens at " + to + "; is it running, and is this its port?";
        } else if (text.contains("unreachable") || text.contains("no route")) {
            return "cannot connect to " + to + ": there is no way to that host from here (" + plain(cause) + ")";
        }
        // Netty puts the address behind what the system has said.
        return "cannot connect to " + to + ": " + plain(cause.getCause() == null ? cause : cause.getCause());
    }

    /** Why nobody can be listened for. */
    static String listening(HostPort at, Throwable cause) {
        String text = text(cause);
        if (cause instanceof UnknownHostException) {
            return "cannot listen at " + at + ": no host is called \"" + at.host() + "\"; give a name or address of this machine";
        } else if (text.contains("in use")) {
            return "cannot listen at " + at + ": the port is in use; choose another, or 0 for any that is free";
        } else if (text.contains("permission denied")) {
            return "cannot listen at " + at + ": this user may not take the port; choose one above 1023";
        } else if (text.contains("cannot assign")) {
            return "cannot listen at " + at + ": that is no address of this machine; 0.0.0.0 stands for all it has";
        }
        return "cannot listen at " + at + ": " + plain(cause);
    }

    /** Why a connection, or the handshake on it, cannot go on. */
    static String broken(String remote, Throwable cause) {
        Throwable thrown = thrown(cause);
        if (thrown instanceof NotSslRecordException) {
            return remote + " does not use TLS, and this end does; give both --tls-cert, --tls-key and --tls-ca, or neither";
        } else if (isRefusal(thrown)) {
            return "cannot agree on TLS with " + remote + ": " + plain(thrown)
                + "; both need a certificate that the authority of --tls-ca has signed";
        } else if (thrown instanceof WireException) {
            return remote + " cannot be understood: " + thrown.getMessage();
        } else if (thrown instanceof OutOfMemoryError) {
            return "there is no memory for what " + remote + " has sent: " + thrown.getMessage();
        } else if (isGone(thrown)) {
            return gone(remote);
        }
        return "a failure on the connection with " + remote + ": " + thrown;
    }

    /** Whether TLS was refused, by either end. */
    static boolean isRefusal(Throwable cause) {
        Throwable thrown = thrown(cause);
        return thrown instanceof SSLException && !text(thrown).contains("closed");
    }

    /** Whether the other end is there no more: it has closed the connection or reset it, or the network has. */
    static boolean isGone(Throwable cause) {
        return thrown(cause) instanceof IOException && !isRefusal(cause);
    }

    private static Throwable thrown(Throwable cause) {
        return cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
    }

    static String silent(String remote, long millis) {
        return "nothing was heard from " + remote + " for " + (millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms");
    }

    static String gone(String remote) {
        return remote + " has gone without a word";
    }

    private static String text(Throwable cause) {
        return String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    }

    private static String plain(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage().lines().findFirst().orElse("");
    }
}
