package org.superstep.job;

import java.time.Duration;

/** For workers to whom nobody does anything. */
public final class NoHarm implements Harm {
    @Override public void kill() {
        throw new AssertionError("nobody kills it");
    }

    @Override public void pause(Duration time) {
        throw new AssertionError("nobody pauses it");
    }

    @Override public void disconnect() {
        throw new AssertionError("nobody disconnects it");
    }

    @Override public void corruptSaved() {
        throw new AssertionError("nobody corrupts what it saves");
    }

    @Override public void corruptSent() {
        throw new AssertionError("nobody corrupts what it sends");
    }
}
