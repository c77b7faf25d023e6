package org.superstep.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.Option;
import org.superstep.job.DurationText;
import org.superstep.net.HostPort;

/** What the user has said after a command, by option. */
final class Arguments {
    /** Nine digits of either unit fit a long, and are more than any machine has. */
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})([mMgG])");

    private final CommandLine line;

    Arguments(CommandLine line) {
        this.line = line;
    }

    boolean has(String option) {
        return line.hasOption(option);
    }

    Optional<String> text(String option) {
        return Optional.ofNullable(line.getOptionValue(option));
    }

    /** All values of an option, in order; empty where it is not given. */
    List<String> texts(String option) {
        var values = line.getOptionValues(option);
        return values == null ? List.of() : List.of(values);
    }

    /** The word that is no option, where one was given. */
    Optional<String> word() {
        return words().stream().findFirst();
    }

    /** The words that are no options, in order. */
    List<String> words() {
        return line.getArgList();
    }

    /**
     * An option that was given, with its values.
     *
     * @param option its name
     * @param values in order; empty for a flag
     */
    record Given(String option, List<String> values) {
    }

    /** All that was given, in order. */
    List<Given> given() {
        var given = new ArrayList<Given>();
        for (Option option : line.getOptions()) {
            given.add(new Given(option.getLongOpt(), option.getValuesList()));
        }
        return given;
    }

    /** Where to connect or listen. */
    HostPort address(String option, String otherwise) {
        try {
            return HostPort.parse(text(option).orElse(otherwise));
        } catch (IllegalArgumentException e) {
            throw new UsageException("--" + option + ": " + e.getMessage(), e);
        }
    }

    int integer(String option, int otherwise, int least, int greatest) {
        return (int) integer(option, (long) otherwise, least, greatest);
    }

    long integer(String option, long otherwise, long least, long greatest) {
        String text = line.getOptionValue(option);
        if (text == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= greatest) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number out of range.
        }
        String allowed = least == Long.MIN_VALUE ? "an integer of 64 bits"
            : greatest >= Integer.MAX_VALUE ? "an integer of at least " + least : "an integer from " + least + " to " + greatest;
        throw new UsageException("--" + option + " must be " + allowed + ", was \"" + text + "\"");
    }

    /** A span of time that is longer than nothing. */
    Duration duration(String option, Duration otherwise) {
        Optional<String> text = text(option);
        if (text.isEmpty()) {
            return otherwise;
        }
        Duration duration;
        try {
            duration = DurationText.parse(text.get());
        } catch (IllegalArgumentException e) {
            throw new UsageException("--" + option + " must be " + e.getMessage(), e);
        }
        if (duration.isZero()) {
            throw new UsageException("--" + option + " must be longer than nothing, was \"" + text.get() + "\"");
        }
        return duration;
    }

    /** So many bytes, {@code least} at least, as the start script takes them too; empty where the option is not given. */
    OptionalLong bytes(String option, long least) {
        Optional<String> text = text(option);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        Matcher matcher = SIZE.matcher(text.get());
        long bytes = matcher.matches() ? Long.parseLong(matcher.group(1)) << (matcher.group(2).equalsIgnoreCase("g") ? 30 : 20) : -1;
        if (bytes < least) {
            throw new UsageException("--" + option + " must be a number of gigabytes or megabytes such as 4g or 900m, was \"" + text.get()
                + "\"");
        }
        return OptionalLong.of(bytes);
    }

    /** The value, which must be one of the choices; the first choice where the option is not given. */
    String choice(String option, String... choices) {
        String text = line.getOptionValue(option);
        if (text == null) {
            return choices[0];
        }
        for (String choice : choices) {
            if (choice.equals(text)) {
                return choice;
            }
        }
        throw new UsageException("--" + option + " must be one of " + String.join(", ", choices) + ", was \"" + text + "\"");
    }
}
