package org.superstep.cluster;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Where a test's program stops and waits, so that something can be done to it just there. */
final class Turnstile {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    /** Stops here until {@link #open}, or until the thread is interrupted. */
    void pass() {
        reached.countDown();
        try {
            open.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted at the turnstile", e);
        }
    }

    /** Stops here until {@link #open}, whatever anybody does. */
    void passInAnyCase() {
        reached.countDown();
        while (open.getCount() > 0) {
            Thread.onSpinWait();
        }
    }

    /** Waits until somebody has come. */
    void awaitReached() throws InterruptedException {
        if (!reached.await(30, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody came within 30 s");
        }
    }

    /** Lets everybody go on. */
    void open() {
        open.countDown();
    }
}
