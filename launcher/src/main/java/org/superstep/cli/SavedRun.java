package org.superstep.cli;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.superstep.JobException;
import org.superstep.checkpoint.CheckpointFolder;
import org.superstep.checkpoint.JobIdentity;
import org.superstep.checkpoint.Manifest;
import org.superstep.checkpoint.OvertakenException;
import org.superstep.graph.io.PartFile;
import org.superstep.job.Version;
import org.superstep.net.JobSpec;

/** A folder where a run saves itself or has done so, as a user names it. */
final class SavedRun {
    private static final String JARS = "jars";

    private final Path path;
    private final CheckpointFolder folder;

    /** The folder at this path, which need not be there. */
    SavedRun(Path path) {
        this.path = path;
        folder = new CheckpointFolder(path);
    }

    /** Refuses what is not there, and tells that from a file system which does not answer. */
    static void requireThere(Path path, String said) {
        try {
            Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            throw new UsageException(said + ": there is no such folder; check the path (a job that has ended well deletes its checkpoints,"
                + " unless --keep-checkpoints was said)", e);
        } catch (IOException e) {
            throw new UsageException(said + ": cannot be read (" + Destination.reason(e) + "); check the path", e);
        }
    }

    /** Whether the job can go on from here: there is a checkpoint, if perhaps a damaged one. */
    boolean canGoOn() {
        try {
            return Files.isDirectory(path) && !folder.manifests().isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    /** How the user can go on with it, if that can be; {@code more} options are of use for that. */
    Optional<String> remedy(String more) {
        return canGoOn() ? Optional.of("continue with: superstep resume " + path + more) : Optional.empty();
    }

    /** The same failure, told with that, unless it is that somebody else goes on with it already. */
    JobException remedied(JobException failure, String more) {
        if (failure.getCause() instanceof OvertakenException) {
            return failure;
        }
        var details = new ArrayList<>(failure.details());
        remedy(more).ifPresent(details::add);
        return new JobException(failure.getMessage(), details, failure);
    }

    /** The job that is saved here, by the last checkpoint that can be read; the message of what is thrown says why there is none. */
    Manifest last() throws IOException {
        List<String> names = folder.manifests();
        IOException fault = null;
        for (String name : names) {
            try {
                return folder.read(name);
            } catch (IOException e) {
                fault = fault == null ? e : fault;
            }
        }
        throw fault != null ? fault : new IOException("there is no checkpoint");
    }

    /** Keeps the jars that hold the program, by their hashes, as far as they are not here yet. */
    void keep(List<Path> jars) throws IOException {
        for (Path jar : jars) {
            Path kept = jar(JobSpec.Jar.of(jar).sha256());
            if (!Files.exists(kept)) {
                Files.createDirectories(kept.getParent());
                if (PartFile.isInObjectStore(kept)) {
                    Files.copy(jar, kept, StandardCopyOption.REPLACE_EXISTING);
                } else {
                    Files.copy(jar, PartFile.of(kept, 0), StandardCopyOption.REPLACE_EXISTING);
                    PartFile.commit(kept);
                }
            }
        }
    }

    /** Deletes the folder in which this one was made for a run that had named none, if it is empty now. */
    void leave() throws IOException {
        Path parent = path.toAbsolutePath().getParent();
        if (!Files.exists(path) && parent.endsWith(Precautions.USUAL_FOLDER)) {
            try {
                Files.deleteIfExists(parent);
            } catch (DirectoryNotEmptyException e) {
                // Other runs are saved beside.
                return;
            }
        }
    }

    /** Where the jar with this hash is kept. */
    Path jar(String sha256) {
        return path.resolve(JARS).resolve(sha256 + ".jar");
    }

    /** The jar with this hash, which must be there as the job was begun with it; {@code said} is what the user calls the folder. */
    Path intactJar(String sha256, String said) {
        Path jar = jar(sha256);
        try {
            if (JobSpec.Jar.of(jar).sha256().equals(sha256)) {
                return jar;
            }
        } catch (IOException e) {
            throw new UsageException(said + ": the program's jar " + jar + " cannot be read (" + Destination.reason(e)
                + "); put it there again under this name", e);
        }
        throw new UsageException(said + ": the program's jar " + jar + " has been changed; put the one that the job was begun with there"
            + " again under this name");
    }

    /** Refuses what another version of Superstep has saved; {@code remedy} is what the user may do then. */
    static void requireVersion(Manifest manifest, String said, String remedy) {
        if (!manifest.version().equals(Version.text())) {
            throw new UsageException(said + ": was saved by Superstep " + manifest.version() + ", and this is " + Version.text() + "; "
                + remedy);
        }
    }

    /**
     * Refuses a folder in which this job cannot be saved. What is made to find that out is deleted again.
     *
     * @param said what the user has said to name it
     */
    void requireRoomFor(JobIdentity job, String said) {
        try {
            if (Files.exists(path) && !Files.isDirectory(path)) {
                throw new UsageException(said + ": is a file; name a folder");
            }
            if (Files.isDirectory(path)) {
                requireNobodyElses(job, said);
            }
            Path there = path.toAbsolutePath().normalize();
            while (!Files.isDirectory(there)) {
                if (there.getParent() == null) {
                    // Says why there is nothing at all: nobody may answer where the file system is.
                    Files.readAttributes(there, BasicFileAttributes.class);
                }
                if (Files.exists(there) || there.getParent() == null) {
                    throw new UsageException(said + ": " + there + " is not a folder");
                }
                there = there.getParent();
            }
            // Asking for permissions is not enough: root has all of them on a read-only file system too.
            Path trial = PartFile.of(there.resolve(".checkpoint"), 0);
            Files.createFile(trial);
            Files.delete(trial);
        } catch (IOException e) {
            throw new UsageException(said + ": no checkpoint can be written there (" + Destination.reason(e)
                + "); check the permissions or choose another folder", e);
        }
    }

    private void requireNobodyElses(JobIdentity job, String said) throws IOException {
        List<String> names = folder.manifests();
        if (names.isEmpty()) {
            requireNothingElse(said);
            return;
        }
        Manifest last;
        try {
            last = last();
        } catch (IOException e) {
            throw new UsageException(said + ": holds checkpoints that cannot be read (" + Destination.reason(e)
                + "); delete it, or name another folder", e);
        }
        if (!last.job().token().equals(job.token())) {
            throw new UsageException(said + ": holds checkpoints of another run, " + last.job().program() + " before superstep "
                + last.superstep() + "; superstep resume " + path + " goes on with it, a new run needs another folder");
        }
    }

    /** A folder in which nothing was saved yet holds nothing but what the beginning of a job has left. */
    private void requireNothingElse(String said) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            Path other = null;
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (name.startsWith("leader-")) {
                    return;
                }
                other = name.equals(JARS) ? other : file;
            }
            if (other != null) {
                throw new UsageException(said + ": holds " + other.getFileName() + ", which is no checkpoint; name a new folder, or an"
                    + " empty one");
            }
        }
    }
}
