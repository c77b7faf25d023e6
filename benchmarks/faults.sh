#!/usr/bin/env bash
# Kills worker processes at every moment of every superstep of five programs, one and two of three, and compares what is written with what
# one process writes undisturbed, byte for byte: benchmarks/faults.sh. Prints a table and the number of cases, and which differ if any do.
#
# CLUSTERS (3) run at once; STEP=10 tries each tenth case only.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
command -v mvn > /dev/null || fail "Maven 3.8 or newer is missing, which builds what is tried"
export CLUSTERS=${CLUSTERS:-3} STEP=${STEP:-1}
exec mvn -q -B -f "$root/pom.xml" -Dsuperstep.archive.skip=true -pl launcher -am -Dtest=FaultMatrix \
    -Dsurefire.failIfNoSpecifiedTests=false test
