package org.superstep.checkpoint;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the name of a file tells, in a folder of checkpoints. Files whose names tell nothing are not ours, and are left alone. */
sealed interface FileName {
    /** What a manifest is called as long as it may be cut off; behind the name that it will have. */
    String UNFINISHED = ".tmp";

    /** Says that a process leads the job, or has led it. */
    record Leader(long number) implements FileName {
        private static final Pattern PATTERN = Pattern.compile("leader-([0-9]{8,18})");

        @Override public String toString() {
            return "leader-%08d".formatted(number);
        }
    }

    /** A manifest, or where {@code isFinished} is false, what was to become one. */
    record Commit(long superstep, long leader, boolean isFinished) implements FileName {
        private static final Pattern PATTERN = Pattern.compile("manifest-([0-9]{8,18})-([0-9]{8,18})(\\.tmp)?");

        /** What the names of data files begin with that were written for this manifest; those of earlier ones it shares. */
        String stem() {
            return superstep + "-" + leader + "-";
        }

        @Override public String toString() {
            return "manifest-%08d-%08d".formatted(superstep, leader) + (isFinished ? "" : UNFINISHED);
        }
    }

    /** What a worker has written. */
    record Data(String name) implements FileName {
        private static final Pattern PATTERN = Pattern.compile("[0-9]+-[0-9]+-[0-9]+-w[0-9]+\\.(state|topology|records)");

        @Override public String toString() {
            return name;
        }
    }

    /** What a worker has written and nobody needs any more; kept to be written over. */
    record Spare(Data data) implements FileName {
        /** What is behind the name that it had. */
        static final String SUFFIX = ".spare";

        @Override public String toString() {
            return data + SUFFIX;
        }
    }

    /** What this name tells. */
    static Optional<FileName> of(String name) {
        return read(name).filter(known -> known.toString().equals(name));
    }

    private static Optional<FileName> read(String name) {
        Matcher leader = Leader.PATTERN.matcher(name);
        if (leader.matches()) {
            return Optional.of(new Leader(Long.parseLong(leader.group(1))));
        }
        Matcher commit = Commit.PATTERN.matcher(name);
        if (commit.matches()) {
            return Optional.of(new Commit(Long.parseLong(commit.group(1)), Long.parseLong(commit.group(2)), commit.group(3) == null));
        }
        if (name.endsWith(Spare.SUFFIX)) {
            return data(name.substring(0, name.length() - Spare.SUFFIX.length())).map(Spare::new);
        }
        return data(name).map(FileName.class::cast);
    }

    private static Optional<FileName.Data> data(String name) {
        return Data.PATTERN.matcher(name).matches() ? Optional.of(new Data(name)) : Optional.empty();
    }
}
