package org.superstep.hadoop;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.spi.FileSystemProvider;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One of Hadoop's file systems behind Java's interface. Files are written once, from the beginning to the end; later only at the end, by
 * one writer at a time. There are no links and no changes of attributes. A folder is created without telling two creators apart: who must
 * be the only one creates a file, or renames. Loads no class of Hadoop's before the first file is touched.
 */
abstract class HadoopProvider extends FileSystemProvider {
    private static final Set<OpenOption> KNOWN = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.APPEND,
        StandardOpenOption.CREATE, StandardOpenOption.CREATE_NEW, StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.SPARSE);

    private final String scheme;
    private final boolean isObjectStore;
    private final Map<String, HadoopFileSystem> byAuthority = new ConcurrentHashMap<>();

    /**
     * For the file system that Hadoop knows by this scheme.
     *
     * @param isObjectStore whether its files appear when they are closed, and are neither renamed at once nor written on
     */
    HadoopProvider(String scheme, boolean isObjectStore) {
        this.scheme = scheme;
        this.isObjectStore = isObjectStore;
    }

    final boolean isObjectStore() {
        return isObjectStore;
    }

    @Override public final String getScheme() {
        return scheme;
    }

    @Override public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException(scheme + " is set up by the files in HADOOP_CONF_DIR; name a path of it");
    }

    @Override public HadoopFileSystem getFileSystem(URI uri) {
        if (!scheme.equalsIgnoreCase(uri.getScheme())) {
            throw new IllegalArgumentException("a URI must begin with " + scheme + "://, was " + uri);
        }
        return byAuthority.computeIfAbsent(uri.getAuthority() == null ? "" : uri.getAuthority(),
            authority -> new HadoopFileSystem(this, authority));
    }

    @Override public Path getPath(URI uri) {
        String path = uri.getPath();
        return getFileSystem(uri).getPath(path == null || path.isEmpty() ? "/" : path);
    }

    /** The path as one of this provider's. */
    private HadoopPath ours(Path path) {
        if (path instanceof HadoopPath ours && ours.getFileSystem().provider() == this) {
            return ours.toAbsolutePath();
        }
        throw new ProviderMismatchException(path + " is no path of " + scheme);
    }

    private HadoopClient client(HadoopPath path) throws IOException {
        return path.getFileSystem().client(path);
    }

    @Override public SeekableByteChannel newByteChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        return open(path, options, false, attributes);
    }

    /** Who opens a channel of this kind may want to force what was written, for which a file must be made otherwise. */
    @Override public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        return open(path, options, true, attributes);
    }

    private FileChannel open(Path path, Set<? extends OpenOption> options, boolean isForced, FileAttribute<?>... attributes)
            throws IOException {
        refuse(attributes);
        if (!KNOWN.containsAll(options)) {
            var unknown = new HashSet<OpenOption>(options);
            unknown.removeAll(KNOWN);
            throw new UnsupportedOperationException(scheme + " opens no file with " + unknown);
        }
        HadoopPath file = ours(path);
        HadoopClient client = client(file);
        boolean appends = options.contains(StandardOpenOption.APPEND);
        if (!appends && !options.contains(StandardOpenOption.WRITE)) {
            return HadoopChannel.reading(client, file);
        }
        boolean reads = options.contains(StandardOpenOption.READ);
        if (options.contains(StandardOpenOption.CREATE_NEW)) {
            return HadoopChannel.creating(client, file, false, reads, isForced);
        }
        boolean creates = options.contains(StandardOpenOption.CREATE);
        if (creates || options.contains(StandardOpenOption.TRUNCATE_EXISTING) && !appends) {
            boolean isThere = client.isThere(file);
            if (!isThere && creates || isThere && options.contains(StandardOpenOption.TRUNCATE_EXISTING) && !appends) {
                return HadoopChannel.creating(client, file, true, reads, isForced);
            }
        }
        return HadoopChannel.appending(client, file, reads, appends);
    }

    private void refuse(FileAttribute<?>... attributes) {
        if (attributes.length > 0) {
            throw new UnsupportedOperationException(scheme + " creates no file with the attribute " + attributes[0].name());
        }
    }

    @Override public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        HadoopPath ours = ours(folder);
        return client(ours).list(ours, filter);
    }

    @Override public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
        refuse(attributes);
        HadoopPath ours = ours(folder);
        client(ours).createFolder(ours);
    }

    @Override public void delete(Path path) throws IOException {
        HadoopPath ours = ours(path);
        client(ours).delete(ours);
    }

    @Override public void copy(Path source, Path target, CopyOption... options) throws IOException {
        HadoopPath from = ours(source);
        HadoopPath to = ours(target);
        boolean replaces = false;
        for (CopyOption option : options) {
            if (option == StandardCopyOption.ATOMIC_MOVE) {
                throw new UnsupportedOperationException("a copy is never atomic");
            }
            replaces |= option == StandardCopyOption.REPLACE_EXISTING;
        }
        if (from.equals(to)) {
            return;
        }
        if (readAttributes(from, BasicFileAttributes.class).isDirectory()) {
            if (replaces) {
                deleteIfExists(to);
            }
            createDirectory(to);
            return;
        }
        if (replaces) {
            if (client(to).isThere(to) && readAttributes(to, BasicFileAttributes.class).isDirectory()) {
                delete(to);
            }
        } else if (client(to).isThere(to)) {
            throw new FileAlreadyExistsException(to.toString());
        }
        try (InputStream in = Files.newInputStream(from);
                OutputStream out = replaces ? Files.newOutputStream(to)
                    : Files.newOutputStream(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            in.transferTo(out);
        }
    }

    @Override public void move(Path source, Path target, CopyOption... options) throws IOException {
        HadoopPath from = ours(source);
        HadoopPath to = ours(target);
        var wanted = Set.of(options);
        if (from.getFileSystem() == to.getFileSystem()) {
            // Atomic, as it replaces here what it would replace on a local file system.
            boolean replaces = wanted.contains(StandardCopyOption.REPLACE_EXISTING) || wanted.contains(StandardCopyOption.ATOMIC_MOVE);
            client(from).rename(from, to, replaces);
        } else if (wanted.contains(StandardCopyOption.ATOMIC_MOVE)) {
            throw new AtomicMoveNotSupportedException(from.toString(), to.toString(), "they are on different file systems");
        } else if (Files.isDirectory(from)) {
            throw new FileSystemException(from.toString(), to.toString(), "a folder cannot be moved to another file system");
        } else {
            copy(from, to, options);
            delete(from);
        }
    }

    @Override public boolean isSameFile(Path one, Path other) {
        return one.equals(other) || one instanceof HadoopPath && other instanceof HadoopPath
            && one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }

    @Override public boolean isHidden(Path path) {
        Path name = path.getFileName();
        return name != null && name.toString().startsWith(".");
    }

    @Override public FileStore getFileStore(Path path) throws IOException {
        HadoopPath ours = ours(path);
        HadoopClient client = client(ours);
        client.attributes(ours);
        return new HadoopFileStore(client, ours);
    }

    @Override public void checkAccess(Path path, AccessMode... modes) throws IOException {
        HadoopPath ours = ours(path);
        client(ours).checkAccess(ours, List.of(modes));
    }

    @Override public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        return type == BasicFileAttributeView.class ? type.cast(new View(path)) : null;
    }

    @Override public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        if (type != BasicFileAttributes.class) {
            throw new UnsupportedOperationException(scheme + " has no attributes of " + type.getSimpleName());
        }
        HadoopPath ours = ours(path);
        return type.cast(client(ours).attributes(ours));
    }

    @Override public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) {
        throw new UnsupportedOperationException(scheme + " tells attributes by class, not by name");
    }

    @Override public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
        throw new UnsupportedOperationException(scheme + " changes no attributes");
    }

    /** The basic attributes, which can be read alone. */
    private record View(Path path) implements BasicFileAttributeView {
        @Override public String name() {
            return "basic";
        }

        @Override public BasicFileAttributes readAttributes() throws IOException {
            return Files.readAttributes(path, BasicFileAttributes.class);
        }

        @Override public void setTimes(FileTime modified, FileTime accessed, FileTime created) {
            throw new UnsupportedOperationException("the times of " + path + " are not changed");
        }
    }
}
