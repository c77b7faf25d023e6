package org.superstep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.superstep.Checkpoints;
import org.superstep.Injection;
import org.superstep.JobObserver;
import org.superstep.JobOptions;
import org.superstep.RecoveryLog;
import org.superstep.Superstep;
import org.superstep.graph.LongAggregator;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongPhase;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Master;
import org.superstep.graph.Phase;
import org.superstep.graph.PhasedProgram;
import org.superstep.net.Delivery;

/** Who is lost computes again, and who is not does not: each call of {@code compute} is counted. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConfinedCountsTest {
    private static final Sample GRAPH = RandomGraphs.rmat(8, 4, 6);
    private static final int SUPERSTEPS = 9;
    /** The last checkpoint before the loss. */
    private static final int SAVED = 3;
    private static final int LOST = 5;
    private static final int LOST_WORKER = 2;

    @TempDir
    private Path folder;

    private enum Kind {
        PULLED(Delivery.PULL), PUSHED(Delivery.PUSH), SENT(Delivery.AUTO), AGGREGATING(Delivery.AUTO), CHANGING_PHASES(Delivery.AUTO);

        final Delivery delivery;

        Kind(Delivery delivery) {
            this.delivery = delivery;
        }
    }

    /** How often each vertex has computed each superstep, and whose thread it did so on at first. */
    private record Diary(Map<String, Integer> computed, Map<Long, String> threads) {
        Diary() {
            this(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
        }

        void note(LongVertex v) {
            computed.merge(v.id() + " in " + v.superstep(), 1, Integer::sum);
            threads.putIfAbsent(v.id(), Thread.currentThread().getName());
        }
    }

    /** All vertices compute in every superstep. */
    private static final class Counted extends PhasedProgram {
        private final LongColumn sum = longColumn("sum", 1);
        private final LongAggregator total = longSum("total");
        private final Phase even = phase("even", new Talk());
        private final Phase odd = phase("odd", new Talk());
        private final Kind kind;
        private final Diary diary;

        Counted(Kind kind, Diary diary) {
            this.kind = kind;
            this.diary = diary;
        }

        @Override public void beforeSuperstep(Master m) {
            if (m.superstep() == SUPERSTEPS) {
                m.halt();
            } else if (kind == Kind.CHANGING_PHASES) {
                m.startPhase(m.superstep() % 2 == 0 ? even : odd);
            }
        }

        private final class Talk implements LongPhase {
            @Override public LongCombiner combiner() {
                return LongCombiner.SUM;
            }

            @Override public void compute(LongVertex v, LongMessages in) {
                diary.note(v);
                v.set(sum, TestPrograms.scramble(v.get(sum), in.combined() + (kind == Kind.AGGREGATING ? v.previous(total) : 0)));
                v.add(total, v.get(sum));
                if (kind == Kind.SENT) {
                    v.send((v.id() * 7 + v.superstep()) % 256, v.get(sum));
                } else {
                    v.broadcast(v.get(sum));
                }
            }
        }
    }

    private Answer run(Kind kind, Diary diary, List<String> notices, Optional<String> fault) {
        var program = new Counted(kind, diary);
        // One thread each, that of its messages.
        var options = JobOptions.DEFAULT.withWorkers(3).withThreads(3).withPartitions(11).withDelivery(kind.delivery)
            .withCheckpoints(Checkpoints.in(folder.resolve("saved")).every(SAVED).awaited()).withConfinedRecovery(RecoveryLog.DEFAULT);
        options = fault.isPresent() ? options.withInjection(Injection.parse(fault.get())) : options;
        return Answer.of(program, Superstep.run(program, GRAPH.graph(), options.withObserver(new JobObserver() {
            @Override public void notice(String line) {
                notices.add(line);
            }
        })));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void onlyVerticesOfTheWorkerThatWasLostComputeAgain(Kind kind) {
        var notices = new ArrayList<String>();
        Answer expected = run(kind, new Diary(), notices, Optional.empty());
        assertThat(notices).isEmpty();
        for (String moment : List.of("compute", "barrier")) {
            var diary = new Diary();
            notices.clear();
            Answer found = run(kind, diary, notices, Optional.of("kill worker " + LOST_WORKER + " at superstep " + LOST + " " + moment));
            assertThat(expected.difference(found)).as(moment).isEmpty();
            long again = 0;
            for (long id : found.ids()) {
                boolean isLost = diary.threads.get(id).equals("superstep-worker-" + (LOST_WORKER - 1));
                for (int superstep = 0; superstep < SUPERSTEPS; superstep++) {
                    boolean isTwice = isLost && superstep / SAVED * SAVED == LOST / SAVED * SAVED && superstep <= LOST;
                    isTwice &= superstep < LOST || moment.equals("barrier");
                    int times = diary.computed.get(id + " in " + superstep);
                    assertThat(times).as("%s: vertex %d, superstep %d", moment, id, superstep).isEqualTo(isTwice ? 2 : 1);
                    again += isTwice ? 1 : 0;
                }
            }
            assertThat(notices.stream().filter(line -> line.contains(" computed again"))).as("%s", notices).hasSize(1);
            assertThat(again).isPositive();
        }
    }
}
