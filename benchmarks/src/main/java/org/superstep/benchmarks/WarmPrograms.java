package org.superstep.benchmarks;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.superstep.Graph;
import org.superstep.JobOptions;
import org.superstep.JobReport;
import org.superstep.Result;
import org.superstep.Superstep;
import org.superstep.algorithms.BreadthFirstSearch;
import org.superstep.algorithms.ConnectedComponents;
import org.superstep.algorithms.PageRank;
import org.superstep.algorithms.ShortestPaths;
import org.superstep.graph.Column;
import org.superstep.graph.DoubleColumn;
import org.superstep.graph.Program;

/**
 * Times the supersteps of whole programs in one JVM. In each round all programs run in turn, so that from the second round on each runs
 * after the others; with one program and one round the figure is that of a fresh JVM. Every round's answer is compared with the first.
 *
 * <p>{@code benchmarks/warm.sh} starts it and makes a table. Standard output has a line a program, in tab-separated columns: its name,
 * vertices, arcs, deliveries, and the milliseconds of each round parted by blanks. {@code -Dsuperstep.benchmarks.workers=2} runs them on so
 * many workers inside the process.
 */
public final class WarmPrograms {
    private WarmPrograms() {
    }

    /** How a program is run: all graphs are undirected. */
    private record Setting(Path plain, Path weighted, Path path, long source) {
        Program program(String name) {
            return switch (name) {
                case "bfs" -> new BreadthFirstSearch(source);
                case "wcc" -> new ConnectedComponents();
                case "sssp" -> new ShortestPaths(source);
                case "pagerank" -> new PageRank(0.85, 20);
                case "own" -> new OwnPageRank(OwnPageRank.Adding.COMBINED);
                case "one-by-one" -> new OwnPageRank(OwnPageRank.Adding.ONE_BY_ONE);
                case "path" -> new BreadthFirstSearch(0);
                default -> throw new IllegalArgumentException("the programs are bfs, wcc, sssp, pagerank, own, one-by-one and path, was "
                    + name);
            };
        }

        Graph graph(String name) {
            return Graph.edges(name.equals("sssp") ? weighted : name.equals("path") ? path : plain).undirected();
        }
    }

    /** Rounds, the source vertex, an edge list, a weighted edge list, a path graph's edge list, then the programs' names. */
    public static void main(String[] args) {
        if (args.length < 6) {
            System.err.println("usage: WarmPrograms ROUNDS SOURCE EDGES WEIGHTED-EDGES PATH-EDGES PROGRAM...");
            System.exit(2);
        }
        int rounds = Integer.parseInt(args[0]);
        JobOptions options = JobOptions.DEFAULT.withWorkers(Integer.getInteger("superstep.benchmarks.workers", 1));
        var setting = new Setting(Path.of(args[2]), Path.of(args[3]), Path.of(args[4]), Long.parseLong(args[1]));
        List<String> names = List.of(args).subList(5, args.length);
        Map<String, double[]> millis = new HashMap<>();
        Map<String, Integer> answers = new HashMap<>();
        Map<String, JobReport> reports = new HashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (String name : names) {
                Program program = setting.program(name);
                Result result = Superstep.run(program, setting.graph(name), options);
                int answer = hash(result, program.declarations().shownColumns().get(0));
                if (answers.merge(name, answer, (first, later) -> first) != answer) {
                    throw new AssertionError(name + " gave another answer in round " + round);
                }
                millis.computeIfAbsent(name, key -> new double[rounds])[round] = result.report().computeNanos() / 1e6;
                reports.put(name, result.report());
            }
        }
        for (String name : names) {
            JobReport report = reports.get(name);
            // The first superstep delivers nothing: PageRank's 21 supersteps are 20 iterations.
            System.out.println(String.join("\t", name, Long.toString(report.vertices()), Long.toString(report.edges()),
                Integer.toString(report.supersteps().size() - 1), Arrays.stream(millis.get(name))
                .mapToObj(time -> String.format(Locale.ROOT, "%.3f", time)).collect(Collectors.joining(" "))));
        }
        if (Boolean.getBoolean("superstep.benchmarks.verbose")) {
            names.forEach(name -> reports.get(name).supersteps().forEach(step -> System.err.println(name + ": " + step)));
        }
    }

    private static int hash(Result result, Column column) {
        return column instanceof DoubleColumn ? Arrays.hashCode(result.doubles(column.name()))
            : Arrays.hashCode(result.longs(column.name()));
    }
}
