# SPDX-License-Identifier: MIT
# Copyright (c) the lifang authors
"""Combined sewers of the 1980s along the roads: a tree to each outfall, gullies, and the .inp file."""
import heapq
import math

from estate.geometry import along, chance, length


def manholes(p, features):
    """Points along the estate's carriageways and the pieces between them."""
    s, w = p["sewers"], p["size_m"][0]
    points, pieces = {}, []

    def node(point):
        return points.setdefault((round(point[0], 2), round(point[1], 2)), len(points))
    for f in features:
        if f["layer"] != "roads" or not f["properties"]["drivable"] or f["properties"]["kind"] == "street":
            continue
        line = f["points"]
        if min(x for x, _ in line) > w or max(y for _, y in line) <= 0:
            if f["properties"]["name"] not in ("中心路", "东门路"):
                continue
        parts = max(1, math.ceil(length(line) / s["spacing_m"]))
        stops = [along(line, length(line) * i / parts)[0] for i in range(parts + 1)]
        stops[0], stops[-1] = line[0], line[-1]
        ids = [node(q) for q in stops]
        pieces += list(zip(ids, ids[1:]))
    return list(points), pieces


def tree(points, pieces, outfalls, ground):
    """Shortest way to an outfall, where water that must climb counts as a longer way."""
    near = {}
    for a, b in pieces:
        near.setdefault(a, []).append(b)
        near.setdefault(b, []).append(a)
    best, down, queue = {}, {}, [(0.0, o, -1) for o in outfalls]
    while queue:
        cost, n, towards = heapq.heappop(queue)
        if n in best:
            continue
        best[n], down[n] = cost, towards
        for m in near.get(n, []):
            if m not in best:
                size = math.dist(points[n], points[m])
                climb = max(ground[n] - ground[m], 0.0)
                heapq.heappush(queue, (cost + size + 400 * climb, m, n))
    return best, down


def design(p, features, terrain):
    s = p["sewers"]
    points, pieces = manholes(p, features)
    index = {q: i for i, q in enumerate(points)}
    outfalls = []
    for o in s["outfalls"]:
        q = (round(o["at"][0], 2), round(o["at"][1], 2))
        if q not in index:
            index[q] = len(points)
            points.append(q)
        outfalls.append(index[q])
        if "from" in o:
            other = min(range(len(points) - 1), key=lambda i: math.dist(points[i], o["from"]))
            pieces.append((other, index[q]))
    ground = [terrain.base(x, y) for x, y in points]
    best, down = tree(points, pieces, outfalls, ground)
    order = sorted(best, key=lambda n: (-best[n], n))
    own = p["size_m"][0] * p["size_m"][1] / 1e4 / len(order)
    hectares = {n: own for n in order}
    invert, nodes, links = {}, [], []
    names = {n: "W%03d" % (i + 1) for i, n in enumerate(sorted(best))}
    for number, n in enumerate(outfalls):
        names[n] = "OUT%d" % (number + 1)
    for n in order:
        invert[n] = round(min(invert.get(n, math.inf), ground[n] - s["first_depth_m"]), 3)
        if down[n] < 0:
            continue
        pipe = next(d for d in s["diameters"] if hectares[n] <= d["up_to_ha"])
        size = math.dist(points[n], points[down[n]])
        need = min(invert[n] - pipe["slope_ratio"] * size,
                   ground[down[n]] - s["least_cover_m"] - pipe["diameter_m"])
        low = invert.get(down[n], math.inf)
        invert[down[n]] = min(low, need)
        hectares[down[n]] += hectares[n]
        links.append({"name": "P%03d" % (len(links) + 1), "from": names[n], "to": names[down[n]], "length_m": round(size, 2),
                      "diameter_m": pipe["diameter_m"], "offset_from_m": 0.0, "need": need, "down": down[n],
                      "tag": "combined,year:1984,blocked:%.2f" % (0.05 + 0.15 * chance(p["seed"], n, 11))})
    for link in links:
        drop = link.pop("need") - round(invert[link.pop("down")], 3)
        link["offset_to_m"] = round(drop, 3) if drop > 0.005 else 0.0
    for n in sorted(best):
        nodes.append({"name": names[n], "at": points[n], "invert_m": round(invert[n], 3), "ground_m": round(terrain.at(*points[n]), 3),
                      "kind": "outfall" if n in outfalls else "manhole"})
    gullies(p, features, terrain, nodes, links)
    return nodes, links


def kerb_points(p, features, terrain):
    """Where gullies stand: along the kerbs, the lower side of each road, and where the file adds some."""
    g = p["sewers"]["gully"]
    for f in features:
        if f["layer"] != "roads" or not f["properties"]["drivable"] or f["properties"]["kind"] == "street":
            continue
        line, off = f["points"], f["properties"]["width_m"] / 2 - 0.35
        if line[0][0] > p["size_m"][0] or line[0][1] < 0:
            continue
        for i in range(int((length(line) + g["spacing_m"] * 0.4) // g["spacing_m"])):
            (x, y), (dx, dy) = along(line, min(g["spacing_m"] * (i + 0.5), length(line) * 0.9))
            sides = sorted(((x - k * dy * off, y + k * dx * off) for k in (-1, 1)), key=lambda q: terrain.base(*q))
            yield round(sides[0][0], 2), round(sides[0][1], 2)
    for x, y in g["extra_at"]:
        yield x, y


def clogging(p, at, number):
    g, low = p["sewers"]["gully"], p["terrain"]["low_corner"]
    if math.dist(at, low["at"]) < low["radius_m"] * 0.6:
        return g["low_corner_clogged_ratio"]
    if chance(p["seed"], number, 21) < g["clogged_share"]:
        a, b = g["clogged_ratio"]
        return a + (b - a) * chance(p["seed"], number, 22)
    return g["clean_ratio"]


def gullies(p, features, terrain, nodes, links):
    """Each is joined to the nearest manhole by a lateral that falls."""
    g, number = p["sewers"]["gully"], 0
    mains = [n for n in nodes if n["kind"] == "manhole"]
    for at in kerb_points(p, features, terrain):
        main = min(mains, key=lambda n: math.dist(n["at"], at))
        size = round(math.dist(main["at"], at), 2)
        rim = round(terrain.at(*at), 3)
        invert = round(max(rim - g["depth_m"], main["invert_m"] + max(0.005 * size, 0.02)), 3)
        if size > 32 or rim - invert < 0.66:
            continue
        number += 1
        nodes.append({"name": "Y%03d" % number, "at": at, "invert_m": invert, "ground_m": rim, "kind": "gully",
                      "tag": "gully:%g,clogged:%.2f" % (g["length_m"], clogging(p, at, number))})
        fall = invert - main["invert_m"]
        room = main["ground_m"] - main["invert_m"] - g["lateral_m"] - 0.3
        offset = round(max(0.0, min(0.5 * fall, fall - max(0.005 * size, 0.02), room)), 3)
        links.append({"name": "L%03d" % number, "from": "Y%03d" % number, "to": main["name"], "length_m": size,
                      "diameter_m": g["lateral_m"], "offset_from_m": 0.0, "offset_to_m": offset,
                      "tag": "combined,year:1985"})


def inp(p, nodes, links):
    """SWMM 5 text. The title carries the quality, tags carry what SWMM has no column for."""
    east, north = p["origin_east_north_m"]
    out = ["[TITLE]", ";; made by tools/dev/make_estate.py from scenarios/hongqi/estate.json",
           "quality: synthetic", p["name"] + " combined sewers, invented", "", "[OPTIONS]", "FLOW_UNITS LPS",
           "LINK_OFFSETS DEPTH", "FLOW_ROUTING DYNWAVE", "", "[JUNCTIONS]", ";;name invert_m depth_m"]
    out += ["%s %.3f %.3f 0 0 0" % (n["name"], n["invert_m"], n["ground_m"] - n["invert_m"]) for n in nodes if n["kind"] != "outfall"]
    out += ["", "[OUTFALLS]"] + ["%s %.3f FREE NO" % (n["name"], n["invert_m"]) for n in nodes if n["kind"] == "outfall"]
    out += ["", "[CONDUITS]", ";;name from to length_m n offset_from_m offset_to_m"]
    out += ["%s %s %s %.2f %g %.3f %.3f 0 0" % (k["name"], k["from"], k["to"], k["length_m"], p["sewers"]["roughness_s_m13"],
                                           k["offset_from_m"], k["offset_to_m"]) for k in links]
    out += ["", "[XSECTIONS]"] + ["%s CIRCULAR %g 0 0 0 1" % (k["name"], k["diameter_m"]) for k in links]
    out += ["", "[TAGS]"] + ["Node %s %s" % (n["name"], n["tag"]) for n in nodes if "tag" in n]
    out += ["Link %s %s" % (k["name"], k["tag"]) for k in links]
    out += ["", "[COORDINATES]"] + ["%s %.2f %.2f" % (n["name"], east + n["at"][0], north + n["at"][1]) for n in nodes]
    return "\n".join(out) + "\n"
