package org.superstep.worker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;
import org.superstep.graph.Direction;

/** What a graph is by its definition: lists of arcs, searched from end to end. */
final class PlainGraph {
    /** Ids of all vertices, ascending. */
    final TreeSet<Long> vertices = new TreeSet<>();
    /** Edges heard by their targets. */
    private final List<Arc> byTargets = new ArrayList<>();
    /** Edges heard by their sources. */
    private final List<Arc> bySources = new ArrayList<>();

    /** Who hears whom over an edge of which weight. */
    record Arc(long hearer, long speaker, double weight) {
    }

    /** One entry of a list: whom a vertex hears, or who hears it. */
    record Neighbour(long id, double weight) {
    }

    PlainGraph(ArrayEdges edges, LoadPlan plan) {
        for (int i = 0; i < edges.size(); i++) {
            long source = edges.sources()[i];
            long target = edges.targets()[i];
            double weight = edges.weights() == null ? 1 : edges.weights()[i];
            if (plan.dropSelfLoops() && source == target) {
                continue;
            }
            vertices.add(source);
            vertices.add(target);
            byTargets.add(new Arc(target, source, weight));
            bySources.add(new Arc(source, target, weight));
            if (plan.undirected() && source != target) {
                byTargets.add(new Arc(source, target, weight));
                bySources.add(new Arc(target, source, weight));
            }
        }
        byTargets.sort(Comparator.comparingLong(Arc::hearer).thenComparingLong(Arc::speaker).thenComparingDouble(Arc::weight));
        bySources.sort(Comparator.comparingLong(Arc::hearer).thenComparingLong(Arc::speaker).thenComparingDouble(Arc::weight));
        if (plan.dedupe()) {
            keepTheLightest(byTargets);
            keepTheLightest(bySources);
        }
    }

    private static void keepTheLightest(List<Arc> arcs) {
        var kept = new LinkedHashMap<List<Long>, Arc>();
        arcs.forEach(arc -> kept.putIfAbsent(List.of(arc.hearer, arc.speaker), arc));
        arcs.clear();
        arcs.addAll(kept.values());
    }

    /** All arcs by which a structure delivers, in the order of hearers, speakers, weights. */
    List<Arc> arcs(Direction structure) {
        return switch (structure) {
            case OUT -> byTargets;
            case IN -> bySources;
            case BOTH -> {
                var both = new ArrayList<>(byTargets);
                both.addAll(bySources);
                both.sort(Comparator.comparingLong(Arc::hearer).thenComparingLong(Arc::speaker).thenComparingDouble(Arc::weight));
                yield both;
            }
        };
    }

    List<Neighbour> heardBy(long hearer, Direction structure) {
        return arcs(structure).stream().filter(arc -> arc.hearer == hearer).map(arc -> new Neighbour(arc.speaker, arc.weight)).toList();
    }

    int outDegree(long id) {
        return (int) byTargets.stream().filter(arc -> arc.speaker == id).count();
    }

    int inDegree(long id) {
        return (int) byTargets.stream().filter(arc -> arc.hearer == id).count();
    }
}
