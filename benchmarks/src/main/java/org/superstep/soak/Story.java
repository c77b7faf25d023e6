package org.superstep.soak;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a job's lines tell of it, over all commands that have led it. One thread uses it. */
final class Story {
    private static final Pattern SUPERSTEP = Pattern.compile("superstep (\\d+): .*");
    private static final Pattern NUMBER = Pattern.compile("\\d[\\d,.]*");
    private static final Pattern PROCESSES = Pattern.compile("worker processes: (.*)");
    private static final Pattern REPLACED = Pattern.compile("superstep: process (\\d+) was killed by signal 9; process (\\d+) .*");
    private static final Pattern CONFINED = Pattern.compile(".*: ([\\d,]+) vert\\w+ computed again, where going back would have cost"
        + " ([\\d,]+)");
    private static final Pattern LOST = Pattern.compile("lost +.*; ([\\d,]+) vert\\w+ computed again(?:, where .* cost ([\\d,]+))?");
    private static final Pattern FALLEN_BACK = Pattern.compile(".*(?:go back to the checkpoint before superstep \\d+ all the same|, with"
        + " all partitions): (.*)");
    private static final Pattern WHO = Pattern.compile("worker \\d+ (\\(\\S+\\) )?");

    private final TreeMap<String, Integer> events = new TreeMap<>();
    private final List<Long> rollbackNanos = new ArrayList<>();
    private final List<Long> confinedNanos = new ArrayList<>();
    private final List<Long> workers = new ArrayList<>();
    private final Set<Long> everSeen = new LinkedHashSet<>();
    private int last = -1;
    private int losses;
    private long again;
    private long againOfAll;
    private long confinedAgain;
    private long confinedOfAll;
    /** When the loss was told from which it has not recovered yet; 0: there is none. */
    private long lostNanos;
    /** Whether it recovers from that, as far as has been told, with what others have kept. */
    private boolean isConfined;

    /** Takes a line. */
    void hear(Command.Line line) {
        String text = line.text();
        Matcher superstep = SUPERSTEP.matcher(text);
        if (superstep.matches()) {
            superstepEnded(Integer.parseInt(superstep.group(1)), line.nanos());
        } else if (text.startsWith("worker processes: ")) {
            Matcher processes = PROCESSES.matcher(text);
            processes.matches();
            workers.clear();
            for (String process : processes.group(1).split(", ")) {
                add(-1, Long.parseLong(process));
            }
        } else if (text.startsWith("lost ")) {
            Matcher lost = LOST.matcher(text);
            if (lost.matches()) {
                again += number(lost.group(1));
                againOfAll += number(lost.group(lost.group(2) == null ? 1 : 2));
            }
        } else if (text.startsWith("superstep: ")) {
            Matcher replaced = REPLACED.matcher(text);
            if (replaced.matches()) {
                count("processes killed and replaced");
                add(workers.indexOf(Long.parseLong(replaced.group(1))), Long.parseLong(replaced.group(2)));
            }
            notice(text, line.nanos());
        }
    }

    private void add(int place, long process) {
        everSeen.add(process);
        if (place < 0) {
            workers.add(process);
        } else {
            workers.set(place, process);
        }
    }

    private void superstepEnded(int superstep, long nanos) {
        last = Math.max(last, superstep);
        if (lostNanos != 0) {
            (isConfined ? confinedNanos : rollbackNanos).add(nanos - lostNanos);
            lostNanos = 0;
        }
    }

    private void notice(String text, long nanos) {
        Matcher confined = CONFINED.matcher(text);
        Matcher fallenBack = FALLEN_BACK.matcher(text);
        if (text.contains(" was lost: ") || text.contains(" cannot hear ")) {
            losses++;
            lostNanos = lostNanos == 0 ? nanos : lostNanos;
            isConfined = text.contains("keep what they have");
            count(text.contains(" was lost: ") ? "workers lost" : "workers that did not hear each other");
        }
        if (text.contains("going back to the checkpoint")) {
            count("rollbacks to a checkpoint");
        } else if (text.contains("beginning anew from the input")) {
            count("beginnings anew from the input");
        }
        if (confined.matches()) {
            count("confined recoveries");
            confinedAgain += number(confined.group(1));
            confinedOfAll += number(confined.group(2));
        } else if (text.contains("nothing is lost: ")) {
            count("confined recoveries in which nothing was lost");
        } else if (fallenBack.matches()) {
            isConfined = false;
            count("fallen back: " + NUMBER.matcher(WHO.matcher(fallenBack.group(1)).replaceAll("a worker ")).replaceAll("N")
                .replaceAll("/\\S+", "PATH"));
        } else if (text.contains(" cannot be used: ")) {
            count("checkpoints found damaged");
        } else if (text.contains(" could not be written: ")) {
            count("checkpoints not written");
        } else if (text.contains("going on from the checkpoint")) {
            count("resumed");
        } else if (text.contains("partitions move before")) {
            count("moves");
        }
    }

    private static long number(String text) {
        return Long.parseLong(text.replace(",", ""));
    }

    /** It has happened once more. */
    void count(String event) {
        events.merge(event, 1, Integer::sum);
    }

    /** The last superstep that has ended in any attempt; -1: none. */
    int superstep() {
        return last;
    }

    /** How often a worker was lost so far. */
    int losses() {
        return losses;
    }

    /** The worker processes that the command has named, by place. */
    List<Long> workers() {
        return List.copyOf(workers);
    }

    /** All worker processes that it has named, those that were replaced too. */
    Set<Long> everSeen() {
        return Set.copyOf(everSeen);
    }

    /** What has happened how often. */
    TreeMap<String, Integer> events() {
        return events;
    }

    /** From the line that tells of a loss until the job has got further than it was, where all went back. */
    List<Long> rollbackNanos() {
        return rollbackNanos;
    }

    /** The same where others kept what they had. */
    List<Long> confinedNanos() {
        return confinedNanos;
    }

    /** Vertices that computed again for losses, by the figures of a command that has ended well. */
    long again() {
        return again;
    }

    /** What that would be, if all had gone back each time. */
    long againOfAll() {
        return againOfAll;
    }

    /** Vertices that computed again in confined recoveries. */
    long confinedAgain() {
        return confinedAgain;
    }

    /** Vertices that would have computed again in their place, had all gone back. */
    long confinedOfAll() {
        return confinedOfAll;
    }
}
