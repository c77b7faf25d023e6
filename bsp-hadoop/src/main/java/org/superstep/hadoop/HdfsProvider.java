package org.superstep.hadoop;

/** {@code hdfs://}; found by Java as a service. */
public final class HdfsProvider extends HadoopProvider {
    /** For {@link java.util.ServiceLoader}. */
    public HdfsProvider() {
        super("hdfs", false);
    }
}
