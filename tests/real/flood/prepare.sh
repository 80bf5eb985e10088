#!/bin/sh
# Usage: prepare.sh ea4|ea5|synth1m FOLDER. Lays a LISFLOOD model out of $LIFANG_DATA/data/flood in
# the folder, with its DEM made or unpacked, and prints the name of its .par file. 77 without data.
case=$1
folder=$2
here=$(dirname "$0")
: "${LIFANG_DATA:=$here/../../../../shared}"
data=$LIFANG_DATA/data/flood
[ -d "$data" ] || {
    echo "skipped: LIFANG_DATA names no folder with data/flood" >&2
    exit 77
}
mkdir -p "$folder" || exit 1
case $case in
ea4) # a flat bed of 1000 m x 2000 m
    cp -f "$data"/ea4_plain/* "$folder" && chmod -R u+w "$folder" || exit 1
    sed -i '/^#/d' "$folder"/reference*.csv
    awk 'BEGIN { print "ncols 200\nnrows 400\nxllcorner 0\nyllcorner 0\ncellsize 5\nNODATA_value -9999"
        for (i = 0; i < 200; i++) line = line "0 "
        for (i = 0; i < 400; i++) print line }' >"$folder/ea4.dem" || exit 1
    echo "$folder/ea4.par"
    ;;
ea5)
    command -v xz >/dev/null || {
        echo "skipped: xz is not installed" >&2
        exit 77
    }
    cp -f "$data"/ea5_valley/* "$folder" && chmod -R u+w "$folder" || exit 1
    sed -i '/^#/d' "$folder"/reference*.csv
    [ -s "$folder/ea5-10m.dem" ] || xz -dkf "$folder/ea5-10m.dem.xz" || exit 1
    echo "$folder/ea5-10m.par"
    ;;
synth1m)
    command -v python3 >/dev/null || {
        echo "skipped: python3 is not installed" >&2
        exit 77
    }
    cp -f "$data"/synth1m/* "$folder" && chmod -R u+w "$folder" || exit 1
    [ -s "$folder/synth1m.dem" ] || (cd "$folder" && python3 make.py) || exit 1
    echo "$folder/synth1m.par"
    ;;
*)
    echo "prepare.sh: no case '$case'" >&2
    exit 1
    ;;
esac
