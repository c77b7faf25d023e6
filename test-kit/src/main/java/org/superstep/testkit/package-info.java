/**
 * Tests of vertex programs. {@link org.superstep.testkit.TestGraph} is a graph from text, {@link org.superstep.testkit.TestRun} runs a
 * program on it by the engine, {@link org.superstep.testkit.Interpreter} runs one superstep by superstep and shows everything,
 * {@link org.superstep.testkit.LoneVertex} is one vertex that computes once, and
 * {@link org.superstep.testkit.ProgramContract} looks for breaches of what the engine relies on.
 *
 * <p>Needs no test framework: what is not as expected is an {@link java.lang.AssertionError}. Knows the engine by
 * {@link org.superstep.testkit.Engine} alone, which the launcher's jar implements.
 */
package org.superstep.testkit;
