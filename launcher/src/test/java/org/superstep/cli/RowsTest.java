package org.superstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.superstep.Graph;
import org.superstep.JobOptions;
import org.superstep.Superstep;
import org.superstep.datasets.TextRows;
import org.superstep.engine.ColumnPrograms;

/** A stream gets the bytes that a file would get. */
final class RowsTest {
    @ParameterizedTest @EnumSource(TextRows.class)
    void aStreamGetsTheBytesOfTheFile(TextRows format, @TempDir Path folder) throws IOException {
        var program = new ColumnPrograms.EveryType();
        Path file = folder.resolve("rows");
        var graph = Graph.of(new long[] {1, 2, 3, 3}, new long[] {2, 3, 1, 4});
        var result = Superstep.run(program, graph, JobOptions.DEFAULT.withOutput(file, format));
        var stream = new ByteArrayOutputStream();
        Rows.write(result, program.declarations().shownColumns(), format, stream);
        assertThat(stream.toByteArray()).isEqualTo(Files.readAllBytes(file));
    }
}
