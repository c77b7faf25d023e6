package org.superstep.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A cluster that stands for many jobs: a master with a state folder, and workers, each in a process of its own. One that has ended, whoever
 * has ended it, is started again. One thread uses it.
 */
final class ClusterSite implements Site, AutoCloseable {
    static final int WORKERS = 3;
    private static final String HEAP = "200m";
    private static final String TIMEOUT = "2s";
    private static final long PATIENCE_MS = 40_000;
    private static final Pattern LISTENS = Pattern.compile(".*the master listens at (\\S+).*");
    private static final Pattern RUNNING = Pattern.compile("running +job (\\d+),[\\s\\S]*");

    private final Setting setting;
    private final Path folder;
    private final List<Process> workers = new ArrayList<>();
    private final List<Path> scratches = new ArrayList<>();
    private Process master;
    private String address = "127.0.0.1:0";
    private int started;

    /** Starts it; its files are in this folder. */
    ClusterSite(Setting setting, Path folder) throws IOException, InterruptedException {
        this.setting = setting;
        this.folder = Files.createDirectories(folder);
        startMaster();
        for (int i = 0; i < WORKERS; i++) {
            workers.add(null);
            scratches.add(null);
            startWorker(i);
        }
    }

    private Process start(String name, Path scratch, List<String> words) throws IOException {
        var all = new ArrayList<>(List.of(setting.superstep().toString()));
        all.addAll(words);
        var builder = new ProcessBuilder(all).directory(folder.toFile()).redirectErrorStream(true)
            .redirectOutput(folder.resolve(name + ".log").toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(Map.of("SUPERSTEP_HEAP", HEAP, "SUPERSTEP_JAVA_OPTIONS", "-Djava.io.tmpdir=" + scratch));
        return builder.start();
    }

    private Path newScratch() throws IOException {
        started++;
        return Files.createDirectories(folder.resolve("scratch-" + started));
    }

    private void startMaster() throws IOException, InterruptedException {
        Path scratch = newScratch();
        master = start("master-" + started, scratch, List.of("master", "--listen", address, "--state-dir",
            folder.resolve("state").toString(), "--heartbeat-timeout", TIMEOUT));
        Path log = folder.resolve("master-" + started + ".log");
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        while (true) {
            Optional<Matcher> listens = Files.readString(log).lines().map(LISTENS::matcher).filter(Matcher::matches).findFirst();
            if (listens.isPresent()) {
                address = listens.get().group(1);
                return;
            }
            if (!master.isAlive() || System.nanoTime() > deadline) {
                throw new IOException("the master does not start, see " + log);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private void startWorker(int place) throws IOException {
        Path scratch = newScratch();
        scratches.set(place, scratch);
        workers.set(place, start("worker-" + started, scratch, List.of("worker", "--master", address, "--threads", "1", "--memory", HEAP,
            "--heartbeat-timeout", TIMEOUT)));
    }

    @Override public void tend() throws IOException {
        for (int i = 0; i < WORKERS; i++) {
            if (!workers.get(i).isAlive()) {
                startWorker(i);
            }
        }
    }

    @Override public List<String> begin(Course course) {
        return List.of(setting.superstep().toString(), "submit", "--master", address, "--workers", Integer.toString(course.workers()));
    }

    @Override public List<String> resume(Path saved, Course course) {
        return List.of(setting.superstep().toString(), "resume", saved.toString(), "--master", address, "--workers",
            Integer.toString(Math.min(WORKERS, course.resumedBy())));
    }

    @Override public Map<String, String> environment(Path scratch, Course course) {
        return Map.of("SUPERSTEP_HEAP", HEAP, "SUPERSTEP_JAVA_OPTIONS", "-Djava.io.tmpdir=" + scratch);
    }

    @Override public Optional<ProcessHandle> worker(int worker, Story story) {
        return Optional.of(workers.get(worker).toHandle()).filter(ProcessHandle::isAlive);
    }

    @Override public boolean happens(OutsideFault fault, Story story) throws IOException, InterruptedException {
        if (fault.kind() == OutsideFault.Kind.KILL_MASTER) {
            master.destroyForcibly().waitFor();
            startMaster();
            return true;
        }
        String status = say("status");
        if (fault.kind() == OutsideFault.Kind.SUSPEND) {
            Matcher running = RUNNING.matcher(status.substring(Math.max(0, status.indexOf("running "))));
            return running.matches() && say("suspend", running.group(1)).contains("will be suspended");
        }
        Matcher member = Pattern.compile("(?m)^ *(\\d+) .* " + workers.get(fault.worker()).pid() + " ").matcher(status);
        return member.find() && say("drain", member.group(1)).contains("will end");
    }

    /** What a command to the master says. */
    private String say(String command, String... words) throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of(command, "--master", address));
        all.addAll(List.of(words));
        Path log = folder.resolve("said.log");
        start("said", folder, all).waitFor();
        return Files.readString(log);
    }

    @Override public List<ProcessHandle> processes(Story story) {
        var all = new ArrayList<>(List.of(master.toHandle()));
        workers.forEach(worker -> all.add(worker.toHandle()));
        return all;
    }

    /** Workers that live on have nothing of the job left. */
    @Override public List<String> leftovers(Path scratch, Story story) throws IOException, InterruptedException {
        var places = new ArrayList<>(List.of(scratch));
        for (int i = 0; i < WORKERS; i++) {
            if (workers.get(i).isAlive()) {
                places.add(scratches.get(i));
            }
        }
        var left = new ArrayList<String>();
        for (Path place : places) {
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
            while (!files(place).isEmpty() && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            List<Path> files = files(place);
            if (!files.isEmpty()) {
                left.add("leaked: " + files);
            }
        }
        return left;
    }

    /** All files in a folder, however deep: a worker has a folder for itself there as long as it lives. */
    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** Ends it as its master is ended, which ends the workers; what is wrong then, a line each. */
    List<String> end() throws InterruptedException {
        var wrong = new ArrayList<String>();
        master.destroy();
        var all = new ArrayList<>(List.of(master));
        all.addAll(workers);
        for (Process process : all) {
            if (!process.waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
                wrong.add("leaked: process " + process.pid() + " of a cluster whose master was told to end, see " + folder);
            }
        }
        return wrong;
    }

    /** Kills what is left of it. */
    @Override public void close() {
        workers.forEach(Process::destroyForcibly);
        master.destroyForcibly();
    }
}
