package org.superstep.net.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails the tests of a class that have lost a buffer. Netty's own watch writes to a log, which is silent. */
final class Leaks implements BeforeAllCallback, AfterAllCallback {
    private static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();
    private static final int TRIES = 200;

    static {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new ResourceLeakDetectorFactory() {
            @SuppressWarnings("deprecation")
            @Override public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> type, int interval, long bound) {
                return new ResourceLeakDetector<>(type, interval) {
                    @Override protected boolean needReport() {
                        return true;
                    }

                    @Override protected void reportTracedLeak(String resource, String records) {
                        FOUND.add(resource + records);
                    }

                    @Override protected void reportUntracedLeak(String resource) {
                        FOUND.add(resource);
                    }
                };
            }
        });
    }

    @Override public void beforeAll(ExtensionContext context) {
        FOUND.clear();
    }

    /** Loses a buffer and waits until that is found: what was lost before has been found by then. */
    @Override public void afterAll(ExtensionContext context) {
        // Its name is the class's, since Netty tells of one loss only once.
        String planted = "lost on purpose after " + context.getDisplayName();
        ByteBufAllocator.DEFAULT.directBuffer(1).touch(planted);
        for (int i = 0; i < TRIES && FOUND.stream().noneMatch(found -> found.contains(planted)); i++) {
            System.gc();
            ByteBufAllocator.DEFAULT.directBuffer(1).release();
        }
        assertThat(FOUND).as("buffers that were lost, and one that was lost on purpose").singleElement().asString().contains(planted);
    }
}
