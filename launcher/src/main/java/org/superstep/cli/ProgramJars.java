package org.superstep.cli;

import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.superstep.graph.Program;

/**
 * The programs in a user's own jars. What a jar needs is found where its manifest's {@code Class-Path} says, in a folder {@code lib} beside
 * it, and in a folder {@code lib} inside it, in this order. Until it is closed the jars' class loader is also the thread's, and that of
 * threads which it starts, for libraries that look there for their services.
 */
final class ProgramJars implements AutoCloseable {
    private static final String SERVICES = "META-INF/services/" + Program.class.getName();
    private static final String LIBRARIES = "lib/";
    /** Class files of Java n have version n + 44. */
    private static final int VERSION_OF_JAVA_0 = 44;

    /** As the user has named them. */
    private final List<String> jars;
    /** The classes in the jars themselves by their names, with the jars that hold them. */
    private final Map<String, String> classes = new TreeMap<>();
    /** Classes that the jars list as programs; these may be called by their programs' names. */
    private final Set<String> listed = new LinkedHashSet<>();
    /** The jars as files, and those that lie beside them. */
    private final Set<Path> files = new LinkedHashSet<>();
    /** Copies of the jars that were inside, and of those that are on no file system of this machine; and the folders that hold them. */
    private final List<Path> copies = new ArrayList<>();
    /** Those that were inside: the jars have them wherever they are sent. */
    private final Set<Path> inside = new LinkedHashSet<>();
    private final JarClassLoader loader;
    private final ClassLoader loaderBefore = Thread.currentThread().getContextClassLoader();

    /**
     * Opens these jars.
     *
     * @throws UsageException if one is missing, or no jar
     */
    ProgramJars(List<String> jars) throws IOException {
        this.jars = jars;
        var libraries = new LinkedHashSet<Path>();
        for (String jar : jars) {
            Path file = Destination.pathOf("jar", jar);
            if (!Files.exists(file)) {
                throw new UsageException("--jar " + jar + ": there is no such file");
            }
            if (Files.isDirectory(file)) {
                throw new UsageException("--jar " + jar + ": is a folder; name a jar (jar --create --file mine.jar -C FOLDER . makes one)");
            }
            file = here(file);
            files.add(file);
            addLibrariesBeside(file, libraries);
            try (var zip = open(file, "--jar " + jar)) {
                read(zip, jar, libraries);
            }
        }
        files.addAll(libraries);
        var urls = new ArrayList<URL>();
        for (Path file : files) {
            urls.add(file.toUri().toURL());
        }
        files.removeAll(inside);
        loader = new JarClassLoader(urls.toArray(new URL[0]));
        Thread.currentThread().setContextClassLoader(loader);
    }

    /** The jar itself, or a copy: only files of this machine can be read as jars. */
    private Path here(Path jar) throws IOException {
        if (jar.getFileSystem() == FileSystems.getDefault()) {
            return jar;
        }
        Path copy = newCopy(newFolder(), jar.getFileName().toString());
        Files.copy(jar, copy);
        return copy;
    }

    /** A folder for copies. At exit the JVM deletes in the opposite order, the folder last; that is for a command that is broken off. */
    private Path newFolder() throws IOException {
        Path folder = Files.createTempDirectory("superstep-lib");
        folder.toFile().deleteOnExit();
        copies.add(folder);
        return folder;
    }

    private Path newCopy(Path folder, String name) {
        Path copy = folder.resolve(name);
        copy.toFile().deleteOnExit();
        copies.add(copy);
        return copy;
    }

    private static ZipFile open(Path file, String call) {
        try {
            return new ZipFile(file.toFile());
        } catch (IOException e) {
            throw new UsageException(call + ": is no jar that can be read (" + Destination.reason(e) + ")", e);
        }
    }

    private static void addLibrariesBeside(Path jar, Set<Path> libraries) throws IOException {
        Path folder = jar.toAbsolutePath().resolveSibling(LIBRARIES);
        if (!Files.isDirectory(folder)) {
            return;
        }
        var found = new ArrayList<Path>();
        try (var files = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path file : files) {
                // A class loader would pass over a broken jar in silence.
                open(file, file.toString()).close();
                found.add(file);
            }
        }
        // Which of two versions wins must not depend on the file system.
        Collections.sort(found);
        libraries.addAll(found);
    }

    private void read(ZipFile zip, String jar, Set<Path> libraries) throws IOException {
        Path folder = null;
        for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements();) {
            ZipEntry entry = entries.nextElement();
            String name = entry.getName();
            if (name.endsWith(".class") && !name.startsWith("META-INF/")) {
                String type = name.substring(0, name.length() - ".class".length()).replace('/', '.');
                if (isNamed(type)) {
                    classes.putIfAbsent(type, jar);
                }
            } else if (name.equals(SERVICES)) {
                readServices(zip.getInputStream(entry));
            } else if (name.startsWith(LIBRARIES) && name.endsWith(".jar")
                    && name.indexOf('/', LIBRARIES.length()) < 0) {
                if (folder == null) {
                    folder = newFolder();
                }
                Path copy = newCopy(folder, name.substring(LIBRARIES.length()));
                inside.add(copy);
                try (InputStream in = zip.getInputStream(entry)) {
                    Files.copy(in, copy);
                }
                open(copy, "--jar " + jar + ": " + name).close();
                libraries.add(copy);
            }
        }
    }

    /** Whether a class has a name in its source; anonymous ones have none, and {@code module-info} is no class. */
    private static boolean isNamed(String type) {
        String simple = simple(type);
        return !simple.isEmpty() && Character.isJavaIdentifierStart(simple.charAt(0)) && simple.indexOf('-') < 0;
    }

    private void readServices(InputStream in) throws IOException {
        try (var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int comment = line.indexOf('#');
                String type = (comment < 0 ? line : line.substring(0, comment)).trim();
                if (!type.isEmpty()) {
                    listed.add(type);
                }
            }
        }
    }

    /** Closes the jars; what was not loaded from them cannot be any more. */
    @Override public void close() throws IOException {
        Thread.currentThread().setContextClassLoader(loaderBefore);
        loader.close();
        for (int i = copies.size() - 1; i >= 0; i--) {
            Files.deleteIfExists(copies.get(i));
        }
    }

    /** Whether the program comes from these jars. */
    boolean hold(Program program) {
        return program.getClass().getClassLoader() == loader;
    }

    /**
     * The files that make the same programs elsewhere, where nothing lies beside them, in the order in which classes are looked for: the
     * jars, each with what the {@code Class-Path} of its manifest names behind it, and those in folders {@code lib} beside them.
     */
    List<Path> files() throws IOException {
        var all = new LinkedHashSet<Path>();
        for (Path file : files) {
            addWithClassPath(file, all);
        }
        return List.copyOf(all);
    }

    private static void addWithClassPath(Path jar, Set<Path> all) throws IOException {
        if (!all.add(jar)) {
            return;
        }
        String text;
        try (var opened = new JarFile(jar.toFile())) {
            text = opened.getManifest() == null ? null : opened.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
        }
        for (String entry : text == null ? new String[0] : text.trim().split("\\s+")) {
            try {
                Path named = Path.of(jar.toUri().resolve(entry));
                if (entry.endsWith(".jar") && Files.isRegularFile(named)) {
                    addWithClassPath(named, all);
                }
            } catch (IllegalArgumentException | FileSystemNotFoundException e) {
                // A class loader passes over what is no jar that it can have, too.
                continue;
            }
        }
    }

    /**
     * A new instance of the program that is called so: by its class's name in full, by its own name where its jar lists it as a service, by
     * its class's simple name if there is one such class only. What the jars do not have may be a bundled program.
     *
     * @throws UsageException if there is none, or it cannot be had
     */
    Program named(String word) {
        String inFull = word.replace('$', '.');
        for (String type : classes.keySet()) {
            if (type.replace('$', '.').equals(inFull)) {
                return program(type);
            }
        }
        UsageException broken = null;
        for (String type : listed) {
            try {
                Program program = program(type);
                if (program.name().equals(word)) {
                    return program;
                }
            } catch (UsageException e) {
                broken = e;
            }
        }
        Optional<String> namesake = namesake(word);
        if (namesake.isPresent()) {
            return program(namesake.get());
        }
        for (Program program : Programs.all()) {
            if (program.name().equals(word)) {
                return program;
            }
        }
        if (word.indexOf('.') > 0 && isInLibraries(word)) {
            return program(word);
        }
        throw broken != null ? broken : unknown(word);
    }

    /** The class of this simple name; of several, the one that is a program. */
    private Optional<String> namesake(String word) {
        var namesakes = new ArrayList<String>();
        for (String type : classes.keySet()) {
            if (simple(type).equals(word)) {
                namesakes.add(type);
            }
        }
        if (namesakes.size() > 1) {
            var programs = programTypes(new ArrayList<>());
            if (!Collections.disjoint(namesakes, programs)) {
                namesakes.retainAll(programs);
            }
        }
        if (namesakes.size() > 1) {
            throw new UsageException("there are several classes " + word + ": " + String.join(", ", namesakes) + "; name one of them in"
                + " full");
        }
        return namesakes.isEmpty() ? Optional.empty() : Optional.of(namesakes.get(0));
    }

    private boolean isInLibraries(String type) {
        try {
            load(type);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private UsageException unknown(String word) {
        var types = programTypes(new ArrayList<>());
        var names = new ArrayList<>(types);
        var simpleNames = new ArrayList<String>();
        for (String type : types) {
            simpleNames.add(simple(type));
        }
        for (Program program : Programs.all()) {
            names.add(program.name());
        }
        var meant = EditDistance.nearest(word, names);
        if (meant.isEmpty()) {
            meant = EditDistance.nearest(simple(word), simpleNames).map(name -> types.get(simpleNames.indexOf(name)));
        }
        return new UsageException("there is no program \"" + word + "\" in " + String.join(", ", jars)
            + (meant.isPresent() ? "; did you mean " + meant.get() + "?" : types.isEmpty() ? ", nor any other"
            : "; there are " + String.join(", ", types)) + " (superstep programs " + ProgramWords.options(jars)
            + "tells what each does)");
    }

    /**
     * A new instance of each program in the jars themselves, by the word that runs it: its name where its jar lists it, else its class's.
     *
     * @param faults takes a line for each class that cannot be had
     */
    Map<String, Program> all(List<String> faults) {
        var programs = new TreeMap<String, Program>();
        for (String type : programTypes(faults)) {
            try {
                Program program = program(type);
                boolean isNamed = listed.contains(type) && !programs.containsKey(program.name());
                programs.put(isNamed ? program.name() : type, program);
            } catch (UsageException e) {
                faults.add(e.getMessage());
            }
        }
        return programs;
    }

    /** The public concrete programs among the jars' own classes, none of them initialised. */
    private List<String> programTypes(List<String> faults) {
        var types = new ArrayList<String>();
        for (String name : classes.keySet()) {
            try {
                Class<?> type = load(name);
                if (type.getClassLoader() == loader && Program.class.isAssignableFrom(type) && Modifier.isPublic(type.getModifiers())
                        && !Modifier.isAbstract(type.getModifiers())) {
                    types.add(name);
                }
            } catch (UsageException e) {
                faults.add(e.getMessage());
            } catch (ClassNotFoundException e) {
                faults.add(place(name) + " cannot be loaded: " + e.getMessage() + " is not found");
            }
        }
        return types;
    }

    private Class<?> load(String type) throws ClassNotFoundException {
        try {
            return Class.forName(type, false, loader);
        } catch (LinkageError e) {
            throw unlinked(type, e);
        }
    }

    private Program program(String name) {
        Class<?> type;
        try {
            type = load(name);
        } catch (ClassNotFoundException e) {
            throw new UsageException("class " + name + " is not in " + String.join(", ", jars) + ", though listed in " + SERVICES, e);
        }
        if (!Program.class.isAssignableFrom(type)) {
            throw new UsageException(place(name) + " is no program: it does not extend DoubleProgram, LongProgram or another kind of "
                + Program.class.getName());
        }
        if (Modifier.isAbstract(type.getModifiers())) {
            throw new UsageException(place(name) + " is abstract; name a class that extends it");
        }
        if (!Modifier.isPublic(type.getModifiers())) {
            throw new UsageException(place(name) + " is not public; make the class public");
        }
        try {
            return type.asSubclass(Program.class).getConstructor().newInstance();
        } catch (NoSuchMethodException e) {
            boolean isInner = type.isMemberClass() && !Modifier.isStatic(type.getModifiers());
            throw new UsageException(place(name) + (isInner ? " is an inner class; make it static"
                : " has no public constructor without arguments; add one (the command sets the parameters after it)"), e);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof LinkageError missing) {
                throw unlinked(name, missing);
            }
            throw new UsageException("the constructor of " + place(name) + " throws " + e.getCause(), e.getCause());
        } catch (LinkageError e) {
            throw unlinked(name, e);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private UsageException unlinked(String type, LinkageError e) {
        if (e instanceof UnsupportedClassVersionError) {
            int compiled = javaOf(type);
            int running = Runtime.version().feature();
            return new UsageException(place(type) + (compiled > running ? " was compiled for Java " + compiled + ", and this is Java "
                + running + "; compile it with --release " + running + ", or set JAVA_HOME to a newer Java"
                : " needs what cannot be loaded: " + e.getMessage()), e);
        }
        if (e instanceof NoClassDefFoundError && e.getCause() instanceof ClassNotFoundException missing) {
            return new UsageException(place(type) + " needs class " + missing.getMessage() + ", which is missing; put the jar that has it"
                + " into the folder lib beside, or name it by another --jar", e);
        }
        if (e instanceof ExceptionInInitializerError) {
            return new UsageException("the static initializer of " + place(type) + " throws " + e.getCause(), e);
        }
        return new UsageException(place(type) + " cannot be loaded: " + e, e);
    }

    /** The Java that a class was compiled for; 0 where that is not to be found out. */
    private int javaOf(String type) {
        try (InputStream in = loader.getResourceAsStream(type.replace('.', '/') + ".class")) {
            if (in == null) {
                return 0;
            }
            // magic number (4 bytes), minor version (2), major version (2)
            var header = new DataInputStream(in);
            header.readInt();
            header.readUnsignedShort();
            return header.readUnsignedShort() - VERSION_OF_JAVA_0;
        } catch (IOException e) {
            return 0;
        }
    }

    /** A class and the jar that holds it. */
    private String place(String type) {
        String jar = classes.get(type);
        return type + (jar == null ? "" : " in " + jar);
    }

    private static String simple(String type) {
        return type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('$')) + 1);
    }
}
