package org.superstep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import java.io.IOException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.superstep.JobReport;
import org.superstep.graph.Histogram;
import org.superstep.graph.Ranking;
import org.superstep.net.Delivery;

/** The JSON forms of what aggregators and globals come to, and of supersteps; the rest of the report is in {@link OutputTest}. */
final class RunReportTest {
    private static String json(Map<String, Object> values) throws IOException {
        var text = new StringWriter();
        try (var json = new JsonFactory().createGenerator(text)) {
            json.writeStartObject();
            RunReport.write(json, "values", values);
            json.writeEndObject();
        }
        return text.toString();
    }

    private static String json(JobReport.Superstep superstep) throws IOException {
        var text = new StringWriter();
        try (var json = new JsonFactory().createGenerator(text)) {
            RunReport.write(json, superstep);
        }
        return text.toString();
    }

    @Test void valuesHaveTheFormThatSuitsThem() throws IOException {
        var values = new LinkedHashMap<String, Object>();
        values.put("sum", 0.1);
        values.put("least of nothing", Double.POSITIVE_INFINITY);
        values.put("count", Long.MAX_VALUE);
        values.put("all", true);
        values.put("top", new Ranking(new long[] {3, 1}, new double[] {2.5, Double.NaN}));
        values.put("histogram", new Histogram(new double[] {0, 1.5}, new long[] {1, 0, 7}, 2));
        values.put("custom", List.of("a", "b"));
        assertThat(json(values)).isEqualTo("{\"values\":{\"sum\":0.1,\"least of nothing\":\"Infinity\",\"count\":9223372036854775807,"
            + "\"all\":true,\"top\":[{\"vertex\":3,\"value\":2.5},{\"vertex\":1,\"value\":\"NaN\"}],"
            + "\"histogram\":{\"bounds\":[0.0,1.5],\"counts\":[1,0,7],\"notNumbers\":2},\"custom\":\"[a, b]\"}}");
    }

    @Test void aSuperstepOfSeveralWorkersTellsWhatEachDid() throws IOException {
        var alone = new JobReport.Superstep(3, "main", Delivery.PULL, 7, 6, 5, 4, Map.of(), Map.of());
        var together = new JobReport.Superstep(3, "main", Delivery.PULL, 7, 6, 5, 4, Map.of(), Map.of(),
            List.of(new JobReport.Effort(1, 2, 3, 4, 5), new JobReport.Effort(6, 7, 8, 9, 10)));
        String figures = "{\"number\":3,\"phase\":\"main\",\"delivery\":\"pull\",\"computed\":7,\"awake\":6,\"messages\":5,\"nanos\":4";
        assertThat(json(alone)).isEqualTo(figures + "}");
        assertThat(json(together)).isEqualTo(figures + ",\"workers\":["
            + "{\"computeNanos\":1,\"networkNanos\":2,\"waitNanos\":3,\"sentBytes\":4,\"receivedBytes\":5},"
            + "{\"computeNanos\":6,\"networkNanos\":7,\"waitNanos\":8,\"sentBytes\":9,\"receivedBytes\":10}]}");
    }

    @Test void whereThereAreNoneThereIsNoField() throws IOException {
        assertThat(json(Map.of())).isEqualTo("{}");
    }

    @Test void aLongTextIsCut() throws IOException {
        assertThat(json(Map.of("custom", "x".repeat(5_000)))).isEqualTo("{\"values\":{\"custom\":\"" + "x".repeat(1_000) + "\"}}");
    }
}
