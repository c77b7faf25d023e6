package org.superstep.net;

/** What a worker process tells the master. A worker process is a member of the cluster; in a job it is one of the job's workers. */
public sealed interface FromMember {
    /**
     * It would like to be a member; answered by {@link ToMember.Welcome} or {@link ToMember.Refused}.
     *
     * @param host where other workers reach it
     * @param port where other workers reach it
     * @param threads compute threads
     * @param memoryBytes heap
     * @param process the process's number, for people
     */
    record Join(String host, int port, int threads, long memoryBytes, long process) implements FromMember {
    }

    /** It lacks a jar of the job that it is to prepare; answered by {@link ToMember.Jar}, piece by piece. */
    record WantsJar(long attempt, String sha256) implements FromMember {
    }

    /** Its part of the attempt has been made, and it is connected with all other workers. */
    record Prepared(long attempt) implements FromMember {
    }

    /**
     * How its reading comes along.
     *
     * @param attempt the attempt
     * @param worker which of its workers it is
     * @param description what was decided about its share of the input, when that has been opened; else empty
     * @param openedBytes how long the share is, told with the description; else 0
     * @param bytes how many more bytes have been read
     * @param edges how many more edges have been read
     */
    record Reading(long attempt, int worker, String description, long openedBytes, long bytes, long edges) implements FromMember {
    }

    /** What its worker of the attempt says. */
    record Says(long attempt, ToMaster message) implements FromMember {
    }

    /** It has let go of the attempt: no thread of it runs, and no file of it is open. */
    record Released(long attempt) implements FromMember {
    }

    /**
     * It cannot hear another worker of the attempt any more, so that the attempt cannot go on. Neither of them need be at fault.
     *
     * @param attempt the attempt
     * @param worker which of its workers is not heard
     * @param reason what has happened, in one line
     */
    record LostPeer(long attempt, int worker, String reason) implements FromMember {
    }

    /** It is going to leave, because it was told to end. */
    record Leaving(String reason) implements FromMember {
    }
}
