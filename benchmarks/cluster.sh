#!/usr/bin/env bash
# What it costs to compute in several processes on this machine, against one: benchmarks/cluster.sh [FOLDER]. Runs follow each other in
# turn, RUNS (5) times; answers are compared, byte for byte. Prints Markdown: medians of the time to load and to compute as the job's report
# tells them, and bytes of outboxes against the ideal, which is 8 bytes for each mirror and superstep in which all speak. Graphs are made in
# FOLDER (benchmarks/target/graphs) if they are not there, 1 GB.
#
# CASES (a regular expression) chooses among the programs, SUPERSTEP another command than the checkout's, HEAP another heap (4g), which the
# processes of a run share.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
folder=${1:-$benchmarks/target/graphs}
runs=${RUNS:-5}
cases=${CASES:-.}
export SUPERSTEP_HEAP=${HEAP:-4g}

build_superstep
make_graphs "$folder"
work=$(mktemp -d "$folder/cluster.XXXXXX")
trap 'rm -rf "$work"' EXIT

# Prints the first number of a field of the JSON report.
reported() {
    sed -n 's/^ *"'"$1"'" : \([0-9]*\),*$/\1/p' "$work/report.json" | sed -n 1p
}

# Prints the sum of a field over the totals of all workers.
over_workers() {
    sed -n '/"workerTotals"/,/\]/p' "$work/report.json" | sed -n 's/^.*"'"$1"'" : \([0-9]*\),*.*$/\1/p' | awk '{ sum += $1 } END { print sum + 0 }'
}

# table NAME PROGRAM-WORDS...: the program in one process, and in one, two and three worker processes, with two threads in all.
table() {
    local name=$1 shape i supersteps ideal sent base_compute base_load
    shift
    [[ $name =~ $cases ]] || return 0
    local -A load compute
    for ((i = 0; i < runs; i++)); do
        for shape in 0 1 2 3; do
            local words=(--threads 2)
            [ "$shape" = 0 ] || words+=(--workers "$shape")
            "$superstep" run "$@" "${words[@]}" --output "$work/$shape.tsv" --report "$work/report.json" --quiet --top 0 ||
                fail "this has failed: superstep run $* ${words[*]}"
            cmp -s "$work/0.tsv" "$work/$shape.tsv" || fail "$name: the answers of one process and of $shape workers differ"
            load[$shape]+=" $(reported loadNanos)"
            compute[$shape]+=" $(reported computeNanos)"
            cp "$work/report.json" "$work/report$shape.json"
        done
    done
    supersteps=$(grep -c '"phase"' "$work/report0.json")
    # shellcheck disable=SC2086 # numbers are words
    base_compute=$(median ${compute[0]})
    # shellcheck disable=SC2086
    base_load=$(median ${load[0]})
    for shape in 0 1 2 3; do
        cp "$work/report$shape.json" "$work/report.json"
        local mine
        # shellcheck disable=SC2086
        mine=$(median ${compute[$shape]})
        sent=$(over_workers sentBytes)
        ideal=$(($(reported mirrors || true) + 0))
        # shellcheck disable=SC2086
        printf '| %s | %s | %d | %.0f | %.2f | %.0f | %.2f | %.3f | %.1f | %s |\n' "$name" \
            "$([ "$shape" = 0 ] && echo "one process" || echo "$shape workers")" "$supersteps" \
            "$(ratio "$(median ${load[$shape]})" 1e6)" "$(ratio "$(median ${load[$shape]})" "$base_load")" \
            "$(ratio "$mine" 1e6)" "$(ratio "$mine" "$base_compute")" "$(awk -v t="$mine" -v n="$supersteps" 'BEGIN { print t / 1e6 / n }')" \
            "$(ratio "$sent" 1e6)" "$([ "$ideal" = 0 ] && echo "" || awk -v m="$ideal" -v n="$supersteps" 'BEGIN { printf "%.1f", m * 8 * n / 1e6 }')"
    done
}

machine
echo
echo '| program | processes | supersteps | load (ms) | ratio | compute (ms) | ratio | ms a superstep | outboxes (MB) | mirrors x 8 x supersteps (MB) |'
echo '|---|---|---:|---:|---:|---:|---:|---:|---:|---:|'
table 'PageRank, 20 iterations' pagerank --input "$edges" --undirected
table 'WCC' wcc --input "$edges" --undirected
table 'BFS' bfs --source "$source" --input "$edges" --undirected
table 'BFS, path of 100,000' bfs --source 0 --input "$path"
