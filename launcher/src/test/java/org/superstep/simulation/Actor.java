package org.superstep.simulation;

/** A process: it hears what the network brings and what time it is. It can be killed at any moment, and another started in its place. */
abstract class Actor {
    static final long TICK_NANOS = 200 * Timeline.MILLISECOND;

    final String name;
    final SimulatedCluster world;
    private boolean isAlive = true;

    Actor(String name, SimulatedCluster world) {
        this.name = name;
        this.world = world;
        world.timeline.after(world.random.nextLong(TICK_NANOS), this::ticks);
    }

    private void ticks() {
        if (isAlive) {
            tick();
            world.timeline.after(TICK_NANOS, this::ticks);
        }
    }

    final boolean isAlive() {
        return isAlive;
    }

    /** It is gone from one moment to the next; who is connected with it learns so from the network. */
    void kill(String reason) {
        if (isAlive) {
            note("gone: " + reason);
            isAlive = false;
            world.network.gone(this);
        }
    }

    /** Does something later, if the process still lives. */
    final void later(long delayNanos, Runnable what) {
        world.timeline.after(delayNanos, () -> {
            if (isAlive) {
                what.run();
            }
        });
    }

    final void note(Object what) {
        world.journal.note(name, () -> what);
    }

    abstract void tick();

    /** A connection stands, whoever has asked for it. */
    abstract void opened(End end);

    abstract void received(End end, Object message);

    abstract void closed(End end, String reason);

    /** A connection that was asked for could not be made. */
    abstract void failed(Call call, String reason);
}
