package org.superstep.graph;

/**
 * What a program expects of edge weights. A weight is a finite double; parallel edges may differ in it. Edges that vertices add need no
 * weight, whatever the program expects of the input's: {@code v.addEdge(target)} gives them 1.
 *
 * @param need whether weights are needed, welcome or not even parsed
 * @param minimum the least weight that the program accepts, inclusive; an input with a lesser one is refused, and so is a vertex that
 *     asks for one
 */
public record Weights(Need need, double minimum) {
    /** Every edge must carry a weight. */
    public static final Weights REQUIRED = new Weights(Need.REQUIRED, Double.NEGATIVE_INFINITY);
    /** An input without weights is read as if each were 1, which is said once. */
    public static final Weights OPTIONAL = new Weights(Need.OPTIONAL, Double.NEGATIVE_INFINITY);
    /** Weights are not parsed; every edge has weight 1. */
    public static final Weights IGNORED = new Weights(Need.IGNORED, Double.NEGATIVE_INFINITY);

    /** How much a program wants weights. */
    public enum Need { REQUIRED, OPTIONAL, IGNORED }

    /** Checks that the bound is a number. */
    public Weights {
        if (Double.isNaN(minimum)) {
            throw new IllegalArgumentException("the least weight must be a number, was NaN");
        }
    }

    /** The same need, with weights below {@code least} refused. */
    public Weights atLeast(double least) {
        return new Weights(need, least);
    }

    /** Whether weights are to be parsed where the input has them. */
    public boolean wanted() {
        return need != Need.IGNORED;
    }
}
