package org.superstep.hadoop;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.ParentNotDirectoryException;
import org.apache.hadoop.fs.PathIsNotEmptyDirectoryException;
import org.apache.hadoop.hdfs.protocol.AlreadyBeingCreatedException;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.security.AccessControlException;

/** What Hadoop throws, as Java's file systems would throw it: of the type that says what is wrong, in one line that says where. */
final class HadoopFault {
    /** What S3A throws where a file that was to be new is there when it is closed; a class of jars that need not be there. */
    private static final String FOUND_WHEN_CLOSED = "org.apache.hadoop.fs.s3a.RemoteFileChangedException";

    private HadoopFault() {
    }

    /** The same fault of this path; the cause is kept. */
    static FileSystemException of(Exception thrown, HadoopPath path) {
        if (thrown instanceof FileSystemException already) {
            return already;
        }
        FileSystemException fault = told(unwrapped(thrown), path);
        fault.initCause(thrown);
        return fault;
    }

    private static Throwable unwrapped(Exception thrown) {
        return thrown instanceof RemoteException remote ? remote.unwrapRemoteException() : thrown;
    }

    /** Whether it says that the file is there, and somebody writes it. */
    static boolean saysWritten(IOException thrown) {
        return isWritten(unwrapped(thrown));
    }

    private static boolean isWritten(Throwable cause) {
        // The second is a class of the server's, which a client does not have.
        return cause instanceof AlreadyBeingCreatedException
            || cause instanceof RemoteException remote && remote.getClassName().endsWith(".RecoveryInProgressException");
    }

    private static FileSystemException told(Throwable cause, HadoopPath path) {
        String name = path.toString();
        String reason = reason(cause);
        if (cause instanceof FileNotFoundException) {
            return reason.startsWith("Path is not a file") ? new FileSystemException(name, null, "is a folder")
                : new NoSuchFileException(name);
        }
        if (cause instanceof FileAlreadyExistsException || cause.getClass().getName().equals(FOUND_WHEN_CLOSED)) {
            return new java.nio.file.FileAlreadyExistsException(name);
        }
        if (cause instanceof AccessControlException) {
            return new AccessDeniedException(name, null, reason);
        }
        if (cause instanceof PathIsNotEmptyDirectoryException) {
            return new DirectoryNotEmptyException(name);
        }
        if (cause instanceof ParentNotDirectoryException) {
            return new FileSystemException(name, null, "what it should be in is no folder");
        }
        if (isWritten(cause)) {
            return new FileSystemException(name, null, "another process writes it, or has died less than a minute ago while it did");
        }
        boolean isObjectStore = path.getFileSystem().provider().isObjectStore();
        for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
            if (inner instanceof ClassNotFoundException) {
                String scheme = path.getFileSystem().provider().getScheme();
                return new FileSystemException(name, null, "Hadoop's client of " + scheme + " is not whole (" + inner.getMessage()
                    + "); put its jars into lib/ext, as docs/hadoop.md shows");
            }
            if (isObjectStore && (inner instanceof UnknownHostException || inner instanceof ConnectException)) {
                return new FileSystemException(name, null, "no store answers (" + inner.getMessage() + "); check fs.s3a.endpoint and"
                    + " fs.s3a.endpoint.region in HADOOP_CONF_DIR's core-site.xml");
            }
            if (inner instanceof UnknownHostException) {
                return new FileSystemException(name, null, "there is no host or name service " + inner.getMessage() + "; check the name, or"
                    + " set HADOOP_CONF_DIR to the folder whose hdfs-site.xml knows it");
            }
            if (inner instanceof ConnectException || inner instanceof NoRouteToHostException || inner instanceof SocketTimeoutException) {
                return new FileSystemException(name, null, "no NameNode answers at " + path.getFileSystem().authority()
                    + "; check host and port (hdfs getconf -confKey fs.defaultFS), and that HDFS runs");
            }
        }
        return new FileSystemException(name, null, reason);
    }

    /** What is told in the first line: behind it comes a server's stack. */
    private static String reason(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message.lines().findFirst().orElse("");
    }
}
