#!/bin/sh
# Configures and builds lifang (Release) in build/ beside this source tree. Cheap when nothing changed.
# Usage: sh tools/build.sh [TARGET...]
set -eu
cd "$(dirname "$0")/.."
sh tools/deps.sh
launcher=
command -v ccache >/dev/null && launcher='-DCMAKE_C_COMPILER_LAUNCHER=ccache -DCMAKE_CXX_COMPILER_LAUNCHER=ccache'
[ -f build/build.ninja ] || cmake -S . -B build -G Ninja -DCMAKE_BUILD_TYPE=Release $launcher >/dev/null
cmake --build build ${1:+--target "$@"}
