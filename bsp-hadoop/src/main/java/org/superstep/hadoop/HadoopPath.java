package org.superstep.hadoop;

import java.io.IOException;
import java.net.URI;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;

/**
 * The name of a file: from the root, or relative, then it begins there too. From the root its text is the whole URI, unquoted as Hadoop has
 * it, so that it names the same file wherever it is said. Folders end without a slash.
 */
final class HadoopPath implements Path {
    private final HadoopFileSystem fileSystem;
    /** Names with one slash between them, and one before where it is from the root. */
    private final String text;

    private HadoopPath(HadoopFileSystem fileSystem, String text) {
        this.fileSystem = fileSystem;
        this.text = text;
    }

    /** The path of a text without scheme, in which slashes may be doubled. */
    static HadoopPath of(HadoopFileSystem fileSystem, String text) {
        var clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '/' || clean.length() == 0 || clean.charAt(clean.length() - 1) != '/') {
                clean.append(c);
            }
        }
        if (clean.length() > 1 && clean.charAt(clean.length() - 1) == '/') {
            clean.setLength(clean.length() - 1);
        }
        return new HadoopPath(fileSystem, clean.toString());
    }

    private HadoopPath of(List<String> names) {
        return new HadoopPath(fileSystem, (isAbsolute() ? "/" : "") + String.join("/", names));
    }

    /** The same without scheme and authority. */
    String text() {
        return text;
    }

    /** The names from the root on; of an empty relative path one, which is empty. */
    private List<String> names() {
        return text.equals("/") ? List.of() : List.of((isAbsolute() ? text.substring(1) : text).split("/"));
    }

    private HadoopPath ours(Path other) {
        if (Objects.requireNonNull(other) instanceof HadoopPath path && path.fileSystem.provider() == fileSystem.provider()) {
            return path;
        }
        throw new ProviderMismatchException(other + " is no path of " + fileSystem.provider().getScheme());
    }

    @Override public HadoopFileSystem getFileSystem() {
        return fileSystem;
    }

    @Override public boolean isAbsolute() {
        return text.startsWith("/");
    }

    @Override public HadoopPath getRoot() {
        return isAbsolute() ? new HadoopPath(fileSystem, "/") : null;
    }

    @Override public HadoopPath getFileName() {
        return text.equals("/") ? null : new HadoopPath(fileSystem, text.substring(text.lastIndexOf('/') + 1));
    }

    @Override public HadoopPath getParent() {
        int slash = text.lastIndexOf('/');
        return slash < 0 || text.equals("/") ? null : new HadoopPath(fileSystem, slash == 0 ? "/" : text.substring(0, slash));
    }

    @Override public int getNameCount() {
        return names().size();
    }

    @Override public HadoopPath getName(int index) {
        return subpath(index, index + 1);
    }

    @Override public HadoopPath subpath(int begin, int end) {
        List<String> names = names();
        if (begin < 0 || begin >= end || end > names.size()) {
            throw new IllegalArgumentException("no names from " + begin + " to " + end + " in " + this);
        }
        return new HadoopPath(fileSystem, String.join("/", names.subList(begin, end)));
    }

    @Override public boolean startsWith(Path other) {
        if (!(other instanceof HadoopPath path) || path.fileSystem != fileSystem || path.isAbsolute() != isAbsolute()) {
            return false;
        }
        List<String> names = names();
        List<String> first = path.names();
        return first.size() <= names.size() && names.subList(0, first.size()).equals(first);
    }

    @Override public boolean endsWith(Path other) {
        if (!(other instanceof HadoopPath path) || path.fileSystem != fileSystem) {
            return false;
        }
        if (path.isAbsolute()) {
            return equals(path);
        }
        List<String> names = names();
        List<String> last = path.names();
        return last.size() <= names.size() && names.subList(names.size() - last.size(), names.size()).equals(last);
    }

    @Override public HadoopPath normalize() {
        var kept = new ArrayDeque<String>();
        for (String name : names()) {
            if (name.equals("..") && !kept.isEmpty() && !kept.getLast().equals("..")) {
                kept.removeLast();
            } else if (!name.equals(".") && !(name.equals("..") && isAbsolute())) {
                kept.add(name);
            }
        }
        return of(List.copyOf(kept));
    }

    @Override public HadoopPath resolve(Path other) {
        HadoopPath path = ours(other);
        if (path.isAbsolute() || text.isEmpty()) {
            return path;
        }
        return path.text.isEmpty() ? this : of(fileSystem, text + "/" + path.text);
    }

    @Override public HadoopPath relativize(Path other) {
        HadoopPath path = ours(other);
        if (path.fileSystem != fileSystem || path.isAbsolute() != isAbsolute()) {
            throw new IllegalArgumentException("no way leads from " + this + " to " + other);
        }
        List<String> from = text.isEmpty() ? List.of() : names();
        List<String> to = path.names();
        int same = 0;
        while (same < from.size() && same < to.size() && from.get(same).equals(to.get(same))) {
            same++;
        }
        var names = new ArrayDeque<String>(to.subList(same, to.size()));
        for (int i = same; i < from.size(); i++) {
            names.addFirst("..");
        }
        return new HadoopPath(fileSystem, String.join("/", names));
    }

    @Override public URI toUri() {
        return fileSystem.uri(toAbsolutePath().text);
    }

    @Override public HadoopPath toAbsolutePath() {
        return isAbsolute() ? this : of(fileSystem, "/" + text);
    }

    @Override public HadoopPath toRealPath(LinkOption... options) throws IOException {
        HadoopPath real = toAbsolutePath().normalize();
        fileSystem.client(real).attributes(real);
        return real;
    }

    @Override public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException(fileSystem + " watches no files");
    }

    @Override public int compareTo(Path other) {
        return toString().compareTo(((HadoopPath) other).toString());
    }

    @Override public boolean equals(Object other) {
        return other instanceof HadoopPath path && path.fileSystem == fileSystem && path.text.equals(text);
    }

    @Override public int hashCode() {
        return text.hashCode();
    }

    @Override public String toString() {
        return isAbsolute() ? fileSystem + text : text;
    }
}
