package org.superstep.worker;

import it.unimi.dsi.fastutil.doubles.DoubleArrayList;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.superstep.graph.Column;
import org.superstep.graph.Direction;
import org.superstep.graph.EdgeColumn;
import org.superstep.graph.Program;
import org.superstep.graph.VertexConflict;
import org.superstep.graph.internal.ChangeList;
import org.superstep.graph.internal.SendList;
import org.superstep.net.ToPeer;

/**
 * A worker's part in one change of the graph, between two supersteps. An edge stands in two lists: in its source's, by which the source
 * walks over it, and in its target's, by which the target hears over it. So there are three strides with an exchange after each of the
 * first two: {@link #resolve} decides what becomes of the owned vertices and of the edges that leave them, {@link #apply} brings the lists
 * of those up to date that the edges lead to, {@link #changed} puts the graph together, once every worker has told which vertices it names.
 *
 * <p>Partitions of which nothing changes stay as they are; the others are built anew, their vertices in the order of ids. Slots stay.
 */
final class GraphChange {
    private static final Comparator<EdgePair> BY_ROW = Comparator.comparingLong(EdgePair::row).thenComparingLong(EdgePair::other);

    private final Program program;
    private final LocalGraph graph;
    private final LoadPlan plan;
    private final List<Column> columns;
    private final List<EdgeColumn> edgeColumns;
    private final int worker;
    private final int workers;
    private final Crew crew;
    private SlotNames names;
    private final PlaceChange[] places;
    private final List<List<EdgePair>> pairsForPeers = new ArrayList<>();
    private final List<ToPeer.Hears> namedByPeers = new ArrayList<>();
    private int arcsHeard;

    /** What was asked of one vertex. */
    private static final class Asked {
        private long removals;
        private long additions;
        private long edgeAdditions;
        private long messages;
    }

    /** What was asked of one edge, or of all from source to target. */
    private record EdgeRequest(long source, long target, byte kind, double weight, double newWeight) {
    }

    /** What becomes of an owned partition. */
    private static final class PlaceChange {
        private final Partition before;
        private final Long2ObjectOpenHashMap<Asked> asked = new Long2ObjectOpenHashMap<>();
        private final List<EdgeRequest> requests = new ArrayList<>();
        /** Of vertices whose edges go: those targets that requests have decided on. */
        private final Long2ObjectOpenHashMap<LongOpenHashSet> decided = new Long2ObjectOpenHashMap<>();
        /** The edges from owned vertices that have changed, by source. */
        private final List<EdgePair> out = new ArrayList<>();
        /** The edges to owned vertices that have changed, by target. */
        private final List<EdgePair> in = new ArrayList<>();
        /** The ids of the vertices that exist afterwards, ascending. */
        private long[] ids;
        /** Where each was before; -1 for one that comes, or comes anew. Null where the vertices stay as they are. */
        private int[] oldIndexes;
        /** Where each was before, also those that come anew; -1 for one that did not exist. Null as above. */
        private int[] oldRows;

        PlaceChange(Partition before) {
            this.before = before;
        }

        int oldIndex(int index) {
            return oldIndexes == null ? index : oldIndexes[index];
        }

        int oldRow(int index) {
            return oldRows == null ? index : oldRows[index];
        }

        boolean isTouched() {
            return oldIndexes != null || !out.isEmpty() || !in.isEmpty();
        }

        Asked asked(long vertexId) {
            return asked.computeIfAbsent(vertexId, id -> new Asked());
        }
    }

    GraphChange(Program program, LocalGraph graph, LoadPlan plan, int worker, int workers, Crew crew) {
        this.program = program;
        this.graph = graph;
        this.plan = plan;
        this.worker = worker;
        this.workers = workers;
        this.crew = crew;
        columns = program.declarations().columns();
        edgeColumns = program.declarations().edgeColumns();
        names = graph.names();
        places = Arrays.stream(graph.partitions).map(PlaceChange::new).toArray(PlaceChange[]::new);
        for (int peer = 0; peer < workers; peer++) {
            pairsForPeers.add(new ArrayList<>());
        }
    }

    /**
     * Decides what becomes of owned vertices and of the edges that leave them.
     *
     * @param held what was said to vertices that do not exist
     * @return by worker, what has become of edges that lead to its vertices
     */
    List<ToPeer.ChangedArcs> resolve(SendList held) {
        for (Speakers group : graph.speakers) {
            if (group.changes != null) {
                take(group.changes);
                group.changes.clear();
            }
        }
        for (int i = 0; program.createMissing() && i < held.size; i++) {
            places[graph.placeOf(held.targets[i])].asked(held.targets[i]).messages++;
        }
        crew.run(places.length, (place, thread) -> resolve(places[place]));
        for (PlaceChange place : places) {
            turn(place.out);
        }
        var arcs = new ArrayList<ToPeer.ChangedArcs>();
        for (List<EdgePair> pairs : pairsForPeers) {
            arcs.add(encoded(pairs));
        }
        return arcs;
    }

    private void take(ChangeList changes) {
        for (int i = 0; i < changes.size; i++) {
            long source = changes.sources[i];
            long target = changes.targets[i];
            byte kind = changes.kinds[i];
            int place = graph.placeOf(source);
            if (place >= 0 && kind == ChangeList.REMOVE_VERTEX) {
                places[place].asked(source).removals++;
            } else if (place >= 0 && kind == ChangeList.ADD_VERTEX) {
                places[place].asked(source).additions++;
            } else if (place >= 0) {
                places[place].requests.add(new EdgeRequest(source, target, kind, changes.weights[i], changes.newWeights[i]));
            }
            if (kind == ChangeList.ADD_EDGE) {
                if (place >= 0) {
                    places[place].asked(source).edgeAdditions++;
                }
                int end = graph.placeOf(target);
                if (end >= 0 && target != source) {
                    places[end].asked(target).edgeAdditions++;
                }
            }
        }
    }

    private void resolve(PlaceChange place) {
        Partition before = place.before;
        var coming = new LongArrayList();
        var leaving = new LongArrayList();
        var anew = new LongArrayList();
        long[] askedIds = place.asked.keySet().toLongArray();
        // In order, so that of several that resolve fails about the same is told in any run.
        Arrays.sort(askedIds);
        for (long id : askedIds) {
            Asked asked = place.asked.get(id);
            boolean existed = before.indexOf(id) >= 0;
            boolean exists = exists(new VertexConflict(id, existed, asked.removals, asked.additions, asked.edgeAdditions,
                existed ? 0 : asked.messages));
            if (exists && !existed) {
                coming.add(id);
            } else if (existed && !exists) {
                leaving.add(id);
            } else if (existed && asked.removals > 0 && asked.additions + asked.edgeAdditions > 0) {
                anew.add(id);
            }
        }
        long[] come = sorted(coming);
        long[] leave = sorted(leaving);
        long[] renewed = sorted(anew);
        if (come.length + leave.length + renewed.length == 0) {
            place.ids = before.ids;
            changeEdges(place);
            place.out.sort(BY_ROW);
            return;
        }
        place.ids = new long[before.size + come.length - leave.length];
        place.oldIndexes = new int[place.ids.length];
        place.oldRows = new int[place.ids.length];
        int next = 0;
        int index = 0;
        for (int i = 0; i < place.ids.length; ) {
            if (next < come.length && (index == before.size || come[next] < before.ids[index])) {
                place.ids[i] = come[next++];
                place.oldIndexes[i] = -1;
                place.oldRows[i++] = -1;
            } else if (contains(leave, before.ids[index])) {
                index++;
            } else {
                place.ids[i] = before.ids[index];
                place.oldIndexes[i] = contains(renewed, before.ids[index]) ? -1 : index;
                place.oldRows[i++] = index++;
            }
        }
        changeEdges(place);
        for (LongArrayList emptied : List.of(leaving, anew)) {
            emptied.forEach(id -> emptyRow(place, id));
        }
        place.out.sort(BY_ROW);
    }

    /** Hands edges over to those that keep the lists of their targets. */
    private void turn(List<EdgePair> out) {
        for (EdgePair pair : out) {
            int owner = graph.placement.owners()[graph.placement.partitionOf(pair.other())];
            var turned = new EdgePair(pair.other(), pair.row(), pair.weights(), null);
            if (owner == worker) {
                places[graph.placeOf(pair.other())].in.add(turned);
            } else {
                pairsForPeers.get(owner).add(turned);
            }
        }
    }

    private boolean exists(VertexConflict conflict) {
        try {
            return program.resolve(conflict);
        } catch (Throwable t) {
            throw ProgramException.resolving(conflict, program, t);
        }
    }

    private static long[] sorted(LongArrayList ids) {
        long[] array = ids.toLongArray();
        Arrays.sort(array);
        return array;
    }

    private static boolean contains(long[] ascending, long id) {
        return ascending.length > 0 && Arrays.binarySearch(ascending, id) >= 0;
    }

    /** Applies what was asked of edges, pair by pair: edges of one pair are all that a request can concern. */
    private void changeEdges(PlaceChange place) {
        // Stable: what was asked first, of one kind, comes first.
        place.requests.sort(Comparator.comparingLong(EdgeRequest::source).thenComparingLong(EdgeRequest::target)
            .thenComparingInt(EdgeRequest::kind));
        for (int from = 0; from < place.requests.size(); ) {
            EdgeRequest first = place.requests.get(from);
            int to = from + 1;
            while (to < place.requests.size() && place.requests.get(to).source == first.source
                && place.requests.get(to).target == first.target) {
                to++;
            }
            changePair(place, first.source, first.target, place.requests.subList(from, to));
            from = to;
        }
    }

    private void changePair(PlaceChange place, long source, long target, List<EdgeRequest> requests) {
        int after = Arrays.binarySearch(place.ids, source);
        int index = place.before.indexOf(source);
        boolean isEmptied = index >= 0 && (after < 0 || place.oldIndex(after) < 0);
        Adjacency lists = place.before.hearing(Direction.IN);
        int first = index < 0 ? 0 : firstEntry(lists, index, target);
        double[] old = index < 0 ? new double[0] : weights(lists, first, lists.offsets[index + 1], target);
        // Ascending by weight all along, parallel to where the edges stood.
        var weights = new DoubleArrayList(isEmptied ? new double[0] : old);
        var entries = new IntArrayList();
        for (int i = 0; i < weights.size(); i++) {
            entries.add(first + i);
        }
        removeAll(weightsOf(requests, ChangeList.REMOVE_EDGE), weights, entries);
        for (EdgeRequest request : requests) {
            switch (request.kind) {
                case ChangeList.REMOVE_EDGE, ChangeList.ADD_EDGE -> {
                    // All at once, before the others and after them.
                }
                case ChangeList.SET_WEIGHT -> {
                    int at = weights.indexOf(request.weight);
                    if (at >= 0) {
                        weights.removeDouble(at);
                        insert(request.newWeight, entries.removeInt(at), weights, entries);
                    }
                }
                case ChangeList.REMOVE_EDGES -> {
                    weights.clear();
                    entries.clear();
                }
                default -> throw new AssertionError("a change of kind " + request.kind);
            }
        }
        if (after >= 0) {
            addAll(weightsOf(requests, ChangeList.ADD_EDGE), weights, entries);
        }
        if (isEmptied) {
            place.decided.computeIfAbsent(source, id -> new LongOpenHashSet()).add(target);
        }
        double[] changed = weights.toDoubleArray();
        if (isEmptied || !Arrays.equals(old, changed) || !edgeColumns.isEmpty() && !isRun(entries, first)) {
            place.out.add(new EdgePair(source, target, changed, entries.toIntArray()));
        }
    }

    /** The weights that requests of this kind name, ascending. */
    private static double[] weightsOf(List<EdgeRequest> requests, byte kind) {
        return requests.stream().filter(request -> request.kind == kind).mapToDouble(EdgeRequest::weight).sorted().toArray();
    }

    /** Takes an edge away for each of these weights, ascending, that there is; of those of one weight the first goes. */
    private static void removeAll(double[] removed, DoubleArrayList weights, IntArrayList entries) {
        int next = 0;
        int kept = 0;
        for (int at = 0; at < weights.size(); at++) {
            double weight = weights.getDouble(at);
            while (next < removed.length && Double.compare(removed[next], weight) < 0) {
                next++;
            }
            if (next < removed.length && Double.compare(removed[next], weight) == 0) {
                next++;
            } else {
                weights.set(kept, weight);
                entries.set(kept++, entries.getInt(at));
            }
        }
        weights.size(kept);
        entries.size(kept);
    }

    /** Adds new edges of these weights, ascending, each behind those of its weight; from the end, so that each edge moves once. */
    private static void addAll(double[] added, DoubleArrayList weights, IntArrayList entries) {
        int last = weights.size() - 1;
        weights.size(weights.size() + added.length);
        entries.size(weights.size());
        int next = added.length - 1;
        for (int to = weights.size() - 1; next >= 0; to--) {
            if (last >= 0 && Double.compare(weights.getDouble(last), added[next]) > 0) {
                weights.set(to, weights.getDouble(last));
                entries.set(to, entries.getInt(last--));
            } else {
                weights.set(to, added[next--]);
                entries.set(to, -1);
            }
        }
    }

    /** Inserts an edge behind those of its weight, which stay before it. */
    private static void insert(double weight, int entry, DoubleArrayList weights, IntArrayList entries) {
        int at = weights.size();
        while (at > 0 && Double.compare(weights.getDouble(at - 1), weight) > 0) {
            at--;
        }
        weights.add(at, weight);
        entries.add(at, entry);
    }

    /** Whether these are the numbers from one on. */
    private static boolean isRun(IntArrayList entries, int first) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.getInt(i) != first + i) {
                return false;
            }
        }
        return true;
    }

    /** Where the edges from a vertex to another begin in its list, or would. */
    private int firstEntry(Adjacency lists, int index, long target) {
        int from = lists.offsets[index];
        int to = lists.offsets[index + 1];
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (names.idOf(lists.slots[middle]) < target) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** The weights of the edges to a vertex, ascending, which begin here in a list that ends there. */
    private double[] weights(Adjacency lists, int from, int listEnd, long target) {
        int end = from;
        while (end < listEnd && names.idOf(lists.slots[end]) == target) {
            end++;
        }
        var weights = new double[end - from];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = lists.weight(from + i);
        }
        return weights;
    }

    /** All edges of a vertex go that no request has decided on. */
    private void emptyRow(PlaceChange place, long id) {
        Adjacency lists = place.before.hearing(Direction.IN);
        int index = place.before.indexOf(id);
        LongOpenHashSet decided = place.decided.computeIfAbsent(id, any -> new LongOpenHashSet());
        for (int entry = lists.offsets[index]; entry < lists.offsets[index + 1]; entry++) {
            long target = names.idOf(lists.slots[entry]);
            if (decided.add(target)) {
                place.out.add(new EdgePair(id, target, new double[0], new int[0]));
            }
        }
    }

    private ToPeer.ChangedArcs encoded(List<EdgePair> pairs) {
        return new ToPeer.ChangedArcs(worker, pairs.stream().mapToLong(EdgePair::row).toArray(),
            pairs.stream().mapToLong(EdgePair::other).toArray(), pairs.stream().mapToInt(pair -> pair.weights().length).toArray(),
            pairs.stream().flatMapToDouble(pair -> Arrays.stream(pair.weights())).toArray());
    }

    /** Takes what has become of edges that lead from another worker's vertices to this one's. */
    void add(ToPeer.ChangedArcs arcs) {
        int weight = 0;
        for (int i = 0; i < arcs.hearers().length; i++) {
            int end = weight + arcs.counts()[i];
            places[graph.placeOf(arcs.hearers()[i])].in.add(new EdgePair(arcs.hearers()[i], arcs.speakers()[i],
                Arrays.copyOfRange(arcs.weights(), weight, end), null));
            weight = end;
        }
        arcsHeard++;
    }

    boolean hasHeardAllArcs() {
        return arcsHeard == workers - 1;
    }

    /** Builds the partitions anew of which something has changed, and tells the other workers which of their vertices are named here. */
    List<ToPeer.Hears> apply() {
        for (PlaceChange place : places) {
            nameNewcomers(place);
        }
        crew.run(places.length, (p, thread) -> {
            places[p].in.sort(BY_ROW);
            if (places[p].isTouched()) {
                graph.partitions[p] = rebuilt(places[p]);
            }
        });
        if (names.areMany()) {
            forgetUnused();
        }
        var named = new ArrayList<LongArrayList>();
        for (int peer = 0; peer < workers; peer++) {
            named.add(new LongArrayList());
        }
        for (int slot = 0; workers > 1 && slot < names.size(); slot++) {
            named.get(graph.placement.owners()[graph.placement.partitionOf(names.idOf(slot))]).add(names.idOf(slot));
        }
        var lists = new ArrayList<ToPeer.Hears>();
        for (int peer = 0; peer < workers; peer++) {
            long[] ids = sorted(named.get(peer));
            lists.add(new ToPeer.Hears(worker, ids, new int[0], new int[0]));
        }
        return lists;
    }

    /**
     * Gives slots anew to those that exist here or are named in some list; a graph in which vertices come and go for ever needs no
     * more.
     */
    private void forgetUnused() {
        var isUsed = new boolean[names.size()];
        for (Partition partition : graph.partitions) {
            for (int[] slots : partition.slotLists()) {
                for (int slot : slots) {
                    isUsed[slot] = true;
                }
            }
        }
        var slotsAfter = new int[isUsed.length];
        names = names.compacted(isUsed, slotsAfter);
        crew.run(graph.partitions.length, (p, thread) -> {
            for (int[] slots : graph.partitions[p].slotLists()) {
                for (int i = 0; i < slots.length; i++) {
                    slots[i] = slotsAfter[slots[i]];
                }
            }
        });
    }

    /** Gives slots to those who have none yet, before several threads look slots up. */
    private void nameNewcomers(PlaceChange place) {
        for (int i = 0; place.oldRows != null && i < place.ids.length; i++) {
            if (place.oldRows[i] < 0) {
                names.slotOf(place.ids[i]);
            }
        }
        for (List<EdgePair> pairs : List.of(place.out, place.in)) {
            for (EdgePair pair : pairs) {
                if (pair.weights().length > 0) {
                    names.slotOf(pair.other());
                }
            }
        }
    }

    private Partition rebuilt(PlaceChange place) {
        Partition before = place.before;
        long[] ids = place.ids;
        var out = new ChangedLists(names, place.out, ChangedLists.isWeighted(place.out, before.hearing(Direction.IN)),
            !edgeColumns.isEmpty());
        boolean inWeighted = ChangedLists.isWeighted(place.in, before.hearing(Direction.OUT))
            || before.ghosts != null && ChangedLists.isWeighted(List.of(), before.ghosts.hearing());
        var in = new ChangedLists(names, place.in, inWeighted);
        var ghostIds = new LongArrayList();
        var ghostly = new ChangedLists(names, place.in, inWeighted);
        long[] formerGhosts = before.ghosts == null ? new long[0] : before.ghosts.ids();
        // Everybody whose in-edges may stand here: who exists now, who did, who was a ghost, and who is led to by a new edge.
        var candidates = new LongArrayList(formerGhosts);
        place.asked.keySet().forEach(candidates::add);
        place.in.forEach(pair -> candidates.add(pair.row()));
        long[] ghosts = Arrays.stream(sorted(candidates)).distinct().filter(id -> !contains(ids, id)).toArray();
        for (int i = 0; i < ids.length; i++) {
            out.append(ids[i], before.hearing(Direction.IN), place.oldIndex(i));
            int ghost = place.oldRow(i) < 0 ? Arrays.binarySearch(formerGhosts, ids[i]) : -1;
            if (ghost >= 0) {
                in.append(ids[i], before.ghosts.hearing(), ghost);
            } else {
                in.append(ids[i], before.hearing(Direction.OUT), place.oldRow(i));
            }
        }
        for (long id : ghosts) {
            int ghost = Arrays.binarySearch(formerGhosts, id);
            if (ghost >= 0) {
                ghostly.append(id, before.ghosts.hearing(), ghost);
            } else {
                ghostly.append(id, before.hearing(Direction.OUT), before.indexOf(id));
            }
            if (ghostly.isLastEmpty()) {
                ghostly.removeLast();
            } else {
                ghostIds.add(id);
            }
        }
        Adjacency outLists = out.build(edgeColumns, before.hearing(Direction.IN));
        Adjacency inLists = in.build();
        boolean sameVertices = place.oldIndexes == null;
        int[] slots = sameVertices ? before.slots : Arrays.stream(ids).mapToInt(names::slotOf).toArray();
        var after = new Partition(before.number, 0, ids, slots, degrees(outLists), degrees(inLists),
            sameVertices ? before.columns : new Columns(columns, ids.length));
        after.hears(Direction.IN, outLists);
        after.hears(Direction.OUT, inLists);
        if (plan.structures().contains(Direction.BOTH)) {
            after.hears(Direction.BOTH, ChangedLists.merged(names, inLists, outLists));
        }
        after.ghosts = ghostIds.isEmpty() ? null : new Ghosts(ghostIds.toLongArray(), ghostly.build());
        after.takeState(before, place.oldIndexes);
        return after;
    }

    private static int[] degrees(Adjacency lists) {
        var degrees = new int[lists.offsets.length - 1];
        for (int i = 0; i < degrees.length; i++) {
            degrees[i] = lists.offsets[i + 1] - lists.offsets[i];
        }
        return degrees;
    }

    /** Takes which of this worker's vertices another one names. */
    void add(ToPeer.Hears named) {
        namedByPeers.add(named);
    }

    boolean hasHeardFromAll() {
        return namedByPeers.size() == workers - 1;
    }

    /** Where each vertex of an owned partition was before the change, -1 for one that came; null where they are as they were. */
    int[] oldIndexes(int place) {
        return places[place].oldIndexes;
    }

    /** Whether a vertex has come that did not exist, at this index of an owned partition. */
    boolean isNew(int place, int index) {
        return places[place].oldRow(index) < 0;
    }

    /**
     * The graph after the change.
     *
     * @param namedHere what {@link #apply} has returned, by worker
     */
    LocalGraph changed(List<ToPeer.Hears> namedHere) {
        int start = 0;
        for (Partition partition : graph.partitions) {
            partition.start = start;
            start = Math.addExact(start, partition.size + 63 & ~63);
        }
        var mirrors = new ArrayList<Speakers>();
        var mirrorIds = new ArrayList<long[]>();
        var isCovered = new boolean[names.size()];
        for (int peer = 0; peer < workers; peer++) {
            if (peer == worker) {
                continue;
            }
            long[] ids = namedHere.get(peer).ids();
            int[] bounds = graph.placement.bounds(ids);
            for (int number : graph.placement.ownedBy(peer)) {
                long[] mirrored = Arrays.copyOfRange(ids, bounds[number], bounds[number + 1]);
                mirrors.add(new Speakers(number, Arrays.stream(mirrored).mapToInt(names::slotOf).toArray()));
                mirrorIds.add(mirrored);
            }
        }
        var subscriptions = new ArrayList<LocalGraph.Subscription>();
        for (ToPeer.Hears named : namedByPeers) {
            int[] bounds = graph.placement.bounds(named.ids());
            for (Partition partition : graph.partitions) {
                int[] indexes = Arrays.stream(named.ids(), bounds[partition.number], bounds[partition.number + 1])
                    .mapToInt(partition::indexOf).toArray();
                subscriptions.add(new LocalGraph.Subscription(named.from(), partition, indexes));
            }
        }
        for (Partition partition : graph.partitions) {
            cover(isCovered, partition.slots);
        }
        mirrors.forEach(group -> cover(isCovered, group.slots));
        var ghosts = new IntArrayList();
        for (int slot = 0; slot < isCovered.length; slot++) {
            if (!isCovered[slot]) {
                ghosts.add(slot);
            }
        }
        return graph.changed(mirrors, mirrorIds, subscriptions, names, ghosts.toIntArray());
    }

    private static void cover(boolean[] isCovered, int[] slots) {
        for (int slot : slots) {
            isCovered[slot] = true;
        }
    }
}
