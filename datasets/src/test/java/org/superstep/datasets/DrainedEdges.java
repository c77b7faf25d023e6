package org.superstep.datasets;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.superstep.graph.Weights;
import org.superstep.graph.io.EdgeReader;
import org.superstep.graph.io.EdgeSource;

/** What a source delivers, put in order so that it can be compared: one text an edge, "source target" or "source target weight". */
record DrainedEdges(List<String> edges, long bytes, long toldBytes, long toldEdges, String description, boolean weighted) {
    static DrainedEdges of(EdgeSource source, Weights weights, int shares, int threads) throws IOException {
        var edges = new ArrayList<String>();
        var toldBytes = new AtomicLong();
        var toldEdges = new AtomicLong();
        long bytes = 0;
        String description = "";
        boolean weighted = false;
        for (int share = 0; share < shares; share++) {
            try (var reader = source.open(share, shares, weights)) {
                edges.addAll(drain(reader, threads, toldBytes, toldEdges));
                bytes += reader.bytes();
                description = reader.description();
                weighted = reader.weighted();
            }
        }
        Collections.sort(edges);
        return new DrainedEdges(edges, bytes, toldBytes.get(), toldEdges.get(), description, weighted);
    }

    static DrainedEdges of(EdgeSource source, Weights weights) throws IOException {
        return of(source, weights, 1, 1);
    }

    private static List<String> drain(EdgeReader reader, int threads, AtomicLong bytes, AtomicLong edges) throws IOException {
        Callable<List<String>> thread = () -> {
            var mine = new ArrayList<String>();
            reader.read(batch -> {
                for (int i = 0; i < batch.size; i++) {
                    String ends = batch.sources[i] + " " + batch.targets[i];
                    mine.add(reader.weighted() ? ends + " " + batch.weights[i] : ends);
                }
            }, (b, e) -> {
                bytes.addAndGet(b);
                edges.addAndGet(e);
            });
            return mine;
        };
        var pool = Executors.newFixedThreadPool(threads);
        try {
            var all = new ArrayList<String>();
            RuntimeException failure = null;
            for (Future<List<String>> future : pool.invokeAll(Collections.nCopies(threads, thread))) {
                try {
                    all.addAll(future.get());
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof RuntimeException cause)) {
                        throw new IOException(e.getCause());
                    }
                    if (failure != null && !failure.getMessage().equals(cause.getMessage())) {
                        throw new AssertionError("threads told different faults: " + failure.getMessage() + " and " + cause.getMessage());
                    }
                    failure = cause;
                }
            }
            if (failure != null) {
                throw failure;
            }
            return all;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            pool.shutdownNow();
        }
    }
}
