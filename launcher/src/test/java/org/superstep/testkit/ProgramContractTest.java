package org.superstep.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.ArrayList;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.algorithms.PageRank;
import org.superstep.algorithms.ShortestPaths;
import org.superstep.graph.Program;
import org.superstep.testkit.Finding.Rule;

/** Every planted fault is found, as what it is, and its mended twin is not complained of; nor are the bundled programs. */
class ProgramContractTest {
    /** A fault, the rule that it breaks, and what is to be said of it; and rules that it breaks besides. */
    private static Arguments fault(String name, Function<Boolean, Program> program, Rule rule, String what, Rule... besides) {
        Supplier<Program> bad = () -> program.apply(false);
        Supplier<Program> mended = () -> program.apply(true);
        return arguments(Named.of(name, bad), mended, rule, what, Set.of(besides));
    }

    static Stream<Arguments> faults() {
        return Stream.of(
            fault("a field that counts", BadPrograms.HiddenField::new, Rule.STATE,
                "field HiddenField.count changes while the program runs, from 0 to"),
            fault("a field that counts, by its answer", BadPrograms.HiddenField::new, Rule.STATE,
                "value is 3 with one instance, 2 with an instance for each superstep"),
            fault("a list in a field", BadPrograms.HiddenList::new, Rule.STATE,
                "field HiddenList.seen changes while the program runs, from []"),
            fault("a static field", BadPrograms.StaticField::new, Rule.STATE,
                "field StaticField.COUNT changes while the program runs, from"),
            fault("a hook with a memory", BadPrograms.ForgetfulHook::new, Rule.STATE, "field ForgetfulHook.called changes"),
            fault("a clock", mended -> mended ? new BadPrograms.NoClock() : new BadPrograms.Clock(false), Rule.REPEATABLE,
                "System.nanoTime() is called in Clock.ticks, BadPrograms.java:"),
            fault("a clock, by its answer", mended -> mended ? new BadPrograms.NoClock() : new BadPrograms.Clock(false), Rule.REPEATABLE,
                "value is "),
            fault("dice without a seed", mended -> mended ? new BadPrograms.SeededDice() : new BadPrograms.UnseededDice(), Rule.REPEATABLE,
                "an unseeded Random is made in UnseededDice.lambda$next$0, BadPrograms.java:"),
            fault("inexact functions", mended -> mended ? new BadPrograms.ExactMath() : new BadPrograms.InexactMath(), Rule.EXACT_MATH,
                "Math.exp() is called in InexactMath.compute, BadPrograms.java:"),
            fault("a combiner that is not exact", BadPrograms.FalselyExact::new, Rule.COMBINER, "which says that it is exact, combine("),
            fault("a combiner without identity", BadPrograms.NoIdentity::new, Rule.COMBINER, "the identity is not neutral"),
            fault("a combiner that is not idempotent", BadPrograms.FalselyIdempotent::new, Rule.COMBINER,
                "which says that it is idempotent, combine("),
            fault("a combiner that changes its argument", BadPrograms.CombinerThatChanges::new, Rule.COMBINER,
                "changes its first argument to [",
                Rule.MESSAGE),
            fault("an aggregation for which order matters", BadPrograms.FirstComeFirstServed::new, Rule.AGGREGATION, "the order matters"),
            fault("an aggregation that merges in place", BadPrograms.MergesInPlace::new, Rule.AGGREGATION,
                "changes its first argument to {",
                Rule.MESSAGE),
            fault("a value changed after it was added", BadPrograms.ChangesWhatItHasAdded::new, Rule.MESSAGE,
                "has added to aggregator digits was changed to {"),
            fault("a combiner for each call", BadPrograms.NewCombiners::new, Rule.COMBINER, "makes another one in each call"),
            fault("a message changed by its sender", BadPrograms.ChangesWhatItHasSaid::new, Rule.MESSAGE,
                "the vertex changes a message that"),
            fault("a message changed by who hears it", BadPrograms.ChangesWhatItHears::new, Rule.MESSAGE,
                "the vertex changes a message that it has heard from vertex 3, from [3] to [4]"),
            fault("an object changed in a column", BadPrograms.ChangesItsColumn::new, Rule.VALUE,
                "the vertex changes the object in its column counts, from [0, 0] to [1, 0]"),
            fault("an object changed in a global", BadPrograms.ChangesAGlobal::new, Rule.VALUE,
                "the vertex changes an object that it has read from an aggregator or a global"),
            fault("a message's codec that forgets", BadPrograms.ForgetfulCodec::new, Rule.CODEC,
                "the codec of messages writes Visit[place=3, hour=1] and reads Visit[place=3, hour=0]"),
            fault("a column's codec that forgets", BadPrograms.ForgetfulColumn::new, Rule.CODEC, "the codec of column visit writes Visit["),
            fault("an along that counts", BadPrograms.ImpureAlong::new, Rule.PURE, "along makes [", Rule.STATE),
            fault("a resolve that counts", BadPrograms.ImpureResolve::new, Rule.PURE,
                "resolve answers true to VertexConflict[", Rule.STATE),
            fault("a scratch object read unfilled", BadPrograms.DirtyScratch::new, Rule.SCRATCH, "with one scratch object, "),
            fault("what no checkpoint holds", BadPrograms.KeptElsewhere::new, Rule.RECOVERY, " by the interpreter, "),
            fault("changes that were not declared", BadPrograms.UndeclaredChanges::new, Rule.RUNS,
                "let changesGraph() return true; in UndeclaredChanges.next, BadPrograms.java:"),
            fault("a program without end", BadPrograms.Restless::new, Rule.ENDS, "after 1000 supersteps it still runs"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aPlantedFaultIsFoundAndItsMendedTwinIsSilent(Supplier<Program> bad, Supplier<Program> mended, Rule rule, String what,
            Set<Rule> besides) {
        var report = ProgramContract.check(bad);
        assertThat(report.findings()).as(report.toString()).anySatisfy(finding -> {
            assertThat(finding.rule()).isEqualTo(rule);
            assertThat(finding.what()).contains(what);
        }).allSatisfy(finding -> assertThat(finding.rule()).matches(broken -> broken == rule || besides.contains(broken)));
        var silent = ProgramContract.check(mended);
        assertThat(silent).hasToString(mended.get().name() + " keeps the contract: " + silent.runs() + " runs on 15 graphs, seed 1");
        assertThat(silent.runs()).isGreaterThan(150);
    }

    static Stream<Supplier<Program>> bundled() {
        return ServiceLoader.load(Program.class).stream().map(provider -> provider::get);
    }

    @ParameterizedTest
    @MethodSource("bundled")
    void bundledProgramsKeepTheContract(Supplier<Program> programs) {
        ProgramContract.require(programs);
        ProgramContract.of(programs).withSeed(99).require();
    }

    @Test
    void whereAFaultShowsIsTold() {
        var report = ProgramContract.check(() -> new BadPrograms.DirtyScratch(false), TestGraph.of("1 -> 2, 5 -> 2"));
        assertThat(report.findings()).hasSize(1);
        assertThat(report).hasToString("""
            dirty-scratch breaks the contract: 1 finding in 6 runs on 1 graph, seed 1
              scratch objects carry nothing from vertex to vertex, but value is 3 with one scratch object, 1 with one for each vertex \
            (vertex 2, superstep 0, on "1 -> 2, 5 -> 2"); fill what is read of a scratch object anew at every vertex""");
    }

    @Test
    void requiringTheContractListsAllBreaches() {
        assertThatThrownBy(() -> ProgramContract.require(() -> new BadPrograms.ForgetfulHook(false))).isInstanceOf(AssertionError.class)
            .hasMessageStartingWith("forgetful-hook breaks the contract: ").hasMessageContaining("field ForgetfulHook.called")
            .hasMessageContaining(", set in ForgetfulHook.beforeSuperstep, BadPrograms.java:");
    }

    @Test
    void theSameSeedTriesTheSame() {
        assertThat(ProgramContract.check(PageRank::new)).isEqualTo(ProgramContract.check(PageRank::new));
        var bad = ProgramContract.of(() -> new BadPrograms.FalselyExact(false));
        assertThat(bad.withSeed(5).check()).isEqualTo(bad.withSeed(5).check());
    }

    @Test
    void aVertexThatTheGraphHasIsNotReplaced() {
        ProgramContract.require(() -> new ShortestPaths(4), TestGraph.of("4 -> 5 2"), TestGraph.of("1 -> 2"));
    }

    @Test
    void theTimeIsBounded() {
        var report = ProgramContract.of(PageRank::new).withTimeLimit(Duration.ZERO).check();
        assertThat(report.isComplete()).isFalse();
        assertThat(report).hasToString("pagerank keeps the contract: 0 runs on 0 graphs, seed 1; the time was up before all was tried");
    }

    @Test
    void aProgramThatDoesNotReturnIsBrokenOff() {
        var report = ProgramContract.of(BadPrograms.Stuck::new).withTimeLimit(Duration.ofMillis(100)).check();
        assertThat(report.isComplete()).isFalse();
        assertThat(report.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo(Rule.ENDS);
            assertThat(finding.what()).contains("has not returned when the time was up; it is in ", "BadPrograms$Stuck.compute");
        });
    }

    @Test
    void progressIsToldGraphByGraph() {
        var told = new ArrayList<String>();
        ProgramContract.of(PageRank::new).on(TestGraph.of("1 -> 2"), TestGraph.of("3")).withProgress(told::add).check();
        assertThat(told).containsExactly("0 runs, 0 findings; now interpreted on \"1 -> 2\"",
            "6 runs, 0 findings; now interpreted on \"3\"", "12 runs, 0 findings; now run in 6 shapes on \"1 -> 2\"",
            "18 runs, 0 findings; now run in 6 shapes on \"3\"", "24 runs, 0 findings; now run with a worker lost on \"1 -> 2\"");
    }

    @Test
    void whatThreadsRememberShowsInTheEngine() {
        var path = TestGraph.of("1 -> 2 -> 3 -> 4 -> 5 -> 6 -> 7 -> 8 -> 9 -> 10 -> 11 -> 12");
        assertThat(ProgramContract.check(BadPrograms.ThreadMemory::new, path).findings()).singleElement().satisfies(finding -> {
            assertThat(finding.rule()).isEqualTo(Rule.ONE_ANSWER);
            assertThat(finding.what()).contains(" by the interpreter, ", " with 2 threads, 7 partitions, 1 worker, pushing");
            assertThat(finding.vertex()).isPresent();
        });
    }

    @Test
    void whatIsMissingIsAskedFor() {
        assertThatIllegalArgumentException().isThrownBy(() -> ProgramContract.of(PageRank::new).withMaxSupersteps(0))
            .withMessage("a run must be allowed at least 1 superstep, was 0");
    }
}
