package org.superstep.cluster;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A file of a {@link StateFolder}: some pieces of bytes, and what tells whether they are those that were written; big-endian.
 *
 * <pre>
 *   offset  bytes  field
 *        0      8  "SUPERST1"
 *        8      4  CRC32C of all that follows
 *       12      4  length n of the first piece
 *       16      n  the first piece
 *     16+n         the others in the same way, to the end of the file
 * </pre>
 */
final class StateFile {
    /** What a file is called that is not whole yet. */
    static final String UNFINISHED = ".part";
    private static final long MAGIC = 0x5355504552535431L;
    private static final int PIECES_AT = 12;

    private StateFile() {
    }

    /** Writes it so that, whenever this process or its machine ends, there is the whole of it or what was there before. */
    static void write(Path file, byte[]... pieces) throws IOException {
        int length = PIECES_AT;
        for (byte[] piece : pieces) {
            length = Math.addExact(length, Integer.BYTES + piece.length);
        }
        ByteBuffer bytes = ByteBuffer.allocate(length).putLong(MAGIC).putInt(0);
        for (byte[] piece : pieces) {
            bytes.putInt(piece.length).put(piece);
        }
        bytes.putInt(PIECES_AT - Integer.BYTES, checksum(bytes.array()));
        replace(file, bytes.array());
    }

    /** Puts these bytes in the place of the file, if there is one. */
    static void replace(Path file, byte[] bytes) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + UNFINISHED);
        try (var channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceNames(file.getParent());
    }

    /** The names in a folder outlast the machine's end, too; where a folder cannot be forced, that is its file system's business. */
    private static void forceNames(Path folder) {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            return;
        }
    }

    /** Its pieces; an {@link IOException} that says in a few words what is wrong where it is not as it was written. */
    static List<byte[]> read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        if (bytes.remaining() < PIECES_AT || bytes.getLong() != MAGIC) {
            throw new IOException("it is no file of a master's");
        }
        if (bytes.getInt() != checksum(bytes.array())) {
            throw new IOException("it is damaged: its checksum does not match");
        }
        var pieces = new ArrayList<byte[]>();
        while (bytes.hasRemaining()) {
            byte[] piece = new byte[bytes.getInt()];
            bytes.get(piece);
            pieces.add(piece);
        }
        return pieces;
    }

    private static int checksum(byte[] file) {
        var checksum = new CRC32C();
        checksum.update(file, PIECES_AT, file.length - PIECES_AT);
        return (int) checksum.getValue();
    }
}
