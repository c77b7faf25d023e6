package org.superstep.net.socket;

import java.util.ArrayDeque;
import java.util.Deque;

/** What a test has opened, closed in reverse order. */
final class Opened {
    private final Deque<AutoCloseable> resources = new ArrayDeque<>();

    <T extends AutoCloseable> T keep(T resource) {
        resources.push(resource);
        return resource;
    }

    void closeAll() throws Exception {
        while (!resources.isEmpty()) {
            resources.pop().close();
        }
    }
}
