#!/usr/bin/env bash
# PageRank, WCC and BFS over four "hosts" of this machine: network namespaces on one bridge, each with a bandwidth and a delay of its own,
# so that the network is what a cluster's may be: benchmarks/hosts.sh [FOLDER]. Needs root, ip and tc (Debian, Ubuntu: apt install iproute2),
# and for a delay a kernel with netem. Every answer is compared, byte for byte, with that of one process. Prints Markdown: times, and bytes
# on the wire, headers of packets and acknowledgements included, against the ideal, which is 8 bytes for each mirror and superstep in which
# all speak. Graphs are made in FOLDER (benchmarks/target/graphs) if they are not there.
#
# HOSTS (4), SCALE of the R-MAT graph (18), NETWORKS as DELAY:RATE words for tc ("0ms:100mbit 0ms:1gbit 10ms:1gbit"), PACKINGS
# ("WHEN_FASTER NEVER"), RUNS (1) of which medians are printed, ITERATIONS of PageRank (10), HEAP of each process (1g).
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
folder=${1:-$benchmarks/target/graphs}
hosts=${HOSTS:-4}
scale=${SCALE:-18}
networks=${NETWORKS:-0ms:100mbit 0ms:1gbit 10ms:1gbit}
packings=${PACKINGS:-WHEN_FASTER NEVER}
runs=${RUNS:-1}
iterations=${ITERATIONS:-10}
export SUPERSTEP_HEAP=${HEAP:-1g}

[ "$(id -u)" = 0 ] || fail "only root can make network namespaces; run it with sudo"
for tool in ip tc; do
    command -v "$tool" > /dev/null || fail "$tool is missing (Debian, Ubuntu: apt install iproute2)"
done
build_superstep
mkdir -p "$folder"
graph=$folder/rmat$scale.tsv
[ -e "$graph" ] || "$superstep" generate rmat --scale "$scale" --edge-factor 16 --seed 1 --output "$graph" --quiet
source=${SOURCE:-$(awk '{ print $1; exit }' "$graph")}
work=$(mktemp -d "$folder/hosts.XXXXXX")
name=superstep$$

stop_cluster() {
    local pids
    pids=$(jobs -p)
    # shellcheck disable=SC2086 # ids are words
    [ -z "$pids" ] || kill $pids 2> /dev/null || true
    wait 2> /dev/null || true
}

# Ends the processes first: a namespace lives as long as one of its own does.
clear_up() {
    local i
    stop_cluster
    for ((i = 1; i <= hosts; i++)); do
        ip netns del "$name-$i" 2> /dev/null || true
    done
    ip netns del "$name-net" 2> /dev/null || true
    rm -rf "$work"
}
trap clear_up EXIT

on() {
    local host=$1
    shift
    ip netns exec "$name-$host" "$@"
}

# The same in the background, by a process of its own, so that to end it is to end the command: begin HOST LOG COMMAND...
begin() {
    local host=$1 log=$2
    shift 2
    (exec ip netns exec "$name-$host" "$@") > "$log" 2>&1 &
}

# Hosts 10.77.0.1 and on, each by a pair of virtual interfaces on a bridge that stands in a namespace too: nothing of the machine's own
# network is touched or reached.
ip netns add "$name-net"
ip -n "$name-net" link add bridge type bridge
ip -n "$name-net" link set bridge up
for ((i = 1; i <= hosts; i++)); do
    ip netns add "$name-$i"
    ip -n "$name-$i" link add "v$i" type veth peer name "v$i" netns "$name-net"
    ip -n "$name-net" link set "v$i" master bridge up
    ip -n "$name-$i" address add "10.77.0.$i/24" dev "v$i"
    ip -n "$name-$i" link set "v$i" up
    ip -n "$name-$i" link set lo up
done

# What leaves a host goes out at this rate, and comes to the next one so much later: shape DELAY RATE. The rate is a token bucket's, which a
# sender feels as it feels a network card's; netem's takes all that a sender has at once. So that only delays, on the bridge's side.
shape() {
    local i
    for ((i = 1; i <= hosts; i++)); do
        tc -n "$name-$i" qdisc replace dev "v$i" root tbf rate "$2" burst 128kb limit 4mb
        if [ "$1" = 0ms ]; then
            tc -n "$name-net" qdisc delete dev "v$i" root 2> /dev/null || true
        elif ! tc -n "$name-net" qdisc replace dev "v$i" root netem delay "$1" limit 100000 2> /dev/null; then
            say "leaving out $1:$2, since this kernel cannot delay packets: it has no netem"
            return 1
        fi
    done
}

# Bytes that all hosts have sent so far.
sent() {
    local i sum=0
    for ((i = 1; i <= hosts; i++)); do
        sum=$((sum + $(on "$i" cat "/sys/class/net/v$i/statistics/tx_bytes")))
    done
    echo "$sum"
}

# The first number of a field of the JSON report.
reported() {
    sed -n 's/^ *"'"$1"'" : \([0-9]*\),*$/\1/p' "$work/report.json" | sed -n 1p
}

# The sum of a field over the totals of all workers.
over_workers() {
    sed -n '/"workerTotals"/,/\]/p' "$work/report.json" | sed -n 's/^.*"'"$1"'" : \([0-9]*\),*.*$/\1/p' | awk '{ sum += $1 } END { print sum + 0 }'
}

start_cluster() {
    local i
    export SUPERSTEP_JAVA_OPTIONS=-Dsuperstep.packing=$1
    begin 1 "$work/master.log" "$superstep" master --listen 10.77.0.1:7077 --secret-file "$work/secret"
    for ((i = 1; i <= hosts; i++)); do
        begin "$i" "$work/worker$i.log" "$superstep" worker --master 10.77.0.1:7077 --listen "10.77.0.$i:0" --threads 1 \
            --secret-file "$work/secret"
    done
    for ((i = 0; i < 100; i++)); do
        [ "$(on 1 "$superstep" status --master 10.77.0.1:7077 --secret-file "$work/secret" 2> /dev/null | grep -c idle || true)" -lt "$hosts" ] ||
            return 0
        sleep 0.2
    done
    fail "the workers do not join; $(tail -n 3 "$work"/*.log)"
}

# row NETWORK PACKING PROGRAM-WORDS...: one line of the table.
row() {
    local network=$1 packing=$2 before bytes supersteps i load='' compute=''
    shift 2
    [ -e "$work/alone-$1.tsv" ] || "$superstep" run "$@" --input "$graph" --undirected --output "$work/alone-$1.tsv" --quiet --top 0
    for ((i = 0; i < runs; i++)); do
        before=$(sent)
        on 1 "$superstep" submit --master 10.77.0.1:7077 --secret-file "$work/secret" --workers "$hosts" "$@" --input "$graph" --undirected \
            --output "$work/hosts.tsv" --report "$work/report.json" --quiet --top 0 ||
            fail "the job has failed; $(tail -3 "$work/master.log")"
        bytes=$(($(sent) - before))
        cmp "$work/alone-$1.tsv" "$work/hosts.tsv" || fail "$1: the answers of one process and of $hosts hosts differ"
        load+=" $(reported loadNanos)"
        compute+=" $(reported computeNanos)"
    done
    supersteps=$(grep -c '"phase"' "$work/report.json")
    # shellcheck disable=SC2086 # numbers are words
    printf '| %s | %s | %s | %d | %.2f | %.2f | %.1f | %.1f | %.1f |\n' "$network" "$1" "$packing" "$supersteps" \
        "$(ratio "$(median $load)" 1e9)" "$(ratio "$(median $compute)" 1e9)" "$(ratio "$bytes" 1e6)" \
        "$(ratio "$(over_workers sentBytes)" 1e6)" "$(ratio "$(($(reported mirrors) * 8 * supersteps))" 1e6)"
}

head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n' > "$work/secret"
chmod 600 "$work/secret"
machine
printf '\n%d hosts, one thread each, R-MAT scale %d.\n\n' "$hosts" "$scale"
echo '| network | program | packing | supersteps | load (s) | compute (s) | MB on the wire, all | MB of outboxes | mirrors x 8 x supersteps (MB) |'
echo '|---|---|---|---:|---:|---:|---:|---:|---:|'
for network in $networks; do
    shape "${network%:*}" "${network#*:}" || continue
    for packing in $packings; do
        start_cluster "$packing"
        # The first job runs in processes that have compiled nothing yet.
        runs=1 row "$network" "$packing" pagerank --iterations "$iterations" > "$work/uncounted"
        row "$network" "$packing" pagerank --iterations "$iterations"
        row "$network" "$packing" wcc
        row "$network" "$packing" bfs --source "$source"
        stop_cluster
    done
done
