package org.superstep.master;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.superstep.checkpoint.Manifest;
import org.superstep.net.ToMaster;
import org.superstep.net.ToWorker;

/**
 * How the partitions that a lost worker held compute again by themselves, from a checkpoint up to the superstep that the others have
 * computed: first whether they can, then superstep by superstep. A part of {@link Coordinator}, whose thread uses it.
 */
final class Confinement {
    private final Chronicle chronicle;
    private final Manifest origin;
    /** What workers have told that they have kept; from {@link #hindrance} on only what counts. */
    private final List<ToMaster.Kept> kept = new ArrayList<>();
    /** The superstep that is announced next. */
    private int next;
    private long again;

    /** From this checkpoint, with what was announced since. */
    Confinement(Chronicle chronicle, Manifest origin) {
        this.chronicle = chronicle;
        this.origin = origin;
    }

    /** What a worker has kept. */
    void add(ToMaster.Kept some) {
        if (some.partitions().length > 0) {
            kept.add(some);
        }
    }

    /** Why it cannot be; empty where it can. All workers have told what they have. To be called once. */
    Optional<MasterCommand.AllGoBack> hindrance() {
        int computed = kept.stream().mapToInt(ToMaster.Kept::superstep).max().orElse(-1);
        if (!kept.isEmpty() && computed < origin.superstep()) {
            return Optional.of(allGoBack(OptionalInt.empty(), "that is later than what was kept"));
        }
        if (computed == last() - 1) {
            chronicle.takeBack();
        }
        // A worker that had nothing when others had may stand behind them: what it has is lost all the same.
        kept.removeIf(some -> some.superstep() != last());
        if (kept.isEmpty()) {
            return Optional.of(allGoBack(OptionalInt.empty(), "none was kept"));
        }
        if (!chronicle.reaches(origin.superstep())) {
            return Optional.of(allGoBack(OptionalInt.empty(), chronicle.hindrance(origin.superstep())));
        }
        // What was said in the superstep before the checkpoint is still to be heard, unless it was delivered before that was taken.
        int first = origin.master().isDelivered() ? origin.superstep() : Math.max(0, origin.superstep() - 1);
        return kept.stream().filter(some -> some.loggedFrom() > first).findFirst().map(some -> allGoBack(OptionalInt.of(some.worker()),
            "has a log that begins with superstep " + some.loggedFrom() + (some.hindrance().isEmpty() ? "" : ": " + some.hindrance())));
    }

    /** There is no room for what is lost. */
    MasterCommand.AllGoBack withoutRoom() {
        return allGoBack(OptionalInt.empty(), "the workers have no room for what is lost beside what they have kept");
    }

    private MasterCommand.AllGoBack allGoBack(OptionalInt worker, String reason) {
        return new MasterCommand.AllGoBack(origin.superstep(), worker, reason);
    }

    /** By partition, the worker that has kept it; -1 for one that is lost. */
    int[] keepers() {
        var keepers = new int[origin.partitions().size()];
        Arrays.fill(keepers, -1);
        for (ToMaster.Kept some : kept) {
            for (int partition : some.partitions()) {
                keepers[partition] = some.worker();
            }
        }
        return keepers;
    }

    /** It is to be: what the user should know. */
    MasterCommand.Confined begin(int[] owners) {
        int[] keepers = keepers();
        int[] lost = IntStream.range(0, keepers.length).filter(partition -> keepers[partition] < 0).toArray();
        next = origin.superstep();
        return new MasterCommand.Confined(next, last(), lost, owners,
            Arrays.stream(lost).mapToLong(partition -> origin.partitions().get(partition).vertices()).sum());
    }

    /** The superstep that the kept partitions have computed, and with which all are where they were. */
    int last() {
        return chronicle.last();
    }

    /** What is announced next; empty where it is the last superstep, which is announced as any other is. */
    Optional<ToWorker> next() {
        return next < last() ? Optional.of(chronicle.run(next++)) : Optional.empty();
    }

    /** So many vertices have computed again, of one worker in one superstep before the last. */
    void again(long computed) {
        again += computed;
    }

    /** The last superstep has ended, in which so many vertices computed, those of the kept partitions among them. */
    MasterCommand.Recovered end(long computed) {
        again += computed - kept.stream().mapToLong(ToMaster.Kept::computed).sum();
        return new MasterCommand.Recovered(last(), again, chronicle.computedFrom(origin.superstep()) + computed);
    }
}
