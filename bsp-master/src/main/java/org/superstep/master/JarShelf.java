package org.superstep.master;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which jars are there, and of whom the others have been asked: of one client at a time, so that no jar comes twice. */
final class JarShelf {
    private final Set<String> stored = new HashSet<>();
    private final Map<String, Long> asked = new HashMap<>();

    boolean has(String sha256) {
        return stored.contains(sha256);
    }

    void store(String sha256) {
        stored.add(sha256);
        asked.remove(sha256);
    }

    void forget(String sha256) {
        stored.remove(sha256);
    }

    /** Whether the client is to be asked for this jar now: nobody is, or one whom it stands for. */
    boolean ask(String sha256, long client) {
        return asked.putIfAbsent(sha256, client) == null;
    }

    /** The client has spoilt it, if it was asked. */
    void give(String sha256, long client) {
        asked.remove(sha256, client);
    }

    /** The client is gone, or another speaks for it: what it was asked for is nobody's any more. */
    void giveAll(long client) {
        asked.values().removeIf(other -> other == client);
    }

    List<String> all() {
        return new ArrayList<>(stored);
    }
}
