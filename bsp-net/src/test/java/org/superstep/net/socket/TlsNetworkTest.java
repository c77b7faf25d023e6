package org.superstep.net.socket;

/** The laws of a network, over TLS. */
class TlsNetworkTest extends SocketNetworkTest {
    private static TlsFiles files;

    @Override SocketOptions options() throws Exception {
        if (files == null) {
            Certificates authority = Certificates.authority("ours");
            files = authority.signed(authority);
        }
        return SocketOptions.defaults().withTls(files);
    }
}
