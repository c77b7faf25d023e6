package org.superstep.graph.io;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A format of files with edges, which the command finds by its name: {@code --format NAME}. A jar brings one by naming the class, which has
 * a public constructor without arguments, in {@code META-INF/services/org.superstep.graph.io.EdgeFormat}.
 */
public interface EdgeFormat {
    /** The name for users. */
    String title();

    /**
     * The edges of these files, taken together.
     *
     * @param files at least one; nothing is known of them yet
     * @param options what {@code --format-options KEY=VALUE...} says, in that order
     * @throws IllegalArgumentException if it has no such option, or the option no such value; the message is for the user
     */
    EdgeSource open(List<Path> files, Map<String, String> options);
}
