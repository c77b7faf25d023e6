package org.superstep.engine;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.superstep.Graph;
import org.superstep.JobOptions;
import org.superstep.graph.Program;

/**
 * Any of the programs that the engine's tests know, with a graph and a shape that its name decides, for tests elsewhere.
 *
 * @param name what it is, to be shown when a test fails
 * @param programs makes instances, whose parameters are set
 * @param graph a small graph that the program takes
 * @param vertices ids of some of its vertices
 * @param options how it runs
 */
public record ProgramCase(String name, Supplier<Program> programs, Graph graph, List<Long> vertices, JobOptions options) {
    private static final int VERTICES = 6;

    /** One for each program. */
    public static Stream<ProgramCase> all() {
        return DeterminismTest.programs().map(named -> of(named.getPayload()));
    }

    private static ProgramCase of(Supplier<Program> programs) {
        long seed = programs.get().name().hashCode();
        var sample = DeterminismTest.fit(RandomGraphs.any(seed), programs.get());
        var shape = Shape.some(new SplittableRandom(seed), 1).get(0);
        return new ProgramCase(programs.get().name() + " on " + sample + ", " + shape, () -> DeterminismTest.program(programs, sample),
            sample.graph(), LongStream.of(sample.vertices()).limit(VERTICES).boxed().toList(), shape.options());
    }

    @Override public String toString() {
        return name;
    }
}
