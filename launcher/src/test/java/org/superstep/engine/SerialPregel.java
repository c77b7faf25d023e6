package org.superstep.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.superstep.JobException;
import org.superstep.graph.BooleanColumn;
import org.superstep.graph.Column;
import org.superstep.graph.Direction;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.DoubleMessages;
import org.superstep.graph.DoublePhase;
import org.superstep.graph.DoubleVectorColumn;
import org.superstep.graph.DoubleVertex;
import org.superstep.graph.FloatColumn;
import org.superstep.graph.IntColumn;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongPhase;
import org.superstep.graph.LongVectorColumn;
import org.superstep.graph.LongVertex;
import org.superstep.graph.Master;
import org.superstep.graph.ObjectColumn;
import org.superstep.graph.Phase;
import org.superstep.graph.Program;
import org.superstep.graph.Scratch;
import org.superstep.graph.Weights;
import org.superstep.graph.internal.Declarations;
import org.superstep.graph.internal.MasterView;
import org.superstep.graph.internal.SendList;
import org.superstep.graph.internal.Tally;
import org.superstep.graph.internal.VertexView;

/**
 * What a program means, said slowly: one thread, no partitions, a list of messages for each vertex. Senders speak in the order of their
 * ids, each first over its edges in their order, then by its sends in call order; so every list is in the order in which it is to be
 * folded.
 */
final class SerialPregel {
    /** An edge as one of its ends sees it in some direction: who is at the other end. */
    private record Edge(long neighbour, double weight, boolean isIn) {
    }

    private final Program program;
    private final Declarations declared;
    private final long[] ids;
    private final Map<Long, Integer> positions = new HashMap<>();
    private final List<List<Edge>> outEdges = new ArrayList<>();
    private final List<List<Edge>> inEdges = new ArrayList<>();
    private final Map<Column, Object> arrays = new LinkedHashMap<>();
    private final VertexView view = new VertexView();
    private final boolean[] awake;
    private final boolean[] gone;
    private List<List<Long>> inbox = new ArrayList<>();
    private long messagesSaid;
    /** Whom sends were for, each named as often as there are sends. */
    private final List<Long> addressees = new ArrayList<>();
    private long dropped;

    private SerialPregel(Program program, Sample sample, long seed) {
        this.program = program;
        declared = program.declarations();
        ids = sample.vertices();
        awake = new boolean[ids.length];
        gone = new boolean[ids.length];
        for (int v = 0; v < ids.length; v++) {
            positions.put(ids[v], v);
            outEdges.add(new ArrayList<>());
            inEdges.add(new ArrayList<>());
        }
        var arcs = sample.arcs(program.weights().need() != Weights.Need.IGNORED);
        for (Arc arc : arcs) {
            outEdges.get(positions.get(arc.source())).add(new Edge(arc.target(), arc.weight(), false));
            inEdges.get(positions.get(arc.target())).add(new Edge(arc.source(), arc.weight(), true));
        }
        view.seed = seed;
        view.vertexCount = ids.length;
        view.edgeCount = arcs.size();
        view.outDegrees = outEdges.stream().mapToInt(List::size).toArray();
        view.inDegrees = inEdges.stream().mapToInt(List::size).toArray();
        view.sends = new SendList();
        view.tally = new Tally(declared.aggregators());
        view.aggregates = view.tally.values();
        view.globals = declared.globals().stream().mapToLong(global -> global.initialBits()).toArray();
        view.scratch = declared.scratches().stream().map(Scratch::newObject).toArray();
        declared.columns().forEach(column -> arrays.put(column, column.newArray(ids.length)));
        view.doubles = arrays(DoubleColumn.class).toArray(double[][]::new);
        view.longs = arrays(LongColumn.class).toArray(long[][]::new);
        view.ints = arrays(IntColumn.class).toArray(int[][]::new);
        view.floats = arrays(FloatColumn.class).toArray(float[][]::new);
        view.booleans = arrays(BooleanColumn.class).toArray(boolean[][]::new);
        view.doubleVectors = arrays(DoubleVectorColumn.class).toArray(double[][]::new);
        view.longVectors = arrays(LongVectorColumn.class).toArray(long[][]::new);
        view.objects = arrays(ObjectColumn.class).toArray(Object[][]::new);
    }

    /** The arrays of one type's columns, in the order of their declaration. */
    private List<Object> arrays(Class<? extends Column> type) {
        return arrays.entrySet().stream().filter(entry -> type.isInstance(entry.getKey())).map(Map.Entry::getValue).toList();
    }

    /** The answer of the program on the graph; a job that runs on after so many supersteps fails. */
    static Answer run(Program program, Sample sample, long seed, int maxSupersteps) {
        return new SerialPregel(program, sample, seed).run(maxSupersteps);
    }

    private Answer run(int maxSupersteps) {
        var figures = new ArrayList<Answer.Figures>();
        var master = new MasterView(declared);
        master.vertexCount = view.vertexCount;
        master.edgeCount = view.edgeCount;
        master.globals = view.globals;
        Phase spoke = master.phase;
        inbox = emptyLists();
        wakeAll(master.phase.startsAwake());
        for (int superstep = 0;; superstep++) {
            master.superstep = superstep;
            master.awake = countAwake();
            master.messages = messagesSaid;
            master.aggregates = view.aggregates;
            master.wakeAll = false;
            master.phaseStarts = false;
            program.beforeSuperstep(new Master(master));
            boolean quiescent = countAwake() == 0 && messagesSaid == 0;
            if (master.halt || quiescent && !master.wakeAll && !master.phaseStarts) {
                return answer(figures);
            }
            if (superstep == maxSupersteps) {
                throw new JobException("still running after " + maxSupersteps + " supersteps", null);
            }
            wakeAll(master.wakeAll);
            if (isLong(spoke) != isLong(master.phase)) {
                if (messagesSaid > 0) {
                    throw new JobException("messages of another type are in flight", null);
                }
                spoke = master.phase;
            }
            long computed = superstep(superstep, spoke, master.phase);
            spoke = master.phase;
            String name = declared.phaseName(declared.indexOf(master.phase));
            figures.add(new Answer.Figures(superstep, name, computed, countAwake(), messagesSaid));
        }
    }

    /** All that are awake or have heard something compute, then all that was said is delivered. Returns how many have computed. */
    private long superstep(int superstep, Phase spoke, Phase phase) {
        var heard = inbox;
        inbox = emptyLists();
        messagesSaid = 0;
        // Sends are dropped when they would be delivered; where the job ends before, they are not.
        dropped += addressees.stream().filter(id -> !positions.containsKey(id) || gone[positions.get(id)]).count();
        addressees.clear();
        long computed = 0;
        var halting = new ArrayList<Integer>();
        view.superstep = superstep;
        for (int v = 0; v < ids.length; v++) {
            if (!gone[v] && (awake[v] || !heard.get(v).isEmpty())) {
                computed++;
                moveTo(v);
                hear(heard.get(v), spoke);
                if (phase instanceof DoublePhase doubles) {
                    doubles.compute(new DoubleVertex(view), new DoubleMessages(view));
                } else if (phase instanceof LongPhase longs) {
                    longs.compute(new LongVertex(view), new LongMessages(view));
                }
                awake[v] = !view.halted;
                if (view.haltedForGood) {
                    halting.add(v);
                }
                speak(v, phase);
            }
        }
        // Only now: one that has halted for good in this superstep hears nothing that was said in it, whoever spoke first.
        for (int v : halting) {
            gone[v] = true;
            inbox.get(v).clear();
        }
        view.aggregates = view.tally.values();
        view.tally.clear();
        return computed;
    }

    private void moveTo(int v) {
        view.index = v;
        view.ids = ids;
        view.halted = false;
        view.haltedForGood = false;
        view.spoke = false;
        view.sends.clear();
    }

    /** Folds from the first message on, which is the same as from the identity, for FIRST too. */
    private void hear(List<Long> messages, Phase spoke) {
        view.heard = !messages.isEmpty();
        if (spoke instanceof DoublePhase phase) {
            var combiner = phase.combiner();
            var values = messages.stream().map(Double::longBitsToDouble);
            view.heardDouble = values.reduce(combiner::combine).orElse(combiner.identity());
        } else if (spoke instanceof LongPhase phase) {
            var combiner = phase.combiner();
            view.heardLong = messages.stream().reduce(combiner::combine).orElse(combiner.identity());
        }
    }

    private void speak(int v, Phase phase) {
        if (view.spoke) {
            for (Edge edge : edges(v, phase.direction())) {
                deliver(edge.neighbour(), along(phase, edge.weight()));
            }
        }
        for (int i = 0; i < view.sends.size; i++) {
            deliver(view.sends.targets[i], view.sends.messages.words[i]);
            addressees.add(view.sends.targets[i]);
        }
    }

    private long along(Phase phase, double weight) {
        return phase instanceof DoublePhase doubles ? Double.doubleToRawLongBits(doubles.along(view.saidDouble, weight))
            : ((LongPhase) phase).along(view.saidLong, weight);
    }

    private void deliver(long target, long message) {
        messagesSaid++;
        Integer position = positions.get(target);
        if (position != null && !gone[position]) {
            inbox.get(position).add(message);
        }
    }

    private List<Edge> edges(int v, Direction direction) {
        return switch (direction) {
            case OUT -> outEdges.get(v);
            case IN -> inEdges.get(v);
            case BOTH -> {
                var both = new ArrayList<>(outEdges.get(v));
                both.addAll(inEdges.get(v));
                both.sort(Comparator.comparingLong(Edge::neighbour).thenComparingDouble(Edge::weight).thenComparing(Edge::isIn));
                yield both;
            }
        };
    }

    private void wakeAll(boolean wake) {
        for (int v = 0; v < ids.length; v++) {
            awake[v] |= wake && !gone[v];
        }
    }

    private long countAwake() {
        long count = 0;
        for (boolean isAwake : awake) {
            count += isAwake ? 1 : 0;
        }
        return count;
    }

    private List<List<Long>> emptyLists() {
        var lists = new ArrayList<List<Long>>();
        for (int v = 0; v < ids.length; v++) {
            lists.add(new ArrayList<>());
        }
        return lists;
    }

    private static boolean isLong(Phase phase) {
        return phase instanceof LongPhase;
    }

    private Answer answer(List<Answer.Figures> figures) {
        var columns = new LinkedHashMap<String, long[]>();
        arrays.forEach((column, array) -> columns.put(column.name(), ColumnBits.of(column, array)));
        return new Answer(ids, columns, figures, dropped);
    }
}
