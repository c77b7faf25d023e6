package org.superstep.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.superstep.net.HostPort;

/** Who listens where, and all connections that stand. */
final class SimulatedNetwork {
    final SimulatedCluster world;
    private final Map<HostPort, Actor> listeners = new HashMap<>();
    /** Both ends of each connection that there has been. */
    private final List<End> ends = new ArrayList<>();
    private long lastEnd;

    SimulatedNetwork(SimulatedCluster world) {
        this.world = world;
    }

    void listen(HostPort at, Actor actor) {
        listeners.put(at, actor);
    }

    /** Mostly about what the connection takes, sometimes much longer. */
    long latency(long typicalNanos) {
        long nanos = typicalNanos / 2 + world.random.nextLong(typicalNanos);
        return world.random.nextInt(200) == 0 ? nanos + world.random.nextLong(100 * Timeline.MILLISECOND) : nanos;
    }

    void connect(Actor caller, Call call) {
        long typical = 20_000 + world.random.nextLong(1 + world.random.nextLong(5 * Timeline.MILLISECOND));
        world.timeline.after(latency(typical), () -> ring(caller, call, typical));
    }

    private void ring(Actor caller, Call call, long typical) {
        Actor called = listeners.get(call.to());
        boolean refused = called == null || !called.isAlive() || world.plan.refuses(world.timeline.nanos());
        if (refused || !caller.isAlive()) {
            world.timeline.after(latency(typical), () -> fail(caller, call, call.to() + " refuses the connection"));
            return;
        }
        List<End> pair = End.pair(lastEnd + 1, caller, called, call, this, typical);
        lastEnd += 2;
        ends.addAll(pair);
        End callers = pair.get(0);
        End calleds = pair.get(1);
        callers.arrive(() -> {
            if (callers.opens()) {
                caller.opened(callers);
            } else {
                world.timeline.after(Timeline.SECOND, () -> fail(caller, call, call.to() + " does not answer"));
            }
        });
        calleds.opens();
        if (world.plan.losesAnswer(world.timeline.nanos())) {
            // The called end stands, the caller's never does.
            calleds.sever(true, "");
        }
        called.opened(calleds);
    }

    private static void fail(Actor caller, Call call, String reason) {
        if (caller.isAlive()) {
            caller.failed(call, reason);
        }
    }

    /** A process is no more. */
    void gone(Actor actor) {
        listeners.values().removeIf(listener -> listener == actor);
        for (End end : List.copyOf(ends)) {
            if (end.owner == actor && end.isOpen()) {
                end.sever(false, "the connection was reset");
            }
        }
    }

    /** Any connection that is whole; null: there is none. */
    End any() {
        List<End> whole = ends.stream().filter(End::isWhole).toList();
        return whole.isEmpty() ? null : whole.get(world.random.nextInt(whole.size()));
    }

    /** Whether all connections that a living process holds still carry something. */
    boolean isSound() {
        return ends.stream().noneMatch(end -> end.isOpen() && !end.isWhole() && end.owner.isAlive());
    }

    /** What is sent is delivered, under way, or lost because a connection broke. */
    void check() {
        for (End end : ends) {
            if (!end.isConserved()) {
                throw new AssertionError("what was sent to " + end + " is neither delivered nor lost for a cause");
            }
        }
    }
}
