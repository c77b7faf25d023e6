package org.superstep.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.superstep.checkpoint.JobIdentity;
import org.superstep.graph.Parameter;
import org.superstep.graph.Program;
import org.superstep.net.JobSpec;

/**
 * A run, put into the words in which a cluster hears of it: every path from the root, and without what is the command's own business.
 *
 * @param spec what is sent
 * @param jars the files of its jars, in order
 * @param streams what the job is to write to streams; it writes files in their places, of which the command makes the streams
 */
record Submission(JobSpec spec, List<Path> jars, List<Stream> streams) {
    /** What the command does with a job, rather than the job. */
    private static final Set<String> OURS = Set.of("report", "quiet", "verbose", "detach", "workers", "threads", "workers-in-process",
        "elastic", "heartbeat-timeout", "master", "secret-file", "tls-cert", "tls-key", "tls-ca");
    /** What is said again as the request has it. */
    private static final Set<String> SAID_AGAIN = Set.of("output", "records", Precautions.FOLDER, Precautions.TOKEN);

    /**
     * A stream, and the file that is written in its place.
     *
     * @param to what the user has asked for
     * @param file what the job writes
     */
    record Stream(Destination to, Path file) {
    }

    /**
     * What is sent for this run.
     *
     * @param program what the words have made, with its parameters set
     * @param word what the user calls the program
     * @param jars what it is loaded from, if it is the user's own
     * @param arguments the words
     * @param request what they come to
     * @param instead a folder for files in place of streams; empty: the run cannot have any
     * @param workers how many it is for; 0: as many as there are
     * @param threads over all of them; 0: as many as they have
     */
    static Submission of(Program program, String word, Optional<ProgramJars> jars, Arguments arguments, RunRequest request,
            Optional<Path> instead, int workers, int threads) throws IOException {
        NamedFiles.requireHere(NamedFiles.ofParameters(program, arguments));
        if (!request.goesOn()) {
            NamedFiles.requireHere(NamedFiles.ofGraph(arguments));
        }
        var streams = new ArrayList<Stream>();
        var outputs = new ArrayList<String>();
        var words = words(program, jars, arguments, request);
        if (request.output().isPresent()) {
            words.add("--output=" + place("output", request.output().get(), instead, streams, outputs));
        }
        for (RecordDestination records : request.records()) {
            words.add("--records=" + records.output().name() + "=" + place("records", records.destination(), instead, streams, outputs));
        }
        List<Path> files = jars.isPresent() ? jars.get().files() : List.of();
        return new Submission(new JobSpec(word, words, jars(files), outputs, workers, threads,
            Precautions.recovery(request.options(), arguments)), files, streams);
    }

    /** What makes this run again for who goes on with it: its streams are streams then, too. */
    static JobIdentity identity(Program program, Optional<ProgramJars> jars, Arguments arguments, RunRequest request) throws IOException {
        var words = words(program, jars, arguments, request);
        request.output().ifPresent(output -> words.add("--output=" + name(output)));
        for (RecordDestination records : request.records()) {
            words.add("--records=" + records.output().name() + "=" + name(records.destination()));
        }
        return identity(program, words, jars(jars.isPresent() ? jars.get().files() : List.of()), request);
    }

    /** The same of a run that was sent in these words. */
    static JobIdentity identity(Program program, List<String> words, List<JobSpec.Jar> jars, RunRequest request) {
        JobIdentity known = request.options().checkpoints().orElseThrow().job().orElseThrow();
        return new JobIdentity(known.token(), program.name(), Precautions.withoutFaults(words),
            jars.stream().map(JobSpec.Jar::sha256).toList(), request.options().seed());
    }

    /** All words but for what is written. */
    private static List<String> words(Program program, Optional<ProgramJars> jars, Arguments arguments, RunRequest request) {
        var words = new ArrayList<String>();
        // By the name of its class in full no jar but the user's own can have it, whatever is in the others.
        words.add(jars.isPresent() && jars.get().hold(program) ? program.getClass().getName() : program.name());
        for (Arguments.Given given : arguments.given()) {
            if (SAID_AGAIN.contains(given.option()) || OURS.contains(given.option()) && !isParameter(given.option(), program)) {
                continue;
            }
            if (given.values().isEmpty()) {
                words.add("--" + given.option());
            }
            // Each value stands in its option's word, so that none can be taken for an option.
            for (String value : given.values()) {
                words.add("--" + given.option() + "=" + NamedFiles.absolute(program, given.option(), value));
            }
        }
        words.addAll(Precautions.words(request.options()));
        return words;
    }

    private static List<JobSpec.Jar> jars(List<Path> files) throws IOException {
        var jars = new ArrayList<JobSpec.Jar>();
        for (Path file : files) {
            jars.add(JobSpec.Jar.of(file));
        }
        return jars;
    }

    private static boolean isParameter(String option, Program program) {
        for (Parameter parameter : program.declarations().parameters()) {
            if (parameter.name().equals(option)) {
                return true;
            }
        }
        return false;
    }

    /** Where the job writes what is to go to this destination. */
    private static String place(String option, Destination destination, Optional<Path> instead, List<Stream> streams,
            List<String> outputs) {
        if (!destination.isStream()) {
            outputs.add(destination.path().toAbsolutePath().normalize().toString());
            // As the user has named it: what the name ends in may decide the format.
            return name(destination);
        }
        if (instead.isEmpty()) {
            throw new UsageException("--" + option + " " + destination.said() + ": is "
                + (destination.kind() == Destination.Kind.STANDARD_OUTPUT ? "standard output" : "a device or a pipe")
                + ", which a cluster cannot write; name a file, of a folder that all machines see, and print it afterwards");
        }
        Path file = instead.get().resolve(streams.size() + "-" + destination.said().getFileName());
        streams.add(new Stream(destination, file));
        outputs.add(file.toString());
        return file.toString();
    }

    private static String name(Destination destination) {
        return destination.kind() == Destination.Kind.STANDARD_OUTPUT ? "-"
            : destination.said().toAbsolutePath().normalize() + (destination.kind() == Destination.Kind.FOLDER ? "/" : "");
    }
}
