package org.superstep.graph.internal;

/**
 * What has been added to an aggregator whose value is an object.
 *
 * @param <T> the value's type, immutable
 */
abstract class ObjectPartial<T> extends Partial {
    private final Form<T> form;

    ObjectPartial(Form<T> form) {
        this.form = form;
    }

    @Override abstract T object();

    /** Takes in another value. */
    abstract void mergeObject(T value);

    @Override final long[] state() {
        return form.words(object());
    }

    @Override final void merge(long[] state) {
        mergeObject(form.value(state));
    }

    /** Without the detour over the form, which for a codec is a long one. */
    @SuppressWarnings("unchecked")
    @Override final void merge(Partial other) {
        mergeObject((T) other.object());
    }

    @SuppressWarnings("unchecked")
    @Override final void setObject(Object value) {
        clear();
        mergeObject((T) value);
    }

    @Override final long value() {
        return 0;
    }
}
