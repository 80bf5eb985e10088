#!/bin/sh
# Installs what is missing, builds, runs the bundled estate with its options, and shows the results.
# Usage: sh tools/demo.sh [folder for the results]     (default: out/hongqi beside this source tree)
set -eu
here=$(pwd)
cd "$(dirname "$0")/.."
out=${1:-out/hongqi}
case "$out" in
/*) ;;
*) [ $# -eq 0 ] || out=$here/$out ;;
esac
echo "lifang: building (log: build/build.log)"
mkdir -p build
sh tools/build.sh lifang >build/build.log 2>&1 || {
    tail -40 build/build.log
    exit 1
}
lifang=build/tools/lifang/lifang
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    echo "lifang: the 3D window opens after the run; close it to end"
    exec $lifang run scenarios/hongqi/scenario.yaml --out "$out" --view
fi
$lifang run scenarios/hongqi/scenario.yaml --out "$out"
echo "lifang: no display here; with one, this opens the 3D window: lifang view scenarios/hongqi/scenario.yaml"
