package org.superstep.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.superstep.JobReport;
import org.superstep.graph.BooleanParameter;
import org.superstep.graph.DoubleParameter;
import org.superstep.graph.DoublesParameter;
import org.superstep.graph.EnumParameter;
import org.superstep.graph.FileParameter;
import org.superstep.graph.Histogram;
import org.superstep.graph.LongParameter;
import org.superstep.graph.LongsParameter;
import org.superstep.graph.Parameter;
import org.superstep.graph.Ranking;
import org.superstep.graph.TextParameter;
import org.superstep.graph.VertexParameter;
import org.superstep.graph.VerticesParameter;
import org.superstep.job.Version;

/** A run's figures as JSON, for programs; the names are those of {@link JobReport}. Times are nanoseconds. */
final class RunReport {
    /** Of an object that has no form of its own here, at most so much of its text is shown. */
    private static final int MOST_CHARACTERS = 1_000;

    private final RunRequest request;
    private final RunFigures figures;
    private final JobReport job;

    RunReport(RunRequest request, RunFigures figures) {
        this.request = request;
        this.figures = figures;
        job = figures.outcome().job();
    }

    void write(OutputStream out) throws IOException {
        try (var json = new JsonFactory().createGenerator(out)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField("superstep", Version.text());
            json.writeStringField("program", job.program());
            json.writeObjectFieldStart("parameters");
            for (Parameter parameter : request.program().declarations().parameters()) {
                json.writeFieldName(parameter.name());
                writeValue(json, parameter);
            }
            json.writeEndObject();
            writeInput(json);
            writeOptions(json);
            writeFigures(json);
            write(json, "globals", job.globals());
            json.writeArrayFieldStart("supersteps");
            for (JobReport.Superstep superstep : job.supersteps()) {
                write(json, superstep);
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private static void writeValue(JsonGenerator json, Parameter parameter) throws IOException {
        if (parameter instanceof DoubleParameter number) {
            json.writeNumber(number.get());
        } else if (parameter instanceof LongParameter number) {
            json.writeNumber(number.get());
        } else if (parameter instanceof VertexParameter vertex) {
            json.writeNumber(vertex.get());
        } else if (parameter instanceof BooleanParameter flag) {
            json.writeBoolean(flag.get());
        } else if (parameter instanceof DoublesParameter numbers) {
            json.writeArray(numbers.values(), 0, numbers.size());
        } else if (parameter instanceof LongsParameter numbers) {
            json.writeArray(numbers.values(), 0, numbers.size());
        } else if (parameter instanceof VerticesParameter vertices) {
            json.writeArray(vertices.ids(), 0, vertices.size());
        } else if (parameter instanceof TextParameter || parameter instanceof EnumParameter || parameter instanceof FileParameter) {
            json.writeString(parameter.text().orElseThrow());
        } else {
            throw new IllegalArgumentException("no JSON form for " + parameter.getClass());
        }
    }

    private void writeInput(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("input");
        writePaths("paths", request.inputs(), json);
        if (!request.vertices().isEmpty()) {
            writePaths("vertexPaths", request.vertices(), json);
        }
        json.writeStringField("description", job.input());
        json.writeBooleanField("undirected", request.graph().isUndirected());
        json.writeBooleanField("deduped", request.graph().isDeduped());
        json.writeBooleanField("withoutSelfLoops", request.graph().isWithoutSelfLoops());
        json.writeEndObject();
    }

    private static void writePaths(String name, List<Path> paths, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (Path path : paths) {
            json.writeString(path.toString());
        }
        json.writeEndArray();
    }

    private void writeOptions(JsonGenerator json) throws IOException {
        json.writeNumberField("threads", job.threads());
        json.writeNumberField("partitions", job.partitions());
        json.writeNumberField("workers", job.workers());
        json.writeNumberField("seed", request.options().seed());
        json.writeStringField("delivery", lowerCase(request.options().delivery()));
        json.writeNumberField("maxSupersteps", request.options().maxSupersteps());
        if (request.output().isPresent()) {
            json.writeObjectFieldStart("output");
            json.writeStringField("path", request.output().get().said().toString());
            json.writeStringField("format", request.rows().title());
            json.writeEndObject();
        }
        if (!request.records().isEmpty()) {
            json.writeArrayFieldStart("records");
            for (RecordDestination records : request.records()) {
                json.writeStartObject();
                json.writeStringField("output", records.output().name());
                json.writeStringField("path", records.destination().said().toString());
                json.writeStringField("format", records.rows().title());
                json.writeNumberField("count", figures.outcome().records().get(records.output().name()));
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }

    private void writeFigures(JsonGenerator json) throws IOException {
        json.writeNumberField("vertices", job.vertices());
        json.writeNumberField("edges", job.edges());
        if (job.workers() > 1) {
            json.writeNumberField("mirrors", job.mirrors());
        }
        json.writeNumberField("droppedMessages", job.droppedMessages());
        if (job.cut().isPresent()) {
            json.writeStringField("cut", job.cut().get());
        }
        writeRecovery(json, job.recovery());
        json.writeNumberField("loadNanos", job.loadNanos());
        json.writeNumberField("computeNanos", job.computeNanos());
        json.writeNumberField("writeNanos", figures.writeNanos());
        json.writeNumberField("nanosPerEdgeAndSuperstep", job.nanosPerEdge());
        writeEfforts("workerTotals", job.workerTotals(), json);
        if (figures.peak().isPresent()) {
            PeakMemory peak = figures.peak().get();
            json.writeNumberField(peak.isResident() ? "peakResidentBytes" : "heapBytes", peak.bytes());
        }
    }

    /** How it was saved, and went on from there; nothing of a job that was neither. */
    private static void writeRecovery(JsonGenerator json, JobReport.Recovery recovery) throws IOException {
        if (recovery.equals(JobReport.Recovery.NONE)) {
            return;
        }
        json.writeObjectFieldStart("recovery");
        if (recovery.resumedFrom().isPresent()) {
            json.writeNumberField("resumedFrom", recovery.resumedFrom().getAsInt());
        }
        json.writeNumberField("restarts", recovery.restarts());
        json.writeNumberField("moves", recovery.moves());
        json.writeNumberField("checkpoints", recovery.checkpoints());
        json.writeNumberField("checkpointBytes", recovery.checkpointBytes());
        json.writeNumberField("copyNanos", recovery.copyNanos());
        json.writeNumberField("writeNanos", recovery.writeNanos());
        json.writeNumberField("confined", recovery.confined());
        json.writeNumberField("lostNanos", recovery.lostNanos());
        json.writeNumberField("computedAgain", recovery.computedAgain());
        json.writeNumberField("computedAgainOfAll", recovery.computedAgainOfAll());
        json.writeEndObject();
    }

    static void write(JsonGenerator json, JobReport.Superstep superstep) throws IOException {
        json.writeStartObject();
        json.writeNumberField("number", superstep.number());
        json.writeStringField("phase", superstep.phase());
        json.writeStringField("delivery", lowerCase(superstep.delivery()));
        json.writeNumberField("computed", superstep.computed());
        json.writeNumberField("awake", superstep.awake());
        json.writeNumberField("messages", superstep.messages());
        json.writeNumberField("nanos", superstep.nanos());
        write(json, "aggregates", superstep.aggregates());
        write(json, "globals", superstep.globals());
        writeEfforts("workers", superstep.workers(), json);
        json.writeEndObject();
    }

    /** What each worker did, by worker; nothing where there is one. */
    private static void writeEfforts(String field, List<JobReport.Effort> efforts, JsonGenerator json) throws IOException {
        if (!efforts.isEmpty()) {
            json.writeArrayFieldStart(field);
            for (JobReport.Effort effort : efforts) {
                json.writeStartObject();
                json.writeNumberField("computeNanos", effort.computeNanos());
                json.writeNumberField("networkNanos", effort.networkNanos());
                json.writeNumberField("waitNanos", effort.waitNanos());
                json.writeNumberField("sentBytes", effort.sentBytes());
                json.writeNumberField("receivedBytes", effort.receivedBytes());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
    }

    /** Values by name; nothing where there is none. */
    static void write(JsonGenerator json, String field, Map<String, Object> values) throws IOException {
        if (!values.isEmpty()) {
            json.writeObjectFieldStart(field);
            for (var value : values.entrySet()) {
                json.writeFieldName(value.getKey());
                write(json, value.getValue());
            }
            json.writeEndObject();
        }
    }

    private static void write(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Double number) {
            // Jackson quotes what JSON has no number for: "NaN", "Infinity".
            json.writeNumber(number);
        } else if (value instanceof Long number) {
            json.writeNumber(number);
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof Ranking ranking) {
            write(json, ranking);
        } else if (value instanceof Histogram histogram) {
            write(json, histogram);
        } else {
            String text = value.toString();
            json.writeString(text.substring(0, Math.min(text.length(), MOST_CHARACTERS)));
        }
    }

    private static void write(JsonGenerator json, Ranking ranking) throws IOException {
        json.writeStartArray();
        for (int i = 0; i < ranking.size(); i++) {
            json.writeStartObject();
            json.writeNumberField("vertex", ranking.id(i));
            json.writeNumberField("value", ranking.value(i));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, Histogram histogram) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("bounds");
        for (int i = 0; i < histogram.buckets() - 1; i++) {
            json.writeNumber(histogram.bound(i));
        }
        json.writeEndArray();
        json.writeArrayFieldStart("counts");
        for (int i = 0; i < histogram.buckets(); i++) {
            json.writeNumber(histogram.count(i));
        }
        json.writeEndArray();
        json.writeNumberField("notNumbers", histogram.notNumbers());
        json.writeEndObject();
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
