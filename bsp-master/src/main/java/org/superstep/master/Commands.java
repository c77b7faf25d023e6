package org.superstep.master;

import java.util.ArrayList;
import java.util.List;
import org.superstep.net.ToClient;
import org.superstep.net.ToMember;

/** What the master of a cluster wants done, as it is decided in the course of one event. */
final class Commands {
    private List<ClusterCommand> given = new ArrayList<>();

    void add(ClusterCommand command) {
        given.add(command);
    }

    void tell(Member member, ToMember message) {
        add(new ClusterCommand.TellMember(member.connection, message));
    }

    void tell(long client, ToClient message) {
        add(new ClusterCommand.TellClient(client, message));
    }

    void tellWatchers(SubmittedJob job, ToClient message) {
        job.watchers.forEach(watcher -> tell(watcher, message));
    }

    void log(String line) {
        add(new ClusterCommand.Log(line));
    }

    /** All that have been added since the last call, in order. */
    List<ClusterCommand> take() {
        List<ClusterCommand> taken = given;
        given = new ArrayList<>();
        return taken;
    }
}
