#!/bin/sh
# Floating-point members and parameters of public headers end in their unit. The exceptions: plain
# coordinates (always metres), what has the unit in a field beside it, and counts of nothing.
cd "$1" || exit 1
plain=' x y x0 y0 x1 y1 value values amount quantity number factor n low high initial error parameter '
unit='(_m|_m2|_m3|_s|_h|_min|_m_s|_m_s2|_m2_s|_m3_s|_mm|_mm_h|_km|_kw|_kwh|_deg|_cny|_year|_years|_months|_month|_ratio|_probability|_m13|_px|_wsen|_per_s|_per_h|_per_day|_cars|_scale|_factor|_l_s_ha|_per_household|_per_household_day)$'
grep -nE '^ +(const )?(double|float) ' engine/include/lifang/*.h | sed 's#//.*##' | while read -r row; do
    place=${row%%:    *}
    for name in $(echo "$row" | sed 's/^[^;]*\(double\|float\) //; s/;.*//; s/\[[^]]*\]//g; s/[*,)]/ /g'); do
        case "$plain" in *" $name "*) continue ;; esac
        echo "$name" | grep -qE "$unit" && continue
        case "$name" in at | box | const | double | float | int | lf_*) continue ;; esac
        echo "$place: $name has no unit"
    done
done >"${TMPDIR:-/tmp}/lf-units.$$"
sort -u "${TMPDIR:-/tmp}/lf-units.$$"
count=$(wc -l <"${TMPDIR:-/tmp}/lf-units.$$")
rm -f "${TMPDIR:-/tmp}/lf-units.$$"
[ "$count" -eq 0 ]
