package org.superstep.worker;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.superstep.graph.Column;
import org.superstep.graph.Direction;
import org.superstep.graph.io.EdgeBatch;
import org.superstep.net.InProcessTransport;
import org.superstep.net.Placement;
import org.superstep.net.ToPeer;

/** Takes edges through the loading steps of several workers over an in-process transport, one step after the other on one thread. */
final class Loading implements AutoCloseable {
    final LocalGraph[] graphs;
    final Crew[] crews;
    private final InProcessTransport transport;

    /** Narrow ids count from {@code base}; each worker has so many threads. */
    Loading(ArrayEdges edges, LoadPlan plan, Placement placement, int workers, int threads, long base) {
        transport = new InProcessTransport(workers);
        graphs = new LocalGraph[workers];
        crews = IntStream.range(0, workers).mapToObj(i -> new Crew("test-crew", threads)).toArray(Crew[]::new);
        boolean weighted = edges.weights() != null;
        var builders = new GraphBuilder[workers];
        for (int worker = 0; worker < workers; worker++) {
            var bins = new ArcBins(placement.partitions(), base);
            builders[worker] = new GraphBuilder(worker, workers, plan, placement, bins, weighted, List.<Column>of(), EdgeColumns.NONE,
                crews[worker]);
            // Two routers, as two threads would have, each with every second edge of the worker's share.
            var routers = List.of(new ArcRouter(plan, placement, bins, worker, transport, weighted, 0, ArcBlock.CAPACITY),
                new ArcRouter(plan, placement, bins, worker, transport, weighted, 0, ArcBlock.CAPACITY));
            var batch = new EdgeBatch(weighted);
            for (int i = worker; i < edges.size(); i += workers) {
                batch.sources[0] = edges.sources()[i];
                batch.targets[0] = edges.targets()[i];
                if (weighted) {
                    batch.weights[0] = edges.weights()[i];
                }
                batch.size = 1;
                routers.get(i / workers % 2).accept(batch);
            }
            routers.forEach(ArcRouter::finish);
        }
        for (int worker = 0; worker < workers; worker++) {
            for (Object arcs : mail(worker)) {
                builders[worker].add((ToPeer.Arcs) arcs);
            }
        }
        for (GraphBuilder builder : builders) {
            builder.sortArcs(transport);
        }
        for (int worker = 0; worker < workers; worker++) {
            for (Object heard : mail(worker)) {
                builders[worker].add((ToPeer.Hears) heard);
            }
            graphs[worker] = builders[worker].build();
        }
    }

    private List<Object> mail(int worker) {
        var mail = new ArrayList<>();
        for (Object message = transport.pollForWorker(worker); message != null; message = transport.pollForWorker(worker)) {
            mail.add(message);
        }
        return mail;
    }

    /** A base from which all, some or none of the ids are narrow. */
    static long anyBase(SplittableRandom random, long[] ids) {
        return switch (random.nextInt(4)) {
            case 0 -> 0;
            case 1 -> ids[0];
            case 2 -> ids[random.nextInt(ids.length)] - (1L << 31);
            default -> random.nextLong();
        };
    }

    /** A list of slots as ids and weights. */
    static List<PlainGraph.Neighbour> row(LocalGraph graph, Adjacency lists, int row) {
        var neighbours = new ArrayList<PlainGraph.Neighbour>();
        for (int entry = lists.offsets[row]; entry < lists.offsets[row + 1]; entry++) {
            neighbours.add(new PlainGraph.Neighbour(graph.idOfSlot()[lists.slots[entry]], lists.weight(entry)));
        }
        return neighbours;
    }

    /** A plan for some of the structures that programs can ask for. */
    static LoadPlan anyPlan(SplittableRandom random) {
        boolean undirected = random.nextInt(3) == 0;
        List<Set<Direction>> choices = undirected
            ? List.of(Set.of(Direction.OUT), Set.of(Direction.BOTH), Set.of(Direction.OUT, Direction.BOTH))
            : List.of(Set.of(Direction.OUT), Set.of(Direction.IN), Set.of(Direction.BOTH),
                Set.of(Direction.OUT, Direction.IN), Set.of(Direction.OUT, Direction.BOTH),
                Set.of(Direction.values()));
        return new LoadPlan(undirected, random.nextInt(3) == 0, random.nextInt(4) == 0, choices.get(random.nextInt(choices.size())));
    }

    @Override public void close() {
        for (Crew crew : crews) {
            crew.close();
        }
    }
}
