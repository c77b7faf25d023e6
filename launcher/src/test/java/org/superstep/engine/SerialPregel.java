package org.superstep.engine;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.superstep.JobException;
import org.superstep.graph.Column;
import org.superstep.graph.DoubleVectorColumn;
import org.superstep.graph.EdgeColumn;
import org.superstep.graph.LongVectorColumn;
import org.superstep.graph.Program;
import org.superstep.testkit.Interpreter;
import org.superstep.testkit.TestGraph;

/** What a program means: the test kit's {@link Interpreter}, with one instance for the whole job. */
final class SerialPregel {
    private SerialPregel() {
    }

    /** The answer of the program on the graph; a job that runs on after so many supersteps fails. */
    static Answer run(Program program, Sample sample, long seed, int maxSupersteps) {
        return run(program, sample, Map.of(), seed, maxSupersteps);
    }

    /** The same where the input names vertices too, each with what its columns hold at first, as an array that the column makes for one. */
    static Answer run(Program program, Sample sample, Map<Long, Object[]> named, long seed, int maxSupersteps) {
        List<EdgeColumn> edgeColumns = program.declarations().edgeColumns();
        var edges = sample.arcs(program.weights().wanted(), edgeColumns).stream().map(arc -> TestGraph.Edge.holding(arc.source(),
            arc.target(), arc.weight(), edgeColumns, arc.columns()::get)).toList();
        var vertices = new TreeSet<>(named.keySet());
        Arrays.stream(sample.vertices()).forEach(vertices::add);
        var interpreter = Interpreter.of(() -> program, TestGraph.of(edges, vertices), seed);
        List<Column> columns = program.declarations().columns();
        named.forEach((id, values) -> {
            for (int i = 0; i < values.length; i++) {
                interpreter.set(id, columns.get(i).name(), first(columns.get(i), values[i]));
            }
        });
        try {
            return answer(interpreter.run(maxSupersteps).answer());
        } catch (IllegalStateException e) {
            throw new JobException(e.getMessage(), e);
        }
    }

    /** What an array, as the column makes it, holds of its first vertex. */
    private static Object first(Column column, Object array) {
        return column instanceof DoubleVectorColumn || column instanceof LongVectorColumn ? array : Array.get(array, 0);
    }

    private static Answer answer(org.superstep.testkit.Answer answer) {
        var columns = new LinkedHashMap<String, long[]>();
        for (int i = 0; i < answer.columns().size(); i++) {
            columns.put(answer.columns().get(i).name(), ColumnBits.of(answer.columns().get(i), answer.arrays().get(i)));
        }
        var figures = answer.figures().stream().map(superstep -> new Answer.Figures(superstep.superstep(), superstep.phase(),
            superstep.computed(), superstep.awake(), superstep.messages(), superstep.aggregators(), superstep.globals())).toList();
        var records = new LinkedHashMap<String, List<String>>();
        answer.records().forEach((output, emitted) -> records.put(output,
            emitted.stream().map(record -> Answer.recordBits(record.toArray())).toList()));
        return new Answer(answer.ids(), columns, figures, answer.dropped(), records);
    }
}
