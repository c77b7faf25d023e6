package org.superstep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A shell script as a process of its own, started in some folder and environment. */
final class Script {
    private static final long LIMIT_SECONDS = 60;

    private final Path folder;
    private final List<String> command;
    private final Map<String, String> environment = new HashMap<>();

    /** The script at this path, or a program on the search path, started from the folder. */
    Script(Path folder, String... command) {
        this.folder = folder;
        this.command = List.of(command);
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("SUPERSTEP_HEAP", "256m");
    }

    /** Sets a variable; the empty text unsets it. */
    Script with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Starts it; the streams go to these files. */
    Process start(Path out, Path err, String... words) throws IOException {
        var all = new ArrayList<>(command);
        all.addAll(Arrays.asList(words));
        var builder = new ProcessBuilder(all).directory(folder.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("SUPERSTEP_"));
        environment.forEach((variable, value) -> {
            if (value.isEmpty()) {
                builder.environment().remove(variable);
            } else {
                builder.environment().put(variable, value);
            }
        });
        return builder.start();
    }

    /** A search path with nothing on it but these tools. */
    static String onlyTools(Path folder, String... tools) throws IOException {
        Path bin = Files.createDirectory(folder.resolve("tools"));
        for (String tool : tools) {
            String path = (Files.exists(Path.of("/usr/bin", tool)) ? "/usr/bin/" : "/bin/") + tool;
            Files.writeString(bin.resolve(tool), "#!/bin/sh\nexec " + path + " \"$@\"\n").toFile().setExecutable(true);
        }
        return bin.toString();
    }

    /** Runs it to its end. */
    Session run(String... words) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", null);
        Path err = Files.createTempFile(folder, "err", null);
        try {
            var process = start(out, err, words);
            return new Session(end(process), Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    /** Waits for the end and returns the exit status. */
    static int end(Process process) throws InterruptedException {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("still running after " + LIMIT_SECONDS + " s: " + process.info());
        }
        return process.exitValue();
    }

    /** Waits until the file holds the text; fails when the process ends without it. */
    static void await(Process process, Path file, String text) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!Files.readString(file).contains(text)) {
            if (!process.isAlive() && !Files.readString(file).contains(text) || System.nanoTime() > deadline) {
                throw new AssertionError("never said \"" + text + "\", but: " + Files.readString(file));
            }
            Thread.onSpinWait();
        }
    }
}
