package org.superstep.testkit;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.superstep.graph.Aggregator;
import org.superstep.graph.CustomAggregator;
import org.superstep.graph.DoubleCombiner;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.ObjectCombiner;
import org.superstep.graph.ObjectPhase;
import org.superstep.graph.Parameter;
import org.superstep.graph.Phase;
import org.superstep.graph.Program;
import org.superstep.graph.VertexParameter;
import org.superstep.graph.VerticesParameter;
import org.superstep.graph.internal.MessageForm;
import org.superstep.testkit.Finding.Rule;
import org.superstep.testkit.Interpreter.Manner;

/**
 * Looks for what a program does that the engine relies on its not doing: keeping state in fields, asking clocks, changing what it has said,
 * combining by what is no combiner. It runs the program on many small graphs, by interpreters that watch every step and by the engine in
 * many shapes, compares all answers to the bit, and reads the program's code.
 *
 * <pre>{@code
 * ProgramContract.require(MyProgram::new);
 * }</pre>
 *
 * <p>What is found is a breach; that nothing is found means that all was well on what was tried. Everything is drawn by one seed.
 * Immutable.
 */
public final class ProgramContract {
    private static final List<Shape> SHAPES = List.of(
        new Shape(1, 1, 1, Shape.Delivery.PULL, false),
        new Shape(2, 7, 1, Shape.Delivery.PUSH, false),
        new Shape(3, 64, 2, Shape.Delivery.AUTO, true),
        new Shape(2, 1000, 3, Shape.Delivery.PULL, true),
        new Shape(8, 3, 1, Shape.Delivery.AUTO, false),
        new Shape(2, 0, 2, Shape.Delivery.PUSH, false));

    private static final Shape WITH_A_LOSS = new Shape(3, 0, 3, Shape.Delivery.AUTO, false);
    /** When in its superstep a worker is lost. */
    private static final List<String> MOMENTS = List.of("compute", "exchange", "barrier");

    /** How long after the time limit a run may still take; longer, and it is taken for one that does not return. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Supplier<? extends Program> programs;
    private final List<TestGraph> graphs;
    private final long seed;
    private final int maxSupersteps;
    private final Duration timeLimit;
    private final Consumer<String> progress;

    private ProgramContract(Supplier<? extends Program> programs, List<TestGraph> graphs, long seed, int maxSupersteps, Duration timeLimit,
            Consumer<String> progress) {
        this.programs = Objects.requireNonNull(programs, "programs");
        this.graphs = graphs;
        this.seed = seed;
        this.maxSupersteps = maxSupersteps;
        this.timeLimit = timeLimit;
        this.progress = progress;
    }

    /**
     * The check of the program that the supplier makes, anew each time and with its parameters set. A parameter that names vertices need
     * not be set: where a graph has no such vertex, its first one is taken. By default on bundled graphs and some by chance, with seed 1,
     * at most 1,000 supersteps a run, and within a minute.
     */
    public static ProgramContract of(Supplier<? extends Program> programs) {
        return new ProgramContract(programs, List.of(), 1, 1000, Duration.ofMinutes(1), text -> { });
    }

    /** Checks the program, on these graphs if there are any. */
    public static ContractReport check(Supplier<? extends Program> programs, TestGraph... graphs) {
        return of(programs).on(graphs).check();
    }

    /**
     * Checks the program, on these graphs if there are any.
     *
     * @throws AssertionError if it breaks the contract; it lists what was found
     */
    public static void require(Supplier<? extends Program> programs, TestGraph... graphs) {
        of(programs).on(graphs).require();
    }

    /** The same on these graphs; on the usual ones if there are none. */
    public ProgramContract on(TestGraph... others) {
        return new ProgramContract(programs, List.of(others), seed, maxSupersteps, timeLimit, progress);
    }

    /** The same with another seed, of jobs, of graphs that are made by chance, and of orders of edges. */
    public ProgramContract withSeed(long number) {
        return new ProgramContract(programs, graphs, number, maxSupersteps, timeLimit, progress);
    }

    /** The same where a run may take so many supersteps; a longer one is taken for endless. */
    public ProgramContract withMaxSupersteps(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("a run must be allowed at least 1 superstep, was " + count);
        }
        return new ProgramContract(programs, graphs, seed, count, timeLimit, progress);
    }

    /**
     * The same, ending after this time even if not all has been tried. A program that does not return from its code then is told as one
     * without end; the thread that runs it, a daemon, cannot be stopped.
     */
    public ProgramContract withTimeLimit(Duration limit) {
        return new ProgramContract(programs, graphs, seed, maxSupersteps, Objects.requireNonNull(limit, "limit"), progress);
    }

    /** The same, telling before each graph how far it has come, a phrase. */
    public ProgramContract withProgress(Consumer<String> listener) {
        return new ProgramContract(programs, graphs, seed, maxSupersteps, timeLimit, Objects.requireNonNull(listener, "listener"));
    }

    /** Checks the program, and fails with an {@link AssertionError} that lists what was found, if anything. */
    public void require() {
        ContractReport report = check();
        if (!report.isKept()) {
            throw new AssertionError(report.toString());
        }
    }

    /**
     * Checks the program.
     *
     * @throws IllegalArgumentException if a parameter other than those that name vertices is missing
     */
    public ContractReport check() {
        Program example = programs.get();
        for (Parameter parameter : example.declarations().parameters()) {
            if (!parameter.isPresent() && !namesVertices(parameter)) {
                throw new IllegalArgumentException(example.name() + " needs its parameter " + parameter.name() + ": "
                    + parameter.allowed());
            }
        }
        var check = new Check(example);
        var outcome = new FutureTask<>(check::run);
        var thread = new Thread(outcome, "contract-check");
        thread.setDaemon(true);
        thread.start();
        try {
            return outcome.get(timeLimit.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return check.brokenOff(thread.getStackTrace());
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the check was interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        }
    }

    private static boolean namesVertices(Parameter parameter) {
        return parameter instanceof VertexParameter || parameter instanceof VerticesParameter;
    }

    /** One check, as it goes on. */
    private final class Check {
        private final String name;
        private final Class<?> type;
        private final boolean namesVertices;
        private final ProgramCode code;
        private final WatchfulInterpreter.Samples samples = new WatchfulInterpreter.Samples();
        /** One for each rule and what it is about, the first. */
        private final Map<String, Finding> findings = Collections.synchronizedMap(new LinkedHashMap<>());
        private final List<OnGraph> tried = Collections.synchronizedList(new ArrayList<>());
        private final long end = System.nanoTime() + timeLimit.toNanos();
        private volatile int runs;

        Check(Program example) {
            name = example.name();
            type = example.getClass();
            namesVertices = example.declarations().parameters().stream().anyMatch(ProgramContract::namesVertices);
            code = ProgramCode.of(example);
        }

        ContractReport run() {
            code.findings().forEach(finding -> add(finding.what(), finding));
            var random = new SplittableRandom(seed);
            for (TestGraph graph : graphs.isEmpty() ? ContractGraphs.of(seed) : graphs) {
                // Without vertices there is none to name.
                if (!isLate() && (graph.vertexIds().length > 0 || !namesVertices)) {
                    long jobSeed = random.nextLong();
                    var onGraph = new OnGraph(graphs.isEmpty() ? graph.fitted(programs.get(), jobSeed) : graph, jobSeed);
                    tell("interpreted on " + graph);
                    tried.add(onGraph);
                    onGraph.interpret();
                }
            }
            tryLaws(programs.get());
            // What has been found so far would only show once more.
            for (int i = 0; i < tried.size() && !isLate() && isSoundSoFar(); i++) {
                tell("run in " + SHAPES.size() + " shapes on " + tried.get(i).graph);
                tried.get(i).runInShapes();
            }
            if (!isLate() && isSoundSoFar()) {
                runWithALoss();
            }
            return report(!isLate());
        }

        /** Once, as a disk takes its time: where there are the most supersteps to go back by. */
        private void runWithALoss() {
            tried.stream().filter(onGraph -> onGraph.watched.isPresent())
                .max(Comparator.comparingInt(onGraph -> onGraph.watched.get().figures().size())).ifPresent(longest -> {
                    tell("run with a worker lost on " + longest.graph);
                    longest.runWithALoss();
                });
        }

        private ContractReport report(boolean isComplete) {
            synchronized (findings) {
                return new ContractReport(name, List.copyOf(findings.values()), runs, tried.size(), seed, isComplete);
            }
        }

        /** What there is to say of a check that has not come to its end; the stack tells where it is. */
        ContractReport brokenOff(StackTraceElement[] stack) {
            String place = Arrays.stream(stack).filter(frame -> frame.getClassName().equals(type.getName())).findFirst()
                .map(frame -> "; it is in " + frame).orElse("");
            find(Rule.ENDS, "", "the program has not returned when the time was up" + place);
            return report(false);
        }

        private void tell(String next) {
            progress.accept(runs + " runs, " + findings.size() + (findings.size() == 1 ? " finding" : " findings") + "; now " + next);
        }

        private boolean isFound(Rule rule) {
            return findings.values().stream().anyMatch(finding -> finding.rule() == rule);
        }

        private boolean isSoundSoFar() {
            return findings.values().stream().allMatch(finding -> finding.rule() == Rule.EXACT_MATH);
        }

        private boolean isLate() {
            return System.nanoTime() - end > 0;
        }

        private void add(String about, Finding finding) {
            findings.putIfAbsent(finding.rule() + " " + about, finding);
        }

        private void find(Rule rule, String about, String what) {
            add(about, new Finding(rule, "", OptionalLong.empty(), OptionalInt.empty(), what));
        }

        /** Of several breaches by one combiner or aggregation the first is told; the others follow from it as a rule. */
        private void find(Rule rule, String about, String where, Optional<String> breach) {
            breach.ifPresent(what -> find(rule, about, where + what));
        }

        private void tryLaws(Program program) {
            for (int i = 0; i < program.declarations().phases().size(); i++) {
                Phase phase = program.declarations().phases().get(i);
                Object combiner = MessageForm.of(phase).combiner();
                var messages = List.copyOf(samples.messages().getOrDefault(i, Map.of()).values());
                if (combiner != MessageForm.of(phase).combiner()) {
                    find(Rule.COMBINER, "same", "combiner() of phase " + program.declarations().phaseName(i)
                        + " makes another one in each call");
                }
                if (messages.isEmpty() || combiner.getClass().getName().startsWith("org.superstep.graph.")) {
                    continue;
                }
                try {
                    if (combiner instanceof DoubleCombiner doubles) {
                        var values = withBothZeros(messages.stream().map(bits -> Double.longBitsToDouble((Long) bits)).toList());
                        tryCombiner(Laws.of("combine", values, doubles.identity(), doubles::combine, Double::doubleToLongBits),
                            name(combiner), doubles.isExact(), doubles.isExact() && doubles.isIdempotent());
                    } else if (combiner instanceof LongCombiner longs) {
                        var values = messages.stream().map(bits -> (Long) bits).toList();
                        tryCombiner(Laws.of("combine", values, longs.identity(), longs::combine, bits -> bits), name(combiner),
                            longs.isExact(), longs.isExact() && longs.isIdempotent());
                    } else {
                        tryObjects((ObjectPhase<?>) phase, (ObjectCombiner<?>) combiner, messages);
                    }
                } catch (RuntimeException e) {
                    find(Rule.COMBINER, "fails", name(combiner) + " fails: " + e);
                }
            }
            for (Aggregator aggregator : program.declarations().aggregators()) {
                if (aggregator instanceof CustomAggregator<?> custom) {
                    try {
                        tryAggregation(custom, List.copyOf(samples.added().getOrDefault(aggregator.index(), Map.of()).values()));
                    } catch (RuntimeException e) {
                        find(Rule.AGGREGATION, aggregator.name(), "that of aggregator " + aggregator.name() + " fails: " + e);
                    }
                }
            }
        }

        /** A zero of the other sign may well occur elsewhere. */
        private static List<Double> withBothZeros(List<Double> values) {
            var all = new ArrayList<>(values);
            if (values.contains(0.0) != values.contains(-0.0)) {
                all.add(values.contains(0.0) ? -0.0 : 0.0);
            }
            return all;
        }

        private static String name(Object combiner) {
            String name = combiner.getClass().getName();
            return name.substring(name.lastIndexOf('.') + 1);
        }

        private <T> void tryCombiner(Laws<T> laws, String combiner, boolean isExact, boolean isIdempotent) {
            String where = "in " + combiner;
            find(Rule.COMBINER, combiner, where + " ", laws.notPure());
            find(Rule.COMBINER, combiner, where + " ", laws.notNeutral(false));
            if (isExact) {
                find(Rule.COMBINER, combiner, where + ", which says that it is exact, ", laws.notCommutative());
                find(Rule.COMBINER, combiner, where + ", which says that it is exact, ", laws.notAssociative());
            }
            if (isIdempotent) {
                find(Rule.COMBINER, combiner, where + ", which says that it is idempotent, ", laws.notIdempotent());
            }
        }

        @SuppressWarnings("unchecked")
        private <M> void tryObjects(ObjectPhase<M> phase, ObjectCombiner<?> combiner, List<Object> messages) {
            var objects = (ObjectCombiner<M>) combiner;
            var laws = Laws.of("combine", (List<M>) messages, objects.identity(), objects::combine,
                value -> ByteBuffer.wrap(ColumnValue.bytes(phase.codec(), value)));
            tryCombiner(laws, name(combiner), false, false);
        }

        @SuppressWarnings("unchecked")
        private <T> void tryAggregation(CustomAggregator<T> aggregator, List<Object> added) {
            var aggregation = aggregator.aggregation();
            var laws = Laws.of("merge", (List<T>) added, aggregation.identity(), aggregation::merge,
                value -> ByteBuffer.wrap(ColumnValue.bytes(aggregation.codec(), value)));
            for (var breach : List.of(laws.notPure(), laws.notNeutral(true), laws.notCommutative(), laws.notAssociative())) {
                find(Rule.AGGREGATION, aggregator.name(), "in that of aggregator " + aggregator.name() + " ", breach);
            }
        }

        /** All runs on one graph. */
        private final class OnGraph {
            private final TestGraph graph;
            private final long jobSeed;
            private final Supplier<Program> fitted;
            /** What the program comes to by the book; empty where it fails or does not end. */
            private Optional<Answer> watched = Optional.empty();

            OnGraph(TestGraph graph, long jobSeed) {
                this.graph = graph;
                this.jobSeed = jobSeed;
                fitted = () -> fitted(programs.get());
            }

            /** The program with vertices that the graph has. */
            private Program fitted(Program program) {
                long[] ids = graph.vertexIds();
                for (Parameter parameter : program.declarations().parameters()) {
                    if (parameter instanceof VertexParameter vertex && !(vertex.isPresent() && graph.has(vertex.get()))) {
                        vertex.set(ids[0]);
                    } else if (parameter instanceof VerticesParameter vertices
                            && !(vertices.isPresent() && Arrays.stream(vertices.ids()).allMatch(graph::has))) {
                        vertices.set(ids[0], ids[ids.length / 2]);
                    }
                }
                return program;
            }

            /** By the book, and in all manners in which the book allows. */
            void interpret() {
                watched = watch();
                if (watched.isEmpty() || isLate()) {
                    return;
                }
                Answer expected = watched.get();
                // Objects that are changed where others see them make differences that are not the fault of fields or scratch objects.
                if (differs(Rule.REPEATABLE, false, Manner.PLAIN, "the first time", "the second", expected) || isFound(Rule.MESSAGE)
                        || isFound(Rule.VALUE)) {
                    return;
                }
                // New instances have new scratch objects too: what is the scratch objects' fault would pass for the fields'.
                if (!differs(Rule.SCRATCH, false, Manner.SCRATCH_PER_VERTEX, "with one scratch object", "with one for each vertex",
                        expected)) {
                    differs(Rule.STATE, true, Manner.PLAIN, "with one instance", "with an instance for each superstep", expected);
                    differs(Rule.STATE, true, Manner.INSTANCE_PER_VERTEX, "with one instance", "with one for each vertex", expected);
                }
                differs(Rule.COMBINER, false, Manner.FOLDED_BACKWARDS, "folded in order",
                    "folded backwards by a combiner that says that it is exact", expected);
            }

            /** One instance for the whole job, every step looked at. */
            private Optional<Answer> watch() {
                Program program = fitted.get();
                var before = FieldState.of(program, code.classes());
                runs++;
                var interpreter = new WatchfulInterpreter(program, fitted, graph, jobSeed, samples, finding ->
                    add(about(finding), finding));
                var answer = run(interpreter);
                FieldState.of(program, code.classes()).forEach((field, now) -> {
                    String then = before.getOrDefault(field, "nothing");
                    if (!then.equals(now)) {
                        add(field, new Finding(Rule.STATE, graph.toString(), OptionalLong.empty(), OptionalInt.empty(), "field " + field
                            + " changes while the program runs, from " + FieldState.abridged(then) + " to " + FieldState.abridged(now)
                            + code.written(field)));
                    }
                });
                return answer;
            }

            /** Numbers apart, findings of one kind say the same. */
            private static String about(Finding finding) {
                return finding.what().replaceAll("(, from|writes|fails on|makes|answers|vertex) .*", "");
            }

            private Optional<Answer> run(Interpreter interpreter) {
                try {
                    while (interpreter.step()) {
                        if (interpreter.superstep() + 1 >= maxSupersteps) {
                            find(Rule.ENDS, "", "after " + maxSupersteps + " supersteps it still runs on " + graph);
                            return Optional.empty();
                        }
                        if (isLate()) {
                            return Optional.empty();
                        }
                    }
                    return Optional.of(interpreter.answer());
                } catch (RuntimeException | StackOverflowError e) {
                    boolean isAtVertex = interpreter.isComputing();
                    add("", new Finding(Rule.RUNS, graph.toString(), isAtVertex ? OptionalLong.of(interpreter.view.id())
                        : OptionalLong.empty(), OptionalInt.of(Math.max(0, interpreter.superstep())), "it fails: " + e + code.thrown(e)));
                    return Optional.empty();
                } finally {
                    interpreter.close();
                }
            }

            /** The program's instances, all of them one or each a new one. */
            private Supplier<Program> instances(boolean isFresh) {
                Program one = fitted.get();
                return isFresh ? fitted : () -> one;
            }

            /** Whether another way of computing comes to another answer; finds out where they part. */
            private boolean differs(Rule rule, boolean isFresh, Manner manner, String kind, String otherKind, Answer expected) {
                if (isLate()) {
                    return false;
                }
                runs++;
                Optional<Answer> answer = run(new Interpreter(instances(isFresh), graph, jobSeed, manner));
                var difference = answer.flatMap(other -> expected.difference(other, kind, otherKind));
                if (difference.isEmpty()) {
                    return false;
                }
                var found = parting(new Interpreter(instances(false), graph, jobSeed, Manner.PLAIN),
                    new Interpreter(instances(isFresh), graph, jobSeed, manner), kind, otherKind).orElse(difference.get());
                boolean isStatic = rule == Rule.REPEATABLE && isFound(Rule.STATE);
                add("answer", new Finding(isStatic ? Rule.STATE : rule, graph.toString(), found.vertex(), found.superstep(), found.what()));
                return true;
            }

            private Optional<Answer.Difference> parting(Interpreter one, Interpreter other, String kind, String otherKind) {
                runs += 2;
                Optional<Answer.Difference> found = Optional.empty();
                for (int i = 0; i < maxSupersteps && found.isEmpty() && one.step() & other.step(); i++) {
                    found = one.answer().difference(other.answer(), kind, otherKind);
                }
                one.close();
                other.close();
                return found.map(place -> new Answer.Difference(place.vertex(), OptionalInt.of(one.superstep()), place.what()));
            }

            /** By the engine. */
            void runInShapes() {
                var random = new SplittableRandom(jobSeed);
                for (Shape shape : SHAPES) {
                    runIn(shape, Rule.ONE_ANSWER, random);
                }
            }

            /** By the engine once more, where a worker is lost in the midst of it. */
            void runWithALoss() {
                var random = new SplittableRandom(jobSeed + 1);
                int supersteps = watched.get().figures().size();
                // Saved before the one that is run twice, if there is room for that.
                int every = Math.max(2, supersteps / 3);
                int superstep = Math.max(0, Math.min(supersteps - 1, every + 1 + random.nextInt(every)));
                runIn(WITH_A_LOSS.withCheckpointEvery(every).withFault("kill worker " + (1 + random.nextInt(WITH_A_LOSS.workers()))
                    + " at superstep " + superstep + " " + MOMENTS.get(random.nextInt(MOMENTS.size()))), Rule.RECOVERY, random);
            }

            private void runIn(Shape shape, Rule rule, SplittableRandom random) {
                if (isLate() || watched.isEmpty()) {
                    return;
                }
                runs++;
                try {
                    Answer answer = Engine.installed().run(fitted.get(), graph.shuffled(random), shape, jobSeed, maxSupersteps);
                    watched.get().difference(answer, "by the interpreter", "with " + shape).ifPresent(place -> add("",
                        new Finding(rule, graph.toString(), place.vertex(), place.superstep(), place.what())));
                } catch (RuntimeException e) {
                    add("", new Finding(Rule.RUNS, graph.toString(), OptionalLong.empty(), OptionalInt.empty(), "it fails with " + shape
                        + ": " + e.getMessage()));
                }
            }
        }
    }
}
