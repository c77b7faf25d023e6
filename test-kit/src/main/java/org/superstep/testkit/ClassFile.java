package org.superstep.testkit;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the methods of a class refer to, read from its class file (The Java Virtual Machine Specification, chapter 4).
 *
 * @param name the class, with slashes
 * @param superName its superclass; null for Object
 * @param source the source file's name, or the class's where it is not known
 * @param methods by name and descriptor
 */
record ClassFile(String name, String superName, String source, Map<String, List<ClassFile.Reference>> methods) {
    private static final int UTF8 = 1;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    private static final int CLASS = 7;
    private static final int FIELD = 9;
    private static final int INTERFACE_METHOD = 11;
    private static final int NAME_AND_TYPE = 12;
    private static final int METHOD_HANDLE = 15;
    private static final int DYNAMIC = 17;
    private static final int INVOKE_DYNAMIC = 18;

    /** Bytes of each instruction from nop to jsr_w, but for the switches and wide: 1 to 5, as digits. */
    static final String LENGTHS = "1".repeat(16) + "23233" + "2".repeat(5) + "1".repeat(28) + "2".repeat(5) + "1".repeat(73) + "3"
        + "1".repeat(20) + "3".repeat(16) + "2" + "??" + "1".repeat(6) + "3".repeat(7) + "55" + "323" + "11" + "33" + "11" + "?4" + "33"
        + "55";

    private static final int TABLE_SWITCH = 0xAA;
    private static final int LOOKUP_SWITCH = 0xAB;
    private static final int GET_STATIC = 0xB2;
    private static final int PUT_STATIC = 0xB3;
    private static final int PUT_FIELD = 0xB5;
    private static final int INVOKE_INTERFACE = 0xB9;
    private static final int INVOKE_DYNAMIC_CODE = 0xBA;
    private static final int NEW = 0xBB;
    private static final int WIDE = 0xC4;
    private static final int IINC = 0x84;

    /** What an instruction does with what it refers to. */
    enum Use { CALLS, READS, WRITES, MAKES }

    /**
     * What an instruction refers to.
     *
     * @param use what it does with it
     * @param owner the class, with slashes
     * @param member the method or field; empty for a class
     * @param descriptor its types
     * @param line the line in the source; 0 where it is not known
     */
    record Reference(Use use, String owner, String member, String descriptor, int line) {
    }

    /** Reads a class file. */
    static ClassFile read(InputStream in) throws IOException {
        return new Parser(new DataInputStream(in)).parse();
    }

    /** Reads one class file from front to back. */
    private static final class Parser {
        private final DataInputStream in;
        private int[] tags;
        /** A constant's text, or its two numbers. */
        private Object[] constants;
        private String source;
        /** For each bootstrap method the methods of our interest among its arguments, as constants. */
        private final List<int[]> bootstraps = new ArrayList<>();

        /** A method's code, looked at when the bootstrap methods are known, which come last. */
        private record Code(String method, byte[] bytes, Map<Integer, Integer> lines) {
        }

        Parser(DataInputStream in) {
            this.in = in;
        }

        ClassFile parse() throws IOException {
            in.readInt();
            in.readInt();
            readConstants();
            in.readUnsignedShort();
            String name = className(in.readUnsignedShort());
            int parent = in.readUnsignedShort();
            for (int i = in.readUnsignedShort(); i > 0; i--) {
                in.readUnsignedShort();
            }
            var codes = new ArrayList<Code>();
            readMembers(null);
            readMembers(codes);
            source = name.substring(name.lastIndexOf('/') + 1);
            for (int i = in.readUnsignedShort(); i > 0; i--) {
                readClassAttribute();
            }
            var methods = new LinkedHashMap<String, List<Reference>>();
            for (Code code : codes) {
                methods.put(code.method, references(code));
            }
            return new ClassFile(name, parent == 0 ? null : className(parent), source, methods);
        }

        private void readConstants() throws IOException {
            int count = in.readUnsignedShort();
            tags = new int[count];
            constants = new Object[count];
            for (int i = 1; i < count; i++) {
                tags[i] = in.readUnsignedByte();
                switch (tags[i]) {
                    case UTF8 -> constants[i] = in.readUTF();
                    case LONG, DOUBLE -> {
                        in.readLong();
                        i++;
                    }
                    case METHOD_HANDLE -> constants[i] = new int[] {in.readUnsignedByte(), in.readUnsignedShort()};
                    case CLASS, 8, 16, 19, 20 -> constants[i] = new int[] {in.readUnsignedShort()};
                    case 3, 4, FIELD, 10, INTERFACE_METHOD, NAME_AND_TYPE, DYNAMIC, INVOKE_DYNAMIC ->
                        constants[i] = new int[] {in.readUnsignedShort(), in.readUnsignedShort()};
                    default -> throw new IOException("a constant of a kind that is not known: " + tags[i]);
                }
            }
        }

        private String text(int constant) {
            return (String) constants[constant];
        }

        private int[] numbers(int constant) {
            return (int[]) constants[constant];
        }

        private String className(int constant) {
            return text(numbers(constant)[0]);
        }

        /** Fields, or methods whose code is to be kept. */
        private void readMembers(List<Code> codes) throws IOException {
            for (int i = in.readUnsignedShort(); i > 0; i--) {
                in.readUnsignedShort();
                String member = text(in.readUnsignedShort()) + text(in.readUnsignedShort());
                for (int j = in.readUnsignedShort(); j > 0; j--) {
                    String attribute = text(in.readUnsignedShort());
                    byte[] content = in.readNBytes(in.readInt());
                    if (attribute.equals("Code") && codes != null) {
                        codes.add(code(member, ByteBuffer.wrap(content)));
                    }
                }
            }
        }

        private Code code(String method, ByteBuffer content) {
            content.getInt();
            var bytes = new byte[content.getInt()];
            content.get(bytes);
            int exceptions = Short.toUnsignedInt(content.getShort());
            content.position(content.position() + 8 * exceptions);
            var lines = new LinkedHashMap<Integer, Integer>();
            for (int i = Short.toUnsignedInt(content.getShort()); i > 0; i--) {
                String attribute = text(Short.toUnsignedInt(content.getShort()));
                int end = content.getInt() + content.position();
                if (attribute.equals("LineNumberTable")) {
                    for (int j = Short.toUnsignedInt(content.getShort()); j > 0; j--) {
                        lines.put(Short.toUnsignedInt(content.getShort()), Short.toUnsignedInt(content.getShort()));
                    }
                }
                content.position(end);
            }
            return new Code(method, bytes, lines);
        }

        private void readClassAttribute() throws IOException {
            String attribute = text(in.readUnsignedShort());
            var content = ByteBuffer.wrap(in.readNBytes(in.readInt()));
            if (attribute.equals("SourceFile")) {
                source = text(Short.toUnsignedInt(content.getShort()));
            } else if (attribute.equals("BootstrapMethods")) {
                for (int i = Short.toUnsignedInt(content.getShort()); i > 0; i--) {
                    content.getShort();
                    var arguments = new int[Short.toUnsignedInt(content.getShort())];
                    for (int j = 0; j < arguments.length; j++) {
                        arguments[j] = Short.toUnsignedInt(content.getShort());
                    }
                    bootstraps.add(arguments);
                }
            }
        }

        private List<Reference> references(Code code) {
            var references = new ArrayList<Reference>();
            var bytes = ByteBuffer.wrap(code.bytes);
            int line = 0;
            for (int at = 0; at < code.bytes.length; at += length(bytes, at)) {
                line = code.lines.getOrDefault(at, line);
                int operation = Byte.toUnsignedInt(code.bytes[at]);
                if (operation >= GET_STATIC && operation <= NEW) {
                    int constant = Short.toUnsignedInt(bytes.getShort(at + 1));
                    if (operation == INVOKE_DYNAMIC_CODE) {
                        for (int argument : bootstraps.get(numbers(constant)[0])) {
                            if (tags[argument] == METHOD_HANDLE) {
                                references.add(member(numbers(argument)[1], Use.CALLS, line));
                            }
                        }
                    } else if (operation == NEW) {
                        references.add(new Reference(Use.MAKES, className(constant), "", "", line));
                    } else {
                        references.add(member(constant, operation == PUT_STATIC || operation == PUT_FIELD ? Use.WRITES
                            : operation < PUT_FIELD ? Use.READS : Use.CALLS, line));
                    }
                }
            }
            return references;
        }

        private Reference member(int constant, Use use, int line) {
            int[] reference = numbers(constant);
            int[] nameAndType = numbers(reference[1]);
            return new Reference(use, className(reference[0]), text(nameAndType[0]), text(nameAndType[1]), line);
        }

        private static int length(ByteBuffer code, int at) {
            int operation = Byte.toUnsignedInt(code.get(at));
            int aligned = at + 4 - at % 4;
            return switch (operation) {
                case TABLE_SWITCH -> aligned + 12 + 4 * (code.getInt(aligned + 8) - code.getInt(aligned + 4) + 1) - at;
                case LOOKUP_SWITCH -> aligned + 8 + 8 * code.getInt(aligned + 4) - at;
                case WIDE -> Byte.toUnsignedInt(code.get(at + 1)) == IINC ? 6 : 4;
                default -> LENGTHS.charAt(operation) - '0';
            };
        }
    }
}
