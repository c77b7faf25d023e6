package org.superstep.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.superstep.JobException;
import org.superstep.master.ClusterCommand;
import org.superstep.master.ClusterEvent;
import org.superstep.master.PastJob;
import org.superstep.net.FromClient;
import org.superstep.net.ToClient;
import org.superstep.net.wire.ControlCodec;
import org.superstep.net.wire.WireException;

/**
 * What a master keeps so that the next one goes on where it has ended, however that was; on its own disk, or one that another machine can
 * take over. One thread uses it.
 *
 * <pre>
 *   lock         held by the master that uses the folder, with its process and host
 *   epoch        the last epoch, a number in text: each master takes a greater one
 *   job-17       a job that was accepted and is not over: the submission, when that was, and the last attempt at it
 *   past-16      one that is over: its token, how it is shown, its end, when that was, and the last attempt; the last 100 stay
 *   jars/        the jars of jobs that are not over, by their hashes
 *   NAME.part    what was being written when a master died
 * </pre>
 */
final class StateFolder implements AutoCloseable {
    private static final int MOST_PAST = 100;
    private static final int SUBMITTED_BYTES = 2 * Long.BYTES + 2 * Integer.BYTES;
    private static final int ENDED_BYTES = 2 * Long.BYTES;
    private static final String LOCK = "lock";
    private static final String EPOCH = "epoch";
    private static final String JARS = "jars";
    private static final Pattern NUMBERED = Pattern.compile("(job|past)-([1-9][0-9]{0,17})");

    private final Path folder;
    private final Consumer<String> log;
    private final FileChannel lockChannel;
    private final long epoch;
    private final TreeMap<Long, ClusterEvent.RecalledJob> accepted = new TreeMap<>();
    private final TreeMap<Long, Past> past = new TreeMap<>();
    private long lastJob;
    private long lastAttempt;

    private record Past(PastJob job, long endedMillis) {
    }

    /**
     * Takes the folder for this process, and reads what is there. What cannot be read is left where it is, and told.
     *
     * @param log hears one line of each file that is of no use
     * @throws JobException if another master has it, or it is no such folder
     */
    StateFolder(Path folder, Consumer<String> log) {
        this.folder = folder;
        this.log = log;
        FileChannel channel = null;
        boolean isTaken = false;
        try {
            requireOurs();
            Files.createDirectories(jars());
            channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock(channel);
            epoch = takeEpoch();
            read();
            isTaken = true;
        } catch (IOException e) {
            throw new JobException("--state-dir " + folder + ": cannot be used: " + e + "; name one that this user may write to", e);
        } finally {
            lockChannel = channel;
            if (!isTaken) {
                close();
            }
        }
    }

    private void requireOurs() throws IOException {
        if (!Files.exists(folder) || Files.exists(folder.resolve(EPOCH))) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw new JobException("--state-dir " + folder + ": is no folder; name one", null);
        }
        try (Stream<Path> files = Files.list(folder)) {
            Optional<Path> foreign = files.filter(file -> !isOurs(file.getFileName().toString())).findFirst();
            if (foreign.isPresent()) {
                throw new JobException("--state-dir " + folder + ": holds other things, such as " + foreign.get().getFileName()
                    + "; name a folder that is new or empty", null);
            }
        }
    }

    private static boolean isOurs(String name) {
        return name.equals(LOCK) || name.equals(EPOCH) || name.equals(JARS) || name.endsWith(StateFile.UNFINISHED)
            || NUMBERED.matcher(name).matches();
    }

    private void lock(FileChannel channel) throws IOException {
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Of this process, where a test has two.
            lock = null;
        }
        if (lock == null) {
            String other = Files.readString(folder.resolve(LOCK)).strip();
            throw new JobException("--state-dir " + folder + ": another master uses it" + (other.isEmpty() ? "" : ", " + other)
                + "; end that one first, or name another folder", null);
        }
        channel.truncate(0);
        String owner = "process " + ProcessHandle.current().pid() + " on " + host() + "\n";
        channel.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8)), 0);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "a machine without a name";
        }
    }

    /** By the clock, so that masters with folders of their own seldom share one; but never back, whatever the clock does. */
    private long takeEpoch() throws IOException {
        Path file = folder.resolve(EPOCH);
        long last = 0;
        if (Files.exists(file)) {
            String text = Files.readString(file).strip();
            try {
                last = Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw new JobException("--state-dir " + folder + ": " + EPOCH + " holds no number, but \""
                    + text.lines().findFirst().orElse("") + "\"; name another folder, or put a number there that no master has had, such"
                    + " as " + System.currentTimeMillis(), e);
            }
        }
        long next = Math.max(Math.addExact(last, 1), System.currentTimeMillis());
        StateFile.replace(file, (next + "\n").getBytes(StandardCharsets.UTF_8));
        return next;
    }

    private void read() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.sorted().toList();
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            Matcher numbered = NUMBERED.matcher(name);
            if (numbered.matches()) {
                long number = Long.parseLong(numbered.group(2));
                // Also of one that cannot be read: its number is not given again.
                lastJob = Math.max(lastJob, number);
                read(file, number, numbered.group(1).equals("job"));
            } else if (name.endsWith(StateFile.UNFINISHED)) {
                Files.delete(file);
            } else if (!isOurs(name)) {
                log.accept(file + " is none of the master's; it stays");
            }
        }
        // The master died between the two.
        for (Long over : past.keySet()) {
            if (accepted.remove(over) != null) {
                Files.deleteIfExists(file(over));
            }
        }
    }

    private void read(Path file, long number, boolean isAccepted) {
        try {
            List<byte[]> pieces = StateFile.read(file);
            if (isAccepted) {
                accepted.put(number, accepted(number, pieces));
            } else {
                past.put(number, past(number, pieces));
            }
        } catch (IOException | WireException e) {
            log.accept(file + " cannot be read and is left out: " + e.getMessage()
                + (isAccepted ? "; submit the job again" : ""));
        }
    }

    private ClusterEvent.RecalledJob accepted(long number, List<byte[]> pieces) throws IOException {
        if (pieces.size() == 2 && pieces.get(1).length == SUBMITTED_BYTES
                && ControlCodec.fromClient(pieces.get(0)) instanceof FromClient.Submit submit) {
            ByteBuffer numbers = ByteBuffer.wrap(pieces.get(1));
            long submittedMillis = numbers.getLong();
            lastAttempt = Math.max(lastAttempt, numbers.getLong());
            return new ClusterEvent.RecalledJob(number, submit.token(), submit.spec(), submittedMillis, numbers.getInt(),
                numbers.getInt());
        }
        throw new IOException("it holds no submission");
    }

    private Past past(long number, List<byte[]> pieces) throws IOException {
        if (pieces.size() == 4 && pieces.get(3).length == ENDED_BYTES && ControlCodec.toClient(pieces.get(1)) instanceof ToClient.Jobs jobs
                && jobs.jobs().size() == 1 && jobs.jobs().get(0).job() == number) {
            ByteBuffer numbers = ByteBuffer.wrap(pieces.get(3));
            long endedMillis = numbers.getLong();
            lastAttempt = Math.max(lastAttempt, numbers.getLong());
            return new Past(new PastJob(new String(pieces.get(0), StandardCharsets.UTF_8), jobs.jobs().get(0),
                ControlCodec.toClient(pieces.get(2))), endedMillis);
        }
        throw new IOException("it holds no job's end");
    }

    private Path file(long job) {
        return folder.resolve("job-" + job);
    }

    /** Greater than that of any master before which had this folder. */
    long epoch() {
        return epoch;
    }

    /** Where jars are kept. */
    Path jars() {
        return folder.resolve(JARS);
    }

    /** All that was found, and these jars. */
    ClusterEvent.Recalled recalled(Set<String> jars) {
        List<PastJob> inOrder = past.values().stream().sorted(Comparator.comparingLong(Past::endedMillis)).map(Past::job).toList();
        return new ClusterEvent.Recalled(List.copyOf(accepted.values()), inOrder, jars, lastJob, lastAttempt);
    }

    /** Keeps a job that was accepted. One that cannot be kept is told; it runs all the same. */
    void keep(ClusterCommand.Keep job) {
        write(new ClusterEvent.RecalledJob(job.job(), job.token(), job.spec(), job.submittedMillis(), 0, 0));
    }

    /** Keeps that there is another attempt at a job. */
    void keep(ClusterCommand.KeepAttempt attempt) {
        lastAttempt = Math.max(lastAttempt, attempt.attempt());
        ClusterEvent.RecalledJob job = accepted.get(attempt.job());
        if (job != null) {
            write(new ClusterEvent.RecalledJob(job.job(), job.token(), job.spec(), job.submittedMillis(), attempt.ordinal(),
                attempt.workers()));
        }
    }

    private void write(ClusterEvent.RecalledJob job) {
        accepted.put(job.job(), job);
        try {
            StateFile.write(file(job.job()), ControlCodec.encode(new FromClient.Submit(job.token(), job.spec(), false)),
                ByteBuffer.allocate(SUBMITTED_BYTES).putLong(job.submittedMillis()).putLong(lastAttempt).putInt(job.attempts())
                    .putInt(job.workers()).array());
        } catch (IOException e) {
            log.accept("job " + job.job() + " will not outlive this master: " + folder + " cannot be written: " + e + "; make room there");
        }
    }

    /** Keeps how a job has ended, and nothing else of it. */
    void remember(PastJob ended) {
        long number = ended.job().job();
        var remembered = new Past(ended, System.currentTimeMillis());
        accepted.remove(number);
        past.put(number, remembered);
        try {
            StateFile.write(folder.resolve("past-" + number), ended.token().getBytes(StandardCharsets.UTF_8),
                ControlCodec.encode(new ToClient.Jobs(List.of(ended.job()))), ControlCodec.encode(ended.end()),
                ByteBuffer.allocate(ENDED_BYTES).putLong(remembered.endedMillis).putLong(lastAttempt).array());
            Files.deleteIfExists(file(number));
            while (past.size() > MOST_PAST) {
                Files.deleteIfExists(folder.resolve("past-" + past.pollFirstEntry().getKey()));
            }
        } catch (IOException e) {
            log.accept("the end of job " + number + " cannot be kept, and the next master would run it again: " + folder
                + " cannot be written: " + e + "; make room there");
        }
    }

    /** Lets go of the folder; what is in it stays. */
    @Override public void close() {
        try {
            if (lockChannel != null) {
                lockChannel.close();
            }
        } catch (IOException e) {
            // The lock goes with the process.
            log.accept(folder + " is not let go of: " + e);
        }
    }
}
