package org.superstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.Checkpoints;
import org.superstep.JobOptions;
import org.superstep.Superstep;
import org.superstep.Trace;
import org.superstep.checkpoint.CheckpointFolder;
import org.superstep.engine.ProgramCase;
import org.superstep.graph.Program;
import org.superstep.job.Job;
import org.superstep.job.ReplayedJob;
import org.superstep.net.Delivery;

/**
 * Any program, saved before every superstep and traced: replays from checkpoints tell what the traces told, and the tests that are written
 * of it compile and pass.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ReplayedProgramsTest {
    private static final int REPLAYS = 2;

    @TempDir static Path scratch;
    /** By what was run, because most of the time goes into saving it. */
    private static final Map<String, List<Replay>> REPLAYED = new ConcurrentHashMap<>();

    /**
     * A replay of some program.
     *
     * @param what which one, to be shown when a test fails
     * @param program the instance that ran
     * @param superstep what was looked at
     * @param told what the run itself told of that
     * @param shown what the replay shows
     * @param scenes the same, value by value
     */
    private record Replay(String what, Program program, int superstep, List<String> told, List<String> shown, List<Scene> scenes) {
    }

    static Stream<ProgramCase> programs() {
        return ProgramCase.all();
    }

    @ParameterizedTest
    @MethodSource("programs")
    void aReplayTellsWhatTheRunDid(ProgramCase any) throws IOException {
        for (Replay replay : replays(any)) {
            assertThat(replay.shown.stream().map(ReplayedProgramsTest::asTraced).toList()).as(replay.what).isEqualTo(replay.told);
            assertThat(replay.scenes).as(replay.what).hasSameSizeAs(replay.shown);
        }
    }

    /** All in one go, because the compiler takes its time to start. */
    @Test
    @Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void theTestsThatAreWrittenOfItCompileAndPass() throws Exception {
        var sources = new TreeMap<String, String>();
        var expected = new TreeMap<String, Integer>();
        for (ProgramCase any : programs().toList()) {
            for (Replay replay : replays(any)) {
                if (!replay.scenes.isEmpty() && isReachable(replay.program)) {
                    String name = "Found" + sources.size() + "Test";
                    sources.put(name, new SceneSource(replay.program).source("found", name, replay.scenes));
                    expected.put(name, replay.scenes.size());
                }
            }
        }
        assertThat(sources).hasSizeGreaterThan(100);
        compile(sources);
        for (String name : sources.keySet()) {
            assertThat(passed(name, sources.get(name))).as(name).isEqualTo(expected.get(name));
        }
    }

    private static List<Replay> replays(ProgramCase any) throws IOException {
        if (!REPLAYED.containsKey(any.name())) {
            REPLAYED.put(any.name(), newReplays(any));
        }
        return REPLAYED.get(any.name());
    }

    /** Runs the program, and some of its supersteps again, as its name decides. */
    private static List<Replay> newReplays(ProgramCase any) throws IOException {
        var path = Files.createTempDirectory(scratch, "saved");
        var told = new ArrayList<String>();
        var report = Superstep.run(any.programs().get(), any.graph(), any.options().withMaxSupersteps(1000)
            .withTrace(new Trace(any.vertices(), 0, Integer.MAX_VALUE, told::add))
            .withCheckpoints(Checkpoints.in(path).every(1).awaited().keeping(1000))).report();
        var folder = new CheckpointFolder(path);
        int supersteps = report.supersteps().size();
        var random = new SplittableRandom(any.name().hashCode());
        var replays = new ArrayList<Replay>();
        for (int i = 0; i < REPLAYS && supersteps > 0; i++) {
            int superstep = random.nextInt(supersteps);
            replays.add(replay(any, folder, Math.max(0, superstep - random.nextInt(3)), superstep, told));
        }
        return replays;
    }

    private static Replay replay(ProgramCase any, CheckpointFolder folder, int from, int superstep, List<String> told) throws IOException {
        String what = any + ", superstep " + superstep + " from the checkpoint before superstep " + from;
        var shown = new ArrayList<String>();
        var program = any.programs().get();
        var scenes = new Scenes(program);
        var options = JobOptions.DEFAULT.withThreads(2).withDelivery(Delivery.PULL)
            .withTrace(new Trace(any.vertices(), superstep, superstep, shown::add));
        String manifest = folder.manifests().stream().filter(name -> CheckpointFolder.superstep(name) == from).findFirst().orElseThrow();
        var ended = new ReplayedJob(new Job(program, any.graph(), options), folder, Optional.of(scenes)).run(folder.read(manifest));
        assertThat(ended.fault()).as(what).isEmpty();
        assertThat(ended.last()).as(what).isEqualTo(superstep);
        return new Replay(what, program, superstep, told.stream().filter(text -> text.startsWith("superstep " + superstep + ", ")).toList(),
            shown, scenes.all());
    }

    /** A vertex's text without what only a replay knows. */
    private static String asTraced(String text) {
        Predicate<String> isMore = line -> line.matches(" +(graph|aggregates|globals|edges to|edges from) .*");
        return text.lines().filter(isMore.negate()).map(line -> line.replaceAll("(received .*, combined) of .*", "$1"))
            .collect(Collectors.joining("\n"));
    }

    private static boolean isReachable(Program program) {
        try {
            SceneSource.requireReachable(program, "found");
            return true;
        } catch (UsageException e) {
            return false;
        }
    }

    private void compile(Map<String, String> sources) throws IOException {
        var words = new ArrayList<>(List.of("-Xlint:all", "-Werror", "-proc:none", "-cp", System.getProperty("java.class.path"), "-d",
            scratch.resolve("classes").toString()));
        for (var source : sources.entrySet()) {
            words.add(Files.writeString(scratch.resolve(source.getKey() + ".java"), source.getValue()).toString());
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, words.toArray(String[]::new))).isZero();
    }

    /** Runs each test of a class that was compiled; how many there were. */
    private int passed(String name, String source) throws Exception {
        int passed = 0;
        try (var loader = new URLClassLoader(new URL[] {scratch.resolve("classes").toUri().toURL()}, getClass().getClassLoader())) {
            Class<?> type = loader.loadClass("found." + name);
            var constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            for (Method method : type.getDeclaredMethods()) {
                if (method.isAnnotationPresent(Test.class)) {
                    method.setAccessible(true);
                    try {
                        method.invoke(constructor.newInstance());
                    } catch (InvocationTargetException e) {
                        throw new AssertionError(e.getCause() + "\n" + source, e.getCause());
                    }
                    passed++;
                }
            }
        }
        return passed;
    }
}
