package org.superstep.testkit;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.superstep.graph.Program;

/** What fields hold, in words: of a program, of objects that it has made, and static ones. Handles and what the JDK hides have none. */
final class FieldState {
    private static final int LONGEST = 160;

    /** What each field holds; keys are "Class.field". */
    private final Map<String, String> words = new LinkedHashMap<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    /** What the fields of a program, and the static ones of these classes, hold now. */
    static Map<String, String> of(Program program, Collection<Class<?>> classes) {
        var state = new FieldState();
        state.addFields(program);
        for (Class<?> type : classes) {
            for (Field field : fields(type, true)) {
                state.add(field, null);
            }
        }
        return state.words;
    }

    /** A value in words that tell it from any other of its type. */
    static String words(Object value) {
        return new FieldState().describe(value);
    }

    static String abridged(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }

    private void addFields(Object object) {
        seen.add(object);
        for (Class<?> type = object.getClass(); isOwn(type); type = type.getSuperclass()) {
            for (Field field : fields(type, false)) {
                add(field, object);
            }
        }
    }

    private void add(Field field, Object object) {
        Object value = value(field, object);
        Class<?> type = value == null ? null : value.getClass();
        if (isOwn(type) && !type.isArray() && !type.isHidden() && !type.isEnum()) {
            if (!seen.contains(value)) {
                addFields(value);
            }
        } else {
            String name = field.getDeclaringClass().getSimpleName() + "." + field.getName();
            words.merge(name, describe(value), (one, other) -> one + ", " + other);
        }
    }

    private static List<Field> fields(Class<?> type, boolean isStatic) {
        var fields = new ArrayList<Field>();
        for (Field field : type.getDeclaredFields()) {
            int modifiers = field.getModifiers();
            if (Modifier.isStatic(modifiers) == isStatic && !field.isSynthetic() && !Modifier.isTransient(modifiers)) {
                fields.add(field);
            }
        }
        return fields;
    }

    private static Object value(Field field, Object object) {
        try {
            field.setAccessible(true);
            return field.get(object);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            // A class that does not let us look, or that cannot be initialised, has nothing to compare.
            return null;
        }
    }

    private static boolean isOwn(Class<?> type) {
        return type != null && type.getClassLoader() != null && type.getClassLoader() != ClassLoader.getPlatformClassLoader()
            && !type.getName().startsWith("org.superstep.graph.");
    }

    private String describe(Object value) {
        if (value == null) {
            return "null";
        }
        Class<?> type = value.getClass();
        if (type.isArray()) {
            var elements = new ArrayList<Object>();
            for (int i = 0; i < Array.getLength(value); i++) {
                elements.add(Array.get(value, i));
            }
            return describeAll(elements);
        } else if (value instanceof Collection<?> elements) {
            return describeAll(elements);
        } else if (value instanceof Map<?, ?> map) {
            return describeAll(map.entrySet());
        } else if (value instanceof Map.Entry<?, ?> entry && !isOwn(type)) {
            return describe(entry.getKey()) + "=" + describe(entry.getValue());
        } else if (value instanceof Enum || !isOwn(type)) {
            return saysNothing(type) ? type.getSimpleName() : value.toString();
        } else if (!seen.add(value)) {
            return type.getSimpleName();
        }
        var text = new StringBuilder(type.getSimpleName()).append('[');
        for (Class<?> part = type; isOwn(part); part = part.getSuperclass()) {
            for (Field field : fields(part, false)) {
                text.append(text.charAt(text.length() - 1) == '[' ? "" : ", ").append(field.getName()).append('=')
                    .append(describe(value(field, value)));
            }
        }
        seen.remove(value);
        return text.append(']').toString();
    }

    private String describeAll(Collection<?> elements) {
        var texts = new ArrayList<String>();
        for (Object element : elements) {
            texts.add(describe(element));
        }
        return texts.toString();
    }

    /** Whether a text of objects of this type is no more than their identity, as that of handles is. */
    private static boolean saysNothing(Class<?> type) {
        try {
            return type.getMethod("toString").getDeclaringClass() == Object.class;
        } catch (NoSuchMethodException e) {
            return true;
        }
    }
}
