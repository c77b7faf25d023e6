package org.superstep.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import javax.lang.model.SourceVersion;

/**
 * A file for a class of tests, which is new.
 *
 * @param path where it is
 * @param inPackage the package that its folders say, below {@code src/test/java} or the like; empty: the unnamed one
 * @param name the class's name
 */
record TestFile(Path path, String inPackage, String name) {
    private static final String EXTENSION = ".java";

    /** The file that the user has named by this option, where there must not be one yet. */
    static TestFile of(String option, String text) {
        Path path = Destination.pathOf(option, text);
        String file = path.getFileName() == null ? "" : path.getFileName().toString();
        String name = file.endsWith(EXTENSION) ? file.substring(0, file.length() - EXTENSION.length()) : "";
        if (!SourceVersion.isName(name)) {
            throw new UsageException("--" + option + " " + text + ": name a file of Java, such as RankTest.java");
        }
        if (Files.exists(path)) {
            throw new UsageException("--" + option + " " + text + ": is there already; name another file");
        }
        if (!Files.isDirectory(path.toAbsolutePath().getParent())) {
            throw new UsageException("--" + option + " " + text + ": there is no folder " + path.toAbsolutePath().getParent()
                + "; create it (mkdir -p)");
        }
        return new TestFile(path, packageOf(path.toAbsolutePath().normalize().getParent()), name);
    }

    private static String packageOf(Path folder) {
        var inPackage = new StringBuilder();
        for (Path at = folder; at != null && at.getFileName() != null; at = at.getParent()) {
            if (at.endsWith(Path.of("test", "java")) || at.endsWith(Path.of("main", "java"))) {
                return inPackage.toString();
            }
            inPackage.insert(0, at.getFileName() + (inPackage.isEmpty() ? "" : "."));
        }
        return "";
    }

    /** Writes it, unless somebody else has done so by now. */
    void write(String source) throws IOException {
        try {
            Files.write(path, source.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw new UsageException(path + ": is there already; name another file", e);
        } catch (IOException e) {
            throw new FileSystemException(path.toString(), null, Destination.reason(e));
        }
    }
}
