# SPDX-License-Identifier: MIT
# Copyright (c) the lifang authors
"""The ground: falls, a low corner, streets on their banks, kerbs, crowns, plinths. And its GeoTIFF."""
import math
import struct
import zlib

from estate.geometry import bounds, chance, inside


class Terrain:
    def __init__(self, p, features):
        self.t, self.p = p["terrain"], p
        self.x0, self.y0, x1, y1 = self.t["box"]
        self.cell = self.t["cell_m"]
        self.cols, self.rows = round((x1 - self.x0) / self.cell), round((y1 - self.y0) / self.cell)
        self.cover = self.mark(features)
        self.z = [self.height(i % self.cols, i // self.cols) for i in range(self.cols * self.rows)]

    def centre(self, col, row):
        return self.x0 + (col + 0.5) * self.cell, self.y0 + (row + 0.5) * self.cell

    def mark(self, features):
        """Per cell what covers it: ('road', distance from the centre line), ('bay',), ('house', level)."""
        cover = {}
        kinds = {"green": 1, "parking": 2, "roads": 3, "buildings": 4}
        for f in sorted((f for f in features if f["layer"] in kinds), key=lambda f: kinds[f["layer"]]):
            for number, ring in enumerate(f["pieces"]):
                bx0, by0, bx1, by1 = bounds(ring)
                for row in range(max(0, int((by0 - self.y0) / self.cell)), min(self.rows, int((by1 - self.y0) / self.cell) + 1)):
                    for col in range(max(0, int((bx0 - self.x0) / self.cell)), min(self.cols, int((bx1 - self.x0) / self.cell) + 1)):
                        x, y = self.centre(col, row)
                        if inside(ring, x, y):
                            self.cover_cell(cover, (col, row), f, number, x, y)
        return cover

    def cover_cell(self, cover, key, f, number, x, y):
        if f["layer"] == "buildings":
            cx = sum(q[0] for q in f["points"]) / len(f["points"])
            cy = sum(q[1] for q in f["points"]) / len(f["points"])
            cover[key] = ("house", self.base(cx, cy) + self.t["plinth_m"])
        elif f["layer"] == "roads" and f["properties"]["drivable"]:
            a, b = f["points"][number], f["points"][number + 1]
            size = math.dist(a, b)
            away = abs((b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0])) / size
            lift = self.t["crown_ratio"] * (f["properties"]["width_m"] / 2 - away)
            before = cover.get(key)
            if not before or before[0] != "road" or lift > before[1]:
                cover[key] = ("road", lift)
        elif f["layer"] == "parking":
            cover[key] = ("bay", 0.0)

    def base(self, x, y):
        """Smooth ground without kerbs: the fall, the low corner, and the banks of the two streets."""
        t, r = self.t, self.p["roads"]

        def plane(px, py):
            return t["level_m"] - t["fall_east_ratio"] * px + t["fall_south_ratio"] * py
        low = t["low_corner"]
        away = math.dist((x, y), low["at"])
        z = plane(x, y)
        if away < low["radius_m"]:
            z -= low["depth_m"] * (1 + math.cos(math.pi * away / low["radius_m"])) / 2
        street, side = r["street"], r["side_street"]
        for distance, half, level in (
                (abs(x - side["x"]), side["width_m"] / 2 + 1, plane(side["x"] - 12, y) + t["side_street_rise_m"]),
                (abs(y - street["y"]), street["width_m"] / 2 + 1, plane(x, 0) + t["street_rise_m"])):
            share = min(max((distance - half) / 7.0, 0.0), 1.0)
            share = share * share * (3 - 2 * share)
            z = level * (1 - share) + z * share
        return z

    def bumps(self, x, y):
        """Unevenness: smooth noise on a 9 m lattice."""
        u, v = x / 9.0, y / 9.0
        i, j = math.floor(u), math.floor(v)
        fu, fv = u - i, v - j
        fu, fv = fu * fu * (3 - 2 * fu), fv * fv * (3 - 2 * fv)
        n = [[chance(self.p["seed"], i + a, j + b, 3) - 0.5 for a in (0, 1)] for b in (0, 1)]
        return (n[0][0] * (1 - fu) + n[0][1] * fu) * (1 - fv) + (n[1][0] * (1 - fu) + n[1][1] * fu) * fv

    def height(self, col, row):
        x, y = self.centre(col, row)
        cover = self.cover.get((col, row))
        if cover and cover[0] == "house":
            z = cover[1]
        else:
            z = self.base(x, y)
            if cover and cover[0] == "road":
                z += cover[1] - self.t["kerb_m"]
            elif cover:
                z -= self.t["bay_m"]
            else:
                z += 2 * self.t["roughness_m"] * self.bumps(x, y)
        return round(z / self.t["step_m"]) * self.t["step_m"]

    def at(self, x, y):
        col = min(max(int((x - self.x0) / self.cell), 0), self.cols - 1)
        row = min(max(int((y - self.y0) / self.cell), 0), self.rows - 1)
        return self.z[row * self.cols + col]


def differences(row):
    """TIFF predictor 3: the bytes of the floats by significance, then differences."""
    packed = struct.pack(">%df" % len(row), *row)
    planes = b"".join(packed[i::4] for i in range(4))
    return bytes([planes[0]] + [(b - a) & 255 for a, b in zip(planes, planes[1:])])


def geotiff(terrain, east_m, north_m, epsg):
    """A little-endian deflate GeoTIFF of 32-bit floats, north row first, 64 rows to a strip."""
    cols, rows, cell, strip_rows = terrain.cols, terrain.rows, terrain.cell, 64
    strips = []
    for first in range(0, rows, strip_rows):
        raw = b"".join(differences(terrain.z[(rows - 1 - r) * cols:(rows - r) * cols])
                       for r in range(first, min(first + strip_rows, rows)))
        strips.append(zlib.compress(raw, 9))
    keys = (1, 1, 0, 3, 1024, 0, 1, 1, 1025, 0, 1, 1, 3072, 0, 1, epsg)
    text = "lifang make_estate.py: synthetic\0".encode("ascii")
    metadata = b'<GDALMetadata><Item name="quality">synthetic</Item></GDALMetadata>\0'
    entries = [
        (256, 3, [cols]), (257, 3, [rows]), (258, 3, [32]), (259, 3, [8]), (262, 3, [1]), (270, 2, text),
        (273, 4, [0] * len(strips)), (277, 3, [1]), (278, 3, [strip_rows]), (279, 4, [len(s) for s in strips]),
        (284, 3, [1]), (317, 3, [3]), (339, 3, [3]), (33550, 12, [cell, cell, 0.0]),
        (33922, 12, [0.0, 0.0, 0.0, east_m + terrain.x0, north_m + terrain.y0 + rows * cell, 0.0]),
        (34735, 3, list(keys)), (42112, 2, metadata), (42113, 2, b"-9999\0")]
    sizes = {2: 1, 3: 2, 4: 4, 12: 8}
    codes = {3: "H", 4: "I", 12: "d"}
    start = 8 + 2 + 12 * len(entries) + 4

    def pack(kind, values):
        return bytes(values) if kind == 2 else struct.pack("<%d%s" % (len(values), codes[kind]), *values)
    tail = sum((len(v) * sizes[k] + 7) // 8 * 8 for _, k, v in entries if len(v) * sizes[k] > 4)
    place, offsets = start + tail, []
    for s in strips:
        offsets.append(place)
        place += len(s)
    head = struct.pack("<2sHIH", b"II", 42, 8, len(entries))
    extra = b""
    for tag, kind, values in entries:
        data = pack(kind, offsets if tag == 273 else values)
        count = len(values)
        if len(data) <= 4:
            head += struct.pack("<HHI", tag, kind, count) + data.ljust(4, b"\0")
        else:
            head += struct.pack("<HHII", tag, kind, count, start + len(extra))
            extra += data.ljust((len(data) + 7) // 8 * 8, b"\0")
    return head + struct.pack("<I", 0) + extra + b"".join(strips)
