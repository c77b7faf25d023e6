package org.superstep.net.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.superstep.net.Frame;
import org.superstep.net.wire.WireException;

/** Frames are the same after they were bytes, however those are cut; what is no frame is told at its header. */
@ExtendWith(Leaks.class)
class FrameBytesTest {
    private static final byte[] KEY = new byte[32];

    private static Seal seal(boolean isSealed) {
        return isSealed ? new Seal(KEY) : null;
    }

    private static FrameReader reader(boolean isSealed) {
        var reader = new FrameReader();
        reader.open(seal(isSealed));
        return reader;
    }

    private static byte[] bytes(boolean isSealed, Frame... frames) {
        var writer = new FrameWriter(new ArrayDeque<>(List.of(frames)), seal(isSealed));
        ByteBuf out = Unpooled.buffer(1 << 20);
        writer.write(out);
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }

    private static Frame read(FrameReader reader, byte[] bytes) {
        return reader.next(Unpooled.wrappedBuffer(bytes));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void framesSurviveHoweverTheirBytesAreCut(boolean isSealed) {
        for (long seed = 0; seed < 200; seed++) {
            var random = new SplittableRandom(seed);
            var sent = new ArrayList<Frame>();
            for (int i = 0; i < 10; i++) {
                byte[] body = new byte[random.nextInt(3) == 0 ? 0 : random.nextInt(300)];
                random.nextBytes(body);
                Frame.Type type = Frame.Type.values()[2 + random.nextInt(10)];
                sent.add(new Frame(type, random.nextLong(), random.nextLong(), random.nextInt(), body));
            }
            var writer = new FrameWriter(new ArrayDeque<>(sent), seal(isSealed));
            FrameReader reader = reader(isSealed);
            var received = new ArrayList<Frame>();
            int written = 0;
            for (boolean isLast = false; !isLast; ) {
                ByteBuf buffer = Unpooled.buffer(1 + random.nextInt(200));
                ByteBuf room = buffer.slice(0, buffer.capacity()).writerIndex(0);
                written += writer.write(room);
                isLast = !room.isReadable();
                while (room.isReadable()) {
                    ByteBuf part = room.readSlice(1 + random.nextInt(room.readableBytes()));
                    for (Frame frame = reader.next(part); frame != null; frame = reader.next(part)) {
                        received.add(frame);
                    }
                }
            }
            assertThat(received).as("seed %d", seed).usingRecursiveFieldByFieldElementComparator().isEqualTo(sent);
            assertThat(written).as("seed %d", seed).isEqualTo((int) sent.stream().mapToLong(Frame::bytes).sum());
        }
    }

    @Test
    void aFrameLooksAsItIsDrawn() {
        assertThat(bytes(false, new Frame(Frame.Type.OUTBOX, 2, 3, -1, new byte[] {9}))).containsExactly(22, 0, 0, 0, 11,
            2, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, -1, -1, -1, -1, 9);
    }

    @Test
    void nothingIsWrittenAfterAClose() {
        var close = new Frame(Frame.Type.CLOSE, 0, 0, -1, new byte[2]);
        var late = new Frame(Frame.Type.OUTBOX, 0, 0, -1, new byte[2]);
        assertThat(bytes(false, close, late)).hasSize(27);
    }

    @Test
    void anyBitThatIsChangedIsFoundBeforeItsFrameIsTold() {
        byte[] good = bytes(true, new Frame(Frame.Type.OUTBOX, 1, 1, 1, new byte[3]), new Frame(Frame.Type.ARCS_END, 1, 1, 1, new byte[0]));
        for (int bit = 0; bit < 8 * good.length; bit++) {
            byte[] changed = good.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            boolean isSecond = bit / 8 >= 25 + 16 + 3 + 16;
            var reader = reader(true);
            ByteBuf in = Unpooled.wrappedBuffer(changed);
            if (isSecond) {
                assertThat(reader.next(in)).isNotNull();
            }
            assertThatThrownBy(() -> reader.next(in)).as("bit %d", bit).isInstanceOf(WireException.class).hasMessageContaining("changed");
        }
    }

    @Test
    void aFrameThatIsRepeatedOrLeftOutIsFound() {
        Frame first = new Frame(Frame.Type.OUTBOX, 1, 1, 1, new byte[3]);
        byte[] once = bytes(true, first);
        byte[] twice = bytes(true, first, first);
        var repeated = reader(true);
        assertThat(read(repeated, once)).isNotNull();
        assertThatThrownBy(() -> read(repeated, once)).isInstanceOf(WireException.class);
        byte[] second = Arrays.copyOfRange(twice, once.length, twice.length);
        assertThatThrownBy(() -> read(reader(true), second)).isInstanceOf(WireException.class);
        assertThat(read(repeatedReader(once), second)).isNotNull();
    }

    private static FrameReader repeatedReader(byte[] first) {
        FrameReader reader = reader(true);
        read(reader, first);
        return reader;
    }

    private static byte[] header(int length, int type) {
        byte[] bytes = new byte[Frame.HEADER_BYTES];
        for (int i = 0; i < 4; i++) {
            bytes[i] = (byte) (length >> 8 * i);
        }
        bytes[4] = (byte) type;
        return bytes;
    }

    @Test
    void lengthsAndTypesAreCheckedBeforeAnythingIsTakenForThem() {
        int hello = Frame.Type.HELLO.ordinal();
        assertThat(read(new FrameReader(), header(21 + 4096, hello))).isNull();
        assertThatThrownBy(() -> read(new FrameReader(), header(21 + 4097, hello))).hasMessageContaining("at most 4096");
        assertThatThrownBy(() -> read(new FrameReader(), header(20, hello))).isInstanceOf(WireException.class);
        assertThatThrownBy(() -> read(new FrameReader(), header(-1, hello))).isInstanceOf(WireException.class);
        assertThatThrownBy(() -> read(new FrameReader(), header(21, 200))).isInstanceOf(WireException.class);
        assertThatThrownBy(() -> read(new FrameReader(), header(21, 50))).hasMessageContaining("no type 50");
        assertThatThrownBy(() -> read(new FrameReader(), header(21, 11))).hasMessageContaining("before the end of");
        assertThatThrownBy(() -> read(reader(false), header(21, hello))).hasMessageContaining("after the handshake");
        int control = Frame.Type.TO_MEMBER.ordinal();
        assertThatThrownBy(() -> read(reader(false), header(22 + (256 << 20), control))).hasMessageContaining("at most 268435456");
        int data = Frame.Type.OUTBOX.ordinal();
        assertThatThrownBy(() -> read(reader(false), header(22 + (1 << 30), data))).hasMessageContaining("at most 1073741824");
    }
}
