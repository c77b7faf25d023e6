package org.superstep.cli;

import java.io.PrintStream;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;

/** What a process of a cluster tells whoever runs it: lines with the time before them. */
final class ProcessLog implements Consumer<String> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private final PrintStream err;

    ProcessLog(PrintStream err) {
        this.err = err;
    }

    @Override public void accept(String line) {
        err.println(LocalDateTime.now().format(TIME) + " " + Main.oneLine(line));
    }
}
