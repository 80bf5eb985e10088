#!/bin/sh
# Installs what is missing, builds, and runs the test suite.
# Usage: sh tools/test.sh [ctest options]     e.g. sh tools/test.sh -L verify
# Without options every test runs except those labelled long, soak and gpu.
set -eu
cd "$(dirname "$0")/.."
echo "lifang: building (log: build/build.log)"
mkdir -p build
sh tools/build.sh >build/build.log 2>&1 || {
    tail -40 build/build.log
    exit 1
}
[ $# -gt 0 ] || set -- -LE '^(long|soak|gpu)$'
cd build
exec ctest --output-on-failure --timeout 600 -j "$(nproc)" "$@"
