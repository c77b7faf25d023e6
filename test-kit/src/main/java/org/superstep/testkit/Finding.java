package org.superstep.testkit;

import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A breach of the contract between programs and engine.
 *
 * @param rule what does not hold
 * @param graph the graph on which it showed; empty where it showed without one
 * @param vertex the vertex at which it showed, if at one
 * @param superstep the superstep in which it showed, if in one
 * @param what what was found, with both values where two differ
 */
public record Finding(Rule rule, String graph, OptionalLong vertex, OptionalInt superstep, String what) {
    /** What the engine relies on, and what to do where it does not hold. */
    public enum Rule {
        /** State is kept in columns, globals and aggregators. */
        STATE("state is kept in columns, globals and aggregators",
            "keep what a vertex remembers in a column, and what the hook remembers in a global; fields hold handles alone"),
        /** The answer depends on input, parameters and seed. */
        REPEATABLE("the answer depends on graph, parameters and seed alone",
            "take random numbers from v.random(), and nothing from clocks, the machine or objects' identities"),
        /** Elementary functions come out the same on every machine. */
        EXACT_MATH("arithmetic comes out the same on every machine", "call StrictMath, whose results are specified to the bit"),
        /** Combiners keep their laws. */
        COMBINER("a combiner keeps its laws",
            "let combine(identity(), x) be x, change no argument, and call a combiner exact or idempotent only if it is, to the bit"),
        /** Aggregations keep their laws. */
        AGGREGATION("an aggregation keeps its laws",
            "merge associatively and commutatively to the bit, into a new value, with an identity that changes nothing"),
        /** What has been said or added stays as it is. */
        MESSAGE("what has been said is never changed", "say a new object each time, and copy what is heard before changing it"),
        /** Objects in columns, globals and aggregators stay as they are. */
        VALUE("an object in a column, a global or an aggregator is never changed", "make a new object, and set that"),
        /** Codecs read what they have written. */
        CODEC("a codec reads exactly what it has written", "write every field, and read them in the same order"),
        /** Functions of a program are pure. */
        PURE("along and resolve are pure functions", "let the result depend on the arguments alone"),
        /** Scratch objects carry nothing from vertex to vertex. */
        SCRATCH("scratch objects carry nothing from vertex to vertex", "fill what is read of a scratch object anew at every vertex"),
        /** The answer is the same for any threads, partitions, workers and delivery. */
        ONE_ANSWER("the answer is the same however the job runs",
            "look for what depends on the order in which vertices compute, or on objects that they share"),
        /** A lost worker changes nothing. */
        RECOVERY("a job that has lost a worker comes to the same answer",
            "keep all that is remembered in columns, globals and aggregators: nothing else goes back to a checkpoint with the job"),
        /** The program runs without errors. */
        RUNS("the program computes without an error", "mend the error; superstep by superstep it is found with Interpreter.step()"),
        /** The program ends. */
        ENDS("the program ends", "let vertices halt, let the hook end the job, or allow more supersteps");

        private final String law;
        private final String remedy;

        Rule(String law, String remedy) {
            this.law = law;
            this.remedy = remedy;
        }

        /** The rule in words. */
        public String law() {
            return law;
        }

        /** What to do where it does not hold, in words. */
        public String remedy() {
            return remedy;
        }
    }

    /** Checks that all is there. */
    public Finding {
        Objects.requireNonNull(rule, "rule");
        Objects.requireNonNull(graph, "graph");
        Objects.requireNonNull(vertex, "vertex");
        Objects.requireNonNull(superstep, "superstep");
        Objects.requireNonNull(what, "what");
    }

    /** What was found and where, one line. */
    @Override public String toString() {
        var where = new StringBuilder();
        if (vertex.isPresent()) {
            where.append("vertex ").append(vertex.getAsLong());
        }
        if (superstep.isPresent()) {
            where.append(where.isEmpty() ? "" : ", ").append("superstep ").append(superstep.getAsInt());
        }
        if (!graph.isEmpty()) {
            where.append(where.isEmpty() ? "" : ", ").append("on ").append(graph);
        }
        return rule.law + ", but " + what + (where.isEmpty() ? "" : " (" + where + ")") + "; " + rule.remedy;
    }
}
