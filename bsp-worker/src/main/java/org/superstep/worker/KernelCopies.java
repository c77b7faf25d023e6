package org.superstep.worker;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ConcurrentHashMap;
import org.superstep.graph.Direction;
import org.superstep.graph.DoublePhase;
import org.superstep.graph.LongPhase;
import org.superstep.graph.Phase;

/**
 * Copies of the kernel classes, one for each (program, phase), so that a copy's calls into the phase see one class of receiver for life and
 * are inlined whatever else runs in the JVM. Measured: see {@code docs/benchmarks.md}.
 */
final class KernelCopies {
    private static final MethodType DOUBLE_CONSTRUCTOR =
        MethodType.methodType(void.class, LocalGraph.class, DoublePhase.class, Direction.class, DoubleBoard.class);
    private static final MethodType LONG_CONSTRUCTOR =
        MethodType.methodType(void.class, LocalGraph.class, LongPhase.class, Direction.class, LongBoard.class);
    /** By the phase's class: every phase has one of its own, and a copy that outlives its program keeps that class loaded. */
    private static final ClassValue<ConcurrentHashMap<Class<?>, MethodHandle>> COPIES = new ClassValue<>() {
        @Override protected ConcurrentHashMap<Class<?>, MethodHandle> computeValue(Class<?> phase) {
            return new ConcurrentHashMap<>();
        }
    };

    private KernelCopies() {
    }

    /** A kernel for a phase whose messages are doubles or longs that it folds; its class is the phase class's own. */
    static Kernel kernel(LocalGraph graph, Phase phase, Direction structure, Board board) {
        boolean doubles = phase instanceof DoublePhase;
        Class<?> source = doubles ? DoubleKernel.class : LongKernel.class;
        MethodHandle constructor = COPIES.get(phase.getClass())
            .computeIfAbsent(source, original -> copy(original, doubles ? DOUBLE_CONSTRUCTOR : LONG_CONSTRUCTOR));
        try {
            return (Kernel) constructor.invoke(graph, phase, structure, board);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable t) {
            throw new AssertionError(t);
        }
    }

    private static MethodHandle copy(Class<?> original, MethodType constructor) {
        try (InputStream in = original.getResourceAsStream(original.getSimpleName() + ".class")) {
            MethodHandles.Lookup copy = MethodHandles.lookup().defineHiddenClass(in.readAllBytes(), true);
            return copy.findConstructor(copy.lookupClass(), constructor);
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException("the kernel " + original.getSimpleName() + " cannot be copied; is the jar complete?", e);
        }
    }
}
