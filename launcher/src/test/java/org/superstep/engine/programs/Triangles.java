package org.superstep.engine.programs;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.superstep.graph.Codec;
import org.superstep.graph.Codecs;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.Edges;
import org.superstep.graph.LongColumn;
import org.superstep.graph.ObjectMessages;
import org.superstep.graph.ObjectProgram;
import org.superstep.graph.ObjectVertex;
import org.superstep.graph.Vertex;
import org.superstep.graph.Weights;

/**
 * Lists the triangles that each vertex is in, of the graph without directions, parallel edges and self-loops; tells their number, and the
 * clustering coefficient: how many of the pairs of neighbours are neighbours of each other.
 *
 * <p>Every vertex tells its greater neighbours of all of them. Who hears that finds those that are its own greater neighbours too: with the
 * speaker each is a triangle, of which the two others are told.
 *
 * <p>Supersteps: 3. Messages: a list of neighbours for each pair of neighbours, and two a triangle. Memory: 16 bytes a vertex and the
 * edges. Source: T. Schank and D. Wagner, "Finding, counting and listing all triangles in large graphs, an experimental study", 2005,
 * algorithm "forward" with the order of ids for that of degrees.
 */
public final class Triangles extends ObjectProgram<long[]> {
    private final LongColumn triangles = longColumn("triangles", 0);
    private final DoubleColumn clustering = doubleColumn("clustering", 0);
    private final Edges out = outEdges();
    private final Edges in = inEdges();

    @Override public Weights weights() {
        return Weights.IGNORED;
    }

    @Override public Codec<long[]> codec() {
        return Codecs.LONGS;
    }

    @Override public void compute(ObjectVertex<long[]> v, ObjectMessages<long[]> messages) {
        long[] neighbours = neighbours(v);
        long[] greater = Arrays.stream(neighbours).filter(id -> id > v.id()).toArray();
        switch (v.superstep()) {
            case 0 -> {
                for (long neighbour : greater) {
                    v.send(neighbour, greater);
                }
            }
            case 1 -> {
                while (messages.next()) {
                    for (long third : messages.value()) {
                        if (Arrays.binarySearch(greater, third) >= 0) {
                            long[] triangle = {messages.senderId(), v.id(), third};
                            v.send(messages.senderId(), triangle);
                            v.send(third, triangle);
                            v.set(triangles, v.get(triangles) + 1);
                        }
                    }
                }
            }
            default -> {
                while (messages.next()) {
                    v.set(triangles, v.get(triangles) + (Arrays.binarySearch(messages.value(), v.id()) >= 0 ? 1 : 0));
                }
                double pairs = neighbours.length * (neighbours.length - 1.0) / 2;
                v.set(clustering, pairs == 0 ? 0 : v.get(triangles) / pairs);
                v.halt();
            }
        }
    }

    private long[] neighbours(Vertex v) {
        var ids = LongStream.builder();
        for (var e = v.edges(out); e.next();) {
            ids.add(e.neighbour());
        }
        for (var e = v.edges(in); e.next();) {
            ids.add(e.neighbour());
        }
        return ids.build().filter(id -> id != v.id()).sorted().distinct().toArray();
    }
}
