package org.superstep.job;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time as people write them on a command line: {@code 500ms}, {@code 10s}, {@code 5m}, {@code 2h}, {@code 1d}. */
public final class DurationText {
    /** Ten digits of any unit fit a {@code Duration}, and are more than anybody means. */
    private static final Pattern FORM = Pattern.compile("([0-9]{1,10})(ms|s|m|h|d)");
    private static final String[] UNITS = {"d", "h", "m", "s", "ms"};
    private static final long[] MILLIS = {86_400_000, 3_600_000, 60_000, 1_000, 1};

    private DurationText() {
    }

    /** What such a text says; an {@link IllegalArgumentException} where it is none, in words that go behind "must be". */
    public static Duration parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a span of time such as 500ms, 10s, 5m, 2h or 1d, was \"" + text + "\"");
        }
        for (int i = 0; i < UNITS.length; i++) {
            if (UNITS[i].equals(matcher.group(2))) {
                return Duration.ofMillis(Long.parseLong(matcher.group(1)) * MILLIS[i]);
            }
        }
        throw new AssertionError("a unit that is none: " + text);
    }

    /** The text of whole milliseconds, in the greatest unit of which they are a whole number: {@link #parse} gives them back. */
    public static String of(Duration duration) {
        long millis = duration.toMillis();
        for (int i = 0; i < UNITS.length; i++) {
            if (millis != 0 && millis % MILLIS[i] == 0) {
                return millis / MILLIS[i] + UNITS[i];
            }
        }
        return "0s";
    }
}
