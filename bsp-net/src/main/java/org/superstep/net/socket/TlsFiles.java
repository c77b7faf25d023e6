package org.superstep.net.socket;

import java.nio.file.Path;
import java.util.Objects;

/**
 * What a process needs to speak TLS, as PEM files. Both ends show a certificate that the same authority has signed. The name in it is not
 * compared with the host's: workers come and go, and whom the authority has signed for belongs to the cluster.
 *
 * @param certificate this process's, followed by any between it and the authority's
 * @param key the certificate's private key, in PKCS #8, without a password
 * @param authority the certificate of the authority
 */
public record TlsFiles(Path certificate, Path key, Path authority) {
    /** Checks that all are named. */
    public TlsFiles {
        Objects.requireNonNull(certificate, "certificate");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(authority, "authority");
    }
}
