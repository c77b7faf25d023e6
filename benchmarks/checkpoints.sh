#!/usr/bin/env bash
# What it costs to be saved, and to lose a worker: benchmarks/checkpoints.sh [FOLDER]. PageRank over 200 supersteps by two worker processes,
# with and without checkpoints, in turn, RUNS (5) times; then LOSSES (5) times a worker's process is killed by kill -9 in the middle. Answers
# are compared, byte for byte. Prints Markdown: medians of compute times as the job's report tells them, what checkpoints have taken, and
# the times from the kill to the line that tells of it, and to the next superstep that is over. The graph is made in FOLDER
# (benchmarks/target/graphs) if it is not there.
#
# EVERY is the distance of checkpoints (5), ITERATIONS the supersteps (200), CHECKPOINTS the folder for them (FOLDER), which may be on
# another file system; SUPERSTEP another command than the checkout's, HEAP another heap (4g), which the processes of a run share.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
folder=${1:-$benchmarks/target/graphs}
runs=${RUNS:-5}
losses=${LOSSES:-5}
every=${EVERY:-5}
iterations=${ITERATIONS:-200}
export SUPERSTEP_HEAP=${HEAP:-4g}

build_superstep
make_graphs "$folder"
work=$(mktemp -d "$folder/checkpoints.XXXXXX")
saved=$(mktemp -d "${CHECKPOINTS:-$folder}/checkpoints.XXXXXX")
trap 'rm -rf "$work" "$saved"' EXIT
job=(run pagerank --input "$edges" --undirected --iterations "$iterations" --threads 2 --workers 2 --top 0)

# Prints the first number of a field of the JSON report.
reported() {
    sed -n 's/^ *"'"$1"'" : \([0-9]*\),*$/\1/p' "$work/report.json" | sed -n 1p
}

machine
echo
compute=('' '')
copy= write= bytes= count=
for ((i = 0; i < runs; i++)); do
    "$superstep" "${job[@]}" --output "$work/plain.tsv" --report "$work/report.json" --quiet || fail "a run without checkpoints has failed"
    compute[0]+=" $(reported computeNanos)"
    "$superstep" "${job[@]}" --output "$work/saved.tsv" --report "$work/report.json" --quiet --checkpoint-every "$every" \
        --checkpoint-dir "$saved/$i" || fail "a run with checkpoints has failed"
    compute[1]+=" $(reported computeNanos)"
    copy+=" $(reported copyNanos)" write+=" $(reported writeNanos)" bytes+=" $(reported checkpointBytes)" count+=" $(reported checkpoints)"
    cmp -s "$work/plain.tsv" "$work/saved.tsv" || fail "the answers with and without checkpoints differ"
done
# shellcheck disable=SC2086 # numbers are words
{
    plain=$(median ${compute[0]})
    with=$(median ${compute[1]})
    echo "| checkpoints | compute (ms) | ratio | written (MB) | supersteps held up (ms) | written behind them (ms) |"
    echo '|---|---:|---:|---:|---:|---:|'
    printf '| none | %.0f | 1.000 | | | |\n' "$(ratio "$plain" 1e6)"
    printf '| %s, every %d supersteps | %.0f | %.3f | %.0f | %.0f | %.0f |\n' "$(median $count)" "$every" "$(ratio "$with" 1e6)" \
        "$(ratio "$with" "$plain")" "$(ratio "$(median $bytes)" 1e6)" "$(ratio "$(median $copy)" 1e6)" "$(ratio "$(median $write)" 1e6)"
}

# One loss: prints the milliseconds from the kill to the line that tells of it, and to the end of the next superstep.
lose() {
    local line now killed=0 told=0 going=0 processes victim
    rm -rf "$saved/lost"
    while IFS= read -r line; do
        now=$(date +%s%N)
        case $line in
            'worker processes: '*)
                processes=${line#worker processes: }
                victim=${processes%%,*}
                ;;
            "superstep $((iterations / 2)): "*)
                if [ "$killed" = 0 ]; then
                    kill -9 "$victim"
                    killed=$(date +%s%N)
                fi
                ;;
            *' was killed by signal 9'*) [ "$told" != 0 ] || told=$now ;;
            'superstep '[0-9]*) [ "$told" = 0 ] || [ "$going" != 0 ] || going=$now ;;
        esac
    done < <("$superstep" "${job[@]}" --output "$work/lost.tsv" --verbose --checkpoint-every "$every" --checkpoint-dir "$saved/lost" \
        2>&1 > /dev/null)
    cmp -s "$work/plain.tsv" "$work/lost.tsv" || fail "the answer after a loss is another"
    echo "$(((told - killed) / 1000000)) $(((going - killed) / 1000000))"
}

told= going=
for ((i = 0; i < losses; i++)); do
    read -r first second < <(lose)
    told+=" $first" going+=" $second"
done
echo
# shellcheck disable=SC2086
printf 'From kill -9 to the line that tells of it: %s ms (median %s). To the end of the next superstep: %s ms (median %s).\n' \
    "${told# }" "$(median $told)" "${going# }" "$(median $going)"
