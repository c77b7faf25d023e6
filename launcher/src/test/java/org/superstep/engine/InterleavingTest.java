package org.superstep.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.graph.Parameter;
import org.superstep.graph.Program;
import org.superstep.master.Coordinator;
import org.superstep.master.JobPlan;
import org.superstep.master.MasterCommand;
import org.superstep.net.Delivery;
import org.superstep.net.ToMaster;
import org.superstep.net.ToPeer;
import org.superstep.net.ToWorker;
import org.superstep.net.Transport;
import org.superstep.worker.LoadPlan;
import org.superstep.worker.Worker;
import org.superstep.worker.WorkerJob;

/**
 * A master and its workers in one thread, with messages that arrive in any order that a network may choose: those from one end to another
 * stay in order, all else is up to the seed. No order may leave somebody waiting or change the answer.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InterleavingTest {
    static LongStream seeds() {
        return LongStream.range(0, 40);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyOrderOfArrivalGivesTheSerialAnswer(long seed) throws IOException {
        var sample = RandomGraphs.any(seed);
        List<Supplier<Program>> programs = List.of(TestPrograms.BroadcastAndLetters::new, TestPrograms.EveryAggregator::new,
            TestPrograms.SparseChatter::new, ColumnPrograms.EveryType::new, AggregatorPrograms.EveryPersistentAggregator::new,
            MessagePrograms.ByPostAndBroadcast::new, MessagePrograms.OwnCodec::new, ChangePrograms.VerticesComeAndGoOverBoth::new,
            ChangePrograms.Capricious::new);
        for (var program : programs) {
            var expected = SerialPregel.run(program.get(), sample, 1, 1000);
            var random = new SplittableRandom(seed);
            for (int workers = 2; workers <= 5; workers++) {
                var delivery = Delivery.values()[random.nextInt(3)];
                String what = program.get().name() + " on " + sample + ", " + workers + " workers, " + delivery;
                var answer = new SimulatedJob(program.get(), sample, workers, delivery, random).run(what);
                assertThat(expected.difference(answer)).as(what).isEmpty();
            }
        }
    }

    /** One job, a step at a time: a step takes one message from some channel to where it goes. */
    private static final class SimulatedJob {
        private static final int MASTER = -1;

        private final Program program;
        private final SplittableRandom random;
        private final Coordinator coordinator;
        private final List<Worker> workers = new ArrayList<>();
        private final List<Channel> channels = new ArrayList<>();
        private final List<MasterCommand.SuperstepEnded> supersteps = new ArrayList<>();
        private long dropped;
        private boolean over;

        /** What is under way from one end to another. */
        private record Channel(int from, int to, Queue<Object> messages) {
        }

        SimulatedJob(Program program, Sample sample, int count, Delivery delivery, SplittableRandom random) {
            this.program = program;
            this.random = random;
            program.declarations().parameters().forEach(Parameter::freeze);
            int partitions = count + random.nextInt(20);
            coordinator = new Coordinator(new JobPlan(program, sample.undirected(), count, count, partitions, delivery, 1000, false));
            var graph = random.nextBoolean() ? sample.graph() : sample.graph().withVertices((share, shares, columns, sink) -> {
                // They are there already: what is told of them is on its way like all else, and changes nothing.
                for (long id : sample.vertices()) {
                    if (Math.floorMod(id, shares) == share) {
                        sink.vertex(id);
                    }
                }
            });
            var plan = LoadPlan.of(program, graph.isUndirected(), graph.isDeduped(), graph.isWithoutSelfLoops());
            for (int i = 0; i < count; i++) {
                var job = new WorkerJob(program, graph.source(), graph.vertices(), plan, 1, Optional.empty(), Optional.empty(), 1L << 28,
                    false, new Deaf());
                workers.add(new Worker(i, count, 1, job, new Sender(i)));
            }
        }

        Answer run(String what) throws IOException {
            obey(coordinator.start(0));
            while (!over) {
                var waiting = channels.stream().filter(channel -> !channel.messages().isEmpty()).toList();
                assertThat(waiting).as("%s: nothing is under way, and the job has not ended", what).isNotEmpty();
                var channel = waiting.get(random.nextInt(waiting.size()));
                Object message = channel.messages().remove();
                if (message instanceof ToMaster event) {
                    obey(coordinator.on(event, 0));
                } else if (message instanceof ToWorker command) {
                    workers.get(channel.to()).on(command);
                } else if (message instanceof ToPeer data) {
                    workers.get(channel.to()).on(data);
                }
            }
            var answer = TinyJob.answer(program, workers.stream().map(Worker::rows).toList(), supersteps, dropped);
            for (Worker worker : workers) {
                worker.close();
            }
            return answer;
        }

        private void obey(List<MasterCommand> commands) {
            for (MasterCommand command : commands) {
                if (command instanceof MasterCommand.Announce announce) {
                    IntStream.range(0, workers.size()).forEach(worker -> post(MASTER, worker, announce.command()));
                } else if (command instanceof MasterCommand.SuperstepEnded ended) {
                    supersteps.add(ended);
                } else if (command instanceof MasterCommand.Finish finish) {
                    dropped = finish.droppedMessages();
                    over = true;
                } else if (command instanceof MasterCommand.Abort abort) {
                    throw new AssertionError(abort.fault().message(), abort.fault().cause());
                }
            }
        }

        private void post(int from, int to, Object message) {
            for (Channel channel : channels) {
                if (channel.from() == from && channel.to() == to) {
                    channel.messages().add(message);
                    return;
                }
            }
            channels.add(new Channel(from, to, new ArrayDeque<>(List.of(message))));
        }

        private final class Sender implements Transport {
            private final int worker;

            Sender(int worker) {
                this.worker = worker;
            }

            @Override public void toMaster(ToMaster message) {
                post(worker, MASTER, message);
            }

            @Override public void toPeer(int to, ToPeer message) {
                post(worker, to, message);
            }
        }
    }

    /** Hears nothing of the reading. */
    private static final class Deaf implements WorkerJob.ReadListener {
        @Override public void opened(String description, long bytes) {
        }

        @Override public void advanced(long bytes, long edges) {
        }
    }
}
