package org.superstep.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where jobs run: which words begin one and go on with it, and the processes to which something can happen. */
interface Site {
    /** The words before those of the workload. */
    List<String> begin(Course course);

    /** The words that go on with a job that was saved in this folder. */
    List<String> resume(Path folder, Course course);

    /** What the environment of the job's processes is. */
    Map<String, String> environment(Path scratch, Course course);

    /** A worker's process, from 0; empty where there is none just now. */
    Optional<ProcessHandle> worker(int worker, Story story);

    /** Lets something happen that only this site knows how to do; tells whether it could. */
    boolean happens(OutsideFault fault, Story story) throws IOException, InterruptedException;

    /** Puts processes in the place of those that have ended, if that is the site's business. */
    void tend() throws IOException;

    /** The processes that the job is made of, but for the command. */
    List<ProcessHandle> processes(Story story);

    /** What is wrong after a job: processes and files that should be gone, a line each. */
    List<String> leftovers(Path scratch, Story story) throws IOException, InterruptedException;
}
