#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) the lifang authors
"""Builds the data of a made-up estate from its parameters: plan, ground, sewers, sensors.

usage: make_estate.py [--check] SCENARIO_FOLDER [OUTPUT_FOLDER]

Reads SCENARIO_FOLDER/estate.json and writes SCENARIO_FOLDER/data (or OUTPUT_FOLDER). The same
parameters give the same bytes. It refuses to write a plan in which anything overlaps, roads are not
connected, a pipe runs uphill, or a figure leaves the range of estates of this kind. --check writes
nothing and compares with what is there: exit 1 where a file differs.
"""
import json
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from estate import check, layout, sensors, sewers, terrain  # noqa: E402

LAYERS = ("compounds", "buildings", "roads", "gates", "parking", "stalls", "green", "trees", "walls")


def geojson(p, layer, features):
    """One feature per line, projected coordinates with centimetres."""
    east, north = p["origin_east_north_m"]

    def place(point):
        return [round(east + point[0], 2), round(north + point[1], 2)]
    lines = []
    for f in features:
        points = [place(q) for q in f["points"]]
        if f["shape"] == "Point":
            points = points[0]
        elif f["shape"] == "Polygon":
            points = [points + points[:1]]
        properties = dict(f["properties"], quality="synthetic")
        lines.append(json.dumps({"type": "Feature", "properties": properties,
                                 "geometry": {"type": f["shape"], "coordinates": points}},
                                ensure_ascii=False, separators=(",", ":")))
    head = '{"type":"FeatureCollection","name":"%s","crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::%d"}},"features":[\n'
    return head % (layer, p["crs_epsg"]) + ",\n".join(lines) + "\n]}\n"


def build(p):
    """All files as bytes by name; raises SystemExit with every fault of the plan."""
    features = layout.plan(p)
    faults = check.faults(p, features)
    ground = terrain.Terrain(p, features)
    low, street = p["terrain"]["low_corner"]["at"], p["roads"]["street"]["y"]
    faults += check.low_corner(p, ground.base(*low), ground.base(low[0], street))
    nodes, links = sewers.design(p, features, ground)
    faults += check.sewers(nodes, links)
    if faults:
        raise SystemExit("the plan has %d faults:\n  %s" % (len(faults), "\n  ".join(faults[:40])))
    files = {layer + ".geojson": geojson(p, layer, [f for f in features if f["layer"] == layer]).encode("utf-8")
             for layer in LAYERS}
    east, north = p["origin_east_north_m"]
    files["dem.tif"] = terrain.geotiff(ground, east, north, p["crs_epsg"])
    files["pipes.inp"] = sewers.inp(p, nodes, links).encode("utf-8")
    files["sensors.csv"] = sensors.csv(p).encode("utf-8")
    got, _ = check.figures(p, features)
    got["manholes"] = (sum(n["kind"] == "manhole" for n in nodes), 0, 0)
    got["gullies"] = (sum(n["kind"] == "gully" for n in nodes), 0, 0)
    got["pipes_m"] = (sum(k["length_m"] for k in links), 0, 0)
    got["bytes"] = (sum(len(b) for b in files.values()), 0, 0)
    return files, got


def main(arguments):
    checking = "--check" in arguments
    folders = [a for a in arguments if a != "--check"]
    if not folders or len(folders) > 2:
        raise SystemExit(__doc__)
    with open(os.path.join(folders[0], "estate.json"), encoding="utf-8") as file:
        p = json.load(file)
    files, got = build(p)
    out = folders[1] if len(folders) > 1 else os.path.join(folders[0], "data")
    for key, (value, _, _) in got.items():
        print("%-22s %s" % (key, ("%.3f" % value).rstrip("0").rstrip(".")))
    differing = []
    os.makedirs(out, exist_ok=True)
    for name, data in sorted(files.items()):
        path = os.path.join(out, name)
        if checking:
            if not os.path.exists(path) or open(path, "rb").read() != data:
                differing.append(name)
            continue
        with open(path + ".tmp", "wb") as file:
            file.write(data)
        os.replace(path + ".tmp", path)
    if differing:
        raise SystemExit("differs from what the parameters make: " + ", ".join(differing))


if __name__ == "__main__":
    main(sys.argv[1:])
