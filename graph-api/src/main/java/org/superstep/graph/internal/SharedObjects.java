package org.superstep.graph.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import org.superstep.graph.Shared;
import org.superstep.graph.io.InputException;

/** What one worker, or the master, has of the objects that a program shares. Used by one thread; who reads the objects may be any. */
public final class SharedObjects implements AutoCloseable {
    private final Declarations declared;
    private final Object[] objects;

    /** The program's code has failed to make or to close an object. The message is one line that names program and object. */
    public static final class Fault extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Fault(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** None is made yet. */
    public SharedObjects(Declarations declared) {
        this.declared = declared;
        objects = new Object[declared.shared().size()];
    }

    /**
     * All objects, by handle; those are made that are missing, in the order of declaration.
     *
     * @throws InputException if a file cannot be read, or the program says that one is wrong
     * @throws Fault if the program's code fails otherwise
     */
    public Object[] all() {
        for (int i = 0; i < objects.length; i++) {
            get(i);
        }
        return objects;
    }

    /** One object, made if it is missing; fails as {@link #all} does. */
    public Object get(int index) {
        if (objects[index] == null) {
            objects[index] = made(declared.shared().get(index));
        }
        return objects[index];
    }

    private Object made(Shared<?> handle) {
        String what = declared.programName() + " failed to make shared object \"" + handle.name() + "\": ";
        try {
            return Objects.requireNonNull(handle.newObject(), "it is null");
        } catch (InputException | OutOfMemoryError e) {
            throw e;
        } catch (IOException e) {
            throw new InputException(what + reason(e), e);
        } catch (UncheckedIOException e) {
            throw new InputException(what + reason(e.getCause()), e);
        } catch (Throwable t) {
            // User code throws what it likes.
            throw new Fault(what + Thrown.line(t), t);
        }
    }

    private static String reason(IOException e) {
        String told = e.getMessage() == null ? Thrown.line(e) : e.getMessage().lines().findFirst().orElse("");
        return e instanceof NoSuchFileException ? told + " is not there"
            : e instanceof AccessDeniedException ? told + " may not be read; check its permissions"
            : e instanceof CharacterCodingException ? "a file is no text in UTF-8 (" + told + ")" : told;
    }

    /**
     * Closes the objects that can be, what was made last first, and forgets all of them. Where one fails, the others are closed all the
     * same.
     *
     * @throws Fault the first failure
     */
    @Override public void close() {
        Fault first = null;
        for (int i = objects.length - 1; i >= 0; i--) {
            Object object = objects[i];
            objects[i] = null;
            if (object instanceof AutoCloseable closeable) {
                try {
                    closeable.close();
                } catch (OutOfMemoryError e) {
                    throw e;
                } catch (Throwable t) {
                    first = first != null ? first : new Fault(declared.programName() + " failed to close shared object \""
                        + declared.shared().get(i).name() + "\": " + Thrown.line(t), t);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
