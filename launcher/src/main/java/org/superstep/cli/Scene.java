package org.superstep.cli;

import java.util.List;
import java.util.Optional;
import org.superstep.testkit.TestGraph.Edge;

/**
 * One vertex in one superstep: what it could read, and what it has done.
 *
 * @param id the vertex
 * @param superstep the superstep
 * @param setting what it found
 * @param deed what it has done
 */
record Scene(long id, int superstep, Setting setting, Deed deed) {
    /**
     * What a vertex finds when it computes.
     *
     * @param phase the number of the phase that computes
     * @param phaseBegan the superstep with which that began
     * @param spoke the number of the phase by which messages are heard
     * @param seed what random numbers are keyed by
     * @param vertices of the graph
     * @param edges of the graph
     * @param outDegree edges that leave the vertex
     * @param inDegree edges that enter it
     * @param walked those of its edges over which it may walk, out-edges first
     * @param messages what it hears, in order
     * @param combined what it hears, folded, where the messages are not known by themselves
     * @param columns what it holds, by the columns' order
     * @param aggregates by index
     * @param globals by index
     */
    record Setting(int phase, int phaseBegan, int spoke, long seed, long vertices, long edges, int outDegree, int inDegree,
            List<Edge> walked, List<Heard> messages, Optional<Object> combined, List<Object> columns, List<Object> aggregates,
            List<Object> globals) {
    }

    /**
     * A message as it has arrived.
     *
     * @param sender who has said it
     * @param message a Double or Long, the object, or an array of a vector's elements
     */
    record Heard(long sender, Object message) {
    }

    /**
     * What a vertex does.
     *
     * @param columns what it holds then, by the columns' order
     * @param broadcast what it broadcasts, if it does
     * @param sends what it sends, in order
     * @param added what it adds to each aggregator comes to, by index
     * @param emitted the records of each output
     * @param asked changes of the graph, in words
     * @param outEdges its out-edges with what they hold then, where the program has columns of edges
     * @param halts whether it sleeps
     * @param haltsForGood whether it never wakes
     * @param thrown what the program has thrown, if it has
     */
    record Deed(List<Object> columns, Optional<Object> broadcast, List<Sent> sends, List<Optional<Object>> added,
            List<List<List<Object>>> emitted, List<String> asked, List<Edge> outEdges, boolean halts, boolean haltsForGood,
            Optional<Throwable> thrown) {
    }

    /**
     * What is sent to one vertex.
     *
     * @param target who is to hear it
     * @param message as in {@link Heard}
     */
    record Sent(long target, Object message) {
    }
}
