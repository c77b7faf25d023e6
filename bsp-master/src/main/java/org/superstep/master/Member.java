package org.superstep.master;

import org.superstep.net.FromMember;
import org.superstep.net.HostPort;
import org.superstep.net.ToClient;
import org.superstep.net.ToMember;

/** A worker process, as the master knows it; {@link Cluster} alone writes to it, and its comment says how states follow each other. */
final class Member {
    /** What a member does. */
    enum State { JOINING, IDLE, PREPARING, WORKING, KEEPING, RELEASING }

    final long connection;
    /** Whether code may travel to it. */
    final boolean isSafe;
    State state;
    /** From 1; 0 until it has joined. */
    int number;
    /** What it has told of itself; null until it has joined. */
    FromMember.Join self;
    /** It has been told to end, and soon will. */
    boolean isLeaving;
    /** It is to be let go of when it holds nothing any more. */
    boolean isDraining;
    /** When it must have answered, in the states in which it has to; else without meaning. */
    long deadlineNanos;
    /** When it has said anything, or come to owe an answer. */
    long heardNanos;

    Member(long connection, boolean isSafe) {
        this.connection = connection;
        this.isSafe = isSafe;
    }

    boolean hasJoined() {
        return state != State.JOINING;
    }

    boolean isFree() {
        return state == State.IDLE && stays();
    }

    /** Whether it can be given something to do. */
    boolean stays() {
        return !isLeaving && !isDraining;
    }

    /** Whether it holds a part of an attempt that is not over. */
    boolean isAtWork() {
        return state == State.PREPARING || state == State.WORKING;
    }

    private boolean owes() {
        return switch (state) {
            case JOINING, PREPARING, RELEASING -> true;
            // What it has been told before may take it as long as it likes.
            case IDLE, WORKING, KEEPING -> false;
        };
    }

    /** It owes an answer from now on, in its new state, and has so long. */
    void owes(State next, long nanos, long patienceNanos) {
        state = next;
        heardNanos = nanos;
        deadlineNanos = nanos + patienceNanos;
    }

    /** Whether it owes an answer, and since too long. */
    boolean isLate(long nanos) {
        return owes() && nanos - deadlineNanos >= 0;
    }

    String address() {
        return new HostPort(self.host(), self.port()).toString();
    }

    /** What people call it: the number is the cluster's, and not the place that it has in a job. */
    String name() {
        return hasJoined() ? "worker " + number + " (" + address() + ")" : "connection " + connection;
    }

    ToMember.Peer peer() {
        return new ToMember.Peer(number, self.host(), self.port());
    }

    ToClient.Member shown(String job, long nanos) {
        String doing = switch (state) {
            case JOINING -> "joining";
            case IDLE -> isLeaving ? "leaving" : "idle";
            case PREPARING -> "preparing " + job;
            case WORKING -> "working on " + job;
            case KEEPING -> "keeping its part of " + job;
            case RELEASING -> "letting go of " + job;
        };
        if (state != State.IDLE && !stays()) {
            doing += isLeaving ? ", leaving" : ", draining";
        }
        // Of the others nothing is heard here for hours, and all is well: that they live is the connection's to see to.
        long silentNanos = owes() ? nanos - heardNanos : 0;
        return new ToClient.Member(number, self.host(), self.port(), self.process(), self.threads(), self.memoryBytes(), doing,
            silentNanos);
    }
}
