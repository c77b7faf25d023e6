package org.superstep.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.superstep.graph.Codec;
import org.superstep.graph.Codecs;
import org.superstep.graph.DoubleAggregator;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.DoubleCombiner;
import org.superstep.graph.DoubleGlobal;
import org.superstep.graph.DoubleMessages;
import org.superstep.graph.DoubleParameter;
import org.superstep.graph.DoubleProgram;
import org.superstep.graph.DoubleVertex;
import org.superstep.graph.EdgeCursor;
import org.superstep.graph.Edges;
import org.superstep.graph.LongEdgeColumn;
import org.superstep.graph.ObjectColumn;
import org.superstep.graph.ObjectMessages;
import org.superstep.graph.ObjectProgram;
import org.superstep.graph.ObjectVertex;
import org.superstep.graph.RankingAggregator;
import org.superstep.graph.RecordOutput;
import org.superstep.graph.Weights;
import org.superstep.testkit.TestGraph.Edge;

/** One vertex by itself: it finds what it was given, and is held to what it did. */
class LoneVertexTest {
    private static LoneVertex busy() {
        return LoneVertex.of(new Busy(), 5).parameter("factor", "2").superstep(3).graph(10, 30).holds("sum", 1.5)
            .edge(5, 9, 0.5).edge(new Edge(5, 7, 4, Map.of("stamp", 6))).aggregate("total", 8).global("bonus", 100)
            .hears(4, 0.25).hears(1, 0.5);
    }

    @Test
    void aVertexFindsWhatItWasGiven() {
        VertexStep step = busy().compute();
        // Old sum, messages times factor, total, bonus, vertices, edges, out-degree, superstep.
        step.assertHolds("sum", 1.5 + 2 * 0.75 + 8 + 100 + 10 + 30 + 2 + 3);
        step.assertBroadcasts(156).assertSends(2).assertSent(0, 7, 4).assertSent(1, 9, 0.5);
        step.assertAdds("total", 156).assertEmits("diary", List.of(7, 6), List.of(9, 0)).assertStaysAwake();
        step.assertAsks("edges 5 -> 7 to go");
        step.assertEdges(new Edge(5, 7, 4, Map.of("stamp", 7)), new Edge(5, 9, 0.5, Map.of("stamp", 1)));
        assertThat(step.get("sum")).isEqualTo(156.0);
        assertThat(step.sends()).hasToString("[4.0 to 7, 0.5 to 9]");
    }

    @Test
    void whatIsNotSaidIsAsAtFirst() {
        LoneVertex.of(new Busy(), 5).compute().assertHolds("sum", 1).assertAdds("total", 1).assertSends(0).assertEmits("diary")
            .assertAsks("edges 5 -> 7 to go").assertEdges();
        LoneVertex.of(new Busy(), 5).degrees(3, 0).compute().assertHolds("sum", 4);
        LoneVertex.of(new Busy(), 5).hearsCombined(2).compute().assertHolds("sum", 3);
        LoneVertex.of(new Busy(), 13).compute().assertHaltsForGood().assertBroadcastsNothing().assertAddsNothing("total");
    }

    @Test
    void whatIsOtherwiseIsToldWithBothValues() {
        VertexStep step = busy().compute();
        assertThatThrownBy(() -> step.assertHolds("sum", 155)).isInstanceOf(AssertionError.class)
            .hasMessage("column \"sum\", vertex 5 in superstep 3: expected 155, was 156.0");
        step.assertHolds("sum", 155, 1);
        assertThatThrownBy(() -> step.assertBroadcasts(1)).hasMessageContaining("the broadcast, vertex 5");
        assertThatThrownBy(step::assertBroadcastsNothing).hasMessageContaining("expected nothing, was 156.0");
        assertThatThrownBy(() -> step.assertSends(0)).hasMessageContaining("the number of sends");
        assertThatThrownBy(() -> step.assertSent(0, 8, 4)).hasMessageContaining("the target of send 0");
        assertThatThrownBy(() -> step.assertSent(1, 9, 4)).hasMessageContaining("send 1");
        assertThatThrownBy(() -> step.assertSent(2, 9, 4)).hasMessageContaining("was nothing");
        assertThatThrownBy(() -> step.assertAdds("total", 1)).hasMessageContaining("what it adds to \"total\"");
        assertThatThrownBy(() -> step.assertAddsNothing("total")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> step.assertEmits("diary", List.of(7, 6))).hasMessageContaining("the number of records");
        assertThatThrownBy(() -> step.assertEmits("diary", List.of(7, 6), List.of(9, 1))).hasMessageContaining("record 1 of \"diary\"");
        assertThatThrownBy(step::assertAsks).hasMessageContaining("what it asks for");
        assertThatThrownBy(step::assertEdges).hasMessageContaining("its edges");
        assertThatThrownBy(step::assertHalts)
            .hasMessage("what becomes of it, vertex 5 in superstep 3: expected halts until a message comes, was stays awake");
    }

    @Test
    void objectsAreAlsoGivenByTheirBytes() {
        LoneVertex.of(new Words(), 1).holds("word", "a").hears(2, "b").hears(3, LoneVertex.coded("AAAAAWM=")).compute()
            .assertHolds("word", "abc").assertBroadcasts(LoneVertex.coded("AAAAA2FiYw==")).assertHalts();
        assertThatThrownBy(() -> LoneVertex.of(new Words(), 1).compute().assertHolds("word", LoneVertex.coded("AAAAAWM=")))
            .isInstanceOf(AssertionError.class);
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> LoneVertex.of(new Busy(), 5).holds("height", 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LoneVertex.of(new Busy(), 5).aggregate("all", 1)).hasMessageContaining("no aggregator \"all\"");
        assertThatThrownBy(() -> LoneVertex.of(new Busy(), 5).global("all", 1)).hasMessageContaining("no global \"all\"");
        assertThatThrownBy(() -> LoneVertex.of(new Busy(), 5).parameter("all", "1")).hasMessageContaining("no parameter \"all\"");
        assertThatThrownBy(() -> LoneVertex.of(new Busy(), 5).phase("all", 1)).hasMessageContaining("no phase \"all\"");
        assertThatThrownBy(() -> LoneVertex.of(new Busy(), 5).edge(1, 2, 1)).hasMessageContaining("not one of vertex 5");
        assertThatThrownBy(() -> busy().hearsCombined(1).compute()).hasMessageContaining("in place of hears");
        var once = busy();
        once.compute();
        assertThatThrownBy(once::compute).hasMessageContaining("has computed already");
    }

    /** Reads all that it can, and does all that it can with it. */
    static final class Busy extends DoubleProgram {
        private final DoubleParameter factor = doubleParameter("factor", 1, "of messages");
        private final DoubleColumn sum = doubleColumn("sum", 0);
        private final DoubleAggregator total = sum("total");
        private final RankingAggregator best = topK("best", 2);
        private final DoubleGlobal bonus = doubleGlobal("bonus", 0);
        private final Edges out = outEdges();
        private final LongEdgeColumn stamp = longEdgeColumn("stamp", 0);
        private final RecordOutput diary = recordOutput("diary", "target", "stamp");

        @Override public boolean changesGraph() {
            return true;
        }

        @Override public Weights weights() {
            return Weights.OPTIONAL;
        }

        @Override public DoubleCombiner combiner() {
            return DoubleCombiner.SUM;
        }

        @Override public void compute(DoubleVertex v, DoubleMessages in) {
            if (v.id() == 13) {
                v.haltForGood();
                return;
            }
            v.set(sum, v.get(sum) + factor.get() * in.combined() + v.previous(total) + v.global(bonus) + v.vertexCount() + v.edgeCount()
                + v.outDegree() + v.superstep());
            for (EdgeCursor e = v.edges(out); e.next();) {
                v.emit(diary, e.target(), e.get(stamp));
                v.send(e.target(), e.weight());
                e.set(stamp, e.get(stamp) + 1);
            }
            v.add(total, v.get(sum));
            v.add(best, v.get(sum) + v.previous(best).size());
            v.removeEdges(7);
            v.broadcast(v.get(sum));
        }
    }

    /** Strings words together. */
    static final class Words extends ObjectProgram<String> {
        private final ObjectColumn<String> word = objectColumn("word", Codecs.STRING, "");

        @Override public Codec<String> codec() {
            return Codecs.STRING;
        }

        @Override public void compute(ObjectVertex<String> v, ObjectMessages<String> in) {
            var text = new StringBuilder(v.get(word));
            while (in.next()) {
                text.append(in.value());
            }
            v.set(word, text.toString());
            v.broadcast(text.toString());
            v.halt();
        }
    }
}
