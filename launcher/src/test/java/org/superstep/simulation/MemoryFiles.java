package org.superstep.simulation;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * A disk that all processes see, in memory: as much of a file system as checkpoints need. It can be full, and what lies on it can be cut
 * off or changed. Each world has its own. Used by one thread at a time.
 */
final class MemoryFiles extends FileSystem {
    private final MemoryProvider provider = new MemoryProvider(this);
    private final BooleanSupplier isFull;
    /** By path. */
    private final TreeMap<String, MemoryFile> files = new TreeMap<>();

    /** What stands in a file. */
    static final class MemoryFile {
        byte[] bytes = {};
        int length;

        void write(int at, byte[] more) {
            if (at + more.length > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, at + more.length));
            }
            System.arraycopy(more, 0, bytes, at, more.length);
            length = Math.max(length, at + more.length);
        }
    }

    /** An empty disk; {@code isFull} is asked at each write. */
    MemoryFiles(BooleanSupplier isFull) {
        this.isFull = isFull;
    }

    Path folder(String name) {
        return new MemoryPath(this, "/" + name);
    }

    MemoryFile find(String path) {
        return files.get(path);
    }

    void put(String path, MemoryFile file) {
        files.put(path, file);
    }

    MemoryFile remove(String path) {
        return files.remove(path);
    }

    /** The paths of all files right in a folder. */
    List<String> in(String folder) {
        return files.subMap(folder + "/", folder + "0").keySet().stream().filter(path -> path.indexOf('/', folder.length() + 1) < 0)
            .toList();
    }

    void requireRoom() throws IOException {
        if (isFull.getAsBoolean()) {
            throw new IOException("No space left on device");
        }
    }

    /** Cuts off, somewhere, every file of a folder whose name begins so: its writer was killed before it was done. */
    void tear(String folder, String beginning, SplittableRandom random) {
        for (String path : in("/" + folder)) {
            if (path.startsWith("/" + folder + "/" + beginning)) {
                MemoryFile file = files.get(path);
                file.length = file.length == 0 ? 0 : random.nextInt(file.length);
            }
        }
    }

    /** Changes one bit of any file. */
    void flip(SplittableRandom random) {
        var filled = new ArrayList<>(files.values().stream().filter(file -> file.length > 0).toList());
        if (!filled.isEmpty()) {
            MemoryFile file = filled.get(random.nextInt(filled.size()));
            file.bytes[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
        }
    }

    @Override public FileSystemProvider provider() {
        return provider;
    }

    @Override public Path getPath(String first, String... more) {
        return new MemoryPath(this, more.length == 0 ? first : first + "/" + String.join("/", more));
    }

    @Override public String getSeparator() {
        return "/";
    }

    @Override public boolean isOpen() {
        return true;
    }

    @Override public boolean isReadOnly() {
        return false;
    }

    @Override public void close() {
        // There is nothing to let go of.
    }

    @Override public Iterable<Path> getRootDirectories() {
        return List.of(getPath("/"));
    }

    @Override public Iterable<FileStore> getFileStores() {
        return List.of();
    }

    @Override public Set<String> supportedFileAttributeViews() {
        return Set.of("basic");
    }

    @Override public PathMatcher getPathMatcher(String pattern) {
        if (!pattern.startsWith("glob:*") || pattern.indexOf('*', "glob:*".length()) >= 0) {
            throw new UnsupportedOperationException(pattern);
        }
        return path -> path.toString().endsWith(pattern.substring("glob:*".length()));
    }

    @Override public UserPrincipalLookupService getUserPrincipalLookupService() {
        throw new UnsupportedOperationException();
    }

    @Override public WatchService newWatchService() {
        throw new UnsupportedOperationException();
    }

    @Override public String toString() {
        return Map.copyOf(files).keySet().toString();
    }
}
