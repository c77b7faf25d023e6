package org.superstep.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.superstep.JobObserver;
import org.superstep.net.HostPort;
import org.superstep.net.JobSpec;
import org.superstep.net.Network;
import org.superstep.net.ToClient;

/** A master and workers in this JVM, which speak over a network. */
public final class TestCluster implements AutoCloseable {
    static final String VERSION = "1.0-test";
    private static final long MEMORY = 256L << 20;
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final Path scratch;
    private final TestJobs jobs;
    private final Supplier<Network> networks;
    private final List<TestNetwork> opened = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();
    private final Queue<String> log = new ConcurrentLinkedQueue<>();
    private HostPort address = new HostPort("localhost", 0);
    private TestNetwork masterNetwork;
    private MasterProcess master;
    private Optional<Path> state = Optional.empty();

    /** A worker process, and what becomes of it. */
    record Member(WorkerProcess process, TestNetwork network, CompletableFuture<Boolean> end, Path scratch) {
    }

    /** A cluster of a master and so many workers of two threads each. */
    public TestCluster(Path scratch, TestJobs jobs, Supplier<Network> networks, int workers) {
        this.scratch = scratch;
        this.jobs = jobs;
        this.networks = networks;
        startMaster();
        for (int i = 0; i < workers; i++) {
            startWorker(2);
        }
        await(() -> client().status().members().size() == workers, "all workers have joined");
    }

    /** Starts a master, where the last one was, if there was one. */
    void startMaster() {
        masterNetwork = network();
        master = new MasterProcess(masterNetwork, VERSION, address, jobs, masterScratch(), state, log::add);
        address = master.start();
    }

    /** Starts a master that keeps its state in this folder, in place of the one that is there. */
    void keepState(Path stateFolder) {
        int workers = members.size();
        if (state.isEmpty()) {
            stopMasterAtOnce();
        }
        state = Optional.of(stateFolder);
        startMaster();
        await(() -> client().status().members().size() == workers, "all workers have joined the new master");
    }

    Path masterScratch() {
        return scratch.resolve("master");
    }

    Member startWorker(int threads) {
        var network = network();
        Path folder = scratch.resolve("worker" + NUMBERS.incrementAndGet());
        var process = new WorkerProcess(network, new WorkerSetup(VERSION, address, new HostPort("localhost", 0), threads, MEMORY,
            WorkerSetup.MASTER_TIMEOUT, folder), jobs, new CutProcess(network), log::add);
        var end = new CompletableFuture<Boolean>();
        var thread = new Thread(() -> {
            try {
                end.complete(process.run());
            } catch (Throwable t) {
                end.completeExceptionally(t);
            }
        }, "test-worker");
        thread.setDaemon(true);
        thread.start();
        var member = new Member(process, network, end, folder);
        members.add(member);
        return member;
    }

    private TestNetwork network() {
        var network = new TestNetwork(networks.get());
        opened.add(network);
        return network;
    }

    /** The master is gone without a word to anybody, so that the workers look for it. */
    void stopMasterAtOnce() {
        masterNetwork.cut();
        await(() -> masterNetwork.open() == 0, "nobody is connected with the master");
        master.close();
        masterNetwork.close();
        clients.clear();
    }

    MasterProcess master() {
        return master;
    }

    HostPort address() {
        return address;
    }

    List<Member> members() {
        return members;
    }

    /** What the processes have said. */
    Queue<String> log() {
        return log;
    }

    /** A client that others may use too. */
    Client client() {
        if (clients.isEmpty()) {
            newClient();
        }
        return clients.get(0);
    }

    /** A client of its own. */
    Client newClient() {
        return newClient(address);
    }

    /** One that takes whoever is there for the master. */
    Client newClient(HostPort at) {
        var client = Client.connect(network(), VERSION, at, Duration.ofSeconds(20), log::add);
        clients.add(client);
        return client;
    }

    /** How many connections all processes and clients have. */
    int connections() {
        return opened.stream().mapToInt(TestNetwork::open).sum();
    }

    /** Submits a job and waits for its end. */
    public ToClient run(JobSpec spec) {
        Client client = client();
        try {
            return follow(client, client.submit(spec, List.of(), false));
        } catch (RuntimeException e) {
            throw new AssertionError(e + "; the processes said " + log, e);
        }
    }

    static ToClient follow(Client client, long job) {
        return client.follow(job, JobObserver.SILENT, text -> { }, reason -> { });
    }

    /** Waits for what must come true within 30 s. */
    void await(BooleanSupplier condition, String what) {
        await(condition, what, log);
    }

    static void await(BooleanSupplier condition, String what, Queue<String> log) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within 30 s: " + what + "; the processes said " + log);
            }
            Thread.onSpinWait();
            Thread.yield();
        }
    }

    /** Waits until all workers that are there can take a job. */
    void awaitIdle(int workers) {
        await(() -> {
            ToClient.Status status = client().status();
            return status.running() == null && status.members().size() == workers && status.members().stream()
                .allMatch(member -> member.doing().equals("idle"));
        }, workers + " workers are idle");
    }

    /** Ends all processes, the master last. */
    @Override public void close() {
        clients.forEach(Client::close);
        members.forEach(member -> member.process.close());
        master.close();
        opened.forEach(TestNetwork::close);
    }
}
