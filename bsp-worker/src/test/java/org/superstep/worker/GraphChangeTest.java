package org.superstep.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.graph.Direction;
import org.superstep.graph.EdgeCursor;
import org.superstep.graph.Edges;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.graph.VertexConflict;
import org.superstep.graph.Weights;
import org.superstep.graph.internal.ChangeList;
import org.superstep.graph.internal.SendList;
import org.superstep.net.Delivery;
import org.superstep.net.Placement;
import org.superstep.net.ToMaster;

/**
 * Random changes of the graph, asked for and made by one worker or several, against a graph that is a set of vertices and a list of edges:
 * who exists, which edges there are, who hears what over the graph in which it was said.
 */
class GraphChangeTest {
    private static final int SUPERSTEPS = 6;

    /** One edge. */
    private record Arc(long source, long target, double weight) {
    }

    /** One request, as a vertex asks for it. */
    private record Change(byte kind, long source, long target, double weight, double newWeight) {
    }

    private static long mix(long hash, long value) {
        long mixed = (hash ^ value) * 0x9E3779B97F4A7C15L;
        return mixed ^ mixed >>> 29;
    }

    /** What a vertex does in a superstep, a function of the seed alone; for the program and for the model. */
    private record Script(long seed, Direction direction, boolean undirected, boolean folds, boolean createsMissing, boolean resolves,
            long[] pool) {
        private SplittableRandom dice(int superstep, long id, int topic) {
            return new SplittableRandom(mix(mix(mix(seed, superstep), id), topic));
        }

        boolean isCalm(int superstep) {
            return dice(superstep, 0, 0).nextInt(4) == 0;
        }

        boolean speaks(int superstep, long id) {
            return dice(superstep, id, 1).nextInt(3) > 0;
        }

        boolean halts(int superstep, long id) {
            return dice(superstep, id, 2).nextInt(4) == 0;
        }

        long[] sendsTo(int superstep, long id) {
            SplittableRandom dice = dice(superstep, id, 3);
            return LongStream.generate(() -> any(dice)).limit(Math.max(0, dice.nextInt(6) - 3)).toArray();
        }

        private long any(SplittableRandom dice) {
            return pool[dice.nextInt(pool.length)];
        }

        List<Change> asks(int superstep, long id, List<Arc> out, List<Arc> in) {
            var changes = new ArrayList<Change>();
            SplittableRandom dice = dice(superstep, id, 4);
            for (int i = isCalm(superstep) ? 0 : dice.nextInt(4); i > 0; i--) {
                List<Arc> own = dice.nextBoolean() ? out : in;
                Arc arc = own.isEmpty() ? null : own.get(dice.nextInt(own.size()));
                long one = dice.nextInt(3) > 0 ? id : any(dice);
                long other = any(dice);
                double weight = dice.nextInt(4);
                switch (dice.nextInt(10)) {
                    case 0, 1 -> changes.add(arc == null ? null
                        : new Change(ChangeList.REMOVE_EDGE, arc.source, arc.target, arc.weight, 0));
                    case 2, 3 -> changes.add(arc == null ? null
                        : new Change(ChangeList.SET_WEIGHT, arc.source, arc.target, arc.weight, weight));
                    case 4 -> changes.add(new Change(ChangeList.REMOVE_EDGES, one, other, 0, 0));
                    case 5 -> changes.add(new Change(ChangeList.REMOVE_VERTEX, dice.nextInt(3) == 0 ? one : other, 0, 0, 0));
                    case 6 -> changes.add(new Change(ChangeList.ADD_VERTEX, other, 0, 0, 0));
                    default -> changes.add(new Change(ChangeList.ADD_EDGE, one, other, weight, 0));
                }
            }
            changes.removeIf(change -> change == null);
            return changes;
        }

        boolean exists(VertexConflict conflict) {
            return switch (resolves ? (int) Math.floorMod(conflict.vertexId(), 6L) : 5) {
                case 0 -> conflict.existed() || conflict.existsByDefault();
                case 1 -> conflict.existed() && conflict.existsByDefault();
                default -> conflict.existsByDefault();
            };
        }
    }

    private static long along(long message, double weight) {
        return mix(message, Double.doubleToLongBits(weight));
    }

    /** Every vertex notes which edges it has and what it hears, and does what the script says. */
    private static final class Scripted extends LongProgram {
        final LongColumn age = longColumn("age", 0);
        final LongColumn out = longColumn("out", 1);
        final LongColumn in = longColumn("in", 1);
        final LongColumn heard = longColumn("heard", 1);
        private final Edges outEdges = outEdges();
        private final Edges inEdges = inEdges();
        private final Script script;

        /** The hash of messages in their order. */
        private static final class Hash extends LongCombiner {
            @Override public long identity() {
                return 0;
            }

            @Override public long combine(long left, long right) {
                return left * 1_000_003 + right;
            }
        }

        private static final LongCombiner HASH = new Hash();

        Scripted(Script script) {
            this.script = script;
        }

        @Override public Direction direction() {
            return script.direction;
        }

        @Override public LongCombiner combiner() {
            return script.folds ? HASH : LongCombiner.NONE;
        }

        @Override public long along(long message, double weight) {
            return GraphChangeTest.along(message, weight);
        }

        @Override public boolean changesGraph() {
            return true;
        }

        @Override public boolean createMissing() {
            return script.createsMissing;
        }

        @Override public boolean resolve(VertexConflict conflict) {
            return script.exists(conflict);
        }

        @Override public void compute(LongVertex v, LongMessages messages) {
            List<Arc> outArcs = arcs(v.edges(outEdges));
            List<Arc> inArcs = arcs(v.edges(inEdges));
            assertThat(v.outDegree()).isEqualTo(outArcs.size());
            assertThat(v.inDegree()).isEqualTo(inArcs.size());
            v.set(age, v.get(age) + 1);
            v.set(out, hash(outArcs));
            v.set(in, hash(inArcs));
            v.set(heard, mix(v.get(heard), heard(messages)));
            for (Change change : script.asks(v.superstep(), v.id(), outArcs, inArcs)) {
                switch (change.kind) {
                    case ChangeList.REMOVE_EDGE, ChangeList.SET_WEIGHT -> {
                        EdgeCursor e = v.edges(change.source == v.id() ? outEdges : inEdges);
                        do {
                            assertThat(e.next()).isTrue();
                        } while (!new Arc(e.source(), e.target(), e.weight()).equals(new Arc(change.source, change.target, change.weight)));
                        if (change.kind == ChangeList.REMOVE_EDGE) {
                            e.remove();
                        } else {
                            e.setWeight(change.newWeight);
                        }
                    }
                    case ChangeList.REMOVE_EDGES -> v.removeEdges(change.source, change.target);
                    case ChangeList.REMOVE_VERTEX -> v.removeVertex(change.source);
                    case ChangeList.ADD_VERTEX -> v.addVertex(change.source);
                    default -> v.addEdge(change.source, change.target, change.weight);
                }
            }
            if (script.speaks(v.superstep(), v.id())) {
                v.broadcast(v.id());
            }
            for (long target : script.sendsTo(v.superstep(), v.id())) {
                v.send(target, ~v.id());
            }
            if (script.halts(v.superstep(), v.id())) {
                v.halt();
            }
        }

        private long heard(LongMessages messages) {
            if (script.folds) {
                return messages.isEmpty() ? 0 : messages.combined();
            }
            long folded = 0;
            for (boolean first = true; messages.next(); first = false) {
                folded = first ? messages.value() : HASH.combine(folded, messages.value());
            }
            return folded;
        }

        private static List<Arc> arcs(EdgeCursor e) {
            var arcs = new ArrayList<Arc>();
            while (e.next()) {
                arcs.add(new Arc(e.source(), e.target(), e.weight()));
            }
            return arcs;
        }

        static long hash(List<Arc> arcs) {
            long hash = 1;
            for (Arc arc : arcs) {
                hash = mix(mix(mix(hash, arc.source), arc.target), Double.doubleToLongBits(arc.weight));
            }
            return hash;
        }
    }

    /** The same job over plain collections. */
    private static final class Model {
        private static final class State {
            private long age;
            private long out = 1;
            private long in = 1;
            private long heard = 1;
            private boolean awake = true;
        }

        /** A message on its way; {@code order} puts those of one sender in order. */
        private record Message(long receiver, long sender, int order, long bits) {
        }

        private final Script script;
        private final TreeMap<Long, State> vertices = new TreeMap<>();
        private List<Arc> arcs = new ArrayList<>();
        private Map<Long, List<Message>> inboxes = new HashMap<>();
        private long computed;
        private long messages;
        private long dropped;

        Model(Script script, ArrayEdges edges) {
            this.script = script;
            for (int i = 0; i < edges.size(); i++) {
                double weight = edges.weights() == null ? 1 : edges.weights()[i];
                arcs.add(new Arc(edges.sources()[i], edges.targets()[i], weight));
                if (script.undirected && edges.sources()[i] != edges.targets()[i]) {
                    arcs.add(new Arc(edges.targets()[i], edges.sources()[i], weight));
                }
            }
            arcs.forEach(arc -> {
                vertices.putIfAbsent(arc.source, new State());
                vertices.putIfAbsent(arc.target, new State());
            });
        }

        private List<Arc> out(long id) {
            return arcs.stream().filter(arc -> arc.source == id)
                .sorted(Comparator.comparingLong(Arc::target).thenComparingDouble(Arc::weight)).toList();
        }

        private List<Arc> in(long id) {
            return arcs.stream().filter(arc -> arc.target == id)
                .sorted(Comparator.comparingLong(Arc::source).thenComparingDouble(Arc::weight)).toList();
        }

        void superstep(int superstep) {
            var said = new ArrayList<Message>();
            var asked = new ArrayList<Change>();
            computed = 0;
            for (long id : vertices.keySet()) {
                State state = vertices.get(id);
                List<Message> heard = inboxes.getOrDefault(id, List.of());
                if (!state.awake && heard.isEmpty()) {
                    continue;
                }
                computed++;
                state.awake = !script.halts(superstep, id);
                state.age++;
                state.out = Scripted.hash(out(id));
                state.in = Scripted.hash(in(id));
                long folded = heard.isEmpty() ? 0 : heard.get(0).bits;
                for (int i = 1; i < heard.size(); i++) {
                    folded = Scripted.HASH.combine(folded, heard.get(i).bits);
                }
                state.heard = mix(state.heard, folded);
                asked.addAll(script.asks(superstep, id, out(id), in(id)));
                if (script.speaks(superstep, id)) {
                    said.addAll(broadcast(id));
                }
                for (long target : script.sendsTo(superstep, id)) {
                    said.add(new Message(target, id, Integer.MAX_VALUE, ~id));
                }
            }
            messages = said.size();
            var existedBefore = new TreeSet<>(vertices.keySet());
            TreeSet<Long> renewed = change(asked, said);
            inboxes = new HashMap<>();
            said.sort(Comparator.comparingLong(Message::sender).thenComparingInt(Message::order));
            for (Message message : said) {
                if (vertices.containsKey(message.receiver) && !renewed.contains(message.receiver)) {
                    inboxes.computeIfAbsent(message.receiver, any -> new ArrayList<>()).add(message);
                } else if (!existedBefore.contains(message.receiver)) {
                    dropped++;
                }
            }
        }

        /** Over which edges a broadcast goes: by weight where several lead to one vertex, out-edges before in-edges. */
        private List<Message> broadcast(long id) {
            record Way(long to, double weight, boolean reversed) {
            }
            var ways = new ArrayList<Way>();
            if (script.direction != Direction.IN) {
                arcs.stream().filter(arc -> arc.source == id).forEach(arc -> ways.add(new Way(arc.target, arc.weight, false)));
            }
            if (script.direction != Direction.OUT) {
                arcs.stream().filter(arc -> arc.target == id).forEach(arc -> ways.add(new Way(arc.source, arc.weight, true)));
            }
            ways.sort(Comparator.comparingDouble(Way::weight).thenComparing(Way::reversed));
            var sent = new ArrayList<Message>();
            for (Way way : ways) {
                // Over an edge to nobody who exists only a target can be met, never a source: those have taken their edges with them.
                sent.add(new Message(way.to, id, sent.size(), along(id, way.weight)));
            }
            return sent;
        }

        /** Makes the changes in Pregel's order; returns who has come anew. */
        private TreeSet<Long> change(List<Change> asked, List<Message> said) {
            var ids = new TreeSet<Long>();
            for (Change change : asked) {
                if (change.kind >= ChangeList.REMOVE_VERTEX) {
                    ids.add(change.source);
                }
                if (change.kind == ChangeList.ADD_EDGE) {
                    ids.add(change.target);
                }
            }
            if (script.createsMissing) {
                said.stream().map(Message::receiver).filter(id -> !vertices.containsKey(id)).forEach(ids::add);
            }
            var after = new TreeMap<>(vertices);
            var renewed = new TreeSet<Long>();
            var emptied = new TreeSet<Long>();
            for (long id : ids) {
                boolean existed = vertices.containsKey(id);
                long removals = asked.stream().filter(c -> c.kind == ChangeList.REMOVE_VERTEX && c.source == id).count();
                long additions = asked.stream().filter(c -> c.kind == ChangeList.ADD_VERTEX && c.source == id).count();
                long ends = asked.stream().filter(c -> c.kind == ChangeList.ADD_EDGE && (c.source == id || c.target == id)).count();
                long meant = existed || !script.createsMissing ? 0 : said.stream().filter(message -> message.receiver == id).count();
                boolean exists = script.exists(new VertexConflict(id, existed, removals, additions, ends, meant));
                if (!exists) {
                    after.remove(id);
                    emptied.add(id);
                } else if (!existed || removals > 0 && additions + ends > 0) {
                    after.put(id, new State());
                    emptied.add(id);
                    if (existed) {
                        renewed.add(id);
                    }
                }
            }
            arcs.removeIf(arc -> emptied.contains(arc.source));
            asked.stream().filter(change -> change.kind == ChangeList.REMOVE_EDGE)
                .forEach(change -> arcs.remove(new Arc(change.source, change.target, change.weight)));
            asked.stream().filter(change -> change.kind == ChangeList.SET_WEIGHT).forEach(change -> {
                if (arcs.remove(new Arc(change.source, change.target, change.weight))) {
                    arcs.add(new Arc(change.source, change.target, change.newWeight));
                }
            });
            asked.stream().filter(change -> change.kind == ChangeList.REMOVE_EDGES)
                .forEach(change -> arcs.removeIf(arc -> arc.source == change.source && arc.target == change.target));
            asked.stream().filter(change -> change.kind == ChangeList.ADD_EDGE && after.containsKey(change.source))
                .forEach(change -> arcs.add(new Arc(change.source, change.target, change.weight)));
            vertices.clear();
            vertices.putAll(after);
            return renewed;
        }

        long hearings() {
            long in = arcs.stream().filter(arc -> vertices.containsKey(arc.target)).count();
            return switch (script.direction) {
                case OUT -> arcs.size();
                case IN -> in;
                case BOTH -> arcs.size() + in;
            };
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, 400);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theGraphAndItsMessagesAreThoseOfTheModelAfterEverySuperstep(long seed) {
        var random = new SplittableRandom(seed);
        int workers = 1 + random.nextInt(3);
        long[] ids = Ids.random(random, 1 + random.nextInt(14));
        ArrayEdges edges = ArrayEdges.random(random, Arrays.copyOf(ids, 1 + random.nextInt(ids.length)));
        var script = new Script(seed, Direction.values()[random.nextInt(3)], random.nextInt(3) == 0, random.nextBoolean(),
            random.nextInt(3) == 0, random.nextInt(3) == 0, ids);
        var program = new Scripted(script);
        LoadPlan plan = LoadPlan.of(program, script.undirected, false, false);
        var model = new Model(script, edges);
        long dropped = 0;
        try (var group = new WorkerGroup(program, edges, plan, workers, 1 + random.nextInt(2), seed)) {
            group.load(Ids.placement(random, ids, workers));
            for (int superstep = 0; superstep < SUPERSTEPS; superstep++) {
                String words = "seed " + seed + ", " + workers + " workers, superstep " + superstep + ", " + script;
                List<ToMaster.SuperstepDone> done = group.run(superstep, random.nextBoolean() ? Delivery.PULL : Delivery.PUSH);
                dropped += done.stream().mapToLong(ToMaster.SuperstepDone::dropped).sum();
                // Whom this superstep's messages find missing is known after it or, without changes, in the next.
                long droppedBefore = model.dropped;
                model.superstep(superstep);
                assertThat(done.stream().mapToLong(ToMaster.SuperstepDone::computed).sum()).as(words).isEqualTo(model.computed);
                assertThat(done.stream().mapToLong(ToMaster.SuperstepDone::messages).sum()).as(words).isEqualTo(model.messages);
                assertThat(dropped).as("%s, dropped", words).isEqualTo(droppedBefore);
                if (group.changes() > 0) {
                    List<ToMaster.GraphChanged> changed =
                        group.change(superstep, 0, random.nextBoolean() ? Delivery.PULL : Delivery.PUSH);
                    dropped += changed.stream().mapToLong(ToMaster.GraphChanged::dropped).sum();
                    assertThat(dropped).as("%s, dropped", words).isEqualTo(model.dropped);
                    assertThat(changed.stream().mapToLong(ToMaster.GraphChanged::vertices).sum()).as(words)
                        .isEqualTo(model.vertices.size());
                    assertThat(changed.stream().mapToLong(ToMaster.GraphChanged::edges).sum()).as(words).isEqualTo(model.arcs.size());
                    assertThat(changed.stream().mapToLong(answer -> answer.hearings()[0]).sum()).as(words).isEqualTo(model.hearings());
                    assertThat(changed.stream().mapToLong(ToMaster.GraphChanged::awake).sum()).as(words)
                        .isEqualTo(model.vertices.values().stream().filter(state -> state.awake).count());
                }
                assertColumn(group, program.age, model, words, "age");
                assertColumn(group, program.out, model, words, "out-edges");
                assertColumn(group, program.in, model, words, "in-edges");
                assertColumn(group, program.heard, model, words, "messages");
            }
        }
    }

    private static void assertColumn(WorkerGroup group, LongColumn column, Model model, String words, String what) {
        var expected = new TreeMap<Long, Long>();
        model.vertices.forEach((id, state) -> expected.put(id, switch (what) {
            case "age" -> state.age;
            case "out-edges" -> state.out;
            case "in-edges" -> state.in;
            default -> state.heard;
        }));
        assertThat(group.values(column)).as("%s, %s", words, what).isEqualTo(expected);
    }

    /** A model that nothing happens in would agree with anything. */
    @Test
    void everyKindOfChangeIsAskedForAndMade() {
        var kinds = new TreeSet<Integer>();
        long renewed = 0;
        for (long seed = 0; seed < 20; seed++) {
            var random = new SplittableRandom(seed);
            long[] ids = LongStream.range(0, 10).toArray();
            var script = new Script(seed, Direction.OUT, false, true, true, false, ids);
            var model = new Model(script, ArrayEdges.random(random, ids));
            for (int superstep = 0; superstep < SUPERSTEPS; superstep++) {
                for (long id : model.vertices.keySet()) {
                    script.asks(superstep, id, model.out(id), model.in(id)).forEach(change -> kinds.add((int) change.kind));
                }
                model.superstep(superstep);
                renewed += model.vertices.values().stream().filter(state -> state.age == 0).count();
            }
        }
        assertThat(kinds).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(renewed).isPositive();
    }

    /** Asks for changes of the graph and has no columns. */
    private static final class Bare extends LongProgram {
        @Override public boolean changesGraph() {
            return true;
        }

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
        }
    }

    @Test
    void partitionsOfWhichNothingChangesStayAsTheyAre() {
        var program = new Bare();
        LoadPlan plan = LoadPlan.of(program, false, false, false);
        try (var loading = new Loading(ArrayEdges.of(1, 2, 2, 3, 8, 9), plan, new Placement(new long[] {5}, new int[2]), 1, 1, 0);
            var crew = new Crew("change", 2)) {
            LocalGraph graph = loading.graphs[0];
            graph.takeChanges(Weights.OPTIONAL);
            Partition[] before = graph.partitions.clone();
            before[0].speakers.changes.removeEdges(1, 1, 2);
            var change = new GraphChange(program, graph, plan, 0, 1, crew);
            change.resolve(new SendList());
            assertThat(change.hasHeardAllArcs()).isTrue();
            LocalGraph after = change.changed(change.apply());
            assertThat(after.partitions[1]).isSameAs(before[1]);
            assertThat(change.oldIndexes(1)).isNull();
            assertThat(change.oldIndexes(0)).as("the vertices are the same").isNull();
            assertThat(after.partitions[0]).isNotSameAs(before[0]);
            assertThat(after.partitions[0].outDegrees).containsExactly(0, 1, 0);
            assertThat(after.partitions[0].inDegrees).containsExactly(0, 0, 1);
            assertThat(after.hasChanged()).isTrue();
        }
    }

    /** As where a program merges vertices, and all that led from one group to another leads from one vertex to another. */
    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void manyParallelEdgesComeAndGoInNoMoreTimeThanTheirNumberSays() {
        int count = 400_000;
        var program = new Bare();
        LoadPlan plan = LoadPlan.of(program, false, false, false);
        double[] weights = DoubleStream.iterate(1, weight -> weight + 1).limit(count).toArray();
        var ends = new long[count];
        Arrays.fill(ends, 2);
        var sources = new long[count];
        Arrays.fill(sources, 1);
        try (var loading = new Loading(new ArrayEdges(sources, ends, weights, true), plan, new Placement(new long[0], new int[1]), 1, 1, 0);
            var crew = new Crew("change", 1)) {
            LocalGraph graph = loading.graphs[0];
            graph.takeChanges(Weights.OPTIONAL);
            ChangeList changes = graph.partitions[0].speakers.changes;
            for (int i = 0; i < count; i++) {
                changes.addEdge(1, 1, 2, -i);
                changes.removeEdge(1, 1, 2, i % 2 == 0 ? weights[i] : 0.5);
            }
            var change = new GraphChange(program, graph, plan, 0, 1, crew);
            change.resolve(new SendList());
            Adjacency lists = change.changed(change.apply()).partitions[0].hearing(Direction.IN);
            assertThat(lists.slots).hasSize(count + count / 2);
            for (int entry = 0; entry < lists.slots.length; entry++) {
                assertThat(lists.weight(entry)).isEqualTo(entry < count ? entry - (count - 1) : 2.0 * (entry - count + 1));
            }
        }
    }

    @Test
    void verticesThatComeAndGoForEverNeedNoMoreAndMoreSlots() {
        var program = new Bare();
        LoadPlan plan = LoadPlan.of(program, false, false, false);
        try (var loading = new Loading(ArrayEdges.of(1, 2, 2, 3, 8, 9), plan, new Placement(new long[] {5}, new int[2]), 1, 1, 0);
            var crew = new Crew("change", 2)) {
            LocalGraph graph = loading.graphs[0];
            for (long id = 100; id < 5_100; id++) {
                graph.takeChanges(Weights.OPTIONAL);
                ChangeList changes = graph.partitions[0].speakers.changes;
                changes.addEdge(1, 3, id, 1);
                changes.addEdge(1, id, 1, 1);
                changes.removeEdges(1, 3, id - 1);
                changes.removeVertex(1, id - 1);
                var change = new GraphChange(program, graph, plan, 0, 1, crew);
                change.resolve(new SendList());
                graph = change.changed(change.apply());
                assertThat(graph.slots).as("at %s", id).isLessThan(300);
            }
            // Who is there still knows whom it hears: 3 hears 2, and 1 the last that came.
            assertThat(graph.partitions[1].ids).containsExactly(8, 9, 5_099);
            assertThat(neighbours(graph, 0, Direction.OUT, 2)).containsExactly(2);
            assertThat(neighbours(graph, 0, Direction.OUT, 0)).containsExactly(5_099);
            assertThat(neighbours(graph, 0, Direction.IN, 2)).containsExactly(5_099);
            assertThat(neighbours(graph, 1, Direction.OUT, 2)).containsExactly(3);
        }
    }

    /** The ids in one row of a partition's lists. */
    private static long[] neighbours(LocalGraph graph, int place, Direction structure, int index) {
        Adjacency lists = graph.partitions[place].hearing(structure);
        return Arrays.stream(lists.slots, lists.offsets[index], lists.offsets[index
            + 1]).mapToLong(slot -> graph.idOfSlot()[slot]).toArray();
    }
}
