#!/usr/bin/env bash
# Times the supersteps of whole programs, without loading: benchmarks/warm.sh [FOLDER]. Prints a Markdown table of Superstep's warm and cold
# compute time beside the reference's. Graphs are made in FOLDER (benchmarks/target/graphs) if they are not there; takes some five minutes.
#
#   warm   median of ROUNDS (5) runs in one JVM, each after all other programs have run in it
#   cold   median of COLD (5) runs of the command line, each a process of its own that has just loaded the graph
#   reference   median of ROUNDS runs in one process, after one that does not count
#   ns an arc   the warm time by arcs and deliveries (supersteps but the first); ratio: warm by reference
#
# PROGRAMS ("bfs wcc sssp pagerank path") chooses; "own" and "one-by-one" are PageRank with a combiner of the user's own and with none, which
# the command line does not know. SOURCE is the vertex where searches start, BENCHMARK_HEAP (3g) the heap.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
folder=${1:-$benchmarks/target/graphs}
rounds=${ROUNDS:-5}
cold_runs=${COLD:-5}
read -ra programs <<< "${PROGRAMS:-bfs wcc sssp pagerank path}"

build_benchmarks
build_superstep
build_reference
make_graphs "$folder"
report=$(mktemp)
trap 'rm -f "$report"' EXIT

run_programs() {
    local count=$1
    shift
    "$java" "-Xmx$heap" -XX:+UseParallelGC -cp "$class_path" org.superstep.benchmarks.WarmPrograms "$count" "$source" "$edges" "$weighted" \
        "$path" "$@"
}

# Prints the compute time of one run of the command line in ms.
run_cold() {
    local words=()
    case $1 in
        bfs) words=(bfs --input "$edges" --source "$source") ;;
        wcc) words=(wcc --input "$edges") ;;
        sssp) words=(sssp --input "$weighted" --source "$source") ;;
        pagerank) words=(pagerank --input "$edges") ;;
        path) words=(bfs --input "$path" --source 0) ;;
        *) echo 0 && return ;;
    esac
    "$superstep" run "${words[@]}" --undirected --quiet --top 0 --report "$report"
    awk '/"computeNanos"/ { gsub(/[^0-9]/, ""); printf "%.1f\n", $0 / 1e6 }' "$report"
}

# Prints the reference's compute time in ms: median (min-max).
run_reference() {
    local words=()
    case $1 in
        bfs) words=(bfs "$edges" --undirected --source "$source") ;;
        wcc) words=(wcc "$edges" --undirected) ;;
        sssp) words=(sssp "$weighted" --undirected --weighted --source "$source") ;;
        pagerank | own | one-by-one) words=(pagerank "$edges" --undirected) ;;
        path) words=(bfs "$path" --undirected --source 0) ;;
    esac
    # The first trial, which does not count, is the process's first touch of its memory.
    "$reference" "${words[@]}" --trials "$((rounds + 1))" --skip-first
}

declare -A cold warm arcs_of deliveries theirs theirs_text
say "warm runs of ${programs[*]} ..."
# One round more, which does not count: in it not all other programs have run yet.
while IFS=$'\t' read -r name vertices count steps times; do
    arcs_of[$name]=$count
    deliveries[$name]=$steps
    warm[$name]=${times#* }
done < <(run_programs "$((rounds + 1))" "${programs[@]}")
[ ${#warm[@]} -eq ${#programs[@]} ] || fail "the warm runs have failed"
for name in "${programs[@]}"; do
    say "cold runs and reference of $name ..."
    for ((i = 0; i < cold_runs; i++)); do
        cold[$name]="${cold[$name]:-} $(run_cold "$name")"
    done
    if [ -n "$reference" ]; then
        figures=$(run_reference "$name")
        theirs[$name]=$(awk '$1 == "compute_ms" { print $2 }' <<< "$figures")
        theirs_text[$name]=$(awk '$1 ~ /^compute/ { v[$1] = $2 }
            END { printf "%.1f (%.1f-%.1f)", v["compute_ms"], v["compute_min_ms"], v["compute_max_ms"] }' <<< "$figures")
    fi
done

printf 'Measured on %s; source %s.\n\n' "$(machine)" "$source"
echo '| program | arcs | deliveries | warm, ms | ns an arc | µs a superstep | cold, ms | cold - warm | reference, ms | ratio |'
echo '|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|'
for name in "${programs[@]}"; do
    # shellcheck disable=SC2086 # numbers are words
    {
        middle=$(median ${warm[$name]})
        printf '| %s | %s | %s | %s | %s | %s | %s | %s | %s |\n' "$name" "${arcs_of[$name]}" "${deliveries[$name]}" \
            "$(spread 1 ${warm[$name]})" \
            "$(awk -v t="$middle" -v a="${arcs_of[$name]}" -v d="${deliveries[$name]}" \
                'BEGIN { printf "%.3f | %.1f", t * 1e6 / a / d, t * 1e3 / (d + 1) }')" \
            "$(spread 1 ${cold[$name]})" "$(awk -v c="$(median ${cold[$name]})" -v w="$middle" 'BEGIN { printf "%.1f", c - w }')" \
            "${theirs_text[$name]:-}" "${theirs[$name]:+$(ratio "$middle" "${theirs[$name]}")}"
    }
done
