#!/bin/sh
# Usage: LISFLOOD_BIN=... compare-lisflood.sh [LIFANG] [CASE ...]
# Runs LISFLOOD-FP and lifang side by side on the same files and the same two threads: synth1m (rain
# of 100 mm/h on 1 M cells), EA test 4 and EA test 5 (SC120002), and prints a table
# of the seconds of the whole programs. RMSE: of all points of EA test 4 against the reference depths
# of LISFLOOD-FP 8.0. 77 without the peer or the data. Cells per second: bench_flood.
# EA5_STOP (default 2h) shortens EA5, of which LISFLOOD computes an hour in more than a minute.
here=$(cd "$(dirname "$0")" && pwd)
root=$here/../..
lifang=${1:-$root/build/tools/lifang/lifang}
[ $# -gt 0 ] && shift
peer=${LISFLOOD_BIN:-}
: "${EA5_STOP:=2h}"
: "${LIFANG_DATA:=$root/../shared}"
export LIFANG_DATA
[ -n "$peer" ] && [ -x "$peer" ] || {
    echo "skipped: LISFLOOD_BIN names no LISFLOOD-FP program"
    exit 77
}
[ -x "$lifang" ] || {
    echo "no lifang at $lifang: build it, or name it as the first argument"
    exit 2
}
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
now() { date +%s.%N; }

# Columns: program, case, seconds of the whole program, RMSE in m ("-" where there is no reference).
row() { printf '%-10s %-9s %10s %12s\n' "$@"; }

# rmse CASE FILE KIND: depths of a .stage file or a gauges.csv against the reference series.
rmse() {
    python3 - "$1" "$2" "$LIFANG_DATA/data/flood" <<'PY'
import bisect, csv, math, re, sys
case, path, data = sys.argv[1:]
if case != "ea4":
    print("-")
    sys.exit()
lines = open(path).read().splitlines()
if path.endswith(".csv"):
    rows = [[float(x) for x in line.split(",")] for line in lines[1:]]
else:
    rows = [[float(x) for x in line.split()] for line in lines if re.match(r"^ +\d+\.\d+ ", line)]
times = [row[0] for row in rows]
def depth(time_s, point):
    i = min(max(bisect.bisect_left(times, time_s), 1), len(times) - 1)
    a, b = rows[i - 1], rows[i]
    return a[point] + (b[point] - a[point]) * (time_s - a[0]) / (b[0] - a[0])
total, count = 0.0, 0
for line in csv.reader(open(data + "/ea4_plain/reference_subsample.csv")):
    if line[0] != "dg2_5m":
        continue
    for point in range(1, 7):
        value = float(line[point + 1])
        if value > 0.02:
            total += (depth(float(line[1]), point) - value) ** 2
            count += 1
print("%.5f" % math.sqrt(total / count))
PY
}

row program case "seconds" "RMSE m"
worst=
for case in ${*:-synth1m ea4 ea5}; do
    par=$(sh "$root/tests/real/flood/prepare.sh" "$case" "$work/$case") || exit $?
    stop=
    if [ "$case" = ea5 ]; then
        stop="--set run.stop=$EA5_STOP"
        hours=${EA5_STOP%h}
        sed -i "s/^sim_time.*/sim_time $((hours * 3600))/" "$par"
    fi
    sed -i 's/^dirroot.*/dirroot res/' "$par"
    start=$(now)
    (cd "$work/$case" && OMP_NUM_THREADS=2 "$peer" "$(basename "$par")" >peer.log 2>&1) || {
        echo "LISFLOOD-FP failed on $case:"
        tail -5 "$work/$case/peer.log"
        exit 1
    }
    peer_s=$(echo "$(now) $start" | awk '{ printf "%.2f", $1 - $2 }')
    stage=$(ls "$work/$case"/res/*.stage 2>/dev/null | head -1)
    row LISFLOOD "$case" "$peer_s" "$([ -n "$stage" ] && rmse "$case" "$stage" || echo -)"
    start=$(now)
    # shellcheck disable=SC2086
    "$lifang" run "$par" --threads 2 --out "$work/$case/out" --quiet $stop || exit 1
    ours_s=$(echo "$(now) $start" | awk '{ printf "%.2f", $1 - $2 }')
    gauges=$work/$case/out/series/as-it-is/gauges.csv
    row lifang "$case" "$ours_s" "$([ -s "$gauges" ] && rmse "$case" "$gauges" || echo -)"
    ratio=$(echo "$peer_s $ours_s" | awk '{ printf "%.2f", $1 / $2 }')
    worst="$worst $case $ratio"
done
echo "summary: times as fast as LISFLOOD-FP:$worst"
