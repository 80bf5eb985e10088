#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright (c) the lifang authors
#
# `lifang render` and `lifang view` from the shell: pictures and exit codes.
lifang=$1
data=$2/scenarios/hongqi/data
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failed=0

# expect CODE WHAT COMMAND...
expect() {
    code=$1 what=$2
    shift 2
    "$@" >"$work/out" 2>"$work/err"
    got=$?
    if [ $got -ne "$code" ]; then
        echo "$what: exit $got, expected $code"
        cat "$work/err"
        failed=1
    fi
}

[ -f "$data/buildings.geojson" ] || { echo "no $data"; exit 77; }
estate="$data/dem.tif $data/buildings.geojson $data/roads.geojson"
# shellcheck disable=SC2086
"$lifang" render $estate -o "$work/a.png" --size 320x200 --lang zh 2>"$work/err"
code=$?
[ $code -eq 5 ] && { cat "$work/err"; exit 77; }
[ $code -eq 0 ] || { cat "$work/err"; exit 1; }
# shellcheck disable=SC2086
expect 0 "the same again" "$lifang" render $estate -o "$work/b.png" --size 320x200 --lang zh
cmp "$work/a.png" "$work/b.png" || failed=1
# shellcheck disable=SC2086
expect 0 "night, x-ray, camera" "$lifang" render $estate -o "$work/c.png" --size 320x200 --xray \
    --theme night --camera 60,45,0.5 --look-at 0.4,0.6 --time 1h10m --show nothing
cmp -s "$work/a.png" "$work/c.png" && { echo "switches change nothing"; failed=1; }
one=$data/buildings.geojson
expect 2 "bad size" "$lifang" render "$one" --size 3x
expect 2 "huge size" "$lifang" render "$one" --size 99999x9 -o "$work/d.png"
expect 2 "bad theme" "$lifang" render "$one" --theme noon
expect 2 "bad layer" "$lifang" render "$one" --show moon
expect 2 "bad time" "$lifang" render "$one" --time soon
expect 2 "bad camera" "$lifang" render "$one" --camera 1,2
expect 2 "tilt out of range" "$lifang" render "$one" --camera 1,95,1 -o "$work/d.png"
expect 2 "a scenario and a file" "$lifang" render a.yaml "$one"
expect 3 "missing file" "$lifang" render "$work/none.geojson"
expect 4 "no such folder" "$lifang" render "$one" -o "$work/none/d.png" --size 64x64
expect 5 "no display" env -u DISPLAY -u WAYLAND_DISPLAY SDL_VIDEODRIVER=x11 "$lifang" view "$one"
[ -e "$work/d.png" ] && { echo "a refused picture was written"; failed=1; }
exit $failed
