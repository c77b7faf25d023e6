package org.superstep.graph;

import org.superstep.graph.internal.VertexView;

/** The cursor of a phase whose messages are vectors of {@code long} values; one per compute thread, moved from vertex to vertex. */
public final class LongVectorVertex extends Vertex {
    /** For the engine: a cursor over the view. */
    public LongVectorVertex(VertexView view) {
        super(view);
    }

    /**
     * Says one vector to every neighbour in the phase's direction; each hears what {@code along} makes of it, in the next superstep. The
     * array is copied.
     *
     * @throws IllegalStateException if the vertex has already broadcast in this superstep
     * @throws IllegalArgumentException if the array is not as long as messages are wide
     */
    public void broadcast(long[] elements) {
        if (view.spoke) {
            throw secondBroadcast();
        }
        view.spoke = true;
        write(elements, view.saidWords, 0);
    }

    /**
     * Says a vector to one vertex, neighbour or not; the array is copied. A message to a vertex that does not exist is dropped and counted,
     * or creates it where {@link Program#createMissing} says so.
     *
     * @throws IllegalArgumentException if the array is not as long as messages are wide
     */
    public void send(long vertexId, long[] elements) {
        int number = view.sends.grown(view.id(), vertexId);
        write(elements, view.sends.messages.words, number * view.saidWords.length);
    }

    private void write(long[] elements, long[] words, int from) {
        if (elements.length != view.saidWords.length) {
            throw wrongWidth(elements.length, view.saidWords.length);
        }
        for (int i = 0; i < elements.length; i++) {
            words[from + i] = elements[i];
        }
    }
}
