package org.superstep.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What happens when the user breaks a command off: no part files stay behind. The exit status is the JVM's, and tells of the signal
 * (130 for Ctrl-C).
 */
final class Interruption implements Runnable {
    private final Console console;
    private final List<Path> parts = new ArrayList<>();
    private boolean isOver;

    Interruption(Console console) {
        this.console = console;
    }

    /** Another file is going to be written, by so many workers, each to a {@linkplain Destination#part(int) part file}. */
    synchronized void watch(Destination destination, int workers) {
        for (int worker = 0; worker < workers && destination.kind() == Destination.Kind.FILE; worker++) {
            parts.add(destination.part(worker));
        }
    }

    /** The command has ended by itself: nothing is left to do. */
    synchronized void over() {
        isOver = true;
    }

    /** Runs as a shutdown hook. */
    @Override public synchronized void run() {
        if (isOver) {
            return;
        }
        for (Path part : parts) {
            try {
                Files.deleteIfExists(part);
            } catch (IOException e) {
                console.err().println("superstep: " + part + " stays behind: " + Destination.reason(e));
            }
        }
        console.err().println((console.isLive() ? "\r\u001b[K" : "") + "superstep: interrupted");
    }
}
