package org.superstep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.superstep.Checkpoints;
import org.superstep.Graph;
import org.superstep.Injection;
import org.superstep.JobObserver;
import org.superstep.JobOptions;
import org.superstep.JobReport;
import org.superstep.RecoveryLog;
import org.superstep.Superstep;
import org.superstep.algorithms.PageRank;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Program;

/** What users are told of losses after which only lost partitions compute again, from the loss to the report. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConfinedNoticesTest {
    private static final String KILLED = " was lost: an injected fault has killed it; ";
    private static final String KEPT = KILLED + "those that are left keep what they have computed since the checkpoint before superstep ";
    private static final String BACK = KILLED + "going back to the checkpoint before superstep ";
    private static final Pattern TIME = Pattern.compile(", [0-9.]+ m?s after the loss");

    @TempDir
    private Path folder;
    private final List<String> notices = new ArrayList<>();
    private final List<Integer> supersteps = new ArrayList<>();

    /** Runs a program on a ring of forty vertices, saved before every fourth superstep; notices lack the time that passed. */
    private JobReport run(Program program, int workers, int partitions, String... faults) {
        long[] sources = new long[40];
        long[] targets = new long[40];
        for (int i = 0; i < sources.length; i++) {
            sources[i] = i;
            targets[i] = (i + 1) % sources.length;
        }
        var options = JobOptions.DEFAULT.withWorkers(workers).withThreads(workers).withPartitions(partitions)
            .withCheckpoints(Checkpoints.in(folder.resolve("saved")).every(4).awaited()).withConfinedRecovery(RecoveryLog.DEFAULT)
            .withObserver(new JobObserver() {
                @Override public void notice(String line) {
                    notices.add(TIME.matcher(line).replaceFirst(", soon after the loss"));
                }

                @Override public void superstep(JobReport.Superstep superstep) {
                    supersteps.add(superstep.number());
                }
            });
        for (String fault : faults) {
            options = options.withInjection(Injection.parse(fault));
        }
        return Superstep.run(program, Graph.of(sources, targets), options).report();
    }

    private static Program ranks() {
        return new PageRank(0.85, 9);
    }

    @Test
    void whatComputesAgainIsToldAndWhatThatCost() {
        JobReport report = run(ranks(), 3, 6, "kill worker 2 at superstep 6 compute");
        assertThat(notices).containsExactly("worker 2 of 3" + KEPT + "4",
            "partitions 2 on worker 1, 3 on worker 2 compute supersteps 4 to 6 again, while the others wait: 13 of 40 vertices",
            "all partitions have computed superstep 6, soon after the loss: 39 vertices computed again, where going back would have cost"
                + " 120");
        assertThat(supersteps).as("others than the lost partitions are not told to compute again").containsExactly(0, 1, 2, 3, 4, 5, 6, 7,
            8, 9);
        JobReport.Recovery recovery = report.recovery();
        assertThat(recovery.restarts()).isEqualTo(1);
        assertThat(recovery.confined()).isEqualTo(1);
        assertThat(recovery.computedAgain()).isEqualTo(39);
        assertThat(recovery.computedAgainOfAll()).isEqualTo(120);
        assertThat(recovery.lostNanos()).isPositive();
        assertThat(report.supersteps()).extracting(JobReport.Superstep::number).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(report.supersteps()).extracting(JobReport.Superstep::computed).containsOnly(40L);
    }

    @Test
    void aSecondLossIsToldLikeTheFirst() {
        JobReport report = run(ranks(), 3, 6, "kill worker 1 at superstep 6 compute", "kill worker 2 at superstep 5 compute in attempt 2");
        assertThat(notices).hasSize(5).element(2).isEqualTo("worker 2 of 2" + KEPT + "4");
        assertThat(notices.get(3)).contains(" on worker 1 compute supersteps 4 to 6 again, while the others wait: ");
        assertThat(notices.get(4)).startsWith("all partitions have computed superstep 6, ");
        assertThat(report.recovery().restarts()).isEqualTo(2);
        assertThat(report.recovery().confined()).as("the first was broken off").isEqualTo(1);
    }

    @Test
    void oneSuperstepAndOnePartitionAreSingular() {
        run(ranks(), 2, 2, "kill worker 2 at superstep 4 barrier");
        assertThat(notices).element(1).isEqualTo("partition 1 on worker 1 computes superstep 4 again, while the others wait: 20 of 40"
            + " vertices");
    }

    @Test
    void aWorkerThatOwnedNothingTakesNothingWithIt() {
        JobReport report = run(ranks(), 3, 2, "kill worker 2 at superstep 6 compute");
        assertThat(notices).containsExactly("worker 2 of 3" + KEPT + "4", "nothing is lost: all partitions were kept",
            "all partitions have computed superstep 6, soon after the loss: 0 vertices computed again, where going back would have cost"
                + " 120");
        assertThat(report.recovery().confined()).isEqualTo(1);
        assertThat(report.recovery().computedAgain()).isZero();
    }

    @Test
    void whereNobodyIsLeftNobodyIsSaidToKeepAnything() {
        JobReport report = run(ranks(), 1, 6, "kill worker 1 at superstep 6 compute");
        assertThat(notices).containsExactly("worker 1 of 1" + BACK + "4");
        assertThat(report.recovery().confined()).isZero();
        assertThat(report.recovery().computedAgain()).isEqualTo(120).isEqualTo(report.recovery().computedAgainOfAll());
        assertThat(report.recovery().lostNanos()).isPositive();
    }

    @Test
    void beforeTheFirstCheckpointAllBeginAnew() {
        JobReport report = run(ranks(), 3, 6, "kill worker 2 at superstep 0 checkpoint");
        assertThat(notices).containsExactly("worker 2 of 3" + KILLED + "beginning anew from the input, as there is no checkpoint yet");
        assertThat(report.recovery().confined()).isZero();
    }

    /** Changes the graph in superstep 5. */
    private static final class Changing extends LongProgram {
        private final LongColumn heard = longColumn("heard", 0);

        @Override public boolean changesGraph() {
            return true;
        }

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            v.set(heard, in.combined());
            if (v.superstep() == 5 && v.id() == 7) {
                v.addEdge(7, 9);
            }
            if (v.superstep() == 9) {
                v.halt();
            } else {
                v.broadcast(v.id());
            }
        }
    }

    @Test
    void aGraphThatHasChangedTakesAllBackAndThatIsToldAtOnce() {
        JobReport report = run(new Changing(), 3, 6, "kill worker 2 at superstep 6 compute");
        assertThat(notices).containsExactly("worker 2 of 3" + BACK + "4, with all partitions: the graph has changed in superstep 5");
        assertThat(report.recovery().confined()).isZero();
        notices.clear();
        run(new Changing(), 3, 6, "kill worker 2 at superstep 9 compute");
        assertThat(notices).as("saved since").hasSize(3).first().isEqualTo("worker 2 of 3" + KEPT + "8");
    }

    @Test
    void aCheckpointThatIsDamagedTakesAllBackToTheOneBefore() {
        JobReport report = run(ranks(), 3, 6, "corrupt worker 2 at superstep 4 checkpoint", "kill worker 2 at superstep 6 compute");
        assertThat(notices).hasSize(4);
        assertThat(notices.get(2)).startsWith("the checkpoint before superstep 4 cannot be used: ");
        assertThat(notices.get(3)).isEqualTo("going back to the checkpoint before superstep 0");
        assertThat(report.recovery().confined()).isZero();
        assertThat(report.recovery().restarts()).isEqualTo(2);
        assertThat(report.recovery().computedAgain()).as("supersteps 0 to 6").isEqualTo(280);
    }
}
