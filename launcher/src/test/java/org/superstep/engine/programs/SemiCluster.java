package org.superstep.engine.programs;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.superstep.graph.Codec;
import org.superstep.graph.Codecs;
import org.superstep.graph.EdgeCursor;

/**
 * A group of vertices that know each other better than others; immutable.
 *
 * @param members their ids, ascending; not to be changed
 * @param inner the weights of edges between members, added
 * @param boundary the weights of edges between a member and another vertex, added
 */
record SemiCluster(long[] members, double inner, double boundary) {
    /** How lists of them become bytes. */
    static final Codec<List<SemiCluster>> CODEC = new Codec<>() {
        @Override public void write(List<SemiCluster> clusters, DataOutput out) throws IOException {
            out.writeInt(clusters.size());
            for (var cluster : clusters) {
                Codecs.LONGS.write(cluster.members, out);
                out.writeDouble(cluster.inner);
                out.writeDouble(cluster.boundary);
            }
        }

        @Override public List<SemiCluster> read(DataInput in) throws IOException {
            var clusters = new ArrayList<SemiCluster>();
            for (int left = in.readInt(); left > 0; left--) {
                clusters.add(new SemiCluster(Codecs.LONGS.read(in), in.readDouble(), in.readDouble()));
            }
            return clusters;
        }
    };

    /** The best first, of those with the same score the one with the smaller members. */
    static Comparator<SemiCluster> bestFirst(double boundaryFactor) {
        return Comparator.comparingDouble((SemiCluster cluster) -> cluster.score(boundaryFactor)).reversed()
            .thenComparing(SemiCluster::members, Arrays::compare);
    }

    /** One vertex alone, with these edges. */
    static SemiCluster of(long id, EdgeCursor edges) {
        return new SemiCluster(new long[0], 0, 0).with(id, edges);
    }

    boolean contains(long id) {
        return Arrays.binarySearch(members, id) >= 0;
    }

    /** The cluster with one more member, which has these edges: what was boundary towards it is inner now. Self-loops are neither. */
    SemiCluster with(long id, EdgeCursor edges) {
        double innerNow = inner;
        double boundaryNow = boundary;
        while (edges.next()) {
            if (contains(edges.neighbour())) {
                innerNow += edges.weight();
                boundaryNow -= edges.weight();
            } else if (edges.neighbour() != id) {
                boundaryNow += edges.weight();
            }
        }
        long[] membersNow = Arrays.copyOf(members, members.length + 1);
        membersNow[members.length] = id;
        Arrays.sort(membersNow);
        return new SemiCluster(membersNow, innerNow, boundaryNow);
    }

    /** {@code (I - f B) / (V (V - 1) / 2)}; of one vertex alone, 1. */
    double score(double boundaryFactor) {
        long size = members.length;
        return size == 1 ? 1 : (inner - boundaryFactor * boundary) / (size * (size - 1) / 2.0);
    }
}
