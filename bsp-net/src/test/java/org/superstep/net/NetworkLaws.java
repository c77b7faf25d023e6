package org.superstep.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every network does, whatever carries the frames. */
@Timeout(60)
public abstract class NetworkLaws {
    /** The bound on data under way that the networks are to have. */
    protected static final long BOUND = 1 << 20;
    /** A master. */
    protected static final Party MASTER = new Party(Party.Role.MASTER, "1.0");
    /** A worker process. */
    protected static final Party MEMBER = new Party(Party.Role.MEMBER, "1.0");
    private static final HostPort ANY = new HostPort("localhost", 0);

    private final HashSet<Thread> threadsBefore = new HashSet<>();
    private Network listening;
    private Network connecting;
    private final Recorder there = new Recorder();
    private final Recorder here = new Recorder();

    /** A network for the end that listens, and one for the end that connects; they may be one. */
    protected abstract List<Network> networks() throws Exception;

    @BeforeEach
    void makeNetworks() throws Exception {
        threadsBefore.addAll(Thread.getAllStackTraces().keySet());
        List<Network> networks = networks();
        listening = networks.get(0);
        connecting = networks.get(1);
    }

    @AfterEach
    void closeNetworks() {
        there.unblock();
        here.unblock();
        connecting.close();
        listening.close();
    }

    private Connection connect() throws IOException, InterruptedException {
        connecting.connect(listening.listen(ANY, MASTER, there), MEMBER, here);
        return here.connection();
    }

    private static Frame frame(int number, byte[] body) {
        return new Frame(Frame.Type.TO_MEMBER, 7, -2, number, body);
    }

    private static Frame frame(int number) {
        return frame(number, new byte[] {(byte) number});
    }

    private static Frame data(int number, int bytes) {
        return new Frame(Frame.Type.OUTBOX, Long.MIN_VALUE, Long.MAX_VALUE, number, new byte[bytes]);
    }

    private static List<Integer> numbers(List<Frame> frames) {
        return frames.stream().map(Frame::superstep).toList();
    }

    private static List<Integer> upTo(int count) {
        var numbers = new ArrayList<Integer>();
        for (int i = 0; i < count; i++) {
            numbers.add(i);
        }
        return numbers;
    }

    /** Waits for something that nobody reports, though not for ever. */
    protected static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for " + what + " in vain").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test
    void bothEndsHearWhoTheOtherIsBeforeAnythingElse() throws Exception {
        var peer = new Party(Party.Role.PEER, "1.0", 12, 3);
        connecting.connect(listening.listen(ANY, MASTER, there), peer, here);
        Connection from = here.connection();
        Connection to = there.connection();
        to.send(frame(0));
        here.frames(1);
        assertThat(from.party()).isEqualTo(MASTER);
        assertThat(to.party()).isEqualTo(peer);
        assertThat(from.id()).isNotEqualTo(to.id());
        assertThat(from.isSafe()).isTrue();
        assertThat(here.events()).containsExactly("opened", "received");
        assertThat(there.events()).containsExactly("opened");
    }

    @Test
    void framesArriveInTheOrderInWhichTheyWereSentBothWays() throws Exception {
        Connection from = connect();
        Connection to = there.connection();
        int count = 5_000;
        for (int i = 0; i < count; i++) {
            if (i % 3 == 0) {
                from.sendData(data(i, i));
            } else {
                from.send(frame(i));
            }
            to.send(frame(i));
        }
        assertThat(numbers(there.frames(count))).isEqualTo(upTo(count));
        assertThat(numbers(here.frames(count))).isEqualTo(upTo(count));
    }

    @Test
    void aFrameArrivesAsItWasSentHoweverLarge() throws Exception {
        Connection from = connect();
        var random = new SplittableRandom(5);
        int[] sizes = {0, 1, 64, 65_535, 131_072 - 25, 131_072, 131_072 - 26, 3_000_001, 0, 20_000_000};
        var sent = new ArrayList<Frame>();
        for (int size : sizes) {
            byte[] body = new byte[size];
            random.nextBytes(body);
            Frame frame = new Frame(Frame.Type.ARCS, random.nextLong(), random.nextLong(), random.nextInt(), body);
            sent.add(frame);
            from.sendData(frame);
        }
        List<Frame> received = there.frames(sizes.length);
        for (int i = 0; i < sizes.length; i++) {
            assertThat(received.get(i).body()).as("body of %d bytes", sizes[i]).isEqualTo(sent.get(i).body());
            assertThat(received.get(i)).usingRecursiveComparison().ignoringFields("body").isEqualTo(sent.get(i));
        }
    }

    @Test
    void framesOfSeveralThreadsMixWithoutLosingTheOrderOfEach() throws Exception {
        Connection from = connect();
        int each = 1_000;
        var threads = new ArrayList<Thread>();
        for (int thread = 0; thread < 4; thread++) {
            int job = thread;
            threads.add(new Thread(() -> {
                for (int i = 0; i < each; i++) {
                    from.send(new Frame(Frame.Type.HEARS, job, 0, i, new byte[i % 100]));
                }
            }));
        }
        threads.forEach(Thread::start);
        var next = new HashMap<Long, Integer>();
        for (Frame frame : there.frames(4 * each)) {
            assertThat(frame.superstep()).isEqualTo(next.merge(frame.attempt(), 1, Integer::sum) - 1);
        }
        assertThat(next).hasSize(4);
    }

    @Test
    void bothEndsHearOnceWhyAConnectionIsClosed() throws Exception {
        Connection from = connect();
        Connection to = there.connection();
        from.close("enough: ä");
        from.close("again");
        assertThat(here.reason()).isEqualTo("enough: ä");
        assertThat(there.reason()).isEqualTo("enough: ä");
        to.close("me too");
        connecting.close();
        listening.close();
        assertThat(here.events()).containsExactly("opened", "closed");
        assertThat(there.events()).containsExactly("opened", "closed");
    }

    @Test
    void theEndThatListensMayCloseToo() throws Exception {
        connect();
        there.connection().close("enough");
        assertThat(here.reason()).isEqualTo("enough");
        assertThat(there.reason()).isEqualTo("enough");
    }

    @Test
    void whatWasSentBeforeACloseArrives() throws Exception {
        Connection from = connect();
        int count = 40;
        for (int i = 0; i < count; i++) {
            from.send(data(i, 1 << 20));
        }
        from.close("done");
        assertThat(there.reason()).isEqualTo("done");
        assertThat(numbers(there.frames(count))).isEqualTo(upTo(count));
    }

    @Test
    void whatIsSentAfterACloseIsDropped() throws Exception {
        Connection from = connect();
        Connection to = there.connection();
        from.close("done");
        from.send(frame(0));
        from.sendData(frame(1));
        here.reason();
        there.reason();
        to.send(frame(2));
        to.sendData(frame(3));
        connecting.close();
        listening.close();
        assertThat(here.events()).containsExactly("opened", "closed");
        assertThat(there.events()).containsExactly("opened", "closed");
    }

    @Test
    void manyConnectionsLiveSideBySide() throws Exception {
        int count = 40;
        HostPort at = listening.listen(ANY, MASTER, there);
        var recorders = new ArrayList<Recorder>();
        for (int i = 0; i < count; i++) {
            recorders.add(new Recorder());
            connecting.connect(at, new Party(Party.Role.MEMBER, "1.0", 0, i), recorders.get(i));
        }
        for (Connection to : there.connections(count)) {
            to.send(frame(to.party().worker()));
        }
        for (int i = 0; i < count; i++) {
            assertThat(numbers(recorders.get(i).frames(1))).containsExactly(i);
        }
        recorders.get(0).connection().close("only this one");
        there.reason();
        for (int i = 1; i < count; i++) {
            assertThat(recorders.get(i).events()).doesNotContain("closed");
        }
    }

    @Test
    void connectingToNobodyFails() throws Exception {
        HostPort at = listening.listen(ANY, MASTER, there);
        HostPort nobody = new HostPort("localhost", at.port() == 65_535 ? 1 : unused(at.port()));
        connecting.connect(nobody, MEMBER, here);
        assertThat(here.reason()).contains("nobody listens at " + nobody);
        assertThat(here.isFinal()).isFalse();
        assertThat(here.events()).containsExactly("failed");
    }

    /** A port that nobody listens at. */
    protected int unused(int used) throws IOException {
        return used + 1;
    }

    @Test
    void aPortIsTakenOnce() throws Exception {
        HostPort at = listening.listen(ANY, MASTER, there);
        assertThat(at.host()).isEqualTo("localhost");
        assertThat(at.port()).isPositive();
        var thrown = catchThrowableOfType(IOException.class, () -> listening.listen(at, MASTER, there));
        assertThat(thrown).hasMessageContaining("cannot listen at " + at).hasMessageContaining("in use").hasMessageNotContaining("\n");
    }

    @Test
    void twoVersionsDoNotTalk() throws Exception {
        connecting.connect(listening.listen(ANY, MASTER, there), new Party(Party.Role.MEMBER, "0.9"), here);
        assertThat(here.reason()).contains("is Superstep 1.0, and this is 0.9; both must be the same version");
        assertThat(here.isFinal()).isTrue();
        assertThat(here.events()).containsExactly("failed");
        assertThat(there.events()).doesNotContain("opened");
    }

    @Test
    void aListenersMistakeCostsItsConnectionAndNoOther() throws Exception {
        var uncaught = new ConcurrentLinkedQueue<Throwable>();
        var before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> uncaught.add(thrown));
        try {
            HostPort at = listening.listen(ANY, MASTER, there);
            connecting.connect(at, MEMBER, here);
            var mistake = new IllegalStateException("a mistake of the listener");
            here.fail(mistake);
            there.connection().send(frame(0));
            assertThat(here.reason()).contains("a mistake of the listener");
            assertThat(there.reason()).contains("a mistake of the listener");
            assertThat(uncaught).containsExactly(mistake);
            var next = new Recorder();
            connecting.connect(at, MEMBER, next);
            there.connections(2).get(1).send(frame(1));
            assertThat(numbers(next.frames(1))).containsExactly(1);
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    @Test
    void aMistakeInHearingOfAFailureIsToldAndTheNetworkGoesOn() throws Exception {
        var uncaught = new ConcurrentLinkedQueue<Throwable>();
        var before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> uncaught.add(thrown));
        try {
            HostPort at = listening.listen(ANY, MASTER, there);
            var mistake = new IllegalStateException("a mistake of the listener");
            here.failAtFailures(mistake);
            connecting.connect(at, new Party(Party.Role.MEMBER, "0.9"), here);
            here.reason();
            await("the mistake", () -> !uncaught.isEmpty());
            connecting.connect(new HostPort("localhost", unused(at.port())), MEMBER, here);
            here.reasons(2);
            await("the mistake", () -> uncaught.size() == 2);
            assertThat(uncaught).containsExactly(mistake, mistake);
            var next = new Recorder();
            connecting.connect(at, MEMBER, next);
            next.connection();
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }

    /** Sends data to an end that does not listen, until the sender waits. */
    private Thread waitingSender(Connection from, int count, AtomicInteger sent) {
        there.block();
        var sender = new Thread(() -> {
            try {
                for (int i = 0; i < count; i++) {
                    from.sendData(data(i, 1 << 20));
                    sent.incrementAndGet();
                }
            } catch (InterruptedException e) {
                sent.set(-1);
            }
        });
        sender.start();
        await("a sender that waits", () -> sender.getState() == Thread.State.WAITING);
        assertThat(sent.get()).isPositive().isLessThan(count);
        return sender;
    }

    @Test
    void whoSendsDataWaitsAtTheBoundAndIsWokenWhenItFalls() throws Exception {
        var sent = new AtomicInteger();
        int count = 64;
        Thread sender = waitingSender(connect(), count, sent);
        there.unblock();
        sender.join();
        assertThat(sent).hasValue(count);
        assertThat(numbers(there.frames(count))).isEqualTo(upTo(count));
    }

    @Test
    void whoWaitsToSendDataIsWokenWhenTheConnectionIsClosed() throws Exception {
        Connection from = connect();
        var sent = new AtomicInteger();
        Thread sender = waitingSender(from, 64, sent);
        from.close("enough");
        sender.join();
        assertThat(sent).hasValue(64);
    }

    @Test
    void whoWaitsToSendDataMayBeInterrupted() throws Exception {
        var sent = new AtomicInteger();
        Thread sender = waitingSender(connect(), 64, sent);
        sender.interrupt();
        sender.join();
        assertThat(sent).hasValue(-1);
    }

    @Test
    void controlIsTakenThoughDataWaits() throws Exception {
        Connection from = connect();
        Thread sender = waitingSender(from, 64, new AtomicInteger());
        from.send(frame(1_000));
        there.unblock();
        sender.join();
        assertThat(numbers(there.frames(65))).contains(1_000);
    }

    @Test
    void nothingIsReceivedByTheEndThatHasClosed() throws Exception {
        Connection from = connect();
        Connection to = there.connection();
        from.close("done");
        for (int i = 0; i < 100; i++) {
            to.send(frame(i));
        }
        there.reason();
        connecting.close();
        assertThat(here.events()).containsExactly("opened", "closed");
    }

    @Test
    void closingANetworkClosesItsConnectionsAndEndsItsThreads() throws Exception {
        connect();
        there.connection();
        connecting.close();
        assertThat(here.reason()).isEqualTo("the network ends");
        assertThat(there.reason()).isEqualTo("the network ends");
        listening.close();
        listening.close();
        var after = new HashSet<>(Thread.getAllStackTraces().keySet());
        after.removeAll(threadsBefore);
        assertThat(after).isEmpty();
    }
}
