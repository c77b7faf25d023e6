package org.superstep.worker;

import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.superstep.graph.Direction;
import org.superstep.graph.EdgeColumn;
import org.superstep.graph.Program;
import org.superstep.graph.VertexConflict;
import org.superstep.graph.internal.ChangeList;

/**
 * What becomes of an owned partition in a change of the graph. First it is told what was asked of its vertices and of the edges that leave
 * them, and decides ({@link #resolve}); then it is told what has become of the edges that lead to its vertices, and is built anew
 * ({@link #rebuilt}) where anything has changed. Used by one thread at a time.
 */
final class PartitionChange {
    private static final Comparator<EdgePair> BY_ROW = Comparator.comparingLong(EdgePair::row).thenComparingLong(EdgePair::other);

    private final Partition before;
    private final Program program;
    private final LoadPlan plan;
    private final List<EdgeColumn> edgeColumns;
    /** Looked up by all partitions at once, so given new slots by {@link #nameNewcomers} alone. */
    private final SlotNames names;
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

    /** What was asked of one vertex. */
    static final class Asked {
        long removals;
        long additions;
        long edgeAdditions;
        long messages;
    }

    /** What was asked of one edge, or of all from source to target. */
    private record EdgeRequest(long source, long target, byte kind, double weight, double newWeight) {
    }

    PartitionChange(Partition before, Program program, LoadPlan plan, SlotNames names) {
        this.before = before;
        this.program = program;
        this.plan = plan;
        this.names = names;
        edgeColumns = program.declarations().edgeColumns();
    }

    /** What has been asked of a vertex so far, to be added to. */
    Asked asked(long vertexId) {
        return asked.computeIfAbsent(vertexId, id -> new Asked());
    }

    /** Takes the request that is number {@code i} of a list, about an edge that begins here. */
    void ask(ChangeList changes, int i) {
        requests.add(new EdgeRequest(changes.sources[i], changes.targets[i], changes.kinds[i], changes.weights[i], changes.newWeights[i]));
    }

    /** The edges from vertices of the partition that have changed, once it has decided. */
    List<EdgePair> out() {
        return out;
    }

    /** Takes what has become of edges that lead to a vertex of the partition. */
    void add(EdgePair pair) {
        in.add(pair);
    }

    /** Where each vertex was, -1 for one that came; null where they are as they were. */
    int[] oldIndexes() {
        return oldIndexes;
    }

    private int oldIndex(int index) {
        return oldIndexes == null ? index : oldIndexes[index];
    }

    private int oldRow(int index) {
        return oldRows == null ? index : oldRows[index];
    }

    /** Whether a vertex has come that did not exist, at this index. */
    boolean isNew(int index) {
        return oldRow(index) < 0;
    }

    boolean isTouched() {
        return oldIndexes != null || !out.isEmpty() || !in.isEmpty();
    }

    /** Decides what becomes of the vertices, as the program says, and of the edges that leave them. */
    void resolve() {
        var coming = new LongArrayList();
        var leaving = new LongArrayList();
        var anew = new LongArrayList();
        long[] askedIds = asked.keySet().toLongArray();
        // In order, so that of several that resolve fails about the same is told in any run.
        Arrays.sort(askedIds);
        for (long id : askedIds) {
            Asked about = asked.get(id);
            boolean existed = before.indexOf(id) >= 0;
            boolean exists = exists(new VertexConflict(id, existed, about.removals, about.additions, about.edgeAdditions,
                existed ? 0 : about.messages));
            if (exists && !existed) {
                coming.add(id);
            } else if (existed && !exists) {
                leaving.add(id);
            } else if (existed && about.removals > 0 && about.additions + about.edgeAdditions > 0) {
                anew.add(id);
            }
        }
        if (coming.isEmpty() && leaving.isEmpty() && anew.isEmpty()) {
            ids = before.ids;
        } else {
            mapVertices(coming.toLongArray(), leaving.toLongArray(), anew.toLongArray());
        }
        changeEdges();
        for (LongArrayList emptied : List.of(leaving, anew)) {
            emptied.forEach(this::emptyRow);
        }
        out.sort(BY_ROW);
    }

    /** Finds out who is there afterwards, and where each was before; the arrays ascend. */
    private void mapVertices(long[] coming, long[] leaving, long[] anew) {
        ids = new long[before.size + coming.length - leaving.length];
        oldIndexes = new int[ids.length];
        oldRows = new int[ids.length];
        int next = 0;
        int index = 0;
        for (int i = 0; i < ids.length; ) {
            if (next < coming.length && (index == before.size || coming[next] < before.ids[index])) {
                ids[i] = coming[next++];
                oldIndexes[i] = -1;
                oldRows[i++] = -1;
            } else if (contains(leaving, before.ids[index])) {
                index++;
            } else {
                ids[i] = before.ids[index];
                oldIndexes[i] = contains(anew, before.ids[index]) ? -1 : index;
                oldRows[i++] = index++;
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

    private static boolean contains(long[] ascending, long id) {
        return ascending.length > 0 && Arrays.binarySearch(ascending, id) >= 0;
    }

    /** Applies what was asked of edges, pair by pair: edges of one pair are all that a request can concern. */
    private void changeEdges() {
        // Stable: what was asked first, of one kind, comes first.
        requests.sort(Comparator.comparingLong(EdgeRequest::source).thenComparingLong(EdgeRequest::target)
            .thenComparingInt(EdgeRequest::kind));
        for (int from = 0; from < requests.size(); ) {
            EdgeRequest first = requests.get(from);
            int to = from + 1;
            while (to < requests.size() && requests.get(to).source == first.source && requests.get(to).target == first.target) {
                to++;
            }
            changePair(first.source, first.target, requests.subList(from, to));
            from = to;
        }
    }

    private void changePair(long source, long target, List<EdgeRequest> about) {
        int after = Arrays.binarySearch(ids, source);
        int index = before.indexOf(source);
        boolean isEmptied = index >= 0 && (after < 0 || oldIndex(after) < 0);
        Adjacency lists = before.hearing(Direction.IN);
        int first = index < 0 ? 0 : firstEntry(lists, index, target);
        double[] old = index < 0 ? new double[0] : weights(lists, first, lists.offsets[index + 1], target);
        var edges = new ParallelEdges(isEmptied ? new double[0] : old, first);
        edges.removeAll(weightsOf(about, ChangeList.REMOVE_EDGE));
        for (EdgeRequest request : about) {
            if (request.kind == ChangeList.SET_WEIGHT) {
                edges.setWeight(request.weight, request.newWeight);
            } else if (request.kind == ChangeList.REMOVE_EDGES) {
                edges.clear();
            }
        }
        if (after >= 0) {
            edges.addAll(weightsOf(about, ChangeList.ADD_EDGE));
        }
        if (isEmptied) {
            decided.computeIfAbsent(source, id -> new LongOpenHashSet()).add(target);
        }
        double[] changed = edges.weights();
        if (isEmptied || !Arrays.equals(old, changed) || !edgeColumns.isEmpty() && !edges.areWhereTheyWere()) {
            out.add(new EdgePair(source, target, changed, edges.entries()));
        }
    }

    /** The weights that requests of this kind name, ascending. */
    private static double[] weightsOf(List<EdgeRequest> about, byte kind) {
        return about.stream().filter(request -> request.kind == kind).mapToDouble(EdgeRequest::weight).sorted().toArray();
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
    private void emptyRow(long id) {
        Adjacency lists = before.hearing(Direction.IN);
        int index = before.indexOf(id);
        LongOpenHashSet targets = decided.computeIfAbsent(id, any -> new LongOpenHashSet());
        for (int entry = lists.offsets[index]; entry < lists.offsets[index + 1]; entry++) {
            long target = names.idOf(lists.slots[entry]);
            if (targets.add(target)) {
                out.add(new EdgePair(id, target, new double[0], new int[0]));
            }
        }
    }

    /** Gives slots to those who have none yet, before several threads look slots up. */
    void nameNewcomers() {
        for (int i = 0; oldRows != null && i < ids.length; i++) {
            if (oldRows[i] < 0) {
                names.slotOf(ids[i]);
            }
        }
        for (List<EdgePair> pairs : List.of(out, in)) {
            for (EdgePair pair : pairs) {
                if (pair.weights().length > 0) {
                    names.slotOf(pair.other());
                }
            }
        }
    }

    /** The partition anew, its vertices in the order of ids; everybody who is named must have a slot by now. */
    Partition rebuilt() {
        in.sort(BY_ROW);
        var outRows = new ChangedLists(names, out, ChangedLists.isWeighted(out, before.hearing(Direction.IN)),
            !edgeColumns.isEmpty());
        boolean inWeighted = ChangedLists.isWeighted(in, before.hearing(Direction.OUT))
            || before.ghosts != null && ChangedLists.isWeighted(List.of(), before.ghosts.hearing());
        var inRows = new ChangedLists(names, in, inWeighted);
        var ghostIds = new LongArrayList();
        var ghostly = new ChangedLists(names, in, inWeighted);
        long[] formerGhosts = before.ghosts == null ? new long[0] : before.ghosts.ids();
        // Everybody whose in-edges may stand here: who exists now, who did, who was a ghost, and who is led to by a new edge.
        var candidates = new LongArrayList(formerGhosts);
        asked.keySet().forEach(candidates::add);
        in.forEach(pair -> candidates.add(pair.row()));
        long[] ghosts = candidates.longStream().sorted().distinct().filter(id -> !contains(ids, id)).toArray();
        for (int i = 0; i < ids.length; i++) {
            outRows.append(ids[i], before.hearing(Direction.IN), oldIndex(i));
            int ghost = oldRow(i) < 0 ? Arrays.binarySearch(formerGhosts, ids[i]) : -1;
            if (ghost >= 0) {
                inRows.append(ids[i], before.ghosts.hearing(), ghost);
            } else {
                inRows.append(ids[i], before.hearing(Direction.OUT), oldRow(i));
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
        Adjacency outLists = outRows.build(edgeColumns, before.hearing(Direction.IN));
        Adjacency inLists = inRows.build();
        boolean sameVertices = oldIndexes == null;
        int[] slots = sameVertices ? before.slots : Arrays.stream(ids).mapToInt(names::slotOf).toArray();
        var after = new Partition(before.number, 0, ids, slots, degrees(outLists), degrees(inLists),
            sameVertices ? before.columns : new Columns(program.declarations().columns(), ids.length));
        after.hears(Direction.IN, outLists);
        after.hears(Direction.OUT, inLists);
        if (plan.structures().contains(Direction.BOTH)) {
            after.hears(Direction.BOTH, ChangedLists.merged(names, inLists, outLists));
        }
        after.ghosts = ghostIds.isEmpty() ? null : new Ghosts(ghostIds.toLongArray(), ghostly.build());
        after.takeState(before, oldIndexes);
        return after;
    }

    private static int[] degrees(Adjacency lists) {
        var degrees = new int[lists.offsets.length - 1];
        for (int i = 0; i < degrees.length; i++) {
            degrees[i] = lists.offsets[i + 1] - lists.offsets[i];
        }
        return degrees;
    }
}
