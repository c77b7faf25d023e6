package org.superstep.checkpoint;

import java.io.IOException;

/** What a checkpoint holds is not what was written: a file is missing, short or changed. The message names it, and is one line. */
public final class DamagedException extends IOException {
    private static final long serialVersionUID = 1;

    /** Something in this file is wrong. */
    public DamagedException(String file, String what) {
        super(file + " " + what);
    }

    /** The same where it shows by another fault. */
    public DamagedException(String file, String what, Throwable cause) {
        super(file + " " + what, cause);
    }
}
