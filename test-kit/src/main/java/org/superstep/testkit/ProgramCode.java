package org.superstep.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.superstep.graph.Aggregator;
import org.superstep.graph.Column;
import org.superstep.graph.CustomAggregator;
import org.superstep.graph.ObjectColumn;
import org.superstep.graph.ObjectPhase;
import org.superstep.graph.Phase;
import org.superstep.graph.Program;
import org.superstep.graph.internal.MessageForm;
import org.superstep.testkit.ClassFile.Reference;
import org.superstep.testkit.Finding.Rule;

/**
 * The code that a program can come to, as far as it stands where the program's class does: in its jar, or its folder of classes. Calls of
 * clocks and of functions that differ from machine to machine are found here even where they make no difference today.
 */
final class ProgramCode {
    /** What the outcome of which is another next time: "Class.method", or with a descriptor where only that overload is meant. */
    private static final Set<String> UNREPEATABLE = Set.of("java/lang/System.nanoTime", "java/lang/System.currentTimeMillis",
        "java/lang/System.identityHashCode", "java/lang/System.getenv", "java/lang/Math.random", "java/lang/StrictMath.random",
        "java/lang/Runtime.availableProcessors", "java/lang/Runtime.freeMemory", "java/lang/Runtime.totalMemory",
        "java/lang/Thread.currentThread", "java/util/UUID.randomUUID", "java/util/Random.<init>()V", "java/util/SplittableRandom.<init>()V",
        "java/util/Date.<init>()V", "java/util/Collections.shuffle(Ljava/util/List;)V");
    /** Classes all of whose methods are so. */
    private static final Set<String> UNREPEATABLE_CLASSES = Set.of("java/util/concurrent/ThreadLocalRandom", "java/security/SecureRandom");
    /** Classes of the JDK's clocks: methods now, system..., tick... */
    private static final String CLOCKS = "java/time/";
    /** What {@link Math} may round one way here and another way there; the rest of it is exact. */
    private static final Set<String> INEXACT = Set.of("sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "exp",
        "expm1", "log", "log10", "log1p", "pow", "cbrt", "hypot");
    private static final Set<String> NOT_OURS = Set.of("java/", "javax/", "jdk/", "org/superstep/graph/");

    private final ClassLoader loader;
    private final Object place;
    private final Map<String, Optional<ClassFile>> files = new HashMap<>();
    private final Set<String> wholeClasses = new HashSet<>();
    private final Set<String> seen = new HashSet<>();
    private final Deque<Runnable> open = new ArrayDeque<>();
    private final List<Finding> findings = new ArrayList<>();
    /** Where each field, "Class.field", is written outside of constructors. */
    private final Map<String, String> writes = new LinkedHashMap<>();
    private final Map<String, Class<?>> classes = new TreeMap<>();

    private ProgramCode(Program program) {
        loader = program.getClass().getClassLoader();
        place = place(program.getClass());
    }

    /** Looks through the code of this program. Finds nothing where class files are not to be had. */
    static ProgramCode of(Program program) {
        var code = new ProgramCode(program);
        code.addWhole(program);
        for (Phase phase : program.declarations().phases()) {
            code.addWhole(phase);
            code.addWhole(MessageForm.of(phase).combiner());
            if (phase instanceof ObjectPhase<?> objects) {
                code.addWhole(objects.codec());
            }
        }
        for (Column column : program.declarations().columns()) {
            if (column instanceof ObjectColumn<?> objects) {
                code.addWhole(objects.codec());
            }
        }
        for (Aggregator aggregator : program.declarations().aggregators()) {
            if (aggregator instanceof CustomAggregator<?> custom) {
                code.addWhole(custom.aggregation());
                code.addWhole(custom.aggregation().codec());
            }
        }
        while (!code.open.isEmpty()) {
            code.open.remove().run();
        }
        return code;
    }

    /** What was found. */
    List<Finding> findings() {
        return findings;
    }

    /** Where a field is written after its object was made; empty where nothing says so. */
    String written(String field) {
        String where = writes.get(field);
        return where == null ? "" : ", set in " + where;
    }

    /** Where the program's own code has thrown this, or called what has; empty where it has not. */
    String thrown(Throwable fault) {
        for (StackTraceElement frame : fault.getStackTrace()) {
            if (classes().stream().anyMatch(type -> type.getName().equals(frame.getClassName()))) {
                return "; in " + simple(frame.getClassName().replace('.', '/')) + "." + frame.getMethodName() + ", " + frame.getFileName()
                    + ":" + frame.getLineNumber();
            }
        }
        return "";
    }

    /** The program's own classes that it comes to. */
    Collection<Class<?>> classes() {
        return classes.values();
    }

    private static Object place(Class<?> type) {
        var domain = type.getProtectionDomain();
        return domain == null || domain.getCodeSource() == null ? null : domain.getCodeSource().getLocation();
    }

    private void addWhole(Object object) {
        addWhole(object.getClass().getName().replace('.', '/'));
    }

    /** All methods of a class of which there are objects, and of those that it extends. */
    private void addWhole(String type) {
        if (wholeClasses.add(type)) {
            file(type).ifPresent(file -> {
                file.methods().keySet().forEach(method -> add(file, method));
                addWhole(file.superName());
            });
        }
    }

    /** A method, which may stand in a class that this one extends. */
    private void add(String type, String method) {
        for (var file = file(type); file.isPresent(); file = file(file.get().superName())) {
            if (file.get().methods().containsKey(method)) {
                add(file.get(), method);
                return;
            }
        }
    }

    private void add(ClassFile file, String method) {
        if (seen.add(file.name() + "." + method)) {
            open.add(() -> {
                String where = simple(file.name()) + "." + method.substring(0, method.indexOf('('));
                for (Reference reference : file.methods().get(method)) {
                    follow(reference, file, where, method);
                }
            });
        }
    }

    private void follow(Reference reference, ClassFile file, String where, String method) {
        String at = where + ", " + file.source() + (reference.line() > 0 ? ":" + reference.line() : "");
        String call = reference.owner() + "." + reference.member();
        String name = simple(reference.owner()) + (reference.member().equals("<init>") ? "" : "." + reference.member());
        switch (reference.use()) {
            case MAKES -> addWhole(reference.owner());
            case CALLS -> {
                boolean isClock = reference.owner().startsWith(CLOCKS) && (reference.member().equals("now")
                    || reference.member().startsWith("system") || reference.member().startsWith("tick"));
                if (isClock || UNREPEATABLE.contains(call) || UNREPEATABLE.contains(call + reference.descriptor())
                        || UNREPEATABLE_CLASSES.contains(reference.owner())) {
                    find(Rule.REPEATABLE, (reference.member().equals("<init>") ? "an unseeded " + name + " is made" : name + "() is called")
                        + " in " + at);
                } else if (reference.owner().equals("java/lang/Math") && INEXACT.contains(reference.member())) {
                    find(Rule.EXACT_MATH, name + "() is called in " + at);
                }
                add(reference.owner(), reference.member() + reference.descriptor());
            }
            case WRITES -> {
                if (!method.startsWith("<")) {
                    writes.putIfAbsent(simple(reference.owner()) + "." + reference.member(), at);
                }
                file(reference.owner());
            }
            case READS -> file(reference.owner());
        }
    }

    private void find(Rule rule, String what) {
        findings.add(new Finding(rule, "", OptionalLong.empty(), OptionalInt.empty(), what));
    }

    private static String simple(String type) {
        return type.substring(Math.max(type.lastIndexOf('/'), type.lastIndexOf('$')) + 1);
    }

    /** The class file, of a class that is the program's own. */
    private Optional<ClassFile> file(String type) {
        if (type == null || loader == null || NOT_OURS.stream().anyMatch(type::startsWith)) {
            return Optional.empty();
        }
        var known = files.get(type);
        if (known == null) {
            known = read(type);
            files.put(type, known);
        }
        return known;
    }

    private Optional<ClassFile> read(String type) {
        try (InputStream in = loader.getResourceAsStream(type + ".class")) {
            if (in == null || place == null) {
                return Optional.empty();
            }
            Class<?> loaded = Class.forName(type.replace('/', '.'), false, loader);
            if (!place.equals(place(loaded))) {
                return Optional.empty();
            }
            classes.put(type, loaded);
            return Optional.of(ClassFile.read(in));
        } catch (IOException | ReflectiveOperationException | LinkageError | RuntimeException e) {
            // What cannot be read cannot be looked through; the runs still tell what they tell.
            return Optional.empty();
        }
    }
}
