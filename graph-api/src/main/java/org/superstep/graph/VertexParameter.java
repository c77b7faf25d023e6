package org.superstep.graph;

import java.util.Optional;

/** A parameter that names a vertex. It has no default; a job whose graph lacks the vertex is refused before its first superstep. */
public final class VertexParameter extends Parameter {
    private boolean present;
    private long vertexId;

    VertexParameter(String name, String help) {
        super(name, help);
    }

    /** The vertex's id. */
    public long get() {
        if (!present) {
            throw new IllegalStateException(name() + " is missing: it must be " + allowed());
        }
        return vertexId;
    }

    /** Whether a vertex has been named. */
    public boolean isPresent() {
        return present;
    }

    /** Names the vertex, before the job starts. */
    public void set(long vertexId) {
        requireOpen();
        present = true;
        this.vertexId = vertexId;
    }

    @Override public void parse(String text) {
        long parsed;
        try {
            parsed = Long.parseLong(text.trim());
        } catch (NumberFormatException e) {
            throw refused("\"" + text + "\"");
        }
        set(parsed);
    }

    @Override public String typeName() {
        return "VERTEX";
    }

    @Override public String allowed() {
        return "the id of a vertex";
    }

    @Override public Optional<String> text() {
        return present ? Optional.of(Long.toString(vertexId)) : Optional.empty();
    }
}
