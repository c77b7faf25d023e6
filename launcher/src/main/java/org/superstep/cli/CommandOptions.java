package org.superstep.cli;

import java.util.ArrayList;
import java.util.List;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;

/** The options of one command, declared once: Commons CLI parses by them, and help shows them, section by section. */
final class CommandOptions {
    /** Help is this wide at most. */
    private static final int COLUMNS = 80;
    private static final int INDENT = 4;
    private static final int GAP = 2;

    private final String command;
    private final Options options = new Options();
    private final List<Section> sections = new ArrayList<>();
    private final List<String> hidden = new ArrayList<>();
    private int mostWords;

    private record Section(String title, List<Option> options) {
    }

    /** The option is none of the command's. */
    static final class UnknownOptionException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String option;

        private UnknownOptionException(String option, String message) {
            super(message);
            this.option = option;
        }

        /** Its name, without dashes and value. */
        String option() {
            return option;
        }

        UsageException asUsageFault() {
            return new UsageException(getMessage());
        }
    }

    /** No options yet; the command's name as the user types it, {@code run pagerank}. */
    CommandOptions(String command) {
        this.command = command;
        options.addOption(Option.builder().longOpt("help").get());
        options.addOption(Option.builder().longOpt("verbose").get());
    }

    /** The options that follow belong under this title. */
    CommandOptions section(String title) {
        sections.add(new Section(title, new ArrayList<>()));
        return this;
    }

    /** An option without a value. */
    CommandOptions flag(String name, String help) {
        return add(Option.builder().longOpt(name).desc(help).get());
    }

    /** An option with one value. */
    CommandOptions value(String name, String valueName, String help) {
        return add(Option.builder().longOpt(name).hasArg().argName(valueName).desc(help).get());
    }

    /** An option with one value or more. */
    CommandOptions values(String name, String valueName, String help) {
        return add(Option.builder().longOpt(name).hasArgs().argName(valueName).desc(help).get());
    }

    /** An option with one value that commands say to each other: no help tells it. */
    CommandOptions hidden(String name) {
        options.addOption(Option.builder().longOpt(name).hasArg().get());
        hidden.add(name);
        return this;
    }

    /** A word that is no option may be among them; {@link Arguments#word} has it. */
    CommandOptions word() {
        return words(1);
    }

    /** So many words that are no options may be among them; {@link Arguments#words} has them. */
    CommandOptions words(int most) {
        mostWords = most;
        return this;
    }

    private CommandOptions add(Option option) {
        options.addOption(option);
        sections.get(sections.size() - 1).options.add(option);
        return this;
    }

    /** Whether there is such an option. */
    boolean has(String name) {
        return options.hasLongOption(name);
    }

    /**
     * What the user has said.
     *
     * @throws UnknownOptionException if an option is none of these; its message suggests the nearest
     * @throws UsageException if a value is missing, a word is left over, or an option that takes one value is given twice
     */
    Arguments parse(List<String> said) throws UnknownOptionException {
        CommandLine line;
        try {
            var parser = DefaultParser.builder().setAllowPartialMatching(false).setStripLeadingAndTrailingQuotes(false).get();
            line = parser.parse(options, said.toArray(new String[0]));
        } catch (UnrecognizedOptionException e) {
            throw unknown(e.getOption());
        } catch (MissingArgumentException e) {
            throw new UsageException("--" + e.getOption().getLongOpt() + " needs a value: " + form(e.getOption()), e);
        } catch (ParseException e) {
            throw new UsageException(e.getMessage() + "; superstep " + command + " --help lists the options", e);
        }
        if (line.getArgList().size() > mostWords) {
            throw new UsageException("\"" + line.getArgList().get(mostWords) + "\" is left over: every word after \"" + command
                + "\" is an option or its value; superstep " + command + " --help lists them");
        }
        var given = line.getOptions();
        for (Option option : given) {
            for (String value : option.getValuesList()) {
                // Commons CLI takes whatever is no option for a value, mistyped options too. One that is meant is said as --option=value.
                if (looksLikeOption(value) && !said.contains("--" + option.getLongOpt() + "=" + value)) {
                    throw unknown(value);
                }
            }
        }
        for (int i = 0; i < given.length; i++) {
            for (int j = 0; j < i; j++) {
                if (given[i].hasArg() && !given[i].hasArgs() && given[i].getLongOpt().equals(given[j].getLongOpt())) {
                    throw new UsageException("--" + given[i].getLongOpt() + " is given twice; it takes one value");
                }
            }
        }
        return new Arguments(line);
    }

    /** As {@link #parse}, for a command that has no more to say of an option that it does not know. */
    Arguments arguments(List<String> words) {
        try {
            return parse(words);
        } catch (UnknownOptionException e) {
            throw e.asUsageFault();
        }
    }

    /** How many values may follow this option; an option that is none of these may have one. */
    int mostValues(String word) {
        String name = word.substring(word.startsWith("--") ? 2 : 1);
        if (name.indexOf('=') >= 0) {
            return 0;
        }
        Option option = has(name) ? options.getOption(name) : null;
        return option == null ? 1 : option.hasArgs() ? Integer.MAX_VALUE : option.hasArg() ? 1 : 0;
    }

    /** Whether a word is a dash or two and then a letter: {@code -5} is a number, {@code -} standard output. */
    static boolean looksLikeOption(String word) {
        int dashes = word.startsWith("--") ? 2 : 1;
        return word.startsWith("-") && word.length() > dashes && Character.isLetter(word.charAt(dashes));
    }

    private UnknownOptionException unknown(String word) {
        int end = word.indexOf('=');
        int start = word.startsWith("--") ? 2 : 1;
        String name = word.substring(start, end < 0 ? word.length() : end);
        if (end >= 0 && has(name)) {
            return new UnknownOptionException(name, "--" + name + " takes no value, was " + word);
        }
        var names = new ArrayList<String>();
        for (Option option : options.getOptions()) {
            names.add(option.getLongOpt());
        }
        names.removeAll(hidden);
        var meant = EditDistance.nearest(name, names);
        return new UnknownOptionException(name, command + " has no option " + (end < 0 ? word : word.substring(0, end))
            + (meant.isPresent() ? "; did you mean --" + meant.get() + "?" : "") + " (superstep " + command + " --help lists them)");
    }

    /** Appends each section's title and options, in two columns. */
    void describe(StringBuilder text) {
        int width = 0;
        for (Section section : sections) {
            for (Option option : section.options) {
                width = Math.max(width, form(option).length());
            }
        }
        for (Section section : sections) {
            text.append('\n').append(section.title).append(":\n");
            for (Option option : section.options) {
                describe(text, form(option), width, option.getDescription());
            }
        }
    }

    /** Appends one entry of a list: what it is called, padded to the width, and what it means, wrapped. */
    static void describe(StringBuilder text, String name, int width, String meaning) {
        text.append(" ".repeat(INDENT)).append(name).append(" ".repeat(width - name.length() + GAP));
        int left = INDENT + width + GAP;
        int column = left;
        for (int from = 0; from < meaning.length();) {
            int end = meaning.indexOf(' ', from);
            end = end < 0 ? meaning.length() : end;
            if (column > left && column + 1 + end - from > COLUMNS) {
                text.append('\n').append(" ".repeat(left));
                column = left;
            } else if (column > left) {
                text.append(' ');
                column++;
            }
            text.append(meaning, from, end);
            column += end - from;
            from = end + 1;
        }
        text.append('\n');
    }

    private static String form(Option option) {
        return "--" + option.getLongOpt() + (option.hasArg() ? " " + option.getArgName() : "");
    }
}
