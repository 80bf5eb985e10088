#!/bin/sh
# Usage: scenario.sh LIFANG SCENARIO_FOLDER. See CMakeLists.txt beside this file for what is tested.
lifang=$1
folder=$2
name=$(basename "$folder")
fail() {
    echo "scenario test failed: $*"
    exit 1
}

# A scenario on data that is not in this repository is skipped where the data is absent.
if grep -q LIFANG_DATA "$folder/scenario.yaml"; then
    : "${LIFANG_DATA:=$folder/../../../shared}"
    [ -d "$LIFANG_DATA/data" ] || [ -d "$LIFANG_DATA/osm_beijing_cau" ] || {
        echo "skipped: LIFANG_DATA names no folder with the data"
        exit 77
    }
    export LIFANG_DATA
fi

rm -rf "$name-1" "$name-2"
for threads in 1 2; do
    "$lifang" run "$folder/scenario.yaml" --threads $threads --out "$name-$threads" --quiet
    status=$?
    [ $status -eq 0 ] || fail "lifang run --threads $threads ended with $status"
done

# The same bytes for one and for two threads, apart from the time that things took.
without_seconds() {
    python3 - "$1/result.json" <<'PY'
import json, sys
result = json.load(open(sys.argv[1], encoding="utf-8"))
for option in result["options"]:
    option.pop("seconds", None)
print(json.dumps(result, sort_keys=True))
PY
}
[ "$(without_seconds "$name-1")" = "$(without_seconds "$name-2")" ] || fail "result.json depends on the threads"
diff -rq -x log.jsonl -x result.json "$name-1" "$name-2" || fail "the files above depend on the threads"

# The figures that were agreed on.
if [ -f "$folder/expect.yaml" ]; then
    "$lifang" compare --tolerance 0.001 "$folder/expect.yaml" "$name-1" || fail "figures differ from expect.yaml"
fi

# Other programs open it.
find "$name-1" -name '*.tif' | while read -r tif; do
    gdalinfo "$tif" | grep -q 'LAYOUT=COG' || fail "$tif is no cloud-optimised GeoTIFF"
    gdalinfo "$tif" | grep -q 'PROJCRS' || fail "$tif has no coordinate system"
done || exit 1
find "$name-1" -name '*.gpkg' | while read -r gpkg; do
    ogrinfo -so -al "$gpkg" >"$name.ogrinfo" 2>&1 || fail "ogrinfo cannot open $gpkg"
    ! grep -qE '^(ERROR|Warning)' "$name.ogrinfo" || fail "ogrinfo complains about $gpkg"
    grep -q '^Layer name: buildings' "$name.ogrinfo" || fail "$gpkg has no buildings"
    ! grep -q 'Feature Count: 0$' "$name.ogrinfo" || fail "$gpkg has an empty layer"
done || exit 1
[ ! -f "$name-1/junit.xml" ] || xmllint --noout "$name-1/junit.xml" || fail "junit.xml is no XML"
[ ! -f "$name-1/cash.xlsx" ] || unzip -tq "$name-1/cash.xlsx" || fail "cash.xlsx is damaged"
if [ -f "$name-1/report.html" ]; then
    grep -qE '(src|href)="(https?:)?//' "$name-1/report.html" && fail "report.html needs the network"
fi
rm -rf "$name-2"
echo "$name: passed; results in $(pwd)/$name-1"
