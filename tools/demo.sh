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
status=0
build/tools/lifang/lifang run scenarios/hongqi/scenario.yaml --out "$out" || status=$?
[ "$status" -le 1 ] || exit "$status"
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    echo "lifang: opening the 3D window (close it to end)"
    build/tools/lifang/lifang view scenarios/hongqi/scenario.yaml
else
    echo "lifang: no display here; with one, this opens the 3D window: lifang view scenarios/hongqi/scenario.yaml"
fi
exit "$status"
