package org.superstep.net.socket;

/** What a listener has thrown: a bug, which Netty would write to a log that is silent. It goes where a thread's own would. */
final class Mistake {
    private Mistake() {
    }

    /** Tells it, whole. */
    static void tell(Throwable thrown) {
        Thread thread = Thread.currentThread();
        thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
    }

    /** Makes a call from which nothing is thrown. */
    static void guard(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException | Error e) {
            tell(e);
        }
    }
}
