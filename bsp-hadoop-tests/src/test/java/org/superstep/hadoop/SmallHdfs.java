package org.superstep.hadoop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/** A NameNode and three DataNodes in this JVM, on the loopback interface; started for the first test, gone with the JVM. */
final class SmallHdfs {
    static final int DATA_NODES = 3;
    private static final AtomicInteger FOLDERS = new AtomicInteger();
    private static final MiniDFSCluster CLUSTER = started();

    private SmallHdfs() {
    }

    private static MiniDFSCluster started() {
        try {
            var configuration = new Configuration();
            configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, Path.of("target", "hdfs").toAbsolutePath().toString());
            // Three nodes of three threads each will do, where a data centre's have hundreds.
            configuration.setInt("dfs.namenode.handler.count", 4);
            configuration.setInt("dfs.datanode.handler.count", 3);
            // A block a megabyte, so that files have several.
            configuration.setLong("dfs.blocksize", 1 << 20);
            configuration.setLong("dfs.namenode.fs-limits.min-block-size", 1 << 10);
            var cluster = new MiniDFSCluster.Builder(configuration).numDataNodes(DATA_NODES).build();
            cluster.waitActive();
            return cluster;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it is: {@code hdfs://localhost:PORT}. */
    static String uri() {
        return CLUSTER.getURI().toString();
    }

    /** A new folder of its own. */
    static Path folder() throws IOException {
        return Files.createDirectory(Path.of(URI.create(uri() + "/folder" + FOLDERS.incrementAndGet())));
    }

    /** Stops one DataNode, does this, and starts it again. */
    static void withoutOneDataNode(Deed deed) throws Exception {
        MiniDFSCluster.DataNodeProperties stopped = CLUSTER.stopDataNode(0);
        try {
            deed.done();
        } finally {
            CLUSTER.restartDataNode(stopped, true);
            CLUSTER.waitActive();
        }
    }

    /** Something that is done meanwhile. */
    @FunctionalInterface
    interface Deed {
        /** Does it. */
        void done() throws Exception;
    }
}
