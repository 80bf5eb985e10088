#!/bin/sh
# Usage: flood.sh LIFANG GATE ea4|ea5|ea5_10m [--set ...]. Runs a case of the Environment Agency's benchmark
# (SC120002) as LISFLOOD states it and holds the depths at its points against the reference.
lifang=$1
gate=$2
case=$3
shift 3
here=$(dirname "$0")
folder=flood-$case-$$
trap 'rm -rf "$folder"' EXIT
par=$(sh "$here/prepare.sh" "${case%_10m}" "$folder") || exit $?
"$lifang" run "$par" --out "$folder/out" --quiet "$@" || exit 1
echo "seconds $(sed -n 's/.*"drain": *\([0-9.]*\).*/\1/p' "$folder/out/result.json" | head -1)"
"$gate" "$case" "$folder/out/series/as-it-is/gauges.csv" "$folder"
