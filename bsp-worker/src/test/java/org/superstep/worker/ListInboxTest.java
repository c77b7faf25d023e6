package org.superstep.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.graph.internal.MessageArray;

/** Chains of messages against plain lists: added in any order of vertices, walked over, moved to other vertices, forgotten. */
class ListInboxTest {
    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyVertexHasItsMessagesInTheOrderInWhichTheyCame(long seed) {
        var random = new SplittableRandom(seed);
        int width = random.nextInt(4);
        int vertices = 1 + random.nextInt(20);
        var inbox = new ListInbox(vertices, width);
        for (int superstep = 0; superstep < 4; superstep++) {
            var expected = new TreeMap<Integer, List<List<Object>>>();
            fill(inbox, vertices, random, width, expected);
            check(inbox, expected, "seed " + seed + ", superstep " + superstep);
            if (random.nextBoolean()) {
                // Some vertices go, some come, the others have new places.
                int[] oldIndexes = IntStream.generate(() -> -1).limit(random.nextInt(1, 30)).toArray();
                var moved = new TreeMap<Integer, List<List<Object>>>();
                for (int old = 0; old < vertices; old++) {
                    int place = random.nextInt(oldIndexes.length);
                    if (oldIndexes[place] < 0) {
                        oldIndexes[place] = old;
                        if (expected.containsKey(old)) {
                            moved.put(place, expected.get(old));
                        }
                    }
                }
                inbox = inbox.reordered(oldIndexes);
                vertices = oldIndexes.length;
                check(inbox, moved, "seed " + seed + ", reordered");
                // One that has come hears something at once.
                fill(inbox, vertices, random, width, moved);
                check(inbox, moved, "seed " + seed + ", reordered and filled");
            }
            inbox.clear();
        }
    }

    private static void fill(ListInbox inbox, int vertices, SplittableRandom random, int width,
            TreeMap<Integer, List<List<Object>>> expected) {
        var from = new MessageArray(width, 2);
        for (int i = random.nextInt(60); i > 0; i--) {
            int at = random.nextInt(2);
            for (int word = at * width; word < (at + 1) * width; word++) {
                from.words[word] = random.nextLong();
            }
            if (width == 0) {
                from.objects[at] = "no. " + random.nextInt();
            }
            int index = random.nextInt(vertices);
            long sender = random.nextLong();
            inbox.add(index, !expected.containsKey(index), sender, from, at);
            expected.computeIfAbsent(index, any -> new ArrayList<>()).add(List.of(sender, Messages.content(from, at)));
        }
    }

    private static void check(ListInbox inbox, TreeMap<Integer, List<List<Object>>> expected, String words) {
        var walk = new InboxWalk();
        expected.forEach((index, messages) -> {
            walk.place(inbox, index);
            for (int again = 0; again < 2; again++) {
                var heard = new ArrayList<List<Object>>();
                while (walk.next()) {
                    heard.add(List.of(walk.senderId(), Messages.content(walk.messages, walk.at)));
                }
                assertThat(walk.next()).as(words).isFalse();
                assertThat(heard).as("%s, vertex %d", words, index).isEqualTo(messages);
                walk.rewind();
            }
        });
    }
}
