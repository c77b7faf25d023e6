package org.superstep.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one end sends to another arrives once and in order; mailboxes do not mix. */
@Timeout(20)
class InProcessTransportTest {
    private static final int MESSAGES = 2_000;

    @Test
    void messagesToAWorkerArriveInTheOrderInWhichTheyWereSentWhateverTheirKind() {
        var transport = new InProcessTransport(2);
        var sample = new ToWorker.Sample();
        var end = new ToPeer.ArcsEnd(0);
        var write = new ToWorker.Write();
        transport.toWorker(1, sample);
        transport.toPeer(1, end);
        transport.toWorker(1, write);
        assertThat(transport.pollForWorker(0)).isNull();
        assertThat(transport.pollForWorker(1)).isEqualTo(sample);
        assertThat(transport.pollForWorker(1)).isEqualTo(end);
        assertThat(transport.pollForWorker(1)).isEqualTo(write);
        assertThat(transport.pollForWorker(1)).isNull();
    }

    @Test
    void messagesToTheMasterArriveInTheOrderInWhichTheyWereSent() throws InterruptedException {
        var transport = new InProcessTransport(1);
        assertThat(transport.pollForMaster()).isNull();
        transport.toMaster(new ToMaster.Written(0, 1));
        transport.toMaster(new ToMaster.Written(0, 2));
        assertThat(transport.takeForMaster()).isEqualTo(new ToMaster.Written(0, 1));
        assertThat(transport.pollForMaster()).isEqualTo(new ToMaster.Written(0, 2));
        assertThat(transport.pollForMaster()).isNull();
    }

    @Test
    void whoWaitsForAMessageIsWokenByIt() throws InterruptedException {
        var transport = new InProcessTransport(1);
        var waiting = new CountDownLatch(1);
        var got = new ArrayList<Object>();
        var worker = new Thread(() -> {
            waiting.countDown();
            try {
                got.add(transport.takeForWorker(0));
                transport.toMaster(new ToMaster.Written(0, 7));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        worker.start();
        assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();
        transport.toWorker(0, new ToWorker.Write());
        assertThat(transport.takeForMaster()).isEqualTo(new ToMaster.Written(0, 7));
        worker.join();
        assertThat(got).containsExactly(new ToWorker.Write());
    }

    @Test
    void eachSendersMessagesStayInOrderWhenManySendAtOnce() throws InterruptedException {
        var transport = new InProcessTransport(1);
        var senders = new ArrayList<Thread>();
        for (int sender = 0; sender < 3; sender++) {
            int from = sender;
            senders.add(new Thread(() -> {
                for (int i = 0; i < MESSAGES; i++) {
                    transport.toPeer(0, new ToPeer.Outbox(from, i, 0, new byte[0]));
                }
            }));
        }
        senders.forEach(Thread::start);
        var next = new HashMap<Integer, Integer>();
        for (int i = 0; i < 3 * MESSAGES; i++) {
            var outbox = (ToPeer.Outbox) transport.takeForWorker(0);
            assertThat(outbox.superstep()).isEqualTo(next.merge(outbox.from(), 1, Integer::sum) - 1);
        }
        assertThat(transport.pollForWorker(0)).isNull();
        assertThat(next).hasSize(3);
        for (Thread sender : senders) {
            sender.join();
        }
    }

    @Test
    void severalWorkersExchangeWhatANetworkWouldBringThem() throws InterruptedException {
        var transport = new InProcessTransport(2);
        var frame = new byte[] {1, 2, 3};
        var firsts = new long[] {5};
        transport.toPeer(1, new ToPeer.Outbox(0, 1, 2, frame));
        transport.toWorker(1, new ToWorker.Load(new Placement(firsts, new int[] {0, 1}), firsts));
        frame[0] = 9;
        firsts[0] = 9;
        assertThat(((ToPeer.Outbox) transport.takeForWorker(1)).frame()).containsExactly(1, 2, 3);
        var load = (ToWorker.Load) transport.takeForWorker(1);
        assertThat(load.placement().firsts()).containsExactly(5);
        assertThat(load.wantedVertices()).containsExactly(5);
    }

    @Test
    void aFailureInThisProcessKeepsItsCause() throws InterruptedException {
        var failed = new ToMaster.Failed(1, new Fault(Fault.Kind.FAILURE, "no", List.of(), new IllegalStateException("cause")));
        for (int workers = 1; workers <= 2; workers++) {
            var transport = new InProcessTransport(workers);
            transport.toMaster(failed);
            assertThat(transport.takeForMaster()).isSameAs(failed);
        }
    }

    @Test
    void oneWorkersMessagesAreHandedOverAsTheyAre() throws InterruptedException {
        var transport = new InProcessTransport(1);
        var command = new ToWorker.Write();
        var report = new ToMaster.Written(0, 7);
        transport.toWorker(0, command);
        transport.toMaster(report);
        assertThat(transport.takeForWorker(0)).isSameAs(command);
        assertThat(transport.takeForMaster()).isSameAs(report);
    }

    @Test
    void thereIsNoMailboxForAWorkerThatDoesNotExist() {
        var transport = new InProcessTransport(1);
        assertThatThrownBy(() -> transport.toWorker(1, new ToWorker.Sample())).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
