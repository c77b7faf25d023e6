package org.superstep.net;

import java.util.Objects;

/**
 * Where a process listens, {@code HOST:PORT}; an IPv6 address stands in brackets.
 *
 * @param host a name or an address
 * @param port from 0 to 65535; 0: any free one, where something is to listen
 */
public record HostPort(String host, int port) {
    /** Checks the port. */
    public HostPort {
        Objects.requireNonNull(host, "host");
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("a port is from 0 to 65535, was " + port);
        }
    }

    /** What the text names; {@link IllegalArgumentException} where it is no host and port. */
    public static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.contains(":")) {
            throw new IllegalArgumentException("\"" + text + "\" is no HOST:PORT; an IPv6 address stands in brackets: [::1]:7077");
        }
        String port = text.substring(colon + 1);
        if (host.isEmpty() || !port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65535) {
            throw new IllegalArgumentException("\"" + text + "\" is no HOST:PORT, such as localhost:7077");
        }
        return new HostPort(host, Integer.parseInt(port));
    }

    @Override public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
