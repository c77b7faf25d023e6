package org.superstep.hadoop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The superstep command as this build has made it, run as a user runs it. */
final class Command {
    private static final long LIMIT_SECONDS = 300;
    private static final Path SCRIPT = Path.of("..", "launcher", "target", "superstep", "bin", "superstep").toAbsolutePath().normalize();

    private final Path folder;
    private final String configuration;

    /** What a run has come to. */
    record Session(int status, String out, String err) {
    }

    /** Started in this folder; {@code configuration}: HADOOP_CONF_DIR; empty: none. */
    Command(Path folder, String configuration) {
        this.folder = folder;
        this.configuration = configuration;
    }

    private Process start(Path out, Path err, String... words) throws IOException {
        var all = new ArrayList<>(List.of(SCRIPT.toString()));
        all.addAll(Arrays.asList(words));
        var builder = new ProcessBuilder(all).directory(folder.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile())
            .redirectInput(Path.of("/dev/null").toFile());
        var environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("SUPERSTEP_") || name.startsWith("HADOOP_"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("SUPERSTEP_HEAP", "256m");
        if (!configuration.isEmpty()) {
            environment.put("HADOOP_CONF_DIR", configuration);
        }
        return builder.start();
    }

    /** Runs it to its end. */
    Session run(String... words) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", null);
        Path err = Files.createTempFile(folder, "err", null);
        Process process = start(out, err, words);
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("still running after " + LIMIT_SECONDS + " s: " + Arrays.toString(words) + ", said "
                    + Files.readString(err));
            }
            return new Session(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
