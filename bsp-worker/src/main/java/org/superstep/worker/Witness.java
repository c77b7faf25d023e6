package org.superstep.worker;

import java.util.Optional;
import org.superstep.graph.Phase;
import org.superstep.graph.Vertex;
import org.superstep.graph.internal.SendList;
import org.superstep.graph.internal.VertexView;

/**
 * Looks on while a traced vertex computes. What it wants to keep it copies: the view belongs to a compute thread, and shows another vertex
 * next. Threads that compute call it, each for vertices of its own, so that several calls may run at a time.
 */
public interface Witness {
    /**
     * The vertex at which the view stands is about to compute.
     *
     * @param v its cursor
     * @param view what the cursor looks at
     * @param phase the phase that computes
     * @param spoke the phase by which messages are heard: the one that spoke, or where that has messages of another type, the same
     * @param folded where messages were folded as they came, all of them in that order; empty where that is not known, or they were not
     *     folded and the view walks over them
     */
    void before(Vertex v, VertexView view, Phase phase, Phase spoke, Optional<SendList> folded);

    /**
     * It has computed. The view's tally and records are this vertex's alone; of sends and changes the last ones are.
     *
     * @param v its cursor
     * @param view what the cursor looks at
     * @param sends how many sends were there before
     * @param changes how many changes of the graph had been asked for before
     * @param thrown what the program has thrown, if it has
     */
    void after(Vertex v, VertexView view, int sends, int changes, Optional<Throwable> thrown);
}
