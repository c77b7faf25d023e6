package org.superstep.graph.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LocationTest {
    @Test
    void aNameIsOfThisMachine() {
        for (String name : new String[]{"graph.tsv", "/data/graph.tsv", "a b%20c", "://", "C:x", ""}) {
            assertThat(Location.path(name)).isEqualTo(Path.of(name));
        }
        assertThat(Location.path("file:///data/a%20b")).isEqualTo(Path.of("/data/a b"));
        assertThat(Location.path("file:/data/x")).isEqualTo(Path.of("/data/x"));
    }

    @Test
    void whatNamesNoFileIsRefusedWithTheRemedy() {
        assertThatThrownBy(() -> Location.path("gopher://host/graph.tsv")).isInstanceOfSatisfying(InvalidPathException.class, fault ->
            assertThat(fault.getReason()).isEqualTo("only files are read and written, of this machine, of a shared (NFS) folder, or of HDFS"
                + " (hdfs://); copy it there"));
        assertThatThrownBy(() -> Location.path("file://elsewhere/graph.tsv")).isInstanceOfSatisfying(InvalidPathException.class, fault ->
            assertThat(fault.getReason()).startsWith("it names no file of this machine: "));
        assertThatThrownBy(() -> Location.path("a\0b")).isInstanceOf(InvalidPathException.class);
        assertThatThrownBy(() -> Location.path("g pher://host/x")).isInstanceOf(InvalidPathException.class);
    }
}
