package org.superstep;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.graph.Program;

/** Compiles every Java snippet of the documentation, and runs it: statements as they stand, programs on a small graph. */
class DocumentationTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String IMPORTS = "import java.nio.file.*;\nimport org.superstep.*;\nimport org.superstep.algorithms.*;\n"
        + "import org.superstep.graph.*;\n";
    private static final Pattern CLASS = Pattern.compile("public final class (\\w+)");

    @TempDir
    private Path classes;

    /** A Java block of a Markdown file; shown by the test's name. */
    private record Snippet(Path document, int number, String code) {
        @Override public String toString() {
            return ROOT.relativize(document) + ", snippet " + number;
        }
    }

    static List<Snippet> snippets() throws IOException {
        var snippets = new ArrayList<Snippet>();
        List<Path> documents;
        try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
            documents = Stream.concat(Stream.of(ROOT.resolve("README.md")), docs.filter(path -> path.toString().endsWith(".md")).sorted())
                .toList();
        }
        for (Path document : documents) {
            Matcher block = Pattern.compile("(?s)\n```java\n(.*?)```").matcher(Files.readString(document));
            for (int number = 1; block.find(); number++) {
                snippets.add(new Snippet(document, number, block.group(1)));
            }
        }
        assertThat(snippets).hasSizeGreaterThan(5);
        return snippets;
    }

    @ParameterizedTest @MethodSource("snippets")
    void everySnippetCompilesAndRuns(Snippet snippet) throws Exception {
        Matcher declaration = CLASS.matcher(snippet.code);
        if (declaration.find()) {
            runProgram(compiled(declaration.group(1), IMPORTS + snippet.code).asSubclass(Program.class));
        } else {
            String statements = snippet.code.replaceAll("(?m)^import .*\n", "")
                .replace("Path.of(\"datasets/", "Path.of(\"" + ROOT.toString().replace('\\', '/') + "/datasets/");
            String imports = snippet.code.lines().filter(line -> line.startsWith("import ")).map(line -> line + "\n")
                .collect(Collectors.joining());
            Class<?> wrapped = compiled("Snippet", IMPORTS + imports
                + "public class Snippet {\n    public static void run() throws Exception {\n" + statements + "}\n}\n");
            wrapped.getMethod("run").invoke(null);
        }
    }

    private Class<?> compiled(String name, String source) throws Exception {
        var file = new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
        var errors = new StringWriter();
        boolean done = ToolProvider.getSystemJavaCompiler().getTask(errors, null, null,
            List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none"), null, List.of(file)).call();
        assertThat(done).as(errors.toString()).isTrue();
        return Class.forName(name, true, new URLClassLoader(new URL[] {classes.toUri().toURL()}, getClass().getClassLoader()));
    }

    /** A path of five vertices and a triangle: small, connected, weighted, with leaves. */
    private static void runProgram(Class<? extends Program> type) throws ReflectiveOperationException {
        Program program = type.getConstructor().newInstance();
        program.declarations().parameters().stream().filter(parameter -> parameter.text().isEmpty())
            .forEach(parameter -> parameter.parse("1"));
        var graph = Graph.of(new long[] {1, 2, 3, 4, 5, 6, 7}, new long[] {2, 3, 4, 5, 6, 7, 5}, new double[] {1, 2, 3, 4, 5, 6, 7});
        Result result = Superstep.run(program, graph, JobOptions.DEFAULT.withMaxSupersteps(1000));
        if (!program.changesGraph() && !program.createMissing()) {
            assertThat(result.size()).isEqualTo(7);
        }
        assertThat(result.report().supersteps()).hasSizeGreaterThan(1);
    }
}
