package org.superstep.graph.internal;

import java.util.Arrays;
import org.superstep.graph.Weights;

/**
 * What the vertices of one partition ask to be changed in the graph, in one superstep: ascending by the asking vertex, from each in call
 * order. Fields are parallel arrays, of which the first {@link #size} entries count.
 */
public final class ChangeList {
    /** One edge with this weight goes. */
    public static final byte REMOVE_EDGE = 0;
    /** One edge with this weight gets another. */
    public static final byte SET_WEIGHT = 1;
    /** All edges from source to target go. */
    public static final byte REMOVE_EDGES = 2;
    /** A vertex goes, with its out-edges; {@link #sources} names it. */
    public static final byte REMOVE_VERTEX = 3;
    /** A vertex comes; {@link #sources} names it. */
    public static final byte ADD_VERTEX = 4;
    /** An edge comes, and its ends where they do not exist. */
    public static final byte ADD_EDGE = 5;

    /** One of the constants above. */
    public byte[] kinds = new byte[0];
    /** Where the edge begins, or the vertex. */
    public long[] sources = new long[0];
    /** Where the edge ends. */
    public long[] targets = new long[0];
    /** The edge's weight as it is, or is to be added. */
    public double[] weights = new double[0];
    /** The weight that it is to have. */
    public double[] newWeights = new double[0];
    /** Who asks. */
    public long[] askers = new long[0];
    /** How many changes there are. */
    public int size;
    private final Weights accepted;

    /** No changes; {@code accepted} tells which weights the program takes. */
    public ChangeList(Weights accepted) {
        this.accepted = accepted;
    }

    /** One edge with this weight is to go. */
    public void removeEdge(long asker, long source, long target, double weight) {
        add(asker, REMOVE_EDGE, source, target, weight, 0);
    }

    /** One edge with this weight is to have another. */
    public void setWeight(long asker, long source, long target, double weight, double newWeight) {
        add(asker, SET_WEIGHT, source, target, weight, checked(newWeight));
    }

    /** All edges from source to target are to go. */
    public void removeEdges(long asker, long source, long target) {
        add(asker, REMOVE_EDGES, source, target, 0, 0);
    }

    /** A vertex is to go. */
    public void removeVertex(long asker, long vertexId) {
        add(asker, REMOVE_VERTEX, vertexId, vertexId, 0, 0);
    }

    /** A vertex is to come. */
    public void addVertex(long asker, long vertexId) {
        add(asker, ADD_VERTEX, vertexId, vertexId, 0, 0);
    }

    /** An edge is to come. */
    public void addEdge(long asker, long source, long target, double weight) {
        add(asker, ADD_EDGE, source, target, checked(weight), 0);
    }

    private double checked(double weight) {
        if (!(Math.abs(weight) <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("an edge's weight must be finite, was " + weight);
        }
        if (!accepted.wanted() && weight != 1) {
            throw new IllegalArgumentException("the program ignores weights, so every edge has weight 1, was " + weight
                + "; let weights() return OPTIONAL");
        }
        if (weight < accepted.minimum()) {
            throw new IllegalArgumentException("an edge's weight must be at least " + accepted.minimum() + ", as weights() says, was "
                + weight);
        }
        return weight;
    }

    /** Appends a change, whose asker is not before the last one's. */
    public void add(long asker, byte kind, long source, long target, double weight, double newWeight) {
        if (size == kinds.length) {
            int capacity = Math.max(16, 2 * size);
            kinds = Arrays.copyOf(kinds, capacity);
            sources = Arrays.copyOf(sources, capacity);
            targets = Arrays.copyOf(targets, capacity);
            weights = Arrays.copyOf(weights, capacity);
            newWeights = Arrays.copyOf(newWeights, capacity);
            askers = Arrays.copyOf(askers, capacity);
        }
        kinds[size] = kind;
        sources[size] = source;
        targets[size] = target;
        weights[size] = weight;
        newWeights[size] = newWeight;
        askers[size++] = asker;
    }

    /** The change with this number, in words: {@code edge 1 -> 7 of weight 0.5 to come}. */
    public String text(int number) {
        String pair = sources[number] + " -> " + targets[number];
        return switch (kinds[number]) {
            case REMOVE_EDGE -> "edge " + pair + " of weight " + weights[number] + " to go";
            case SET_WEIGHT -> "edge " + pair + " of weight " + weights[number] + " to weigh " + newWeights[number];
            case REMOVE_EDGES -> "edges " + pair + " to go";
            case REMOVE_VERTEX -> "vertex " + sources[number] + " to go";
            case ADD_VERTEX -> "vertex " + sources[number] + " to come";
            case ADD_EDGE -> "edge " + pair + " of weight " + weights[number] + " to come";
            default -> throw new AssertionError("a change of no kind: " + kinds[number]);
        };
    }

    /** Forgets all changes; the arrays stay for the next superstep. */
    public void clear() {
        size = 0;
    }
}
