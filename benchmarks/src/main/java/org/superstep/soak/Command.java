package org.superstep.soak;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A process of ours, what it says on standard error, and signals to it. What it says is kept in a file, and so is its standard output. */
final class Command implements AutoCloseable {
    private static final Line END = new Line("", 0);

    private final Process process;
    private final Path said;
    private final LinkedBlockingQueue<Line> lines = new LinkedBlockingQueue<>();
    private boolean hasEnded;

    /**
     * A line.
     *
     * @param text without its end
     * @param nanos when it came, as {@link System#nanoTime} has it
     */
    record Line(String text, long nanos) {
    }

    private Command(Process process, Path said) {
        this.process = process;
        this.said = said;
        var reader = new Thread(this::read, "lines of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts it in a folder, where its streams go to NAME.out and NAME.err.
     *
     * @param environment what is added to ours, less all that is for Superstep
     */
    static Command start(Path folder, String name, Map<String, String> environment, List<String> words) throws IOException {
        var builder = new ProcessBuilder(words).directory(folder.toFile()).redirectOutput(folder.resolve(name + ".out").toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().keySet().removeIf(variable -> variable.startsWith("SUPERSTEP_"));
        builder.environment().putAll(environment);
        return new Command(builder.start(), folder.resolve(name + ".err"));
    }

    private void read() {
        try (var in = new BufferedReader(new InputStreamReader(process.getErrorStream(),
                StandardCharsets.UTF_8));
                BufferedWriter out = Files.newBufferedWriter(said, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(new Line(line, System.nanoTime()));
                out.append(line).append('\n').flush();
            }
        } catch (IOException e) {
            // It has ended, and its stream with it.
        } finally {
            lines.add(END);
        }
    }

    /** The next line; empty where there is none so soon. */
    Optional<Line> line(long millis) throws InterruptedException {
        Line line = hasEnded ? null : lines.poll(millis, TimeUnit.MILLISECONDS);
        hasEnded |= line == END;
        return line == null || line == END ? Optional.empty() : Optional.of(line);
    }

    /** Whether it has said all that it will ever say, and that has been read. */
    boolean hasEnded() {
        return hasEnded;
    }

    /** Its exit status, once it {@linkplain #hasEnded has ended}. */
    int status() throws InterruptedException {
        return process.waitFor();
    }

    /** Waits for the end, for so long at most, and takes no notice of what it says. */
    boolean ends(long millis) throws InterruptedException {
        return process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    /** Sends a signal to a process, if it is there. */
    static void signal(String name, ProcessHandle to) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(to.pid())).redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    }

    /** Kills it. */
    @Override public void close() {
        process.destroyForcibly();
    }
}
