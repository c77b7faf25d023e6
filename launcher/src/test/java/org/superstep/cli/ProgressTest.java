package org.superstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.superstep.JobReport;
import org.superstep.graph.Ranking;
import org.superstep.net.Delivery;

/** The clock is played by the test: it tells when, and what has been said so far is looked at. */
final class ProgressTest {
    private static final String CLEAR = "\r\u001b[K";

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private Progress progress(boolean isLive, boolean isVerbose) {
        return new Progress(new PrintStream(said, true, StandardCharsets.UTF_8), isLive, isVerbose);
    }

    private String said() {
        String text = said.toString(StandardCharsets.UTF_8);
        said.reset();
        return text;
    }

    private static JobReport.Superstep superstep(int number) {
        return new JobReport.Superstep(number, "compute", Delivery.PULL, 1_200, 7, 34_000, 5_600_000, Map.of(), Map.of());
    }

    @Test void aShortRunSaysNothing() {
        try (var progress = progress(true, false)) {
            progress.opened("edges", 100);
            progress.read(100, 10);
            progress.loaded(5, 10);
            progress.superstep(superstep(0));
            progress.writing();
        }
        assertThat(said()).isEmpty();
    }

    @Test void aTerminalSeesABarThatIsPaintedAnew() {
        try (var progress = progress(true, false)) {
            progress.opened("edges", 4_000_000);
            progress.read(1_000_000, 250_000);
            progress.tell(System.nanoTime() + 1_000_000_000);
            assertThat(said()).startsWith(CLEAR + "loading [######------------------] 25% of 4.00 MB, 250,000 edges, 2")
                .doesNotContain("\n");
            progress.read(3_000_000, 750_000);
            progress.tell(System.nanoTime());
            assertThat(said()).isEqualTo(CLEAR + "building the graph of 1,000,000 edges");
            progress.loaded(90_000, 1_000_000);
            progress.superstep(superstep(0));
            progress.superstep(superstep(1));
            progress.tell(System.nanoTime());
            assertThat(said()).isEqualTo(CLEAR + "loaded 90,000 vertices and 1,000,000 edges\n"
                + "superstep 1: 1,200 active, 34,000 messages, 5.60 ms\n");
            progress.tell(System.nanoTime() + 3_000_000_000L);
            assertThat(said()).startsWith(CLEAR + "superstep 2 has been running for 3.0");
            progress.writing();
            progress.tell(System.nanoTime());
            assertThat(said()).isEqualTo(CLEAR + "writing");
        }
        assertThat(said()).isEqualTo(CLEAR);
    }

    @Test void elsewhereLinesAreWhole() {
        try (var progress = progress(false, false)) {
            progress.opened("edges", 4_000_000);
            progress.read(1_000_000, 250_000);
            progress.tell(System.nanoTime());
            assertThat(said()).startsWith("loading 25% of 4.00 MB, 250,000 edges, ").endsWith("/s\n").doesNotContain("\r");
        }
        assertThat(said()).isEmpty();
    }

    @Test void anInputOfUnknownSizeHasNoBar() {
        try (var progress = progress(true, false)) {
            progress.opened("edges from memory", 0);
            progress.read(0, 5);
            progress.tell(System.nanoTime() + 1_000_000_000);
            assertThat(said()).startsWith(CLEAR + "loading 5 edges, ");
        }
    }

    @Test void whoAsksForItGetsEverySuperstep() {
        try (var progress = progress(false, true)) {
            progress.loaded(2, 1);
            progress.superstep(superstep(0));
            progress.superstep(superstep(1));
            assertThat(said().lines()).containsExactly("loaded 2 vertices and 1 edge",
                "superstep 0: 1,200 active, 34,000 messages, 5.60 ms", "superstep 1: 1,200 active, 34,000 messages, 5.60 ms");
        }
    }

    @Test void aLineHasRoomForSomeAggregates() {
        var aggregates = new LinkedHashMap<String, Object>();
        aggregates.put("change", 0.000123456789);
        aggregates.put("an aggregator with a name that is too long", 1L);
        aggregates.put("top", new Ranking(new long[0], new double[0]));
        aggregates.put("n", 1_000L);
        aggregates.put("all", false);
        var superstep = new JobReport.Superstep(3, "compute", Delivery.PULL, 1_200, 7, 34_000, 5_600_000, aggregates, Map.of());
        String line = "superstep 3: 1,200 active, 34,000 messages, 5.60 ms, change ";
        try (var progress = progress(false, true)) {
            progress.superstep(superstep);
            assertThat(said()).as("a log has room for all")
                .isEqualTo(line + "0.000123457, an aggregator with a name that is too long 1, n 1,000, all false\n");
        }
        try (var progress = progress(true, true)) {
            progress.superstep(superstep);
            assertThat(said()).as("a terminal's line").contains(line + "0.000123457, ...");
        }
        aggregates.put("change", 0.5);
        try (var progress = progress(true, true)) {
            progress.superstep(superstep);
            assertThat(said()).contains(line + "0.5, n 1,000, ...");
        }
        try (var progress = progress(false, false)) {
            progress.loaded(2, 1);
            progress.superstep(superstep);
            progress.tell(System.nanoTime());
            assertThat(said()).endsWith("superstep 3: 1,200 active, 34,000 messages, 5.60 ms\n");
        }
    }

    @Test void aNoticeStaysWhenTheLineIsPaintedAnew() {
        try (var progress = progress(true, false)) {
            progress.loaded(2, 1);
            progress.superstep(superstep(4));
            progress.tell(System.nanoTime());
            said();
            progress.tell(System.nanoTime() + 3_000_000_000L);
            progress.notice("worker 2 of 3 was lost; going back to the checkpoint before superstep 3");
            // Which one comes next is not known: it has gone back.
            progress.tell(System.nanoTime() + 4_000_000_000L);
            progress.superstep(superstep(3));
            progress.tell(System.nanoTime());
            assertThat(said().replaceAll("for [0-9.]+ s", "for N s")).isEqualTo(CLEAR + "superstep 5 has been running for N s" + CLEAR
                + "superstep: worker 2 of 3 was lost; going back to the checkpoint before superstep 3\n"
                + CLEAR + "no superstep has ended for N s" + CLEAR + "superstep 3: 1,200 active, 34,000 messages, 5.60 ms\n");
        }
    }

    @Test void afterTheEndNothingIsSaid() {
        var progress = progress(true, false);
        progress.opened("edges", 10);
        progress.close();
        progress.read(5, 5);
        progress.loaded(1, 1);
        progress.notice("worker 1 of 2 was lost");
        progress.tell(System.nanoTime());
        assertThat(said()).isEmpty();
    }
}
