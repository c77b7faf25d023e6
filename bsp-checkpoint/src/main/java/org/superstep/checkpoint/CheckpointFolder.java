package org.superstep.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * The folder that holds the checkpoints of one job, on any file system that Java sees. All processes of the job see the same folder.
 * Workers write data files, whose names nobody else gives; the one process that leads the job commits manifests.
 *
 * <pre>
 *   leader-00000001               one for each process that has led the job; made exclusively, so that no two have the same number
 *   manifest-00000005-00000001    by superstep and leader: a checkpoint
 *   5-1-1-w0.state                data, by superstep, leader, attempt and worker; and .topology, .records
 *   jars/SHA256.jar               the jars that hold the program
 * </pre>
 */
public final class CheckpointFolder {
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
        throw new UnsupportedOperationException();
    }

    /** The names of all manifests, the latest first: by superstep, then by leader. Whether they are whole, {@link #read} tells. */
    public List<String> manifests() throws IOException {
        throw new UnsupportedOperationException();
    }

    /** The manifest with this name. */
    public Manifest read(String name) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Finds out whether all that the manifest names is there and as it was written, and every byte of it if {@code thoroughly}. */
    public void verify(Manifest manifest, boolean thoroughly) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Opens a segment. */
    public SegmentInput open(Segment segment) throws IOException {
        return new SegmentInput(this, segment);
    }

    /**
     * Lets a checkpoint be, whose data files are all written: it is there from when this returns, or, where it throws, is not.
     *
     * @return its name
     * @throws OvertakenException if another process leads the job
     */
    public String commit(Manifest manifest) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * Deletes all manifests but the latest ones, and all data files that those do not name and that do not begin with {@code inUse}.
     *
     * @param leader who asks; who has been overtaken deletes nothing
     * @param keep how many checkpoints stay, at least 1
     * @param inUse what the names of files begin with that are being written; empty: none are
     */
    public void prune(long leader, int keep, String inUse) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Deletes all that Superstep has made here, and the folder itself where it is empty then; for a job that has ended well. */
    public void delete(long leader) throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override public String toString() {
        return path.toString();
    }
}
