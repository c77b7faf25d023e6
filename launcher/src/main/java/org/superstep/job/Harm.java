package org.superstep.job;

import java.time.Duration;

/** What can be done to a worker by whoever runs it. Called by the thread that runs the worker. */
public interface Harm {
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
