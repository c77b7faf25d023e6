package org.superstep.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.superstep.testkit.ClassFile.Reference;
import org.superstep.testkit.ClassFile.Use;

/** Class files and what their methods refer to. */
class ClassFileTest {
    /** Something of each: a call, a lambda, a write, a new object, a switch. */
    private static final class Sample {
        private long last;

        long told(int which) {
            switch (which) {
                case 1 -> last = System.nanoTime();
                case 2 -> last = -1;
                case 70_000 -> last = new StringBuilder().length();
                default -> {
                    LongSupplier supplier = () -> last + Math.round(0.5);
                    last = supplier.getAsLong();
                }
            }
            return last;
        }
    }

    private static ClassFile read(Class<?> type) throws IOException {
        try (var in = type.getResourceAsStream(type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class")) {
            return ClassFile.read(in);
        }
    }

    @Test
    void methodsReferToWhatTheyCallWriteAndMake() throws IOException {
        var file = read(Sample.class);
        assertThat(file.source()).isEqualTo("ClassFileTest.java");
        assertThat(file.superName()).isEqualTo("java/lang/Object");
        String name = "org/superstep/testkit/ClassFileTest$Sample";
        assertThat(file.name()).isEqualTo(name);
        List<Reference> references = file.methods().get("told(I)J");
        int line = references.get(0).line();
        assertThat(references).contains(
            new Reference(Use.CALLS, "java/lang/System", "nanoTime", "()J", line),
            new Reference(Use.WRITES, name, "last", "J", line),
            new Reference(Use.MAKES, "java/lang/StringBuilder", "", "", line + 2),
            new Reference(Use.CALLS, name, "lambda$told$0", "()J", line + 4),
            new Reference(Use.READS, name, "last", "J", line + 8));
        assertThat(file.methods().get("lambda$told$0()J")).contains(new Reference(Use.CALLS, "java/lang/Math", "round", "(D)J", line + 4));
    }

    @Test
    void everyClassOfTheJdkCanBeRead() throws IOException {
        var base = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules/java.base/java");
        int read = 0;
        try (var files = Files.walk(base)) {
            for (Path path : (Iterable<Path>) files.filter(path -> path.toString().endsWith(".class"))::iterator) {
                try (var in = Files.newInputStream(path)) {
                    var file = ClassFile.read(in);
                    assertThat(path.toString()).endsWith("/" + file.name() + ".class");
                    for (var references : file.methods().values()) {
                        assertThat(references).as(file.name()).allMatch(reference -> !reference.owner().isEmpty()
                            && (reference.use() == Use.MAKES || !reference.descriptor().isEmpty()));
                    }
                    read++;
                }
            }
        }
        assertThat(read).isGreaterThan(2000);
    }

    @Test
    void theLengthOfEveryInstructionIsKnown() {
        assertThat(ClassFile.LENGTHS).hasSize(202);
        assertThat(ClassFile.LENGTHS.charAt(0x84)).as("iinc").isEqualTo('3');
        assertThat(ClassFile.LENGTHS.charAt(0xAC)).as("ireturn").isEqualTo('1');
        assertThat(ClassFile.LENGTHS.charAt(0xB9)).as("invokeinterface").isEqualTo('5');
        assertThat(ClassFile.LENGTHS.charAt(0xC5)).as("multianewarray").isEqualTo('4');
    }
}
