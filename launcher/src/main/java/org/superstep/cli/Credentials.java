package org.superstep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.superstep.net.HostPort;
import org.superstep.net.Network;
import org.superstep.net.socket.Packing;
import org.superstep.net.socket.Secret;
import org.superstep.net.socket.SocketNetwork;
import org.superstep.net.socket.SocketOptions;
import org.superstep.net.socket.TlsFiles;

/**
 * What a process of a cluster proves itself with to the others, and how it is told so on a command line.
 *
 * @param secret the secret that all of the cluster's processes know, if there is one
 * @param tls what encrypts their connections, if anything does
 * @param words the options that have said so, each with a blank before it, for commands that are suggested to the user
 */
record Credentials(Optional<Secret> secret, Optional<TlsFiles> tls, String words) {
    /** Where a master listens, unless it is told otherwise. */
    static final String MASTER = "localhost:7077";
    /** Which {@link Packing} there is: no option, since it finds out for itself; benchmarks compare with NEVER. */
    private static final String PACKING = "superstep.packing";
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE,
        PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE);

    /** None at all: good for a cluster on one machine. */
    static final Credentials NONE = new Credentials(Optional.empty(), Optional.empty(), "");

    /** Adds the option that names a master. */
    static CommandOptions addMasterTo(CommandOptions options) {
        return options.value("master", "HOST:PORT", "where the cluster's master listens (" + MASTER + ")");
    }

    /** Adds the options for these. */
    static CommandOptions addTo(CommandOptions options) {
        return options
            .value("secret-file", "FILE", "holds the secret that all of the cluster's processes share; needed by one that listens to other"
                + " machines")
            .value("tls-cert", "FILE", "this process's certificate, PEM; with the next two, connections are encrypted")
            .value("tls-key", "FILE", "its private key, PEM")
            .value("tls-ca", "FILE", "certificates of those who sign the cluster's, PEM; who has none of theirs is turned away");
    }

    /** Where the master is that the user has named. */
    static HostPort master(Arguments arguments) {
        return arguments.address("master", MASTER);
    }

    /** Those that the user has named. */
    static Credentials of(Arguments arguments) {
        var words = new StringBuilder();
        for (String option : new String[] {"secret-file", "tls-cert", "tls-key", "tls-ca"}) {
            arguments.text(option).ifPresent(value -> words.append(" --").append(option).append(' ').append(value));
        }
        Optional<Secret> secret = arguments.text("secret-file").map(Credentials::secret);
        Optional<String> certificate = arguments.text("tls-cert");
        Optional<String> key = arguments.text("tls-key");
        Optional<String> authority = arguments.text("tls-ca");
        if (certificate.isEmpty() && key.isEmpty() && authority.isEmpty()) {
            return new Credentials(secret, Optional.empty(), words.toString());
        }
        if (certificate.isEmpty() || key.isEmpty() || authority.isEmpty()) {
            throw new UsageException("TLS needs all of --tls-cert FILE, --tls-key FILE and --tls-ca FILE; "
                + (certificate.isEmpty() ? "--tls-cert" : key.isEmpty() ? "--tls-key" : "--tls-ca") + " is missing");
        }
        var tls = new TlsFiles(readable("tls-cert", certificate.get()), readable("tls-key", key.get()),
            readable("tls-ca", authority.get()));
        refuseOthers("tls-key", tls.key());
        return new Credentials(secret, Optional.of(tls), words.toString());
    }

    private static Path readable(String option, String text) {
        Path path = Destination.pathOf(option, text);
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            throw new UsageException("--" + option + " " + text + ": " + (!Files.exists(path) ? "there is no such file"
                : Files.isDirectory(path) ? "is a folder; name a file" : "may not be read; check its permissions (ls -l)"));
        }
        return path;
    }

    private static Secret secret(String text) {
        Path path = readable("secret-file", text);
        refuseOthers("secret-file", path);
        try {
            return Secret.read(path);
        } catch (IOException e) {
            throw new UsageException(e.getMessage(), e);
        }
    }

    /** As ssh does with keys: what others of this machine can read or write is none. */
    private static void refuseOthers(String option, Path path) {
        try {
            for (PosixFilePermission permission : Files.getPosixFilePermissions(path)) {
                if (OTHERS.contains(permission)) {
                    throw new UsageException("--" + option + " " + path + ": others may read or change it; make it yours alone: chmod 600 "
                        + path);
                }
            }
        } catch (UnsupportedOperationException e) {
            // A file system without such permissions has other means, which are its administrator's business.
            return;
        } catch (IOException e) {
            throw new UsageException("--" + option + " " + path + ": " + Destination.reason(e), e);
        }
    }

    /** Whether what is said over such a network is sealed, so that a bit that is flipped on its way is found. */
    boolean seal() {
        return secret.isPresent() || tls.isPresent();
    }

    /** A network whose connections are proved by these. */
    Network network() {
        return network(SocketOptions.defaults().timeout());
    }

    /** The same, whose connections are given up when nothing was heard for so long. */
    Network network(Duration timeout) {
        var options = SocketOptions.defaults().withTimeout(timeout)
            .withPacking(Packing.valueOf(System.getProperty(PACKING, Packing.WHEN_FASTER.name())));
        if (secret.isPresent()) {
            options = options.withSecret(secret.get());
        }
        if (tls.isPresent()) {
            options = options.withTls(tls.get());
        }
        try {
            return new SocketNetwork(options);
        } catch (IOException e) {
            throw new UsageException(e.getMessage(), e);
        }
    }
}
