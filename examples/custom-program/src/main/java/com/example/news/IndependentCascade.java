package com.example.news;

import java.util.Arrays;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.DoubleGlobal;
import org.superstep.graph.DoubleParameter;
import org.superstep.graph.EdgeCursor;
import org.superstep.graph.Edges;
import org.superstep.graph.LongAggregator;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongVectorColumn;
import org.superstep.graph.LongVectorMessages;
import org.superstep.graph.LongVectorProgram;
import org.superstep.graph.LongVectorVertex;
import org.superstep.graph.Master;
import org.superstep.graph.Scratch;
import org.superstep.graph.VerticesParameter;
import org.superstep.graph.Weights;

/**
 * How likely each vertex is to hear news that some vertices know from the start, by the independent cascade model: who hears the news tells
 * it once over each out-edge, and each time the other listens by chance. Over an edge of weight w it is told w times.
 *
 * <p>1,024 worlds run at once, a bit each. A message is the set of worlds in which its sender has just heard the news. The hearer throws
 * the dice, message by message in the order of senders, for those worlds in which it does not know the news yet, and tells on in which of
 * them it has heard it now.
 *
 * <p>Supersteps: one more than the longest chain of tellings. Messages: at most one an edge and superstep, of 128 bytes; the more worlds
 * hear the news at once, the fewer. Memory: 136 bytes a vertex, and the in-edges, by which the program hears anyway. The standard error of
 * a likelihood p is sqrt(p (1 - p) / 1024), at most 0.016; other seeds of the job give other worlds. Source: D. Kempe, J. Kleinberg,
 * E. Tardos, "Maximizing the spread of influence through a social network", 2003, section 2.
 */
public final class IndependentCascade extends LongVectorProgram {
    private static final int WORDS = 16;
    /** How many worlds there are. */
    static final int WORLDS = WORDS * Long.SIZE;

    private final VerticesParameter seeds = verticesParameter("seeds", "who knows the news from the start");
    private final DoubleParameter chance = doubleParameter("chance", 0.1, "chance that one who is told listens").between(0, 1);
    private final DoubleColumn likelihood = doubleColumn("likelihood", 0);
    private final LongVectorColumn known = longVectorColumn("known", WORDS, 0).hidden();
    private final LongAggregator reached = count("vertices reached, over all worlds").persistent();
    private final DoubleGlobal spread = doubleGlobal("spread", 0);
    private final Edges inEdges = inEdges();
    private final Scratch<long[]> buffer = scratch(() -> new long[WORDS]);

    /** For the command line, which sets the parameters afterwards. */
    public IndependentCascade() {
    }

    /** With this chance, and these vertices who know the news from the start. */
    public IndependentCascade(double chance, long... seeds) {
        this.chance.set(chance);
        this.seeds.set(seeds);
    }

    @Override public String description() {
        return "how likely each vertex is to hear news that some vertices spread";
    }

    @Override public Weights weights() {
        return Weights.OPTIONAL.atLeast(0);
    }

    @Override public int width() {
        return WORDS;
    }

    @Override public LongCombiner combiner() {
        return LongCombiner.NONE;
    }

    @Override public void compute(LongVectorVertex v, LongVectorMessages in) {
        long[] news = v.scratch(buffer);
        Arrays.fill(news, v.superstep() == 0 && seeds.contains(v.id()) ? -1L : 0);
        listen(v, in, news);
        int fresh = 0;
        for (int i = 0; i < WORDS; i++) {
            v.set(known, i, v.get(known, i) | news[i]);
            fresh += Long.bitCount(news[i]);
        }
        if (fresh > 0) {
            v.set(likelihood, v.get(likelihood) + (double) fresh / WORLDS);
            v.add(reached, fresh);
            v.broadcast(news);
        }
        if (v.get(likelihood) == 1) {
            v.haltForGood();
        } else {
            v.halt();
        }
    }

    /** Adds the worlds in which the vertex listens to one of those who tell. */
    private void listen(LongVectorVertex v, LongVectorMessages in, long[] news) {
        EdgeCursor edge = v.edges(inEdges);
        while (in.next()) {
            // Messages come in the order of the edges that carry them; only those edges are passed over whose sources are silent.
            do {
                edge.next();
            } while (edge.neighbour() != in.senderId());
            double success = 1 - StrictMath.pow(1 - chance.get(), edge.weight());
            for (int i = 0; i < WORDS; i++) {
                for (long left = in.value(i) & ~news[i] & ~v.get(known, i); left != 0; left &= left - 1) {
                    if (v.random().nextDouble() < success) {
                        news[i] |= left & -left;
                    }
                }
            }
        }
    }

    /** Tells, in the report, how many vertices hear the news on average. */
    @Override public void beforeSuperstep(Master m) {
        m.set(spread, (double) m.get(reached) / WORLDS);
    }
}
