#!/usr/bin/env bash
# Jobs at random, with faults at random, for so long: benchmarks/soak.sh MINUTES. Programs, graphs, shapes, recoveries and faults come from
# the seed of each job; kills, pauses, disconnects, slow disks, damaged checkpoints, jobs resumed. Outputs are compared, as bytes, with those
# of an undisturbed run in one process. Prints a line every 5 minutes, what is wrong at once, and a report at the end; status 1 if anything
# is wrong. What a job that went wrong has left stays in benchmarks/target/soak/job-SEED; benchmarks/soak.sh --seed SEED runs it alone.
#
# LANES (2) jobs run at once; RECOVERIES is both (as usual), rollback or confined; SEED that of the seeds, SUPERSTEP another command than the
# checkout's. Without a C compiler disks are as fast as they are.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
case ${1:-} in
    --seed) [[ ${2:-} =~ ^[0-9]+$ ]] || fail "which job? benchmarks/soak.sh --seed SEED" ;;
    *[!0-9]* | '') fail "for how long? benchmarks/soak.sh MINUTES" ;;
esac
recoveries=${RECOVERIES:-both}
case $recoveries in
    both | rollback | confined) ;;
    *) fail "RECOVERIES is both, rollback or confined, was $recoveries" ;;
esac
build_superstep
build_benchmarks
work=$benchmarks/target/soak
mkdir -p "$work"

# The tests' programs, and those of the benchmarks, which are on no class path of the command.
programs() {
    rm -rf "$work/classes"
    mkdir -p "$work/classes/org/superstep/soak"
    "${java%java}javac" -proc:none -nowarn -d "$work/classes" -cp "$class_path" \
        "$root"/launcher/src/test/java/org/superstep/engine/programs/*.java || fail "the tests' programs cannot be compiled"
    cp "$benchmarks"/target/classes/org/superstep/soak/{LabelPropagation,ComingAndGoing}*.class "$work/classes/org/superstep/soak"
    "${java%java}jar" --create --file "$work/programs.jar" -C "$work/classes" .
}

programs
disk=
if command -v cc > /dev/null && [ "$(uname)" = Linux ]; then
    disk=$work/slow-disk.so
    cc -O2 -Wall -Wextra -shared -fPIC -o "$disk" "$benchmarks/soak/slow-disk.c" -ldl || fail "the slow disk cannot be compiled"
else
    say "no C compiler for Linux, so no slow disks (Debian, Ubuntu: apt install gcc)"
fi
seed=${SEED:-$((RANDOM * 32768 + RANDOM))}
machine
[ "$1" = --seed ] || echo "$1 minutes, seed $seed, ${LANES:-2} jobs at once, recoveries: $recoveries"
exec "$java" -Xmx256m -XX:+UseSerialGC -cp "$class_path" org.superstep.soak.Soak "$superstep" "$work/programs.jar" "$work" "$disk" \
    "${recoveries^^}" "${LANES:-2}" "$1" "${2:-$seed}"
