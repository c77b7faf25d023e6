package org.superstep.engine.programs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.superstep.graph.Codec;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.DoubleParameter;
import org.superstep.graph.Edges;
import org.superstep.graph.IntColumn;
import org.superstep.graph.LongColumn;
import org.superstep.graph.LongParameter;
import org.superstep.graph.ObjectMessages;
import org.superstep.graph.ObjectProgram;
import org.superstep.graph.ObjectVertex;
import org.superstep.graph.Weights;

/**
 * For each vertex of an undirected graph the best semi-cluster that it is in: a group with much weight on the edges among its members and
 * little on those that leave it. Groups may overlap.
 *
 * <p>Every vertex begins as a group of its own and tells its neighbours. Then it takes the groups that it hears of, and each of them with
 * itself as one more member where there is room; it tells its neighbours the best of all these and remembers the best that it is in.
 *
 * <p>Supersteps: {@code iterations + 1}. Messages: one list of at most {@code cluster-count} groups an edge and superstep. Memory: 20 bytes
 * a vertex. Source: G. Malewicz et al., "Pregel: a system for large-scale graph processing", 2010, section 5.4. There each vertex keeps as
 * many groups as it sends; here it keeps the best, by its score, size and smallest member. Parallel edges add up, self-loops count for
 * nothing.
 */
public final class SemiClustering extends ObjectProgram<List<SemiCluster>> {
    private final LongParameter iterations = longParameter("iterations", 5, "how often groups grow").atLeast(0);
    private final LongParameter clusterCount = longParameter("cluster-count", 4, "how many groups a vertex tells of").atLeast(1);
    private final LongParameter clusterSize = longParameter("cluster-size", 5, "how many members a group has at most").atLeast(1);
    private final DoubleParameter boundaryFactor = doubleParameter("boundary-factor", 0.5, "what an edge outwards costs").between(0, 1);
    private final DoubleColumn score = doubleColumn("score", 1);
    private final IntColumn size = intColumn("size", 1);
    private final LongColumn smallest = longColumn("smallest", 0);
    private final Edges edges = outEdges();

    /** With defaults. */
    public SemiClustering() {
    }

    /** With these parameters. */
    public SemiClustering(long iterations, long clusterCount, long clusterSize, double boundaryFactor) {
        this.iterations.set(iterations);
        this.clusterCount.set(clusterCount);
        this.clusterSize.set(clusterSize);
        this.boundaryFactor.set(boundaryFactor);
    }

    @Override public Weights weights() {
        return Weights.OPTIONAL.atLeast(0);
    }

    @Override public Codec<List<SemiCluster>> codec() {
        return SemiCluster.CODEC;
    }

    @Override public void compute(ObjectVertex<List<SemiCluster>> v, ObjectMessages<List<SemiCluster>> in) {
        var candidates = new ArrayList<SemiCluster>();
        if (v.superstep() == 0) {
            v.set(smallest, v.id());
            candidates.add(SemiCluster.of(v.id(), v.edges(edges)));
        }
        while (in.next()) {
            for (var cluster : in.value()) {
                candidates.add(cluster);
                if (!cluster.contains(v.id()) && cluster.members().length < clusterSize.get()) {
                    candidates.add(cluster.with(v.id(), v.edges(edges)));
                }
            }
        }
        candidates.sort(SemiCluster.bestFirst(boundaryFactor.get()));
        remember(v, candidates);
        if (v.superstep() == iterations.get()) {
            v.halt();
        } else if (!candidates.isEmpty()) {
            v.broadcast(best(candidates));
        }
    }

    private void remember(ObjectVertex<List<SemiCluster>> v, List<SemiCluster> candidates) {
        for (var cluster : candidates) {
            if (cluster.contains(v.id())) {
                if (cluster.score(boundaryFactor.get()) > v.get(score)) {
                    v.set(score, cluster.score(boundaryFactor.get()));
                    v.set(size, cluster.members().length);
                    v.set(smallest, cluster.members()[0]);
                }
                return;
            }
        }
    }

    /** The first so many, each group once, whoever told of it. */
    private List<SemiCluster> best(List<SemiCluster> candidates) {
        var told = new TreeSet<long[]>(Arrays::compare);
        return candidates.stream().filter(cluster -> told.add(cluster.members())).limit(clusterCount.get()).toList();
    }
}
