package org.superstep.master;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.superstep.checkpoint.JobIdentity;
import org.superstep.checkpoint.Manifest;
import org.superstep.checkpoint.MasterState;
import org.superstep.checkpoint.Segment;
import org.superstep.net.Placement;
import org.superstep.net.ToMaster;

/** How ids are cut and who gets which partitions. */
class CutsTest {
    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @Test
    void eachPartitionGetsAnEqualShareOfDistinctIds() {
        long[] hearers = LongStream.range(0, 1000).map(i -> 3 * i - 500).toArray();
        int[] shares = shares(place(samples(hearers, 4), 8, 2), hearers);
        assertThat(shares).containsOnly(125);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noPartitionGetsMoreThanItsShareAndTheVertexThatItBeginsWith(long seed) {
        var random = new SplittableRandom(seed);
        long[] hearers = skewed(random);
        int partitions = 1 + random.nextInt(60);
        Placement placement = place(samples(hearers, 1 + random.nextInt(4)), partitions, 1 + random.nextInt(8));
        assertThat(placement.partitions()).as("seed %d", seed).isEqualTo(partitions);
        int[] shares = shares(placement, hearers);
        for (int p = 0; p < partitions; p++) {
            // A vertex is in one partition with all its arcs, however many: that of the vertex where the cut fell may overflow.
            long first = p == 0 ? Long.MIN_VALUE : placement.firsts()[p - 1];
            long atFirst = Arrays.stream(hearers).filter(id -> id == first).count();
            assertThat(shares[p] - atFirst).as("seed %d, partition %d of %d", seed, p, partitions)
                .isLessThanOrEqualTo(hearers.length / partitions + 1);
        }
    }

    /** Ids of which few are very frequent, as in-degrees are. */
    private static long[] skewed(SplittableRandom random) {
        long offset = random.nextLong();
        int hubs = 1 + random.nextInt(5);
        return LongStream.generate(() -> offset + (random.nextInt(3) > 0 ? 7L * random.nextInt(hubs) : random.nextInt(2000)))
            .limit(1 + random.nextInt(3000)).toArray();
    }

    /** On workers alike that have all the memory that they want. */
    private static Placement place(List<ToMaster.Sampled> samples, int partitions, int workers) {
        return new Cuts(samples, partitions).placement(Capacity.equal(workers, workers, Long.MAX_VALUE));
    }

    private static int[] shares(Placement placement, long[] hearers) {
        var shares = new int[placement.partitions()];
        for (long hearer : hearers) {
            shares[placement.partitionOf(hearer)]++;
        }
        return shares;
    }

    private static List<ToMaster.Sampled> samples(long[] hearers, int workers) {
        var samples = new ArrayList<ToMaster.Sampled>();
        for (int worker = 0; worker < workers; worker++) {
            int from = (int) ((long) hearers.length * worker / workers);
            int to = (int) ((long) hearers.length * (worker + 1) / workers);
            samples.add(new ToMaster.Sampled(worker, "", to - from, 100L * (to - from), Arrays.copyOfRange(hearers, from, to)));
        }
        return samples;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void cutsDependOnTheSampledIdsAloneNotOnWhoReadThem(long seed) {
        var random = new SplittableRandom(seed);
        long[] hearers = skewed(random);
        Placement placement = place(samples(hearers, 1), 9, 3);
        var shuffled = new ArrayList<>(Arrays.stream(hearers).boxed().toList());
        Collections.shuffle(shuffled, new Random(seed));
        long[] reordered = shuffled.stream().mapToLong(id -> id).toArray();
        assertThat(place(samples(reordered, 4), 9, 3)).as("seed %d", seed).isEqualTo(placement);
    }

    @Test
    void oneHubThatEveryoneHearsLeavesTheOtherPartitionsEmpty() {
        var hearers = new long[100];
        Arrays.fill(hearers, 42);
        Placement placement = place(samples(hearers, 2), 5, 2);
        assertThat(placement.firsts()).containsOnly(42);
        assertThat(shares(placement, hearers)).containsExactly(0, 0, 0, 0, 100);
    }

    @Test
    void withoutAnySampleThereAreStillAsManyPartitions() {
        Placement placement = place(samples(new long[0], 3), 4, 3);
        assertThat(placement.partitions()).isEqualTo(4);
        assertThat(placement.firsts()).hasSize(3).isSorted();
    }

    @Test
    void fewerSampledIdsThanPartitionsMakeEmptyPartitions() {
        Placement placement = place(samples(new long[] {Long.MIN_VALUE, Long.MAX_VALUE}, 1), 7, 2);
        assertThat(placement.partitions()).isEqualTo(7);
        assertThat(placement.firsts()).contains(Long.MIN_VALUE, Long.MAX_VALUE).isSorted();
    }

    @Test
    void onePartitionNeedsNoCut() {
        Placement placement = place(samples(new long[] {1, 2, 3}, 1), 1, 3);
        assertThat(placement.firsts()).isEmpty();
        assertThat(placement.owners()).hasSize(1);
    }

    @Test
    void eachWorkerOwnsARunOfNeighboursAndAboutAsManyAsTheOthers() {
        for (int workers = 1; workers <= 7; workers++) {
            for (int partitions = workers; partitions <= 40; partitions++) {
                int[] owners = place(List.of(), partitions, workers).owners();
                assertThat(owners).as("%d partitions on %d workers", partitions, workers).isSorted();
                for (int worker = 0; worker < workers; worker++) {
                    int owner = worker;
                    assertThat(Arrays.stream(owners).filter(o -> o == owner).count())
                        .as("%d partitions on %d workers, worker %d", partitions, workers, worker)
                        .isBetween((long) partitions / workers, (long) (partitions + workers - 1) / workers);
                }
            }
        }
    }

    /** How many edges each worker gets, of as many as there are sampled ids. */
    private static long[] edges(Placement placement, long[] hearers, int workers) {
        int[] shares = shares(placement, hearers);
        var edges = new long[workers];
        for (int p = 0; p < shares.length; p++) {
            edges[placement.owners()[p]] += shares[p];
        }
        return edges;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void edgesGoByThreadsUpToAPartitionAndInRuns(long seed) {
        var random = new SplittableRandom(seed);
        long[] hearers = skewed(random);
        int partitions = 1 + random.nextInt(200);
        List<Capacity> workers = Stream.generate(() -> new Capacity(1 + random.nextInt(16), Long.MAX_VALUE)).limit(1 + random.nextInt(9))
            .toList();
        double threads = workers.stream().mapToInt(Capacity::threads).sum();
        Placement placement = new Cuts(samples(hearers, 1 + random.nextInt(4)), partitions).placement(workers);
        String words = "seed " + seed + ", " + partitions + " partitions, " + workers;
        assertThat(placement.owners()).as(words).hasSize(partitions).isSorted();
        long[] edges = edges(placement, hearers, workers.size());
        int heaviest = Arrays.stream(shares(placement, hearers)).max().orElse(0);
        for (int worker = 0; worker < workers.size(); worker++) {
            double ideal = hearers.length * workers.get(worker).threads() / threads;
            assertThat((double) edges[worker]).as("%s, worker %d", words, worker)
                .isBetween(ideal - heaviest - 1e-6, ideal + heaviest + 1e-6);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nobodyGetsMoreThanItsMemoryHoldsOrTheJobIsRefused(long seed) {
        var random = new SplittableRandom(seed);
        long[] hearers = skewed(random);
        int partitions = 1 + random.nextInt(60);
        // Of 100 bytes an edge; from far too little to more than enough.
        long each = 1 + 200L * hearers.length / (1 + random.nextInt(8));
        List<Capacity> workers = Stream.generate(() -> new Capacity(1 + random.nextInt(16), 1 + random.nextLong(each)))
            .limit(2 + random.nextInt(7)).toList();
        var cuts = new Cuts(samples(hearers, 1 + random.nextInt(4)), partitions);
        String words = "seed " + seed + ", " + hearers.length + " edges, " + partitions + " partitions, " + workers;
        boolean fits = fits(shares(cuts.placement(Capacity.equal(1, 1, 1)), hearers), workers);
        assertThat(cuts.tooLarge(workers).isEmpty()).as(words).isEqualTo(fits);
        if (fits) {
            Placement placement = cuts.placement(workers);
            assertThat(placement.owners()).as(words).hasSize(partitions).isSorted();
            long[] edges = edges(placement, hearers, workers.size());
            for (int worker = 0; worker < workers.size(); worker++) {
                assertThat(100 * edges[worker]).as("%s, worker %d", words, worker).isLessThanOrEqualTo(workers.get(worker).memoryBytes());
            }
        }
    }

    /** Whether runs of neighbours fit, when each worker in turn takes all that it can. */
    private static boolean fits(int[] shares, List<Capacity> workers) {
        int next = 0;
        for (Capacity worker : workers) {
            long taken = 0;
            while (next < shares.length && 100 * (taken + shares[next]) <= worker.memoryBytes()) {
                taken += shares[next++];
            }
        }
        return next == shares.length;
    }

    @Test
    void whoHasLittleMemoryGetsLessAndTheOthersShareTheRestByThreads() {
        long[] hearers = LongStream.range(0, 10_000).toArray();
        var workers = List.of(new Capacity(4, 100 * 1000), new Capacity(1, Long.MAX_VALUE), new Capacity(2, Long.MAX_VALUE));
        assertThat(edges(new Cuts(samples(hearers, 3), 1000).placement(workers), hearers, 3)).containsExactly(1000, 3000, 6000);
    }

    @Test
    void whoIsSlowGetsLess() {
        long[] hearers = LongStream.range(0, 10_000).toArray();
        var workers = List.of(new Capacity(4, Long.MAX_VALUE, 0.25), new Capacity(1, Long.MAX_VALUE, 2), new Capacity(2, Long.MAX_VALUE));
        assertThat(edges(new Cuts(samples(hearers, 3), 1000).placement(workers), hearers, 3)).containsExactly(2000, 4000, 4000);
    }

    @Test
    void aGraphThatNobodyHasRoomForIsRefusedInWordsThatSayWhoLacksWhat() {
        long[] hearers = LongStream.range(0, 1 << 20).toArray();
        var workers = List.of(new Capacity(1, 40 << 20), new Capacity(2, 30 << 20));
        assertThat(new Cuts(samples(hearers, 2), 3).tooLarge(workers)).hasValue("the input holds about 1048576 edges, which need about"
            + " 100 MB, and 2 workers have 70 MB; worker 2 of 2 would get about 699051 of them, which need 67 MB, and has 30 MB: take more"
            + " workers, or give them more memory");
        assertThat(new Cuts(samples(hearers, 1), 3).tooLarge(Capacity.equal(1, 1, 1))).as("one alone looks for itself").isEmpty();
        assertThat(new Cuts(samples(new long[0], 1), 3).tooLarge(Capacity.equal(2, 2, 2))).as("nothing needs no room").isEmpty();
    }

    @Test
    void moreWorkersThanPartitionsLeaveSomeWithoutAny() {
        int[] owners = place(samples(new long[] {1, 2, 3}, 1), 2, 5).owners();
        assertThat(owners).isSorted().hasSize(2);
        assertThat(owners[0]).isNotEqualTo(owners[1]);
    }

    @ParameterizedTest(name = "{0} edges, {1} threads, {2} workers: {3}")
    @CsvSource({
        "0, 1, 1, 1",
        "4095, 8, 1, 1",
        "4096, 8, 1, 2",
        "0, 8, 5, 5",
        "1000000, 2, 1, 64",
        "1000000, 1, 1, 32",
        "200000, 8, 1, 49",
        "9223372036854775807, 500, 3, 16000",
        "9223372036854775807, 1000, 3, 16384",
        "9223372036854775807, 1000, 20000, 20000",
        "9223372036854775807, 1, 40, 40"})
    void asManyPartitionsSuitAsThreadsAndEdgesAskForWithinBounds(long edges, int threads, int workers, int partitions) {
        assertThat(Cuts.suitable(edges, threads, workers)).isEqualTo(partitions);
    }

    // Around what stays.

    /** Partitions that need so many megabytes each. */
    private static Cuts saved(int... megabytes) {
        var segment = new Segment("0-1-1-w0.state", 0, 1, 0);
        var entries = Arrays.stream(megabytes).mapToObj(each -> new Manifest.Entry(1, 10L * each, (long) each << 20, segment, segment,
            List.of())).toList();
        var known = new MasterState(0, 0, 0, 0, 0, 0, false, 0, 0, 0, 1, 1, new long[0], new long[0], new long[0][]);
        return new Cuts(new Manifest("1.0", new JobIdentity("1", "program", List.of(), List.of(), 1), 0, 1, 0,
            LongStream.range(1, megabytes.length).toArray(), known, entries));
    }

    private static Capacity capacity(int threads, double megabytes) {
        return new Capacity(threads, (long) (megabytes * (1 << 20)));
    }

    private static Optional<int[]> around(Cuts cuts, List<Capacity> workers, int... keepers) {
        return cuts.around(keepers, workers).map(Placement::owners);
    }

    @Test
    void whatIsLostIsSpreadOverAllWhoHaveRoomInStretches() {
        Cuts cuts = saved(1, 1, 1, 1, 1, 1, 1, 1, 1);
        List<Capacity> alike = Collections.nCopies(3, capacity(1, 100));
        assertThat(around(cuts, alike, 0, 0, 0, 1, 1, 1, -1, -1, -1)).hasValue(new int[] {0, 0, 0, 1, 1, 1, 2, 2, 2});
        assertThat(around(cuts, alike.subList(0, 2), 0, 0, 0, 1, 1, 1, -1, -1, -1)).hasValue(new int[] {0, 0, 0, 1, 1, 1, 0, 0, 1});
        assertThat(around(cuts, alike.subList(0, 1), 0, 0, 0, 0, 0, 0, -1, -1, -1)).hasValue(new int[9]);
        assertThat(around(cuts, alike, 0, 0, 0, 1, 1, 1, 2, 2, 2)).as("nothing is lost").hasValue(new int[] {0, 0, 0, 1, 1, 1, 2, 2, 2});
    }

    @Test
    void whoHasMoreThreadsTakesMoreOfWhatIsLost() {
        List<Capacity> workers = List.of(capacity(1, 100), capacity(3, 100));
        assertThat(around(saved(1, 1, 1, 1, 1, 1, 1, 1), workers, 0, 1, -1, -1, -1, -1, -1, -1))
            .hasValue(new int[] {0, 1, 0, 1, 1, 1, 1, 1});
    }

    @Test
    void nobodyTakesMoreThanItsMemoryHolds() {
        List<Capacity> workers = List.of(capacity(1, 2.5), capacity(1, 5.5));
        assertThat(around(saved(1, 1, 1, 1, 1, 1), workers, 0, 1, -1, -1, -1, -1)).hasValue(new int[] {0, 1, 0, 1, 1, 1});
        assertThat(around(saved(2, 2, 3), workers, 0, 1, -1)).hasValue(new int[] {0, 1, 1});
        assertThat(around(saved(2, 2, 4), workers, 0, 1, -1)).as("each has room for less").isEmpty();
        assertThat(around(saved(4, 1, 1), workers, 0, 1, -1)).as("what stays stays").hasValue(new int[] {0, 1, 1});
    }
}
