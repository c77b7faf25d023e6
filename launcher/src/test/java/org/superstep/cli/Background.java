package org.superstep.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A command that runs inside this process until it is broken off, or ends by itself. */
final class Background implements AutoCloseable {
    private static final long LIMIT_SECONDS = 60;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Interruption interruption;
    private final Thread thread;
    private volatile int status = -1;

    Background(String... words) {
        var console = new Console(out, new PrintStream(err, true, StandardCharsets.UTF_8), false);
        interruption = new Interruption(console);
        thread = new Thread(() -> status = new Main(console, Engine.LOCAL, interruption).run(words), String.join(" ", words));
        thread.setDaemon(true);
        thread.start();
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    /** Waits until standard error matches, and returns the match. */
    Matcher await(String pattern) {
        var compiled = Pattern.compile(pattern);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (true) {
            boolean isAlive = thread.isAlive();
            Matcher matcher = compiled.matcher(err());
            if (matcher.find()) {
                return matcher;
            }
            if (!isAlive || System.nanoTime() > deadline) {
                throw new AssertionError("never said \"" + pattern + "\", but: " + err());
            }
            Thread.onSpinWait();
        }
    }

    /** Waits for the command's end, and returns what came of it. */
    Session end() throws InterruptedException {
        thread.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
        if (thread.isAlive()) {
            throw new AssertionError(thread.getName() + " still runs, and says: " + err());
        }
        return new Session(status, out.toString(StandardCharsets.UTF_8), err());
    }

    /** Breaks it off on another thread, as Ctrl-C does: the command may go on until the process ends, which tests' does not. */
    Thread breakOff() {
        var hook = new Thread(interruption, "interruption");
        hook.start();
        return hook;
    }

    /** Breaks it off, and waits for its end. */
    @Override public void close() {
        interruption.run();
        try {
            end();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
