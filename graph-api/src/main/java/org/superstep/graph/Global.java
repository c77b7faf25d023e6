package org.superstep.graph;

import org.superstep.graph.internal.Form;

/** A typed value that the master hook sets and every vertex reads; the hook's only memory from superstep to superstep. */
public abstract sealed class Global permits BooleanGlobal, DoubleGlobal, LongGlobal, ObjectGlobal {
    private final String name;
    private final int index;
    private final Form<?> form;

    Global(String name, int index, Form<?> form) {
        this.name = name;
        this.index = index;
        this.form = form;
    }

    /** The global's name in reports; unique within the program. */
    public final String name() {
        return name;
    }

    /** The global's number within its program, from 0. */
    public final int index() {
        return index;
    }

    /** For the engine: how its value is sent. */
    public final Form<?> form() {
        return form;
    }

    /** For the engine: the value before the hook has set one, as 64 raw bits; 0 where it is an object. */
    public abstract long initialBits();

    /** For the engine: the value before the hook has set one where it is an object; null elsewhere. */
    public Object initialObject() {
        return null;
    }
}
