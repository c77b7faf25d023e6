package org.superstep.worker;

import java.util.List;
import org.superstep.graph.Direction;
import org.superstep.graph.DoubleMessages;
import org.superstep.graph.DoubleVectorMessages;
import org.superstep.graph.DoubleVectorVertex;
import org.superstep.graph.DoubleVertex;
import org.superstep.graph.EdgeCursor;
import org.superstep.graph.Edges;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongVectorMessages;
import org.superstep.graph.LongVectorVertex;
import org.superstep.graph.LongVertex;
import org.superstep.graph.ObjectMessages;
import org.superstep.graph.ObjectVertex;
import org.superstep.graph.Program;
import org.superstep.graph.Scratch;
import org.superstep.graph.Vertex;
import org.superstep.graph.internal.EdgeView;
import org.superstep.graph.internal.Tally;
import org.superstep.graph.internal.VertexView;

/** What one compute thread has of its own: cursors, scratch objects, partial aggregates, counters. */
final class Lane {
    final VertexView view = new VertexView();
    final DoubleVertex doubleVertex = new DoubleVertex(view);
    final DoubleMessages doubleMessages = new DoubleMessages(view);
    final LongVertex longVertex = new LongVertex(view);
    final LongMessages longMessages = new LongMessages(view);
    final ObjectVertex<Object> objectVertex = new ObjectVertex<>(view);
    final ObjectMessages<Object> objectMessages = new ObjectMessages<>(view);
    final DoubleVectorVertex doubleVectorVertex = new DoubleVectorVertex(view);
    final DoubleVectorMessages doubleVectorMessages = new DoubleVectorMessages(view);
    final LongVectorVertex longVectorVertex = new LongVectorVertex(view);
    final LongVectorMessages longVectorMessages = new LongVectorMessages(view);
    /** Where the cursor is; null before the first superstep. */
    Partition partition;
    /** The edges that the cursors walk over, by handle, and the lists that they are. */
    private EdgeView[] edges = {};
    private Direction[] edgeStructures = {};
    /**
     * What the partition's vertices have broadcast, as words, in their order, where that is a word each: so who keeps it need not gather
     * it from their slots. Null where nobody does.
     */
    long[] speech;
    /** How many words that is; -1: it does not stand there. */
    int speechWords = -1;
    /** Vertices computed in this superstep. */
    long computed;
    /** Messages said in this superstep by broadcast, each neighbour counted. */
    long messages;
    /** Messages sent in this superstep. */
    long sends;
    /** Sends due in this superstep to vertices that do not exist or have halted for good. */
    long dropped;

    Lane(Program program, long seed) {
        view.seed = seed;
        view.tally = new Tally(program.declarations().aggregators());
        List<Scratch<?>> scratches = program.declarations().scratches();
        view.scratch = scratches.stream().map(Scratch::newObject).toArray();
    }

    /** Whether this is one of the lane's cursors. */
    boolean hasCursor(Vertex v) {
        return v == doubleVertex || v == longVertex || v == objectVertex || v == doubleVectorVertex || v == longVectorVertex;
    }

    /** Lets cursors walk over the edges of a graph, as the program's handles say; call again when the graph has changed. */
    void walkOver(LocalGraph graph, Program program, LoadPlan plan) {
        List<Edges> handles = program.declarations().edges();
        edges = new EdgeView[handles.size()];
        edgeStructures = handles.stream().map(plan::structureOf).toArray(Direction[]::new);
        view.edges = new EdgeCursor[edges.length];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = new EdgeView();
            edges[i].idOfSlot = graph.idOfSlot();
            view.edges[i] = new EdgeCursor(view, edges[i], handles.get(i).direction());
        }
    }

    /** Lets the partition where the cursor is know that edges hold something else. */
    void noteEdges() {
        for (EdgeView view : edges) {
            if (view.isSet) {
                partition.hasSetEdges = true;
                view.isSet = false;
            }
        }
    }

    /** Whether what the partition's vertices have broadcast stands in {@link #speech}, too. */
    boolean hasSpeech(Partition computed) {
        return speech != null && speechWords >= 0 && partition == computed;
    }

    /** Moves the cursor to a partition, to speak in messages of so many words (0: objects). */
    void enter(Partition next, int width) {
        noteEdges();
        partition = next;
        speechWords = -1;
        if (speech != null && speech.length < next.size) {
            speech = new long[next.size];
        }
        for (int i = 0; i < edges.length; i++) {
            partition.hearing(edgeStructures[i]).show(edges[i]);
        }
        view.changes = partition.speakers.changes;
        view.records = partition.records;
        partition.speakers.sends.hold(width);
        view.ids = partition.ids;
        partition.columns.show(view);
        view.outDegrees = partition.outDegrees;
        view.inDegrees = partition.inDegrees;
        view.sends = partition.speakers.sends;
    }
}
