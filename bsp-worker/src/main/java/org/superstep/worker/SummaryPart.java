package org.superstep.worker;

import it.unimi.dsi.fastutil.ints.IntArrays;
import it.unimi.dsi.fastutil.ints.IntComparator;
import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.superstep.graph.BooleanColumn;
import org.superstep.graph.Column;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.DoubleVectorColumn;
import org.superstep.graph.FloatColumn;
import org.superstep.graph.IntColumn;
import org.superstep.graph.LongColumn;
import org.superstep.graph.ObjectColumn;
import org.superstep.graph.Summary;
import org.superstep.graph.internal.Form;
import org.superstep.graph.internal.ObjectValues;

/**
 * What some vertices, a partition's or a worker's or all, contribute to the table that ends a run, best entries first. Of a
 * {@link Summary.Top} an entry is a vertex with its value, and there are as many as the table has rows; of {@link Summary.Counts} it is a
 * value and how many vertices hold it, for every value. Parts of parts are parts, so that partitions, workers and the whole job go the same
 * way, and nobody has to see all vertices.
 *
 * <p>A part that travels is bounded by {@value #MOST_WORDS} longs. What that leaves out is counted: a ranking is then shorter, counts by
 * frequency may be too small, and the table says so.
 *
 * <pre>
 *   long  field, each big-endian
 *      0  how many entries there are
 *      1  how many more are left out
 *    2..  of each entry the vertex's id or how many vertices, then the value: a number in the order of values as {@link #word} has it,
 *         a vector's elements as raw bits, or of an object how many longs it takes and these, as the {@link Form} by its codec has them
 * </pre>
 */
public final class SummaryPart {
    /** 16 MB. */
    static final int MOST_WORDS = 1 << 21;
    private static final int HEADER_WORDS = 2;
    /** Entries of a ranking beyond its rows, which are kept until there are so many that sorting is worth it. */
    private static final int SLACK = 1024;
    private static final long NO_DOUBLE = word(Double.NaN);
    private static final long NO_FLOAT = word(Float.NaN);

    private final Summary summary;
    private final Column column;
    private final boolean isRanking;
    private final boolean hasObjects;
    /** How many rows the table has, as long as no part is shorter. */
    private int rows;
    private int size;
    private long left;
    /** By entry, a vertex's id or a number of vertices. */
    private long[] numbers = new long[16];
    /** By entry, its value, where that is a number or a truth value. */
    private long[] words = {};
    /** By entry, its value, where that is a vector or another object. */
    private Object[] objects = {};
    /** Of a ranking, whether as many entries as it has rows are in order, of which the last is to be beaten. */
    private boolean isFull;
    /** Of counts, each value's entry: by the number, or by the object's text. */
    private final Long2IntOpenHashMap entryOfWord = new Long2IntOpenHashMap();
    private final Map<String, Integer> entryOfText = new HashMap<>();

    private SummaryPart(Summary summary, int rows) {
        this.summary = summary;
        this.rows = rows;
        column = summary.column();
        isRanking = summary instanceof Summary.Top;
        hasObjects = !(column instanceof DoubleColumn || column instanceof LongColumn || column instanceof IntColumn
            || column instanceof FloatColumn || column instanceof BooleanColumn);
        entryOfWord.defaultReturnValue(-1);
    }

    /** Tells the vertices' ids by their places in an array. */
    @FunctionalInterface
    public interface Ids {
        /** The id of the vertex at that place; ids ascend. */
        long at(int place);
    }

    /** The part of so many vertices, whose values stand in an array as the summary's column makes it; the table has so many rows. */
    public static SummaryPart of(Summary summary, int rows, int vertices, Ids ids, Object array) {
        var part = new SummaryPart(summary, rows);
        for (int i = 0; i < vertices; i++) {
            if (part.hasObjects) {
                part.add(part.isRanking ? ids.at(i) : 1, 0, part.object(array, i));
            } else {
                long word = word(array, i);
                // Most vertices have no place in a ranking, and ids are not had for nothing. They ascend: a tie is lost.
                if (!part.isFull || part.rank(word) > part.rank(part.words[rows - 1])) {
                    part.add(part.isRanking ? ids.at(i) : 1, word, null);
                }
            }
        }
        return part.sorted();
    }

    /** The part of all whose parts these are, in any order. */
    public static SummaryPart of(Summary summary, int rows, List<SummaryPart> parts) {
        var all = new SummaryPart(summary, rows);
        for (SummaryPart part : parts) {
            all.left += part.left;
            if (part.left > 0 && all.isRanking) {
                all.rows = Math.min(all.rows, part.size);
            }
        }
        for (SummaryPart part : parts) {
            for (int i = 0; i < part.size; i++) {
                all.add(part.numbers[i], part.hasObjects ? 0 : part.words[i], part.hasObjects ? part.objects[i] : null);
            }
        }
        return all.sorted();
    }

    /** How many entries there are. */
    public int size() {
        return size;
    }

    /** How many more there would be, had all fitted what workers may send. */
    public long left() {
        return left;
    }

    /** The vertex's id, or how many vertices hold the value. */
    public long number(int entry) {
        return numbers[entry];
    }

    /** The entry's value: a Double, Long, Boolean, an array or another object; floats as doubles, ints as longs. */
    public Object value(int entry) {
        if (hasObjects) {
            return objects[entry];
        }
        long word = words[entry];
        return column instanceof DoubleColumn ? (Object) Double.longBitsToDouble(word ^ word >> 63 & Long.MAX_VALUE)
            : column instanceof FloatColumn ? (Object) (double) Float.intBitsToFloat((int) word ^ (int) word >> 31 & Integer.MAX_VALUE)
            : column instanceof BooleanColumn ? (Object) (word != 0)
            : (Object) word;
    }

    /** The value of the vertex at a place, where it is a number or a truth value, as a word: these compare as the values do. */
    private static long word(Object array, int place) {
        return array instanceof double[] doubles ? word(doubles[place])
            : array instanceof long[] longs ? longs[place]
            : array instanceof int[] ints ? ints[place]
            : array instanceof float[] floats ? word(floats[place])
            : ((boolean[]) array)[place] ? 1 : 0;
    }

    /** The bits of a double ascend with it, but for a sign of their own; NaN is the greatest. */
    private static long word(double value) {
        long bits = Double.doubleToLongBits(value);
        return bits ^ bits >> 63 & Long.MAX_VALUE;
    }

    private static long word(float value) {
        int bits = Float.floatToIntBits(value);
        return bits ^ bits >> 31 & Integer.MAX_VALUE;
    }

    private Object object(Object array, int place) {
        int from = place * column.width();
        return array instanceof double[] doubles ? Arrays.copyOfRange(doubles, from, from + column.width())
            : array instanceof long[] longs ? Arrays.copyOfRange(longs, from, from + column.width())
            : ((Object[]) array)[place];
    }

    private void add(long number, long word, Object object) {
        if (!isRanking) {
            int known = hasObjects ? entryOfText.getOrDefault(ObjectValues.text(object), -1) : entryOfWord.get(word);
            if (known >= 0) {
                numbers[known] += number;
                if (object instanceof Comparable && ObjectValues.compare(object, objects[known]) < 0) {
                    // They look the same and are not: which of them has its place in the table must not depend on who comes first.
                    objects[known] = object;
                }
                return;
            }
        }
        append(number, word, object);
        if (!isRanking) {
            if (hasObjects) {
                entryOfText.put(ObjectValues.text(object), size - 1);
            } else {
                entryOfWord.put(word, size - 1);
            }
        } else if (rows == 0 || isFull && order(size - 1, rows - 1) > 0) {
            size--;
        } else if (size >= 2L * rows && size >= rows + SLACK) {
            sort();
            size = rows;
            isFull = true;
        }
    }

    private void append(long number, long word, Object object) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * size);
        }
        if (hasObjects) {
            objects = objects.length < numbers.length ? Arrays.copyOf(objects, numbers.length) : objects;
            objects[size] = object;
        } else {
            words = words.length < numbers.length ? Arrays.copyOf(words, numbers.length) : words;
            words[size] = word;
        }
        numbers[size++] = number;
    }

    private SummaryPart sorted() {
        sort();
        size = isRanking ? Math.min(size, rows) : size;
        entryOfWord.clear();
        entryOfText.clear();
        return this;
    }

    private void sort() {
        var order = new int[size];
        for (int i = 0; i < size; i++) {
            order[i] = i;
        }
        IntArrays.quickSort(order, new IntComparator() {
            @Override public int compare(int a, int b) {
                return order(a, b);
            }
        });
        var sortedNumbers = new long[size];
        var sortedWords = new long[hasObjects ? 0 : size];
        var sortedObjects = new Object[hasObjects ? size : 0];
        for (int i = 0; i < size; i++) {
            sortedNumbers[i] = numbers[order[i]];
            if (hasObjects) {
                sortedObjects[i] = objects[order[i]];
            } else {
                sortedWords[i] = words[order[i]];
            }
        }
        numbers = size == 0 ? numbers : sortedNumbers;
        words = sortedWords;
        objects = sortedObjects;
    }

    /** Negative where the first entry has the better place; no two have the same. */
    private int order(int a, int b) {
        if (summary instanceof Summary.Top top) {
            int order = hasObjects ? ObjectValues.compare(objects[a], objects[b]) : Long.compare(rank(words[a]), rank(words[b]));
            // The rank of a word has the direction in it already.
            return order == 0 ? Long.compare(numbers[a], numbers[b]) : hasObjects && top.ascending() ? order : -order;
        }
        boolean byValue = ((Summary.Counts) summary).byValue();
        if (!byValue && numbers[a] != numbers[b]) {
            return Long.compare(numbers[b], numbers[a]);
        }
        if (!hasObjects) {
            return Long.compare(words[a], words[b]);
        }
        int order = ObjectValues.compare(objects[a], objects[b]);
        // Two that compare as equal may look different: 1.0 and 1.00.
        return order == 0 ? ObjectValues.text(objects[a]).compareTo(ObjectValues.text(objects[b])) : order;
    }

    /** The greater, the better the value's place; what is no number comes last, whether the greatest or the least come first. */
    private long rank(long word) {
        if (column instanceof DoubleColumn && word == NO_DOUBLE || column instanceof FloatColumn && word == NO_FLOAT) {
            return Long.MIN_VALUE;
        }
        return ((Summary.Top) summary).ascending() ? ~word : word;
    }

    /** The part as bytes, cut where it would be too long. */
    public byte[] encoded() {
        return encoded(MOST_WORDS);
    }

    byte[] encoded(int mostWords) {
        var all = new LongArrayList(new long[HEADER_WORDS]);
        int fitting = 0;
        for (int i = 0; i < size; i++) {
            int before = all.size();
            all.add(numbers[i]);
            encode(i, all);
            if (all.size() > mostWords) {
                all.size(before);
                break;
            }
            fitting++;
        }
        all.set(0, fitting);
        all.set(1, left + size - fitting);
        var bytes = ByteBuffer.allocate(Long.BYTES * all.size());
        bytes.asLongBuffer().put(all.elements(), 0, all.size());
        return bytes.array();
    }

    private void encode(int entry, LongArrayList into) {
        if (!hasObjects) {
            into.add(words[entry]);
        } else if (column instanceof ObjectColumn<?> typed) {
            long[] object = words(VertexRows.form(typed), objects[entry]);
            into.add(object.length);
            into.addElements(into.size(), object);
        } else if (column instanceof DoubleVectorColumn) {
            for (double element : (double[]) objects[entry]) {
                into.add(Double.doubleToRawLongBits(element));
            }
        } else {
            into.addElements(into.size(), (long[]) objects[entry]);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> long[] words(Form<T> form, Object value) {
        return form.words((T) value);
    }

    /** The part that {@link #encoded} has made these bytes of. */
    public static SummaryPart decoded(Summary summary, int rows, byte[] bytes) {
        var part = new SummaryPart(summary, rows);
        if (bytes.length == 0) {
            return part;
        }
        var all = new long[bytes.length / Long.BYTES];
        ByteBuffer.wrap(bytes).asLongBuffer().get(all);
        part.left = all[1];
        int at = HEADER_WORDS;
        for (long i = 0; i < all[0]; i++) {
            long number = all[at++];
            if (!part.hasObjects) {
                part.append(number, all[at++], null);
            } else if (part.column instanceof ObjectColumn<?> typed) {
                int length = (int) all[at++];
                part.append(number, 0, VertexRows.form(typed).value(Arrays.copyOfRange(all, at, at + length)));
                at += length;
            } else {
                long[] elements = Arrays.copyOfRange(all, at, at + part.column.width());
                at += elements.length;
                part.append(number, 0, part.column instanceof DoubleVectorColumn ? doubles(elements) : elements);
            }
        }
        return part;
    }

    private static double[] doubles(long[] bits) {
        var doubles = new double[bits.length];
        for (int i = 0; i < bits.length; i++) {
            doubles[i] = Double.longBitsToDouble(bits[i]);
        }
        return doubles;
    }
}
