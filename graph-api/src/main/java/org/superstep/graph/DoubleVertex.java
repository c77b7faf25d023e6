package org.superstep.graph;

import org.superstep.graph.internal.VertexView;

/** The cursor of a phase whose messages are {@code double} values; one per compute thread, moved from vertex to vertex. */
public final class DoubleVertex extends Vertex {
    /** For the engine: a cursor over the view. */
    public DoubleVertex(VertexView view) {
        super(view);
    }

    /**
     * Says one value to every neighbour in the phase's direction; each hears what {@code along} makes of it, in the next superstep.
     *
     * @throws IllegalStateException if the vertex has already broadcast in this superstep
     */
    public void broadcast(double value) {
        if (view.spoke) {
            throw secondBroadcast();
        }
        view.spoke = true;
        view.saidDouble = canonical(value);
    }

    /**
     * Says a value to one vertex, neighbour or not. A message to a vertex that does not exist is dropped and counted, or creates it where
     * {@link Program#createMissing} says so.
     */
    public void send(long vertexId, double value) {
        view.sends.add(view.id(), vertexId, Double.doubleToRawLongBits(canonical(value)));
    }
}
