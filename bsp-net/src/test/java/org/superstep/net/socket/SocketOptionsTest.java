package org.superstep.net.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options are checked where they are given, and defaults are what the documents say. */
class SocketOptionsTest {
    @TempDir
    Path folder;

    @Test
    void theDefaultsAreThese() {
        SocketOptions options = SocketOptions.defaults();
        assertThat(options.secret()).isEmpty();
        assertThat(options.tls()).isEmpty();
        assertThat(options.heartbeat()).isEqualTo(Duration.ofSeconds(2));
        assertThat(options.timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(options.connecting()).isEqualTo(Duration.ofSeconds(5));
        assertThat(options.handshake()).isEqualTo(Duration.ofSeconds(10));
        assertThat(options.flushing()).isEqualTo(Duration.ofSeconds(5));
        assertThat(options.strangers()).isEqualTo(64);
        assertThat(options.queuedBytes()).isEqualTo(32L << 20);
        assertThat(options.packing()).isEqualTo(Packing.WHEN_FASTER);
    }

    @Test
    void aTimeoutThatABeatCouldMissIsRefused() {
        assertThatThrownBy(() -> SocketOptions.defaults().withHeartbeat(Duration.ofSeconds(2), Duration.ofSeconds(3)))
            .isInstanceOf(IllegalArgumentException.class).hasMessage("timeout must be at least twice the heartbeat, 2000 ms, was 3000 ms");
        assertThatThrownBy(() -> SocketOptions.defaults().withHeartbeat(Duration.ZERO, Duration.ofSeconds(3)))
            .isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("heartbeat must be at least 1 ms");
    }

    @Test
    void aSecretIsReadWithoutTheWhiteSpaceAtItsEnd() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), " 0123456789abcdef \r\n");
        assertThat(Secret.read(file).mac().doFinal()).isEqualTo(Secret.of(" 0123456789abcdef".getBytes()).mac().doFinal());
        assertThat(Secret.read(file)).hasToString("a secret");
    }

    @Test
    void aSecretThatCannotServeIsRefusedWithTheFilesName() throws IOException {
        Path missing = folder.resolve("missing");
        assertThatThrownBy(() -> Secret.read(missing)).isInstanceOf(IOException.class).hasMessageContaining(missing + " does not exist");
        Path file = Files.writeString(folder.resolve("secret"), "short\n");
        assertThatThrownBy(() -> Secret.read(file)).isInstanceOf(IOException.class)
            .hasMessageContaining(file + " should hold from 16 to 4096 bytes, holds 5; make one with").hasMessageNotContaining("short");
        Files.write(file, new byte[5000]);
        assertThatThrownBy(() -> Secret.read(file)).isInstanceOf(IOException.class).hasMessageContaining("holds more");
        assertThatThrownBy(() -> Secret.of(new byte[15])).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("was 15");
    }
}
