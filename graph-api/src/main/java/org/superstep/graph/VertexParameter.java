package org.superstep.graph;

/** A parameter that names a vertex. It has no default; a job whose graph lacks the vertex is refused before its first superstep. */
public final class VertexParameter extends Parameter {
    private long vertexId;

    VertexParameter(String name, String help) {
        super(name, help, false);
    }

    /** The vertex's id. */
    public long get() {
        requirePresent();
        return vertexId;
    }

    /** Names the vertex, before the job starts. */
    public void set(long vertexId) {
        replace();
        this.vertexId = vertexId;
    }

    @Override public void parse(String text) {
        long parsed;
        try {
            parsed = Long.parseLong(text.trim());
        } catch (NumberFormatException e) {
            throw refusedText(text);
        }
        set(parsed);
    }

    @Override public String typeName() {
        return "VERTEX";
    }

    @Override public String allowed() {
        return "the id of a vertex";
    }

    @Override String valueText() {
        return Long.toString(vertexId);
    }
}
