package org.superstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Makes jars as users make them: compiled against Superstep and other jars, with whatever else is in them. */
final class JarBuilder {
    private final Path folder;
    private final List<JavaFileObject> sources = new ArrayList<>();
    private final Map<String, byte[]> entries = new TreeMap<>();
    private final List<Path> compiledAgainst = new ArrayList<>();

    /** Classes are compiled into new folders in this one. */
    JarBuilder(Path folder) {
        this.folder = folder;
    }

    /** A class, with its package declaration. */
    JarBuilder source(String type, String code) {
        sources.add(new SimpleJavaFileObject(URI.create("string:///" + type.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return code;
            }
        });
        return this;
    }

    /** A file of any kind. */
    JarBuilder entry(String name, byte[] bytes) {
        entries.put(name, bytes);
        return this;
    }

    JarBuilder entry(String name, String text) {
        return entry(name, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Another jar that the classes need; how they find it later is the test's business. */
    JarBuilder against(Path jar) {
        compiledAgainst.add(jar);
        return this;
    }

    /** The jar's bytes. */
    byte[] bytes() throws IOException {
        compile();
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    /** Writes the jar. */
    Path write(Path jar) throws IOException {
        Files.createDirectories(jar.toAbsolutePath().getParent());
        return Files.write(jar, bytes());
    }

    /** A compiled class, to be put into a jar later, or not. */
    byte[] compiled(String type) throws IOException {
        compile();
        return entries.get(type.replace('.', '/') + ".class");
    }

    /** Leaves a class out that others were compiled against. */
    JarBuilder without(String type) throws IOException {
        compile();
        assertThat(entries.remove(type.replace('.', '/') + ".class")).isNotNull();
        return this;
    }

    private void compile() throws IOException {
        if (sources.isEmpty()) {
            return;
        }
        Path classes = Files.createTempDirectory(folder, "classes");
        // Foreign jars first: some have classes of the same names as ours.
        var classPath = new StringBuilder();
        compiledAgainst.forEach(jar -> classPath.append(jar).append(System.getProperty("path.separator")));
        classPath.append(System.getProperty("java.class.path"));
        var errors = new StringWriter();
        boolean done = ToolProvider.getSystemJavaCompiler().getTask(errors, null, null,
            List.of("-d", classes.toString(), "-cp", classPath.toString(), "-proc:none"), null, sources).call();
        assertThat(done).as(errors.toString()).isTrue();
        sources.clear();
        try (Stream<Path> files = Files.walk(classes)) {
            files.filter(Files::isRegularFile)
                .forEach(file -> entries.put(classes.relativize(file).toString().replace('\\', '/'), read(file)));
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
