// What hand-written C++ does on this machine, as a measure for Superstep: reads a text edge list, builds compressed rows, runs one
// algorithm and prints times. Written from the algorithms' definitions; one process, all cores, OpenMP.
//
//   g++ -O3 -march=native -fopenmp -std=c++17 -o reference reference.cpp
//   reference pagerank|bfs|wcc|sssp FILE [--undirected] [--weighted] [--source ID] [--iterations N] [--delta D] [--trials N]
//             [--skip-first] [--output FILE] [--compare FILE [--tolerance T]]
//
// The file: two or three columns parted by tabs, blanks, commas or semicolons; ids 0 to 2^32 - 1; lines that do not begin with a digit are
// passed over. Vertices are the ids that occur. With --undirected each line is an edge both ways, a self-loop one edge. Times are
// wall-clock milliseconds; compute_ms is the median over the trials, with --skip-first without the first. --compare reads rows as Superstep
// writes them, and fails where a value differs by more than the tolerance, relatively (0: at all).

#include <fcntl.h>
#include <omp.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace {

using u32 = uint32_t;
using u64 = uint64_t;

[[noreturn]] void fail(const std::string& message) {
    std::fprintf(stderr, "reference: %s\n", message.c_str());
    std::exit(2);
}

double now_ms() {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// An array of plain values, not initialised, on huge pages where there are some. Moves, does not copy.
template <class T>
class Array {
public:
    Array() = default;
    explicit Array(size_t count) : size_(count) {
        size_t alignment = count * sizeof(T) >= (size_t(4) << 20) ? size_t(2) << 20 : 64;
        size_t bytes = std::max(alignment, (count * sizeof(T) + alignment - 1) / alignment * alignment);
        data_.reset(static_cast<T*>(std::aligned_alloc(alignment, bytes)));
        if (!data_) fail("no memory for " + std::to_string(bytes) + " bytes");
        if (alignment > 64) madvise(data_.get(), bytes, MADV_HUGEPAGE);
    }
    T& operator[](size_t i) { return data_.get()[i]; }
    const T& operator[](size_t i) const { return data_.get()[i]; }
    size_t size() const { return size_; }
    T* begin() { return data_.get(); }
    T* end() { return data_.get() + size_; }
    void fill(T value) {
#pragma omp parallel for schedule(static)
        for (size_t i = 0; i < size_; i++) data_.get()[i] = value;
    }

private:
    struct Free {
        void operator()(T* p) const { std::free(p); }
    };
    std::unique_ptr<T, Free> data_;
    size_t size_ = 0;
};

// ---- reading ---------------------------------------------------------------------------------------------------------------------------

/// Up to CAPACITY edges as they stand in the file; filled by one thread.
struct Block {
    static constexpr u32 CAPACITY = 1 << 20;
    Array<u32> sources{CAPACITY};
    Array<u32> targets{CAPACITY};
    Array<double> weights;
    u32 size = 0;
    explicit Block(bool weighted) {
        if (weighted) weights = Array<double>(CAPACITY);
    }
};

struct EdgeList {
    std::vector<std::unique_ptr<Block>> blocks;
    u64 edges = 0;
    u32 greatest = 0;
    bool floats = true;  ///< whether every weight is exact as a float
};

/// One thread's part of the parsing.
class Parser {
public:
    explicit Parser(bool weighted) : weighted_(weighted) {}

    /// The lines that begin in text[from, to); text ends with a line feed at or after the last of them.
    void parse(const char* at, const char* to) {
        while (at < to) {
            while (*at == ' ' || *at == '\t') at++;
            if (unsigned(*at - '0') < 10) {
                u32 source = number(at);
                separator(at);
                u32 target = number(at);
                double weight = 1;
                if (weighted_) {
                    separator(at);
                    weight = real(at);
                }
                add(source, target, weight);
            }
            while (*at != '\n') at++;
            at++;
        }
    }

    std::vector<std::unique_ptr<Block>> blocks;
    u32 greatest = 0;
    bool floats = true;

private:
    static void separator(const char*& at) {
        while (*at == ' ' || *at == '\t' || *at == ',' || *at == ';') at++;
    }

    static u32 number(const char*& at) {
        u64 value = 0;
        unsigned digit = unsigned(*at - '0');
        if (digit > 9) fail("a line holds no whole number where one should stand");
        int digits = 0;
        do {
            value = 10 * value + digit;
            digits++;
            digit = unsigned(*++at - '0');
        } while (digit < 10);
        if (digits > 10 || value > UINT32_MAX) fail("an id is greater than 2^32 - 1");
        return u32(value);
    }

    static double real(const char*& at) {
        const char* start = at;
        u64 value = 0;
        while (unsigned(*at - '0') < 10) value = 10 * value + unsigned(*at++ - '0');
        if (at > start && at - start < 16 && (*at == '\n' || *at == '\r' || *at == ' ' || *at == '\t' || *at == ',' || *at == ';')) {
            return double(value);
        }
        double weight = 0;
        const char* end = start;
        while (*end != '\n') end++;
        auto result = std::from_chars(start, end, weight);
        if (result.ec != std::errc() || !(weight >= 0) || std::isinf(weight)) fail("a weight is no number of at least 0");
        at = result.ptr;
        return weight;
    }

    void add(u32 source, u32 target, double weight) {
        if (!block_ || block_->size == Block::CAPACITY) {
            blocks.push_back(std::make_unique<Block>(weighted_));
            block_ = blocks.back().get();
        }
        u32 i = block_->size++;
        block_->sources[i] = source;
        block_->targets[i] = target;
        greatest = std::max(greatest, std::max(source, target));
        if (weighted_) {
            block_->weights[i] = weight;
            floats &= double(float(weight)) == weight;
        }
    }

    bool weighted_;
    Block* block_ = nullptr;
};

size_t read_fully(int file, char* to, size_t bytes, size_t offset) {
    size_t done = 0;
    while (done < bytes) {
        ssize_t got = pread(file, to + done, bytes - done, off_t(offset + done));
        if (got < 0) fail(std::string("cannot read: ") + std::strerror(errno));
        if (got == 0) break;
        done += size_t(got);
    }
    return done;
}

/// Reads all edges: threads claim chunks of the file and read each into a buffer of their own, which stays in the cache.
EdgeList read_edges(const std::string& path, bool weighted) {
    constexpr size_t CHUNK = 1 << 19;
    constexpr size_t LONGEST_LINE = 1 << 12;
    int file = open(path.c_str(), O_RDONLY);
    if (file < 0) fail(path + ": " + std::strerror(errno));
    struct stat status;
    fstat(file, &status);
    size_t bytes = size_t(status.st_size);
    std::atomic<size_t> next{0};
    EdgeList list;
#pragma omp parallel
    {
        Parser parser(weighted);
        std::vector<char> buffer(CHUNK + LONGEST_LINE + 2);
        for (size_t start = next.fetch_add(CHUNK); start < bytes; start = next.fetch_add(CHUNK)) {
            // One byte before the chunk tells whether a line begins with it; what follows completes the last line.
            size_t from = start == 0 ? 0 : start - 1;
            size_t got = read_fully(file, buffer.data(), std::min(start + CHUNK + LONGEST_LINE, bytes) - from, from);
            buffer[got] = '\n';
            const char* text = buffer.data();
            const char* at = text;
            if (start > 0) {
                at = static_cast<const char*>(std::memchr(text, '\n', got + 1)) + 1;
            }
            const char* to = text + std::min(got, start - from + CHUNK);
            if (at < to) {
                const char* last = static_cast<const char*>(std::memchr(to - 1, '\n', size_t(text + got + 1 - (to - 1))));
                if (!last || (last == text + got && from + got < bytes)) fail(path + ": a line is too long");
                parser.parse(at, to);
            }
        }
#pragma omp critical
        {
            for (auto& block : parser.blocks) {
                list.edges += block->size;
                list.blocks.push_back(std::move(block));
            }
            list.greatest = std::max(list.greatest, parser.greatest);
            list.floats &= parser.floats;
        }
    }
    close(file);
    if (list.edges == 0) fail(path + ": holds no edge");
    return list;
}

// ---- building --------------------------------------------------------------------------------------------------------------------------

/// The ids that occur, numbered in ascending order: a bit for each id, and how many bits are set before each 64.
class Ids {
public:
    explicit Ids(const EdgeList& list) : words_((size_t(list.greatest) >> 6) + 1), before_(words_.size() + 1) {
        words_.fill(0);
#pragma omp parallel
        {
            Array<u64> mine(words_.size());
            std::fill(mine.begin(), mine.end(), 0);
#pragma omp for schedule(dynamic)
            for (size_t b = 0; b < list.blocks.size(); b++) {
                const Block& block = *list.blocks[b];
                for (u32 i = 0; i < block.size; i++) {
                    u32 source = block.sources[i];
                    u32 target = block.targets[i];
                    mine[source >> 6] |= u64(1) << (source & 63);
                    mine[target >> 6] |= u64(1) << (target & 63);
                }
            }
#pragma omp critical
            for (size_t w = 0; w < words_.size(); w++) words_[w] |= mine[w];
        }
        u32 sum = 0;
        for (size_t w = 0; w < words_.size(); w++) {
            before_[w] = sum;
            sum += u32(__builtin_popcountll(words_[w]));
        }
        before_[words_.size()] = sum;
    }

    u32 count() const { return before_[words_.size()]; }

    u32 rank(u32 id) const {
        return before_[id >> 6] + u32(__builtin_popcountll(words_[id >> 6] & ((u64(1) << (id & 63)) - 1)));
    }

    bool has(u32 id) const { return (id >> 6) < words_.size() && (words_[id >> 6] >> (id & 63) & 1) != 0; }

    /// How many ids that occur are less than this one; `id` may be one past the greatest.
    u32 below(u64 id) const { return (id >> 6) >= words_.size() ? count() : rank(u32(id)); }

    Array<u32> listed() const {
        Array<u32> ids(count());
        u32 at = 0;
        for (size_t w = 0; w < words_.size(); w++) {
            for (u64 left = words_[w]; left != 0; left &= left - 1) ids[at++] = u32(w << 6) + u32(__builtin_ctzll(left));
        }
        return ids;
    }

private:
    Array<u64> words_;
    Array<u32> before_;
};

struct None {};

/// Compressed rows: row r is entries offsets[r] to offsets[r + 1].
template <class W>
struct Rows {
    Array<u64> offsets;
    Array<u32> targets;
    Array<W> weights;
    u32 count() const { return u32(offsets.size() - 1); }
    u64 degree(u32 row) const { return offsets[row + 1] - offsets[row]; }
};

enum class Ends { SOURCES, TARGETS, BOTH };

template <class W>
struct Arc {
    u32 row;
    u32 other;
    W weight;
};
template <>
struct Arc<None> {
    u32 row;
    u32 other;
};

/// Rows by source, by target, or each edge in both: arcs are binned by ranges of rows, then each bin is sorted by counting, in the cache.
/// The `last` call gives the list's memory back on the way.
template <class W>
Rows<W> rows_of(EdgeList& list, const Ids& ids, Ends ends, bool last) {
    constexpr bool WEIGHTED = !std::is_same_v<W, None>;
    int shift = 0;
    while ((list.greatest >> shift) >= 256) shift++;
    size_t bins = (list.greatest >> shift) + 1;
    int threads = omp_get_max_threads();
    std::vector<std::vector<u64>> places(size_t(threads), std::vector<u64>(bins + 1, 0));
    size_t blocks = list.blocks.size();
    auto first = [&](int t) { return blocks * size_t(t) / size_t(threads); };
#pragma omp parallel num_threads(threads)
    {
        int t = omp_get_thread_num();
        std::vector<u64>& mine = places[size_t(t)];
        for (size_t b = first(t); b < first(t + 1); b++) {
            const Block& block = *list.blocks[b];
            for (u32 i = 0; i < block.size; i++) {
                if (ends != Ends::TARGETS) mine[block.sources[i] >> shift]++;
                if (ends == Ends::TARGETS || (ends == Ends::BOTH && block.sources[i] != block.targets[i])) {
                    mine[block.targets[i] >> shift]++;
                }
            }
        }
    }
    std::vector<u64> starts(bins + 1);
    u64 sum = 0;
    for (size_t bin = 0; bin < bins; bin++) {
        starts[bin] = sum;
        for (auto& mine : places) {
            u64 count = mine[bin];
            mine[bin] = sum;
            sum += count;
        }
    }
    starts[bins] = sum;
    Array<Arc<W>> arcs(sum);
#pragma omp parallel num_threads(threads)
    {
        int t = omp_get_thread_num();
        u64* next = places[size_t(t)].data();
        auto put = [&](u32 row, u32 other, const Block& block, u32 i) {
            Arc<W>& arc = arcs[next[row >> shift]++];
            arc.row = row;
            arc.other = other;
            if constexpr (WEIGHTED) arc.weight = W(block.weights[i]);
            (void) block;
            (void) i;
        };
        for (size_t b = first(t); b < first(t + 1); b++) {
            const Block& block = *list.blocks[b];
            for (u32 i = 0; i < block.size; i++) {
                u32 source = block.sources[i];
                u32 target = block.targets[i];
                if (ends != Ends::TARGETS) put(source, target, block, i);
                if (ends == Ends::TARGETS || (ends == Ends::BOTH && source != target)) put(target, source, block, i);
            }
            if (last) list.blocks[b].reset();
        }
    }
    Rows<W> rows{Array<u64>(ids.count() + size_t(1)), Array<u32>(sum), Array<W>(WEIGHTED ? sum : 0)};
    rows.offsets[ids.count()] = sum;
#pragma omp parallel
    {
        std::vector<u64> next;
#pragma omp for schedule(dynamic)
        for (size_t bin = 0; bin < bins; bin++) {
            u32 from = ids.below(u64(bin) << shift);
            u32 to = ids.below(u64(bin + 1) << shift);
            next.assign(size_t(to - from) + 1, 0);
            for (u64 a = starts[bin]; a < starts[bin + 1]; a++) {
                arcs[a].row = ids.rank(arcs[a].row) - from;
                next[arcs[a].row + 1]++;
            }
            next[0] = starts[bin];
            for (u32 row = 0; row < to - from; row++) {
                rows.offsets[from + row] = next[row];
                next[row + 1] += next[row];
            }
            for (u64 a = starts[bin]; a < starts[bin + 1]; a++) {
                u64 place = next[arcs[a].row]++;
                rows.targets[place] = ids.rank(arcs[a].other);
                if constexpr (WEIGHTED) rows.weights[place] = arcs[a].weight;
            }
        }
    }
    return rows;
}

// ---- algorithms ------------------------------------------------------------------------------------------------------------------------

/// Power iteration from the uniform vector, pulled; the rank held by sinks is spread evenly over all vertices.
template <class In>
Array<double> pagerank(const In& in, const Array<u32>& out_degrees, int iterations) {
    constexpr double DAMPING = 0.85;
    u32 n = in.count();
    Array<double> rank(n), said(n), heard(n);
    double sinks = 0;
#pragma omp parallel for reduction(+ : sinks)
    for (u32 v = 0; v < n; v++) {
        rank[v] = 1.0 / n;
        said[v] = out_degrees[v] == 0 ? 0 : rank[v] / out_degrees[v];
        sinks += out_degrees[v] == 0 ? rank[v] : 0;
    }
    for (int i = 0; i < iterations; i++) {
        std::swap(said, heard);
        double base = (1 - DAMPING) / n + DAMPING * sinks / n;
        sinks = 0;
#pragma omp parallel for schedule(dynamic, 2048) reduction(+ : sinks)
        for (u32 v = 0; v < n; v++) {
            double sum = 0;
            for (u64 e = in.offsets[v], end = in.offsets[v + 1]; e < end; e++) sum += heard[in.targets[e]];
            double mine = base + DAMPING * sum;
            rank[v] = mine;
            if (out_degrees[v] == 0) {
                said[v] = 0;
                sinks += mine;
            } else {
                said[v] = mine / out_degrees[v];
            }
        }
    }
    return rank;
}

/// Levels from the source, -1 where unreached; steps go down from a small frontier, and up from the unreached vertices to a large one
/// (S. Beamer, K. Asanovic, D. Patterson, "Direction-optimizing breadth-first search", 2012).
template <class R>
Array<int32_t> bfs(const R& out, const R& in, u32 source) {
    constexpr u64 SERIAL = 1024;
    u32 n = out.count();
    Array<int32_t> level(n);
    level.fill(-1);
    level[source] = 0;
    Array<u32> queue(n), next(n);
    Array<u64> reached((size_t(n) + 63) / 64), reached_now(reached.size());
    u64 frontier = 1;
    queue[0] = source;
    u64 frontier_edges = out.degree(source);
    u64 unexplored = out.targets.size();
    bool in_bits = false;
    for (int32_t depth = 1; frontier > 0; depth++) {
        unexplored -= std::min(unexplored, frontier_edges);
        bool up = in_bits ? frontier > n / 18 : frontier_edges > unexplored / 15 && frontier_edges > SERIAL;
        if (up && !in_bits) {
            reached.fill(0);
            for (u64 i = 0; i < frontier; i++) reached[queue[i] >> 6] |= u64(1) << (queue[i] & 63);
        } else if (!up && in_bits) {
            frontier = 0;
            for (size_t w = 0; w < reached.size(); w++) {
                for (u64 left = reached[w]; left != 0; left &= left - 1) queue[frontier++] = u32(w << 6) + u32(__builtin_ctzll(left));
            }
        }
        in_bits = up;
        u64 found = 0;
        u64 found_edges = 0;
        if (up) {
#pragma omp parallel for schedule(dynamic, 32) reduction(+ : found, found_edges)
            for (size_t w = 0; w < reached.size(); w++) {
                u64 bits = 0;
                u32 last = u32(std::min<u64>(n, (w + 1) << 6));
                for (u32 v = u32(w << 6); v < last; v++) {
                    if (level[v] >= 0) continue;
                    for (u64 e = in.offsets[v], end = in.offsets[v + 1]; e < end; e++) {
                        u32 u = in.targets[e];
                        if (reached[u >> 6] >> (u & 63) & 1) {
                            level[v] = depth;
                            bits |= u64(1) << (v & 63);
                            found_edges += out.degree(v);
                            break;
                        }
                    }
                }
                reached_now[w] = bits;
                found += u64(__builtin_popcountll(bits));
            }
            std::swap(reached, reached_now);
        } else if (frontier_edges <= SERIAL) {
            for (u64 i = 0; i < frontier; i++) {
                for (u64 e = out.offsets[queue[i]], end = out.offsets[queue[i] + 1]; e < end; e++) {
                    u32 v = out.targets[e];
                    if (level[v] < 0) {
                        level[v] = depth;
                        next[found++] = v;
                        found_edges += out.degree(v);
                    }
                }
            }
            std::swap(queue, next);
        } else {
            std::atomic<u64> filled{0};
#pragma omp parallel reduction(+ : found_edges)
            {
                constexpr u32 BATCH = 1024;
                u32 mine[BATCH];
                u32 size = 0;
                auto flush = [&] {
                    std::copy(mine, mine + size, next.begin() + filled.fetch_add(size));
                    size = 0;
                };
#pragma omp for schedule(dynamic, 64) nowait
                for (u64 i = 0; i < frontier; i++) {
                    for (u64 e = out.offsets[queue[i]], end = out.offsets[queue[i] + 1]; e < end; e++) {
                        u32 v = out.targets[e];
                        int32_t unreached = -1;
                        if (level[v] < 0
                            && __atomic_compare_exchange_n(&level[v], &unreached, depth, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {
                            if (size == BATCH) flush();
                            mine[size++] = v;
                            found_edges += out.degree(v);
                        }
                    }
                }
                flush();
            }
            found = filled;
            std::swap(queue, next);
        }
        frontier = found;
        frontier_edges = found_edges;
    }
    return level;
}

/// Union by the smaller vertex, without locks; the root of a tree is always its least vertex.
void unite(Array<u32>& parent, u32 a, u32 b) {
    u32 x = __atomic_load_n(&parent[a], __ATOMIC_RELAXED);
    u32 y = __atomic_load_n(&parent[b], __ATOMIC_RELAXED);
    while (x != y) {
        u32 high = std::max(x, y);
        u32 low = std::min(x, y);
        u32 above = __atomic_load_n(&parent[high], __ATOMIC_RELAXED);
        if (above == low) return;
        u32 expected = high;
        if (above == high
            && __atomic_compare_exchange_n(&parent[high], &expected, low, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {
            return;
        }
        above = __atomic_load_n(&parent[high], __ATOMIC_RELAXED);
        x = __atomic_load_n(&parent[above], __ATOMIC_RELAXED);
        y = __atomic_load_n(&parent[low], __ATOMIC_RELAXED);
    }
}

void flatten(Array<u32>& parent) {
#pragma omp parallel for schedule(dynamic, 16384)
    for (size_t v = 0; v < parent.size(); v++) {
        while (parent[v] != parent[parent[v]]) parent[v] = parent[parent[v]];
    }
}

/// The least vertex of each one's component. In an undirected graph two edges of each vertex are looked at first, and those that are then
/// in the greatest component are done (M. Sutton, T. Ben-Nun, A. Barak, "Optimizing parallel graph connectivity computation via subgraph
/// sampling", 2018).
template <class R>
Array<u32> components(const R& rows, bool undirected) {
    u32 n = rows.count();
    Array<u32> parent(n);
#pragma omp parallel for
    for (u32 v = 0; v < n; v++) parent[v] = v;
    u64 first = 0;
    u32 greatest = n;
    if (undirected) {
        for (; first < 2; first++) {
#pragma omp parallel for schedule(dynamic, 16384)
            for (u32 v = 0; v < n; v++) {
                if (first < rows.degree(v)) unite(parent, v, rows.targets[rows.offsets[v] + first]);
            }
            flatten(parent);
        }
        std::vector<u32> sample;
        for (u64 i = 0; i < 1024; i++) sample.push_back(parent[i * 2654435761u % n]);
        std::sort(sample.begin(), sample.end());
        size_t most = 0;
        for (size_t i = 0, j = 0; i < sample.size(); i = j) {
            while (j < sample.size() && sample[j] == sample[i]) j++;
            if (j - i > most) {
                most = j - i;
                greatest = sample[i];
            }
        }
    }
#pragma omp parallel for schedule(dynamic, 4096)
    for (u32 v = 0; v < n; v++) {
        if (__atomic_load_n(&parent[v], __ATOMIC_RELAXED) == greatest) continue;
        for (u64 e = rows.offsets[v] + first; e < rows.offsets[v + 1]; e++) unite(parent, v, rows.targets[e]);
    }
    flatten(parent);
    return parent;
}

/// Lowers a distance; distances are not negative, so their bits are ordered as they are.
bool lower(double& place, double value) {
    double old;
    __atomic_load(&place, &old, __ATOMIC_RELAXED);
    while (value < old) {
        if (__atomic_compare_exchange(&place, &old, &value, true, __ATOMIC_RELAXED, __ATOMIC_RELAXED)) return true;
    }
    return false;
}

/// Least sums of weights from the source by delta-stepping: vertices wait in buckets of distances delta wide, and the least bucket is
/// relaxed by all threads until it stays empty (U. Meyer, P. Sanders, 2003; light and heavy edges are not told apart).
template <class W>
Array<double> sssp(const Rows<W>& out, u32 source, double delta) {
    constexpr size_t SERIAL = 512;
    constexpr size_t NO_BUCKET = SIZE_MAX;
    Array<double> distance(out.count());
    distance.fill(std::numeric_limits<double>::infinity());
    distance[source] = 0;
    Array<double> relaxed(out.count());
    relaxed.fill(-1);
    std::vector<std::vector<std::vector<u32>>> buckets;
    buckets.resize(size_t(omp_get_max_threads()));
    std::vector<u32> frontier{source};
    size_t bucket = 0;
    auto relax = [&](u32 u, std::vector<std::vector<u32>>& mine) {
        double from;
        __atomic_load(&distance[u], &from, __ATOMIC_RELAXED);
        // It may stand here more than once, or have been lowered into an earlier bucket: each distance is relaxed once.
        if (from == relaxed[u]) return;
        relaxed[u] = from;
        for (u64 e = out.offsets[u], end = out.offsets[u + 1]; e < end; e++) {
            double to = from + double(out.weights[e]);
            if (lower(distance[out.targets[e]], to)) {
                size_t b = std::max(bucket, size_t(to / delta));
                if (b >= mine.size()) mine.resize(b + 1);
                mine[b].push_back(out.targets[e]);
            }
        }
    };
    while (bucket != NO_BUCKET) {
        if (frontier.size() < SERIAL) {
            for (u32 u : frontier) relax(u, buckets[0]);
        } else {
#pragma omp parallel
            {
                auto& mine = buckets[size_t(omp_get_thread_num())];
#pragma omp for schedule(dynamic, 64)
                for (size_t i = 0; i < frontier.size(); i++) relax(frontier[i], mine);
            }
        }
        size_t least = NO_BUCKET;
        for (auto& mine : buckets) {
            for (size_t b = bucket; b < std::min(mine.size(), least); b++) {
                if (!mine[b].empty()) least = b;
            }
        }
        bucket = least;
        frontier.clear();
        if (bucket != NO_BUCKET) {
            for (auto& mine : buckets) {
                if (bucket < mine.size()) {
                    frontier.insert(frontier.end(), mine[bucket].begin(), mine[bucket].end());
                    mine[bucket].clear();
                }
            }
        }
    }
    return distance;
}

// ---- results ---------------------------------------------------------------------------------------------------------------------------

/// Writes rows `id<TAB>value`, formatted by all threads.
void write_rows(const std::string& path, const char* column, const Array<u32>& ids, const Array<double>& values, bool whole) {
    constexpr size_t ROWS = 1 << 14;
    size_t pieces = (ids.size() + ROWS - 1) / ROWS;
    std::vector<std::string> texts(pieces);
#pragma omp parallel for schedule(dynamic)
    for (size_t p = 0; p < pieces; p++) {
        size_t to = std::min(ids.size(), (p + 1) * ROWS);
        std::string text((to - p * ROWS) * 48, '\0');
        char* at = &text[0];
        for (size_t v = p * ROWS; v < to; v++) {
            at = std::to_chars(at, at + 16, ids[v]).ptr;
            *at++ = '\t';
            if (std::isinf(values[v])) {
                at = static_cast<char*>(std::memcpy(at, "Infinity", 8)) + 8;
            } else {
                at = whole ? std::to_chars(at, at + 24, int64_t(values[v])).ptr : std::to_chars(at, at + 32, values[v]).ptr;
            }
            *at++ = '\n';
        }
        text.resize(size_t(at - &text[0]));
        texts[p] = std::move(text);
    }
    std::FILE* out = std::fopen(path.c_str(), "w");
    if (!out) fail(path + ": " + std::strerror(errno));
    std::fprintf(out, "id\t%s\n", column);
    for (auto& text : texts) std::fwrite(text.data(), 1, text.size(), out);
    if (std::fclose(out) != 0) fail(path + ": " + std::strerror(errno));
}

/// Compares rows as Superstep writes them with the answer; returns the greatest relative difference.
double compare_rows(const std::string& path, const Array<u32>& ids, const Array<double>& values, double tolerance) {
    std::FILE* in = std::fopen(path.c_str(), "r");
    if (!in) fail(path + ": " + std::strerror(errno));
    char line[256];
    size_t row = 0;
    double worst = 0;
    if (!std::fgets(line, sizeof line, in) || std::strncmp(line, "id\t", 3) != 0) fail(path + ": has no header row");
    while (std::fgets(line, sizeof line, in)) {
        char* at;
        long long id = std::strtoll(line, &at, 10);
        double value = std::strtod(at, nullptr);
        if (row == ids.size() || id != ids[row]) {
            fail(path + ": row " + std::to_string(row + 1) + " has id " + std::to_string(id) + ", should be "
                + (row == ids.size() ? "the end" : std::to_string(ids[row])));
        }
        double difference = value == values[row] ? 0 : std::abs(value - values[row]) / std::abs(values[row]);
        if (!(difference <= tolerance)) {
            fail(path + ": vertex " + std::to_string(id) + " has " + std::to_string(value) + ", should be " + std::to_string(values[row])
                + " (relative difference " + std::to_string(difference) + ")");
        }
        worst = std::max(worst, difference);
        row++;
    }
    std::fclose(in);
    if (row != ids.size()) fail(path + ": has " + std::to_string(row) + " rows, should have " + std::to_string(ids.size()));
    return worst;
}

double median(const std::vector<double>& sorted) {
    size_t middle = sorted.size() / 2;
    return sorted.size() % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

long peak_kb() {
    std::FILE* in = std::fopen("/proc/self/status", "r");
    char line[256];
    long kb = -1;
    while (in && std::fgets(line, sizeof line, in)) {
        if (std::sscanf(line, "VmHWM: %ld", &kb) == 1) break;
    }
    if (in) std::fclose(in);
    return kb;
}

struct Options {
    std::string program, file, output, compare;
    bool undirected = false, weighted = false, has_source = false, skip_first = false;
    u32 source = 0;
    int iterations = 20, trials = 1;
    double delta = 0, tolerance = 0;
};

Options parsed(int count, char** words) {
    Options options;
    if (count < 3) {
        fail("usage: reference pagerank|bfs|wcc|sssp FILE [--undirected] [--weighted] [--source ID] [--iterations N] [--delta D]"
             " [--trials N] [--skip-first] [--output FILE] [--compare FILE [--tolerance T]]");
    }
    options.program = words[1];
    options.file = words[2];
    for (int i = 3; i < count; i++) {
        std::string word = words[i];
        auto value = [&] {
            if (++i == count) fail(word + " needs a value");
            return std::string(words[i]);
        };
        if (word == "--undirected") options.undirected = true;
        else if (word == "--weighted") options.weighted = true;
        else if (word == "--skip-first") options.skip_first = true;
        else if (word == "--source") options.source = u32(std::stoul(value())), options.has_source = true;
        else if (word == "--iterations") options.iterations = std::stoi(value());
        else if (word == "--delta") options.delta = std::stod(value());
        else if (word == "--trials") options.trials = std::stoi(value());
        else if (word == "--output") options.output = value();
        else if (word == "--compare") options.compare = value();
        else if (word == "--tolerance") options.tolerance = std::stod(value());
        else fail("unknown option " + word);
    }
    if (options.trials < 1 + options.skip_first) fail("--trials must be at least 1, and one more with --skip-first");
    if ((options.program == "bfs" || options.program == "sssp") && !options.has_source) fail(options.program + " needs --source ID");
    return options;
}

class Run {
public:
    explicit Run(Options options) : options_(std::move(options)), started_(now_ms()) {}

    void run() {
        EdgeList list = read_edges(options_.file, options_.weighted);
        double read = now_ms();
        Ids ids(list);
        if (options_.has_source && !ids.has(options_.source)) fail("vertex " + std::to_string(options_.source) + " is not in the graph");
        const char* column = "";
        bool whole = true;
        Ends outwards = options_.undirected ? Ends::BOTH : Ends::SOURCES;
        u32 source = options_.has_source ? ids.rank(options_.source) : 0;
        // What is built differs: each branch builds, notes the time, then computes.
        if (options_.program == "pagerank") {
            Array<u32> degrees = options_.undirected ? Array<u32>() : out_degrees(list, ids);
            auto in = rows_of<None>(list, ids, options_.undirected ? Ends::BOTH : Ends::TARGETS, true);
            if (options_.undirected) degrees = degrees_of(in);
            built(in.targets.size());
            column = "rank";
            whole = false;
            compute([&] { return pagerank(in, degrees, options_.iterations); }, [](double rank) { return rank; });
        } else if (options_.program == "bfs") {
            Rows<None> in;
            if (!options_.undirected) in = rows_of<None>(list, ids, Ends::TARGETS, false);
            auto out = rows_of<None>(list, ids, outwards, true);
            built(out.targets.size());
            column = "level";
            compute([&] { return bfs(out, options_.undirected ? out : in, source); }, [](int32_t level) { return double(level); });
        } else if (options_.program == "wcc") {
            auto rows = rows_of<None>(list, ids, outwards, true);
            built(rows.targets.size());
            Array<u32> listed = ids.listed();
            column = "component";
            compute([&] { return components(rows, options_.undirected); }, [&](u32 least) { return double(listed[least]); });
        } else if (options_.program == "sssp") {
            column = "distance";
            whole = false;
            if (!options_.weighted) {
                fail("sssp needs --weighted and a third column; without weights it is bfs");
            } else if (list.floats) {
                shortest_paths<float>(list, ids, outwards, source);
            } else {
                shortest_paths<double>(list, ids, outwards, source);
            }
        } else {
            fail("unknown program " + options_.program + "; there are pagerank, bfs, wcc and sssp");
        }
        double computed = now_ms();
        Array<u32> listed = ids.listed();
        if (!options_.output.empty()) write_rows(options_.output, column, listed, values_, whole);
        double written = now_ms();
        std::sort(trials_.begin(), trials_.end());
        std::printf("vertices %u\narcs %llu\nthreads %d\nread_ms %.2f\nbuild_ms %.2f\ncompute_ms %.3f\ncompute_min_ms %.3f\n"
                    "compute_max_ms %.3f\nwrite_ms %.2f\ntotal_ms %.2f\npeak_kb %ld\n",
            ids.count(), static_cast<unsigned long long>(arcs_), omp_get_max_threads(), read - started_, built_ - read,
            median(trials_), trials_.front(), trials_.back(), written - computed, written - started_, peak_kb());
        if (!options_.compare.empty()) {
            std::printf("difference %.3g\n", compare_rows(options_.compare, listed, values_, options_.tolerance));
        }
        std::fflush(stdout);
    }

private:
    template <class W>
    void shortest_paths(EdgeList& list, const Ids& ids, Ends outwards, u32 source) {
        auto out = rows_of<W>(list, ids, outwards, true);
        built(out.targets.size());
        double delta = options_.delta;
        if (delta <= 0) {
            // About the weight of a vertex's lightest edge: little is relaxed twice, and enough at once.
            W heaviest = 0;
            for (u64 e = 0; e < out.weights.size(); e++) heaviest = std::max(heaviest, out.weights[e]);
            double degree = double(out.targets.size()) / ids.count();
            delta = heaviest > 0 ? std::max(double(heaviest) * 1e-6, double(heaviest) / std::max(1.0, degree)) : 1;
        }
        compute([&] { return sssp(out, source, delta); }, [](double distance) { return distance; });
    }

    static Array<u32> degrees_of(const Rows<None>& rows) {
        Array<u32> degrees(rows.count());
#pragma omp parallel for
        for (u32 v = 0; v < rows.count(); v++) degrees[v] = u32(rows.degree(v));
        return degrees;
    }

    static Array<u32> out_degrees(const EdgeList& list, const Ids& ids) {
        Array<u32> degrees(ids.count());
        degrees.fill(0);
#pragma omp parallel
        {
            Array<u32> mine(ids.count());
            std::fill(mine.begin(), mine.end(), 0);
#pragma omp for schedule(dynamic)
            for (size_t b = 0; b < list.blocks.size(); b++) {
                const Block& block = *list.blocks[b];
                for (u32 i = 0; i < block.size; i++) mine[ids.rank(block.sources[i])]++;
            }
#pragma omp critical
            for (u32 v = 0; v < ids.count(); v++) degrees[v] += mine[v];
        }
        return degrees;
    }

    void built(u64 arcs) {
        arcs_ = arcs;
        built_ = now_ms();
    }

    template <class Compute, class Value>
    void compute(Compute algorithm, Value value) {
        for (int trial = 0; trial < options_.trials; trial++) {
            double start = now_ms();
            auto answer = algorithm();
            if (trial > 0 || !options_.skip_first) trials_.push_back(now_ms() - start);
            if (trial + 1 == options_.trials) {
                values_ = Array<double>(answer.size());
#pragma omp parallel for
                for (size_t v = 0; v < answer.size(); v++) values_[v] = value(answer[v]);
            }
        }
    }

    Options options_;
    double started_;
    double built_ = 0;
    u64 arcs_ = 0;
    std::vector<double> trials_;
    Array<double> values_;
};

}  // namespace

int main(int count, char** words) {
    Run(parsed(count, words)).run();
    // The arrays need not be given back one by one.
    std::_Exit(0);
}
