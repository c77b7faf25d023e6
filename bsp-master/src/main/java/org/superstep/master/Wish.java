package org.superstep.master;

import java.util.Optional;

/**
 * What somebody wants to happen at the next barrier, by way of a checkpoint.
 *
 * @param regroup why the attempt is to end and the next to begin, with other workers; empty: the job is to be suspended
 */
record Wish(Optional<String> regroup) {
    /** Who wants both gets the job suspended: that is not refused because it was about to move. */
    boolean yieldsTo(Wish other) {
        return regroup.isPresent() || other.regroup.isEmpty();
    }

    /** What is told when the job has been saved before this superstep. */
    MasterCommand granted(int superstep) {
        return regroup.<MasterCommand>map(MasterCommand.Regroup::new).orElseGet(() -> new MasterCommand.Suspended(superstep));
    }

    /** What does not happen, in words, because the job cannot be saved. */
    String refused() {
        return regroup.isPresent() ? "its partitions stay where they are (" + regroup.get() + ")" : "it is not suspended";
    }
}
