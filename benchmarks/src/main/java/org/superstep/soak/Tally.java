package org.superstep.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What has become of all jobs so far. Any thread may call. */
final class Tally {
    private static final double NANOS = 1e9;

    private final long startNanos = System.nanoTime();
    private final TreeMap<String, Integer> ways = new TreeMap<>();
    private final TreeMap<String, Integer> programs = new TreeMap<>();
    private final TreeMap<String, Integer> asked = new TreeMap<>();
    private final TreeMap<String, Integer> events = new TreeMap<>();
    private final List<Long> rollbackNanos = new ArrayList<>();
    private final List<Long> confinedNanos = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private int jobs;
    private int whole;
    private int disturbed;
    private int lost;
    private int slowDisks;
    private long again;
    private long againOfAll;
    private long confinedAgain;
    private long confinedOfAll;

    /** Adds what has become of a job. */
    synchronized void add(Verdict verdict) {
        Course course = verdict.course();
        Story story = verdict.story();
        jobs++;
        whole += verdict.isWhole() ? 1 : 0;
        programs.merge(verdict.workload().name(), 1, Integer::sum);
        if (course != null) {
            ways.merge(course.way().words(), 1, Integer::sum);
            disturbed += course.injected().isEmpty() && course.outside().isEmpty() ? 0 : 1;
            slowDisks += course.disk().isPresent() ? 1 : 0;
            course.injected().forEach(fault -> asked.merge("--inject " + fault.action().name().toLowerCase(Locale.ROOT)
                + (fault.action().name().equals("CORRUPT") ? " checkpoint" : ""), 1, Integer::sum));
            course.outside().forEach(fault -> asked.merge(fault.kind().words(), 1, Integer::sum));
        }
        lost += story.losses() > 0 ? 1 : 0;
        story.events().forEach((event, count) -> events.merge(event, count, Integer::sum));
        rollbackNanos.addAll(story.rollbackNanos());
        confinedNanos.addAll(story.confinedNanos());
        again += story.again();
        againOfAll += story.againOfAll();
        confinedAgain += story.confinedAgain();
        confinedOfAll += story.confinedOfAll();
        verdict.wrong().forEach(line -> wrong("seed " + verdict.seed() + ", " + verdict.workload().name() + ": " + line));
    }

    /** Adds what is wrong besides. */
    synchronized void wrong(String line) {
        wrong.add(line);
    }

    synchronized boolean isClean() {
        return wrong.isEmpty();
    }

    /** How it stands. */
    synchronized String line() {
        return String.format(Locale.ROOT, "%4.0f min: %d jobs, %d whole and the same, %d workers lost, %d wrong",
            minutes(), jobs, whole - differing(), events.getOrDefault("workers lost", 0), wrong.size());
    }

    private double minutes() {
        return (System.nanoTime() - startNanos) / NANOS / 60;
    }

    private long differing() {
        return wrong.stream().filter(line -> line.contains(": other ")).count();
    }

    /** All of it. */
    synchronized String report() {
        var text = new StringBuilder(String.format(Locale.ROOT, "%n%d jobs in %.1f min: %s%nprograms: %s%n", jobs, minutes(),
            listed(ways), listed(programs)));
        text.append(String.format(Locale.ROOT, "%d with faults, %d that lost workers, %d on slow disks; %d ended well, %d of them with"
            + " other bytes%n%nfaults asked for%n", disturbed, lost, slowDisks, whole, differing()));
        asked.forEach((kind, count) -> text.append(String.format(Locale.ROOT, "%7d  %s%n", count, kind)));
        text.append(String.format(Locale.ROOT, "%nwhat has happened%n"));
        events.forEach((event, count) -> text.append(String.format(Locale.ROOT, "%7d  %s%n", count, event)));
        text.append(String.format(Locale.ROOT, "%n%,d vertices computed again in all, where going back each time would have cost %,d%n"
            + "%,d in confined recoveries, where going back would have cost %,d%n", again, againOfAll, confinedAgain, confinedOfAll));
        text.append("from a loss told until the job has got further than it was\n").append(times("rollback", rollbackNanos))
            .append(times("confined", confinedNanos));
        text.append(String.format(Locale.ROOT, "%nwrong: %d%n", wrong.size()));
        wrong.forEach(line -> text.append("  ").append(line).append('\n'));
        return text.toString();
    }

    private static String times(String kind, List<Long> nanos) {
        if (nanos.isEmpty()) {
            return "";
        }
        List<Long> sorted = nanos.stream().sorted().toList();
        return String.format(Locale.ROOT, "  %s, %d times: median %.2f s, 95 %% within %.2f s, longest %.2f s%n", kind, sorted.size(),
            sorted.get(sorted.size() / 2) / NANOS, sorted.get(sorted.size() * 95 / 100) / NANOS, sorted.get(sorted.size() - 1) / NANOS);
    }

    private static String listed(TreeMap<String, Integer> counts) {
        return counts.entrySet().stream().map(count -> count.getKey() + " " + count.getValue()).collect(Collectors.joining(", "));
    }
}
