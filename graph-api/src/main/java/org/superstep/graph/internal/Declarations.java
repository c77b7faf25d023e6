package org.superstep.graph.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.superstep.graph.Aggregator;
import org.superstep.graph.Column;
import org.superstep.graph.Direction;
import org.superstep.graph.EdgeColumn;
import org.superstep.graph.Edges;
import org.superstep.graph.Global;
import org.superstep.graph.Parameter;
import org.superstep.graph.Phase;
import org.superstep.graph.Program;
import org.superstep.graph.RecordOutput;
import org.superstep.graph.Scratch;
import org.superstep.graph.Shared;

/** What one program instance has declared, in the order of declaration. */
public final class Declarations {
    private final Program program;
    private final List<Column> columns = new ArrayList<>();
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Aggregator> aggregators = new ArrayList<>();
    private final List<Global> globals = new ArrayList<>();
    private final List<Scratch<?>> scratches = new ArrayList<>();
    private final List<Shared<?>> shared = new ArrayList<>();
    private final List<Edges> edges = new ArrayList<>();
    private final List<RecordOutput> recordOutputs = new ArrayList<>();
    private final List<EdgeColumn> edgeColumns = new ArrayList<>();
    private final List<Phase> phases = new ArrayList<>();
    private final List<String> phaseNames = new ArrayList<>();
    private final AtomicBoolean begun = new AtomicBoolean();

    /** No declarations yet. */
    public Declarations(Program program) {
        this.program = program;
    }

    /** The program's name, for errors. */
    public String programName() {
        return program.name();
    }

    /**
     * Checks that a job can be made of what was declared.
     *
     * @throws IllegalArgumentException if not; names the program and what is to be declared
     */
    public void requireComplete() {
        if (columns.isEmpty()) {
            throw new IllegalArgumentException(program.name() + " declares no column, so it would have no result; declare one");
        }
        if (!edgeColumns.isEmpty() && edges.stream().noneMatch(handle -> handle.direction() == Direction.OUT)) {
            throw new IllegalArgumentException(program.name() + " declares the edge column \"" + edgeColumns.get(0)
                + "\", but no way to its vertices' out-edges; declare outEdges() too");
        }
        if (phases.isEmpty()) {
            throw new IllegalArgumentException(program.name() + " declares no phase, so it would compute nothing; declare one");
        }
        for (Phase phase : phases) {
            try {
                MessageForm.of(phase);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(program.name() + " " + e.getMessage(), e);
            }
        }
    }

    /** A job takes the program; a second one is refused. Any thread may call. */
    public void beginJob() {
        if (!begun.compareAndSet(false, true)) {
            throw new IllegalStateException("this instance of " + program.name() + " has been run already, and an instance serves one job;"
                + " make a new one for each");
        }
    }

    /** All columns, hidden ones too. */
    public List<Column> columns() {
        return Collections.unmodifiableList(columns);
    }

    /** The columns that the output shows. */
    public List<Column> shownColumns() {
        return columns.stream().filter(column -> !column.isHidden()).toList();
    }

    /** All parameters. */
    public List<Parameter> parameters() {
        return Collections.unmodifiableList(parameters);
    }

    /** All aggregators; an aggregator's index is its place here. */
    public List<Aggregator> aggregators() {
        return Collections.unmodifiableList(aggregators);
    }

    /** All globals; a global's index is its place here. */
    public List<Global> globals() {
        return Collections.unmodifiableList(globals);
    }

    /** All scratch handles; a handle's index is its place here. */
    public List<Scratch<?>> scratches() {
        return Collections.unmodifiableList(scratches);
    }

    /** All handles to shared objects; a handle's index is its place here. */
    public List<Shared<?>> shared() {
        return Collections.unmodifiableList(shared);
    }

    /** All handles to edges; a handle's index is its place here. */
    public List<Edges> edges() {
        return Collections.unmodifiableList(edges);
    }

    /** All outputs of records; an output's index is its place here. */
    public List<RecordOutput> recordOutputs() {
        return Collections.unmodifiableList(recordOutputs);
    }

    /** All columns of edges; a column's index is its place here. */
    public List<EdgeColumn> edgeColumns() {
        return Collections.unmodifiableList(edgeColumns);
    }

    /** All phases; the job starts with the first. */
    public List<Phase> phases() {
        return Collections.unmodifiableList(phases);
    }

    /** The name under which a phase was declared. */
    public String phaseName(int phase) {
        return phaseNames.get(phase);
    }

    /** The phase's place among the declared ones. */
    public int indexOf(Phase phase) {
        for (int i = 0; i < phases.size(); i++) {
            if (phases.get(i) == phase) {
                return i;
            }
        }
        throw new IllegalArgumentException(program.name() + " starts a phase that it has not declared; declare it with phase(name, ...)");
    }

    /** How many columns of this type have been declared. */
    public int countColumns(Class<? extends Column> type) {
        return (int) columns.stream().filter(type::isInstance).count();
    }

    /** Takes a column. */
    public <C extends Column> C add(C column) {
        requireNew(column.name(), columns.stream().map(Column::name).toList(), "column");
        if (column.name().equals("id")) {
            throw new IllegalArgumentException(program.name() + " declares a column named \"id\", as the output's first column is, which"
                + " holds the vertices' ids; give it another name");
        }
        columns.add(column);
        return column;
    }

    /** Takes a parameter. */
    public <P extends Parameter> P add(P parameter) {
        requireNew(parameter.name(), parameters.stream().map(Parameter::name).toList(), "parameter");
        parameters.add(parameter);
        return parameter;
    }

    /** Takes an aggregator. */
    public <A extends Aggregator> A add(A aggregator) {
        requireNew(aggregator.name(), aggregators.stream().map(Aggregator::name).toList(), "aggregator");
        aggregators.add(aggregator);
        return aggregator;
    }

    /** Takes a global. */
    public <G extends Global> G add(G global) {
        requireNew(global.name(), globals.stream().map(Global::name).toList(), "global");
        globals.add(global);
        return global;
    }

    /** Takes a scratch handle. */
    public <T> Scratch<T> add(Scratch<T> scratch) {
        requireNotBegun();
        scratches.add(scratch);
        return scratch;
    }

    /** Takes a handle to a shared object. */
    public <T> Shared<T> add(Shared<T> handle) {
        requireNew(handle.name(), shared.stream().map(Shared::name).toList(), "shared object");
        shared.add(handle);
        return handle;
    }

    /** Takes a handle to edges. */
    public Edges add(Edges handle) {
        requireNotBegun();
        edges.add(handle);
        return handle;
    }

    /** Takes an output of records. */
    public RecordOutput add(RecordOutput output) {
        requireNew(output.name(), recordOutputs.stream().map(RecordOutput::name).toList(), "record output");
        recordOutputs.add(output);
        return output;
    }

    /** Takes a column of edges. */
    public <C extends EdgeColumn> C add(C column) {
        requireNew(column.name(), edgeColumns.stream().map(EdgeColumn::name).toList(), "edge column");
        edgeColumns.add(column);
        return column;
    }

    /** Takes a phase. */
    public void add(String name, Phase phase) {
        requireNew(name, phaseNames, "phase");
        phases.add(phase);
        phaseNames.add(name);
    }

    private void requireNew(String name, List<String> taken, String what) {
        requireNotBegun();
        if (taken.contains(name)) {
            throw new IllegalArgumentException(program.name() + " declares two " + what + "s named \"" + name + "\"; names must differ");
        }
    }

    private void requireNotBegun() {
        if (begun.get()) {
            throw new IllegalStateException(program.name() + " declares something while it runs; columns, parameters, aggregators and the"
                + " like are declared once, as fields");
        }
    }
}
