package org.superstep.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The cluster that stands for one job after the other: made when it is first wanted, and anew after so many jobs. One thread uses it. */
final class Clusters implements AutoCloseable {
    private static final int MOST_JOBS = 20;

    private final Setting setting;
    private final Tally tally;
    private final String name;
    private ClusterSite cluster;
    private int made;
    private int jobs;

    /** None yet; this is whose they are. */
    Clusters(Setting setting, Tally tally, String name) {
        this.setting = setting;
        this.tally = tally;
        this.name = name;
    }

    /** Where a job is to run. */
    Site site(Course.Way way) throws IOException, InterruptedException {
        if (way != Course.Way.CLUSTER) {
            return new CommandSite(setting);
        }
        if (jobs == MOST_JOBS) {
            end();
        }
        if (cluster == null) {
            made++;
            if (Files.exists(folder())) {
                Trial.delete(folder());
            }
            cluster = new ClusterSite(setting, folder());
            jobs = 0;
        }
        jobs++;
        cluster.tend();
        return cluster;
    }

    /** Does away with the cluster, of which nobody knows what a job that went wrong has left there. */
    void drop() {
        if (cluster != null) {
            cluster.close();
            cluster = null;
        }
    }

    private Path folder() {
        return setting.folder().resolve("cluster-" + name + "-" + made);
    }

    private void end() throws IOException, InterruptedException {
        if (cluster != null) {
            List<String> wrong = cluster.end();
            wrong.forEach(tally::wrong);
            drop();
            if (wrong.isEmpty()) {
                Trial.delete(folder());
            }
        }
    }

    @Override public void close() throws IOException {
        try {
            end();
        } catch (InterruptedException e) {
            drop();
            Thread.currentThread().interrupt();
        }
    }
}
