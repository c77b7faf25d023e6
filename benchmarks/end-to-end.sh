#!/usr/bin/env bash
# Times whole processes, from the command to the written rows: benchmarks/end-to-end.sh [FOLDER]. Superstep's command line and the
# reference in C++ run in turn, RUNS (5) times each after one run that does not count but whose answers are compared; prints Markdown tables
# of wall times, peak memory and the ratio of the medians. Graphs are made in FOLDER (benchmarks/target/graphs) if they are not there, 1 GB.
#
# CASES (a regular expression) chooses among the runs, SOURCE the vertex where searches start, SUPERSTEP another command than the
# checkout's.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
folder=${1:-$benchmarks/target/graphs}
runs=${RUNS:-5}
cases=${CASES:-.}

build_superstep
build_reference
make_graphs "$folder"
work=$(mktemp -d "$folder/run.XXXXXX")
trap 'rm -rf "$work"' EXIT
gnu_time=
if /usr/bin/time -f %M -o "$work/peak" true 2> /dev/null; then
    gnu_time=yes
fi

# Runs a command, its output to file $1; sets $seconds and $kilobytes (empty where nobody counts).
timed() {
    local out=$1 begin end
    shift
    kilobytes=
    begin=${EPOCHREALTIME/[.,]/}
    if [ -n "$gnu_time" ]; then
        /usr/bin/time -f %M -o "$work/peak" "$@" > "$out" || fail "this has failed: $*"
    else
        "$@" > "$out" || fail "this has failed: $*"
    fi
    end=${EPOCHREALTIME/[.,]/}
    if [ -n "$gnu_time" ]; then
        kilobytes=$(tail -1 "$work/peak")
    fi
    seconds=$(awk -v t=$((end - begin)) 'BEGIN { printf "%.4f", t / 1e6 }')
}

# Prints the number of a field of Superstep's JSON report.
reported() {
    sed -n 's/^ *"'"$1"'" : \([0-9]*\),*$/\1/p' "$work/report.json"
}

# Prints the median of sizes in kilobytes (1024 bytes) as megabytes (10^6).
megabytes() {
    awk -v kb="$(median "$@")" 'BEGIN { print kb * 1.024e-3 }'
}

# One row: row NAME TOLERANCE SUPERSTEP-WORDS -- REFERENCE-WORDS; the input is named in both.
row() {
    local name=$1 tolerance=$2 ours=() theirs=() i mine=() yours=() my_kb=() your_kb=() figures=
    shift 2
    [[ $name =~ $cases ]] || return 0
    while [ "$1" != -- ]; do
        ours+=("$1")
        shift
    done
    shift
    theirs=("$@")
    ours=("$superstep" run "${ours[@]}" --quiet --top 0 --output "$work/ours.tsv")
    theirs=("$reference" "${theirs[@]}" --output "$work/theirs.tsv")
    say "$name ..."
    # Does not count: the files come into the system's cache, and the answers are compared.
    timed /dev/null "${ours[@]}" --report "$work/report.json"
    mv "$work/ours.tsv" "$work/first.tsv"
    if [ -z "$gnu_time" ]; then
        my_kb=($(($(reported peakResidentBytes) / 1024)))
    fi
    if [ -n "$reference" ]; then
        figures=$("${theirs[@]}" --compare "$work/first.tsv" --tolerance "$tolerance") || fail "$name: the answers differ"
        your_kb=("$(awk '$1 == "peak_kb" { print $2 }' <<< "$figures")")
        [ -z "$gnu_time" ] || your_kb=()
    fi
    for ((i = 0; i < runs; i++)); do
        timed /dev/null "${ours[@]}"
        cmp -s "$work/ours.tsv" "$work/first.tsv" || fail "$name: the rows of two runs of Superstep differ"
        mine+=("$seconds")
        my_kb+=($kilobytes)
        if [ -n "$reference" ]; then
            timed /dev/null "${theirs[@]}"
            yours+=("$seconds")
            your_kb+=($kilobytes)
        fi
    done
    {
        printf '| %s | %s | %.0f |' "$name" "$(spread 3 "${mine[@]}")" "$(megabytes "${my_kb[@]}")"
        if [ -n "$reference" ]; then
            printf ' %s | %.0f | %s |\n' "$(spread 3 "${yours[@]}")" "$(megabytes "${your_kb[@]}")" \
                "$(ratio "$(median "${mine[@]}")" "$(median "${yours[@]}")")"
        else
            printf ' | | |\n'
        fi
    } >> "$work/table"
    {
        printf '| %s | %d | %d | %d |' "$name" $(($(reported loadNanos) / 1000000)) $(($(reported computeNanos) / 1000000)) \
            $(($(reported writeNanos) / 1000000))
        awk '{ v[$1] = $2 }
            END { if ("read_ms" in v) printf " %.0f | %.0f | %.0f | %s |\n", v["read_ms"] + v["build_ms"], v["compute_ms"], v["write_ms"],
                v["difference"]; else print " | | | |" }' <<< "$figures"
    } >> "$work/parts"
}

row 'pagerank, sorted arcs' 1e-12 pagerank --input "$arcs" -- pagerank "$arcs"
row 'pagerank, shuffled edges' 1e-12 pagerank --input "$edges" --undirected -- pagerank "$edges" --undirected
row 'bfs' 0 bfs --source "$source" --input "$edges" --undirected -- bfs "$edges" --source "$source" --undirected
row 'wcc' 0 wcc --input "$edges" --undirected -- wcc "$edges" --undirected
row 'sssp, weights' 0 sssp --source "$source" --input "$weighted" --undirected -- \
    sssp "$weighted" --source "$source" --undirected --weighted
notre_dame=$root/../shared/datasets/snap/web-NotreDame.txt.gz
if [ -e "$notre_dame" ]; then
    # The reference reads plain text: unpacking is not counted for it.
    [ -e "$folder/web-NotreDame.txt" ] || gzip -dc "$notre_dame" > "$folder/web-NotreDame.txt"
    row 'pagerank, web-NotreDame (gzip)' 1e-12 pagerank --input "$notre_dame" -- pagerank "$folder/web-NotreDame.txt"
else
    say "web-NotreDame.txt.gz is not in $root/../shared/datasets/snap; left out"
fi
karate=$root/datasets/graphs/karate.tsv
row 'pagerank, karate club' 1e-12 pagerank --input "$karate" --undirected -- pagerank "$karate" --undirected
row 'bfs, path of 100,000 vertices' 0 bfs --source 0 --input "$path" --undirected -- bfs "$path" --source 0 --undirected

[ -e "$work/table" ] || fail "no run is called $cases"
printf 'Measured on %s; source %s; median (min-max) of %s runs each, in turn.\n\n' "$(machine)" "$source" "$runs"
echo '| run | Superstep, s | peak MB | reference, s | peak MB | ratio |'
echo '|---|--:|--:|--:|--:|--:|'
cat "$work/table"
printf '\nWhere the time goes, from one run each, in ms (the rest is start and end of the process):\n\n'
echo '| run | load | compute | write | reference: load | compute | write | greatest relative difference |'
echo '|---|--:|--:|--:|--:|--:|--:|--:|'
cat "$work/parts"
