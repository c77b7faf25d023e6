package org.superstep.hadoop;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.List;
import java.util.Set;

/** What stands behind one scheme and authority, such as {@code hdfs://host:port}; open as long as the JVM lives. */
final class HadoopFileSystem extends FileSystem {
    private final HadoopProvider provider;
    private final String authority;
    /** Made for the first file; a fault is not kept, so that the next attempt may go better. */
    private HadoopClient client;

    HadoopFileSystem(HadoopProvider provider, String authority) {
        this.provider = provider;
        this.authority = authority;
    }

    /** Who reads and writes its files; a fault names the path for which it was wanted. */
    synchronized HadoopClient client(HadoopPath path) throws IOException {
        if (client == null) {
            client = HadoopClient.of(path);
        }
        return client;
    }

    String authority() {
        return authority;
    }

    /** What names of files from the root begin with. */
    @Override public String toString() {
        return provider.getScheme() + "://" + authority;
    }

    URI uri(String path) {
        try {
            return new URI(provider.getScheme(), authority.isEmpty() ? null : authority, path, null, null);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override public HadoopProvider provider() {
        return provider;
    }

    /** Also of what {@link HadoopPath#toString} has given. */
    @Override public HadoopPath getPath(String first, String... more) {
        var text = new StringBuilder(first);
        for (String part : more) {
            if (!part.isEmpty()) {
                text.append(text.isEmpty() ? "" : "/").append(part);
            }
        }
        String joined = text.toString();
        if (joined.indexOf('\0') >= 0) {
            throw new InvalidPathException(joined, "it holds the character 0");
        }
        String ours = toString();
        if (joined.equals(ours) || joined.startsWith(ours + "/")) {
            joined = "/" + joined.substring(ours.length());
        }
        return HadoopPath.of(this, joined);
    }

    @Override public PathMatcher getPathMatcher(String syntaxAndPattern) {
        PathMatcher local = FileSystems.getDefault().getPathMatcher(syntaxAndPattern);
        return path -> path instanceof HadoopPath ours && local.matches(Path.of(ours.text()));
    }

    @Override public Iterable<Path> getRootDirectories() {
        return List.of(getPath("/"));
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

    @Override public Set<String> supportedFileAttributeViews() {
        return Set.of("basic");
    }

    @Override public Iterable<FileStore> getFileStores() {
        throw new UnsupportedOperationException("ask for the store of a path");
    }

    @Override public UserPrincipalLookupService getUserPrincipalLookupService() {
        throw new UnsupportedOperationException(this + " looks up no users");
    }

    @Override public WatchService newWatchService() {
        throw new UnsupportedOperationException(this + " watches no files");
    }

    @Override public void close() {
        throw new UnsupportedOperationException(this + " stays open, as the default file system does");
    }
}
