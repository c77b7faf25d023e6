package org.superstep.job;

import java.time.Duration;

/** What can be done to a worker by whoever runs it. Called by the thread that runs the worker. */
public interface Harm {
    /** Nothing can be done to it, and nothing is. */
    Harm NONE = new Harm() {
        @Override public void kill() {
        }

        @Override public void pause(Duration time) {
        }

        @Override public void disconnect() {
        }

        @Override public void corruptSaved() {
        }

        @Override public void corruptSent() {
        }
    };

    /** Ends the worker at once, and with it its process where it has one of its own. */
    void kill();

    /** Lets its whole process stand still so long. */
    void pause(Duration time);

    /** Breaks its connections. */
    void disconnect();

    /** Flips a bit of what it saves next. */
    void corruptSaved();

    /** Flips a bit of what it sends next. */
    void corruptSent();
}
