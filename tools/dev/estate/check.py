# SPDX-License-Identifier: MIT
# Copyright (c) the lifang authors
"""Proves of a plan what a believable estate needs; every sentence that is returned is a fault."""
import math

from estate.geometry import area, cross, inside, overlap

# Which layers must not share ground. Stalls lie in their bay, so parking and stalls are not paired.
PAIRS = (("buildings", "buildings"), ("buildings", "roads"), ("buildings", "stalls"), ("buildings", "parking"),
         ("buildings", "green"), ("roads", "stalls"), ("roads", "parking"), ("roads", "green"), ("stalls", "stalls"),
         ("stalls", "green"), ("parking", "parking"), ("parking", "green"), ("green", "green"))


def label(f):
    return "%s %s" % (f["layer"], f["properties"].get("name", ""))


def overlaps(features):
    by_layer = {}
    for f in features:
        by_layer.setdefault(f["layer"], []).append(f)
    for a, b in PAIRS:
        for i, f in enumerate(by_layer.get(a, [])):
            for g in by_layer.get(b, [])[i + 1 if a == b else 0:]:
                if any(overlap(p, q) for p in f["pieces"] for q in g["pieces"]):
                    yield "%s overlaps %s" % (label(f), label(g))


def trees_on_hard_ground(features):
    hard = [(f, q) for f in features if f["layer"] in ("buildings", "roads", "parking") for q in f["pieces"]]
    for f in features:
        if f["layer"] == "trees":
            x, y = f["points"][0]
            for g, ring in hard:
                if inside(ring, x, y):
                    yield "tree at %.2f %.2f stands in %s" % (x, y, label(g))


def walls_across(features):
    """No wall or hedge crosses a building or a carriageway."""
    for f in features:
        if f["layer"] != "walls":
            continue
        for a, b in zip(f["points"], f["points"][1:]):
            for g in features:
                if g["layer"] not in ("buildings", "roads", "parking"):
                    continue
                for ring in g["pieces"]:
                    if any(cross(a, b, c, d) for c, d in zip(ring, ring[1:] + ring[:1])):
                        yield "%s crosses %s" % (label(f), label(g))


def network(features):
    """Roads meet at their ends only, and all that cars use hangs together."""
    roads = [f for f in features if f["layer"] == "roads"]
    segments = [(f, a, b) for f in roads for a, b in zip(f["points"], f["points"][1:])]
    for i, (f, a, b) in enumerate(segments):
        for g, c, d in segments[i + 1:]:
            if cross(a, b, c, d):
                yield "%s meets %s away from a node near %.1f %.1f" % (label(f), label(g), a[0], a[1])
    ends = {}
    for number, f in enumerate(roads):
        for point in (f["points"][0], f["points"][-1]):
            ends.setdefault(point, []).append(number)
    seen, queue = {0}, [0]
    while queue:
        for point in (roads[queue[0]]["points"][0], roads[queue[0]]["points"][-1]):
            for other in ends[point]:
                if other not in seen:
                    seen.add(other)
                    queue.append(other)
        queue.pop(0)
    if len(seen) < len(roads):
        yield "%d of %d roads are not connected to the others" % (len(roads) - len(seen), len(roads))
    for f in features:
        if f["layer"] == "gates" and f["points"][0] not in ends:
            yield "%s stands at no road node" % label(f)


def rings(features):
    for f in features:
        if f["shape"] == "Polygon":
            if area(f["points"]) <= 0:
                yield "%s runs clockwise" % label(f)
            covered = sum(area(q) for q in f["pieces"])
            if f["pieces"] and f["layer"] != "green" and abs(covered - area(f["points"])) > 1e-6:
                yield "the pieces of %s do not cover it" % label(f)


def figures(p, features):
    """What the estate is made of, and whether that is what estates of its kind are made of."""
    def of(layer, **want):
        return [f for f in features if f["layer"] == layer and all(f["properties"][k] == v for k, v in want.items())]
    slabs = of("buildings", kind="residential")
    homes = sum(f["properties"]["households"] for f in slabs)
    site = p["size_m"][0] * p["size_m"][1]
    floors = sum(area(f["points"]) * f["properties"]["storeys"] for f in slabs)
    stalls = len(of("stalls"))
    gap = min(b - a - p["slab_depth_m"] for a, b in zip(p["rows_south_face_y_m"], p["rows_south_face_y_m"][1:]))
    tall = max(f["properties"]["height_m"] for f in slabs)
    got = {
        "slabs": (len(slabs), 24, 24), "households": (homes, 1100, 1300), "site_ha": (site / 1e4, 11.5, 12.5),
        "stalls_per_household": (stalls / homes, 0.2, 0.35), "spacing_to_height": (gap / tall, 1.0, 1.3),
        "floor_area_ratio": (floors / site, 0.5, 1.8),
        "green_ratio": (sum(area(f["points"]) for f in of("green")) / site, 0.12, 0.35),
        "trees": (len(of("trees")), 300, 1200), "gates": (len(of("gates")), 2, 3),
    }
    return got, ["%s is %.3f, expected %g..%g" % (k, v, low, high) for k, (v, low, high) in got.items()
                 if not low <= v <= high]


def faults(p, features):
    found = []
    for rule in (overlaps, trees_on_hard_ground, walls_across, network, rings):
        found += list(rule(features))
    return found + figures(p, features)[1]


def low_corner(p, ground, street):
    """The low corner must lie 0.2 to 0.5 m below its street and hold water up to 0.2 m at least."""
    depth = street - ground
    return [] if 0.2 <= depth <= 0.5 else ["the low corner lies %.2f m below its street" % depth]


def sewers(nodes, links):
    found, by_name = [], {n["name"]: n for n in nodes}
    for link in links:
        a, b = by_name[link["from"]], by_name[link["to"]]
        fall = (a["invert_m"] + link["offset_from_m"]) - (b["invert_m"] + link["offset_to_m"])
        if fall < 0.0019 * link["length_m"]:
            found.append("pipe %s falls only %.4f m" % (link["name"], fall))
        if a["ground_m"] - a["invert_m"] - link["offset_from_m"] - link["diameter_m"] < 0.45:
            found.append("pipe %s has too little cover" % link["name"])
        if not math.isclose(math.dist(a["at"], b["at"]), link["length_m"], abs_tol=0.02):
            found.append("pipe %s is not as long as its line" % link["name"])
    return found
