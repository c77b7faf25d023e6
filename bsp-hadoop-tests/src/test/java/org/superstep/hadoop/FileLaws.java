package org.superstep.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What we rely on of any file system: the machine's own shows that the laws are Java's, the others that they keep them. */
abstract class FileLaws {
    private Path folder;

    /** A new and empty folder. */
    abstract Path newFolder() throws IOException;

    @BeforeEach final void makeAFolder() throws IOException {
        folder = newFolder();
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static byte[] bytes(int count, long seed) {
        var random = new SplittableRandom(seed);
        var bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    @Test final void whatIsWrittenIsRead() throws IOException {
        byte[] content = bytes(3_000_001, 1);
        Path file = folder.resolve("file");
        Files.write(file, content);
        assertThat(Files.readAllBytes(file)).isEqualTo(content);
        assertThat(Files.size(file)).isEqualTo(content.length);
        assertThat(Files.isRegularFile(file)).isTrue();
        assertThat(Files.isDirectory(file)).isFalse();
        assertThat(Files.isReadable(file)).isTrue();
        try (var in = Files.newInputStream(file)) {
            assertThat(in.readAllBytes()).isEqualTo(content);
        }
    }

    @Test final void aFileIsReadAnywhereByManyThreads() throws Exception {
        byte[] content = bytes(2_500_000, 2);
        Path file = folder.resolve("file");
        Files.write(file, content);
        var threads = Executors.newFixedThreadPool(4);
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            var readers = new ArrayList<Callable<Boolean>>();
            for (int reader = 0; reader < 8; reader++) {
                var random = new SplittableRandom(reader);
                boolean direct = reader % 2 == 0;
                readers.add(() -> {
                    for (int i = 0; i < 20; i++) {
                        int from = random.nextInt(content.length);
                        int length = random.nextInt(Math.min(300_000, content.length - from));
                        var buffer = direct ? ByteBuffer.allocateDirect(length) : ByteBuffer.allocate(length + 7).position(7).slice();
                        while (buffer.hasRemaining()) {
                            assertThat(channel.read(buffer, from + buffer.position())).isPositive();
                        }
                        assertThat(buffer.flip()).isEqualTo(ByteBuffer.wrap(content, from, length));
                    }
                    return true;
                });
            }
            for (var read : threads.invokeAll(readers)) {
                assertThat(read.get()).isTrue();
            }
            assertThat(channel.read(ByteBuffer.allocate(1), content.length)).isEqualTo(-1);
            assertThat(channel.read(ByteBuffer.allocate(1), content.length + 9L)).isEqualTo(-1);
            assertThat(channel.size()).isEqualTo(content.length);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test final void aChannelReadsOnFromItsPosition() throws IOException {
        try (var channel = FileChannel.open(file("file", "0123456789"))) {
            var buffer = ByteBuffer.allocate(3);
            assertThat(channel.read(buffer)).isEqualTo(3);
            assertThat(channel.position(7).read(buffer.clear())).isEqualTo(3);
            assertThat(buffer.array()).isEqualTo("789".getBytes(StandardCharsets.US_ASCII));
            assertThat(channel.read(buffer.clear())).isEqualTo(-1);
            assertThat(channel.position(99).read(buffer)).isEqualTo(-1);
            assertThat(channel.position(0).read(buffer)).isEqualTo(3);
        }
    }

    @Test final void ofManyWhoCreateAFileExclusivelyOneDoes() throws Exception {
        Path file = folder.resolve("claim");
        var created = new AtomicInteger();
        var threads = Executors.newFixedThreadPool(8);
        try {
            var creators = new ArrayList<Callable<Void>>();
            for (int i = 0; i < 16; i++) {
                int number = i;
                creators.add(() -> {
                    try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                        channel.write(ByteBuffer.wrap(new byte[]{(byte) number}), 0);
                        created.incrementAndGet();
                    } catch (FileAlreadyExistsException e) {
                        assertThat(e.getFile()).isEqualTo(file.toString());
                    }
                    return null;
                });
            }
            for (var creator : threads.invokeAll(creators)) {
                creator.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(created).hasValue(1);
        assertThat(Files.size(file)).isEqualTo(1);
    }

    @Test final void whatIsForcedIsThereBeforeItIsClosed() throws IOException {
        Path file = folder.resolve("file");
        byte[] content = bytes(2_100_000, 3);
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var direct = ByteBuffer.allocateDirect(content.length).put(content).flip();
            while (direct.hasRemaining()) {
                channel.write(direct);
            }
            assertThat(channel.position()).isEqualTo(content.length);
            channel.force(true);
            try (var in = Files.newInputStream(file)) {
                assertThat(in.readAllBytes()).isEqualTo(content);
            }
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(content);
    }

    @Test final void aFileIsWrittenOnAtItsEnd() throws IOException {
        Path file = file("file", "one");
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.position(channel.size());
            try (var in = FileChannel.open(file("other", " two"))) {
                assertThat(in.transferTo(0, 4, channel)).isEqualTo(4);
            }
            assertThat(channel.size()).isEqualTo(7);
        }
        Files.writeString(file, " three", StandardOpenOption.APPEND);
        assertThat(Files.readString(file)).isEqualTo("one two three");
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE); var lock = channel.tryLock()) {
            assertThat(lock.isValid()).isTrue();
            var buffer = ByteBuffer.allocate(100);
            assertThat(channel.read(buffer)).isEqualTo(13);
            channel.position(channel.size());
            channel.write(ByteBuffer.wrap(new byte[]{'!'}));
        }
        assertThat(Files.readString(file)).isEqualTo("one two three!");
    }

    @Test final void aFileIsWrittenAnew() throws IOException {
        Path file = file("file", "much that was there before");
        Files.writeString(file, "new");
        assertThat(Files.readString(file)).isEqualTo("new");
        try (var out = Files.newOutputStream(file)) {
            out.write(65);
        }
        assertThat(Files.readString(file)).isEqualTo("A");
        Files.newOutputStream(file, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE).close();
        assertThat(Files.size(file)).isZero();
    }

    @Test final void whatIsMissingIsToldByName() {
        Path none = folder.resolve("none");
        assertThat(Files.exists(none)).isFalse();
        assertThat(Files.isReadable(none)).isFalse();
        for (Callable<?> attempt : List.<Callable<?>>of(() -> Files.readString(none), () -> FileChannel.open(none), () -> Files.size(none),
            () -> none.toRealPath(), () -> Files.list(none), () -> FileChannel.open(none, StandardOpenOption.WRITE),
            () -> Files.createFile(none.resolve("file")), () -> Files.createDirectory(none.resolve("folder")), () -> {
                Files.delete(none);
                return null;
            }, () -> Files.move(none, folder.resolve("other"), StandardCopyOption.ATOMIC_MOVE), () -> Files.getFileStore(none))) {
            assertThatThrownBy(attempt::call).isInstanceOf(NoSuchFileException.class).hasMessageContaining(none.toString());
        }
    }

    @Test final void aFileThatTakesANameReplacesWhatHadIt() throws IOException {
        Path to = file("ranks", "old");
        Files.move(file("part", "new"), to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        assertThat(Files.readString(to)).isEqualTo("new");
        assertThat(Files.exists(folder.resolve("part"))).isFalse();
        Files.move(to, folder.resolve("elsewhere"), StandardCopyOption.ATOMIC_MOVE);
        assertThatThrownBy(() -> Files.move(file("third", ""), folder.resolve("elsewhere")))
            .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(Files.readString(folder.resolve("elsewhere"))).isEqualTo("new");
    }

    @Test final void foldersAreMadeOneByOneAndDeletedEmpty() throws IOException {
        Path made = Files.createDirectory(folder.resolve("made"));
        assertThat(Files.isDirectory(made)).isTrue();
        assertThatThrownBy(() -> Files.createDirectory(made)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(Files.createDirectories(made.resolve("a/b"))).isDirectory();
        assertThat(Files.createDirectories(made.resolve("a/b"))).isDirectory();
        assertThatThrownBy(() -> Files.delete(made)).isInstanceOf(DirectoryNotEmptyException.class);
        Files.delete(made.resolve("a/b"));
        Files.delete(made.resolve("a"));
        assertThat(Files.deleteIfExists(made)).isTrue();
        assertThat(Files.deleteIfExists(made)).isFalse();
    }

    @Test final void aFileIsNoFolder() throws IOException {
        Path file = file("file", "content");
        assertThatThrownBy(() -> Files.newDirectoryStream(file)).isInstanceOf(NotDirectoryException.class);
        assertThatThrownBy(() -> Files.createDirectory(file)).isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> Files.createFile(file.resolve("inside"))).isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> Files.writeString(folder, "content")).isInstanceOf(FileSystemException.class);
        assertThatThrownBy(() -> Files.readString(folder)).isInstanceOf(IOException.class);
        assertThat(Files.readString(file)).isEqualTo("content");
    }

    @Test final void aFolderListsWhatItHolds() throws IOException {
        for (String name : List.of("manifest-2", "manifest-1", "leader-1", ".hidden", "a b%20ü")) {
            file(name, "");
        }
        try (var all = Files.newDirectoryStream(folder)) {
            assertThat(all).containsExactlyInAnyOrder(folder.resolve("manifest-2"), folder.resolve("manifest-1"),
                folder.resolve("leader-1"), folder.resolve(".hidden"), folder.resolve("a b%20ü"));
        }
        try (var some = Files.newDirectoryStream(folder, "manifest-*")) {
            assertThat(some).containsExactlyInAnyOrder(folder.resolve("manifest-2"), folder.resolve("manifest-1"));
        }
        try (var some = Files.newDirectoryStream(folder, path -> path.getFileName().toString().endsWith("1"))) {
            assertThat(some).hasSize(2);
        }
    }

    @Test final void filesAreCopiedHereAndFromElsewhere(@TempDir Path local) throws IOException {
        byte[] content = bytes(1_200_000, 4);
        Path here = Files.write(local.resolve("here"), content);
        Path there = Files.copy(here, folder.resolve("there"));
        assertThat(Files.readAllBytes(Files.copy(there, folder.resolve("again")))).isEqualTo(content);
        assertThatThrownBy(() -> Files.copy(there, folder.resolve("again"))).isInstanceOf(FileAlreadyExistsException.class);
        Files.copy(file("third", "3"), there, StandardCopyOption.REPLACE_EXISTING);
        assertThat(Files.readString(there)).isEqualTo("3");
        assertThat(Files.readAllBytes(Files.copy(folder.resolve("again"), local.resolve("back")))).isEqualTo(content);
        assertThat(Files.mismatch(folder.resolve("again"), here)).isEqualTo(-1);
    }

    @Test final void namesAreTakenApartAndPutTogether() {
        Path path = folder.resolve("a").resolve("b.tsv");
        assertThat(path.getParent()).isEqualTo(folder.resolve("a"));
        assertThat(path.getFileName()).hasToString("b.tsv");
        assertThat(path.resolveSibling("c").toString()).isEqualTo(folder + "/a/c");
        assertThat(path.resolve("../../x/./y").normalize()).isEqualTo(folder.resolve("x/y"));
        assertThat(folder.relativize(path)).hasToString("a/b.tsv");
        assertThat(path.relativize(folder)).hasToString("../..");
        assertThat(folder.resolve(folder.relativize(path))).isEqualTo(path);
        assertThat(path.startsWith(folder)).isTrue();
        assertThat(path.startsWith(folder.resolve("ab"))).isFalse();
        assertThat(path.endsWith("a/b.tsv")).isTrue();
        assertThat(path.endsWith("b.tsv/")).isTrue();
        assertThat(path.getRoot().resolve(path.subpath(0, path.getNameCount()))).isEqualTo(path);
        assertThat(path.getName(path.getNameCount() - 1)).hasToString("b.tsv");
        assertThat(path.iterator()).toIterable().hasSize(path.getNameCount());
        assertThat(path.isAbsolute()).isTrue();
        assertThat(path.getRoot().getParent()).isNull();
        assertThat(path.getRoot().getFileName()).isNull();
        assertThat(path.getRoot().getNameCount()).isZero();
        assertThat(folder.resolve("a//b.tsv/")).isEqualTo(path).hasSameHashCodeAs(path);
        assertThat(folder.resolve("")).isEqualTo(folder);
        assertThat(folder.resolve("b")).isGreaterThan(folder.resolve("a"));
        assertThat(Path.of(path.toUri())).isEqualTo(path);
        assertThat(path.getFileSystem().getPath(path.toString())).isEqualTo(path);
        assertThat(path.getFileName().getParent()).isNull();
        assertThat(path.getFileName().resolve("c")).hasToString("b.tsv/c");
        assertThat(path.getFileName().isAbsolute()).isFalse();
    }

    @Test final void letGoOfIsClosed() throws IOException {
        var channel = FileChannel.open(file("file", "content"));
        channel.close();
        channel.close();
        assertThat(channel.isOpen()).isFalse();
        assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1), 0)).isInstanceOf(ClosedChannelException.class);
        assertThatThrownBy(channel::size).isInstanceOf(ClosedChannelException.class);
        try (var reader = FileChannel.open(folder.resolve("file"))) {
            assertThatThrownBy(() -> reader.write(ByteBuffer.allocate(1)))
                .isInstanceOf(NonWritableChannelException.class);
        }
        try (var writer = FileChannel.open(folder.resolve("new"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            assertThatThrownBy(() -> writer.read(ByteBuffer.allocate(1)))
                .isInstanceOf(NonReadableChannelException.class);
        }
    }
}
