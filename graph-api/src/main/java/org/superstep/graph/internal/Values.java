package org.superstep.graph.internal;

import java.util.Arrays;
import java.util.List;
import org.superstep.graph.Aggregator;
import org.superstep.graph.Global;

/**
 * What a program's aggregators, or its globals, come to, by index. Public fields for the cursors, as in {@link VertexView}. Not
 * thread-safe; workers' threads share one that nobody writes while they compute.
 */
public final class Values {
    private final Form<?>[] forms;
    private final boolean anyObjects;
    /** Raw bits of the values that are one long; what stands beyond the last index, or where an object's would, means nothing. */
    public long[] bits;
    /** The values that are objects; null elsewhere. */
    public Object[] objects;

    private Values(List<? extends Form<?>> forms) {
        this.forms = forms.toArray(Form<?>[]::new);
        anyObjects = forms.stream().anyMatch(form -> !form.isOneWord());
        bits = new long[this.forms.length];
        objects = new Object[this.forms.length];
    }

    /** Values of the aggregators, to be filled by {@link Tally#read}. */
    public static Values ofAggregators(Declarations declared) {
        return new Values(declared.aggregators().stream().map(Aggregator::form).toList());
    }

    /** The globals' first values. */
    public static Values ofGlobals(Declarations declared) {
        var values = new Values(declared.globals().stream().map(Global::form).toList());
        for (Global global : declared.globals()) {
            values.bits[global.index()] = global.initialBits();
            values.objects[global.index()] = global.initialObject();
        }
        return values;
    }

    /** All in one new array: the bits, then for each object how many longs it takes and these. */
    public long[] packed() {
        if (!anyObjects) {
            return bits.clone();
        }
        long[] packed = Arrays.copyOf(bits, forms.length);
        for (int i = 0; i < forms.length; i++) {
            if (!forms[i].isOneWord()) {
                long[] words = words(forms[i], objects[i]);
                int end = packed.length;
                packed = Arrays.copyOf(packed, end + 1 + words.length);
                packed[end] = words.length;
                System.arraycopy(words, 0, packed, end + 1, words.length);
            }
        }
        return packed;
    }

    @SuppressWarnings("unchecked")
    private static <T> long[] words(Form<T> form, Object value) {
        return form.words((T) value);
    }

    /** Takes over what {@link #packed} has given, and keeps the array. */
    public void unpack(long[] packed) {
        bits = packed;
        if (anyObjects) {
            objects = new Object[forms.length];
            int at = forms.length;
            for (int i = 0; i < forms.length; i++) {
                if (!forms[i].isOneWord()) {
                    int end = at + 1 + (int) packed[at];
                    objects[i] = forms[i].value(Arrays.copyOfRange(packed, at + 1, end));
                    at = end;
                }
            }
        }
    }

    /** All values as objects, which nothing changes any more. */
    public List<Object> boxed() {
        if (forms.length == 0) {
            return List.of();
        }
        var boxed = new Object[forms.length];
        for (int i = 0; i < forms.length; i++) {
            boxed[i] = forms[i].isOneWord() ? forms[i].value(new long[] {bits[i]}) : objects[i];
        }
        return List.of(boxed);
    }
}
