package org.superstep.worker;

import java.util.ArrayList;
import java.util.List;
import org.superstep.graph.Column;
import org.superstep.graph.internal.MessageForm;
import org.superstep.graph.internal.MessageWalk;
import org.superstep.graph.internal.SendList;
import org.superstep.graph.internal.Thrown;
import org.superstep.graph.internal.VertexView;

/** What a lane's cursor sees, as text: where it stands, what that vertex holds and what it has heard. */
final class VertexText {
    private VertexText() {
    }

    /** What the vertex holds in each column at this moment. */
    static List<String> values(Lane lane) {
        var encoder = new ValueTexts();
        lane.partition.columns.encode(lane.view.index, encoder);
        return encoder.texts();
    }

    /** The columns with these values: {@code rank = 0.5, visits = 3}. */
    static String state(List<Column> columns, List<String> values) {
        var items = new ArrayList<String>();
        for (int i = 0; i < values.size(); i++) {
            items.add(columns.get(i).name() + " = " + values.get(i));
        }
        return String.join(", ", items);
    }

    /**
     * What the vertex has heard: folded, or one message after the other with its sender. Goes to the end of the walk over messages, which
     * is to be rewound.
     *
     * @param form the form of the messages of the phase that computes
     */
    static String messages(VertexView view, MessageForm form) {
        if (!view.heard) {
            return "none";
        }
        if (view.walk == null) {
            return (form.kind() == MessageForm.Kind.DOUBLE ? Double.toString(view.heardDouble) : Long.toString(view.heardLong))
                + ", combined";
        }
        var shown = new ArrayList<String>();
        long count = 0;
        try {
            for (MessageWalk walk = walkOf(view); walk.next(); count++) {
                if (count < ValueTexts.MOST_ITEMS) {
                    shown.add(ValueTexts.message(form.kind(), walk.messages, walk.at) + " from " + walk.senderId());
                }
            }
        } catch (Throwable t) {
            // Messages arrive while the walk goes on, and the program's along may be what the fault is about.
            shown.add("then one that fails: " + Thrown.line(t));
            return ValueTexts.listed(shown, shown.size());
        }
        return ValueTexts.listed(shown, count);
    }

    /** Messages of this form with their senders. */
    static String listed(SendList messages, MessageForm form) {
        var shown = new ArrayList<String>();
        for (int i = 0; i < Math.min(messages.size, ValueTexts.MOST_ITEMS); i++) {
            shown.add(ValueTexts.message(form.kind(), messages.messages, i) + " from " + messages.senders[i]);
        }
        return ValueTexts.listed(shown, messages.size);
    }

    private static MessageWalk walkOf(VertexView view) {
        view.walk.rewind();
        return view.walk;
    }
}
