package org.superstep.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One command inside this process, and what came of it. */
record Session(int status, String out, String err) {
    /** Runs the command with the real engine. */
    static Session of(String... words) {
        return with(Engine.LOCAL, words);
    }

    /** Runs the command with this engine. */
    static Session with(Engine engine, String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var console = new Console(out, new PrintStream(err, true, StandardCharsets.UTF_8), false);
        int status = new Main(console, engine, new Interruption(console)).run(words);
        return new Session(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The lines on standard error. */
    List<String> faults() {
        return err.lines().toList();
    }
}
