package org.superstep.net.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.net.Frame;
import org.superstep.net.ToPeer;

class PeerCodecTest {
    private static final int SEEDS = 200;
    private static final int HEAD_OF_ARCS = 36;

    static Stream<Class<?>> messages() {
        return RandomMessages.casesOf(ToPeer.class);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void whatAWorkerSaysArrivesAsItWasSaid(Class<? extends ToPeer> type) {
        for (int seed = 0; seed < SEEDS; seed++) {
            ToPeer message = new RandomMessages(seed).any(type);
            Frame frame = PeerCodec.encode(message, 7, 9);
            assertThat(frame.attempt()).isEqualTo(7);
            assertThat(frame.epoch()).isEqualTo(9);
            assertThat(RandomMessages.told(PeerCodec.decode(frame))).as("seed %d", seed).isEqualTo(RandomMessages.told(message));
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void damagedBytesAreRefusedOrAreAnotherMessage(Class<? extends ToPeer> type) {
        for (int seed = 0; seed < 5; seed++) {
            Frame frame = PeerCodec.encode(new RandomMessages(seed).any(type), 1, 1);
            var damage = new Damage(type + ", seed " + seed, bytes -> PeerCodec.decode(with(frame, bytes)));
            damage.tryAll(frame.body());
            damage.tryGarbage(frame.body(), new SplittableRandom(seed));
        }
    }

    private static Frame with(Frame frame, byte[] body) {
        return new Frame(frame.type(), frame.attempt(), frame.epoch(), frame.superstep(), body);
    }

    static Stream<Arguments> golden() {
        return Stream.of(
            Arguments.of(new ToPeer.Arcs(1, 2, true, new long[] {500, 503}, new long[] {-1, 1L << 40}, new double[] {1, -0.5},
                new long[][] {{10, 11}}), Frame.Type.ARCS, -1,
                "01000000 02000000 02000000 01000000 0b000000 f401000000000000 ffffffffffffffff 00000000 03000000"
                    + " ffffffffffffffff 0000000000010000 000000000000f03f 000000000000e0bf 0a00000000000000 0b00000000000000"),
            Arguments.of(new ToPeer.Vertices(1, 2, new long[] {77, 3, -1}), Frame.Type.VERTICES, -1,
                "01000000 02000000 03000000 4d00000000000000 0300000000000000 ffffffffffffffff"),
            Arguments.of(new ToPeer.ArcsEnd(258), Frame.Type.ARCS_END, -1, "02010000"),
            Arguments.of(new ToPeer.Hears(1, new long[] {4, 6}, new int[] {7, 8}, new int[] {9, 0}), Frame.Type.HEARS, -1,
                "01000000 02000000 02000000 0400000000000000 0600000000000000 07000000 08000000 09000000 00000000"),
            Arguments.of(new ToPeer.Hears(1, new long[] {4}, new int[0], new int[0]), Frame.Type.HEARS, -1,
                "01000000 01000000 00000000 0400000000000000"),
            Arguments.of(new ToPeer.ChangedArcs(1, new long[] {4, 5}, new long[] {6, 7}, new int[] {0, 1}, new double[] {2}),
                Frame.Type.CHANGED_ARCS, -1, "01000000 02000000 01000000 0400000000000000 0500000000000000 0600000000000000"
                    + " 0700000000000000 00000000 01000000 0000000000000040"),
            Arguments.of(new ToPeer.Outbox(1, 5, 3, new byte[] {1, 2, 3}), Frame.Type.OUTBOX, 5, "01000000 03000000 010203"),
            Arguments.of(new ToPeer.OutboxesEnd(1, 5, 4), Frame.Type.OUTBOXES_END, 5, "01000000 04000000"));
    }

    @ParameterizedTest
    @MethodSource("golden")
    void aFrameLooksAsItIsDrawn(ToPeer message, Frame.Type type, int superstep, String body) {
        Frame frame = PeerCodec.encode(message, 1, 1);
        assertThat(frame.type()).isEqualTo(type);
        assertThat(frame.superstep()).isEqualTo(superstep);
        assertThat(HexFormat.of().formatHex(frame.body())).isEqualTo(body.replace(" ", ""));
    }

    @Test
    void everyMessageHasAFrameThatIsShownHere() {
        assertThat(golden().<Class<?>>map(arguments -> arguments.get()[0].getClass()).distinct())
            .containsExactlyInAnyOrderElementsOf(messages().toList());
    }

    @ParameterizedTest
    @CsvSource({"0, 4294967295, 4", "0, 4294967296, 8", "-9223372036854775808, 9223372036854775807, 8",
        "9223372036854775806, 9223372036854775807, 4", "-5, -5, 4", "-1, 4294967294, 4", "-2, 4294967294, 8"})
    void idsTakeFourBytesWhereTheirSpanFits(long least, long greatest, int bytes) {
        var narrow = new long[] {8, 8};
        var ids = new long[] {greatest, least};
        var hearing = new ToPeer.Arcs(0, 0, false, ids, narrow, null, new long[0][]);
        var speaking = new ToPeer.Arcs(0, 0, false, narrow, ids, null, new long[0][]);
        for (var arcs : new ToPeer.Arcs[] {hearing, speaking}) {
            Frame frame = PeerCodec.encode(arcs, 1, 1);
            assertThat(frame.body()).hasSize(HEAD_OF_ARCS + 2 * (4 + bytes));
            assertThat(RandomMessages.told(PeerCodec.decode(frame))).isEqualTo(RandomMessages.told(arcs));
        }
    }

    @Test
    void aCountThatTheBytesDoNotBearOutIsRefusedBeforeMemoryIsTaken() {
        byte[] body = PeerCodec.encode(new ToPeer.Vertices(0, 0, new long[1]), 1, 1).body();
        ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).putInt(8, Integer.MAX_VALUE);
        assertThatThrownBy(() -> PeerCodec.decode(new Frame(Frame.Type.VERTICES, 1, 1, -1, body))).isInstanceOf(WireException.class)
            .hasMessage("ToPeer.Vertices must be 17179869188 bytes by its counts, was 20");
    }

    @Test
    void aProductOfCountsThatOverflowsIsRefused() {
        // So many columns of so many arcs would be 2^65 bytes, which is nearly 0 in a long.
        byte[] body = PeerCodec.encode(new ToPeer.Arcs(0, 0, false, new long[1], new long[1], null, new long[1][1]), 1, 1).body();
        ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).putInt(8, Integer.MAX_VALUE).putInt(12, Integer.MAX_VALUE);
        assertThatThrownBy(() -> PeerCodec.decode(new Frame(Frame.Type.ARCS, 1, 1, -1, body))).isInstanceOf(WireException.class)
            .hasMessage("ToPeer.Arcs.columns must fit into 52 bytes, was 2147483647");
    }

    @Test
    void bytesBehindTheEndAreRefused() {
        messages().forEach(type -> {
            Frame frame = PeerCodec.encode((ToPeer) new RandomMessages(1).any(type), 1, 1);
            var longer = with(frame, Arrays.copyOf(frame.body(), frame.body().length + 1));
            if (frame.type() != Frame.Type.OUTBOX) {
                assertThatThrownBy(() -> PeerCodec.decode(longer)).as("%s", type).isInstanceOf(WireException.class);
            }
        });
    }

    @Test
    void whatIsWrongIsSaidWithTheNamesOfMessageAndField() {
        Frame outbox = PeerCodec.encode(new ToPeer.Outbox(0, 0, 0, new byte[0]), 1, 1);
        assertRefused(new Frame(Frame.Type.OUTBOX, 1, 1, -1, outbox.body()), "ToPeer.Outbox.superstep must be at least 0, was -1");
        assertRefused(with(outbox, new byte[7]), "ToPeer.Outbox must be at least 8 bytes, was 7");
        assertRefused(new Frame(Frame.Type.ARCS_END, 1, 1, -1, new byte[] {-2, -1, -1, -1}),
            "ToPeer.ArcsEnd.from must be at least 0, was -2");
        assertRefused(new Frame(Frame.Type.PING, 1, 1, -1, new byte[0]),
            "a frame of type PING holds nothing that a worker says to another");
        byte[] hears = PeerCodec.encode(new ToPeer.Hears(0, new long[2], new int[2], new int[2]), 1, 1).body();
        hears[8] = 1;
        assertRefused(new Frame(Frame.Type.HEARS, 1, 1, -1, hears), "ToPeer.Hears.counts must be 0 or 2, was 1");
        byte[] changed = PeerCodec.encode(new ToPeer.ChangedArcs(0, new long[1], new long[1], new int[1], new double[0]), 1, 1).body();
        changed[28] = 3;
        assertRefused(new Frame(Frame.Type.CHANGED_ARCS, 1, 1, -1, changed), "ToPeer.ChangedArcs.counts must come to 0 edges, was 3");
        changed[31] = -1;
        assertRefused(new Frame(Frame.Type.CHANGED_ARCS, 1, 1, -1, changed),
            "ToPeer.ChangedArcs.counts must be at least 0, was -16777213");
        byte[] arcs = PeerCodec.encode(new ToPeer.Arcs(0, 0, false, new long[0], new long[0], null, new long[0][]), 1, 1).body();
        arcs[12] = 1;
        assertRefused(new Frame(Frame.Type.ARCS, 1, 1, -1, arcs), "ToPeer.Arcs.columns must be 0 where there are no arcs, was 1");
        arcs[16] = 16;
        assertRefused(new Frame(Frame.Type.ARCS, 1, 1, -1, arcs), "ToPeer.Arcs.bits must be from 0 to 15, was 16");
    }

    private static void assertRefused(Frame frame, String message) {
        assertThatThrownBy(() -> PeerCodec.decode(frame)).isInstanceOf(WireException.class).hasMessage(message);
    }

    @Test
    void arraysThatDoNotAgreeAreTheSendersMistake() {
        long[] two = {1, 2};
        LongStream.of(1, 3).mapToObj(n -> new long[(int) n]).forEach(other -> {
            assertMistaken(new ToPeer.Arcs(0, 0, false, two, other, null, new long[0][]));
            assertMistaken(new ToPeer.Arcs(0, 0, false, two, two, new double[other.length], new long[0][]));
            assertMistaken(new ToPeer.Arcs(0, 0, false, two, two, null, new long[][] {two, other}));
            assertMistaken(new ToPeer.Hears(0, two, new int[other.length], new int[other.length]));
            assertMistaken(new ToPeer.Hears(0, two, new int[2], new int[other.length]));
            assertMistaken(new ToPeer.ChangedArcs(0, two, other, new int[2], new double[0]));
            assertMistaken(new ToPeer.ChangedArcs(0, two, two, new int[other.length], new double[0]));
            assertMistaken(new ToPeer.ChangedArcs(0, two, two, new int[2], new double[other.length]));
        });
        assertMistaken(new ToPeer.Arcs(0, 0, false, new long[0], new long[0], null, new long[1][0]));
    }

    private static void assertMistaken(ToPeer message) {
        assertThatThrownBy(() -> PeerCodec.encode(message, 1, 1)).as("%s", message).isInstanceOf(IllegalArgumentException.class);
    }
}
