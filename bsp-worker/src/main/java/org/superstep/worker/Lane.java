package org.superstep.worker;

import java.util.List;
import org.superstep.graph.DoubleMessages;
import org.superstep.graph.DoubleVertex;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Program;
import org.superstep.graph.Scratch;
import org.superstep.graph.internal.Tally;
import org.superstep.graph.internal.VertexView;

/** What one compute thread has of its own: cursors, scratch objects, partial aggregates, counters. */
final class Lane {
    final VertexView view = new VertexView();
    final DoubleVertex doubleVertex = new DoubleVertex(view);
    final DoubleMessages doubleMessages = new DoubleMessages(view);
    final LongVertex longVertex = new LongVertex(view);
    final LongMessages longMessages = new LongMessages(view);
    /** Vertices computed in this superstep. */
    long computed;
    /** Messages said in this superstep by broadcast, each neighbour counted. */
    long messages;
    /** Sends due in this superstep to vertices that do not exist or have halted for good. */
    long dropped;

    Lane(Program program, long seed) {
        view.seed = seed;
        view.tally = new Tally(program.declarations().aggregators());
        List<Scratch<?>> scratches = program.declarations().scratches();
        view.scratch = scratches.stream().map(Scratch::newObject).toArray();
    }

    /** Moves the cursor to a partition. */
    void enter(Partition partition) {
        view.ids = partition.ids;
        view.doubles = partition.columns.doubles;
        view.longs = partition.columns.longs;
        view.ints = partition.columns.ints;
        view.outDegrees = partition.outDegrees;
        view.inDegrees = partition.inDegrees;
        view.sends = partition.speakers.sends;
    }
}
