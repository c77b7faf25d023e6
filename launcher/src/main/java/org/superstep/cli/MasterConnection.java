package org.superstep.cli;

import java.time.Duration;
import org.superstep.cluster.Client;
import org.superstep.job.Version;
import org.superstep.net.HostPort;
import org.superstep.net.Network;

/** A user's command's connection with the master that it names. */
final class MasterConnection implements AutoCloseable {
    private final Network network;
    private final Client client;
    private final String option;
    private final String words;

    /** Connects, which is tried for so long; why it takes so long is told in a line now and then. */
    MasterConnection(Arguments arguments, Duration patience, Console console) {
        HostPort master = Credentials.master(arguments);
        var credentials = Credentials.of(arguments);
        option = " --master " + master + credentials.words();
        words = (arguments.has("master") ? " --master " + master : "") + credentials.words();
        network = credentials.network();
        boolean isConnected = false;
        try {
            client = Client.connect(network, Version.text(), master, patience, line -> console.err().println("superstep: " + line));
            isConnected = true;
        } finally {
            if (!isConnected) {
                network.close();
            }
        }
    }

    /** What is said to the master. */
    Client client() {
        return client;
    }

    /** The options that name the master, also where the user has not, each with a blank before it. */
    String option() {
        return option;
    }

    /** Another command to the same master about this job, as the user has to type it. */
    String command(String name, long job) {
        return "superstep " + name + words + " " + job;
    }

    @Override public void close() {
        client.close();
        network.close();
    }
}
