package org.superstep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.Checkpoints;
import org.superstep.Injection;
import org.superstep.JobObserver;
import org.superstep.JobOptions;
import org.superstep.JobReport;
import org.superstep.RecoveryLog;
import org.superstep.Superstep;
import org.superstep.datasets.TextRows;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongPhase;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Master;
import org.superstep.graph.Phase;
import org.superstep.graph.PhasedProgram;
import org.superstep.graph.Program;
import org.superstep.graph.RecordOutput;

/** After a confined recovery workers own partitions that are no neighbours; rows and records come out in their order all the same. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConfinedOutputTest {
    private static final int WORKERS = 4;

    @TempDir
    private Path folder;

    private record Case(Supplier<Program> program, Sample sample) {
        @Override public String toString() {
            return program.get().name() + " on " + sample;
        }
    }

    /** The first phase would have all sleep, and another begins: nobody says a word, so that who should be awake and is not never rises. */
    public static final class LateRisers extends PhasedProgram {
        private final LongColumn computed = longColumn("computed", 0);
        private final RecordOutput days = recordOutput("days", "id", "day");
        private final Phase night = phase("night", new Sleep(false));
        private final Phase day = phase("day", new Sleep(true));

        @Override public void beforeSuperstep(Master m) {
            if (m.superstep() == 0) {
                m.startPhase(day);
            } else if (m.superstep() == 9) {
                m.startPhase(night);
            }
        }

        private final class Sleep implements LongPhase {
            private final boolean startsAwake;

            Sleep(boolean startsAwake) {
                this.startsAwake = startsAwake;
            }

            @Override public LongCombiner combiner() {
                return LongCombiner.SUM;
            }

            @Override public boolean startsAwake() {
                return startsAwake;
            }

            @Override public void compute(LongVertex v, LongMessages in) {
                v.set(computed, v.get(computed) + 1);
                v.emit(days, v.id(), v.superstep());
                if (v.superstep() > v.id() % 11) {
                    v.halt();
                }
            }
        }
    }

    /** What a run has left, in how many parts of a folder, and how many supersteps it had and told of. */
    private record Written(Map<String, String> texts, int parts, int supersteps, int told, List<String> notices) {
    }

    static Stream<Case> cases() {
        return Stream.of(new Case(RecordPrograms.Walks::new, RandomGraphs.rmat(8, 3, 1)),
            new Case(RecordPrograms.EveryKindOfValue::new, RandomGraphs.scattered(RandomGraphs.rmat(8, 3, 2))),
            new Case(RecordPrograms.PhasesThatEmit::new, RandomGraphs.rmat(7, 3, 3)),
            new Case(LateRisers::new, RandomGraphs.rmat(7, 3, 4)));
    }

    private Written run(Case what, boolean isFolder, List<String> faults) throws IOException {
        Path own = Files.createTempDirectory(folder, "run");
        Path out = Files.createDirectory(own.resolve("out"));
        Program program = what.program.get();
        var notices = new ArrayList<String>();
        var told = new AtomicInteger();
        var options = JobOptions.DEFAULT.withCheckpoints(Checkpoints.in(own.resolve("saved")).every(3).awaited())
            .withConfinedRecovery(RecoveryLog.DEFAULT).withWorkers(WORKERS).withThreads(WORKERS).withPartitions(14)
            .withObserver(new JobObserver() {
                @Override public void notice(String line) {
                    notices.add(line);
                }

                @Override public void superstep(JobReport.Superstep superstep) {
                    told.incrementAndGet();
                }
            });
        options = isFolder ? options.withOutputFolder(out.resolve("rows"), TextRows.CSV) : options.withOutput(out.resolve("rows"),
            TextRows.CSV);
        for (RecordOutput output : program.declarations().recordOutputs()) {
            options = options.withRecords(output.name(), out.resolve(output.name()), TextRows.JSONL);
        }
        for (String fault : faults) {
            options = options.withInjection(Injection.parse(fault));
        }
        int supersteps = Superstep.run(program, what.sample.graph(), options).report().supersteps().size();
        var texts = new TreeMap<String, String>();
        int parts = 0;
        try (var files = Files.walk(out)) {
            for (Path file : files.filter(Files::isRegularFile).filter(file -> !file.endsWith("_SUCCESS")).sorted().toList()) {
                String name = file.getFileName().toString();
                parts += name.startsWith("part-") ? 1 : 0;
                texts.merge(name.startsWith("part-") ? "rows" : name, Files.readString(file, StandardCharsets.UTF_8), String::concat);
            }
        }
        return new Written(texts, parts, supersteps, told.get(), notices);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void rowsAndRecordsAreTheUndisturbedBytes(Case what) throws Exception {
        Written expected = run(what, false, List.of());
        int confined = 0;
        int most = 0;
        for (int superstep = 1; superstep < expected.supersteps; superstep++) {
            for (boolean isFolder : new boolean[] {false, true}) {
                int worker = 1 + (isFolder ? superstep : superstep / 2) % WORKERS;
                var faults = new ArrayList<>(List.of("kill worker " + worker + " at superstep " + superstep + " exchange"));
                if (superstep % 3 == 0) {
                    faults.add("kill worker 2 at superstep " + superstep + " compute in attempt 2");
                }
                Written found = run(what, isFolder, faults);
                assertThat(found.texts).as("%s, %s", faults, found.notices).isEqualTo(expected.texts);
                // Behind a checkpoint, going back to it would run supersteps once more.
                confined += superstep % 3 != 0 && found.told == found.supersteps ? 1 : 0;
                most = Math.max(most, found.parts);
            }
        }
        assertThat(confined).as("runs in which only the lost partitions have computed again").isGreaterThanOrEqualTo(WORKERS);
        assertThat(most).as("parts of a folder, of %d workers", WORKERS - 1).isGreaterThanOrEqualTo(WORKERS);
    }
}
