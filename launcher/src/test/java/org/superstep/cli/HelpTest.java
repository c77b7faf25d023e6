package org.superstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.superstep.graph.Column;
import org.superstep.graph.Parameter;
import org.superstep.graph.Program;
import org.superstep.job.DurationText;
import org.superstep.net.socket.SocketOptions;

final class HelpTest {
    private static final List<String> RUN_OPTIONS = List.of("--jar FILE", "--input PATH...", "--undirected", "--dedupe", "--no-self-loops",
        "--format FORMAT", "--separator C", "--weights WHICH", "--output PATH|-", "--output-format FORMAT", "--top K", "--threads N",
        "--partitions P", "--workers N", "--workers-in-process N", "--seed S", "--delivery MODE", "--max-supersteps N", "--report FILE",
        "--quiet", "--verbose", "--partial-output", "--trace-vertex ID[,ID...]", "--trace-supersteps A-B",
        "--recovery WHICH", "--log-memory SIZE", "--log-limit SIZE");

    private static String answer(String... words) {
        var session = Session.of(words);
        assertThat(session.status()).isZero();
        assertThat(session.err()).isEmpty();
        assertThat(session.out()).endsWith("\n").doesNotContain("null");
        // A title holds what a program's author says of it.
        assertThat(session.out().lines().skip(1)).as("lines fit a terminal").allMatch(line -> line.length() <= 80);
        assertThat(session.out().lines()).noneMatch(line -> line.endsWith(" "));
        return session.out();
    }

    @Test void theCommandTellsItsCommandsAndEnvironment() {
        assertThat(answer("--help")).contains("superstep run PROGRAM --input PATH...", "superstep run --jar FILE CLASS --input PATH...",
            "superstep programs [--jar FILE]", "superstep check [--jar FILE] PROGRAM", "superstep generate rmat",
            "superstep --version", "SUPERSTEP_HEAP", "JAVA_HOME", "superstep master", "superstep worker", "superstep submit",
            "superstep attach|cancel|suspend", "superstep drain", "superstep resume", "superstep status|jobs",
            "superstep checkpoints ls|verify");
        assertThat(answer("-h")).isEqualTo(answer("help")).isEqualTo(answer("--help"));
        assertThat(answer("worker", "-h")).isEqualTo(answer("worker", "--help"));
    }

    @Test void runTellsAllOptions() {
        assertThat(answer("run", "--help")).contains(RUN_OPTIONS);
    }

    @Test void everyProgramTellsItsParametersDefaultsAndColumns() {
        assertThat(Programs.all()).hasSizeGreaterThanOrEqualTo(4);
        for (Program program : Programs.all()) {
            String help = answer("run", program.name(), "--help");
            assertThat(help).contains("superstep run " + program.name() + ": " + program.description()).contains(RUN_OPTIONS);
            for (Parameter parameter : program.declarations().parameters()) {
                assertThat(help).contains("--" + parameter.name() + " " + parameter.typeName())
                    .containsIgnoringWhitespaces("(" + parameter.text().orElse("needed") + ")", parameter.help());
            }
            for (Column column : program.declarations().shownColumns()) {
                assertThat(help).contains(", " + column.name());
            }
        }
    }

    @Test void submitTellsWhatRunDoesAndTheCluster() {
        assertThat(answer("submit", "pagerank", "--help")).startsWith("superstep submit pagerank: ").contains("--damping NUMBER",
            "--input PATH...", "--output PATH ", "--workers N", "--detach", "--master HOST:PORT", "--secret-file FILE", "--tls-ca FILE")
            .doesNotContain("--workers-in-process", "PATH|-");
    }

    @Test void helpTellsHowLongSilenceUsuallyLasts() {
        assertThat(answer("worker", "--help")).contains("taken for lost").contains("(" + DurationText.of(SocketOptions.defaults().timeout())
            + ")");
    }

    @Test void helpIsHadAmongOtherWordsToo() {
        assertThat(answer("run", "pagerank", "--input", "x", "--iterations", "many", "--help"))
            .isEqualTo(answer("run", "pagerank", "--help"));
    }

    @Test void programsAreListedOneALine() {
        assertThat(answer("programs").lines()).hasSize(Programs.all().size()).anyMatch(line -> line.startsWith("pagerank  "))
            .anyMatch(line -> line.startsWith("sssp      ")).isSorted();
    }

    @ParameterizedTest @ValueSource(strings = {"programs", "generate", "check", "master", "worker", "submit", "attach", "cancel", "status",
        "jobs", "resume", "suspend", "drain"})
    void otherCommandsHaveHelpToo(String command) {
        assertThat(answer(command, "--help")).startsWith("superstep " + command + ": ");
    }

    @Test void theVersionIsTheBuilds() {
        assertThat(answer("--version")).matches("superstep [0-9]+\\.[0-9]+\\.[0-9]+(-SNAPSHOT)?\n");
    }
}
