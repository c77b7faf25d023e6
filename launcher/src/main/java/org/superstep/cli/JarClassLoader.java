package org.superstep.cli;

import java.net.URL;
import java.net.URLClassLoader;
import org.superstep.graph.Program;

/**
 * Loads a user's programs and what they need. They see the JDK, Superstep's own classes and their jars, in this order, and nothing else:
 * the libraries that Superstep itself is built on, in whatever version, stay out of their sight.
 */
final class JarClassLoader extends URLClassLoader {
    private static final String OURS = "org.superstep.";

    JarClassLoader(URL[] jars) {
        super(jars, ClassLoader.getPlatformClassLoader());
    }

    @Override protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith(OURS)) {
            try {
                // Ours even where a jar has a copy: a program must be one to the engine.
                return Program.class.getClassLoader().loadClass(name);
            } catch (ClassNotFoundException e) {
                return super.loadClass(name, resolve);
            }
        }
        return super.loadClass(name, resolve);
    }
}
