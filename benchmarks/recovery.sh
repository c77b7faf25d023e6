#!/usr/bin/env bash
# What it costs to be ready for confined recovery, and what it spares: benchmarks/recovery.sh [FOLDER]. PageRank over 200 supersteps by worker
# processes, saved every 10: without a log, with one in memory and with one that is spilled, in turn, RUNS (5) times; then LOSSES (5) times
# a worker is killed 8 supersteps after a checkpoint, with either recovery in turn. Answers are compared, byte for byte. Prints Markdown:
# medians of compute times as the job's report tells them, and of the time from the loss until the superstep is over in which it was; and how
# many vertices computed again. The graph is made in FOLDER (benchmarks/target/graphs) if it is not there.
#
# SCALE (20) is the graph's, WORKERS ("2 3") how many there are, ITERATIONS (200) the supersteps, EVERY (10) the distance of checkpoints;
# CHECKPOINTS the folder for them (FOLDER), SUPERSTEP another command than the checkout's, HEAP another heap (4g), which the processes of a
# run share.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
folder=${1:-$benchmarks/target/graphs}
runs=${RUNS:-5}
losses=${LOSSES:-5}
scale=${SCALE:-20}
iterations=${ITERATIONS:-200}
every=${EVERY:-10}
read -ra counts <<< "${WORKERS:-2 3}"
# The middle of the job, eight supersteps after a checkpoint.
lost_in=$((iterations / 2 / every * every + 8))
[ "$every" -gt 8 ] || fail "EVERY must be more than 8, was $every: a loss 8 supersteps after a checkpoint is what is measured"
export SUPERSTEP_HEAP=${HEAP:-4g}

build_superstep
mkdir -p "$folder"
edges=$folder/rmat$scale-edges.tsv
if [ ! -e "$edges" ]; then
    say "generating $edges ..."
    "$superstep" generate rmat --scale "$scale" --edge-factor 16 --seed 1 --output "$edges" --quiet
fi
work=$(mktemp -d "$folder/recovery.XXXXXX")
saved=$(mktemp -d "${CHECKPOINTS:-$folder}/recovery.XXXXXX")
trap 'rm -rf "$work" "$saved"' EXIT
rollback=(--recovery rollback)
memory=(--recovery confined --log-memory 512m)
spilled=(--recovery confined --log-memory 1m)

# Runs the job by $1 workers with further options; what it says comes out.
job() {
    local workers=$1
    shift
    rm -rf "$saved/job"
    "$superstep" run pagerank --input "$edges" --undirected --iterations "$iterations" --threads "$workers" --workers "$workers" --top 0 \
        --checkpoint-every "$every" --checkpoint-dir "$saved/job" --output "$work/ranks.tsv" --report "$work/report.json" "$@"
}

# Prints the first number of a field of the JSON report.
reported() {
    sed -n 's/^ *"'"$1"'" : \([0-9]*\),*$/\1/p' "$work/report.json" | sed -n 1p
}

same() {
    cmp -s "$work/ranks.tsv" "$work/alone.tsv" || fail "the answer $1 is another than that of one process"
}

# One loss, which is done again where the last checkpoint was not whole yet, as supersteps were faster than the disk.
lose() {
    local tries=5 before=$((lost_in - 8))
    while ((tries-- > 0)); do
        job "$@" --inject "kill worker 2 at superstep $lost_in compute" > "$work/out" 2>&1 ||
            fail "a run that has lost a worker has failed: $(tail -1 "$work/out")"
        same "after a loss"
        ! grep -q " was lost: .* the checkpoint before superstep $before\$" "$work/out" || return 0
    done
    fail "the checkpoint before superstep $before is never whole when superstep $lost_in begins; take a larger SCALE"
}

machine
"$superstep" run pagerank --input "$edges" --undirected --iterations "$iterations" --top 0 --quiet --output "$work/alone.tsv"
echo
echo '| workers | log | compute (ms) | ratio |'
echo '|---:|---|---:|---:|'
for workers in "${counts[@]}"; do
    declare -A compute=([rollback]='' [memory]='' [spilled]='')
    for ((i = 0; i < runs; i++)); do
        for kind in rollback memory spilled; do
            declare -n options=$kind
            job "$workers" --quiet "${options[@]}" || fail "a run has failed"
            same "with recovery $kind"
            compute[$kind]+=" $(reported computeNanos)"
        done
    done
    # shellcheck disable=SC2086 # numbers are words
    without=$(median ${compute[rollback]})
    for kind in rollback memory spilled; do
        # shellcheck disable=SC2086
        taken=$(median ${compute[$kind]})
        printf '| %d | %s | %.0f | %.3f |\n' "$workers" "${kind/rollback/none}" "$(ratio "$taken" 1e6)" \
            "$(awk -v a="$taken" -v b="$without" 'BEGIN { print a / b }')"
    done
done

echo
echo '| workers | recovery | until the superstep is over (ms) | vertices computed again |'
echo '|---:|---|---:|---:|'
for workers in "${counts[@]}"; do
    declare -A back=([rollback]='' [memory]='' [spilled]='') again=()
    for ((i = 0; i < losses; i++)); do
        for kind in rollback memory spilled; do
            declare -n options=$kind
            lose "$workers" "${options[@]}"
            back[$kind]+=" $(ratio "$(reported lostNanos)" 1e6)" again[$kind]=$(reported computedAgain)
        done
    done
    for kind in rollback memory spilled; do
        name=$kind
        [ "$kind" = rollback ] || name="confined, log ${kind/memory/in memory}"
        # shellcheck disable=SC2086
        printf '| %d | %s | %s | %s |\n' "$workers" "$name" "$(spread 0 ${back[$kind]})" "${again[$kind]}"
    done
done
