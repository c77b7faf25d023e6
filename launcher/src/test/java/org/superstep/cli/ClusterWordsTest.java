package org.superstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with the words of a cluster's commands is told in one line, before anything is connected. */
final class ClusterWordsTest {
    @TempDir Path folder;

    @ParameterizedTest @CsvSource(delimiter = ';', value = {
        "status --mastr x:1; status has no option --mastr; did you mean --master?",
        "status --master nowhere; --master: \"nowhere\" is no HOST:PORT, such as localhost:7077",
        "status 3; \"3\" is left over",
        "master --listen ::1; is no HOST:PORT; an IPv6 address stands in brackets",
        "master --listen localhost:70777; is no HOST:PORT",
        "worker --threads 0; --threads must be an integer from 1 to 1024, was \"0\"",
        "worker --memory lots; --memory must be a number of gigabytes or megabytes such as 4g or 900m, was \"lots\"",
        "worker --memory 4; --memory must be",
        "worker --memory 900000g; this Java's heap may grow to",
        "worker --master 192.0.2.1:7077; must reach each other: name this machine's address by --listen HOST:0",
        "attach; attach to which job? superstep jobs lists them by number",
        "cancel first; a job is named by its number, such as 3, was \"first\"",
        "cancel 0; a job is named by its number",
        "cancel 1 2; \"2\" is left over",
        "suspend; suspend which job? superstep jobs lists them by number",
        "drain; drain which worker? superstep status lists them by number",
        "drain box1; a worker is named by its number, such as 3, was \"box1\"; superstep status lists them",
        "drain 9999999999; a worker is named by its number",
        "resume; resume which job? superstep resume FOLDER, the folder where it was saved (--checkpoint-dir)",
        "submit; submit which program?",
        "submit pagernak --input x; did you mean pagerank?",
        "submit pagerank; submit pagerank needs an input: --input PATH...",
        "submit sssp --input x; submit sssp needs --source VERTEX",
        "submit pagerank --input nowhere.tsv; nowhere.tsv: no such file; check the path",
        "submit pagerank --input gopher://box/x; --input gopher://box/x: only files are read and written",
        "submit pagerank --input x --workers-in-process 2; submit pagerank has no option --workers-in-process",
        "submit pagerank --input x --iterations many; --iterations must be",
        "submit bfs --input x --damping 1; bfs has no option --damping, which is one of pagerank (superstep submit bfs --help lists them)",
        "master --tls-cert x --tls-ca y; TLS needs all of --tls-cert FILE, --tls-key FILE and --tls-ca FILE; --tls-key is missing",
        "master --secret-file nowhere; --secret-file nowhere: there is no such file",
        "master --secret-file .; --secret-file .: is a folder; name a file"})
    void whatIsWrongIsTold(String words, String told) {
        var session = Session.of(words.split(" "));
        assertThat(session.faults()).singleElement().asString().startsWith("superstep: ").contains(told);
        assertThat(session.status()).isEqualTo(2);
        assertThat(session.out()).isEmpty();
    }

    @Test void aReportIsNotForWhoDoesNotWait() throws IOException {
        var graph = Files.writeString(folder.resolve("graph"), "1 2\n").toString();
        var session = Session.of("submit", "wcc", "--input", graph, "--detach", "--report", folder.resolve("report").toString());
        assertThat(session.faults()).singleElement().asString().contains("superstep attach JOB --report FILE");
        assertThat(session.status()).isEqualTo(2);
    }

    @Test void aSecretThatOthersCanReadIsNone() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "0123456789abcdef0123456789abcdef\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
        var session = Session.of("master", "--secret-file", secret.toString());
        assertThat(session.faults()).containsExactly("superstep: --secret-file " + secret
            + ": others may read or change it; make it yours alone: chmod 600 " + secret);
        assertThat(session.status()).isEqualTo(2);
    }

    @Test void aSecretThatCouldBeGuessedIsNone() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "sesame\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        var session = Session.of("master", "--secret-file", secret.toString());
        assertThat(session.faults()).singleElement().asString().contains(secret.toString(), "head -c 32 /dev/urandom | base64");
        assertThat(session.status()).isEqualTo(2);
    }
}
