package org.superstep.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** What has happened, line by line; kept only where somebody is going to read it, because thousands of seeds write it for nobody. */
final class Journal {
    private final boolean isKept;
    private final Timeline timeline;
    private final List<String> lines = new ArrayList<>();

    Journal(boolean isKept, Timeline timeline) {
        this.isKept = isKept;
        this.timeline = timeline;
    }

    void note(String who, Supplier<Object> what) {
        if (isKept) {
            String text = String.valueOf(what.get());
            lines.add(String.format(Locale.ROOT, "%12.6f %-9s %s", timeline.nanos() / 1e9, who,
                text.length() > 300 ? text.substring(0, 300) + "..." : text));
        }
    }

    List<String> lines() {
        return lines;
    }
}
