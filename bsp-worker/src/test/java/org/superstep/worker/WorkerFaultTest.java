package org.superstep.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.superstep.graph.LongCombiner;
import org.superstep.graph.LongMessages;
import org.superstep.graph.LongProgram;
import org.superstep.graph.LongVertex;
import org.superstep.graph.io.InputException;
import org.superstep.net.Fault;

/** How a worker tells what it has failed of. */
class WorkerFaultTest {
    @Test
    void aFailureOfTheInputIsTheUsersToMend() {
        var cause = new InputException("web.txt:7: \"x\" is no edge");
        assertThat(of(cause)).isEqualTo(new Fault(Fault.Kind.INPUT, "web.txt:7: \"x\" is no edge", List.of(), cause));
    }

    @Test
    void aFailureWithoutWordsIsToldByItsName() {
        assertThat(of(new StackOverflowError()).message()).isEqualTo("java.lang.StackOverflowError");
    }

    @Test
    void aWrappedFailureOfInputOrOutputIsTheOneInside() {
        var cause = new IOException("no space left on device");
        assertThat(of(new UncheckedIOException(cause))).extracting(Fault::message, Fault::cause)
            .containsExactly("no space left on device", cause);
    }

    @Test
    void aFullHeapIsToldWithItsSizeAndARemedy() {
        assertThat(of(new OutOfMemoryError()).message()).startsWith("the heap of ").contains("SUPERSTEP_HEAP");
    }

    private static Fault of(Throwable thrown) {
        return WorkerFault.of(new Still(), thrown);
    }

    /** A program that does nothing. */
    private static final class Still extends LongProgram {
        Still() {
            longColumn("nothing", 0);
        }

        @Override public LongCombiner combiner() {
            return LongCombiner.SUM;
        }

        @Override public void compute(LongVertex v, LongMessages in) {
            v.halt();
        }
    }
}
