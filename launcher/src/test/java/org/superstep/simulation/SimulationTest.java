package org.superstep.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Thousands of clusters, each made up from a seed. {@code -Dsuperstep.simulation.seeds=17} plays one of them,
 * {@code -Dsuperstep.simulation.seeds=0-99999} so many.
 */
class SimulationTest {
    private static final int SHOWN_LINES = 400;

    @Test
    void whateverHappensTheLawsHold() {
        String[] range = System.getProperty("superstep.simulation.seeds", "0-4999").split("-");
        long first = Long.parseLong(range[0]);
        long last = Long.parseLong(range[range.length - 1]);
        long began = System.nanoTime();
        long cpuBegan = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        long events = 0;
        var figures = History.Figures.NONE;
        Map<SimulatedClient.Outcome, Integer> outcomes = new EnumMap<>(SimulatedClient.Outcome.class);
        for (long seed = first; seed <= last; seed++) {
            SimulatedCluster.Outcome outcome = play(seed);
            events += outcome.events();
            figures = figures.plus(outcome.figures());
            outcome.clients().forEach(client -> outcomes.merge(client, 1, Integer::sum));
        }
        long seeds = last - first + 1;
        double cpu = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpuBegan) / 1e9;
        System.out.printf("%d seeds in %.1f s, %.1f s of them on a processor: %.2f ms each; %d events; %s; submissions: %s%n", seeds,
            (System.nanoTime() - began) / 1e9, cpu, 1e3 * cpu / seeds, events, figures, outcomes);
        if (seeds >= 1000) {
            // A simulation in which nothing happens would keep all laws.
            int all = outcomes.values().stream().mapToInt(Integer::intValue).sum();
            assertThat(outcomes).containsOnlyKeys(SimulatedClient.Outcome.values());
            assertThat(outcomes.get(SimulatedClient.Outcome.DONE)).as("jobs that are done: %s", outcomes).isGreaterThan(all / 2);
            assertThat(figures.restarts()).as("%s", figures).isGreaterThan((int) (seeds / 10));
            assertThat(List.of(figures.restored(), figures.moved(), figures.suspended(), figures.recovered())).as("%s", figures)
                .allMatch(count -> count > seeds / 100);
        }
    }

    private static SimulatedCluster.Outcome play(long seed) {
        try {
            return new SimulatedCluster(seed, false).run();
        } catch (Throwable t) {
            throw new AssertionError("seed " + seed + ": " + t + "\n" + String.join("\n", journal(seed)), t);
        }
    }

    /** The same again, written down. */
    private static Iterable<String> journal(long seed) {
        var cluster = new SimulatedCluster(seed, true);
        try {
            cluster.run();
        } catch (Throwable t) {
            var lines = cluster.journal.lines();
            return lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size());
        }
        throw new AssertionError("seed " + seed + " has not failed a second time; something in it is no function of the seed");
    }
}
