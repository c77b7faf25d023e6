package org.superstep.cli;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.superstep.graph.Aggregator;
import org.superstep.graph.Codec;
import org.superstep.graph.Column;
import org.superstep.graph.Global;
import org.superstep.graph.ObjectColumn;
import org.superstep.graph.Parameter;
import org.superstep.graph.Program;
import org.superstep.graph.internal.Declarations;
import org.superstep.graph.internal.Form;
import org.superstep.graph.internal.MessageForm;
import org.superstep.graph.internal.RoundTrip;
import org.superstep.testkit.LoneVertex;
import org.superstep.testkit.TestGraph.Edge;
import org.superstep.testkit.VertexStep;

/**
 * A class of tests, as source text for JUnit and the test kit, each of which sets up a vertex as it was in a scene, lets it compute, and
 * wants of it what it did.
 */
final class SceneSource {
    /** More of anything than this makes a test that nobody reads, and a method that no class file holds. */
    private static final int MOST_ITEMS = 500;

    private final Program program;
    private final Declarations declared;
    private final StringBuilder text = new StringBuilder();
    /** What the class calls the program's. */
    private String programName;

    /** Of a job of this program. */
    SceneSource(Program program) {
        this.program = program;
        declared = program.declarations();
    }

    /**
     * Refuses a program of which a class in this package cannot make instances.
     *
     * @param inPackage empty for the unnamed one
     */
    static void requireReachable(Program program, String inPackage) {
        Class<?> type = program.getClass();
        boolean isReachable;
        try {
            isReachable = isReachable(type.getDeclaredConstructor().getModifiers(), type, inPackage);
        } catch (NoSuchMethodException e) {
            isReachable = false;
        }
        for (Class<?> outer = type; outer != null; outer = outer.getEnclosingClass()) {
            isReachable &= isReachable(outer.getModifiers(), type, inPackage);
        }
        if (!isReachable || type.getCanonicalName() == null) {
            throw new UsageException("--as-test: a test cannot make a new " + type.getTypeName() + "(); make the class and its constructor"
                + " public, or name a file of its package: src/test/java/" + type.getPackageName().replace('.', '/') + "/...java");
        }
    }

    private static boolean isReachable(int modifiers, Class<?> type, String inPackage) {
        return Modifier.isPublic(modifiers) || !Modifier.isPrivate(modifiers) && type.getPackageName().equals(inPackage);
    }

    /**
     * The source of the class.
     *
     * @param inPackage empty for the unnamed one
     * @param name the class's
     */
    String source(String inPackage, String name, List<Scene> scenes) {
        Class<?> type = program.getClass();
        boolean hasEdges = !declared.edgeColumns().isEmpty();
        boolean hasRecords = scenes.stream().anyMatch(scene -> scene.deed().emitted().stream().anyMatch(records -> !records.isEmpty()));
        var imports = new TreeSet<>(List.of("org.junit.jupiter.api.Test", LoneVertex.class.getName()));
        if (hasRecords) {
            imports.add(List.class.getName());
        }
        if (hasEdges) {
            imports.addAll(List.of(Map.class.getName(), Edge.class.getCanonicalName()));
        }
        if (scenes.stream().anyMatch(scene -> scene.deed().thrown().isEmpty())) {
            imports.add(VertexStep.class.getName());
        }
        boolean isNamesake = type.getSimpleName().equals(name)
            || imports.stream().anyMatch(imported -> imported.endsWith("." + type.getSimpleName()));
        programName = isNamesake ? type.getCanonicalName() : type.getSimpleName();
        if (!isNamesake && (type.isMemberClass() || !type.getPackageName().equals(inPackage))) {
            imports.add(type.getCanonicalName());
        }
        line(inPackage.isEmpty() ? "" : "package " + inPackage + ";\n");
        if (scenes.stream().anyMatch(scene -> scene.deed().thrown().isPresent())) {
            line("import static org.junit.jupiter.api.Assertions.assertThrows;\n");
        }
        imports.forEach(imported -> line("import " + imported + ";"));
        line("\n/** Found by superstep replay in a run of " + comment(program.name()) + ". */");
        line("class " + name + " {");
        for (int i = 0; i < scenes.size(); i++) {
            line(i == 0 ? "    @Test" : "\n    @Test");
            method(scenes.get(i));
        }
        line("}");
        return text.toString().stripLeading();
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private void say(String call) {
        line("        vertex." + call + ";");
    }

    private void method(Scene scene) {
        requireSmall(scene);
        line("    void vertex" + Long.toString(scene.id()).replace('-', '_') + "InSuperstep" + scene.superstep() + "() {");
        line("        LoneVertex vertex = LoneVertex.of(new " + programName + "(), " + scene.id() + "L);");
        for (Parameter parameter : declared.parameters()) {
            parameter.text().ifPresent(value -> say("parameter(" + quoted(parameter.name()) + ", " + quoted(value) + ")"));
        }
        setting(scene);
        if (scene.deed().thrown().isPresent()) {
            line("        assertThrows(" + thrownType(scene.deed().thrown().get()) + ".class, vertex::compute);");
        } else {
            deed(scene.deed(), MessageForm.of(declared.phases().get(scene.setting().phase())));
        }
        line("    }");
    }

    private static void requireSmall(Scene scene) {
        requireSmall(scene, "messages", scene.setting().messages().size());
        requireSmall(scene, "edges", scene.setting().walked().size());
        requireSmall(scene, "sends", scene.deed().sends().size());
        for (List<List<Object>> records : scene.deed().emitted()) {
            requireSmall(scene, "records", records.size());
        }
    }

    private static void requireSmall(Scene scene, String what, int count) {
        if (count > MOST_ITEMS) {
            throw new UsageException("--as-test: vertex " + scene.id() + " has " + Figures.count(count) + " " + what + " in superstep "
                + scene.superstep() + ", too many for a test, which takes " + MOST_ITEMS + "; choose another vertex");
        }
    }

    private void setting(Scene scene) {
        Scene.Setting setting = scene.setting();
        say("superstep(" + scene.superstep() + ").seed(" + setting.seed() + "L)");
        if (declared.phases().size() > 1 || setting.phaseBegan() > 0) {
            say("phase(" + quoted(declared.phaseName(setting.phase())) + ", " + setting.phaseBegan() + ")");
        }
        if (setting.spoke() != setting.phase()) {
            say("spokenBy(" + quoted(declared.phaseName(setting.spoke())) + ")");
        }
        say("graph(" + setting.vertices() + "L, " + setting.edges() + "L).degrees(" + setting.outDegree() + ", " + setting.inDegree()
            + ")");
        setting.walked().forEach(edge -> say("edge(" + (edge.columns().isEmpty() ? ends(edge) : edge(edge)) + ")"));
        for (Column column : declared.columns()) {
            say("holds(" + quoted(column.name()) + ", "
                + value(setting.columns().get(declared.columns().indexOf(column)), codec(column)) + ")");
        }
        for (Aggregator aggregator : declared.aggregators()) {
            say("aggregate(" + quoted(aggregator.name()) + ", " + value(setting.aggregates().get(aggregator.index()), aggregator.form())
                + ")");
        }
        for (Global global : declared.globals()) {
            say("global(" + quoted(global.name()) + ", " + value(setting.globals().get(global.index()), global.form()) + ")");
        }
        Codec<?> codec = MessageForm.of(declared.phases().get(setting.spoke())).codec();
        setting.messages().forEach(heard -> say("hears(" + heard.sender() + "L, " + value(heard.message(), codec) + ")"));
        setting.combined().ifPresent(message -> say("hearsCombined(" + value(message, codec) + ")"));
    }

    private void deed(Scene.Deed deed, MessageForm form) {
        line("        VertexStep step = vertex.compute();");
        for (Column column : declared.columns()) {
            want("assertHolds(" + quoted(column.name()) + ", "
                + value(deed.columns().get(declared.columns().indexOf(column)), codec(column)) + ")");
        }
        want(deed.broadcast().map(said -> "assertBroadcasts(" + value(said, form.codec()) + ")").orElse("assertBroadcastsNothing()"));
        want("assertSends(" + deed.sends().size() + ")");
        for (int i = 0; i < deed.sends().size(); i++) {
            Scene.Sent sent = deed.sends().get(i);
            want("assertSent(" + i + ", " + sent.target() + "L, " + value(sent.message(), form.codec()) + ")");
        }
        for (Aggregator aggregator : declared.aggregators()) {
            Optional<Object> added = deed.added().get(aggregator.index());
            want(added.isEmpty() ? "assertAddsNothing(" + quoted(aggregator.name()) + ")"
                : "assertAdds(" + quoted(aggregator.name()) + ", " + value(added.get(), aggregator.form()) + ")");
        }
        for (int output = 0; output < deed.emitted().size(); output++) {
            want("assertEmits(" + quoted(declared.recordOutputs().get(output).name()) + deed.emitted().get(output).stream()
                .map(record -> ", List.of(" + record.stream().map(field -> value(field, (Codec<?>) null)).collect(Collectors.joining(", "))
                    + ")").collect(Collectors.joining()) + ")");
        }
        if (program.changesGraph()) {
            want("assertAsks(" + deed.asked().stream().map(SceneSource::quoted).collect(Collectors.joining(", ")) + ")");
        }
        if (!declared.edgeColumns().isEmpty()) {
            want("assertEdges(" + deed.outEdges().stream().map(SceneSource::edge).collect(Collectors.joining(", ")) + ")");
        }
        want(deed.haltsForGood() ? "assertHaltsForGood()" : deed.halts() ? "assertHalts()" : "assertStaysAwake()");
    }

    private void want(String call) {
        line("        step." + call + ";");
    }

    private static Codec<?> codec(Column column) {
        return column instanceof ObjectColumn<?> objects ? objects.codec() : null;
    }

    private static String ends(Edge edge) {
        return edge.source() + "L, " + edge.target() + "L, " + literal(edge.weight());
    }

    private static String edge(Edge edge) {
        var held = new ArrayList<String>();
        edge.columns().forEach((name, value) -> held.add("Map.entry(" + quoted(name) + ", " + literal(value) + ")"));
        return "new Edge(" + ends(edge) + ", Map.ofEntries(" + String.join(", ", held) + "))";
    }

    /** A value as an expression; where it has no literal, by the bytes that the codec makes of it. */
    private static String value(Object value, Codec<?> codec) {
        String literal = literal(value);
        return literal != null ? literal : coded(Base64.getEncoder().encodeToString(new RoundTrip(codec).written(value)), value);
    }

    private static String value(Object value, Form<?> form) {
        String literal = form.isOneWord() ? literal(value) : null;
        return literal != null ? literal : coded(LoneVertex.coded(form, value).base64(), value);
    }

    private static String coded(String base64, Object value) {
        return "LoneVertex.coded(\"" + base64 + "\") /* " + comment(String.valueOf(value)) + " */";
    }

    /** A number, truth value, text or array of numbers as Java writes it; null where it is anything else. */
    private static String literal(Object value) {
        if (value instanceof Double number) {
            return number.isNaN() ? "Double.NaN" : number.isInfinite() ? "Double." + (number > 0 ? "POSITIVE" : "NEGATIVE") + "_INFINITY"
                : number.toString();
        } else if (value instanceof Float number) {
            return number.isNaN() ? "Float.NaN" : number.isInfinite() ? "Float." + (number > 0 ? "POSITIVE" : "NEGATIVE") + "_INFINITY"
                : number + "f";
        } else if (value instanceof Long) {
            return value + "L";
        } else if (value instanceof Integer || value instanceof Boolean) {
            return value.toString();
        } else if (value instanceof String string) {
            return quoted(string);
        } else if (value instanceof double[] doubles) {
            return "new double[] {" + Arrays.stream(doubles).mapToObj(SceneSource::literal).collect(Collectors.joining(", ")) + "}";
        } else if (value instanceof long[] longs) {
            return "new long[] {" + Arrays.stream(longs).mapToObj(SceneSource::literal).collect(Collectors.joining(", ")) + "}";
        }
        return null;
    }

    private static String quoted(String string) {
        var quoted = new StringBuilder("\"");
        for (char letter : string.toCharArray()) {
            switch (letter) {
                case '"', '\\' -> quoted.append('\\').append(letter);
                case '\n' -> quoted.append("\\n");
                default -> {
                    if (letter < ' ') {
                        quoted.append(String.format("\\%03o", (int) letter));
                    } else if (letter > '~') {
                        quoted.append(String.format("\\u%04x", (int) letter));
                    } else {
                        quoted.append(letter);
                    }
                }
            }
        }
        return quoted.append('"').toString();
    }

    /** Text in which no comment ends, and which is none of Java's escapes. */
    private static String comment(String said) {
        String line = said.replaceAll("[^ -~]", "?").replace("*/", "* /").replace("\\", "/");
        return line.length() <= 80 ? line : line.substring(0, 77) + "...";
    }

    /** The nearest class of what was thrown that is Java's own, and so can be named everywhere. */
    private static String thrownType(Throwable thrown) {
        Class<?> type = thrown.getClass();
        while (!Modifier.isPublic(type.getModifiers()) || type.getCanonicalName() == null || type.getClassLoader() != null) {
            type = type.getSuperclass();
        }
        return type.getCanonicalName();
    }
}
