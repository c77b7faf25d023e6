package org.superstep.checkpoint;

import java.io.IOException;

/** Another process leads the job now; the caller has to end. */
public final class OvertakenException extends IOException {
    private static final long serialVersionUID = 1;

    /** The process with a higher number leads the job in this folder. */
    public OvertakenException(CheckpointFolder folder, long leader, long higher) {
        super("another process goes on with the job whose checkpoints are in " + folder + ", and this one ends: it was leader " + leader
            + " of the folder, and now there is leader " + higher);
    }

    /** The folder does not know this leader any more: it was emptied meanwhile. */
    public OvertakenException(CheckpointFolder folder, long leader) {
        super("the job whose checkpoints were in " + folder + " was ended or moved by somebody else: the file of its leader number "
            + leader + " is gone");
    }
}
