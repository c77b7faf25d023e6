package org.superstep.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The folder that holds the checkpoints of one job, on any file system that Java sees. All processes of the job see the same folder.
 * Workers write data files, whose names nobody else gives; the one process that leads the job commits manifests.
 *
 * <pre>
 *   leader-00000001               the process that leads the job, and some that have; made exclusively, so that no two have the same number
 *   manifest-00000005-00000001    by superstep and leader: a checkpoint
 *   5-1-1-w0.state                data, by superstep, leader, attempt and worker; and .topology, .records
 *   0-1-1-w0.state.spare          data of a checkpoint that has gone, to be written over
 *   jars/SHA256.jar               the jars that hold the program
 * </pre>
 *
 * <p>Whoever leads looks whether it still does right before a manifest appears and before anything is deleted. Between look and deed
 * another may take over all the same. A manifest that appears then does no harm: it is whole, and going on from it gives the same bits as
 * going on from any other. A deletion may take a checkpoint from under the new leader's first attempt, which finds it damaged then and
 * goes on with another one.
 */
public final class CheckpointFolder {
    private static final Pattern JAR = Pattern.compile("[0-9a-f]{64}\\.jar.*");
    private static final String JARS = "jars";
    /** Where a file can be replaced by another at once; elsewhere a file is seen when all of it was written. */
    private static final Set<String> RENAMING = Set.of("file", "hdfs");
    private static final Comparator<FileName.Commit> LATEST_FIRST =
        Comparator.comparingLong(FileName.Commit::superstep).thenComparingLong(FileName.Commit::leader).reversed();

    private final Path path;

    /** The folder at this path, which need not be there yet. */
    public CheckpointFolder(Path path) {
        this.path = Objects.requireNonNull(path, "path");
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** The data file or manifest with this name. */
    public Path file(String name) {
        return path.resolve(name);
    }

    /**
     * Makes the folder if it is not there, and the caller its leader: from now on no process that has led the job before can commit or
     * delete anything.
     *
     * @return the leader's number, from 1, which no other has had
     */
    public long lead() throws IOException {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw Failure.of("make folder", path, e);
        }
        for (long number = latestLeader() + 1;; number = Math.max(number, latestLeader()) + 1) {
            Path file = file(new FileName.Leader(number).toString());
            try {
                write(file, ByteBuffer.allocate(0), StandardOpenOption.CREATE_NEW);
                forceNames();
                return number;
            } catch (FileAlreadyExistsException e) {
                // Somebody else was faster, and leads; the one who comes last does.
                continue;
            } catch (IOException e) {
                throw Failure.of("create", file, e);
            }
        }
    }

    /** Whether a process leads a job that is saved here, or has done so and not deleted all. */
    public boolean isLed() throws IOException {
        return latestLeader() > 0;
    }

    /** The names of all manifests, the latest first: by superstep, then by leader. Whether they are whole, {@link #read} tells. */
    public List<String> manifests() throws IOException {
        return commits(names()).stream().map(FileName.Commit::toString).toList();
    }

    /** Before which superstep the manifest of this name was made, one of those that {@link #manifests} gives. */
    public static long superstep(String manifest) {
        return FileName.of(manifest).map(FileName.Commit.class::cast).orElseThrow().superstep();
    }

    /**
     * The manifest with this name.
     *
     * @throws DamagedException if it is not what was written
     */
    public Manifest read(String name) throws IOException {
        Path file = file(name);
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw Failure.ofReading(file, e);
        }
        var manifest = Manifest.decoded(file.toString(), bytes);
        if (!manifest.name().equals(name)) {
            throw new DamagedException(file.toString(), "was committed as " + manifest.name());
        }
        return manifest;
    }

    /** Finds out whether all that the manifest names is there and as it was written, and every byte of it if {@code thoroughly}. */
    public void verify(Manifest manifest, boolean thoroughly) throws IOException {
        var faults = faults(manifest, thoroughly);
        if (!faults.isEmpty()) {
            throw faults.get(0);
        }
    }

    /** The first fault of each file that the manifest names, as {@link #verify} finds them; empty where all is well. */
    public List<DamagedException> faults(Manifest manifest, boolean thoroughly) throws IOException {
        var faults = new ArrayList<DamagedException>();
        for (var file : segmentsByFile(manifest).entrySet()) {
            try {
                verify(file.getKey(), file.getValue(), thoroughly);
            } catch (DamagedException e) {
                faults.add(e);
            }
        }
        return faults;
    }

    private void verify(String name, List<Segment> segments, boolean thoroughly) throws IOException {
        Path file = file(name);
        long length;
        try {
            length = Files.size(file);
        } catch (IOException e) {
            throw Failure.ofReading(file, e);
        }
        for (var segment : segments) {
            SegmentInput.requireLength(file, length, segment.end());
        }
        if (thoroughly) {
            for (var segment : segments) {
                try (var input = open(segment)) {
                    while (input.next().hasRemaining()) {
                        // Reading checks.
                        continue;
                    }
                }
            }
        }
    }

    private static Map<String, List<Segment>> segmentsByFile(Manifest manifest) {
        var files = new LinkedHashMap<String, List<Segment>>();
        for (var partition : manifest.partitions()) {
            partition.segments().forEach(segment -> files.computeIfAbsent(segment.file(), name -> new ArrayList<>()).add(segment));
        }
        return files;
    }

    /** Opens a segment. */
    public SegmentInput open(Segment segment) throws IOException {
        return new SegmentInput(this, segment);
    }

    /**
     * Lets a checkpoint be, whose data files are all written: it is there from when this returns, or, where it throws, is not. Manifests
     * of later supersteps go: a leader that comes to this superstep could not go on from them. Waits for the disk, 5 ms or more, and so
     * does {@link #prune}: nothing for the thread on which supersteps run.
     *
     * @return its name
     * @throws OvertakenException if another process leads the job
     */
    public String commit(Manifest manifest) throws IOException {
        var name = manifest.fileName();
        Path file = file(name.toString());
        var bytes = ByteBuffer.wrap(manifest.encoded());
        requireLeader(manifest.leader());
        try {
            if (RENAMING.contains(scheme())) {
                Path unfinished = file(name + FileName.UNFINISHED);
                write(unfinished, bytes, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
                requireLeader(manifest.leader());
                deleteAfter(name);
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } else {
                deleteAfter(name);
                delete(file);
                writeOnce(file, bytes);
            }
        } catch (IOException e) {
            throw Failure.of("write", file, e);
        }
        forceNames();
        return name.toString();
    }

    private void deleteAfter(FileName.Commit name) throws IOException {
        for (var other : commits(names())) {
            // A process that stood still behind its last look may find those of the one that leads now.
            if (other.superstep() > name.superstep() && other.leader() <= name.leader()) {
                delete(file(other.toString()));
            }
        }
    }

    /**
     * Deletes all manifests but the latest ones, and all data files that those do not name and that do not begin with {@code inUse}. A
     * manifest that is damaged does not count among those that are kept. As long as there are not enough others, it stays, and the
     * files that were written for it do. Files that appear meanwhile are left alone. Of the latest checkpoint that goes some files stay as
     * spares, for one to come.
     *
     * @param leader who asks, and is not committing; who has been overtaken deletes nothing
     * @param keep how many checkpoints stay, at least 1
     * @param inUse what the names of files begin with that are being written; empty: none are
     */
    public void prune(long leader, int keep, String inUse) throws IOException {
        var names = names();
        var stems = new ArrayList<String>();
        if (!inUse.isEmpty()) {
            stems.add(inUse);
        }
        var kept = new HashSet<FileName>();
        var named = new HashSet<String>();
        var namedBefore = new HashSet<String>();
        int whole = 0;
        for (var commit : commits(names)) {
            if (whole > keep) {
                break;
            }
            boolean isKept = whole < keep;
            if (isKept) {
                kept.add(commit);
            }
            try {
                (isKept ? named : namedBefore).addAll(segmentsByFile(read(commit.toString())).keySet());
                whole++;
            } catch (DamagedException e) {
                if (isKept) {
                    stems.add(commit.stem());
                }
            }
        }
        names.removeIf(name -> {
            if (name instanceof FileName.Data data) {
                return named.contains(data.name()) || stems.stream().anyMatch(data.name()::startsWith);
            }
            return kept.contains(name) || name instanceof FileName.Leader other && other.number() >= leader;
        });
        var spares = names.stream().filter(name -> name instanceof FileName.Data data && namedBefore.contains(data.name())
            && Spares.mayBe(data, path.getFileSystem())).toList();
        names.removeAll(spares);
        delete(leader, names);
        for (var spare : spares) {
            spare((FileName.Data) spare);
        }
    }

    private void spare(FileName.Data data) throws IOException {
        Path file = file(data.name());
        try {
            Files.move(file, file(new FileName.Spare(data).toString()), StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException e) {
            // Another leader has deleted it meanwhile: this one will find out that it was overtaken.
            return;
        } catch (IOException e) {
            throw Failure.of("rename", file, e);
        }
    }

    /** Deletes all that Superstep has made here, and the folder itself where it is empty then; for a job that has ended well. */
    public void delete(long leader) throws IOException {
        var names = names();
        var leaders = names.stream().filter(FileName.Leader.class::isInstance).toList();
        names.removeAll(leaders);
        delete(leader, names);
        deleteJars();
        delete(leader, leaders);
        deleteIfEmpty(path);
    }

    /** Deletes files, manifests first, so that none is there without its data. */
    private void delete(long leader, List<FileName> names) throws IOException {
        requireLeader(leader);
        var manifestsFirst = new ArrayList<>(names);
        manifestsFirst.sort(Comparator.comparing(name -> !(name instanceof FileName.Commit)));
        for (var name : manifestsFirst) {
            delete(file(name.toString()));
        }
    }

    private void deleteJars() throws IOException {
        Path jars = path.resolve(JARS);
        for (String name : listed(jars)) {
            if (JAR.matcher(name).matches()) {
                delete(jars.resolve(name));
            }
        }
        deleteIfEmpty(jars);
    }

    private static void deleteIfEmpty(Path folder) throws IOException {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            // What else is there is somebody else's.
            return;
        } catch (IOException e) {
            throw Failure.of("delete", folder, e);
        }
    }

    private static void delete(Path file) throws IOException {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw Failure.of("delete", file, e);
        }
    }

    private void requireLeader(long leader) throws IOException {
        long latest = latestLeader();
        if (latest > leader) {
            throw new OvertakenException(this, leader, latest);
        }
        if (latest < leader) {
            throw new OvertakenException(this, leader);
        }
    }

    private long latestLeader() throws IOException {
        return names().stream().mapToLong(name -> name instanceof FileName.Leader leader ? leader.number() : 0).max().orElse(0);
    }

    /** The manifests among the files, the latest first. */
    private static List<FileName.Commit> commits(List<FileName> names) {
        return names.stream().filter(FileName.Commit.class::isInstance).map(FileName.Commit.class::cast)
            .filter(FileName.Commit::isFinished).sorted(LATEST_FIRST).toList();
    }

    private List<FileName> names() throws IOException {
        var names = new ArrayList<FileName>();
        listed(path).forEach(name -> FileName.of(name).ifPresent(names::add));
        return names;
    }

    /** The names of what is in a folder; none where there is no folder. */
    private static List<String> listed(Path folder) throws IOException {
        var names = new ArrayList<String>();
        try (var files = Files.newDirectoryStream(folder)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw Failure.of("list", folder, e.getCause());
        } catch (IOException e) {
            throw Failure.of("list", folder, e);
        }
        return names;
    }

    /** A request whose answer was lost is sent again by the store's client, and finds then what it has made itself. */
    private static void writeOnce(Path file, ByteBuffer bytes) throws IOException {
        try {
            write(file, bytes.duplicate(), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException e) {
            if (!bytes.equals(ByteBuffer.wrap(Files.readAllBytes(file)))) {
                throw e;
            }
        }
    }

    private static void write(Path file, ByteBuffer bytes, OpenOption... options) throws IOException {
        var all = new HashSet<OpenOption>(Set.of(options));
        all.add(StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(file, all)) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /**
     * Has the disk keep which files are in the folder. Linux can, for a folder that is opened for reading; where nobody can, nobody need,
     * or a checkpoint that a loss of power takes back is one that never was.
     */
    private void forceNames() {
        if (!scheme().equals("file")) {
            return;
        }
        try (var folder = FileChannel.open(path, StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            return;
        }
    }

    private String scheme() {
        return path.getFileSystem().provider().getScheme();
    }

    @Override public String toString() {
        return path.toString();
    }
}
