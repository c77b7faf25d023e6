package org.superstep.checkpoint;

import java.util.List;
import java.util.Objects;

/**
 * Which job a checkpoint is of.
 *
 * @param token a name that no other job has: who finds it again goes on with that job
 * @param program what its program is called
 * @param words the words of the command line that make the job anew, paths from the root; empty where a program of Java has started it
 * @param jars the SHA-256 of each jar that holds the program, in order; the jars themselves lie in the folder
 * @param seed what {@code v.random()} is keyed by
 */
public record JobIdentity(String token, String program, List<String> words, List<String> jars, long seed) {
    /** Checks what must be there. */
    public JobIdentity {
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(program, "program");
        words = List.copyOf(words);
        jars = List.copyOf(jars);
    }
}
