package org.superstep.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.superstep.JobReport;
import org.superstep.graph.Aggregator;
import org.superstep.graph.Global;
import org.superstep.graph.internal.Declarations;
import org.superstep.graph.internal.Form;
import org.superstep.master.MasterCommand;
import org.superstep.net.Delivery;
import org.superstep.net.ToMaster;
import org.superstep.net.ToWorker;

/**
 * The supersteps of a job so far, with what its aggregators and globals came to. Numbers and truth values are kept of all supersteps;
 * rankings, histograms and other objects, and what single workers did, of the last {@value #SUPERSTEPS_WITH_OBJECTS}, so that a long job
 * does not fill the heap; and so that one that does not end does not either, of more than {@value #MOST_SUPERSTEPS} supersteps the older
 * half is forgotten.
 */
final class History {
    static final int SUPERSTEPS_WITH_OBJECTS = 1_000;
    static final int MOST_SUPERSTEPS = 500_000;

    private final Declarations declared;
    private final Names aggregators;
    private final Names globals;
    private final List<JobReport.Superstep> supersteps = new ArrayList<>();
    private final List<JobReport.Effort> workerTotals = new ArrayList<>();

    History(Declarations declared) {
        this.declared = declared;
        aggregators = Names.of(declared.aggregators().stream().map(Aggregator::name).toList(),
            declared.aggregators().stream().map(Aggregator::form).toList());
        globals = Names.of(declared.globals().stream().map(Global::name).toList(),
            declared.globals().stream().map(Global::form).toList());
    }

    /** Other workers go on with the job. */
    void beginAttempt() {
        workerTotals.clear();
    }

    /** Takes down a superstep, in place of what was said of it and all behind it before, and returns what it has written. */
    JobReport.Superstep add(MasterCommand.SuperstepEnded ended, long nanos) {
        ToWorker.RunSuperstep run = ended.superstep();
        var superstep = new JobReport.Superstep(run.superstep(), declared.phaseName(run.phase()),
            run.messages() == 0 ? Delivery.AUTO : run.delivery(), ended.computed(), ended.awake(), ended.messages(), nanos,
            aggregators.with(ended.aggregates()), globals.with(ended.globals()), efforts(ended.efforts()));
        while (!supersteps.isEmpty() && supersteps.get(supersteps.size() - 1).number() >= superstep.number()) {
            supersteps.remove(supersteps.size() - 1);
        }
        if (supersteps.size() == MOST_SUPERSTEPS) {
            supersteps.subList(0, MOST_SUPERSTEPS / 2).clear();
        }
        supersteps.add(superstep);
        addToTotals(superstep.workers());
        int old = supersteps.size() - 1 - SUPERSTEPS_WITH_OBJECTS;
        if (old >= 0 && (aggregators.anyObjects() || globals.anyObjects() || !superstep.workers().isEmpty())) {
            supersteps.set(old, inNumbers(supersteps.get(old)));
        }
        return superstep;
    }

    /** Of several workers; one alone has nobody to compare with. */
    private static List<JobReport.Effort> efforts(List<ToMaster.Effort> efforts) {
        return efforts.size() == 1 ? List.of() : efforts.stream().map(effort -> new JobReport.Effort(effort.computeNanos(),
            effort.networkNanos(), effort.waitNanos(), effort.sentBytes(), effort.receivedBytes())).toList();
    }

    private void addToTotals(List<JobReport.Effort> efforts) {
        for (int worker = 0; worker < efforts.size(); worker++) {
            if (worker == workerTotals.size()) {
                workerTotals.add(JobReport.Effort.NONE);
            }
            workerTotals.set(worker, workerTotals.get(worker).plus(efforts.get(worker)));
        }
    }

    /** Where each worker's time went in all supersteps; empty where there is one. */
    List<JobReport.Effort> workerTotals() {
        return List.copyOf(workerTotals);
    }

    private JobReport.Superstep inNumbers(JobReport.Superstep old) {
        return new JobReport.Superstep(old.number(), old.phase(), old.delivery(), old.computed(), old.awake(), old.messages(), old.nanos(),
            aggregators.withoutObjects(old.aggregates()), globals.withoutObjects(old.globals()));
    }

    /** All that was taken down. */
    List<JobReport.Superstep> supersteps() {
        return List.copyOf(supersteps);
    }

    /** The globals' names with these values. */
    Map<String, Object> globals(List<Object> values) {
        return globals.with(values);
    }

    /** Names of aggregators or globals, of all and of those whose values are no objects. */
    private record Names(List<String> all, List<String> numbers) {
        static Names of(List<String> all, List<? extends Form<?>> forms) {
            return new Names(all, IntStream.range(0, all.size()).filter(i -> forms.get(i).isOneWord()).mapToObj(all::get).toList());
        }

        boolean anyObjects() {
            return numbers.size() < all.size();
        }

        Map<String, Object> with(List<Object> values) {
            return NamedValues.of(all, values);
        }

        Map<String, Object> withoutObjects(Map<String, Object> values) {
            return NamedValues.of(numbers, numbers.stream().map(values::get).toList());
        }
    }
}
