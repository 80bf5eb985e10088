# SPDX-License-Identifier: MIT
# Copyright (c) the lifang authors
"""The plan of the estate: buildings, roads, gates, bays with stalls, lawns, trees and walls.

Every feature is a dict: layer, kind of geometry, points in local metres, properties, and where it
fills ground `pieces`, convex rings that cover it and that check.py tests against each other.
"""
import math

from estate.geometry import along, box, chance, length, strip


def feature(layer, shape, points, pieces=None, **properties):
    return {"layer": layer, "shape": shape, "points": points, "pieces": pieces or [], "properties": properties}


def buildings(p):
    made = []
    for number, slab in enumerate(p["slabs"], 1):
        y = p["rows_south_face_y_m"][slab["row"]]
        ring = box(slab["x"], y, slab["x"] + slab["length_m"], y + p["slab_depth_m"])
        low = slab["row"] == 0 and slab["x"] > 270
        made.append(feature(
            "buildings", "Polygon", ring, [ring], name="%d号楼" % number, kind="residential", storeys=slab["storeys"],
            height_m=round(slab["storeys"] * p["storey_m"] + p["parapet_m"], 2), sill_m=0.15 if low else 0.3,
            roof="flat", year_built=slab["year"], staircases=slab["staircases"],
            households=slab["storeys"] * slab["staircases"] * slab["per_landing"],
            dwelling_area_m2=slab["dwelling_m2"]))
    for item in p["public_buildings"]:
        ring = box(*item["box"])
        made.append(feature("buildings", "Polygon", ring, [ring], name=item["name"], kind=item["kind"],
                            storeys=item["storeys"], height_m=item["height_m"], sill_m=0.3, roof=item["roof"],
                            year_built=item["year"], households=0))
    for number, shed in enumerate(p["sheds"], 1):
        ring = box(*shed)
        made.append(feature("buildings", "Polygon", ring, [ring], name="自行车棚%d" % number, kind="shed", storeys=1,
                            height_m=2.6, sill_m=0.1, roof="gabled", year_built=1990, households=0))
    return made


def arc(centre, radius, start_deg, steps=6):
    cx, cy = centre
    return [(cx + radius * math.cos(math.radians(start_deg + 90 * i / steps)),
             cy + radius * math.sin(math.radians(start_deg + 90 * i / steps))) for i in range(steps + 1)]


class Roads:
    def __init__(self, kerb_m):
        self.items = []
        self.kerb_m = kerb_m

    def add(self, name, kind, width, points, speed_km_h, drivable=True):
        points = [(round(x, 2), round(y, 2)) for x, y in points]
        pieces = [strip(a, b, width) for a, b in zip(points, points[1:])]
        self.items.append(feature("roads", "LineString", points, pieces, name=name, kind=kind, width_m=width,
                                  speed_m_s=round(speed_km_h / 3.6, 2), oneway="both", drivable=drivable,
                                  kerb_m=self.kerb_m if drivable else 0.0, permeable_ratio=0.0))

    def chain(self, name, kind, width, points, speed_km_h, drivable=True):
        for a, b in zip(points, points[1:]):
            self.add(name, kind, width, [a, b], speed_km_h, drivable)


def loop(roads, r):
    """Four sides split where paths arrive, joined by round corners."""
    (x0, x1), (y0, y1), radius = r["loop"]["x"], r["loop"]["y"], r["loop"]["corner_radius_m"]
    width, spine = r["loop"]["width_m"], r["spine"]["x"]
    stops = sorted(r["paths"]["y"] + r["middle"]["y"])
    for x, name in ((x0, "西环路"), (x1, "东环路")):
        roads.chain(name, "residential", width,
                    [(x, y0 + radius)] + [(x, y) for y in stops] + [(x, y1 - radius)], 15)
    for y, name in ((y0, "南环路"), (y1, "北环路")):
        roads.chain(name, "residential", width, [(x0 + radius, y), (spine, y), (x1 - radius, y)], 15)
    for centre, start in (((x0 + radius, y0 + radius), 180), ((x1 - radius, y0 + radius), 270),
                          ((x1 - radius, y1 - radius), 0), ((x0 + radius, y1 - radius), 90)):
        roads.add("环路", "residential", width, arc(centre, radius, start), 12)


def make_roads(p):
    r = p["roads"]
    roads = Roads(r["kerb_m"])
    x0, x1 = r["loop"]["x"]
    spine, south, north = r["spine"]["x"], r["middle"]["y"][0], r["middle"]["y"][1]
    street_y, side_x = r["street"]["y"], r["side_street"]["x"]
    loop(roads, r)
    low = [y for y in r["paths"]["y"] if y < south]
    high = [y for y in r["paths"]["y"] if y > north]
    roads.chain("中心路", "residential", r["spine"]["width_m"],
                [(spine, street_y), (spine, 0), (spine, r["loop"]["y"][0])] + [(spine, y) for y in low] + [(spine, south)], 15)
    roads.chain("中心路", "residential", r["spine"]["width_m"],
                [(spine, north)] + [(spine, y) for y in high] + [(spine, r["loop"]["y"][1])], 15)
    links = r["links"]["x"]
    for y, name in ((south, "南中路"), (north, "北中路")):
        roads.chain(name, "residential", r["middle"]["width_m"],
                    [(x0, y), (links[0], y), (spine, y), (links[1], y), (x1, y)], 15)
    roads.chain("东门路", "residential", r["middle"]["width_m"],
                [(x1, south), (p["size_m"][0], south), (side_x, south)], 12)
    for y in r["paths"]["y"]:
        roads.chain("宅间路", "service", r["paths"]["width_m"], [(x0, y), (spine, y), (x1, y)], 10)
    middle = (south + north) / 2
    for x in links:
        roads.chain("园侧路", "service", r["links"]["width_m"], [(x, south), (x, middle), (x, north)], 10)
    roads.chain("园中小路", "footway", 2.5, [(spine, south), (spine, middle), (spine, north)], 4.8, False)
    roads.chain("园中小路", "footway", 2.5, [(links[0], middle), (spine, middle), (links[1], middle)], 4.8, False)
    xs = r["street"]["x"]
    roads.chain(r["street"]["name"], "street", r["street"]["width_m"],
                [(xs[0], street_y), (spine, street_y), (side_x, street_y), (xs[1], street_y)], 30)
    ys = r["side_street"]["y"]
    roads.chain(r["side_street"]["name"], "street", r["side_street"]["width_m"],
                [(side_x, ys[0]), (side_x, south), (side_x, ys[1])], 25)
    return roads.items


def gates(p):
    return [feature("gates", "Point", [tuple(g["at"])], name=g["name"], lanes_in=g["lanes_in"], lanes_out=g["lanes_out"],
                    service_in_s=g["service_in_s"], service_out_s=g["service_out_s"]) for g in p["gates"]]


def bay_stalls(bay, stall):
    """Rings and headings of the stalls of one bay; `from` is its western or southern end at the road."""
    x, y = bay["from"]
    kerb = bay["kind"] == "kerb"
    run = stall["kerb_length_m"] if kerb else stall["width_m"]
    deep = stall["kerb_depth_m"] if kerb else stall["depth_m"]
    rings = []
    for i in range(bay["count"]):
        if bay["side"] == "n":
            rings.append((box(x + i * run, y, x + (i + 1) * run, y + deep), 90 if kerb else 0))
        elif bay["side"] == "s":
            rings.append((box(x + i * run, y - deep, x + (i + 1) * run, y), 90 if kerb else 180))
        elif bay["side"] == "e":
            rings.append((box(x, y + i * run, x + deep, y + (i + 1) * run), 0 if kerb else 90))
        else:
            rings.append((box(x - deep, y + i * run, x, y + (i + 1) * run), 180 if kerb else 270))
    return rings


def bays(p):
    areas, stalls = [], []
    for number, bay in enumerate(p["bays"], 1):
        rings = bay_stalls(bay, p["stall"])
        first, last = rings[0][0], rings[-1][0]
        whole = box(min(first[0][0], last[0][0]), min(first[0][1], last[0][1]), max(first[2][0], last[2][0]),
                    max(first[2][1], last[2][1]))
        if "box" in bay:  # a paved yard in which only some stalls are marked
            whole = box(*bay["box"])
        areas.append(feature("parking", "Polygon", whole, [whole], id=number, name=bay["name"], kind=bay["kind"],
                             capacity=bay["count"], permit="any", chargers=0, fee_month_cny=60.0, fee_hour_cny=1.0))
        for i, (ring, heading) in enumerate(rings, 1):
            stalls.append(feature("stalls", "Polygon", ring, [ring], id=len(stalls) + 1, name="%s-%d" % (bay["name"], i),
                                  parking=number, permit="any", charger_kw=0.0, heading_deg=heading))
    return areas, stalls


def lawn_under(x0, x1, south, north, obstacles, gap=0.6):
    """Rectangular lawns between a path and a house, each as deep as what stands in it allows."""
    cuts = sorted({x0, x1} | {min(max(v, x0), x1) for o in obstacles for v in (o[0] - gap, o[2] + gap)})
    pieces = []
    for a, b in zip(cuts, cuts[1:]):
        low = max([south] + [o[3] + gap for o in obstacles if o[0] - gap < b - 1e-9 and o[2] + gap > a + 1e-9 and o[1] < north])
        if b - a >= 1.5 and north - low >= 1.0:
            pieces.append(box(a, low, b, north))
    return pieces


def lawn(ring, pieces, name, kind="lawn"):
    rates = {"lawn": 12.0, "shrub": 15.0, "wood": 25.0, "pitch": 1.0, "bare": 6.0}
    return feature("green", "Polygon", ring, pieces, name=name, kind=kind, depression_m=0.0, infiltration_mm_h=rates[kind])


def slab_lawns(p):
    made = []
    boxes = []
    for bay in p["bays"]:
        rings = [ring for ring, _ in bay_stalls(bay, p["stall"])]
        boxes.append((rings[0][0][0], rings[0][0][1], rings[-1][2][0], rings[-1][2][1]))
    half = p["roads"]["paths"]["width_m"] / 2
    south_of = {0: p["roads"]["loop"]["y"][0] + 3.0, 1: p["roads"]["paths"]["y"][0] + half,
                2: p["roads"]["paths"]["y"][1] + half, 3: p["roads"]["middle"]["y"][1] + 2.75,
                4: p["roads"]["paths"]["y"][2] + half, 5: p["roads"]["paths"]["y"][3] + half}
    for number, slab in enumerate(p["slabs"], 1):
        face = p["rows_south_face_y_m"][slab["row"]]
        south = south_of[slab["row"]] + 0.5
        near = [b for b in boxes if south - 1 < b[1] < face]
        found = lawn_under(slab["x"] + 0.5, slab["x"] + slab["length_m"] - 0.5, south, face - 1.8, near)
        made += [lawn(ring, [ring], "%d号楼前绿地" % number) for ring in found]
    return made


def park_lawns(p):
    """Four quarters about a round place, a grove, courts, and the strips along the walls."""
    r = p["roads"]
    spine, (a, b), (left, right) = r["spine"]["x"], r["middle"]["y"], r["links"]["x"]
    middle = (a + b) / 2
    made = []
    for sx, sy in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        inner_x, inner_y = spine + sx * 2.0, middle + sy * 2.0
        outer_x = (left + 3.2) if sx < 0 else (right - 3.2)
        outer_y = (a + 3.6) if sy < 0 else (b - 3.6)
        round_edge = []
        for i in range(9):
            angle = math.radians(10 + 70 * i / 8)
            round_edge.append((spine + sx * 13.0 * math.cos(angle), middle + sy * 13.0 * math.sin(angle)))
        ring = [(outer_x, inner_y)] + [(round_edge[0][0], inner_y)] + round_edge + [(inner_x, round_edge[-1][1])] + \
            [(inner_x, outer_y), (outer_x, outer_y)]
        if sx * sy > 0:
            ring.reverse()
        cover = box(min(inner_x, outer_x), min(inner_y, outer_y), max(inner_x, outer_x), max(inner_y, outer_y))
        made.append(lawn(ring, [cover], "中心花园", "lawn"))
    for x0, y0, x1, y1, name, kind in (
            (34, 126, 84, 154, "幼儿园操场", "pitch"), (88, 126, 103, 184, "幼儿园绿地", "lawn"),
            (294, 128, 322, 154, "篮球场", "pitch"), (328, 126, 362, 152, "健身场", "bare"),
            (294, 177, 362, 184, "社区绿地", "lawn"), (34, 177, 84, 184, "幼儿园绿地", "shrub")):
        ring = box(x0, y0, x1, y1)
        made.append(lawn(ring, [ring], name, kind))
    return made


def edge_lawns():
    """Strips along the inner side of the walls."""
    made = []
    for x0, y0, x1, y1, kind in (
            (8, 30, 13.5, 92, "lawn"), (2, 100, 11.5, 148, "shrub"), (8, 156, 14, 280, "lawn"),
            (376.5, 130, 388, 208, "lawn"), (378.5, 244, 388, 274, "shrub"), (376.5, 26, 381.5, 108, "lawn"),
            (20, 305, 116, 310.5, "wood"), (186, 295, 216, 310.5, "wood"), (301, 305.5, 380, 310.5, "wood"),
            (22, 2, 60, 12, "shrub"), (150, 2, 180, 12, "lawn"), (306, 2, 382, 8.5, "lawn"),
            (208, 2, 238, 8.5, "shrub")):
        ring = box(x0, y0, x1, y1)
        made.append(lawn(ring, [ring], "围墙绿地", kind))
    return made


def free(point, blocks):
    """Whether a tree may stand here: away from walls of houses, off roads and stalls."""
    x, y = point
    for block in blocks:
        x0, y0, x1, y1 = block["box"]
        margin = block["margin"]
        if x0 - margin < x < x1 + margin and y0 - margin < y < y1 + margin:
            return False
    return True


def trees(p, hard, greens):
    """Street trees along roads, then trees in the lawns, none on hard ground, none closer than 4 m."""
    seed, made, taken = p["seed"], [], {}
    blocks = [{"margin": 2.6 if f["layer"] == "buildings" else 0.6, "box": (min(x for x, _ in q), min(y for _, y in q), max(x for x, _ in q), max(y for _, y in q))}
              for f in hard for q in f["pieces"]]

    def near(x, y, gap):
        cell = (int(x // 8), int(y // 8))
        for i in (-1, 0, 1):
            for j in (-1, 0, 1):
                for q in taken.get((cell[0] + i, cell[1] + j), []):
                    if math.dist(q, (x, y)) < gap:
                        return True
        return False

    def plant(x, y, gap, tall):
        x, y = round(x, 2), round(y, 2)
        if near(x, y, gap) or not free((x, y), blocks):
            return
        size = chance(seed, len(made), 7)
        taken.setdefault((int(x // 8), int(y // 8)), []).append((x, y))
        height = tall * (0.75 + 0.5 * size)
        made.append(feature("trees", "Point", [(x, y)], height_m=round(height, 1), crown_m=round(height * 0.62, 1)))

    for f in hard:
        if f["layer"] != "roads" or f["properties"]["kind"] == "footway":
            continue
        line, off = f["points"], f["properties"]["width_m"] / 2 + 1.1
        for i in range(int(length(line) // 9)):
            (x, y), (dx, dy) = along(line, 4.5 + 9 * i)
            for side in (-1, 1):
                plant(x - side * dy * off, y + side * dx * off, 5.0, 9.5)
    for f in greens:
        kind = f["properties"]["kind"]
        if kind in ("pitch", "bare"):
            continue
        gap = {"wood": 5.5, "shrub": 9.0, "lawn": 11.0}[kind]
        for number, piece in enumerate(f["pieces"]):
            x0, y0, x1, y1 = piece[0][0], piece[0][1], piece[2][0], piece[2][1]
            for i in range(int((x1 - x0) * (y1 - y0) / (gap * gap))):
                x = x0 + 0.8 + (x1 - x0 - 1.6) * chance(seed, number, i, int(x0 * 10), int(y0 * 10), 1)
                y = y0 + 0.8 + (y1 - y0 - 1.6) * chance(seed, number, i, int(x0 * 10), int(y0 * 10), 2)
                plant(x, y, gap * 0.7, 7.5 if f["properties"]["name"] != "中心花园" else 10.5)
    return made


def walls(p, greens):
    """The estate wall with its openings, the kindergarten's fence, hedges in front of the slabs."""
    w, h = p["size_m"]
    made = []

    def add(kind, points, height, name):
        made.append(feature("walls", "LineString", points, name=name, kind=kind, height_m=height))

    south, east = p["gates"][0], p["gates"][1]
    sx, so = south["at"][0], south["opening_m"] / 2
    ey, eo = east["at"][1], east["opening_m"] / 2
    # Railings at the low corner: water that has filled it leaves over the street.
    fx, fy = p["railing_from_m"]
    add("wall", [(sx + so, 0), (fx, 0)], 2.2, "围墙")
    add("fence", [(fx, 0), (w, 0), (w, fy)], 2.0, "铁艺栏杆")
    add("wall", [(w, fy), (w, ey - eo)], 2.2, "围墙")
    add("wall", [(w, ey + eo), (w, h), (0, h), (0, 0), (sx - so, 0)], 2.2, "围墙")
    add("fence", [(32, 124), (104.2, 124), (104.2, 186), (32, 186), (32, 124)], 1.6, "幼儿园围栏")
    for f in greens:
        if f["properties"]["name"].endswith("前绿地"):
            for piece in f["pieces"]:
                (x0, y0), (x1, _) = piece[0], piece[1]
                if x1 - x0 > 4:
                    add("hedge", [(x0 + 0.5, y0 + 0.4), (x1 - 0.5, y0 + 0.4)], 0.7, "绿篱")
    return made


def compound(p):
    w, h = p["size_m"]
    homes = sum(s["storeys"] * s["staircases"] * s["per_landing"] for s in p["slabs"])
    return [feature("compounds", "Polygon", box(0, 0, w, h), name=p["name"], kind="residential", households=homes,
                    fee_cny_m2_month=0.5)]


def plan(p):
    houses, roads = buildings(p), make_roads(p)
    areas, stalls = bays(p)
    greens = slab_lawns(p) + park_lawns(p) + edge_lawns()
    return (compound(p) + houses + roads + gates(p) + areas + stalls + greens
            + trees(p, roads + houses + areas, greens) + walls(p, greens))
