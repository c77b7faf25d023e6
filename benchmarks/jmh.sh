#!/usr/bin/env bash
# Runs the JMH benchmarks: benchmarks/jmh.sh [JMH options]. Without options all of them, which takes half an hour; -l lists them, -h tells
# the options. For example: benchmarks/jmh.sh PullBenchmark -p spoiled=true
# BENCHMARK_HEAP (3g) is the heap of the measured JVMs. Builds what is out of date. Works from any folder.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
build_benchmarks
exec "$java" "-Xmx$heap" -XX:+UseParallelGC -cp "$class_path" org.openjdk.jmh.Main "$@"
