package org.superstep.simulation;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/** What can be done with the files of one {@link MemoryFiles}. Folders are there as soon as somebody asks for them, and as long. */
final class MemoryProvider extends FileSystemProvider {
    private final MemoryFiles files;

    MemoryProvider(MemoryFiles files) {
        this.files = files;
    }

    /** That of local files, so that all is done with them that is done with those. */
    @Override public String getScheme() {
        return "file";
    }

    @Override public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        MemoryFiles.MemoryFile file = files.find(path.toString());
        boolean mayMake = options.contains(StandardOpenOption.CREATE) || options.contains(StandardOpenOption.CREATE_NEW);
        if (file != null && options.contains(StandardOpenOption.CREATE_NEW)) {
            throw new FileAlreadyExistsException(path.toString());
        }
        if (file == null && !mayMake) {
            throw new NoSuchFileException(path.toString());
        }
        if (file == null) {
            file = new MemoryFiles.MemoryFile();
            files.put(path.toString(), file);
        } else if (options.contains(StandardOpenOption.TRUNCATE_EXISTING)) {
            file.length = 0;
        }
        return new MemoryChannel(files, file);
    }

    @Override public SeekableByteChannel newByteChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
        var paths = new ArrayList<Path>();
        for (String path : files.in(folder.toString())) {
            var found = new MemoryPath(files, path);
            if (filter.accept(found)) {
                paths.add(found);
            }
        }
        return new DirectoryStream<>() {
            @Override public Iterator<Path> iterator() {
                return paths.iterator();
            }

            @Override public void close() {
                // There is nothing to let go of.
            }
        };
    }

    @Override public void createDirectory(Path folder, FileAttribute<?>... attributes) {
        // It is there.
    }

    @Override public void delete(Path path) throws IOException {
        if (files.remove(path.toString()) == null) {
            throw new NoSuchFileException(path.toString());
        }
    }

    @Override public void move(Path from, Path to, CopyOption... options) throws IOException {
        MemoryFiles.MemoryFile file = files.remove(from.toString());
        if (file == null) {
            throw new NoSuchFileException(from.toString());
        }
        files.put(to.toString(), file);
    }

    @Override public void checkAccess(Path path, AccessMode... modes) throws IOException {
        if (files.find(path.toString()) == null) {
            throw new NoSuchFileException(path.toString());
        }
    }

    @Override public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options) throws IOException {
        checkAccess(path);
        return type.cast(new Attributes(files.find(path.toString()).length));
    }

    @Override public void copy(Path from, Path to, CopyOption... options) {
        throw new UnsupportedOperationException();
    }

    @Override public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException();
    }

    @Override public FileSystem getFileSystem(URI uri) {
        throw new UnsupportedOperationException();
    }

    @Override public Path getPath(URI uri) {
        throw new UnsupportedOperationException();
    }

    @Override public boolean isSameFile(Path one, Path other) {
        return one.equals(other);
    }

    @Override public boolean isHidden(Path path) {
        return false;
    }

    @Override public FileStore getFileStore(Path path) {
        throw new UnsupportedOperationException();
    }

    @Override public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        throw new UnsupportedOperationException();
    }

    @Override public Map<String, Object> readAttributes(Path path, String names, LinkOption... options) {
        throw new UnsupportedOperationException();
    }

    @Override public void setAttribute(Path path, String name, Object value, LinkOption... options) {
        throw new UnsupportedOperationException();
    }

    /** Of a file, that it is one and how long. */
    private record Attributes(long size) implements BasicFileAttributes {
        @Override public FileTime lastModifiedTime() {
            return FileTime.fromMillis(0);
        }

        @Override public FileTime lastAccessTime() {
            return lastModifiedTime();
        }

        @Override public FileTime creationTime() {
            return lastModifiedTime();
        }

        @Override public boolean isRegularFile() {
            return true;
        }

        @Override public boolean isDirectory() {
            return false;
        }

        @Override public boolean isSymbolicLink() {
            return false;
        }

        @Override public boolean isOther() {
            return false;
        }

        @Override public Object fileKey() {
            return null;
        }
    }
}
