package org.superstep.graph;

import java.util.Objects;
import org.superstep.graph.internal.VertexView;

/**
 * The cursor of a phase whose messages are objects; one per compute thread, moved from vertex to vertex.
 *
 * @param <M> the messages' type
 */
public final class ObjectVertex<M> extends Vertex {
    /** For the engine: a cursor over the view. */
    public ObjectVertex(VertexView view) {
        super(view);
    }

    /**
     * Says one object to every neighbour in the phase's direction; each hears what {@code along} makes of it, in the next superstep. The
     * object is shared by all of them and must not change any more.
     *
     * @throws IllegalStateException if the vertex has already broadcast in this superstep
     */
    public void broadcast(M message) {
        if (view.spoke) {
            throw secondBroadcast();
        }
        view.saidObject = handedOver(message);
        view.spoke = true;
    }

    /**
     * Says an object, which must not change any more, to one vertex, neighbour or not. A message to a vertex that does not exist is dropped
     * and counted, or creates it where {@link Program#createMissing} says so.
     */
    public void send(long vertexId, M message) {
        view.sends.add(view.id(), vertexId, handedOver(message));
    }

    private Object handedOver(M message) {
        Objects.requireNonNull(message, "a message is an object; to say nothing, do not call");
        return view.roundTrip == null ? message : view.roundTrip.of(message);
    }
}
