package org.superstep.hadoop;

/**
 * {@code s3a://}, where Hadoop's jars for it are on the class path; found by Java as a service. A file is there when its channel
 * was closed, and not before. Nothing is renamed or appended to.
 */
public final class S3aProvider extends HadoopProvider {
    /** For {@link java.util.ServiceLoader}. */
    public S3aProvider() {
        super("s3a", true);
    }
}
