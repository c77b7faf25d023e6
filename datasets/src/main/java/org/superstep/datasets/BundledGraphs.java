package org.superstep.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.superstep.graph.io.EdgeSource;

/** Two small, well-known graphs that are always at hand; in the repository they are the files {@code datasets/graphs/NAME.tsv}. */
public enum BundledGraphs {
    /** Zachary's karate club (1977): 34 vertices, 78 edges, undirected, each written once. */
    KARATE("karate"),
    /** The characters of Les Misérables (Knuth, 1993): 77 vertices, 254 weighted edges, undirected, each written once. */
    LES_MISERABLES("les-miserables");

    private final String title;

    BundledGraphs(String title) {
        this.title = title;
    }

    /** The name for users: {@code karate}. */
    public String title() {
        return title;
    }

    /** All names. */
    public static List<String> titles() {
        return List.of(KARATE.title, LES_MISERABLES.title);
    }

    /** The graph's edges; each once, to be read as undirected. */
    public EdgeSource edges() {
        return EdgeListSource.of(title + ".tsv", text(), EdgeListOptions.AUTO);
    }

    /** The file's text. */
    byte[] text() {
        try (InputStream in = BundledGraphs.class.getResourceAsStream("graphs/" + title + ".tsv")) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks the graph " + title);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
