package org.superstep.net.socket;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.File;
import java.nio.file.Path;

/** An authority of its own, and what it has signed, as files. */
final class Certificates {
    private final X509Bundle authority;

    private Certificates(X509Bundle authority) {
        this.authority = authority;
    }

    /** A new authority. */
    static Certificates authority(String name) throws Exception {
        return new Certificates(new CertificateBuilder().ecp256().subject("CN=" + name).setIsCertificateAuthority(true).buildSelfSigned());
    }

    /** A certificate that it has signed, for one that trusts another authority, or the same. */
    TlsFiles signed(Certificates trusted) throws Exception {
        X509Bundle bundle = new CertificateBuilder().ecp256().subject("CN=worker").buildIssuedBy(authority);
        return new TlsFiles(kept(bundle.toTempCertChainPem()), kept(bundle.toTempPrivateKeyPem()),
            kept(trusted.authority.toTempRootCertPem()));
    }

    private static Path kept(File file) {
        file.deleteOnExit();
        return file.toPath();
    }
}
