package org.superstep.cluster;

import java.util.Map;
import java.util.function.Consumer;
import org.superstep.JobObserver;
import org.superstep.JobReport;
import org.superstep.net.ToClient;

/**
 * What an observer has heard of a job on a cluster. After a break of the connection the master tells it anew, and after a worker was lost
 * some of it happens once more; this goes on.
 */
final class JobStory {
    private final JobObserver observer;
    private final Consumer<String> traces;
    private final Consumer<String> waiting;
    /** What has come since the story began, perhaps anew, and what the observer has heard of it. */
    private long openedBytes;
    private long comeBytes;
    private long comeEdges;
    private long toldBytes;
    private long toldEdges;
    private boolean isLoaded;
    private boolean isWriting;
    private int superstep = -1;

    JobStory(JobObserver observer, Consumer<String> traces, Consumer<String> waiting) {
        this.observer = observer;
        this.traces = traces;
        this.waiting = waiting;
    }

    /** All that was told comes once more. */
    void beginAnew() {
        openedBytes = 0;
        comeBytes = 0;
        comeEdges = 0;
    }

    /** Tells the observer what it has not heard yet. */
    void tell(ToClient.News message) {
        if (message instanceof ToClient.Waiting told) {
            waiting.accept(told.reason());
        } else if (message instanceof ToClient.Opened opened) {
            if (opened.bytes() < openedBytes) {
                // Another attempt reads it all once more.
                beginAnew();
            }
            openedBytes = opened.bytes();
            observer.opened(opened.description(), opened.bytes());
        } else if (message instanceof ToClient.Read read) {
            read(read);
        } else if (message instanceof ToClient.Loaded loaded && !isLoaded) {
            isLoaded = true;
            observer.loaded(loaded.vertices(), loaded.edges());
        } else if (message instanceof ToClient.SuperstepEnded ended && ended.superstep() > superstep) {
            superstep = ended.superstep();
            observer.superstep(new JobReport.Superstep(ended.superstep(), ended.phase(), ended.delivery(), ended.computed(),
                ended.awake(), ended.messages(), ended.nanos(), ended.aggregates(), Map.of()));
        } else if (message instanceof ToClient.Notice notice) {
            observer.notice(notice.line());
        } else if (message instanceof ToClient.Traced traced) {
            traces.accept(traced.text());
        } else if (message instanceof ToClient.Writing && !isWriting) {
            isWriting = true;
            observer.writing();
        }
    }

    private void read(ToClient.Read more) {
        comeBytes += more.bytes();
        comeEdges += more.edges();
        if (comeBytes > toldBytes || comeEdges > toldEdges) {
            observer.read(comeBytes - toldBytes, comeEdges - toldEdges);
            toldBytes = comeBytes;
            toldEdges = comeEdges;
        }
    }
}
