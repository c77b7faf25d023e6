package org.superstep.cli;

import java.io.BufferedReader;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.superstep.net.HostPort;

/**
 * A {@link LocalWorker}, as the command sees it that has started it. What it says is kept and shown only should it die; its standard input
 * stays open, because it ends with that.
 */
final class ChildProcess {
    private static final int MOST_LINES = 20;
    private static final int MOST_CHARACTERS = 1_000;
    /** A process that a signal has ended has the signal's number above this for a status. */
    private static final int SIGNALS = 128;
    /** Of the command's own flags, those that are not for its children: sizes of its heap, and what only one process can do. */
    private static final List<String> NOT_INHERITED = List.of("-Xmx", "-Xms", "-XX:MaxHeapSize", "-XX:InitialHeapSize",
        "-XX:MaxRAMPercentage", "-XX:InitialRAMPercentage", "-XX:ParallelGCThreads", "-XX:ArchiveClassesAtExit", "-agentlib:jdwp",
        "-Xrunjdwp");

    private final String name;
    private final Process process;
    private final Deque<String> said = new ArrayDeque<>();
    private final Thread reader;

    /**
     * Starts it, by the Java, class path and flags of this process.
     *
     * @param name what a user calls it
     * @param threads its compute threads
     * @param heapBytes its heap
     * @param timeout how long it waits for a word from the command and the other workers
     * @param scratch a folder that it may use and that is not its own
     */
    ChildProcess(String name, int threads, long heapBytes, Duration timeout, Path scratch) throws IOException {
        this.name = name;
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (NOT_INHERITED.stream().noneMatch(flag::startsWith)) {
                command.add(flag);
            }
        }
        command.addAll(List.of("-Xmx" + Math.max(1, heapBytes >> 20) + "m", "-XX:ParallelGCThreads=" + threads,
            "-Djava.io.tmpdir=" + scratch, "-cp", System.getProperty("java.class.path"), LocalWorker.class.getName(),
            Integer.toString(threads), Long.toString(timeout.toMillis()), scratch.toString()));
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        reader = new Thread(this::read, "child-" + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (said) {
                    if (said.size() == MOST_LINES) {
                        said.removeFirst();
                    }
                    said.addLast(line.substring(0, Math.min(line.length(), MOST_CHARACTERS)));
                }
            }
        } catch (IOException e) {
            // It has ended, and its output with it.
            return;
        }
    }

    /** Tells it what it must know to work. One that cannot be told has died, which is found out otherwise. */
    void tell(HostPort master, byte[] secret) {
        try {
            var in = new DataOutputStream(process.getOutputStream());
            in.writeUTF(master.toString());
            in.write(secret);
            in.flush();
        } catch (IOException e) {
            process.destroyForcibly();
        }
    }

    /** When it ends, on a thread of its own. */
    void whenEnded(Runnable task) {
        process.onExit().thenRun(task);
    }

    /** Its number. */
    long pid() {
        return process.pid();
    }

    /** Whether somebody, or the kernel, has ended it: it has not done so by itself. */
    boolean wasKilled() {
        return process.exitValue() > SIGNALS;
    }

    /** What has killed it. */
    String killing() {
        return "killed by signal " + (process.exitValue() - SIGNALS);
    }

    /** How it has ended, in one line. */
    String end() {
        int status = process.exitValue();
        String reason = switch (status) {
            case SIGNALS + 6 -> " (aborted)";
            case SIGNALS + 9 -> " (killed; out of memory?)";
            case SIGNALS + 11 -> " (crashed)";
            case SIGNALS + 15 -> " (terminated)";
            default -> "";
        };
        return name + " ended with status " + status + reason;
    }

    /** The last that it has said, line by line. */
    List<String> said() throws InterruptedException {
        reader.join(TimeUnit.SECONDS.toMillis(1));
        synchronized (said) {
            return List.copyOf(said);
        }
    }

    /** Kills it, and waits until it is gone: stopped or not, it leaves nothing outside the scratch folder. */
    void kill() {
        process.destroyForcibly();
        boolean isInterrupted = false;
        while (true) {
            try {
                process.waitFor();
                break;
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
