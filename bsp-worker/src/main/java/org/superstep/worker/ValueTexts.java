package org.superstep.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.superstep.graph.internal.MessageArray;
import org.superstep.graph.internal.MessageForm;
import org.superstep.graph.internal.Thrown;
import org.superstep.graph.io.RowValues;

/** A vertex's values as its program's author reads them, in faults and traces: each a short text in one line. */
final class ValueTexts implements RowValues {
    /** Of a longer vector, or of more messages, so many are shown. */
    static final int MOST_ITEMS = 12;
    private static final int MOST_CHARACTERS = 200;

    private final List<String> texts = new ArrayList<>();

    /** What has been put, value by value. */
    List<String> texts() {
        return texts;
    }

    /** A message of this kind. */
    static String message(MessageForm.Kind kind, MessageArray messages, int at) {
        int first = at * messages.width;
        return switch (kind) {
            case DOUBLE -> Double.toString(DoubleBits.value(messages.words[first]));
            case LONG -> Long.toString(messages.words[first]);
            case OBJECT -> object(messages.objects[at]);
            case DOUBLE_VECTOR -> vector(messages.width, i -> Double.toString(DoubleBits.value(messages.words[first + i])));
            case LONG_VECTOR -> vector(messages.width, i -> Long.toString(messages.words[first + i]));
        };
    }

    /** Any object: arrays of numbers as vectors, text in quotes, and what else there is as it says itself. */
    static String object(Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof double[] || value instanceof long[] || value instanceof byte[]) {
            var values = new ValueTexts();
            values.putObject(value);
            return values.texts.get(0);
        }
        String text = Thrown.text(value).replaceAll("\\p{Cntrl}", " ");
        text = text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS - 3) + "...";
        return value instanceof String ? '"' + text + '"' : text;
    }

    private static String vector(int length, IntFunction<String> element) {
        var shown = new ArrayList<String>();
        for (int i = 0; i < Math.min(length, MOST_ITEMS); i++) {
            shown.add(element.apply(i));
        }
        return "[" + listed(shown, length) + "]";
    }

    /** The first of so many items, and how many more there are. */
    static String listed(List<String> shown, long count) {
        return String.join(", ", shown) + (count > shown.size() ? " and " + grouped(count - shown.size()) + " more" : "");
    }

    /** {@code 1,234}. */
    static String grouped(long number) {
        return Long.toString(number).replaceAll("(?<=\\d)(?=(\\d{3})+$)", ",");
    }

    @Override public void put(double value) {
        texts.add(Double.toString(value));
    }

    @Override public void put(float value) {
        texts.add(Float.toString(value));
    }

    @Override public void put(long value) {
        texts.add(Long.toString(value));
    }

    @Override public void put(boolean value) {
        texts.add(Boolean.toString(value));
    }

    @Override public void put(double[] elements, int from, int to) {
        texts.add(vector(to - from, i -> Double.toString(elements[from + i])));
    }

    @Override public void put(long[] elements, int from, int to) {
        texts.add(vector(to - from, i -> Long.toString(elements[from + i])));
    }

    @Override public void put(String text) {
        texts.add(object(text));
    }

    @Override public void putObject(Object value) {
        if (value instanceof double[] || value instanceof long[] || value instanceof byte[]) {
            RowValues.super.putObject(value);
        } else {
            texts.add(object(value));
        }
    }
}
