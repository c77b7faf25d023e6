package org.superstep.hadoop;

import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessMode;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FsStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.permission.FsAction;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's client of one file system, with what Java's file systems promise: that parents are not made by the way, that what is there is
 * not taken for made, and their exceptions. Any thread may use it.
 */
final class HadoopClient {
    private static final int BUFFER_BYTES = 1 << 16;

    private static final String ELSEWHERE = "; write it to a disk or to hdfs://";

    private final FileSystem files;
    /** Hadoop's other interface to the same files, which alone can rename one over another. */
    private final FileContext context;
    private final boolean isObjectStore;

    private HadoopClient(FileSystem files, FileContext context, boolean isObjectStore) {
        this.isObjectStore = isObjectStore;
        this.files = files;
        this.context = context;
    }

    /** The client of the file system on which this path is, as HADOOP_CONF_DIR sets it up. */
    static HadoopClient of(HadoopPath path) throws IOException {
        // Hadoop's threads, which live as long as the JVM, must not keep the class loader of the job that happens to be the first.
        var thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ClassLoader ours = HadoopClient.class.getClassLoader();
        thread.setContextClassLoader(ours);
        try {
            Configuration configuration = configuration(System.getenv("HADOOP_CONF_DIR"));
            configuration.setClassLoader(ours);
            // An instance of our own: what others in this JVM get from Hadoop's cache they may close.
            FileSystem files = FileSystem.newInstance(path.getFileSystem().uri("/"), configuration);
            return new HadoopClient(files, FileContext.getFileContext(files.getUri(), configuration),
                path.getFileSystem().provider().isObjectStore());
        } catch (IOException | RuntimeException e) {
            // By a RuntimeException it tells of a host that has no address, and of settings that are none.
            throw HadoopFault.of(e, path);
        } catch (NoClassDefFoundError e) {
            throw HadoopFault.of(new IOException(e), path);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Hadoop's defaults, ours over them, and over these what the user's files in this folder say, if there is one. */
    static Configuration configuration(String folder) {
        var configuration = new Configuration();
        configuration.addResource(HadoopClient.class.getResource("defaults.xml"));
        if (folder != null && !folder.isEmpty()) {
            for (String name : List.of("core-site.xml", "hdfs-site.xml")) {
                Path file = Path.of(folder, name);
                if (Files.exists(file)) {
                    configuration.addResource(new org.apache.hadoop.fs.Path(file.toUri()));
                }
            }
        }
        return configuration;
    }

    /** By the address that Hadoop has found, where the name has none. */
    private org.apache.hadoop.fs.Path named(HadoopPath path) {
        URI uri = files.getUri();
        return new org.apache.hadoop.fs.Path(uri.getScheme(), uri.getAuthority(), path.normalize().text());
    }

    @FunctionalInterface
    private interface Call<T> {
        T made() throws IOException;
    }

    private static <T> T call(HadoopPath path, Call<T> call) throws IOException {
        try {
            return call.made();
        } catch (IOException e) {
            throw HadoopFault.of(e, path);
        }
    }

    FSDataInputStream open(HadoopPath file) throws IOException {
        return call(file, () -> files.open(named(file), BUFFER_BYTES));
    }

    /**
     * Creates a file in a folder that is there.
     *
     * @param replaces whether there may be one
     * @param syncs whether each block is made safe when it is full: what is forced later is the last one alone
     */
    FSDataOutputStream create(HadoopPath file, boolean replaces, boolean syncs) throws IOException {
        var flags = EnumSet.of(CreateFlag.CREATE);
        if (replaces) {
            flags.add(CreateFlag.OVERWRITE);
        }
        if (syncs) {
            flags.add(CreateFlag.SYNC_BLOCK);
        }
        org.apache.hadoop.fs.Path named = named(file);
        try {
            if (isObjectStore) {
                // What two find free at once only the store can give to one, when the file is closed: by one request that says so.
                FSDataOutputStreamBuilder<?, ?> builder = files.createFile(named);
                if (!replaces) {
                    builder.must(Options.CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE, true);
                }
                return builder.build();
            }
            return files.createNonRecursive(named, FsPermission.getFileDefault(), flags, BUFFER_BYTES, files.getDefaultReplication(named),
                files.getDefaultBlockSize(named), null);
        } catch (IOException e) {
            if (!replaces && HadoopFault.saysWritten(e)) {
                throw new FileAlreadyExistsException(file.toString());
            }
            throw HadoopFault.of(e, file);
        }
    }

    /** Opens a file that is there to be written on; fails while anybody else writes it. */
    FSDataOutputStream append(HadoopPath file) throws IOException {
        if (isObjectStore) {
            throw new FileSystemException(file.toString(), null, "an object store writes no file on" + ELSEWHERE);
        }
        return call(file, () -> files.append(named(file), BUFFER_BYTES));
    }

    boolean isThere(HadoopPath path) throws IOException {
        return call(path, () -> files.exists(named(path)));
    }

    BasicFileAttributes attributes(HadoopPath path) throws IOException {
        return call(path, () -> new Attributes(files.getFileStatus(named(path))));
    }

    FsStatus room(HadoopPath path) throws IOException {
        return call(path, () -> files.getStatus(named(path)));
    }

    void checkAccess(HadoopPath path, List<AccessMode> modes) throws IOException {
        call(path, () -> {
            FsAction action = FsAction.NONE;
            for (AccessMode mode : modes) {
                action = action.or(switch (mode) {
                    case READ -> FsAction.READ;
                    case WRITE -> FsAction.WRITE;
                    case EXECUTE -> FsAction.EXECUTE;
                });
            }
            if (action == FsAction.NONE) {
                files.getFileStatus(named(path));
            } else {
                files.access(named(path), action);
            }
            return null;
        });
    }

    /** Hadoop would make the parents too, and call a folder made that is there. */
    void createFolder(HadoopPath folder) throws IOException {
        if (isThere(folder)) {
            throw new FileAlreadyExistsException(folder.toString());
        }
        call(folder, () -> {
            context.mkdir(named(folder), FsPermission.getDirDefault(), false);
            return null;
        });
    }

    void delete(HadoopPath path) throws IOException {
        if (!call(path, () -> files.delete(named(path), false))) {
            throw new NoSuchFileException(path.toString());
        }
    }

    void rename(HadoopPath from, HadoopPath to, boolean replaces) throws IOException {
        if (isObjectStore) {
            throw new AtomicMoveNotSupportedException(from.toString(), to.toString(), "an object store renames no file" + ELSEWHERE);
        }
        call(from, () -> {
            context.rename(named(from), named(to), replaces ? Options.Rename.OVERWRITE : Options.Rename.NONE);
            return null;
        });
    }

    DirectoryStream<Path> list(HadoopPath folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
        if (!attributes(folder).isDirectory()) {
            throw new NotDirectoryException(folder.toString());
        }
        return new Listing(folder, call(folder, () -> files.listStatusIterator(named(folder))), filter);
    }

    /** What the NameNode says of a file. */
    private record Attributes(FileStatus status) implements BasicFileAttributes {
        @Override public FileTime lastModifiedTime() {
            return FileTime.fromMillis(status.getModificationTime());
        }

        @Override public FileTime lastAccessTime() {
            return FileTime.fromMillis(status.getAccessTime());
        }

        @Override public FileTime creationTime() {
            return lastModifiedTime();
        }

        @Override public boolean isRegularFile() {
            return status.isFile();
        }

        @Override public boolean isDirectory() {
            return status.isDirectory();
        }

        @Override public boolean isSymbolicLink() {
            return status.isSymlink();
        }

        @Override public boolean isOther() {
            return false;
        }

        @Override public long size() {
            return status.getLen();
        }

        @Override public Object fileKey() {
            return null;
        }
    }

    /** What a folder holds, asked for piece by piece. */
    private static final class Listing implements DirectoryStream<Path>, Iterator<Path> {
        private final HadoopPath folder;
        private final RemoteIterator<FileStatus> statuses;
        private final Filter<? super Path> filter;
        private Path next;
        private boolean isTaken;
        private boolean isClosed;

        Listing(HadoopPath folder, RemoteIterator<FileStatus> statuses, Filter<? super Path> filter) {
            this.folder = folder;
            this.statuses = statuses;
            this.filter = filter;
        }

        @Override public Iterator<Path> iterator() {
            if (isTaken || isClosed) {
                throw new IllegalStateException("a folder's listing is gone through once, before it is closed");
            }
            isTaken = true;
            return this;
        }

        @Override public boolean hasNext() {
            try {
                while (next == null && !isClosed && statuses.hasNext()) {
                    Path path = folder.resolve(statuses.next().getPath().getName());
                    next = filter.accept(path) ? path : null;
                }
            } catch (IOException e) {
                throw new DirectoryIteratorException(HadoopFault.of(e, folder));
            }
            return next != null;
        }

        @Override public Path next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Path path = next;
            next = null;
            return path;
        }

        @Override public void close() {
            isClosed = true;
        }
    }
}
