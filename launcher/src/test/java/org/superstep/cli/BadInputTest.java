package org.superstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong with a command or its input: one line that says what and where, status 2, and no output file. */
final class BadInputTest {
    private static final String GOOD = "1\t2\n2\t3\n3\t1\n";

    @TempDir Path folder;
    private Path output;

    @BeforeEach void nameAnOutput() {
        output = folder.resolve("out.tsv");
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private List<String> run(String program, Path input, String... more) {
        var words = new ArrayList<>(List.of("run", program, "--input", input.toString(), "--output", output.toString(), "--top", "0"));
        words.addAll(Arrays.asList(more));
        return words;
    }

    /** Runs the command, which must be refused in one line; returns that. */
    private String refused(List<String> words) {
        var session = Session.of(words.toArray(new String[0]));
        assertThat(session.faults()).as("what is said on standard error").hasSize(1);
        assertThat(session.err()).startsWith("superstep: ").doesNotContain("Exception").doesNotContain("\tat ");
        assertThat(session.status()).isEqualTo(2);
        assertThat(session.out()).isEmpty();
        assertThat(output).doesNotExist();
        assertThat(output.getParent().toFile().list((folder, name) -> name.contains(".part"))).isEmpty();
        return session.faults().get(0);
    }

    @Test void aMissingFile() {
        assertThat(refused(run("pagerank", folder.resolve("nowhere.tsv")))).contains("nowhere.tsv", "no such file");
    }

    @Test void aFolderAsInput() {
        assertThat(refused(run("pagerank", folder))).contains(folder.toString(), "folder");
    }

    @Test void anEmptyFile() throws IOException {
        assertThat(refused(run("pagerank", file("empty.tsv", "")))).contains("empty.tsv", "is empty");
    }

    @Test void onlyComments() throws IOException {
        assertThat(refused(run("pagerank", file("comments.tsv", "# a\n% b\n// c\n\n")))).contains("comments.tsv", "only comments");
    }

    static Stream<Arguments> brokenLines() {
        return Stream.of(
            Arguments.of("pagerank", GOOD + "7\n", 4, "7"),
            Arguments.of("pagerank", GOOD + "4\tsix\n", 4, "six"),
            Arguments.of("pagerank", GOOD + "1\t9223372036854775808\n", 4, "9223372036854775808"),
            Arguments.of("wcc", "# made by hand\n" + GOOD + "-9223372036854775809\t1\n", 5, "-9223372036854775809"),
            Arguments.of("sssp --source 1", "1\t2\t0.5\n2\t3\tNaN\n", 2, "NaN"),
            Arguments.of("sssp --source 1", "1\t2\t0.5\n2\t3\tInfinity\n", 2, "Infinity"),
            Arguments.of("sssp --source 1", "1\t2\t0.5\n2\t3\t-0.5\n", 2, "-0.5"),
            Arguments.of("sssp --source 1", "1\t2\t0.5\n2\t3\theavy\n", 2, "heavy"));
    }

    @ParameterizedTest @MethodSource("brokenLines")
    void aBrokenLineIsNamedWithItsNumberAndText(String command, String text, int line, String culprit) throws IOException {
        String[] words = command.split(" ");
        var input = file("graph.tsv", text);
        assertThat(refused(run(words[0], input, Arrays.copyOfRange(words, 1, words.length))))
            .contains(input + ":" + line).contains(culprit);
    }

    @Test void aTruncatedGzip() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(bytes)) {
            out.write(GOOD.repeat(1000).getBytes(StandardCharsets.UTF_8));
        }
        var input = Files.write(folder.resolve("graph.tsv.gz"), Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2));
        assertThat(refused(run("pagerank", input))).contains("graph.tsv.gz", "ends in the middle");
    }

    @Test void aSourceThatIsNotInTheGraph() throws IOException {
        assertThat(refused(run("bfs", file("graph.tsv", GOOD), "--source", "17"))).contains("source 17 is no vertex of the graph");
    }

    @Test void aMissingSource() throws IOException {
        assertThat(refused(run("sssp", file("graph.tsv", GOOD)))).contains("--source VERTEX");
    }

    static Stream<Arguments> wrongWords() {
        return Stream.of(
            Arguments.of("", "which command?"),
            Arguments.of("rum pagerank", "there is no command \"rum\"; did you mean run?"),
            Arguments.of("generat rmat", "did you mean generate?"),
            Arguments.of("pagerank --input x", "superstep run pagerank"),
            Arguments.of("--versoin", "did you mean --version?"),
            Arguments.of("run", "superstep run PROGRAM"),
            Arguments.of("run --input x", "superstep run PROGRAM"),
            Arguments.of("run pagernak --input x", "there is no program \"pagernak\"; did you mean pagerank?"),
            Arguments.of("run louvain --input x", "there is no program \"louvain\"; there are "),
            Arguments.of("run pagerank", "needs an input: --input PATH"),
            Arguments.of("run pagerank --input", "--input needs a value: --input PATH..."),
            Arguments.of("run pagerank --inptu x", "no option --inptu; did you mean --input?"),
            Arguments.of("run pagerank --input x --iteration=3", "no option --iteration; did you mean --iterations?"),
            Arguments.of("run pagerank --input x --output --qiuet", "no option --qiuet; did you mean --quiet?"),
            Arguments.of("run pagerank --input x -q", "no option -q"),
            Arguments.of("run pagerank --input x --undirected=yes", "--undirected takes no value"),
            Arguments.of("run pagerank --input x --undirected y", "\"y\" is left over"),
            Arguments.of("run pagerank --input x --threads 1 --threads 2", "--threads is given twice"),
            Arguments.of("run wcc --input x --damping 0.5", "wcc has no option --damping, which is one of pagerank"),
            Arguments.of("run pagerank --input x --damping 1.5", "--damping must be a number from 0.0 to 1.0, was 1.5"),
            Arguments.of("run pagerank --input x --damping NaN", "--damping must be a number from 0.0 to 1.0, was NaN"),
            Arguments.of("run pagerank --input x --iterations many", "--iterations must be an integer"),
            Arguments.of("run pagerank --input x --iterations -1", "--iterations must be an integer from 0"),
            Arguments.of("run pagerank --input x --iterations 2.5", "was \"2.5\""),
            Arguments.of("run bfs --input x --source Paris", "--source must be the id of a vertex, was \"Paris\""),
            Arguments.of("run pagerank --input x --threads 0", "--threads must be an integer from 1 to 1024, was \"0\""),
            Arguments.of("run pagerank --input x --partitions 0", "--partitions must be"),
            Arguments.of("run pagerank --input x --workers-in-process none", "--workers-in-process must be"),
            Arguments.of("run pagerank --input x --seed 99999999999999999999", "--seed must be an integer of 64 bits"),
            Arguments.of("run pagerank --input x --max-supersteps -4", "--max-supersteps must be"),
            Arguments.of("run pagerank --input x --trace-vertex 1,,2", "--trace-vertex must be the ids of vertices, parted by commas"),
            Arguments.of("run pagerank --input x --trace-vertex one", "was \"one\""),
            Arguments.of("run pagerank --input x --trace-supersteps 1", "name vertices by --trace-vertex"),
            Arguments.of("run pagerank --input x --trace-vertex 1 --trace-supersteps 3-2", "was \"3-2\""),
            Arguments.of("run pagerank --input x --trace-vertex 1 --trace-supersteps -1", "--trace-supersteps must be a superstep"),
            Arguments.of("run pagerank --input x --partial-output", "name one by --max-supersteps N"),
            Arguments.of("run pagerank --input x --top -1", "--top must be"),
            Arguments.of("run pagerank --input x --delivery carry", "--delivery must be one of auto, pull, push, was \"carry\""),
            Arguments.of("run pagerank --input x --format gml", "--format must be one of auto, edges"),
            Arguments.of("run pagerank --input x --vertex-columns rank", "--vertex-columns names the columns of --vertices PATH..."),
            Arguments.of("run pagerank --input x --weights some", "--weights must be one of auto, none"),
            Arguments.of("run pagerank --input x --separator ab", "--separator must be one character"),
            Arguments.of("run pagerank --input x --separator 7", "--separator"),
            Arguments.of("run pagerank --input x --output-format xml", "--output-format must be one of tsv, csv, jsonl"),
            Arguments.of("programs --all", "programs takes no options"),
            Arguments.of("generate", "generate what?"),
            Arguments.of("generate ramt --scale 3", "generate what?"),
            Arguments.of("generate rmat --output x", "needs --scale"),
            Arguments.of("generate rmat --scale 40 --output x", "--scale must be an integer from 1 to 31"),
            Arguments.of("generate rmat --scale 4", "needs --output FILE"),
            Arguments.of("generate rmat --scale 4 --output /nowhere/at/all", "there is no folder /nowhere/at"),
            Arguments.of("generate rmat --scale 4 --ouptut x", "did you mean --output?"));
    }

    @ParameterizedTest @MethodSource("wrongWords")
    void wrongWordsAreRefusedWithARemedy(String command, String saying) {
        assertThat(refused(command.isEmpty() ? List.of() : List.of(command.split(" ")))).contains(saying);
    }

    @Test void aBrokenLineOfAVertexFileIsNamedToo() throws IOException {
        var graph = file("graph.tsv", GOOD);
        var vertices = file("vertices.tsv", "id\trank\n17\t0.5\n18\thalf\n");
        assertThat(refused(run("pagerank", graph, "--vertices", vertices.toString())))
            .contains(vertices + ":3: column \"rank\"", "\"half\"");
        assertThat(refused(run("bfs", graph, "--source", "17", "--vertices", vertices.toString())))
            .contains(vertices + ":1: the program has no column \"rank\"; it has [level] (--vertex-columns");
        assertThat(refused(run("pagerank", graph, "--vertices", folder.resolve("nowhere").toString()))).contains("no such file");
        var twice = file("twice.tsv", "17\n1\n17\n");
        assertThat(refused(run("pagerank", graph, "--vertices", twice.toString(), "--workers-in-process", "2")))
            .contains(twice + ":3: vertex 17 has a line already, " + twice + ":1");
    }

    @Test void anOutputThatWouldReplaceTheVerticesIsRefused() throws IOException {
        var vertices = file("vertices.tsv", "17\n");
        assertThat(refused(run("pagerank", file("graph.tsv", GOOD), "--vertices", vertices.toString(), "--report", vertices.toString())))
            .contains("would replace the input");
        assertThat(vertices).hasContent("17\n");
    }

    @Test void aStackTraceIsForThoseWhoAskForIt() {
        var session = Session.of("run", "pagerank", "--input", folder.resolve("nowhere").toString(), "--verbose");
        assertThat(session.status()).isEqualTo(2);
        assertThat(session.faults().get(0)).startsWith("superstep: ").contains("no such file");
        assertThat(session.err()).contains("\tat org.superstep.");
    }

    @Test void negativeIdsAreIdsAndNoOptions() throws IOException {
        var input = file("graph.tsv", "-5\t2\n2\t-5\n");
        assertThat(Session.of("run", "bfs", "--input", input.toString(), "--source", "-5", "--quiet", "--output", "-").out())
            .isEqualTo("id\tlevel\n-5\t0\n2\t1\n");
    }
}
