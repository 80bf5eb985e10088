#!/bin/sh
# `cmake --install` puts the command, its data, its manual and its completion where they belong, and
# the installed command answers. Usage: install.sh CMAKE BUILD_FOLDER PREFIX
rm -rf "$3"
"$1" --install "$2" --prefix "$3" >/dev/null || exit 1
for file in bin/lifang share/lifang/assets/storms/formulas.csv share/lifang/assets/ramps/water.csv \
    share/lifang/shaders/draw/ground.frag share/lifang/scenarios/hongqi/scenario.yaml \
    share/man/man1/lifang.1 share/bash-completion/completions/lifang; do
    [ -s "$3/$file" ] || { echo "not installed: $file"; exit 1; }
done
"$3/bin/lifang" version || exit 1
# The installed scenario is complete: it validates where it lies.
"$3/bin/lifang" validate "$3/share/lifang/scenarios/hongqi/scenario.yaml" || exit 1
rm -rf "$3"
