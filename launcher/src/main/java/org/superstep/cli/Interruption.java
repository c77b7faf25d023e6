package org.superstep.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What happens when the user breaks a command off: nothing half written stays behind. The exit status is the JVM's, and tells of the signal
 * (130 for Ctrl-C).
 */
final class Interruption implements Runnable {
    /** What the user is told, unless there is more to say. */
    static final String USUAL = "interrupted";

    private final Console console;
    private final List<Leftovers> all = new ArrayList<>();
    private final List<AutoCloseable> running = new ArrayList<>();
    private String words = USUAL;
    private final List<Supplier<Optional<String>>> remedies = new ArrayList<>();
    private boolean isOver;
    private volatile boolean hasBegun;

    /** What may be half written. */
    @FunctionalInterface
    interface Leftovers {
        /** Deletes what there is of it. */
        void delete() throws IOException;
    }

    Interruption(Console console) {
        this.console = console;
    }

    /** Something else is going to be written. */
    synchronized void watch(Leftovers some) {
        all.add(some);
    }

    /** A file is going to be written, by way of its {@linkplain Destination#part part file}. */
    void watch(Destination destination) {
        if (destination.kind() == Destination.Kind.FILE) {
            watch(new Leftovers() {
                @Override public void delete() throws IOException {
                    Files.deleteIfExists(destination.part());
                }
            });
        }
    }

    /** Something runs that is to end with the command, before what was started earlier; closing it twice does no harm. */
    synchronized void ends(AutoCloseable process) {
        running.add(process);
    }

    /** What the user is told from now on. */
    synchronized void tells(String line) {
        words = line;
    }

    /** What the user can do about it is told besides, if there is something by then. */
    synchronized void tellsAlso(Supplier<Optional<String>> line) {
        remedies.add(line);
    }

    /** The command has ended by itself: nothing is left to do. */
    synchronized void over() {
        isOver = true;
    }

    /** Whether the user has broken the command off: what fails now does so for that. */
    boolean hasBegun() {
        return hasBegun;
    }

    /** Runs as a shutdown hook. */
    @Override public synchronized void run() {
        if (isOver) {
            return;
        }
        hasBegun = true;
        for (int i = running.size() - 1; i >= 0; i--) {
            try {
                running.get(i).close();
            } catch (Exception e) {
                console.err().println("superstep: does not end as it should: " + e);
            }
        }
        for (Leftovers some : all) {
            try {
                some.delete();
            } catch (IOException e) {
                String file = e instanceof FileSystemException fault ? fault.getFile() : "something half written";
                console.err().println("superstep: " + file + " stays behind: " + Destination.reason(e));
            }
        }
        console.err().println((console.isLive() ? "\r\u001b[K" : "") + "superstep: " + words);
        for (Supplier<Optional<String>> remedy : remedies) {
            remedy.get().ifPresent(line -> console.err().println("superstep: " + line));
        }
    }
}
