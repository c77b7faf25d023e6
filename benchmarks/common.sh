# What the benchmark scripts share; sourced by them.
# shellcheck shell=bash

say() {
    printf '%s: %s\n' "${0##*/}" "$1" >&2
}

fail() {
    say "$1"
    exit 1
}

[ "${BASH_VERSINFO[0]}" -ge 5 ] || fail "bash 5 or newer is needed, for its clock; this is $BASH_VERSION"
benchmarks=$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=${benchmarks%/*}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
# 4 GB machines should do.
heap=${BENCHMARK_HEAP:-3g}

# Builds the benchmarks and all that they measure, if any source is newer than what is built. Sets $class_path.
build_benchmarks() {
    local built=$benchmarks/target/built jar
    command -v "$java" > /dev/null || fail "Java 17 or newer is missing; install it or set JAVA_HOME"
    if [ ! -e "$built" ] || [ -n "$(find "$root"/pom.xml "$root"/*/pom.xml "$root"/*/src/main -newer "$built" -print -quit)" ]; then
        command -v mvn > /dev/null || fail "Maven 3.8 or newer is missing, which builds the benchmarks"
        say "building ..."
        mkdir -p "$benchmarks/target"
        # Before the build, so that what is edited meanwhile is newer than what was built.
        touch "$benchmarks/target/build.started"
        mvn -q -B -f "$root/pom.xml" -pl benchmarks -am -Dmaven.test.skip=true -Dcheckstyle.skip=true -Dsuperstep.archive.skip=true \
            package > "$benchmarks/target/build.log" 2>&1 < /dev/null ||
            { grep '^\[ERROR\]' "$benchmarks/target/build.log" | head >&2; fail "the build has failed; see $benchmarks/target/build.log"; }
        touch -r "$benchmarks/target/build.started" "$built"
    fi
    class_path=$benchmarks/target/classes
    for jar in "$benchmarks"/target/lib/*.jar; do
        class_path=$class_path:$jar
    done
}

# Sets $superstep to the command to measure: what SUPERSTEP names, else the checkout's as built, without the check for newer sources that
# ./superstep makes at every start.
build_superstep() {
    superstep=${SUPERSTEP:-}
    if [ -z "$superstep" ]; then
        "$root/superstep" --version > /dev/null || fail "Superstep cannot be built"
        superstep=$root/launcher/target/superstep/bin/superstep
    fi
    [ -x "$superstep" ] || fail "SUPERSTEP is $superstep, which is no command"
}

# Sets $reference to the C++ program, built for this machine; empty where there is no g++.
build_reference() {
    reference=
    if ! command -v g++ > /dev/null; then
        say "g++ is missing, so there is no reference to compare with (Debian, Ubuntu: apt install g++)"
        return
    fi
    reference=$benchmarks/target/reference
    if [ ! -x "$reference" ] || [ "$benchmarks/reference/reference.cpp" -nt "$reference" ]; then
        say "building the reference ..."
        mkdir -p "$benchmarks/target"
        g++ -O3 -march=native -fopenmp -std=c++17 -Wall -Wextra -o "$reference" "$benchmarks/reference/reference.cpp" ||
            fail "the reference cannot be built"
    fi
}

# Makes what is not there yet of the graphs in folder $1. Sets $arcs, $edges, $weighted, $path and $source.
make_graphs() {
    mkdir -p "$1"
    arcs=$1/rmat20-arcs.tsv
    edges=$1/rmat20-edges.tsv
    weighted=$1/rmat20-weighted.tsv
    path=$1/path100000.tsv
    [ -e "$arcs" ] || generate "$arcs" --both-directions --sort
    [ -e "$edges" ] || generate "$edges"
    [ -e "$weighted" ] || generate "$weighted" --weights
    if [ ! -e "$path" ]; then
        awk 'BEGIN { for (i = 1; i < 100000; i++) print i - 1 "\t" i }' > "$path.part"
        mv "$path.part" "$path"
    fi
    # Searches start where the first edge does, unless SOURCE says otherwise.
    source=${SOURCE:-$(awk '{ print $1; exit }' "$edges")}
}

# Makes the R-MAT file $1 with the further options.
generate() {
    local file=$1
    shift
    say "generating $file ..."
    "$superstep" generate rmat --scale 20 --edge-factor 16 --seed 1 --output "$file" --quiet "$@"
}

# Prints median, least and greatest of the numbers given, with $1 digits: "1.62 (1.60-1.71)".
spread() {
    local digits=$1
    shift
    printf '%s\n' "$@" | sort -g | awk -v d="$digits" '{ v[NR] = $1 }
        END { printf "%.*f (%.*f-%.*f)", d, NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2, d, v[1], d, v[NR] }'
}

# Prints the median of the numbers given.
median() {
    printf '%s\n' "$@" | sort -g | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}

# Prints $1 / $2 with two digits.
ratio() {
    awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", a / b }'
}

# What a table was measured on, as a line of Markdown.
machine() {
    local model
    model=$(sed -n 's/^model name[[:space:]]*: //p' /proc/cpuinfo 2> /dev/null | head -1)
    printf '%s, %s threads, %s; %s; commit %s, %s\n' "${model:-$(uname -m)}" "$(getconf _NPROCESSORS_ONLN)" "$(uname -sr)" \
        "$("$java" -version 2>&1 | sed -n '1s/"//gp')" "$(git -C "$root" rev-parse --short HEAD 2> /dev/null || echo unknown)" "$(date +%F)"
}
