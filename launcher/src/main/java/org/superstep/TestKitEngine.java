package org.superstep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.superstep.graph.Program;
import org.superstep.graph.RecordOutput;
import org.superstep.net.Delivery;
import org.superstep.testkit.Answer;
import org.superstep.testkit.Engine;
import org.superstep.testkit.Shape;
import org.superstep.testkit.TestGraph;

/** What the test kit runs jobs by, found as a service: {@link Superstep}, in its words. */
public final class TestKitEngine implements Engine {
    /** For the service loader. */
    public TestKitEngine() {
    }

    @Override public Answer run(Program program, TestGraph graph, Shape shape, long seed, int maxSupersteps) {
        JobOptions options = JobOptions.DEFAULT.withThreads(shape.threads()).withPartitions(shape.partitions()).withWorkers(shape.workers())
            .withDelivery(Delivery.valueOf(shape.delivery().name())).withSeed(seed).withMaxSupersteps(maxSupersteps);
        options = shape.checksCodecs() ? options.withCodecChecks() : options;
        for (String fault : shape.faults()) {
            options = options.withInjection(Injection.parse(fault));
        }
        return shape.checkpointEvery() == 0 ? answer(program, graph, options)
            : savedAnswer(program, graph, options, shape.checkpointEvery());
    }

    /** The job is saved in a folder of its own, of which nothing stays; it waits for that, so that the same happens each time. */
    private static Answer savedAnswer(Program program, TestGraph graph, JobOptions options, int every) {
        try {
            Path folder = Files.createTempDirectory("superstep-test");
            try {
                return answer(program, graph, options.withCheckpoints(Checkpoints.in(folder).every(every).awaited()));
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a folder that holds files alone; one that is gone already, as that of a job that has ended well, is as good. */
    private static void delete(Path folder) throws IOException {
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            return;
        }
        Files.delete(folder);
    }

    private static Answer answer(Program program, TestGraph graph, JobOptions options) {
        Result result = Superstep.run(program, graph(program, graph), options);
        return new Answer(result.ids().toArray(), result.columns(), result.columns().stream().map(result::array).toList(),
            result.report().supersteps().stream().map(TestKitEngine::figures).toList(), result.report().droppedMessages(),
            records(program, result), Optional.empty());
    }

    private static Map<String, List<List<Object>>> records(Program program, Result result) {
        var records = new LinkedHashMap<String, List<List<Object>>>();
        for (RecordOutput output : program.declarations().recordOutputs()) {
            records.put(output.name(), result.records(output.name()).stream().toList());
        }
        return Collections.unmodifiableMap(records);
    }

    private static Graph graph(Program program, TestGraph graph) {
        // Only where edges come one by one may each have columns of its own, or none.
        Graph edges = program.declarations().edgeColumns().isEmpty() ? arrays(graph) : Graph.from(sink -> collect(graph, sink));
        return edges.withVertices((share, shares, columns, sink) -> {
            long[] ids = graph.vertexIds();
            for (int i = share; i < ids.length; i += shares) {
                sink.vertex(ids[i]);
            }
        });
    }

    private static Graph arrays(TestGraph graph) {
        List<TestGraph.Edge> edges = graph.edges();
        long[] sources = edges.stream().mapToLong(TestGraph.Edge::source).toArray();
        long[] targets = edges.stream().mapToLong(TestGraph.Edge::target).toArray();
        return graph.isWeighted() ? Graph.of(sources, targets, edges.stream().mapToDouble(TestGraph.Edge::weight).toArray())
            : Graph.of(sources, targets);
    }

    private static void collect(TestGraph graph, EdgeCollector sink) {
        for (TestGraph.Edge edge : graph.edges()) {
            if (graph.isWeighted()) {
                sink.edge(edge.source(), edge.target(), edge.weight());
            } else {
                sink.edge(edge.source(), edge.target());
            }
            edge.columns().forEach((name, value) -> {
                if (value instanceof Long number) {
                    sink.set(name, number);
                } else {
                    sink.set(name, value.doubleValue());
                }
            });
        }
    }

    private static Answer.Figures figures(JobReport.Superstep superstep) {
        return new Answer.Figures(superstep.number(), superstep.phase(), superstep.computed(), superstep.awake(), superstep.messages(),
            List.copyOf(superstep.aggregates().values()), List.copyOf(superstep.globals().values()));
    }
}
