package org.superstep.testkit;

import java.util.List;
import org.superstep.graph.internal.MessageWalk;

/** A walk over a list of messages, in its order. */
final class SaidWalk extends MessageWalk {
    private final List<Said> list;
    private int place;

    SaidWalk(List<Said> list) {
        this.list = list;
        rewind();
    }

    @Override public void rewind() {
        place = -1;
        at = -1;
    }

    @Override public boolean next() {
        if (place + 1 >= list.size()) {
            place = list.size();
            at = -1;
            return false;
        }
        messages = list.get(++place).content();
        at = 0;
        return true;
    }

    @Override public long senderId() {
        return list.get(place).sender();
    }
}
