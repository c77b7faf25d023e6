package org.superstep.engine;

/** One edge from one vertex to another, as the graph holds it after the input was read. */
record Arc(long source, long target, double weight) {
}
