package org.superstep.graph.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.superstep.graph.Weights;

/** Arrays of messages and lists of sends: they grow, and what was in them stays. */
class MessagesTest {
    private static MessageArray filled(SplittableRandom random, int width, int count) {
        var array = new MessageArray(width, count);
        for (int i = 0; i < array.words.length; i++) {
            array.words[i] = random.nextLong();
        }
        for (int i = 0; i < array.objects.length; i++) {
            array.objects[i] = "no. " + random.nextInt();
        }
        return array;
    }

    private static Object message(MessageArray array, int number) {
        return array.width == 0 ? array.objects[number]
            : LongStream.of(Arrays.copyOfRange(array.words, number * array.width, (number + 1) * array.width)).boxed().toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 5})
    void anArrayGrowsAndKeepsItsMessages(int width) {
        var random = new SplittableRandom(width);
        MessageArray source = filled(random, width, 300);
        for (int capacity : new int[] {0, 1, 4}) {
            var array = new MessageArray(width, capacity);
            for (int i = 0; i < 300; i++) {
                array.ensure(i + 1);
                array.copy(i, source, 299 - i);
            }
            for (int i = 0; i < 300; i++) {
                assertThat(message(array, i)).isEqualTo(message(source, 299 - i));
            }
            assertThat(width == 0 ? array.objects.length : array.words.length / width).isLessThanOrEqualTo(2 * 300);
            array.ensure(1);
            assertThat(message(array, 299)).as("an array does not shrink").isEqualTo(message(source, 0));
        }
    }

    @Test
    void forgettingLetsGoOfTheObjectsBetweenAndOfNoOthers() {
        MessageArray array = filled(new SplittableRandom(1), 0, 4);
        Object[] before = array.objects.clone();
        array.forget(1, 3);
        assertThat(array.objects).containsExactly(before[0], null, null, before[3]);
        MessageArray words = filled(new SplittableRandom(1), 1, 4);
        long[] bits = words.words.clone();
        words.forget(0, 4);
        assertThat(words.words).isEqualTo(bits);
    }

    @Test
    void wordsBeyondAnIntAreRefused() {
        assertThatThrownBy(() -> new MessageArray(1 << 20, 1 << 12)).isInstanceOf(ArithmeticException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void aListKeepsSendsInTheOrderOfCalls(int width) {
        var random = new SplittableRandom(width);
        MessageArray source = filled(random, width, 100);
        var list = new SendList();
        list.hold(width);
        for (int superstep = 0; superstep < 3; superstep++) {
            var expected = new ArrayList<List<Object>>();
            for (int i = 0; i < 100; i++) {
                int at = random.nextInt(100);
                long sender = random.nextLong();
                long target = random.nextLong();
                if (width == 0) {
                    list.add(sender, target, source.objects[at]);
                } else if (width == 1 && i % 2 == 0) {
                    list.add(sender, target, source.words[at]);
                } else {
                    list.add(sender, target, source, at);
                }
                expected.add(List.of(sender, target, message(source, at)));
            }
            assertThat(sends(list)).isEqualTo(expected);
            var other = new SendList();
            other.hold(width);
            other.setSize(100);
            for (int i = 0; i < 100; i++) {
                other.set(99 - i, list, i);
            }
            Collections.reverse(expected);
            assertThat(sends(other)).isEqualTo(expected);
            list.clear();
            assertThat(list.size).isZero();
            assertThat(list.messages.objects).allMatch(Objects::isNull);
        }
    }

    private static List<List<Object>> sends(SendList list) {
        return Stream.iterate(0, i -> i < list.size, i -> i + 1)
            .map(i -> List.of(list.senders[i], list.targets[i], message(list.messages, i))).toList();
    }

    @Test
    void aListThatHoldsAnotherKindBeginsAnew() {
        var list = new SendList();
        MessageArray words = list.messages;
        list.hold(1);
        assertThat(list.messages).isSameAs(words);
        list.hold(0);
        assertThat(list.messages.width).isZero();
        list.add(1, 2, "hello");
        assertThat(list.messages.objects[0]).isEqualTo("hello");
    }

    static Stream<Integer> sizes() {
        return Stream.of(0, 1, 15, 16, 17, 1000);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void changesKeepAllThatWasAsked(int size) {
        var random = new SplittableRandom(size);
        var list = new ChangeList(Weights.OPTIONAL);
        for (int again = 0; again < 2; again++) {
            var expected = new ArrayList<List<Object>>();
            for (int i = 0; i < size; i++) {
                var change = List.<Object>of((long) i, (byte) random.nextInt(6), random.nextLong(), random.nextLong(), random.nextDouble(),
                    random.nextDouble());
                list.add(i, (byte) change.get(1), (long) change.get(2), (long) change.get(3), (double) change.get(4),
                    (double) change.get(5));
                expected.add(change);
            }
            for (int i = 0; i < size; i++) {
                assertThat(List.<Object>of(list.askers[i], list.kinds[i], list.sources[i], list.targets[i], list.weights[i],
                    list.newWeights[i])).isEqualTo(expected.get(i));
            }
            assertThat(list.size).isEqualTo(size);
            list.clear();
            assertThat(list.size).isZero();
        }
    }
}
