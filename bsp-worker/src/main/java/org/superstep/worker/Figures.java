package org.superstep.worker;

import org.superstep.graph.Program;
import org.superstep.graph.internal.Tally;
import org.superstep.net.ToMaster;

/** What partitions and compute threads have counted, summed up for the master. */
final class Figures {
    private final LocalGraph graph;
    private final Lane[] lanes;
    private long vertices;
    private long awake;
    private long goneInEdges;
    private long goneOutEdges;
    private long changes;

    /** Of all partitions as they are now. */
    Figures(LocalGraph graph, Lane[] lanes) {
        this.graph = graph;
        this.lanes = lanes;
        for (Partition partition : graph.partitions) {
            vertices += partition.size;
            awake += partition.awakeCount;
            goneInEdges += partition.goneInEdges;
            goneOutEdges += partition.goneOutEdges;
            changes += partition.speakers.changes == null ? 0 : partition.speakers.changes.size;
        }
    }

    /** What has come of a change of the graph. */
    ToMaster.GraphChanged changed(int worker, long[] hearings) {
        long edges = 0;
        for (Partition partition : graph.partitions) {
            edges += partition.edges();
        }
        long dropped = 0;
        for (Lane lane : lanes) {
            dropped += lane.dropped;
        }
        return new ToMaster.GraphChanged(worker, vertices, edges, awake, hearings, dropped, goneInEdges, goneOutEdges);
    }

    /**
     * What has come of a superstep. Empties the tallies.
     *
     * @param saidToMissing how many messages were said to vertices that the program creates for them
     */
    ToMaster.SuperstepDone done(int worker, int superstep, long saidToMissing, Program program, ToMaster.Effort effort) {
        long computed = 0;
        long messages = 0;
        long sends = 0;
        long dropped = 0;
        for (Lane lane : lanes) {
            computed += lane.computed;
            messages += lane.messages;
            dropped += lane.dropped;
            sends += lane.sends;
            lane.noteEdges();
        }
        return new ToMaster.SuperstepDone(worker, superstep, computed, awake, messages + sends, sends, changes + saidToMissing, dropped,
            goneInEdges, goneOutEdges, tally(program, superstep), effort);
    }

    private long[][] tally(Program program, int superstep) {
        if (program.declarations().aggregators().isEmpty()) {
            return new long[0][];
        }
        Tally all = lanes[0].view.tally;
        try {
            for (int i = 1; i < lanes.length; i++) {
                all.merge(lanes[i].view.tally);
                lanes[i].view.tally.clear();
            }
            long[][] states = all.states();
            all.clear();
            return states;
        } catch (Throwable t) {
            throw ProgramException.aggregating(all.current(), program, superstep, t);
        }
    }
}
