package org.superstep.net.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * What bytes may turn into on their way, and what a decoder must do about it: give a message, or a {@link WireException} of one line, and
 * never take more memory than such bytes are worth.
 */
final class Damage {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    /** For what any call needs, classes that are loaded by it included. */
    private static final long FREE_BYTES = 4 << 20;
    /** The worst is an empty message in a list: 2 bytes there, an object with lists of its own here. */
    private static final long MOST_BYTES_A_BYTE = 300;
    private static final int GARBLED = 200;

    private final Consumer<byte[]> decoder;
    private final String what;

    /** @param what what is decoded, and the seed */
    Damage(String what, Consumer<byte[]> decoder) {
        this.what = what;
        this.decoder = decoder;
    }

    /** Cut off at each byte, one bit changed at each place, four bytes that make an enormous number at each place, one byte too many. */
    void tryAll(byte[] good) {
        for (int length = 0; length < good.length; length++) {
            tried(Arrays.copyOf(good, length));
        }
        for (int bit = 0; bit < 8 * good.length; bit++) {
            byte[] bad = good.clone();
            bad[bit >>> 3] ^= 1 << (bit & 7);
            tried(bad);
        }
        for (int place = 0; place + 4 <= good.length; place++) {
            byte[] bad = good.clone();
            Arrays.fill(bad, place, place + 3, (byte) 0xFF);
            bad[place + 3] = 0x7F;
            tried(bad);
        }
        tried(Arrays.copyOf(good, good.length + 1));
    }

    /** Bytes that mean nothing, and good ones with many that do not. */
    void tryGarbage(byte[] good, SplittableRandom random) {
        for (int i = 0; i < GARBLED; i++) {
            var noise = new byte[random.nextInt(100)];
            random.nextBytes(noise);
            tried(noise);
            byte[] garbled = good.clone();
            for (int j = 0; j < garbled.length; j++) {
                garbled[j] = random.nextInt(8) == 0 ? (byte) random.nextInt() : garbled[j];
            }
            tried(garbled);
        }
    }

    private void tried(byte[] bytes) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            decoder.accept(bytes);
        } catch (WireException e) {
            assertThat(e.getMessage()).as(what).isNotBlank().doesNotContain("\n");
        } catch (Throwable t) {
            throw new AssertionError(what + ": neither a message nor a WireException came of " + HexFormat.of().formatHex(bytes), t);
        }
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).as("%s: bytes taken for %d", what, bytes.length)
            .isLessThan(FREE_BYTES + MOST_BYTES_A_BYTE * bytes.length);
    }
}
