package org.superstep.cli;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;
import org.superstep.JobObserver;
import org.superstep.JobReport;

/**
 * Tells on standard error how far a job has come: on a terminal a bar while the input is read, then supersteps as they pass, four times a
 * second at most; elsewhere a line every ten seconds. A run that is over before the first of these says nothing.
 *
 * <p>Written by hand: {@code me.tongfei:progressbar} brings a terminal library, and the first bar costs 870 classes and 96 ms (measured),
 * a quarter of what a whole short run may take.
 *
 * <p>The job's threads only leave figures behind; a thread of our own, woken by the clock, looks at them and paints.
 */
final class Progress implements JobObserver, AutoCloseable {
    private static final long LIVE_MS = 250;
    private static final long OTHERWISE_MS = 10_000;
    private static final int BAR = 24;
    /** Returns to the line's beginning and clears the line. */
    static final String CLEAR = "\r\u001b[K";
    static final int MOST_COLUMNS = 79;
    private static final String CUT = ", ...";

    private enum Stage { OPENING, READING, COMPUTING, WRITING, CLOSED }

    private final PrintStream err;
    private final boolean isLive;
    private final boolean isVerbose;
    private final AtomicLong bytesRead = new AtomicLong();
    private final AtomicLong edgesRead = new AtomicLong();
    private Stage stage = Stage.OPENING;
    private long stageStart;
    private long bytes;
    private String loaded = "";
    private JobReport.Superstep latest;
    private boolean isLatestTold = true;
    /** Whether something has happened since the latest superstep that may have stopped the next one, or sent the job back. */
    private boolean isDisturbed;
    private boolean isPainted;

    /** Nothing to tell so far; {@code isVerbose} gives each superstep a line. */
    Progress(PrintStream err, boolean isLive, boolean isVerbose) {
        this.err = err;
        this.isLive = isLive;
        this.isVerbose = isVerbose;
    }

    /** Begins to tell, until closed. */
    Progress start() {
        var clock = new Thread(new Runnable() {
            @Override public void run() {
                tellByTheClock();
            }
        }, "progress");
        clock.setDaemon(true);
        clock.start();
        return this;
    }

    private synchronized void tellByTheClock() {
        try {
            while (stage != Stage.CLOSED) {
                wait(isLive ? LIVE_MS : OTHERWISE_MS);
                tell(System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override public synchronized void opened(String description, long inputBytes) {
        bytes = inputBytes;
        // Each worker opens its share; the clock runs from the first.
        if (stage == Stage.OPENING) {
            enter(Stage.READING);
        }
    }

    @Override public void read(long moreBytes, long moreEdges) {
        bytesRead.addAndGet(moreBytes);
        edgesRead.addAndGet(moreEdges);
    }

    @Override public synchronized void loaded(long vertices, long edges) {
        loaded = "loaded " + Figures.counted(vertices, "vertex", "vertices") + " and " + Figures.counted(edges, "edge", "edges");
        enter(Stage.COMPUTING);
    }

    @Override public synchronized void superstep(JobReport.Superstep superstep) {
        latest = superstep;
        isLatestTold = false;
        isDisturbed = false;
        stageStart = System.nanoTime();
        if (isVerbose) {
            tellLatest();
        }
    }

    @Override public synchronized void notice(String line) {
        // What a command that is broken off does to its workers is no news.
        if (stage != Stage.CLOSED) {
            say("superstep: " + line);
            isDisturbed = true;
        }
    }

    @Override public synchronized void writing() {
        enter(Stage.WRITING);
    }

    /** Ends the telling and clears what is painted. */
    @Override public synchronized void close() {
        erase();
        err.flush();
        stage = Stage.CLOSED;
        notifyAll();
    }

    private void enter(Stage next) {
        if (stage != Stage.CLOSED) {
            stage = next;
            stageStart = System.nanoTime();
        }
    }

    /** Tells how things stand at this time. */
    synchronized void tell(long nanoTime) {
        switch (stage) {
            case OPENING, CLOSED -> {
            }
            case READING -> paint(reading(nanoTime - stageStart));
            case COMPUTING -> {
                if (isLatestTold && isDisturbed) {
                    paint("no superstep has ended for " + Figures.time(nanoTime - stageStart));
                } else if (isLatestTold) {
                    paint("superstep " + (latest == null ? 0 : latest.number() + 1) + " has been running for "
                        + Figures.time(nanoTime - stageStart));
                } else {
                    tellLatest();
                }
            }
            case WRITING -> paint("writing");
        }
        err.flush();
    }

    private void tellLatest() {
        isLatestTold = true;
        if (!loaded.isEmpty()) {
            say(loaded);
            loaded = "";
        }
        String line = "superstep " + latest.number() + ": " + Figures.count(latest.computed()) + " active, "
            + Figures.counted(latest.messages(), "message", "messages") + ", " + Figures.time(latest.nanos());
        say(isVerbose ? line + aggregates(MOST_COLUMNS - line.length()) : line);
    }

    /**
     * What the latest superstep's aggregators of numbers and truth values came to: all of them, or on a terminal, whose lines must not
     * wrap, as many as fit so many columns, and dots where there are more.
     */
    private String aggregates(int columns) {
        var text = new StringBuilder();
        boolean isCut = false;
        for (var aggregate : latest.aggregates().entrySet()) {
            Object value = aggregate.getValue();
            String shown = value instanceof Double number ? Figures.sixDigits(number)
                : value instanceof Long number ? Figures.count(number) : value instanceof Boolean ? value.toString() : "";
            String item = ", " + aggregate.getKey() + " " + shown;
            if (shown.isEmpty()) {
                continue;
            }
            if (isLive && text.length() + item.length() > columns - CUT.length()) {
                isCut = true;
            } else {
                text.append(item);
            }
        }
        return text.append(isCut && text.length() + CUT.length() <= columns ? CUT : "").toString();
    }

    private String reading(long nanos) {
        long read = Math.min(bytes, bytesRead.get());
        long edges = edgesRead.get();
        var text = new StringBuilder();
        if (bytes > 0 && read == bytes) {
            return text.append("building the graph of ").append(Figures.counted(edges, "edge", "edges")).toString();
        }
        text.append("loading ");
        if (bytes > 0) {
            if (isLive) {
                int filled = (int) (BAR * read / bytes);
                text.append('[').append("#".repeat(filled)).append("-".repeat(BAR - filled)).append("] ");
            }
            text.append(100 * read / bytes).append("% of ").append(Figures.bytes(bytes)).append(", ");
        }
        double seconds = nanos / 1e9;
        text.append(Figures.counted(edges, "edge", "edges")).append(", ")
            .append(Figures.count(seconds > 0 ? Math.round(edges / seconds) : 0)).append("/s");
        return text.toString();
    }

    /** On a terminal, a line that the next one replaces. */
    private void paint(String line) {
        if (isLive) {
            // A line that wraps could not be wiped any more; 80 columns are what a terminal has at least.
            err.print(CLEAR + line.substring(0, Math.min(line.length(), MOST_COLUMNS)));
            isPainted = true;
        } else {
            err.println(line);
        }
    }

    /** Says a line, or several, that stay. */
    synchronized void say(String line) {
        erase();
        err.println(line);
    }

    private void erase() {
        if (isPainted) {
            err.print(CLEAR);
            isPainted = false;
        }
    }
}
