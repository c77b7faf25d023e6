package org.superstep.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.superstep.master.MasterCommand;

/** What a user is told of partitions that compute again by themselves, a line each. */
final class RecoveryText {
    /** So many workers, and of each so many runs of partitions, are named; of more it is told how many there are. */
    static final int MOST = 8;

    private RecoveryText() {
    }

    /**
     * Partitions begin to compute again.
     *
     * @param vertices how many vertices the graph has
     * @param names what each worker is called, by worker
     */
    static String of(MasterCommand.Confined confined, long vertices, List<String> names) {
        if (confined.lost().length == 0) {
            return "nothing is lost: all partitions were kept";
        }
        var byOwner = new TreeMap<Integer, List<Integer>>();
        for (int partition : confined.lost()) {
            byOwner.computeIfAbsent(confined.owners()[partition], owner -> new ArrayList<>()).add(partition);
        }
        var each = new ArrayList<String>();
        byOwner.forEach((owner, partitions) -> {
            if (each.size() < MOST) {
                each.add(runs(partitions) + " on " + names.get(owner));
            }
        });
        if (byOwner.size() > MOST) {
            each.add("the rest on " + (byOwner.size() - MOST) + " more");
        }
        return (confined.lost().length == 1 ? "partition " : "partitions ") + String.join(", ", each) + (confined.lost().length == 1
            ? " computes " : " compute ") + (confined.from() == confined.to() ? "superstep " + confined.to()
            : "supersteps " + confined.from() + " to " + confined.to()) + " again, while the others wait: " + counted(confined.vertices())
            + " of " + counted(vertices) + " vertices";
    }

    /** They have, so many nanoseconds after the loss; empty where there were none. */
    static String of(MasterCommand.Recovered recovered, long nanos) {
        return "all partitions have computed superstep " + recovered.superstep() + ", " + time(nanos) + " after the loss: "
            + counted(recovered.computed()) + (recovered.computed() == 1 ? " vertex" : " vertices")
            + " computed again, where going back would have cost " + counted(recovered.ofAll());
    }

    /** Runs of numbers that follow each other, {@code 0-2, 5}. */
    static String runs(List<Integer> ascending) {
        var text = new StringBuilder();
        int runs = 0;
        for (int i = 0; i < ascending.size(); runs++) {
            int end = i + 1;
            while (end < ascending.size() && ascending.get(end) == ascending.get(end - 1) + 1) {
                end++;
            }
            if (runs == MOST) {
                return text + " and " + (ascending.size() - i) + " more";
            }
            text.append(runs == 0 ? "" : ", ").append(ascending.get(i)).append(end == i + 1 ? "" : "-" + ascending.get(end - 1));
            i = end;
        }
        return text.toString();
    }

    private static String counted(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String time(long nanos) {
        return nanos < 999_500_000 ? Math.round(nanos / 1e6) + " ms" : String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
    }
}
