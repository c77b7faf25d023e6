package org.superstep.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** {@code superstep run}: all workers are in the command's process, or are processes that it has started. */
final class CommandSite implements Site {
    /** What a user is promised of a worker whose command was killed, and as much again for a busy machine. */
    private static final long PATIENCE_SECONDS = 40;
    /** Of the command and all of its workers. */
    private static final String HEAP = "600m";

    private final Setting setting;

    CommandSite(Setting setting) {
        this.setting = setting;
    }

    @Override public List<String> begin(Course course) {
        return List.of(setting.superstep().toString(), "run", workers(course.way()), Integer.toString(course.workers()));
    }

    private static String workers(Course.Way way) {
        return way == Course.Way.IN_PROCESS ? "--workers-in-process" : "--workers";
    }

    @Override public List<String> resume(Path folder, Course course) {
        return List.of(setting.superstep().toString(), "resume", folder.toString(), workers(course.way()),
            Integer.toString(course.resumedBy()));
    }

    @Override public Map<String, String> environment(Path scratch, Course course) {
        var environment = new HashMap<>(Map.of("SUPERSTEP_HEAP", HEAP, "SUPERSTEP_JAVA_OPTIONS", "-Djava.io.tmpdir=" + scratch));
        course.disk().ifPresent(disk -> environment.putAll(Map.of("LD_PRELOAD", setting.slowDisk().orElseThrow().toString(),
            "SLOW_DISK_SYNC_MS", Integer.toString(disk.syncMs()), "SLOW_DISK_MB_PER_S", Integer.toString(disk.megabytesPerSecond()),
            "SLOW_DISK_FULL", disk.isFull() ? "/saved" : "")));
        return environment;
    }

    @Override public Optional<ProcessHandle> worker(int worker, Story story) {
        List<Long> workers = story.workers();
        return workers.isEmpty() ? Optional.empty() : ProcessHandle.of(workers.get(worker % workers.size())).filter(ProcessHandle::isAlive);
    }

    @Override public boolean happens(OutsideFault fault, Story story) {
        throw new AssertionError(fault + " is for a cluster");
    }

    @Override public void tend() {
        // The command does.
    }

    @Override public List<ProcessHandle> processes(Story story) {
        return story.everSeen().stream().flatMap(process -> ProcessHandle.of(process).stream()).toList();
    }

    @Override public List<String> leftovers(Path scratch, Story story) throws IOException, InterruptedException {
        var left = new ArrayList<String>();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        for (long process : story.everSeen()) {
            while (ProcessHandle.of(process).map(ProcessHandle::isAlive).orElse(false) && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            if (ProcessHandle.of(process).map(ProcessHandle::isAlive).orElse(false)) {
                left.add("leaked: worker process " + process + " is still there");
            }
        }
        List<String> files = files(scratch);
        while (!files.isEmpty() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(20);
            files = files(scratch);
        }
        if (!files.isEmpty()) {
            left.add("leaked: the folder for temporary files holds " + files);
        }
        return left;
    }

    /** The names in a folder. */
    static List<String> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
