package org.superstep.engine;

import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.graph.Program;
import org.superstep.testkit.ProgramContract;

/** The contract checker has nothing to say of adversarial programs that the engine is tested by: they are deterministic, if odd. */
class ContractTest {
    static Stream<Named<Supplier<Program>>> programs() {
        var programs = DeterminismTest.programs().toList();
        // All of them take a minute, and do not tell more.
        return IntStream.range(0, programs.size()).filter(i -> i % 4 == 0).mapToObj(programs::get);
    }

    @ParameterizedTest
    @MethodSource("programs")
    void adversarialProgramsKeepTheContract(Supplier<Program> programs) {
        ProgramContract.require(programs);
    }
}
