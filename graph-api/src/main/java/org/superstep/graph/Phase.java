package org.superstep.graph;

/**
 * A part of a program with its own {@code compute}, message type, direction, {@code along} and combiner. A {@link DoubleProgram},
 * {@link LongProgram}, {@link ObjectProgram}, {@link DoubleVectorProgram} or {@link LongVectorProgram} is a program of one phase and is
 * that phase itself; a {@link PhasedProgram} declares several.
 *
 * <p>What one phase says, the next reads, if their messages are of one type; {@code along}, direction and combiner are those of the phase
 * that spoke.
 */
public sealed interface Phase permits DoublePhase, LongPhase, ObjectPhase, DoubleVectorPhase, LongVectorPhase {
    /** Whom a broadcast reaches; the same in every superstep. */
    default Direction direction() {
        return Direction.OUT;
    }

    /** Whether all vertices are awake when the phase starts; those halted for good stay so. */
    default boolean startsAwake() {
        return true;
    }

    /**
     * Whether every vertex broadcasts in every superstep but the last, so that only the pull structure is worth building. It is a hint:
     * no result depends on it.
     */
    default boolean everyoneSpeaks() {
        return false;
    }
}
