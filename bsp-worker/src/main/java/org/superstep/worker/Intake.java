package org.superstep.worker;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.superstep.graph.Column;
import org.superstep.graph.io.EdgeSample;
import org.superstep.net.Placement;
import org.superstep.net.ToMaster;
import org.superstep.net.ToPeer;
import org.superstep.net.ToWorker;
import org.superstep.net.Transport;

/**
 * Makes a worker's partitions of the input, in strides with exchanges between them: {@link #sample} looks at the worker's share,
 * {@link #read} takes in what belongs to its partitions and ships the rest, {@link #sort} tells every other worker which of its vertices
 * are heard here, and {@link #graph}, once they have told the same, puts the graph together. {@link Restoration} does it of a checkpoint.
 */
final class Intake implements AutoCloseable {
    private final int worker;
    private final int workers;
    private final WorkerJob job;
    private final Crew crew;
    private final Transport transport;
    private final List<Column> columns;
    private final Share share;
    private ToWorker.Load load;
    private GraphBuilder builder;
    /** Until the share is read. */
    private ArcBins bins;
    private boolean hasReadAll;
    private int arcsEnds;

    /** Opens the worker's share. */
    Intake(int worker, int workers, WorkerJob job, Crew crew, Transport transport) throws IOException {
        this.worker = worker;
        this.workers = workers;
        this.job = job;
        this.crew = crew;
        this.transport = transport;
        columns = job.program().declarations().columns();
        share = new Share(job, worker, workers, crew);
    }

    /** What the share looks like; fails where the worker is alone and its memory will not do. */
    ToMaster.Sampled sample() throws IOException {
        EdgeSample sample = share.sample();
        long[] hearers = sample.targets();
        if (job.plan().undirected()) {
            hearers = Arrays.copyOf(sample.targets(), 2 * sample.targets().length);
            System.arraycopy(sample.sources(), 0, hearers, sample.targets().length, sample.sources().length);
        } else if (!job.plan().heardByTargets()) {
            hearers = sample.sources();
        }
        if (workers == 1) {
            HeapNeed.check(sample.estimatedEdges(), job.plan(), share.weighted(), share.columns(), job.heapBytes());
        }
        long needed = HeapNeed.edgeBytes(sample.estimatedEdges(), job.plan(), share.weighted(), share.columns());
        return new ToMaster.Sampled(worker, share.description(), sample.estimatedEdges(), needed, hearers);
    }

    /** It is known which partition is whose: from now on others' vertices and arcs are taken. */
    void begin(ToWorker.Load wanted) throws IOException {
        load = wanted;
        Placement placement = wanted.placement();
        bins = new ArcBins(placement.partitions(), baseFor(share.sample()));
        builder = new GraphBuilder(worker, workers, job.plan(), placement, bins, share.weighted(), columns, share.columns(), crew);
    }

    /** Reads the share; what others have read may come in between. */
    void read() throws IOException {
        ArcBins into = bins;
        bins = null;
        readVertices();
        Placement placement = load.placement();
        int carried = share.columns().carried().size();
        int kinds = job.plan().heardByTargets() && job.plan().heardBySources() ? 2 : 1;
        int blockCapacity = ArcBlock.suitableCapacity(job.heapBytes(), (long) crew.threads() * placement.partitions() * kinds,
            share.weighted(), carried);
        List<ArcRouter> routers = IntStream.range(0, crew.threads()).mapToObj(i ->
            new ArcRouter(job.plan(), placement, into, worker, transport, share.weighted(), carried, blockCapacity)).toList();
        share.read(routers);
        routers.forEach(ArcRouter::finish);
        share.close();
        hasReadAll = true;
    }

    /** First of all, because a fault in a small file should not show only after a large one has been read. */
    private void readVertices() throws IOException {
        if (job.vertices().isPresent()) {
            var router = new VertexRouter(columns, load.placement(), builder, worker, transport);
            job.vertices().get().read(worker, workers, columns, router);
            router.finish();
        }
    }

    /** Where narrow blocks count from: 0 where all ids seen so far fit 32 bits, else so that the seen ones lie in the middle. */
    private static long baseFor(EdgeSample sample) {
        long least = Math.min(Arrays.stream(sample.sources()).min().orElse(0), Arrays.stream(sample.targets()).min().orElse(0));
        long greatest = Math.max(Arrays.stream(sample.sources()).max().orElse(0), Arrays.stream(sample.targets()).max().orElse(0));
        if (least >= 0 && greatest < 1L << 32) {
            return 0;
        }
        long span = greatest - least;
        return span >= 0 && span < 1L << 32 ? least - ((1L << 32) - span) / 2 : least;
    }

    /** Takes what another worker has read for this one. */
    void add(ToPeer.Arcs arcs) {
        builder.add(arcs);
    }

    /** Takes what another worker has read for this one. */
    void add(ToPeer.Vertices vertices) {
        builder.add(vertices);
    }

    /** Another worker has read all of its share. */
    void endArcs() {
        arcsEnds++;
    }

    /** Whether all workers have read all. */
    boolean hasAllArcs() {
        return hasReadAll && arcsEnds == workers - 1;
    }

    /** Sorts all arcs, and tells the other workers which of their vertices are heard here. */
    void sort() {
        if (job.vertices().isPresent()) {
            builder.sortVertices(job.vertices().get()::duplicate);
        }
        builder.sortArcs(transport);
    }

    /** Takes what another worker hears of this one's vertices. */
    void add(ToPeer.Hears heard) {
        builder.add(heard);
    }

    boolean hasHeardFromAll() {
        return builder.hasHeardFromAll();
    }

    /** The graph. Call when every other worker has told what it hears. */
    LocalGraph graph() {
        LocalGraph graph = builder.build();
        letGo();
        return graph;
    }

    /** Which of the vertices that the master has asked for are in this graph. */
    boolean[] found(LocalGraph graph) {
        var found = new boolean[load.wantedVertices().length];
        for (int i = 0; i < found.length; i++) {
            int place = graph.placeOf(load.wantedVertices()[i]);
            found[i] = place >= 0 && graph.partitions[place].indexOf(load.wantedVertices()[i]) >= 0;
        }
        return found;
    }

    /** Lets go of what has been read. */
    void letGo() {
        builder = null;
    }

    /** Closes the share, if it is still open. Any thread may call. */
    @Override public void close() throws IOException {
        share.close();
    }
}
