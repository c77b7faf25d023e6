package org.superstep.master;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.superstep.net.Fault;
import org.superstep.net.FromMember;
import org.superstep.net.JobSpec;

/** The worker processes that are connected with a master, members or about to be. {@link Cluster} decides what becomes of them. */
final class Members {
    /** By connection, in the order in which they came. */
    private final Map<Long, Member> members = new LinkedHashMap<>();
    private int last;

    void add(Member member) {
        members.putIfAbsent(member.connection, member);
    }

    void remove(Member member) {
        members.remove(member.connection);
    }

    /** The one with this connection; null: it is not a member's, or gone. */
    Member find(long connection) {
        return members.get(connection);
    }

    /** The member that others reach where this one says that they reach it. */
    Optional<Member> joinedFrom(FromMember.Join join) {
        return joined().stream().filter(member -> member.self.port() == join.port() && member.self.host().equals(join.host()))
            .findFirst();
    }

    /** The member with this number, if it is there. */
    Optional<Member> numbered(int number) {
        return joined().stream().filter(member -> member.number == number).findFirst();
    }

    /** The number of the next member. */
    int nextNumber() {
        return ++last;
    }

    List<Member> all() {
        return List.copyOf(members.values());
    }

    List<Member> joined() {
        return members.values().stream().filter(Member::hasJoined).toList();
    }

    List<Member> free() {
        return members.values().stream().filter(Member::isFree).toList();
    }

    /** Of those that are free, the ones to which this job's code may travel. */
    List<Member> fitFor(JobSpec spec) {
        return members.values().stream().filter(member -> member.isFree() && (member.isSafe || spec.jars().isEmpty())).toList();
    }

    /** Why code cannot travel to as many of the candidates as the job needs, although there are as many. */
    static Optional<Fault> unsafe(JobSpec spec, Collection<Member> candidates) {
        int least = Math.max(1, spec.workers());
        long safe = candidates.stream().filter(member -> member.isSafe).count();
        if (spec.jars().isEmpty() || safe >= least || candidates.size() < least) {
            return Optional.empty();
        }
        Member example = candidates.stream().filter(member -> !member.isSafe).findFirst().orElseThrow();
        return Optional.of(new Fault(Fault.Kind.INPUT, "a jar (" + spec.jars().get(0).name() + ") travels to other machines only over TLS, "
            + "and " + example.name() + " is connected without; start master and workers with --tls-cert, --tls-key and --tls-ca"));
    }
}
