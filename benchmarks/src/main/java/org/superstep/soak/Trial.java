package org.superstep.soak;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One job: undisturbed in one process, and then with faults, until it has ended well or cannot go on. One thread runs it. */
final class Trial {
    private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(4);
    private static final int MOST_COMMANDS = 12;
    private static final int KILLED = 137;
    private static final int INTERRUPTED = 130;
    private static final int SUSPENDED = 3;
    private static final Pattern NUMBERS = Pattern.compile("\"number\" : ");
    private static final Pattern OURS = Pattern.compile("graph.tsv|expected.*|report.json|course|scratch|(command|threads)-.*"
        + "|undisturbed.*|ranks|records.tsv");
    private static final String OUTPUT = "ranks";
    private static final String RECORDS = "records.tsv";

    private final Setting setting;
    private final long seed;
    private final Path folder;
    private final Path scratch;
    private final SplittableRandom random;
    private final Workload workload;
    private final Story story = new Story();
    private final List<String> wrong = new ArrayList<>();
    private final Map<ProcessHandle, Long> stopped = new HashMap<>();
    private long deadline;
    private Course course;
    private Site site;
    private List<OutsideFault> pending;
    /** The command has been killed or broken off by a fault, or the job suspended. */
    private boolean isBrokenOff;
    private int folders = 1;

    /** The job of this seed. */
    Trial(Setting setting, long seed) throws IOException {
        this.setting = setting;
        this.seed = seed;
        random = new SplittableRandom(seed);
        workload = Workload.of(random, setting.jar());
        folder = setting.folder().resolve("job-" + seed);
        if (Files.exists(folder)) {
            delete(folder);
        }
        scratch = Files.createDirectories(folder.resolve("scratch"));
    }

    /** A site for the way that a job has chosen. */
    @FunctionalInterface
    interface Sites {
        /** The one. */
        Site of(Course.Way way) throws IOException, InterruptedException;
    }

    /** Runs it; what is wrong leaves its folder behind. */
    Verdict run(Sites sites) throws IOException, InterruptedException {
        boolean isWhole = false;
        workload.graph().write(folder.resolve("graph.tsv"));
        int supersteps = undisturbed();
        course = Course.of(random, Math.max(1, supersteps), setting.recoveries(), setting.slowDisk().isPresent());
        pending = new ArrayList<>(course.outside());
        Files.writeString(folder.resolve("course"), workload + "\n" + course + "\n");
        deadline = System.nanoTime() + LIMIT_NANOS;
        if (wrong.isEmpty()) {
            site = sites.of(course.way());
            try {
                isWhole = disturbed();
            } finally {
                for (ProcessHandle process : stopped.keySet()) {
                    Command.signal("CONT", process);
                }
            }
            if (isWhole) {
                compare();
            }
            wrong.addAll(site.leftovers(scratch, story));
            leftFiles(isWhole);
        }
        if (wrong.isEmpty()) {
            delete(folder);
        }
        return new Verdict(seed, workload, course, story, isWhole, wrong);
    }

    private List<String> words(List<String> first, String output, String... more) {
        var words = new ArrayList<>(first);
        words.addAll(workload.words());
        words.addAll(List.of("--input", folder.resolve("graph.tsv").toString(), "--top", "0", "--output",
            folder.resolve(output).toString()));
        workload.records().ifPresent(name -> words.addAll(List.of("--records",
            name + "=" + folder.resolve((output.equals("expected") ? "expected-" : "") + RECORDS))));
        words.addAll(List.of(more));
        return words;
    }

    /** Runs it undisturbed in one process, and returns how many supersteps it took. */
    private int undisturbed() throws IOException, InterruptedException {
        Path report = folder.resolve("report.json");
        var words = words(List.of(setting.superstep().toString(), "run"), "expected", "--threads", "2", "--quiet", "--report",
            report.toString());
        try (var command = Command.start(folder, "undisturbed", Map.of("SUPERSTEP_HEAP", "400m", "SUPERSTEP_JAVA_OPTIONS",
                "-Djava.io.tmpdir=" + scratch), words)) {
            if (!command.ends(TimeUnit.NANOSECONDS.toMillis(LIMIT_NANOS)) || command.status() != 0) {
                wrong.add("the undisturbed run has failed, see " + folder.resolve("undisturbed.err"));
                return 0;
            }
        }
        return (int) NUMBERS.matcher(Files.readString(report)).results().count();
    }

    /** Runs it with faults, command by command; tells whether it has ended well. */
    private boolean disturbed() throws IOException, InterruptedException {
        List<String> words = beginning();
        for (int number = 1; number <= MOST_COMMANDS; number++) {
            isBrokenOff = false;
            String name = "command-" + number;
            Files.writeString(folder.resolve(name), String.join(" ", words) + "\n");
            int status;
            try (var command = Command.start(folder, name, site.environment(scratch, course), words)) {
                status = follow(command);
            }
            String last = lastWord(folder.resolve(name + ".err"));
            if (status == 0) {
                return true;
            } else if (status == 2 && last.contains("there is no checkpoint")) {
                story.count("begun anew, as nothing was saved yet");
                folders++;
                words = beginning();
            } else if (isBrokenOff && List.of(KILLED, INTERRUPTED, SUSPENDED).contains(status)) {
                words = goOn();
            } else if (last.contains("--max-restarts") || last.contains("ended with status 137") && !course.injected().isEmpty()) {
                story.count(course.isSaved() ? "given up within its limits, and resumed" : "given up within its limits");
                if (!course.isSaved()) {
                    return false;
                }
                words = goOn();
            } else {
                wrong.add("ended with status " + status + ": " + last);
                return false;
            }
        }
        wrong.add("has not ended after " + MOST_COMMANDS + " commands");
        return false;
    }

    private Path saved() {
        return folder.resolve("saved-" + folders);
    }

    private List<String> beginning() {
        var words = words(site.begin(course), OUTPUT, "--verbose");
        words.addAll(course.options());
        if (course.isSaved()) {
            words.addAll(List.of("--checkpoint-dir", saved().toString()));
        }
        course.injected().forEach(fault -> words.add("--inject=" + fault));
        return words;
    }

    private List<String> goOn() {
        if (!course.isSaved()) {
            return beginning();
        }
        var words = new ArrayList<>(site.resume(saved(), course));
        words.add("--verbose");
        return words;
    }

    /** The last that a command says to its user; a stack trace may follow it. */
    private static String lastWord(Path said) throws IOException {
        return Files.readAllLines(said).stream().filter(line -> line.startsWith("superstep: ")).reduce((first, second) -> second)
            .orElse("it said nothing");
    }

    /** Hears a command to its end, and lets happen what is due. */
    private int follow(Command command) throws IOException, InterruptedException {
        while (!command.hasEnded()) {
            command.line(20).ifPresent(story::hear);
            for (Iterator<OutsideFault> faults = pending.iterator(); faults.hasNext() && !isBrokenOff;) {
                OutsideFault fault = faults.next();
                if (fault.superstep() < 0 ? story.losses() > 0 : story.superstep() >= fault.superstep()) {
                    boolean isDone = happens(fault, command);
                    // A job that cannot be suspended now may be over; to ask again with each of its lines takes minutes.
                    if (isDone || fault.kind() == OutsideFault.Kind.SUSPEND) {
                        faults.remove();
                    }
                    if (isDone) {
                        story.count("done: " + fault.kind().words());
                    }
                }
            }
            wake();
            site.tend();
            if (System.nanoTime() > deadline) {
                wrong.add("has not ended after " + TimeUnit.NANOSECONDS.toSeconds(LIMIT_NANOS) + " s, in superstep " + story.superstep());
                dump(command);
                command.close();
                deadline = Long.MAX_VALUE;
            }
        }
        return command.status();
    }

    /** Lets a fault happen; tells whether it could. */
    private boolean happens(OutsideFault fault, Command command) throws IOException, InterruptedException {
        switch (fault.kind()) {
            case KILL_WORKER, STOP_WORKER -> {
                var worker = site.worker(fault.worker(), story);
                if (worker.isEmpty()) {
                    return false;
                }
                if (fault.kind() == OutsideFault.Kind.KILL_WORKER) {
                    worker.get().destroyForcibly();
                } else {
                    Command.signal("STOP", worker.get());
                    stopped.put(worker.get(), System.nanoTime() + fault.lasting().toNanos());
                }
            }
            case KILL_COMMAND -> {
                isBrokenOff = true;
                command.close();
            }
            case INTERRUPT_COMMAND -> {
                isBrokenOff = true;
                Command.signal("INT", command.handle());
            }
            case KILL_MASTER, DRAIN -> {
                return site.happens(fault, story);
            }
            case SUSPEND -> {
                isBrokenOff = site.happens(fault, story);
                return isBrokenOff;
            }
        }
        return true;
    }

    /** Lets those go on whose time is over. */
    private void wake() throws IOException, InterruptedException {
        long now = System.nanoTime();
        for (Iterator<Map.Entry<ProcessHandle, Long>> sleepers = stopped.entrySet().iterator(); sleepers.hasNext();) {
            Map.Entry<ProcessHandle, Long> sleeper = sleepers.next();
            if (now >= sleeper.getValue()) {
                Command.signal("CONT", sleeper.getKey());
                sleepers.remove();
            }
        }
    }

    /** What all threads do, for whoever looks for the reason why a job stands still. */
    private void dump(Command command) throws IOException, InterruptedException {
        var processes = new ArrayList<>(site.processes(story));
        processes.add(command.handle());
        for (ProcessHandle process : processes) {
            new ProcessBuilder("jstack", Long.toString(process.pid())).redirectErrorStream(true)
                .redirectOutput(folder.resolve("threads-" + process.pid()).toFile()).start().waitFor(10, TimeUnit.SECONDS);
        }
    }

    private void compare() throws IOException {
        if (!Arrays.equals(Files.readAllBytes(folder.resolve("expected")), bytes(folder.resolve(OUTPUT)))) {
            wrong.add("other bytes: compare " + folder.resolve("expected") + " and " + folder.resolve(OUTPUT));
        }
        if (workload.records().isPresent()
                && Files.mismatch(folder.resolve("expected-" + RECORDS), folder.resolve(RECORDS)) >= 0) {
            wrong.add("other records: compare " + folder.resolve("expected-" + RECORDS) + " and " + folder.resolve(RECORDS));
        }
    }

    /** A file's bytes, or those of a folder's parts one behind another. */
    private static byte[] bytes(Path output) throws IOException {
        if (!Files.isDirectory(output)) {
            return Files.readAllBytes(output);
        }
        var bytes = new ByteArrayOutputStream();
        for (String name : CommandSite.files(output)) {
            bytes.write(name.startsWith(".") ? new byte[0] : Files.readAllBytes(output.resolve(name)));
        }
        return bytes.toByteArray();
    }

    /** Looks for files that should have gone with the job; what a command that was killed has left goes with the one that goes on. */
    private void leftFiles(boolean isWhole) throws IOException {
        for (String name : CommandSite.files(folder)) {
            boolean isOurs = OURS.matcher(name).matches();
            boolean isOfOneBegunAnew = name.startsWith("saved-") && (folders > 1 && !name.equals("saved-" + folders) || !isWhole);
            if (!isOurs && !isOfOneBegunAnew) {
                wrong.add("leaked: " + folder.resolve(name));
            }
        }
    }

    /** Deletes a folder with all that is in it. */
    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
