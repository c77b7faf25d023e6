/**
 * Hadoop's file systems as Java's own: {@code hdfs://host:port/path} is a {@link java.nio.file.Path}, and all that the other modules do
 * with files they do with it too, without a word about Hadoop. {@code s3a://} lacks what object stores lack: a file is there when it is
 * closed, and neither renamed nor written on ({@code HadoopClient}).
 *
 * <p>Read {@link org.superstep.hadoop.HadoopProvider} first, which Java finds as a service when a path with a scheme is named, then
 * {@code HadoopClient}, which does the work. Provider, {@code HadoopFileSystem} and {@code HadoopPath} know names alone and use no class
 * of Hadoop's, so that it costs nothing to have them; a client is made when the first file is touched. What Hadoop throws becomes what
 * Java's file systems throw, in one line ({@code HadoopFault}).
 */
package org.superstep.hadoop;
