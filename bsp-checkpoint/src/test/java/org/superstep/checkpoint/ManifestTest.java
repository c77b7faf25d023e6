package org.superstep.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class ManifestTest {
    private static final Manifest.Entry ENTRY = new Manifest.Entry(5, 9, 400, new Segment("0-1-1-w0.topology", 0, 48, 1),
        new Segment("5-1-1-w0.state", 0, 41, 2), List.of(new Segment("5-1-1-w0.records", 8, 25, 3)));

    @Test void whatIsEncodedIsDecodedAgain() throws IOException {
        for (long seed = 0; seed < 2000; seed++) {
            long which = seed;
            var manifest = Samples.anyManifest(new SplittableRandom(seed));
            assertThat(Manifest.decoded("m", manifest.encoded())).as(() -> "seed " + which).usingRecursiveComparison().isEqualTo(manifest);
        }
    }

    @Test void theSameIsEncodedToTheSameBytes() throws IOException {
        for (long seed = 0; seed < 500; seed++) {
            byte[] bytes = Samples.anyManifest(new SplittableRandom(seed)).encoded();
            assertThat(Manifest.decoded("m", bytes).encoded()).as("seed " + seed).isEqualTo(bytes);
        }
    }

    @Test void everyFlippedBitIsFound() {
        byte[] bytes = Samples.manifest(1, 5, List.of(ENTRY, ENTRY)).encoded();
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> Manifest.decoded("the manifest", flipped)).as("bit " + bit).isInstanceOf(DamagedException.class)
                .hasMessageStartingWith("the manifest is");
        }
    }

    @Test void everyTruncationIsFoundAndWhatFollowsToo() {
        byte[] bytes = Samples.manifest(1, 5, List.of(ENTRY)).encoded();
        for (int length = 0; length <= bytes.length + 9; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            if (length != bytes.length) {
                assertThatThrownBy(() -> Manifest.decoded("m", cut)).as("length " + length).isInstanceOf(DamagedException.class);
            }
        }
    }

    /** Every count is made absurd in turn, under a checksum that is right: no such manifest costs memory, or is taken for one. */
    @Test void whatDoesNotAddUpIsRefusedEvenWhereItsChecksumIsRight() throws IOException {
        byte[] bytes = Samples.manifest(1, 5, List.of(ENTRY, ENTRY)).encoded();
        for (int offset = 12; offset <= bytes.length - 8; offset++) {
            for (int absurd : new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE, -2, 1 << 24}) {
                var changed = ByteBuffer.wrap(bytes.clone()).order(ByteOrder.LITTLE_ENDIAN).putInt(offset, absurd);
                try {
                    assertThat(Manifest.decoded("m", sealed(changed)).partitions()).hasSize(2);
                } catch (DamagedException e) {
                    assertThat(e).hasMessageStartingWith("m is not what was written");
                }
            }
        }
    }

    @Test void bytesBehindTheLastFieldAreRefusedEvenWhereTheChecksumIsRight() {
        byte[] bytes = Samples.manifest(1, 5, List.of(ENTRY)).encoded();
        var longer = ByteBuffer.wrap(Arrays.copyOf(bytes, bytes.length + 1)).order(ByteOrder.LITTLE_ENDIAN);
        assertThatThrownBy(() -> Manifest.decoded("m", sealed(longer))).isInstanceOf(DamagedException.class)
            .hasMessage("m is not what was written: 1 bytes too long");
    }

    @Test void aNameThatLeadsOutOfTheFolderIsRefused() {
        for (String name : List.of("", "..", ".", "../a.state", "a/b.state", "/etc/passwd", "a\\b", "a\0b", ".hidden")) {
            assertThatThrownBy(() -> new Segment(name, 0, 0, 0)).as(name).isInstanceOf(IllegalArgumentException.class);
        }
        byte[] bytes = Samples.manifest(1, 5, List.of(ENTRY)).encoded();
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("5-1-1-w0.state");
        var changed = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).put(at, "../../etc/pass".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> Manifest.decoded("m", sealed(changed))).isInstanceOf(DamagedException.class)
            .hasMessageContaining("../../etc/pass");
    }

    @Test void anotherVersionOfTheFormatIsNoDamage() {
        var changed = ByteBuffer.wrap(Samples.manifest(1, 5, List.of(ENTRY)).encoded()).order(ByteOrder.LITTLE_ENDIAN).putInt(8, 2);
        assertThatThrownBy(() -> Manifest.decoded("m", sealed(changed))).isInstanceOf(IOException.class)
            .isNotInstanceOf(DamagedException.class).hasMessage("m was written by another Superstep, in version 2 of the format; this one "
                + "knows version 1; go on with that one, or choose another folder");
    }

    private static byte[] sealed(ByteBuffer bytes) {
        int end = bytes.capacity() - Integer.BYTES;
        var checksum = new CRC32C();
        checksum.update(bytes.array(), 0, end);
        return bytes.putInt(end, (int) checksum.getValue()).array();
    }
}
