package org.superstep.worker;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.superstep.graph.Program;
import org.superstep.graph.internal.SendList;
import org.superstep.graph.internal.Tally;
import org.superstep.net.ToMaster;

/**
 * Lost partitions compute again, superstep by superstep, on a worker that has kept others: up to the superstep that those have computed
 * already. Until then those rest, and say what the log holds of them.
 */
final class Replay {
    /** The last superstep that is computed again; the kept partitions' own last. */
    final int until;
    /** By place, whether the partition was kept. */
    final boolean[] isKept;
    private final LocalGraph graph;
    private final OutboxLog log;
    private final ToMaster.SuperstepDone report;
    private final Optional<ToMaster.Traced> traced;

    /** Of the partitions of this graph, those rest that remain. */
    Replay(Remains remains, LocalGraph graph) {
        until = remains.superstep;
        report = remains.report;
        traced = remains.traced;
        log = remains.log;
        this.graph = graph;
        Set<Integer> numbers = remains.partitions.stream().map(partition -> partition.number).collect(Collectors.toSet());
        isKept = new boolean[graph.partitions.length];
        for (int place = 0; place < isKept.length; place++) {
            isKept[place] = numbers.contains(graph.partitions[place].number);
        }
    }

    /** The numbers of the partitions that were kept. */
    Set<Integer> numbers() {
        return Arrays.stream(kept()).mapToObj(place -> graph.partitions[place].number).collect(Collectors.toSet());
    }

    /** The places of the partitions that were kept. */
    int[] kept() {
        return IntStream.range(0, isKept.length).filter(place -> isKept[place]).toArray();
    }

    /**
     * Lets the kept partitions say what they said in a superstep.
     *
     * @param board where it is to stand
     * @throws LogException if the log does not tell
     */
    void speak(int superstep, Board board, Crew crew) {
        int[] kept = kept();
        crew.run(kept.length, (task, thread) -> {
            Partition partition = graph.partitions[kept[task]];
            try {
                byte[] outbox = log.outbox(superstep, partition.number);
                if (outbox != null) {
                    OutboxFrame.decode(outbox, partition.speakers, board);
                }
            } catch (IOException e) {
                throw new LogException(e);
            }
        });
    }

    /** Forgets what the kept partitions sent: it was delivered, or stands with its receivers. */
    void forgetSends() {
        for (int place : kept()) {
            graph.partitions[place].speakers.sends.clear();
        }
    }

    /** Forgets what was sent to partitions that were kept: they have heard it. */
    void forgetSendsToKept() {
        for (Speakers group : graph.speakers) {
            SendList sends = group.sends;
            int left = 0;
            for (int i = 0; i < sends.size; i++) {
                int place = graph.placeOf(sends.targets[i]);
                if (place < 0 || !isKept[place]) {
                    sends.set(left++, sends, i);
                }
            }
            sends.shorten(left);
        }
    }

    /** The report of the last superstep for all partitions, of that for those which have computed it again. */
    ToMaster.SuperstepDone whole(ToMaster.SuperstepDone again, Program program) {
        return new ToMaster.SuperstepDone(again.worker(), again.superstep(), again.computed() + report.computed(), again.awake(),
            again.messages() + report.messages(), again.sends() + report.sends(), again.changes(), again.dropped() + report.dropped(),
            again.goneInEdges(), again.goneOutEdges(), tally(again.tally(), program), again.effort());
    }

    private long[][] tally(long[][] again, Program program) {
        if (again.length == 0) {
            return again;
        }
        var all = new Tally(program.declarations().aggregators());
        try {
            all.merge(again);
            all.merge(report.tally());
            return all.states();
        } catch (Throwable t) {
            throw ProgramException.aggregating(all.current(), program, until, t);
        }
    }

    /** What traced vertices did in the last superstep, of that for those which have done it again. */
    Optional<ToMaster.Traced> traced(int worker, Optional<ToMaster.Traced> again) {
        if (traced.isEmpty() || again.isEmpty()) {
            return again.or(() -> traced.map(told -> new ToMaster.Traced(worker, told.vertices(), told.texts())));
        }
        return Optional.of(new ToMaster.Traced(worker, LongStream.concat(
            LongStream.of(traced.get().vertices()), LongStream.of(again.get().vertices())).toArray(),
            Stream.concat(traced.get().texts().stream(), again.get().texts().stream()).toList()));
    }

    /** What is left of the kept partitions, whatever has become of the others. */
    Remains remains() {
        List<Partition> partitions = Arrays.stream(kept()).mapToObj(place -> graph.partitions[place]).toList();
        return new Remains(until, partitions, graph.idOfSlot(), log, report, traced);
    }
}
