package org.superstep.cluster;

import java.time.Duration;

/** What stands for a process of its own among many in one JVM: killed, it is cut off, and its worker does nothing any more. */
final class CutProcess implements OwnProcess {
    private final TestNetwork network;

    /** The process that has this network. */
    CutProcess(TestNetwork network) {
        this.network = network;
    }

    @Override public void kill() {
        network.cut();
        throw new IllegalStateException("killed");
    }

    @Override public void pause(Duration time) throws InterruptedException {
        Thread.sleep(time.toMillis());
    }
}
