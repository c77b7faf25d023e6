package org.superstep.master;

import java.util.ArrayList;
import java.util.List;
import org.superstep.checkpoint.MasterState;
import org.superstep.net.ToWorker;

/**
 * What a job's master has announced since the job was last saved, over all attempts, so that lost partitions can be told it again. One
 * thread uses it.
 */
public final class Chronicle {
    /** Whoever announces more between two checkpoints has supersteps of no time, and goes back to one. */
    private static final int MOST = 1 << 16;

    /** One behind another. */
    private final List<Told> told = new ArrayList<>();
    /** What the master knew before the last of them, and before its hook was asked; null where there is none. */
    private MasterState before;
    /** The same of the last but one; null where that is not there, or not known any more. */
    private MasterState beforeThat;
    /** The last superstep that was forgotten before its time; -1: none was. */
    private int forgotten = -1;
    /** Why it was. */
    private String hindrance = "";

    /** A superstep that was announced, and how many vertices computed in it, if it has ended. */
    private record Told(ToWorker.RunSuperstep run, long computed) {
        int superstep() {
            return run.superstep();
        }
    }

    /** A superstep is announced, before which the master knew this; it follows the last one, or is that one once more. */
    void announced(ToWorker.RunSuperstep run, MasterState state) {
        if (!told.isEmpty() && run.superstep() == last()) {
            told.remove(told.size() - 1);
        } else {
            if (told.size() == MOST) {
                lose("more than " + MOST + " supersteps have run since the last checkpoint");
            }
            beforeThat = before;
        }
        told.add(new Told(run, 0));
        before = state;
    }

    /** What was announced last has reached nobody, because the attempt was over by then; false: what was before that is not known. */
    boolean takeBack() {
        if (told.size() < 2 || beforeThat == null) {
            return false;
        }
        told.remove(told.size() - 1);
        before = beforeThat;
        beforeThat = null;
        return true;
    }

    /** The last superstep announced has ended; so many vertices computed in it. */
    void ended(long computed) {
        told.set(told.size() - 1, new Told(told.get(told.size() - 1).run, computed));
    }

    /** The graph has changed in the last superstep: what was announced up to it cannot be told again. */
    void changed() {
        lose("the graph has changed in superstep " + last());
    }

    private void lose(String why) {
        int last = last();
        forget();
        forgotten = last;
        hindrance = why;
    }

    /** Forgets all: nobody should ask for it. */
    public void forget() {
        told.clear();
        before = null;
        beforeThat = null;
        forgotten = -1;
        hindrance = "";
    }

    /** The job is saved for good as it stood before this superstep. */
    void saved(int superstep) {
        int first = 0;
        while (first < told.size() && told.get(first).superstep() < superstep) {
            first++;
        }
        told.subList(0, first).clear();
    }

    /** Whether nothing is here. */
    public boolean isEmpty() {
        return told.isEmpty();
    }

    /** The last superstep announced; there must be one. */
    int last() {
        return told.get(told.size() - 1).superstep();
    }

    /** Whether all is here from this superstep on. */
    public boolean reaches(int superstep) {
        return !told.isEmpty() && told.get(0).superstep() <= superstep && superstep <= last();
    }

    /** Why not all is here from this superstep on, in a few words; empty: nobody should ask for it. */
    public String hindrance(int superstep) {
        return superstep <= forgotten ? hindrance : "";
    }

    /** What was announced for a superstep that is here. */
    ToWorker.RunSuperstep run(int superstep) {
        return told.get(superstep - told.get(0).superstep()).run;
    }

    /** How many vertices have computed from this superstep on, which is here, to the last but one. */
    long computedFrom(int superstep) {
        long sum = 0;
        for (Told one : told.subList(superstep - told.get(0).superstep(), told.size() - 1)) {
            sum += one.computed;
        }
        return sum;
    }

    /** What the master knew before the last one, and before its hook was asked. */
    MasterState before() {
        return before;
    }
}
