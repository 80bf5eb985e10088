# SPDX-License-Identifier: MIT
# Copyright (c) the lifang authors
"""Invented readings of one summer day: a rain gauge, a water gauge at the low corner, a stall counter."""
import math
from datetime import datetime, timedelta

from estate.geometry import chance


def rain(r, hour):
    """A storm with one peak, rising and falling exponentially."""
    at = (hour - r["storm_start_h"]) / r["storm_h"]
    if not 0 <= at < 1:
        return 0.0
    side = (r["peak_ratio"] - at) / r["peak_ratio"] if at < r["peak_ratio"] else (at - r["peak_ratio"]) / (1 - r["peak_ratio"])
    return r["peak_mm_h"] * math.exp(-3.2 * side)


def presence(hour):
    """Share of stalls taken through the day: full in the night, half empty at noon."""
    table = [(0, 0.96), (6, 0.95), (8, 0.62), (10, 0.48), (12, 0.52), (15, 0.46), (17, 0.58), (19, 0.86), (21, 0.97), (24, 0.96)]
    for (h0, v0), (h1, v1) in zip(table, table[1:]):
        if hour <= h1:
            return v0 + (v1 - v0) * (hour - h0) / (h1 - h0)
    return table[-1][1]


def csv(p):
    s = p["sensors"]
    east, north = p["origin_east_north_m"]
    start = datetime.fromisoformat(s["start"])
    bay = next(i for i, b in enumerate(p["bays"], 1) if b["name"] == s["stall"]["bay"])
    capacity = p["bays"][bay - 1]["count"]
    x, y = p["bays"][bay - 1]["from"]
    heads = (("rain", s["rain"]["name"], s["rain"]["at"], "", "mm/h"), ("depth", s["depth"]["name"], s["depth"]["at"], "", "m"),
             ("stall_count", s["stall"]["name"], (x + 2, y + 1), "parking/%d" % bay, "1"))
    out = ["# quality: synthetic", "# made by tools/dev/make_estate.py; nothing here was measured",
           "sensor,kind,x,y,target,unit,time,value"]
    store = 0.0
    rows = [[], [], []]
    for i in range(int(s["hours"] * 3600 / s["step_s"]) + 1):
        hour = i * s["step_s"] / 3600
        time = start + timedelta(seconds=i * s["step_s"])
        intensity = rain(s["rain"], hour)
        # The corner fills with what the pipes cannot take and empties within some hours.
        store = max(store + s["step_s"] / 3600 * (intensity - 22.0 - 14.0 * store / 20), 0.0)
        depth = 0.42 * (1 - math.exp(-store / 22))
        clock = (hour + start.hour) % 24
        count = round(capacity * min(presence(clock) + 0.06 * (chance(p["seed"], i, 31) - 0.5), 1.0))
        for row, value in zip(rows, ("%.1f" % intensity, "%.3f" % depth, "%d" % count)):
            row.append((time.isoformat(), value))
    for (kind, name, at, target, unit), row in zip(heads, rows):
        out += ["%s,%s,%.2f,%.2f,%s,%s,%s,%s" % (name, kind, east + at[0], north + at[1], target, unit, time, value)
                for time, value in row]
    return "\n".join(out) + "\n"
