package org.superstep.graph.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/** What a program's code has thrown, as its author wants to see it: without the engine's part of the stack. */
public final class Thrown {
    /** Of one exception so many frames are shown, those where it was thrown; a stack that overflows has thousands. */
    private static final int MOST_FRAMES = 12;
    private static final List<String> BELOW_PROGRAMS = List.of("org.superstep.graph.", "org.superstep.worker.", "org.superstep.master.",
        "java.", "jdk.", "sun.");

    private Thrown() {
    }

    /** Class and message, in one line. */
    public static String line(Throwable thrown) {
        return text(thrown).lines().findFirst().orElse("");
    }

    /** An object's own text, or where that cannot be had, why: a failure while a failure is told must not hide it. */
    public static String text(Object value) {
        try {
            String text = value.toString();
            return text == null ? "null" : text;
        } catch (Throwable t) {
            return "a " + value.getClass().getName() + ", whose toString() throws " + t.getClass().getName();
        }
    }

    /**
     * The method of a program that has thrown this, {@code com.acme.Walks.weights (Walks.java:12)}; empty where it was thrown by the
     * engine, or by a library on the engine's account.
     */
    public static Optional<String> place(Throwable thrown) {
        for (StackTraceElement frame : thrown.getStackTrace()) {
            String type = frame.getClassName();
            if (type.startsWith("org.superstep.")) {
                return Optional.empty();
            }
            if (!type.startsWith("java.") && !type.startsWith("javax.") && !type.startsWith("jdk.") && !type.startsWith("sun.")) {
                return Optional.of(type + "." + frame.getMethodName() + " (" + frame.getFileName() + ":" + frame.getLineNumber() + ")");
            }
        }
        return Optional.empty();
    }

    /**
     * Class, message and frames, down to the last one of the program's own classes, and the same of its causes.
     *
     * @param engine the class of the engine that has called the program; what stands below is its own business
     */
    public static List<String> lines(Throwable thrown, Class<?> engine) {
        var lines = new ArrayList<String>();
        var seen = Collections.<Throwable>newSetFromMap(new IdentityHashMap<>());
        try {
            for (Throwable next = thrown; next != null && seen.add(next); next = next.getCause()) {
                List<String> text = text(next).lines().toList();
                for (int i = 0; i < text.size(); i++) {
                    lines.add((i > 0 ? "    " : next == thrown ? "" : "caused by ") + text.get(i));
                }
                addFrames(next.getStackTrace(), engine, lines);
            }
        } catch (Throwable t) {
            lines.add("(the rest cannot be shown: " + t.getClass().getName() + ")");
        }
        return lines;
    }

    private static void addFrames(StackTraceElement[] frames, Class<?> engine, List<String> lines) {
        int end = entry(frames, engine);
        while (end > 0 && BELOW_PROGRAMS.stream().anyMatch(frames[end - 1].getClassName()::startsWith)) {
            end--;
        }
        for (int i = 0; i < Math.min(end, MOST_FRAMES); i++) {
            lines.add("    at " + frames[i]);
        }
        if (end > MOST_FRAMES) {
            lines.add("    ... and " + (end - MOST_FRAMES) + " more");
        }
    }

    /** Whether this class of the engine called what has thrown. */
    public static boolean isFrom(Throwable thrown, Class<?> engine) {
        StackTraceElement[] frames = thrown.getStackTrace();
        return entry(frames, engine) < frames.length;
    }

    /** The topmost frame of the engine's class: a program may run a job in turn, whose frames lie above. */
    private static int entry(StackTraceElement[] frames, Class<?> engine) {
        int entry = 0;
        while (entry < frames.length && !frames[entry].getClassName().equals(engine.getName())) {
            entry++;
        }
        return entry;
    }
}
