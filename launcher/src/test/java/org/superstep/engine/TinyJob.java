package org.superstep.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.superstep.Graph;
import org.superstep.JobOptions;
import org.superstep.JobReport;
import org.superstep.Superstep;
import org.superstep.graph.Column;
import org.superstep.graph.Parameter;
import org.superstep.graph.Program;
import org.superstep.master.MasterCommand;
import org.superstep.worker.Rows;

/** A job on so small a graph that thousands run in seconds, and what the embedded run makes of it; for tests of other packages. */
public final class TinyJob {
    private static final int MOST_VERTICES = 24;
    private static final int MOST_LINES = 60;
    private static final int GRAPHS = 24;
    private static final List<Supplier<Program>> PROGRAMS = List.of(TestPrograms.BroadcastAndLetters::new,
        TestPrograms.EveryAggregator::new, TestPrograms.SparseChatter::new, ColumnPrograms.EveryType::new,
        MessagePrograms.ByPostAndBroadcast::new, MessagePrograms.OwnCodec::new, ChangePrograms.VerticesComeAndGoOverBoth::new,
        ChangePrograms.Capricious::new);

    private final Supplier<Program> maker;
    private final Sample sample;
    private final boolean fails;
    private final Graph graph;
    // Of the embedded run; made when somebody asks.
    private Answer expected;
    private JobReport report;

    private TinyJob(Supplier<Program> maker, Sample sample, boolean fails) {
        this.maker = maker;
        this.sample = sample;
        this.fails = fails;
        graph = sample.graph();
    }

    /** Every program on every small graph; always the same ones. */
    public static List<TinyJob> all() {
        var samples = new ArrayList<Sample>();
        for (long seed = 0; samples.size() < GRAPHS; seed++) {
            Sample sample = RandomGraphs.any(seed);
            if (sample.lines().size() <= MOST_LINES && sample.vertices().length <= MOST_VERTICES) {
                samples.add(sample);
            }
        }
        var jobs = new ArrayList<TinyJob>();
        for (Supplier<Program> program : PROGRAMS) {
            samples.forEach(sample -> jobs.add(new TinyJob(program, sample, false)));
        }
        return jobs;
    }

    /** Jobs of which a worker, or the master, throws what {@link #isItsFault} knows. */
    public static List<TinyJob> failing() {
        var lines = LongStream.range(60, 70).mapToObj(id -> new Arc(id, id + 1, 1)).toList();
        var sample = Sample.directed("path", lines);
        return List.of(new TinyJob(() -> new FaultyProgram(FaultyProgram.Fault.EXCEPTION_IN_COMPUTE), sample, true),
            new TinyJob(() -> new FaultyProgram(FaultyProgram.Fault.EXCEPTION_IN_HOOK), sample, true));
    }

    /** Whether the job fails, however it runs. */
    public boolean fails() {
        return fails;
    }

    /** Whether this message tells of what the program has thrown. */
    public boolean isItsFault(String message) {
        return fails && message.contains("breaks");
    }

    /** The program, made anew for one process. */
    public Program program() {
        Program program = maker.get();
        program.declarations().requireComplete();
        program.declarations().parameters().forEach(Parameter::freeze);
        program.declarations().beginJob();
        return program;
    }

    /** What it runs on. */
    public Graph graph() {
        return graph;
    }

    /** What the embedded run tells of itself. */
    public JobReport report() {
        expected();
        return report;
    }

    /** Where an answer is not that of the embedded run, to the bit; {@code rows}: of all workers. */
    public Optional<String> difference(Program program, List<Rows> rows, List<MasterCommand.SuperstepEnded> supersteps, long dropped) {
        return expected().difference(answer(program, rows, supersteps, dropped));
    }

    private Answer expected() {
        if (expected == null) {
            Program program = maker.get();
            var result = Superstep.run(program, graph, JobOptions.DEFAULT.withThreads(1));
            report = result.report();
            expected = Answer.of(program, result);
        }
        return expected;
    }

    /** What the workers of a job that has ended well hold. */
    static Answer answer(Program program, List<Rows> rows, List<MasterCommand.SuperstepEnded> supersteps, long dropped) {
        var columns = new LinkedHashMap<String, long[]>();
        for (Column column : program.declarations().columns()) {
            columns.put(column.name(), all(rows, (part, partition) -> ColumnBits.of(column, part.values(partition, column))));
        }
        List<Answer.Figures> figures = supersteps.stream().map(ended -> new Answer.Figures(ended.superstep().superstep(),
            program.declarations().phaseName(ended.superstep().phase()), ended.computed(), ended.awake(), ended.messages(),
            ended.aggregates(), ended.globals())).toList();
        return new Answer(all(rows, Rows::ids), columns, figures, dropped);
    }

    /** In the order of partitions, whoever of the workers has them. */
    private static long[] all(List<Rows> rows, PartitionValues values) {
        var byNumber = new TreeMap<Integer, long[]>();
        rows.forEach(part -> IntStream.range(0, part.partitions()).forEach(partition -> byNumber.put(part.number(partition),
            values.of(part, partition))));
        return byNumber.values().stream().flatMapToLong(LongStream::of).toArray();
    }

    /** Some values of one partition, as bits. */
    private interface PartitionValues {
        long[] of(Rows rows, int partition);
    }

    @Override public String toString() {
        return maker.get().name() + " on " + sample.name() + " with " + Arrays.stream(sample.vertices()).count() + " vertices";
    }
}
