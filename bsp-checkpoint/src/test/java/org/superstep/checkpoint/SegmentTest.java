package org.superstep.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentTest {
    @TempDir Path path;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, (3 << 20) + 5})
    void whatIsWrittenIsReadAgain(int count) throws IOException {
        var folder = new CheckpointFolder(path);
        byte[] first = Samples.bytes(new SplittableRandom(count), count);
        byte[] second = Samples.bytes(new SplittableRandom(count + 1), 100);
        Segment one;
        Segment two;
        try (var output = new SegmentOutput(folder.file("a.state"))) {
            one = written(output, first, 300_000);
            two = written(output, second, 1);
            output.sync();
        }
        assertThat(one.offset()).isZero();
        assertThat(two.offset()).isEqualTo(one.bytes());
        assertThat(Files.size(folder.file("a.state"))).isEqualTo(two.end());
        assertThat(blocks(folder, one)).isEqualTo(first);
        assertThat(blocks(folder, two)).isEqualTo(second);
        assertThat(all(folder, one)).isEqualTo(first);
        assertThat(all(folder, two)).isEqualTo(second);
    }

    @Test void theContentIsReadInTheOrderOfBytesThatItWasWrittenIn() throws IOException {
        var folder = new CheckpointFolder(path);
        Segment segment;
        try (var output = new SegmentOutput(folder.file("a.state"))) {
            output.begin();
            output.write(ByteBuffer.allocateDirect(12).order(ByteOrder.LITTLE_ENDIAN).putLong(17).putInt(4).flip());
            segment = output.end();
        }
        try (var input = folder.open(segment); var whole = folder.open(segment)) {
            assertThat(input.next().getLong()).isEqualTo(17);
            assertThat(whole.all().getLong(0)).isEqualTo(17);
        }
    }

    @Test void theSameContentHasTheSameChecksumWhereverItStands() throws IOException {
        byte[] content = Samples.bytes(new SplittableRandom(4), 2_500_000);
        Segment one;
        Segment two;
        try (var output = new SegmentOutput(path.resolve("a.state"))) {
            written(output, new byte[10], 10);
            one = written(output, content, content.length);
        }
        try (var output = new SegmentOutput(path.resolve("b.state"))) {
            two = written(output, content, 1000);
        }
        assertThat(two.checksum()).isEqualTo(one.checksum());
    }

    @Test void everyFlippedBitIsFoundBeforeItIsHandedOut() throws IOException {
        var folder = new CheckpointFolder(path);
        var segments = new ArrayList<Segment>();
        try (var output = new SegmentOutput(folder.file("a.state"))) {
            for (int partition = 0; partition < 4; partition++) {
                segments.add(written(output, Samples.bytes(new SplittableRandom(partition), 11 * partition), 5));
            }
        }
        byte[] bytes = Files.readAllBytes(folder.file("a.state"));
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(folder.file("a.state"), flipped);
            for (var segment : segments) {
                if (bit / 8 >= segment.offset() && bit / 8 < segment.end()) {
                    assertThatThrownBy(() -> all(folder, segment)).as("bit " + bit).isInstanceOf(DamagedException.class)
                        .hasMessageStartingWith(folder.file("a.state") + " is not what was written: ");
                } else {
                    all(folder, segment);
                }
            }
        }
    }

    @Test void aBlockThatWasLeftOutOrExchangedForAnotherIsFound() throws IOException {
        var folder = new CheckpointFolder(path);
        var random = new SplittableRandom(5);
        int block = SegmentOutput.MOST_BLOCK_BYTES;
        Segment segment;
        try (var output = new SegmentOutput(folder.file("a.state"))) {
            segment = written(output, Samples.bytes(random, 3 * block), block);
        }
        byte[] bytes = Files.readAllBytes(folder.file("a.state"));
        var exchanged = new ByteArrayOutputStream();
        int whole = block + SegmentOutput.HEADER_BYTES;
        exchanged.write(bytes, whole, whole);
        exchanged.write(bytes, 0, whole);
        exchanged.write(bytes, 2 * whole, whole);
        Files.write(folder.file("a.state"), exchanged.toByteArray());
        assertThatThrownBy(() -> blocks(folder, segment)).isInstanceOf(DamagedException.class).hasMessageContaining("the segment");
        var shorter = new Segment("a.state", 0, 2L * whole, segment.checksum());
        assertThatThrownBy(() -> blocks(folder, shorter)).isInstanceOf(DamagedException.class).hasMessageContaining("the segment");
    }

    @Test void aFileThatIsCutOffOrMissingIsDamaged() throws IOException {
        var folder = new CheckpointFolder(path);
        Segment segment;
        try (var output = new SegmentOutput(folder.file("a.state"))) {
            segment = written(output, new byte[50], 50);
        }
        for (int length = (int) segment.bytes() - 1; length >= 0; length--) {
            try (var file = FileChannel.open(folder.file("a.state"), StandardOpenOption.WRITE)) {
                file.truncate(length);
            }
            assertThatThrownBy(() -> folder.open(segment)).isInstanceOf(DamagedException.class)
                .hasMessage(folder.file("a.state") + " is cut off: " + length + " bytes long, of at least 58");
        }
        Files.delete(folder.file("a.state"));
        assertThatThrownBy(() -> folder.open(segment)).isInstanceOf(DamagedException.class)
            .hasMessage(folder.file("a.state") + " is missing");
    }

    @Test void aFileIsNeverWrittenOver() throws IOException {
        Files.write(path.resolve("a.state"), new byte[3]);
        assertThatThrownBy(() -> new SegmentOutput(path.resolve("a.state"))).isInstanceOf(IOException.class)
            .hasMessage("cannot create " + path.resolve("a.state") + ": a file of that name is there already");
        assertThatThrownBy(() -> new SegmentOutput(path.resolve("gone/a.state"))).isInstanceOf(IOException.class)
            .hasMessage("cannot create " + path.resolve("gone/a.state") + ": there is no such file or folder");
    }

    @Test void aFullDiskIsToldWithTheNameOfTheFile() throws IOException {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(full), "only Linux has a device that is always full");
        try (var output = new SegmentOutput(path.resolve("a.state"), FileChannel.open(full, StandardOpenOption.WRITE))) {
            assertThatThrownBy(() -> written(output, new byte[5], 5)).isInstanceOf(IOException.class)
                .hasMessage("cannot write " + path.resolve("a.state") + ": No space left on device");
        }
    }

    @Test void whoMixesUpSegmentsIsTold() throws IOException {
        try (var output = new SegmentOutput(path.resolve("a.state"))) {
            assertThatThrownBy(() -> output.write(ByteBuffer.allocate(1))).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(output::end).isInstanceOf(IllegalStateException.class);
            output.begin();
            assertThatThrownBy(output::begin).isInstanceOf(IllegalStateException.class);
        }
    }

    private static Segment written(SegmentOutput output, byte[] content, int pieceBytes) throws IOException {
        output.begin();
        for (int from = 0; from < content.length; from += pieceBytes) {
            output.write(ByteBuffer.wrap(content, from, Math.min(pieceBytes, content.length - from)));
        }
        return output.end();
    }

    private static byte[] all(CheckpointFolder folder, Segment segment) throws IOException {
        try (var input = folder.open(segment)) {
            var content = input.all();
            var bytes = new byte[content.remaining()];
            content.get(bytes);
            assertThat(input.next().hasRemaining()).isFalse();
            return bytes;
        }
    }

    private static byte[] blocks(CheckpointFolder folder, Segment segment) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var input = folder.open(segment)) {
            for (var block = input.next(); block.hasRemaining(); block = input.next()) {
                var content = new byte[block.remaining()];
                block.get(content);
                bytes.writeBytes(content);
            }
        }
        return bytes.toByteArray();
    }
}
