package org.superstep.worker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import org.superstep.net.ToMaster;
import org.superstep.net.ToPeer;
import org.superstep.net.ToWorker;
import org.superstep.net.Transport;

/**
 * A transport that keeps just what {@link Transport} promises: messages between two ends stay in order. Whose message comes next is
 * up to a seed, so that what one worker says can overtake what another has said long before.
 */
final class PairwiseTransport implements Transport {
    private final List<ToMaster> master = new ArrayList<>();
    /** By receiver, then sender; the master's commands come last. */
    private final List<List<Queue<Object>>> mail = new ArrayList<>();
    private final SplittableRandom order;

    PairwiseTransport(int workers, long seed) {
        order = new SplittableRandom(seed);
        for (int to = 0; to < workers; to++) {
            mail.add(new ArrayList<>());
            for (int from = 0; from <= workers; from++) {
                mail.get(to).add(new ArrayDeque<>());
            }
        }
    }

    @Override public synchronized void toMaster(ToMaster message) {
        master.add(message);
    }

    /** Takes a command to a worker. */
    synchronized void toWorker(int worker, ToWorker message) {
        mail.get(worker).get(mail.size()).add(message);
    }

    @Override public synchronized void toPeer(int worker, ToPeer message) {
        mail.get(worker).get(message.from()).add(message);
    }

    /** The next message to this worker, from any sender; null: there is none. */
    synchronized Object pollForWorker(int worker) {
        List<Queue<Object>> full = mail.get(worker).stream().filter(queue -> !queue.isEmpty()).toList();
        return full.isEmpty() ? null : full.get(order.nextInt(full.size())).poll();
    }

    /** All messages to the master, in the order in which they came. */
    synchronized List<ToMaster> takeForMaster() {
        var messages = new ArrayList<>(master);
        master.clear();
        return messages;
    }
}
