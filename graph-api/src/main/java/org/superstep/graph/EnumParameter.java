package org.superstep.graph;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** A parameter that is one of an enum's constants; as text in lower case and with dashes, {@code most-exact} for {@code MOST_EXACT}. */
public final class EnumParameter<E extends Enum<E>> extends Parameter {
    private final Class<E> type;
    private E value;

    EnumParameter(String name, String help, Class<E> type) {
        super(name, help, false);
        this.type = type;
    }

    EnumParameter(String name, String help, E defaultValue) {
        super(name, help, true);
        type = defaultValue.getDeclaringClass();
        value = defaultValue;
    }

    /** The value. */
    public E get() {
        requirePresent();
        return value;
    }

    /** Sets the value, before the job starts. */
    public void set(E value) {
        Objects.requireNonNull(value, name());
        replace();
        this.value = value;
    }

    /** All values as text, in the enum's order. */
    public List<String> words() {
        return Stream.of(type.getEnumConstants()).map(EnumParameter::word).toList();
    }

    @Override public void parse(String text) {
        for (E constant : type.getEnumConstants()) {
            if (word(constant).equals(text.trim())) {
                set(constant);
                return;
            }
        }
        throw refusedText(text);
    }

    @Override public String typeName() {
        return "WORD";
    }

    @Override public String allowed() {
        return "one of " + String.join(", ", words());
    }

    @Override String valueText() {
        return word(value);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
