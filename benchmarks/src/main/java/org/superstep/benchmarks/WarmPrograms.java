package org.superstep.benchmarks;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.superstep.Graph;
import org.superstep.JobOptions;
import org.superstep.JobReport;
import org.superstep.Superstep;
import org.superstep.algorithms.BreadthFirstSearch;
import org.superstep.algorithms.ConnectedComponents;
import org.superstep.algorithms.PageRank;
import org.superstep.algorithms.ShortestPaths;
import org.superstep.graph.Program;

/**
 * Times the bundled programs in one JVM, in turn, so that each is measured after the others have run: the first round is the cold figure,
 * the median of the rest the warm one. Every round's answer is compared with the first.
 *
 * <p>Arguments: an edge list, a weighted edge list (both read as undirected), the source vertex, the number of rounds.
 */
public final class WarmPrograms {
    private WarmPrograms() {
    }

    /** Runs the rounds and prints a table. */
    public static void main(String[] args) {
        Graph plain = Graph.edges(Path.of(args[0])).undirected();
        Graph weighted = Graph.edges(Path.of(args[1])).undirected();
        long source = Long.parseLong(args[2]);
        int rounds = Integer.parseInt(args[3]);
        Map<String, Supplier<Program>> programs = new LinkedHashMap<>();
        programs.put("bfs", () -> new BreadthFirstSearch(source));
        programs.put("wcc", ConnectedComponents::new);
        programs.put("sssp", () -> new ShortestPaths(source));
        programs.put("pagerank", () -> new PageRank(0.85, 20));
        Map<String, double[]> millis = new LinkedHashMap<>();
        Map<String, Integer> answers = new LinkedHashMap<>();
        Map<String, JobReport> reports = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (var entry : programs.entrySet()) {
                Program program = entry.getValue().get();
                var result = Superstep.run(program, entry.getKey().equals("sssp") ? weighted : plain, JobOptions.DEFAULT);
                String column = program.declarations().shownColumns().get(0).name();
                int answer = result.column(column) instanceof org.superstep.graph.DoubleColumn ? Arrays.hashCode(result.doubles(column))
                    : Arrays.hashCode(result.longs(column));
                if (answers.merge(entry.getKey(), answer, (first, later) -> first) != answer) {
                    throw new AssertionError(entry.getKey() + " gave another answer in round " + round);
                }
                millis.computeIfAbsent(entry.getKey(), name -> new double[rounds])[round] = result.report().computeNanos() / 1e6;
                reports.put(entry.getKey(), result.report());
            }
        }
        System.out.println("program       first ms    warm ms   supersteps   ns per arc and superstep");
        for (String name : programs.keySet()) {
            double[] all = millis.get(name);
            double[] warm = Arrays.copyOfRange(all, 1, all.length);
            Arrays.sort(warm);
            double median = warm[warm.length / 2];
            JobReport report = reports.get(name);
            // The superstep that begins delivers nothing: PageRank's 21 supersteps are 20 iterations.
            int deliveries = report.supersteps().size() - 1;
            System.out.println(String.format(Locale.ROOT, "%-10s %11.1f %10.1f %12d %26.3f", name, all[0], median, deliveries + 1,
                median * 1e6 / report.edges() / deliveries));
        }
        if (args.length > 4) {
            reports.get(args[4]).supersteps().forEach(System.out::println);
        }
    }
}
