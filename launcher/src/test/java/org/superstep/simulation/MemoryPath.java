package org.superstep.simulation;

import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;

/** A path of {@link MemoryFiles}: names behind slashes. */
final class MemoryPath implements Path {
    private final MemoryFiles files;
    private final String path;

    MemoryPath(MemoryFiles files, String path) {
        this.files = files;
        this.path = path;
    }

    @Override public FileSystem getFileSystem() {
        return files;
    }

    @Override public boolean isAbsolute() {
        return path.startsWith("/");
    }

    @Override public Path getRoot() {
        return isAbsolute() ? new MemoryPath(files, "/") : null;
    }

    @Override public Path getFileName() {
        return new MemoryPath(files, path.substring(path.lastIndexOf('/') + 1));
    }

    @Override public Path getParent() {
        int last = path.lastIndexOf('/');
        return last <= 0 ? getRoot() : new MemoryPath(files, path.substring(0, last));
    }

    @Override public int getNameCount() {
        return (int) path.chars().filter(c -> c == '/').count() + (isAbsolute() ? 0 : 1);
    }

    @Override public Path getName(int index) {
        throw new UnsupportedOperationException();
    }

    @Override public Path subpath(int begin, int end) {
        throw new UnsupportedOperationException();
    }

    @Override public boolean startsWith(Path other) {
        return path.equals(other.toString()) || path.startsWith(other + "/");
    }

    @Override public boolean endsWith(Path other) {
        return path.equals(other.toString()) || path.endsWith("/" + other);
    }

    @Override public Path normalize() {
        return this;
    }

    @Override public Path resolve(Path other) {
        return other.isAbsolute() ? other : new MemoryPath(files, path + "/" + other);
    }

    @Override public Path relativize(Path other) {
        throw new UnsupportedOperationException();
    }

    @Override public URI toUri() {
        return URI.create("memory:" + path);
    }

    @Override public Path toAbsolutePath() {
        return this;
    }

    @Override public Path toRealPath(LinkOption... options) {
        return this;
    }

    @Override public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException();
    }

    @Override public int compareTo(Path other) {
        return path.compareTo(other.toString());
    }

    @Override public boolean equals(Object other) {
        return other instanceof MemoryPath that && that.files == files && that.path.equals(path);
    }

    @Override public int hashCode() {
        return path.hashCode();
    }

    @Override public String toString() {
        return path;
    }
}
