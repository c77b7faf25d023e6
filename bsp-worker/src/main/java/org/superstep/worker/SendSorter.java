package org.superstep.worker;

import java.util.List;
import org.superstep.graph.internal.SendList;

/** Gathers the sends of a superstep by receiving vertex, so that pulling can merge them with what is heard. */
final class SendSorter {
    private SendSorter() {
    }

    /** Fills every partition's {@link Partition#sendBox}; empties no sends. */
    static void sort(LocalGraph graph, Crew crew, Lane[] lanes) {
        List<Speakers> speakers = graph.speakers;
        // By speakers, then partition; targets hold vertex indexes.
        var routed = new SendList[speakers.size()][];
        crew.run(speakers.size(), (group, thread) -> {
            SendList sends = speakers.get(group).sends;
            if (sends.size == 0) {
                return;
            }
            routed[group] = new SendList[graph.partitions.length];
            for (int i = 0; i < sends.size; i++) {
                int place = graph.placeOf(sends.targets[i]);
                if (place < 0) {
                    continue;
                }
                int index = graph.partitions[place].listenerAt(sends.targets[i]);
                if (index < 0) {
                    lanes[thread].dropped++;
                    continue;
                }
                if (routed[group][place] == null) {
                    routed[group][place] = new SendList();
                    routed[group][place].hold(sends.messages.width);
                }
                routed[group][place].add(sends.senders[i], index, sends.messages, i);
            }
        });
        crew.run(graph.partitions.length, (place, thread) -> graph.partitions[place].sendBox = box(routed, place, graph.partitions[place]));
    }

    private static SendBox box(SendList[][] routed, int place, Partition partition) {
        var offsets = new int[partition.size + 1];
        int count = 0;
        for (SendList[] lists : routed) {
            for (int i = 0; lists != null && lists[place] != null && i < lists[place].size; i++) {
                offsets[(int) lists[place].targets[i] + 1]++;
                count++;
            }
        }
        if (count == 0) {
            return null;
        }
        for (int i = 1; i < offsets.length; i++) {
            offsets[i] += offsets[i - 1];
        }
        int[] places = offsets.clone();
        var sorted = new SendList();
        for (SendList[] lists : routed) {
            for (int i = 0; lists != null && lists[place] != null && i < lists[place].size; i++) {
                sorted.hold(lists[place].messages.width);
                sorted.setSize(count);
                sorted.set(places[(int) lists[place].targets[i]]++, lists[place], i);
            }
        }
        return new SendBox(offsets, sorted);
    }
}
