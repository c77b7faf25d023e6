package org.superstep.net.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.superstep.net.Frame;
import org.superstep.net.ToPeer;

/** What was packed is unpacked to the byte, and nothing else is. */
class PackCodecTest {
    private static final int HEAD = 9;
    private static final int TYPE = 4;

    private static Frame frame(byte[] body) {
        return new Frame(Frame.Type.OUTBOX, 7, 9, 3, body);
    }

    /** Numbers of 8 bytes of which only the lower ones differ, behind so many odd bytes. */
    private static byte[] numbers(int odd, int count, long below, SplittableRandom random) {
        var body = new byte[odd + 8 * count];
        ByteBuffer bytes = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).position(odd);
        random.longs(count, 0, below).forEach(bytes::putLong);
        return body;
    }

    @Test
    void aFrameIsTheSameAfterwardsWhateverItsLength() {
        for (int length = 0; length < 300; length++) {
            var body = new byte[length];
            new SplittableRandom(length).nextBytes(body);
            Frame packed = PackCodec.pack(frame(body));
            assertThat(packed.type()).isEqualTo(Frame.Type.PACKED);
            Frame unpacked = PackCodec.unpack(packed);
            assertThat(unpacked.body()).as("%d bytes", length).isEqualTo(body);
            assertThat(unpacked).usingRecursiveComparison().ignoringFields("body").isEqualTo(frame(body));
        }
    }

    @Test
    void numbersShrinkToTheBytesInWhichTheyDifferWhereverTheyBegin() {
        for (int odd = 0; odd < 8; odd++) {
            byte[] body = numbers(odd, 1000, 1 << 16, new SplittableRandom(odd));
            Frame packed = PackCodec.pack(frame(body));
            assertThat(packed.body().length).as("numbers behind %d bytes", odd).isBetween(2000, 2150);
            assertThat(PackCodec.unpack(packed).body()).as("numbers behind %d bytes", odd).isEqualTo(body);
        }
    }

    @Test
    void aMessageIsDecodedFromAPackedFrameAndToldHowLongItWasOnItsWay() {
        var outbox = new ToPeer.Outbox(1, 3, 2, numbers(4, 100, 9, new SplittableRandom(1)));
        Frame packed = PackCodec.pack(PeerCodec.encode(outbox, 7, 9));
        var decoded = (ToPeer.Outbox) PeerCodec.decode(packed);
        assertThat(decoded.frame()).isEqualTo(outbox.frame());
        assertThat(decoded.superstep()).isEqualTo(3);
        assertThat(decoded.travelledBytes()).isEqualTo(packed.body().length).isLessThan(200);
        assertThat(outbox.travelledBytes()).isEqualTo(804);
    }

    @Test
    void damagedBytesAreRefusedOrAreAnotherMessage() {
        for (int seed = 0; seed < 5; seed++) {
            var random = new SplittableRandom(seed);
            byte[] good = PackCodec.pack(frame(numbers(seed, 20, 1 << 20, random))).body();
            var damage = new Damage("PACKED, seed " + seed, bytes -> PackCodec.unpack(new Frame(Frame.Type.PACKED, 1, 1, 0, bytes)));
            damage.tryAll(good);
            damage.tryGarbage(good, random);
        }
    }

    @Test
    void aLengthThatSoFewBytesCannotHoldIsRefusedBeforeMemoryIsTaken() {
        byte[] body = PackCodec.pack(frame(new byte[1000])).body();
        int block = body.length - HEAD;
        String bounds = "PACKED.bytes must be at most 255 for each that has come, and 1073741824 in all, was ";
        assertRefused(withLength(body, 255 * block + 1), bounds + (255 * block + 1) + " of " + block);
        assertRefused(withLength(body, -1), "PACKED.bytes must be at least 0, was -1");
        assertRefused(withLength(Arrays.copyOf(body, 8 << 20), Frame.MOST_DATA_BYTES + 1), bounds + "1073741825 of " + ((8 << 20) - HEAD));
    }

    @Test
    void aLengthThatIsNotThatOfWhatIsPackedIsRefused() {
        byte[] body = PackCodec.pack(frame(new byte[1000])).body();
        assertRefused(withLength(body, 1001), "PACKED.bytes must be what is packed, 1000, was 1001");
        assertThatThrownBy(() -> PackCodec.unpack(packed(withLength(body, 999)))).isInstanceOf(WireException.class)
            .hasMessageStartingWith("PACKED holds what nobody has packed: ");
    }

    @Test
    void nothingIsUnpackedThatIsNeverPacked() {
        byte[] body = PackCodec.pack(frame(new byte[10])).body();
        for (Frame.Type type : Frame.Type.values()) {
            body[TYPE] = (byte) type.ordinal();
            if (PackCodec.packs(type)) {
                assertThat(PackCodec.unpack(packed(body)).type()).isEqualTo(type);
            } else {
                assertRefused(body, "PACKED holds a frame of type " + type.ordinal() + ", which is never packed");
            }
        }
        body[TYPE] = (byte) Frame.Type.values().length;
        assertRefused(body, "PACKED holds a frame of type " + body[TYPE] + ", which is never packed");
        body[TYPE] = -1;
        assertRefused(body, "PACKED holds a frame of type -1, which is never packed");
        assertRefused(new byte[8], "PACKED must be at least 9 bytes, was 8");
    }

    @Test
    void whoSendsItIsKnownWithoutUnpackingAndIsTheSameAfterwards() {
        Frame packed = PackCodec.pack(PeerCodec.encode(new ToPeer.Outbox(5, 3, 2, new byte[100]), 7, 9));
        assertThat(PeerCodec.from(packed)).isEqualTo(5);
        packed.body()[0] = 6;
        assertThat(PeerCodec.from(packed)).isEqualTo(6);
        assertRefused(packed.body(), "PACKED holds what another worker sends than it says");
    }

    private static Frame packed(byte[] body) {
        return new Frame(Frame.Type.PACKED, 1, 1, 0, body);
    }

    private static byte[] withLength(byte[] body, int length) {
        byte[] changed = body.clone();
        ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).putInt(TYPE + 1, length);
        return changed;
    }

    private static void assertRefused(byte[] body, String message) {
        assertThatThrownBy(() -> PackCodec.unpack(packed(body))).isInstanceOf(WireException.class).hasMessage(message);
    }
}
