package org.superstep.net.wire;

import java.lang.reflect.Array;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.superstep.checkpoint.Segment;
import org.superstep.net.Placement;
import org.superstep.net.ToMaster;
import org.superstep.net.ToPeer;

/**
 * Messages with anything in them that their records allow, made by reflection: a record that somebody adds to one of the sealed interfaces
 * is tried without anybody's thinking of it.
 */
final class RandomMessages {
    private static final int MOST = 6;

    private final SplittableRandom random;

    RandomMessages(long seed) {
        random = new SplittableRandom(seed);
    }

    /** The records of a sealed interface. */
    static Stream<Class<?>> casesOf(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses());
    }

    /** One of the type's values. */
    <T> T any(Class<T> type) {
        return type.cast(any(type, type.getSimpleName()));
    }

    private Object any(Type type, String name) {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == Map.class ? aggregates() : list(generic.getActualTypeArguments()[0], name);
        }
        var plain = (Class<?>) type;
        if (plain == int.class) {
            return name.equals("port") ? random.nextInt(1 << 16) : (int) (number() >>> 32);
        } else if (plain == long.class) {
            return number();
        } else if (plain == boolean.class) {
            return random.nextBoolean();
        } else if (plain == byte.class) {
            return (byte) random.nextInt();
        } else if (plain == double.class) {
            return Double.longBitsToDouble(id());
        } else if (plain == String.class) {
            return name.equals("sha256") ? sha256() : text();
        } else if (plain == OptionalInt.class) {
            return random.nextBoolean() ? OptionalInt.of((int) (number() >>> 32)) : OptionalInt.empty();
        } else if (plain == Throwable.class) {
            return null;
        } else if (plain.isEnum()) {
            return plain.getEnumConstants()[random.nextInt(plain.getEnumConstants().length)];
        } else if (plain.isArray()) {
            return array(plain.getComponentType(), name);
        } else if (plain.isSealed()) {
            return any(plain.getPermittedSubclasses()[random.nextInt(plain.getPermittedSubclasses().length)], name);
        } else if (name.equals("running") && random.nextBoolean()) {
            return null;
        }
        return record(plain);
    }

    /** Most records take anything; some have arrays that must agree. */
    private Object record(Class<?> type) {
        if (type == Placement.class) {
            long[] firsts = ids(random.nextInt(MOST));
            Arrays.sort(firsts);
            return new Placement(firsts, random.ints(firsts.length + 1, 0, MOST).toArray());
        } else if (type == ToMaster.Traced.class) {
            long[] vertices = ids(random.nextInt(MOST));
            return new ToMaster.Traced(random.nextInt(MOST), vertices, IntStream.range(0, vertices.length).mapToObj(i -> text()).toList());
        } else if (type == ToPeer.Arcs.class) {
            return arcs();
        } else if (type == ToPeer.Hears.class) {
            long[] ids = ids(random.nextInt(MOST));
            Arrays.sort(ids);
            int counts = random.nextBoolean() ? ids.length : 0;
            return new ToPeer.Hears(random.nextInt(MOST), ids, random.ints(counts).toArray(), random.ints(counts).toArray());
        } else if (type == ToPeer.Outbox.class) {
            return new ToPeer.Outbox(random.nextInt(MOST), random.nextInt(MOST), random.nextInt(MOST), (byte[]) array(byte.class, "frame"));
        } else if (type == ToPeer.ChangedArcs.class) {
            int[] counts = random.ints(random.nextInt(MOST), 0, MOST).toArray();
            return new ToPeer.ChangedArcs(random.nextInt(MOST), ids(counts.length), ids(counts.length), counts,
                doubles(Arrays.stream(counts).sum()));
        } else if (type == Segment.class) {
            return new Segment("f" + random.nextInt(MOST), number() / 2, number() / 2, random.nextInt());
        }
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = Arrays.stream(components).map(component -> any(component.getGenericType(), component.getName())).toArray();
        try {
            var constructor = type.getDeclaredConstructor(Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new));
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("cannot make a " + type, e);
        }
    }

    private ToPeer.Arcs arcs() {
        int arcs = random.nextInt(MOST);
        // Neighbours of any id, or ids from anywhere: narrow and wide, at either end by itself.
        long hearer = id();
        long speaker = id();
        long[] hearers = random.nextBoolean() ? ids(arcs) : random.longs(arcs, 0, 1L << 32).map(i -> hearer + i).toArray();
        long[] speakers = random.nextBoolean() ? ids(arcs) : random.longs(arcs, 0, 1L << 32).map(i -> speaker + i).toArray();
        var columns = new long[arcs == 0 ? 0 : random.nextInt(3)][];
        Arrays.setAll(columns, i -> ids(arcs));
        return new ToPeer.Arcs(random.nextInt(MOST), random.nextInt(MOST), random.nextBoolean(), hearers, speakers,
            random.nextBoolean() ? null : doubles(arcs), columns);
    }

    private Object array(Class<?> element, String name) {
        var array = Array.newInstance(element, random.nextInt(MOST));
        for (int i = 0; i < Array.getLength(array); i++) {
            boolean isAbsent = element.isArray() && random.nextBoolean();
            Array.set(array, i, isAbsent ? null : element == long.class ? id() : any(element, name));
        }
        return array;
    }

    private List<Object> list(Type element, String name) {
        var list = new ArrayList<>();
        for (int i = random.nextInt(MOST); i > 0; i--) {
            list.add(any(element, name));
        }
        return List.copyOf(list);
    }

    private Map<String, Object> aggregates() {
        var aggregates = new LinkedHashMap<String, Object>();
        for (int i = random.nextInt(MOST); i > 0; i--) {
            aggregates.put(text(), switch (random.nextInt(3)) {
                case 0 -> random.nextInt(3) == 0 ? Double.NaN : random.nextInt(3) == 0 ? -0.0 : random.nextDouble();
                case 1 -> id();
                default -> random.nextBoolean();
            });
        }
        return aggregates;
    }

    /** A number of things, which is at least 0; also from 0 when only its upper half is looked at. */
    private long number() {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> Long.MAX_VALUE;
            default -> random.nextLong() >>> 1 >>> random.nextInt(63);
        };
    }

    /** Any bits at all. */
    private long id() {
        return switch (random.nextInt(6)) {
            case 0 -> Long.MIN_VALUE;
            case 1 -> Long.MAX_VALUE;
            case 2 -> -1;
            case 3 -> random.nextInt(100);
            default -> random.nextLong();
        };
    }

    private long[] ids(int count) {
        return IntStream.range(0, count).mapToLong(i -> id()).toArray();
    }

    private double[] doubles(int count) {
        return Arrays.stream(ids(count)).mapToDouble(Double::longBitsToDouble).toArray();
    }

    private String sha256() {
        return random.ints(64, 0, 16).mapToObj(Integer::toHexString).collect(Collectors.joining());
    }

    private String text() {
        return random.ints(random.nextInt(20), 0, 4).mapToObj(i -> List.of("a", "\n", "\u00dc", "\ud83d\ude00").get(i))
            .collect(Collectors.joining());
    }

    /** All that a message holds, down to the bits of its doubles, so that two can be compared. */
    static String told(Object value) {
        if (value == null || value instanceof Throwable) {
            return "null";
        } else if (value instanceof Double real) {
            return "double " + Long.toHexString(Double.doubleToRawLongBits(real));
        } else if (value.getClass().isArray()) {
            return IntStream.range(0, Array.getLength(value)).mapToObj(i -> told(Array.get(value, i)))
                .collect(Collectors.joining(", ", value.getClass().getSimpleName() + " {", "}"));
        } else if (value instanceof Collection<?> list) {
            return list.stream().map(RandomMessages::told).collect(Collectors.joining(", ", "[", "]"));
        } else if (value instanceof Map<?, ?> map) {
            return told(List.copyOf(map.keySet())) + " -> " + told(List.copyOf(map.values()));
        } else if (value.getClass().isRecord()) {
            return Arrays.stream(value.getClass().getRecordComponents())
                .map(component -> component.getName() + "=" + told(of(value, component)))
                .collect(Collectors.joining(", ", value.getClass().getSimpleName() + "(", ")"));
        }
        return value.getClass().getSimpleName() + " " + value;
    }

    private static Object of(Object value, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError("cannot read " + component, e);
        }
    }
}
